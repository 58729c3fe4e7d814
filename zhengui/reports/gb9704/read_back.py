"""Read back what the pages of a PDF that this program wrote draw: glyphs, lines, shapes and photos at their places.

For a printer: words stay words in a face, lines stay lines, and a page is a few thousand bytes instead of an image.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from zhengui.reports.gb9704.loose_face import MOST, character, count_glyphs, loose_face

Matrix = tuple[float, float, float, float, float, float]
Colour = tuple[float, float, float]
UPRIGHT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
BLACK: Colour = (0.0, 0.0, 0.0)


class NotOurs(ValueError):
    """The file draws with something that this program never writes."""


@dataclass(frozen=True, slots=True)
class Font:
    """A face of the file: its TrueType bytes, the glyph of each code as pairs of bytes where it is another one.

    `widths` are the advances, in thousandths of an em, that are not 1000.
    """

    name: str
    data: bytes
    glyphs: bytes
    widths: dict[int, float]

    def loose(self, family: str) -> bytes:
        """The face as a font file in which `character` of a code draws its glyph."""
        if self.glyphs:
            glyphs = list(struct.unpack(f">{len(self.glyphs) // 2}H", self.glyphs))
        else:
            glyphs = list(range(min(MOST, count_glyphs(self.data))))
        return loose_face(self.data, glyphs, family)


@dataclass(frozen=True, slots=True)
class ReadGlyphs:
    """Glyphs of one face on one line, each `spacing` further than its advance; `matrix` places the first."""

    font: Font
    size: float
    codes: tuple[int, ...]
    spacing: float
    matrix: Matrix
    colour: Colour
    bold: float

    def placed(self) -> Iterator[tuple[float, str]]:
        """The characters by which the loose face draws the glyphs, each with its distance from the first point."""
        at = 0.0
        for code in self.codes:
            yield at, character(code)
            at += self.font.widths.get(code, 1000.0) / 1000 * self.size + self.spacing


@dataclass(frozen=True, slots=True)
class Lines:
    """A path of straight lines; `fill` and `stroke` are its colours or nothing."""

    points: tuple[tuple[float, float], ...]
    closed: bool
    fill: Colour | None
    stroke: Colour | None
    width: float
    dash: tuple[float, ...]
    matrix: Matrix


@dataclass(frozen=True, slots=True)
class ReadImage:
    """An image: a JPEG file's bytes, or rows of samples, RGB or grey; `matrix` puts its unit square on the page."""

    data: bytes
    width: int
    height: int
    parts: int
    jpeg: bool
    matrix: Matrix


Drawn = ReadGlyphs | Lines | ReadImage


def read_back(pdf: bytes) -> list[list[Drawn]]:
    """What each page draws, in order; the page's origin is its lower left corner, in points.

    Raises NotOurs when the file was not written by this program.
    """
    try:
        file = _File(pdf)
        return [_Reader(file, page).drawn() for page in file.pages()]
    except (KeyError, IndexError, ValueError, zlib.error) as trouble:
        raise NotOurs(str(trouble)) from trouble


_OBJECT = re.compile(rb"(?<![0-9])(\d+) 0 obj\s")
_HEAD = re.compile(rb"\s*(<<.*?>>)\s*stream\r?\n", re.DOTALL)
_LENGTH = re.compile(rb"/Length (\d+)")


class _File:
    """The objects of a file, the newest of each number, and what is read of them."""

    def __init__(self, data: bytes) -> None:
        self.bodies: dict[int, bytes] = {}
        at = 0
        while found := _OBJECT.search(data, at):
            end = data.index(b"endobj", found.end())
            head = _HEAD.match(data, found.end(), end)
            if head and (length := _LENGTH.search(head[1])):
                end = data.index(b"endobj", head.end() + int(length[1]))
            self.bodies[int(found[1])] = data[found.end() : end]
            at = end + len(b"endobj")
        self._fonts: dict[int, Font] = {}

    def pages(self) -> list[bytes]:
        """The dictionaries of the pages, in order."""
        (tree,) = [body for body in self.bodies.values() if b"/Type /Pages" in body]
        kids = tree[tree.index(b"/Kids") :].partition(b"]")[0]
        return [self.bodies[int(number)] for number in re.findall(rb"(\d+) 0 R", kids)]

    def stream(self, number: int) -> tuple[bytes, bytes]:
        """A stream's dictionary and its content, unpacked unless it is a JPEG."""
        body = self.bodies[number]
        head = _HEAD.match(body)
        if head is None:
            raise NotOurs(f"{number} is no stream")
        length = _LENGTH.search(head[1])
        content = body[head.end() :][: int(length[1])] if length else b""
        if b"/FlateDecode" in head[1] and b"/DCTDecode" not in head[1]:
            content = zlib.decompress(content)
        return head[1], content

    def named(self, page: bytes, kind: str) -> dict[str, int]:
        """The numbers of a page's fonts or images by their names."""
        resources = self.bodies[refers(page, b"/Resources")] if b"/Resources " in page else page
        if re.search(rb"/%s (\d+) 0 R" % kind.encode(), resources):
            resources = b"/" + kind.encode() + b" " + self.bodies[refers(resources, b"/" + kind.encode())]
        entries = re.search(rb"/%s\s*<<(.*?)>>" % kind.encode(), resources, re.DOTALL)
        found = re.findall(rb"/(\w+) (\d+) 0 R", entries[1]) if entries else []
        return {name.decode(): int(number) for name, number in found}

    def font(self, number: int) -> Font:
        """A composite font with its face."""
        if number not in self._fonts:
            outer = self.bodies[number]
            (inner,) = re.findall(rb"/DescendantFonts \[\s*(\d+) 0 R", outer)
            descendant = self.bodies[int(inner)]
            descriptor = self.bodies[refers(descendant, b"/FontDescriptor")]
            _, data = self.stream(refers(descriptor, b"/FontFile2"))
            table = re.search(rb"/CIDToGIDMap (\d+) 0 R", descendant)
            glyphs = self.stream(int(table[1]))[1] if table else b""
            widths = {
                int(code): float(width)
                for code, width in re.findall(rb"(\d+) \[\s*([\d.]+)\s*\]", descendant)
            }
            self._fonts[number] = Font(f"face{number}", data, glyphs, widths)
        return self._fonts[number]


def refers(body: bytes, key: bytes) -> int:
    """The number of the object that an entry refers to."""
    found = re.search(re.escape(key) + rb" (\d+) 0 R", body)
    if found is None:
        raise NotOurs(f"{key!r} leads nowhere")
    return int(found[1])


_TOKEN = re.compile(
    r"<(?P<hex>[0-9A-Fa-f]*)>|/(?P<name>[^\s/<>\[\]]+)|(?P<dict><<.*?>>)|\[(?P<list>[^\]]*)\]"
    r"|(?P<number>[-+]?\d*\.?\d+)|(?P<verb>[A-Za-z]+\*?)"
)


@dataclass(slots=True)
class _State:
    """What an operator finds: the place, the colours, the pen."""

    matrix: Matrix = UPRIGHT
    fill: Colour = BLACK
    stroke: Colour = BLACK
    width: float = 1.0
    dash: tuple[float, ...] = ()


@dataclass(slots=True)
class _Text:
    """The state of the words."""

    font: str = ""
    size: float = 0.0
    spacing: float = 0.0
    bold: bool = False
    matrix: Matrix = UPRIGHT


@dataclass(slots=True)
class _Path:
    points: list[tuple[float, float]] = field(default_factory=list)
    closed: bool = False


class _Reader:
    """Follows the operators of one page."""

    def __init__(self, file: _File, page: bytes) -> None:
        self._file = file
        self._fonts = file.named(page, "Font")
        self._images = file.named(page, "XObject")
        _, content = file.stream(refers(page, b"/Contents"))
        self._content = content.decode("latin-1")
        self._state, self._text, self._path = _State(), _Text(), _Path()
        self._kept: list[_State] = []
        self._drawn: list[Drawn] = []

    def drawn(self) -> list[Drawn]:
        """Everything that the page draws."""
        operands: list[str] = []
        for token in _TOKEN.finditer(self._content):
            if token.lastgroup == "verb":
                self._do(token["verb"], operands)
                operands = []
            else:
                operands.append(token[token.lastgroup or 0])
        return self._drawn

    def _do(self, verb: str, given: list[str]) -> None:
        if verb in ("BT", "ET", "TL", "BMC", "BDC", "EMC"):
            return
        act = getattr(self, f"_{_VERBS[verb]}", None) if verb in _VERBS else None
        if act is None:
            raise NotOurs(verb)
        act(verb, given)

    def _keep(self, verb: str, _given: list[str]) -> None:
        state = self._state
        if verb == "q":
            self._kept.append(_State(state.matrix, state.fill, state.stroke, state.width, state.dash))
        else:
            self._state = self._kept.pop()

    def _turn(self, _verb: str, given: list[str]) -> None:
        self._state.matrix = joined(_matrix(given), self._state.matrix)

    def _colour(self, verb: str, given: list[str]) -> None:
        parts = tuple(map(float, given))
        colour = (parts[0], parts[0], parts[0]) if len(parts) == 1 else (parts[0], parts[1], parts[2])
        if verb.islower():
            self._state.fill = colour
        else:
            self._state.stroke = colour

    def _pen(self, verb: str, given: list[str]) -> None:
        if verb == "w":
            self._state.width = float(given[0])
        else:
            self._state.dash = tuple(map(float, given[0].split()))

    def _set(self, verb: str, given: list[str]) -> None:
        text = self._text
        if verb == "Tf":
            text.font, text.size = given[0], float(given[1])
        elif verb == "Tc":
            text.spacing = float(given[0])
        elif verb == "Tr":
            text.bold = given[0] == "2"
        else:
            text.matrix = _matrix(given)

    def _show(self, _verb: str, given: list[str]) -> None:
        text, state = self._text, self._state
        font = self._file.font(self._fonts[text.font])
        codes = struct.unpack(f">{len(given[0]) // 4}H", bytes.fromhex(given[0]))
        bold = state.width if text.bold else 0.0
        place = joined(text.matrix, state.matrix)
        self._drawn.append(ReadGlyphs(font, text.size, codes, text.spacing, place, state.fill, bold))

    def _line(self, verb: str, given: list[str]) -> None:
        if verb == "h":
            self._path.closed = True
            return
        if verb == "m":
            self._path = _Path()
        self._path.points.append((float(given[0]), float(given[1])))

    def _paint(self, verb: str, _given: list[str]) -> None:
        state, path = self._state, self._path
        fill = state.fill if verb in ("f", "B") else None
        stroke = state.stroke if verb in ("S", "B") else None
        if verb != "n":
            self._drawn.append(
                Lines(tuple(path.points), path.closed, fill, stroke, state.width, state.dash, state.matrix)
            )
        self._path = _Path()

    def _image(self, _verb: str, given: list[str]) -> None:
        head, data = self._file.stream(self._images[given[0]])
        if b"/SMask" in head or b"/BitsPerComponent 8" not in head:
            raise NotOurs("image")
        width, height = (int(re.findall(rb"/%s (\d+)" % name, head)[0]) for name in (b"Width", b"Height"))
        parts = 1 if b"/DeviceGray" in head else 3
        jpeg = b"/DCTDecode" in head
        if not jpeg and len(data) != width * height * parts:
            raise NotOurs("image")
        self._drawn.append(ReadImage(data, width, height, parts, jpeg, self._state.matrix))


_VERBS = {
    **dict.fromkeys(("q", "Q"), "keep"),
    "cm": "turn",
    **dict.fromkeys(("g", "G", "rg", "RG"), "colour"),
    **dict.fromkeys(("w", "d"), "pen"),
    **dict.fromkeys(("Tf", "Tc", "Tr", "Tm"), "set"),
    "Tj": "show",
    **dict.fromkeys(("m", "l", "h"), "line"),
    **dict.fromkeys(("S", "f", "B", "n"), "paint"),
    "Do": "image",
}


def _matrix(given: list[str]) -> Matrix:
    a, b, c, d, e, f = map(float, given)
    return a, b, c, d, e, f


def joined(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that does one thing and then the other."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u
