"""What a page is made of once it is laid out: texts, rules, shapes and images at their places."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class FaceRole(StrEnum):
    """A face by the part it plays on the page."""

    TITLE = "小标宋"
    HEI = "黑体"
    KAI = "楷体"
    FANG = "仿宋"
    SONG = "宋体"


BLACK = (0.0, 0.0, 0.0)
RED = (0.85, 0.0, 0.0)
GREY = (0.82, 0.82, 0.82)
Colour = tuple[float, float, float]


@dataclass(slots=True, eq=False)
class Element:
    """A part of the document as it is read aloud: `kind` is the PDF's name for it (P, H1, TD), `words` tell a picture."""

    kind: str
    words: str = ""
    above: Element | None = None
    parts: tuple[Element, ...] | list[Element] = ()

    def add(self, kind: str, words: str = "") -> Element:
        """A further part at the end of this one."""
        made = Element(kind, words, self)
        # Most elements are cells without parts, by the hundred thousand: they do without a list.
        if not isinstance(self.parts, list):
            self.parts = []
        self.parts.append(made)
        return made

    @property
    def whole(self) -> Element:
        """What everything is a part of."""
        found = self
        while found.above is not None:
            found = found.above
        return found


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text in one face; `source` leads back to the figure it prints, `tight` takes no slack."""

    text: str
    role: FaceRole = FaceRole.FANG
    bold: bool = False
    source: str = ""
    tight: bool = False


@dataclass(slots=True)
class Text:
    """A line of pieces: `x` and `y` are its first baseline point; a full-width character takes a cell + gap.

    `squeeze` is the part of their rooms (`Faces.rooms`) by which its marks are narrower, from 0 to 1; what stands
    in tight pieces, the line's first mark at its left and its last mark at its right are not.
    What is `of` no element (a page number, a rule) is no part of the text.
    """

    x: float
    y: float
    pieces: tuple[Piece, ...]
    size: float
    cell: float
    gap: float = 0.0
    colour: Colour = BLACK
    squeeze: float = 0.0
    of: Element | None = None


@dataclass(frozen=True, slots=True)
class RuledLine:
    """A straight line; `dash` is the length of its dashes and gaps, or nothing."""

    x1: float
    y1: float
    x2: float
    y2: float
    thickness: float
    colour: Colour = BLACK
    dash: float = 0.0
    of: Element | None = None


@dataclass(frozen=True, slots=True)
class DrawnShape:
    """A polygon or an open line; `fill` is a grey from 0 (black) to 1, or nothing."""

    points: tuple[tuple[float, float], ...]
    fill: float | None = None
    thickness: float = 0.0
    closed: bool = True
    of: Element | None = None


@dataclass(frozen=True, slots=True)
class Image:
    """Encoded image bytes in a box given by its top-left corner."""

    x: float
    y: float
    width: float
    height: float
    data: bytes
    of: Element | None = None


@dataclass(frozen=True, slots=True)
class LinkArea:
    """A place on the page that leads to a figure without being a text (a chart)."""

    x: float
    y: float
    width: float
    height: float
    source: str


Item = Text | RuledLine | DrawnShape | Image | LinkArea


@dataclass(frozen=True, slots=True)
class OutlineMark:
    """A place in the outline: `level` counts from 0, `y` is its height on the page from the top."""

    text: str
    level: int
    y: float


@dataclass(frozen=True, slots=True)
class Jump:
    """A place on the page, given by its top-left corner, that a click leaves for a place of the outline."""

    x: float
    y: float
    width: float
    height: float
    mark: OutlineMark
    of: Element | None = None


@dataclass(slots=True)
class LaidPage:
    """A page: its items, the items that stay upright on a turned page, and its number if it prints one.

    `rows` are those of its lines where they are more or fewer than the grid's.
    """

    items: list[Item] = field(default_factory=list)
    upright: list[Item] = field(default_factory=list)
    marks: list[OutlineMark] = field(default_factory=list)
    jumps: list[Jump] = field(default_factory=list)
    turned: bool = False
    number: int = 0
    watermark: str = ""
    rows: int = 0
