"""Turn a document's blocks into the flows that the pages are filled with, in reading order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from zhengui.reports.document import (
    Attachment,
    Block,
    Chart,
    Document,
    Heading,
    Level,
    Paragraph,
    Pictures,
    Run,
    Table,
)
from zhengui.reports.gb9704.faces import Faces, clean
from zhengui.reports.gb9704.grid import Grid
from zhengui.reports.gb9704.items import Element, FaceRole, OutlineMark, Piece, Text
from zhengui.reports.gb9704.lines import CharacterWidths, break_text
from zhengui.reports.gb9704.spoken import element_of
from zhengui.reports.gb9704.title import sense, shape
from zhengui.reports.page_settings import PageSettings

LEVEL_ROLES = {
    Level.FIRST: FaceRole.HEI,
    Level.SECOND: FaceRole.KAI,
    Level.THIRD: FaceRole.FANG,
    Level.FOURTH: FaceRole.FANG,
}
LEAD_LINES = 2
"""So many lines at most lead to a table under them."""
LEVEL_DEPTHS = {Level.FIRST: 0, Level.SECOND: 1, Level.THIRD: 2, Level.FOURTH: 3}


@dataclass(slots=True)
class Strip:
    """Lines that fill rows one after another; each line's `y` is set when its page is known.

    `beside` are texts that stand on the row of a line, by the line's place.
    """

    lines: list[Text]
    blank_before: int = 0
    keep_next: bool = False
    whole: bool = False
    mark: OutlineMark | None = None
    turned: bool = False
    beside: dict[int, list[Text]] = field(default_factory=dict)


@dataclass(slots=True)
class PlacedFigure:
    """A table, photos or a chart, laid out when its place on the page is known."""

    block: Table | Pictures | Chart
    turned: bool = False
    of: Element | None = None


Flow = Strip | PlacedFigure


@dataclass(slots=True)
class PagedSection:
    """Flows that start a new page: the document itself, or an attachment; `opening` of them stand over its text."""

    flows: list[Flow] = field(default_factory=list)
    tail: list[Strip] = field(default_factory=list)
    first_row: int = 0
    opening: int = 0


def pieces_of(runs: Iterable[Run], role: FaceRole, bold: bool = False) -> list[Piece]:
    """The runs as pieces of one face, without characters that have no shape."""
    found = []
    for run in runs:
        text = clean(run.text)
        if text:
            found.append(Piece(text, role, bold or run.bold, run.source))
    return found


def cut(pieces: tuple[Piece, ...] | list[Piece], start: int, end: int) -> tuple[Piece, ...]:
    """The pieces of the characters [start:end]."""
    if len(pieces) == 1:
        only = pieces[0]
        return (Piece(only.text[start:end], only.role, only.bold, only.source),)
    found = []
    at = 0
    for piece in pieces:
        stop = at + len(piece.text)
        if stop > start and at < end:
            text = piece.text[max(start - at, 0) : end - at]
            found.append(Piece(text, piece.role, piece.bold, piece.source))
        at = stop
        if at >= end:
            break
    return tuple(found)


class Builder:
    """Makes flows out of blocks for one grid and one set of faces."""

    def __init__(self, grid: Grid, faces: Faces, settings: PageSettings) -> None:
        self.grid = grid
        self.settings = settings
        self.faces = faces
        self.measure: CharacterWidths = faces.measure(grid.size, grid.cell)
        self.structure = self.into = Element("Document")
        self._depth = 0

    def tell(self, lines: Iterable[Text], kind: str = "P") -> None:
        """Say what part of the document some lines are, where it is read aloud: the next one of `self.into`."""
        element = self.into.add(kind)
        for line in lines:
            line.of = element

    def _tell_heading(self, lines: Iterable[Text], depth: int) -> None:
        """A heading of a depth from 1, which never is more than one deeper than the heading before."""
        self._depth = min(depth, self._depth + 1)
        self.tell(lines, f"H{self._depth}")

    def line(self, x: float, pieces: tuple[Piece, ...], gap: float = 0.0, squeeze: float = 0.0) -> Text:
        """A line of body size at a distance from the left margin."""
        return Text(x, 0.0, pieces, self.grid.size, self.grid.cell, gap, squeeze=squeeze)

    def strip(self, pieces: list[Piece], first: float = 2.0, rest: float = 0.0) -> Strip:
        """A justified paragraph; the indents are in cells."""
        text = "".join(piece.text for piece in pieces)
        cell = self.grid.cell
        measure = self.faces.measure(self.grid.size, cell, pieces[0].role) if pieces else self.measure
        lines = break_text(text, measure, self.grid.width, first * cell, rest * cell)
        return Strip(
            [
                self.line(
                    (rest if index else first) * cell,
                    cut(pieces, line.start, line.end),
                    line.gap,
                    line.squeeze,
                )
                for index, line in enumerate(lines)
            ]
        )

    def heading(self, heading: Heading) -> Strip:
        """A heading in the face of its level, two cells in."""
        role = LEVEL_ROLES[heading.level]
        bold = heading.level is Level.THIRD and self.settings.bold_third
        pieces = pieces_of((Run(heading.number), *heading.runs), role, bold)
        strip = self.strip(pieces)
        strip.keep_next = True
        strip.mark = OutlineMark("".join(piece.text for piece in pieces), LEVEL_DEPTHS[heading.level], 0.0)
        return strip

    def paragraph(self, paragraph: Paragraph) -> Strip:
        """A body paragraph, its lead first."""
        lead = pieces_of(paragraph.lead, FaceRole.FANG, self.settings.bold_third)
        return self.strip(lead + pieces_of(paragraph.runs, FaceRole.FANG))

    def blocks(self, blocks: tuple[Block, ...]) -> list[Flow]:
        """The flows of blocks in their order."""
        flows: list[Flow] = []
        for block in blocks:
            if isinstance(block, Heading):
                heading = self.heading(block)
                self._tell_heading(heading.lines, LEVEL_DEPTHS[block.level] + 2)
                flows.append(heading)
            elif isinstance(block, Paragraph):
                paragraph = self.paragraph(block)
                if any(piece.text.strip() for line in paragraph.lines for piece in line.pieces):
                    self.tell(paragraph.lines)
                    flows.append(paragraph)
            else:
                turned = isinstance(block, Table) and block.landscape
                _hold_lead(flows, turned)
                flows.append(PlacedFigure(block, turned, element_of(block, self.into)))
        return flows

    def title(self, pieces: tuple[str, ...], grid: Grid, size: float) -> list[Text]:
        """The centred lines of a title."""
        measure = self.faces.measure(size, size, FaceRole.TITLE)
        found = []
        for text in shape(tuple(clean(piece) for piece in pieces), measure, grid.width):
            x = (grid.width - measure.width(text)) / 2
            found.append(Text(x, 0.0, (Piece(text, FaceRole.TITLE),), size, size))
        return found

    def body(self, document: Document) -> PagedSection:
        """The document itself: title, addressee, blocks; the attachment note as its tail."""
        section = PagedSection()
        title = self.title(document.title, self.grid, self.settings.title_size)
        if title:
            self._tell_heading(title, 1)
            section.flows.append(Strip(title, whole=True))
        if document.addressee:
            pieces = pieces_of((Run(document.addressee.rstrip("：:") + "："),), FaceRole.FANG)
            addressee = self.strip(pieces, 0, 0)
            addressee.blank_before = 1 if title else 0
            self.tell(addressee.lines)
            section.flows.append(addressee)
        section.opening = len(section.flows)
        flows = self.blocks(document.blocks)
        if flows and title and not document.addressee and isinstance(flows[0], Strip):
            flows[0].blank_before = 1
        section.flows += flows
        section.tail = self.note(document.attachments)
        for strip in section.tail:
            self.tell(strip.lines)
        return section

    def note(self, attachments: tuple[Attachment, ...]) -> list[Strip]:
        """The attachment note 附件说明: turn-over lines stand under the first character of the name."""
        strips = []
        for index, attachment in enumerate(attachments):
            number = f"{index + 1}." if len(attachments) > 1 else ""
            label = ("附件：" if index == 0 else "") + number
            first = (2.0 if index == 0 else 5.0) * self.grid.cell
            name = first + self.measure.width(label)
            strip = self.strip(
                pieces_of((Run(attachment.title.rstrip("。；;.")),), FaceRole.FANG),
                name / self.grid.cell,
                name / self.grid.cell,
            )
            top = strip.lines[0]
            top.x, top.pieces = first, (Piece(label, tight=True), *top.pieces)
            strip.blank_before = 1 if index == 0 else 0
            strips.append(strip)
        return strips

    def attachment(self, attachment: Attachment, number: int, of: int) -> PagedSection:
        """An attachment: its label on row 1, its title centred on row 3, then its blocks."""
        turned = (
            bool(attachment.blocks)
            and isinstance(attachment.blocks[0], Table)
            and attachment.blocks[0].landscape
        )
        grid = self.grid.turned() if turned else self.grid
        label = f"附件{number}" if of > 1 else "附件"
        mark = OutlineMark(f"{label}　{attachment.title}", 0, 0.0)
        title = self.title(sense(clean(attachment.title)), grid, self.settings.title_size)
        head = [self.line(0.0, (Piece(label, FaceRole.HEI),))]
        self.into = self.structure.add("Sect")
        self.tell(head)
        self._tell_heading(title, 2)
        section = PagedSection(
            [
                Strip(
                    head,
                    whole=True,
                    mark=mark,
                    turned=turned,
                    keep_next=True,
                ),
                Strip(
                    title,
                    1,
                    whole=True,
                    turned=turned,
                    keep_next=True,
                ),
            ]
        )
        flows = self.blocks(tuple(_without_caption(block, attachment.title) for block in attachment.blocks))
        if flows and isinstance(flows[0], Strip):
            flows[0].blank_before = 1
        section.flows += flows
        self.into = self.structure
        return section


def _hold_lead(flows: list[Flow], turned: bool) -> None:
    """A few words that lead to a table go with it; the first of a document stay under its title."""
    lead = flows[-1] if len(flows) > 1 else None
    if isinstance(lead, Strip) and not turned and not lead.keep_next and len(lead.lines) <= LEAD_LINES:
        lead.keep_next = True


def _without_caption(block: Block, title: str) -> Block:
    """A table whose caption would only say the attachment's title again goes without it."""
    return replace(block, caption="") if isinstance(block, Table) and block.caption == title else block
