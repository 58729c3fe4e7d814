"""A laid-out page as OFD's objects: texts with the place of each character, lines, shapes, photos. Lengths are millimetres."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from zhengui.reports.gb9704.drawing import BOLD_STROKE, PALE
from zhengui.reports.gb9704.faces import STAND_IN, Faces
from zhengui.reports.gb9704.grid import BOTTOM, LEFT, MM, PAGE_HEIGHT, PAGE_WIDTH
from zhengui.reports.gb9704.items import (
    BLACK,
    Colour,
    DrawnShape,
    FaceRole,
    Image,
    Item,
    LaidPage,
    LinkArea,
    Piece,
    RuledLine,
    Text,
)
from zhengui.reports.gb9704.placing import Stretch, place
from zhengui.reports.ofd.resources import Resources

_ABOVE, _BELOW = 1.1, 0.4
"""How far a text's box reaches over and under its baseline, in ems, so that no reader clips a stroke."""
_TURN = "0.7071 -0.7071 0.7071 0.7071"


class PageWriter:
    """Writes one page; `jumps` leads from the id of an element to the place that a click on it opens."""

    def __init__(self, faces: Faces, resources: Resources, jumps: dict[int, str]) -> None:
        self._faces = faces
        self._resources = resources
        self._jumps = jumps
        self._turned = False
        self._found: list[str] = []

    def content(self, page: LaidPage) -> str:
        """The page's objects."""
        self._found = []
        self._layer(page.items, page.turned)
        self._layer(page.upright, False)
        return "".join(self._found)

    def watermark(self, words: str) -> str:
        """Large pale words across the page, as what an annotation shows."""
        size = min(80.0, 600 / max(len(words), 1))
        pale = Text(0.0, 0.0, (Piece(words, FaceRole.HEI),), size, size, colour=PALE)
        x, y = PAGE_WIDTH / 2, PAGE_HEIGHT / 2
        half, low = size * len(words) / 2, size * 0.38
        # The middle of the words is the middle of the page, after the turn too.
        corner = (x + (-half + low) * 0.7071, y + (half + low) * 0.7071)
        box, found = f"0 0 {_mm(PAGE_WIDTH)} {_mm(PAGE_HEIGHT)}", []
        for one in (one for placed in place(pale, self._faces) for one in placed.stretches):
            font = self._resources.font(one.face)
            self._keep(one)
            found.append(
                f'<ofd:TextObject ID="{self._resources.number()}" Boundary="{box}" Font="{font}" '
                f'Size="{_mm(size)}" CTM="{_TURN} {_mm(corner[0])} {_mm(corner[1])}">'
                f"{_colour('Fill', PALE)}{self._code(one, size, one.x, 0.0)}</ofd:TextObject>"
            )
        return "".join(found)

    def _keep(self, one: Stretch) -> None:
        """Embed what a stretch draws."""
        if one.stand_in:
            self._resources.stand_in(one.face, one.run, STAND_IN)
        else:
            self._resources.use(one.face, one.run)

    def _layer(self, items: Iterable[Item], turned: bool) -> None:
        """Shapes first, then texts, as in the PDF."""
        self._turned = turned
        texts = []
        for item in items:
            if isinstance(item, Text):
                texts.append(item)
            elif isinstance(item, RuledLine):
                self._rule(item)
            elif isinstance(item, DrawnShape):
                self._shape(item)
            elif isinstance(item, Image):
                self._image(item)
            else:
                assert isinstance(item, LinkArea)  # leads to a figure and draws nothing
        for line in texts:
            self._text(line)

    def _at(self, x: float, y: float) -> tuple[float, float]:
        """A point of an item on the page: the lines of a turned page run upwards."""
        return (LEFT + y, BOTTOM - x) if self._turned else (x, y)

    def _text(self, line: Text) -> None:
        for placed in place(line, self._faces):
            for one in placed.stretches:
                self._stretch(one, line, placed.piece.bold)

    def _stretch(self, one: Stretch, line: Text, bold: bool) -> None:
        size = line.size
        wide = sum(one.face.width(char) * size + one.spacing for char in one.run) + size / 2
        over, high = _ABOVE * size, (_ABOVE + _BELOW) * size
        if self._turned:
            x, y = self._at(one.x + wide, line.y - over)
            box, turn = (x, y, high, wide), f' CTM="0 -1 1 0 0 {_mm(wide)}"'
        else:
            box, turn = (one.x, line.y - over, wide, high), ""
        font = self._resources.font(one.face)
        self._keep(one)
        colour = _colour("Fill", line.colour) if line.colour != BLACK else ""
        stroke = ""
        if bold:
            stroke = f' Stroke="true" LineWidth="{_mm(BOLD_STROKE * size)}"'
            colour += _colour("Stroke", line.colour)
        click = self._jumps.get(id(line.of), "") if line.of is not None else ""
        self._found.append(
            f'<ofd:TextObject ID="{self._resources.number()}" Boundary="{_numbers(box)}" Font="{font}" '
            f'Size="{_mm(size)}"{turn}{stroke}>{click}{colour}{self._code(one, size, 0.0, over)}</ofd:TextObject>'
        )

    def _code(self, one: Stretch, size: float, x: float, y: float) -> str:
        """The characters with the steps between them."""
        steps = [_mm(one.face.width(char) * size + one.spacing) for char in one.run[:-1]]
        delta = ""
        if steps:
            same = len(steps) > 1 and len(set(steps)) == 1
            delta = f' DeltaX="{f"g {len(steps)} {steps[0]}" if same else " ".join(steps)}"'
        return f'<ofd:TextCode X="{_mm(x)}" Y="{_mm(y)}"{delta}>{escape(one.run)}</ofd:TextCode>'

    def _rule(self, rule: RuledLine) -> None:
        points = [self._at(rule.x1, rule.y1), self._at(rule.x2, rule.y2)]
        dash = f' DashPattern="{_mm(rule.dash)} {_mm(rule.dash)}"' if rule.dash else ""
        self._path(points, rule.thickness, f"{dash}", _colour("Stroke", rule.colour), closed=False)

    def _shape(self, shape: DrawnShape) -> None:
        colours = _colour("Stroke", BLACK) if shape.thickness else ""
        fill = ' Fill="true"' if shape.fill is not None else ""
        if shape.fill is not None:
            colours += _colour("Fill", (shape.fill,) * 3)
        points = [self._at(x, y) for x, y in shape.points]
        self._path(points, shape.thickness, fill, colours, shape.closed)

    def _path(
        self,
        points: Sequence[tuple[float, float]],
        thickness: float,
        marks: str,
        colours: str,
        closed: bool,
    ) -> None:
        """A line through points, in a box that leaves room for its thickness."""
        room = thickness + 0.5
        left, top = min(x for x, _ in points) - room, min(y for _, y in points) - room
        right, low = max(x for x, _ in points) + room, max(y for _, y in points) + room
        steps = " ".join(
            f"{'L' if place else 'M'} {_mm(x - left)} {_mm(y - top)}" for place, (x, y) in enumerate(points)
        )
        stroke = f' LineWidth="{_mm(thickness)}"' if thickness else ' Stroke="false"'
        self._found.append(
            f'<ofd:PathObject ID="{self._resources.number()}" '
            f'Boundary="{_numbers((left, top, right - left, low - top))}"{stroke}{marks}>{colours}'
            f"<ofd:AbbreviatedData>{steps}{' C' if closed else ''}</ofd:AbbreviatedData></ofd:PathObject>"
        )

    def _image(self, image: Image) -> None:
        wide, high = _mm(image.width), _mm(image.height)
        if self._turned:
            x, y = self._at(image.x + image.width, image.y)
            box, shape = f"{_mm(x)} {_mm(y)} {high} {wide}", f"0 -{wide} {high} 0 0 {wide}"
        else:
            box, shape = f"{_mm(image.x)} {_mm(image.y)} {wide} {high}", f"{wide} 0 0 {high} 0 0"
        resource = self._resources.photo(image.data)
        self._found.append(
            f'<ofd:ImageObject ID="{self._resources.number()}" Boundary="{box}" CTM="{shape}" ResourceID="{resource}"/>'
        )


def _mm(points: float) -> str:
    """Points as millimetres, without idle zeros."""
    return f"{points / MM:.4f}".rstrip("0").rstrip(".") or "0"


def _numbers(points: Iterable[float]) -> str:
    return " ".join(map(_mm, points))


def _colour(kind: str, colour: Colour) -> str:
    value = " ".join(str(round(255 * part)) for part in colour)
    return f'<ofd:{kind}Color Value="{value}"/>'
