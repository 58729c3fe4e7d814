"""Draw laid-out pages as a PDF that can be kept (PDF/A-2b) and read aloud (PDF/UA-1), the same bytes each time."""

from __future__ import annotations

from dataclasses import dataclass

from zhengui.reports.gb9704.about_file import Properties, info_of, metadata_of
from zhengui.reports.gb9704.colour_profile import profile
from zhengui.reports.gb9704.embedding import Embedded
from zhengui.reports.gb9704.faces import STAND_IN, Face, Faces
from zhengui.reports.gb9704.grid import ASCENT, BOTTOM, LEFT, PAGE_HEIGHT, PAGE_WIDTH
from zhengui.reports.gb9704.items import (
    BLACK,
    Colour,
    DrawnShape,
    Element,
    FaceRole,
    Image,
    Item,
    Jump,
    LaidPage,
    LinkArea,
    Piece,
    RuledLine,
    Text,
)
from zhengui.reports.gb9704.outline import outline_of, page_labels
from zhengui.reports.gb9704.pdf_file import PdfFile, text
from zhengui.reports.gb9704.photo_file import add_photo
from zhengui.reports.gb9704.placing import Stretch, place
from zhengui.reports.gb9704.structure import Marks, structure_of
from zhengui.work import Progress

PALE = (0.88, 0.88, 0.88)
BOLD_STROKE = 0.028
"""The stroke that stands for bold, as a part of the size: the faces of the standard have no bold of their own."""
_CLOSED = object()


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a figure is printed: page from 0, box in points from the page's top-left corner."""

    page: int
    x: float
    y: float
    width: float
    height: float
    source: str


class Pen:
    """Writes the items of one page after another as PDF operators, and the page's objects into the file."""

    def __init__(self, file: PdfFile, faces: Faces, pages: list[LaidPage]) -> None:
        self.file = file
        self.faces = faces
        self.spots: list[Spot] = []
        self.marks = Marks()
        self.numbers = [file.reserve() for _ in pages]
        self.tree, self.resources = file.reserve(), file.reserve()
        self._places = {id(mark): (index, mark.y) for index, page in enumerate(pages) for mark in page.marks}
        self._total = len(pages)
        self._embedded: dict[str, Embedded] = {}
        self._images: dict[bytes, tuple[str, int]] = {}
        self._code: list[str] = []
        self._state: tuple[str, float] = ("", 0.0)
        self._spacing = self._bold = 0.0
        self._colour: Colour = BLACK
        self._of: object = _CLOSED
        self._flip = PAGE_HEIGHT
        self._page = 0

    def page(self, page: LaidPage, index: int) -> None:
        """Draw a page and write its objects."""
        self._page, self._code = index, []
        self.marks.new_page()
        if page.watermark:
            self._watermark(page.watermark)
        if page.turned:
            # The head of a turned page is at its left side: the lines run upwards.
            self._code.append(f"q 0 1 -1 0 {LEFT:.3f} {PAGE_HEIGHT - BOTTOM:.3f} cm")
            self._layer(page.items, 0.0)
            self._code.append("Q")
            self._layer(page.upright, PAGE_HEIGHT)
        else:
            self._layer([*page.items, *page.upright], PAGE_HEIGHT)
        content = self.file.stream("\n".join(self._code).encode("latin-1"))
        jumps = " ".join(f"{self._jump(jump)} 0 R" for jump in page.jumps)
        links = f"/Annots [ {jumps} ] /Tabs /S " if jumps else ""
        self.file.put(
            self.numbers[index],
            f"<< {links}/Type /Page /Parent {self.tree} 0 R /MediaBox [ 0 0 {PAGE_WIDTH:.4f} {PAGE_HEIGHT:.4f} ] "
            f"/Resources {self.resources} 0 R /Contents {content} 0 R /StructParents {index} >>",
        )

    def _jump(self, jump: Jump) -> int:
        """A link to a place of the outline."""
        index, y = self._places[id(jump.mark)]
        top = PAGE_HEIGHT - jump.y
        number = self.file.reserve()
        key = f"/StructParent {self._total + self.marks.link(jump.of, number)} " if jump.of else ""
        self.file.put(
            number,
            f"<< /Type /Annot /Subtype /Link /F 4 /Border [ 0 0 0 ] {key}/Contents {text(jump.mark.text)} "
            f"/Rect [ {jump.x:.2f} {top - jump.height:.2f} {jump.x + jump.width:.2f} {top:.2f} ] "
            f"/Dest [ {self.numbers[index]} 0 R /FitH {PAGE_HEIGHT - y:.3f} ] >>",
        )
        return number

    def finish(self) -> None:
        """Write what all pages share: the tree of pages, the faces, the photos."""
        kids = " ".join(f"{number} 0 R" for number in self.numbers)
        self.file.put(self.tree, f"<< /Type /Pages /Count {self._total} /Kids [ {kids} ] >>")
        fonts = " ".join(f"/{one.name} {one.add_to(self.file)} 0 R" for one in self._embedded.values())
        images = " ".join(f"/{name} {number} 0 R" for name, number in self._images.values())
        self.file.put(self.resources, f"<< /Font << {fonts} >> /XObject << {images} >> >>")

    def _watermark(self, words: str) -> None:
        """Large pale words across the page, marked as no part of its text."""
        size = min(80.0, 600 / max(len(words), 1))
        x, y, turn = PAGE_WIDTH / 2, PAGE_HEIGHT / 2, "0.7071 0.7071 -0.7071 0.7071"
        self._code.append(f"q {turn} {x:.3f} {y:.3f} cm")
        pale = Text(
            -size * len(words) / 2, size * 0.38, (Piece(words, FaceRole.HEI),), size, size, colour=PALE
        )
        self._layer([pale], 0.0)
        self._code.append("Q")

    def _enter(self, of: Element | None) -> None:
        """Say what is drawn from here on: a part of the text, or nothing that is read."""
        if of is self._of:
            return
        self._leave()
        self._of = of
        if of is None:
            self._code.append("/Artifact BMC")
        else:
            self._code.append(f"/{of.kind} <</MCID {self.marks.mark(of)}>> BDC")

    def _leave(self) -> None:
        if self._of is not _CLOSED:
            self._code.append("EMC")
            self._of = _CLOSED

    def _layer(self, items: list[Item], flip: float) -> None:
        self._flip = flip
        texts = []
        for item in items:
            if isinstance(item, Text):
                texts.append(item)
            elif isinstance(item, LinkArea):
                self._spot(item.x, item.y, item.width, item.height, item.source)
            else:
                self._enter(item.of)
                if isinstance(item, RuledLine):
                    self._rule(item)
                elif isinstance(item, DrawnShape):
                    self._shape(item)
                else:
                    self._image(item)
        self._leave()
        if texts:
            self._code.append("0 g 0 G BT")
            self._state, self._spacing, self._bold, self._colour = ("", 0.0), 0.0, 0.0, BLACK
            for line in texts:
                self._enter(line.of)
                self._text(line)
            self._leave()
            if self._bold:
                self._code.append("0 Tr")
            if self._colour != BLACK:
                self._code.append("0 0 0 rg")
            if self._spacing:
                self._code.append("0 Tc")
            self._code.append("ET")

    def _text(self, line: Text) -> None:
        y = self._flip - line.y
        if line.colour != self._colour:
            self._colour = line.colour
            self._code.append("{:.3f} {:.3f} {:.3f} rg".format(*line.colour))
        for piece, start, end, stretches in place(line, self.faces):
            bold = BOLD_STROKE * line.size if piece.bold else 0.0
            if bold != self._bold:
                self._code.append(f"2 Tr {bold:.3f} w" if bold else "0 Tr")
                self._bold = bold
            for one in stretches:
                self._show(one, y, line.size)
            if piece.source:
                width = end - start - (0.0 if piece.tight else line.gap)
                self._spot(start, line.y - ASCENT * line.size, width, line.size, piece.source)

    def _show(self, one: Stretch, y: float, size: float) -> None:
        font = self._font(one.face)
        if one.stand_in:
            codes = font.stand_in(one.run, STAND_IN)
        else:
            codes = "".join(map(font.codes.__getitem__, one.run))
        state = (font.name, size)
        prefix = ""
        if state != self._state:
            self._state = state
            prefix = f"/{font.name} {size:g} Tf "
        if abs(one.spacing - self._spacing) > 0.0005:
            self._spacing = one.spacing
            prefix += f"{one.spacing:.4f} Tc "
        self._code.append(f"{prefix}1 0 0 1 {one.x:.3f} {y:.3f} Tm <{codes}> Tj")

    def _font(self, face: Face) -> Embedded:
        font = self._embedded.get(face.key)
        if font is None:
            font = self._embedded[face.key] = Embedded(f"Z{len(self._embedded) + 1}", face)
        return font

    def _spot(self, x: float, y: float, width: float, height: float, source: str) -> None:
        if self._flip:
            self.spots.append(Spot(self._page, x, y, width, height, source))
        else:
            self.spots.append(Spot(self._page, LEFT + y, BOTTOM - x - width, height, width, source))

    def _rule(self, rule: RuledLine) -> None:
        dash = f"[{rule.dash:g}] 0 d " if rule.dash else ""
        end = " [] 0 d" if rule.dash else ""
        self._code.append(
            "{:.3f} {:.3f} {:.3f} RG ".format(*rule.colour)
            + f"{rule.thickness:.3f} w {dash}{rule.x1:.3f} {self._flip - rule.y1:.3f} m "
            f"{rule.x2:.3f} {self._flip - rule.y2:.3f} l S{end}"
        )

    def _shape(self, shape: DrawnShape) -> None:
        points = [f"{x:.3f} {self._flip - y:.3f}" for x, y in shape.points]
        path = f"{points[0]} m " + " ".join(f"{point} l" for point in points[1:])
        fill = f"{shape.fill:.3f} g " if shape.fill is not None else ""
        stroke = f"0 G {shape.thickness:.3f} w " if shape.thickness else ""
        closing = " h" if shape.closed else ""
        paint = {(True, True): "B", (True, False): "f", (False, True): "S"}.get(
            (bool(fill), bool(stroke)), "n"
        )
        self._code.append(f"q {fill}{stroke}{path}{closing} {paint} Q")

    def _image(self, image: Image) -> None:
        if image.data not in self._images:
            name = f"I{len(self._images) + 1}"
            self._images[image.data] = (name, add_photo(self.file, image.data))
        name, _ = self._images[image.data]
        y = self._flip - image.y - image.height
        self._code.append(f"q {image.width:.5f} 0 0 {image.height:.5f} {image.x:.5f} {y:.5f} cm /{name} Do Q")


def draw(
    pages: list[LaidPage],
    faces: Faces,
    properties: Properties,
    progress: Progress | None = None,
) -> tuple[bytes, tuple[Spot, ...]]:
    """The pages as a PDF, and where its figures are; what `progress` raises stops it."""
    file = PdfFile()
    pen = Pen(file, faces, pages)
    for index, page in enumerate(pages):
        if progress is not None:
            progress(index, len(pages))
        pen.page(page, index)
    pen.finish()
    return file.finished(_catalogue(file, pen, pages, properties), info_of(file, properties)), tuple(
        pen.spots
    )


def _catalogue(file: PdfFile, pen: Pen, pages: list[LaidPage], properties: Properties) -> int:
    """What a reader asks first: the pages, the outline, the structure, the colours, and what the file says of itself."""
    colours = file.stream(profile(), "/N 3")
    intent = file.add(
        "<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB IEC61966-2.1) "
        f"/Info (sRGB IEC61966-2.1) /DestOutputProfile {colours} 0 R >>"
    )
    entries = [
        f"/Pages {pen.tree} 0 R /Lang (zh-CN) /OutputIntents [ {intent} 0 R ]",
        f"/Metadata {metadata_of(file, properties)} 0 R",
        "/ViewerPreferences << /DisplayDocTitle true >>",
        page_labels(pages),
    ]
    outline = outline_of(file, pages, pen.numbers)
    if outline:
        entries.append(f"/Outlines {outline} 0 R /PageMode /UseOutlines")
    tree = structure_of(file, pen.marks, pen.numbers)
    if tree:
        entries.append(f"/MarkInfo << /Marked true >> /StructTreeRoot {tree} 0 R")
    return file.add(f"<< /Type /Catalog {' '.join(entries)} >>")
