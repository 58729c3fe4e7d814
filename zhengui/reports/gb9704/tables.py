"""Statistical tables: columns wide enough for their numbers, long cells broken, the header on each page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from zhengui.reports.document import Cell, Table
from zhengui.reports.gb9704.columns import PAD, columns_of, heading_lines
from zhengui.reports.gb9704.faces import Faces, clean
from zhengui.reports.gb9704.grid import ASCENT
from zhengui.reports.gb9704.items import Element, FaceRole, Item, Piece, RuledLine, Text
from zhengui.reports.gb9704.lines import break_text

LEADING = 1.35
OUTER, INNER = 1.0, 0.5


@dataclass(slots=True)
class LaidRow:
    """A laid-out row: the lines of each cell, and how high the row is."""

    cells: list[list[str]]
    aligns: list[str]
    sources: list[str]
    height: float
    role: FaceRole = FaceRole.FANG
    spoken: list[Element] = field(default_factory=list)


class TableLayout:
    """A table cut into cells of lines for a given width, ready to be placed page by page."""

    def __init__(self, table: Table, width: float, faces: Faces) -> None:
        self.faces = faces
        self.width = width
        self.caption = clean(table.caption)
        self._texts: dict[tuple[int, str, FaceRole], list[str]] = {}
        count = max([len(table.header), *(len(row) for row in table.rows), 1])
        self.size, self.columns = columns_of(table, count, width, faces)
        self.measures = {
            role: faces.measure(self.size, self.size, role) for role in (FaceRole.FANG, FaceRole.HEI)
        }
        self.edges = [0.0]
        for column in self.columns:
            self.edges.append(self.edges[-1] + column)
        header = tuple(Cell(text, "centre") for text in table.header)
        for column, heading in enumerate(table.header):
            room = self.columns[column] - 2 * PAD
            key = (column, heading, FaceRole.HEI)
            self._texts[key] = heading_lines(clean(heading), self.measures[FaceRole.HEI], room)
        self.header = self._row(header, FaceRole.HEI) if header else None
        self.rows = [self._row(row) for row in table.rows]
        if table.totals:
            self.rows.append(self._row(table.totals, FaceRole.HEI))
        self.totalled = bool(table.totals)
        self.spoken: Element | None = None

    def tell(self, element: Element) -> None:
        """Say which element of the document the table is; its rows and cells are parts of it."""
        self.spoken = element.add("Caption") if self.caption else None
        for row in [self.header, *self.rows] if self.header else self.rows:
            line = element.add("TR")
            row.spoken = [line.add("TH" if row is self.header else "TD") for _ in row.cells]

    def _row(self, cells: tuple[Cell, ...], role: FaceRole = FaceRole.FANG) -> LaidRow:
        padded = [*cells, *(Cell("") for _ in range(len(self.columns) - len(cells)))]
        lines = [self._lines(column, cell.text, role) for column, cell in enumerate(padded)]
        height = self._height(max(len(cell) for cell in lines))
        return LaidRow(lines, [cell.align for cell in padded], [cell.source for cell in padded], height, role)

    def _height(self, lines: int) -> float:
        return (lines - 1) * self.size * LEADING + self.size + 2 * PAD + 2

    def _lines(self, column: int, text: str, role: FaceRole) -> list[str]:
        key = (column, text, role)
        if key not in self._texts:
            room = self.columns[column] - 2 * PAD
            lines: list[str] = []
            for part in text.split("\n"):
                shown = clean(part)
                lines += [
                    shown[line.start : line.end]
                    for line in break_text(shown, self.measures[role], room, justify=False)
                ]
            self._texts[key] = lines
        return self._texts[key]

    def head_height(self, first: bool) -> float:
        """How much the caption and the header take on a page."""
        caption = self.size * 1.8 if first and self.caption else 0.0
        return caption + (self.header.height if self.header else 0.0)

    def parts(self, row: LaidRow, room: float) -> tuple[LaidRow, LaidRow | None]:
        """A row that fits into `room`, and what is left of it."""
        if row.height <= room:
            return row, None
        fits = max(1, int((room - self.size - 2 * PAD - 2) / (self.size * LEADING)) + 1)
        top = replace(row, cells=[cell[:fits] for cell in row.cells], height=self._height(fits))
        rest = [cell[fits:] for cell in row.cells]
        left = replace(row, cells=rest, height=self._height(max(len(cell) for cell in rest)))
        return top, left

    def items(self, rows: list[LaidRow], x: float, y: float, first: bool) -> tuple[list[Item], float]:
        """The items of some rows with the header above them, and where they end."""
        items: list[Item] = []
        if first and self.caption:
            at = x + (self.width - self.measures[FaceRole.HEI].width(self.caption)) / 2
            items.append(
                Text(
                    at,
                    y + ASCENT * self.size,
                    (Piece(self.caption, FaceRole.HEI),),
                    self.size,
                    self.size,
                    of=self.spoken,
                )
            )
            y += self.size * 1.8
        top = y
        everything = [self.header, *rows] if self.header else rows
        for index, row in enumerate(everything):
            if index:
                items.append(RuledLine(x, y, x + self.width, y, INNER))
            items += self._cells(row, x, y, first or row is not self.header)
            y += row.height
        for index, edge in enumerate(self.edges):
            outer = index in (0, len(self.edges) - 1)
            items.append(RuledLine(x + edge, top, x + edge, y, OUTER if outer else INNER))
        for edge in (top, y):
            items.append(RuledLine(x - OUTER / 2, edge, x + self.width + OUTER / 2, edge, OUTER))
        return items, y

    def _cells(self, row: LaidRow, x: float, y: float, spoken: bool) -> Iterator[Item]:
        """A row's texts; a header that is only repeated is not read aloud again."""
        for column, lines in enumerate(row.cells):
            height = (len(lines) - 1) * self.size * LEADING + self.size
            baseline = y + (row.height - height) / 2 + ASCENT * self.size
            for line in lines:
                if line:
                    yield Text(
                        x + self._indent(column, line, row.aligns[column], row.role),
                        baseline,
                        (Piece(line, row.role, source=row.sources[column]),),
                        self.size,
                        self.size,
                        of=row.spoken[column] if spoken and row.spoken else None,
                    )
                baseline += self.size * LEADING

    def _indent(self, column: int, line: str, align: str, role: FaceRole) -> float:
        room = self.columns[column] - self.measures[role].width(line)
        if align == "right":
            return self.edges[column] + room - PAD
        if align == "centre":
            return self.edges[column] + room / 2
        return self.edges[column] + PAD
