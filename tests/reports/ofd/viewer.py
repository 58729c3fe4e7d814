"""A small viewer of OFD files that draws a page by the standard's own words; it shares nothing with the writer."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from io import BytesIO
from zipfile import ZipFile

from PIL import Image, ImageDraw, ImageFont

_SPACE = "{http://www.ofdspec.org/2016}"
Affine = tuple[float, float, float, float, float, float]


def _tag(element: ET.Element) -> str:
    return element.tag.removeprefix(_SPACE)


def _floats(text: str | None) -> list[float]:
    return [float(part) for part in (text or "").split()]


class Viewer:
    """Draws the pages of one file at so many dots a millimetre."""

    def __init__(self, data: bytes, dots: float = 4.0) -> None:
        self.archive = ZipFile(BytesIO(data))
        self.dots = dots
        document = self._xml("Doc_0/Document.xml")
        self.pages = [page.get("BaseLoc", "") for page in document.iter(f"{_SPACE}Page")]
        public, own = self._xml("Doc_0/PublicRes.xml"), self._xml("Doc_0/DocumentRes.xml")
        self.fonts = {
            font.get("ID"): self.archive.read(f"Doc_0/Res/{font.findtext(f'{_SPACE}FontFile')}")
            for font in public.iter(f"{_SPACE}Font")
        }
        self.media = {
            each.get("ID"): self.archive.read(f"Doc_0/Res/{each.findtext(f'{_SPACE}MediaFile')}")
            for each in own.iter(f"{_SPACE}MultiMedia")
        }
        self._faces: dict[tuple[str | None, int], ImageFont.FreeTypeFont] = {}

    def _xml(self, name: str) -> ET.Element:
        return ET.fromstring(self.archive.read(name))

    def draw(self, index: int) -> Image.Image:
        """A page in grey."""
        root = self._xml(f"Doc_0/{self.pages[index]}")
        box = _floats(root.findtext(f"{_SPACE}Area/{_SPACE}PhysicalBox"))
        sheet = Image.new("L", (round(box[2] * self.dots), round(box[3] * self.dots)), 255)
        for layer in root.iter(f"{_SPACE}Layer"):
            for each in layer:
                left, top, wide, high = _floats(each.get("Boundary"))
                shape = _floats(each.get("CTM")) or [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]
                inner = Image.new("L", (round(wide * self.dots) + 1, round(high * self.dots) + 1), 255)
                getattr(self, f"_{_tag(each).lower()}")(each, inner, shape)
                where = (round(left * self.dots), round(top * self.dots))
                mask = inner.point(lambda value: 255 if value < 250 else 0)
                sheet.paste(inner, where, mask)
        return sheet

    def _textobject(self, each: ET.Element, inner: Image.Image, shape: list[float]) -> None:
        size = float(each.get("Size", "0")) * self.dots
        key = (each.get("Font"), round(size))
        if key not in self._faces:
            self._faces[key] = ImageFont.truetype(BytesIO(self.fonts[key[0]]), key[1])
        for code in each.iter(f"{_SPACE}TextCode"):
            x, y = float(code.get("X", "0")), float(code.get("Y", "0"))
            turned = shape[0] == 0
            tile = Image.new("L", inner.size[::-1] if turned else inner.size, 255)
            pen = ImageDraw.Draw(tile)
            for char, step in zip(code.text or "", [*_steps(code.get("DeltaX")), 0.0], strict=True):
                pen.text((x * self.dots, y * self.dots), char, 0, self._faces[key], anchor="ls")
                x += step
            inner.paste(tile.transpose(Image.Transpose.ROTATE_90) if turned else tile)

    def _pathobject(self, each: ET.Element, inner: Image.Image, _shape: list[float]) -> None:
        parts = (each.findtext(f"{_SPACE}AbbreviatedData") or "").split()
        points = []
        for at, part in enumerate(parts):
            if part in ("M", "L"):
                points.append((float(parts[at + 1]) * self.dots, float(parts[at + 2]) * self.dots))
        pen = ImageDraw.Draw(inner)
        fill, stroke = (each.find(f"{_SPACE}{kind}Color") for kind in ("Fill", "Stroke"))
        if each.get("Fill") == "true" and fill is not None:
            pen.polygon(points, fill=_grey(fill))
        if each.get("Stroke") != "false":
            closed = [*points, points[0]] if parts[-1] == "C" else points
            thick = max(1, round(float(each.get("LineWidth", "0.353")) * self.dots))
            pen.line(closed, fill=0 if stroke is None else _grey(stroke), width=thick)

    def _imageobject(self, each: ET.Element, inner: Image.Image, shape: list[float]) -> None:
        photo = Image.open(BytesIO(self.media[each.get("ResourceID")])).convert("L")
        if shape[0] == 0:
            photo = photo.transpose(Image.Transpose.ROTATE_90)
        inner.paste(photo.resize(inner.size))


def _steps(text: str | None) -> list[float]:
    found: list[float] = []
    parts = (text or "").split()
    while parts:
        if parts[0] == "g":
            found += [float(parts[2])] * int(parts[1])
            parts = parts[3:]
        else:
            found.append(float(parts.pop(0)))
    return found


def _grey(colour: ET.Element) -> int:
    red, green, blue = (int(part) for part in (colour.get("Value") or "0 0 0").split())
    return round(0.3 * red + 0.59 * green + 0.11 * blue)
