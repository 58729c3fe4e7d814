"""Draw laid-out pages on a ReportLab canvas, each stretch of glyphs at its own place, the same bytes each time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from zhengui.reports.gb9704.embedding import Embedded
from zhengui.reports.gb9704.faces import STAND_IN, Face, Faces, register_latin
from zhengui.reports.gb9704.grid import ASCENT, BOTTOM, LEFT, PAGE_HEIGHT, PAGE_WIDTH
from zhengui.reports.gb9704.items import (
    BLACK,
    Area,
    Colour,
    Image,
    Item,
    Page,
    Piece,
    Role,
    Rule,
    Shape,
    Text,
)
from zhengui.reports.gb9704.placing import place

rl_config.useA85 = 0  # binary page streams: a quarter smaller, and less work

PALE = (0.88, 0.88, 0.88)
_BOLD_STROKE = 0.028
"""The stroke that stands for bold, as a part of the size: the faces of the standard have no bold of their own."""


class Stopped(Exception):
    """The one who asked for the document does not want it any more."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a figure is printed: page from 0, box in points from the page's top-left corner."""

    page: int
    x: float
    y: float
    width: float
    height: float
    source: str


@dataclass(frozen=True, slots=True)
class Properties:
    """What the PDF says about itself."""

    title: str
    author: str
    subject: str = ""


class Pen:
    """Writes the items of one page after another as PDF operators."""

    def __init__(self, canvas: Canvas, faces: Faces) -> None:
        self.canvas = canvas
        self.faces = faces
        self.spots: list[Spot] = []
        self._embedded: dict[str, Embedded] = {}
        self._strings: list[str] = []
        self._state: tuple[str, float] = ("", 0.0)
        self._spacing = self._bold = 0.0
        self._colour: Colour = BLACK
        self._flip = PAGE_HEIGHT
        self._page = 0
        self._level = -1
        self._keys: dict[int, str] = {}

    def know(self, pages: list[Page]) -> None:
        """Give every place of the outline the name by which links find it."""
        for index, page in enumerate(pages):
            self._keys |= {id(mark): f"m{index}-{place}" for place, mark in enumerate(page.marks)}

    def page(self, page: Page, index: int) -> None:
        """Draw a page and close it."""
        self._page = index
        code = self.canvas._code
        if page.watermark:
            self._watermark(page.watermark)
        if page.turned:
            # The head of a turned page is at its left side: the lines run upwards.
            code.append(f"q 0 1 -1 0 {LEFT:.3f} {PAGE_HEIGHT - BOTTOM:.3f} cm")
            self._layer(page.items, 0.0)
            code.append("Q")
            self._layer(page.upright, PAGE_HEIGHT)
        else:
            self._layer([*page.items, *page.upright], PAGE_HEIGHT)
        for mark in page.marks:
            key = self._keys[id(mark)]
            self.canvas.bookmarkHorizontal(key, 0, PAGE_HEIGHT - mark.y)
            # A level that skips one (（一） before any 一、) is drawn up to where the outline is.
            self._level = min(mark.level, self._level + 1)
            self.canvas.addOutlineEntry(mark.text, key, self._level, closed=self._level > 0)
        for jump in page.jumps:
            box = (jump.x, PAGE_HEIGHT - jump.y - jump.height, jump.x + jump.width, PAGE_HEIGHT - jump.y)
            self.canvas.linkAbsolute(jump.mark.text, self._keys[id(jump.mark)], box)
        self.canvas.showPage()

    def _watermark(self, text: str) -> None:
        """Large pale words across the page, marked as no part of its text."""
        size = min(80.0, 600 / max(len(text), 1))
        x, y, turn = PAGE_WIDTH / 2, PAGE_HEIGHT / 2, "0.7071 0.7071 -0.7071 0.7071"
        self.canvas._code.append(f"/Artifact BMC q {turn} {x:.3f} {y:.3f} cm")
        pale = Text(-size * len(text) / 2, size * 0.38, (Piece(text, Role.HEI),), size, size, colour=PALE)
        self._layer([pale], 0.0)
        self.canvas._code.append("Q EMC")

    def _layer(self, items: list[Item], flip: float) -> None:
        self._flip = flip
        texts = []
        for item in items:
            if isinstance(item, Text):
                texts.append(item)
            elif isinstance(item, Rule):
                self._rule(item)
            elif isinstance(item, Shape):
                self._shape(item)
            elif isinstance(item, Area):
                self._spot(item.x, item.y, item.width, item.height, item.source)
            else:
                self._image(item)
        if texts:
            self._strings = ["0 g 0 G BT"]
            self._state, self._spacing, self._bold, self._colour = ("", 0.0), 0.0, 0.0, BLACK
            for text in texts:
                self._text(text)
            if self._bold:
                self._strings.append("0 Tr")
            if self._colour != BLACK:
                self._strings.append("0 0 0 rg")
            if self._spacing:
                self._strings.append("0 Tc")
            self._strings.append("ET")
            self.canvas._code.append("\n".join(self._strings))

    def _text(self, text: Text) -> None:
        y = self._flip - text.y
        if text.colour != self._colour:
            self._colour = text.colour
            self._strings.append("{:.3f} {:.3f} {:.3f} rg".format(*text.colour))
        for piece, start, end, stretches in place(text, self.faces):
            bold = _BOLD_STROKE * text.size if piece.bold else 0.0
            if bold != self._bold:
                self._strings.append(f"2 Tr {bold:.3f} w" if bold else "0 Tr")
                self._bold = bold
            for face, run, x, spacing, stand_in in stretches:
                font = self._font(face)
                codes = (
                    font.stand_in(run, STAND_IN) if stand_in else "".join(map(font.codes.__getitem__, run))
                )
                self._place(font, codes, x, y, text.size, spacing)
            if piece.source:
                width = end - start - (0.0 if piece.tight else text.gap)
                self._spot(start, text.y - ASCENT * text.size, width, text.size, piece.source)

    def _place(self, font: Embedded, codes: str, x: float, y: float, size: float, spacing: float) -> None:
        state = (font.name, size)
        prefix = ""
        if state != self._state:
            self._state = state
            prefix = f"/{font.name} {size:g} Tf "
        if abs(spacing - self._spacing) > 0.0005:
            self._spacing = spacing
            prefix += f"{spacing:.4f} Tc "
        self._strings.append(f"{prefix}1 0 0 1 {x:.3f} {y:.3f} Tm <{codes}> Tj")

    def _font(self, face: Face) -> Embedded:
        font = self._embedded.get(face.key)
        if font is None:
            font = self._embedded[face.key] = Embedded(f"Z{len(self._embedded) + 1}", face)
            self.canvas._doc.delayedFonts.append(font)
        return font

    def _spot(self, x: float, y: float, width: float, height: float, source: str) -> None:
        if self._flip:
            self.spots.append(Spot(self._page, x, y, width, height, source))
        else:
            self.spots.append(Spot(self._page, LEFT + y, BOTTOM - x - width, height, width, source))

    def _rule(self, rule: Rule) -> None:
        dash = f"[{rule.dash:g}] 0 d " if rule.dash else ""
        end = " [] 0 d" if rule.dash else ""
        self.canvas._code.append(
            "{:.3f} {:.3f} {:.3f} RG ".format(*rule.colour)
            + f"{rule.thickness:.3f} w {dash}{rule.x1:.3f} {self._flip - rule.y1:.3f} m "
            f"{rule.x2:.3f} {self._flip - rule.y2:.3f} l S{end}"
        )

    def _shape(self, shape: Shape) -> None:
        points = [f"{x:.3f} {self._flip - y:.3f}" for x, y in shape.points]
        path = f"{points[0]} m " + " ".join(f"{point} l" for point in points[1:])
        fill = f"{shape.fill:.3f} g " if shape.fill is not None else ""
        stroke = f"0 G {shape.thickness:.3f} w " if shape.thickness else ""
        closing = " h" if shape.closed else ""
        paint = {(True, True): "B", (True, False): "f", (False, True): "S"}.get(
            (bool(fill), bool(stroke)), "n"
        )
        self.canvas._code.append(f"q {fill}{stroke}{path}{closing} {paint} Q")

    def _image(self, image: Image) -> None:
        self.canvas.drawImage(
            ImageReader(BytesIO(image.data)),
            image.x,
            self._flip - image.y - image.height,
            image.width,
            image.height,
        )


def draw(
    pages: list[Page],
    faces: Faces,
    properties: Properties,
    progress: Callable[[int, int], bool] | None = None,
) -> tuple[bytes, tuple[Spot, ...]]:
    """The pages as a PDF, and where its figures are; raises Stopped when `progress` answers False."""
    buffer = BytesIO()
    canvas = Canvas(
        buffer,
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        pageCompression=1,
        invariant=1,
        initialFontName=register_latin(),
        lang="zh-CN",
        pdfVersion=(1, 7),
    )
    canvas.setTitle(properties.title)
    canvas.setAuthor(properties.author)
    canvas.setSubject(properties.subject)
    canvas.setCreator("政规")
    pen = Pen(canvas, faces)
    pen.know(pages)
    for index, page in enumerate(pages):
        if progress is not None and progress(index, len(pages)) is False:
            raise Stopped
        pen.page(page, index)
    if any(page.marks for page in pages):
        canvas.showOutline()
    canvas.save()
    return buffer.getvalue(), tuple(pen.spots)
