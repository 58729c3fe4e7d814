"""Statistical tables: columns wide enough for their numbers, long cells broken, the header on each page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from zhengui.reports.document import Cell, Table
from zhengui.reports.gb9704.faces import Faces, clean
from zhengui.reports.gb9704.grid import ASCENT
from zhengui.reports.gb9704.items import Element, Item, Piece, Role, Rule, Text
from zhengui.reports.gb9704.lines import Measure, break_text, pieces_of

SIZES = (12.0, 10.5, 9.0, 7.5, 6.5)
PAD = 3.5
LEADING = 1.35
OUTER, INNER = 1.0, 0.5


@dataclass(slots=True)
class Row:
    """A laid-out row: the lines of each cell, and how high the row is."""

    cells: list[list[str]]
    aligns: list[str]
    sources: list[str]
    height: float
    role: Role = Role.FANG
    spoken: list[Element] = field(default_factory=list)


class TableLayout:
    """A table cut into cells of lines for a given width, ready to be placed page by page."""

    def __init__(self, table: Table, width: float, faces: Faces) -> None:
        self.faces = faces
        self.width = width
        self.caption = clean(table.caption)
        self._texts: dict[tuple[int, str, Role], list[str]] = {}
        count = max([len(table.header), *(len(row) for row in table.rows), 1])
        self.size, self.columns = _columns(table, count, width, faces)
        self.measures = {role: faces.measure(self.size, self.size, role) for role in (Role.FANG, Role.HEI)}
        self.edges = [0.0]
        for column in self.columns:
            self.edges.append(self.edges[-1] + column)
        header = tuple(Cell(text, "centre") for text in table.header)
        self.header = self._row(header, Role.HEI) if header else None
        self.rows = [self._row(row) for row in table.rows]
        if table.totals:
            self.rows.append(self._row(table.totals, Role.HEI))
        self.spoken: Element | None = None

    def tell(self, element: Element) -> None:
        """Say which element of the document the table is; its rows and cells are parts of it."""
        self.spoken = element.add("Caption") if self.caption else None
        for row in [self.header, *self.rows] if self.header else self.rows:
            line = element.add("TR")
            row.spoken = [line.add("TH" if row is self.header else "TD") for _ in row.cells]

    def _row(self, cells: tuple[Cell, ...], role: Role = Role.FANG) -> Row:
        padded = [*cells, *(Cell("") for _ in range(len(self.columns) - len(cells)))]
        lines = [self._lines(column, cell.text, role) for column, cell in enumerate(padded)]
        height = self._height(max(len(cell) for cell in lines))
        return Row(lines, [cell.align for cell in padded], [cell.source for cell in padded], height, role)

    def _height(self, lines: int) -> float:
        return (lines - 1) * self.size * LEADING + self.size + 2 * PAD + 2

    def _lines(self, column: int, text: str, role: Role) -> list[str]:
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

    def parts(self, row: Row, room: float) -> tuple[Row, Row | None]:
        """A row that fits into `room`, and what is left of it."""
        if row.height <= room:
            return row, None
        fits = max(1, int((room - self.size - 2 * PAD - 2) / (self.size * LEADING)) + 1)
        top = replace(row, cells=[cell[:fits] for cell in row.cells], height=self._height(fits))
        rest = [cell[fits:] for cell in row.cells]
        left = replace(row, cells=rest, height=self._height(max(len(cell) for cell in rest)))
        return top, left

    def items(self, rows: list[Row], x: float, y: float, first: bool) -> tuple[list[Item], float]:
        """The items of some rows with the header above them, and where they end."""
        items: list[Item] = []
        if first and self.caption:
            at = x + (self.width - self.measures[Role.HEI].width(self.caption)) / 2
            items.append(
                Text(
                    at,
                    y + ASCENT * self.size,
                    (Piece(self.caption, Role.HEI),),
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
                items.append(Rule(x, y, x + self.width, y, INNER))
            items += self._cells(row, x, y, first or row is not self.header)
            y += row.height
        for index, edge in enumerate(self.edges):
            outer = index in (0, len(self.edges) - 1)
            items.append(Rule(x + edge, top, x + edge, y, OUTER if outer else INNER))
        for edge in (top, y):
            items.append(Rule(x - OUTER / 2, edge, x + self.width + OUTER / 2, edge, OUTER))
        return items, y

    def _cells(self, row: Row, x: float, y: float, spoken: bool) -> Iterator[Item]:
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

    def _indent(self, column: int, line: str, align: str, role: Role) -> float:
        room = self.columns[column] - self.measures[role].width(line)
        if align == "right":
            return self.edges[column] + room - PAD
        if align == "centre":
            return self.edges[column] + room / 2
        return self.edges[column] + PAD


def _columns(table: Table, count: int, width: float, faces: Faces) -> tuple[float, list[float]]:
    """The type size and the columns' widths: as asked for, unless an unbreakable number needs more."""
    asked = [*table.widths[:count], *(1.0 for _ in range(count - len(table.widths)))]
    shares = [width * one / (sum(asked) or 1) for one in asked]
    for size in SIZES:
        least = [
            _widest(table, column, _wider(faces, size), width) + 2 * PAD + 0.5 for column in range(count)
        ]
        if sum(least) <= width:
            return size, _spread(shares, least, width)
    return SIZES[-1], shares


def _wider(faces: Faces, size: float) -> Measure:
    """The measure of the header's face, whose digits are the wider ones."""
    return faces.measure(size, size, Role.HEI)


def _widest(table: Table, column: int, measure: Measure, width: float) -> float:
    """The widest thing in a column that no line break may part."""
    widest = 0.0
    texts = {row[column].text for row in (*table.rows, table.totals) if column < len(row)}
    if column < len(table.header):
        texts.add(table.header[column])
    for text in texts:
        if text.isascii() or len(text) > 1:
            widest = max(
                [
                    widest,
                    *(measure.width(part.rstrip(" ")) for part in pieces_of(clean(text), measure, width)),
                ]
            )
    return max(widest, measure.cell)


def _spread(shares: list[float], least: list[float], width: float) -> list[float]:
    """Widths of at least `least`, the rest in the proportion of `shares`."""
    fixed: set[int] = set()
    while True:
        free = width - sum(least[index] for index in fixed)
        open_share = sum(share for index, share in enumerate(shares) if index not in fixed)
        found = [
            least[index] if index in fixed else share * free / open_share
            for index, share in enumerate(shares)
        ]
        short = {
            index for index, one in enumerate(found) if one < least[index] - 0.001 and index not in fixed
        }
        if not short:
            return found
        fixed |= short
