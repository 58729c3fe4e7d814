"""Fill cells of a form by changing these cells alone in the sheet's XML: everything else stays byte for byte.

Libraries that read a workbook and write it anew lose what they don't know: pictures, validation, conditional formats,
settings of the printer. Here the bytes of a cell are replaced in the bytes of its sheet, its style kept.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from xml.parsers import expat

from zhengui.exchange.cell_codes import column_letters
from zhengui.exchange.package import Package, local, walk
from zhengui.exchange.problem import ExchangeProblem
from zhengui.exchange.sheet_grid import Place, place_name, place_of

#: What a cell is filled with; None empties it.
CellValue = str | int | Decimal | date | None
_EPOCH = date(1899, 12, 30).toordinal()
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LOOKS_ESCAPED = re.compile(r"_(x[0-9A-Fa-f]{4}_)")
_CACHED = re.compile(rb"<(?:\w+:)?v\b[^>]*>[^<]*</(?:\w+:)?v>|<(?:\w+:)?v\b[^>]*/>")
_TYPE = re.compile(rb"\s+t\s*=\s*(\"[^\"]*\"|'[^']*')")
_LONGEST = 32_767
#: What stands in a workbook before the way it is calculated.
_BEFORE_CALC = (b"definedNames", b"externalReferences", b"functionGroups", b"sheets")


@dataclass(slots=True)
class _Cell:
    place: Place
    start: int
    end: int = 0
    style: str = ""
    formula: bool = False


@dataclass(slots=True)
class _Row:
    number: int
    start: int
    end: int = 0
    style: str = ""
    cells: list[_Cell] = field(default_factory=list)


def fill_form(data: bytes, filled: Mapping[str, Mapping[Place, CellValue]]) -> bytes:
    """The form with values in these cells, by sheet and place; formulas are worked out anew when it is opened.

    Raises ExchangeProblem where the file is no form, has no such sheet, or a cell to be filled holds a formula.
    """
    package = Package(data)
    changed: dict[str, bytes] = {}
    for sheet, values in filled.items():
        if values:
            part = package.part_of(sheet)
            changed[part] = fill_sheet(package.parts[part], values)
    if changed and _has_formulas(package):
        changed["xl/workbook.xml"] = calculated_anew(package.parts["xl/workbook.xml"])
    return package.with_parts(changed)


def fill_sheet(data: bytes, values: Mapping[Place, CellValue]) -> bytes:
    """The XML of a sheet with these cells filled; results of its formulas that may be old by now are left out."""
    layout = _Layout(data)
    layout.read()
    edits: list[tuple[int, int, bytes]] = []
    rows = {row.number: row for row in layout.rows}
    by_row: dict[int, dict[int, CellValue]] = {}
    for (number, column), value in values.items():
        by_row.setdefault(number, {})[column] = value
    for number, wanted in by_row.items():
        if number in rows:
            edits += _in_row(layout, rows[number], wanted)
    for row in layout.rows:
        edits += _stale(data, row, values)
    edits += _new_rows(layout, {n: wanted for n, wanted in by_row.items() if n not in rows})
    pieces, at = [], 0
    for start, end, made in sorted(edits, key=lambda edit: (edit[0], edit[1])):
        pieces += [data[at:start], made]
        at = end
    return b"".join([*pieces, data[at:]])


def _in_row(layout: _Layout, row: _Row, wanted: Mapping[int, CellValue]) -> list[tuple[int, int, bytes]]:
    edits: list[tuple[int, int, bytes]] = []
    known = {cell.place[1]: cell for cell in row.cells}
    columns = sorted(known)
    missing: dict[int, list[tuple[int, bytes]]] = {}
    for column, value in sorted(wanted.items()):
        place = (row.number, column)
        cell = known.get(column)
        if cell is not None:
            if cell.formula:
                raise ExchangeProblem(
                    f"{place_name(place)} 是公式，填进去公式就没有了。请取消这一格的对应，让公式自己计算。"
                )
            made = layout.cell(place, value, cell.style)
            edits.append((cell.start, cell.end, made))
        elif value is not None:
            behind = bisect_left(columns, column)
            at = known[columns[behind]].start if behind < len(columns) else layout.inside_end(row)
            style = row.style or layout.column_style(column)
            missing.setdefault(at, []).append((column, layout.cell(place, value, style)))
    for at, cells in missing.items():
        made = b"".join(text for _column, text in sorted(cells))
        if layout.data[row.end - 2 : row.end] == b"/>" and not row.cells:
            name = layout.prefix + b"row"
            edits.append((row.end - 2, row.end, b">" + made + b"</" + name + b">"))
        else:
            edits.append((at, at, made))
    return edits


def _stale(data: bytes, row: _Row, values: Mapping[Place, CellValue]) -> list[tuple[int, int, bytes]]:
    """Formulas of the row without the results they had before."""
    edits = []
    for cell in row.cells:
        if cell.formula and cell.place not in values:
            text = data[cell.start : cell.end]
            head = _tag_end(text, 0)
            bare = _TYPE.sub(b"", text[:head]) + _CACHED.sub(b"", text[head:])
            if bare != text:
                edits.append((cell.start, cell.end, bare))
    return edits


def _new_rows(layout: _Layout, wanted: Mapping[int, Mapping[int, CellValue]]) -> list[tuple[int, int, bytes]]:
    edits = []
    numbers = [row.number for row in layout.rows]
    for number, cells in sorted(wanted.items()):
        given = {column: value for column, value in cells.items() if value is not None}
        if not given:
            continue
        made = b"".join(
            layout.cell((number, column), value, layout.column_style(column))
            for column, value in sorted(given.items())
        )
        name = layout.prefix + b"row"
        text = b"<" + name + b' r="%d">' % number + made + b"</" + name + b">"
        behind = bisect_left(numbers, number)
        if behind < len(numbers):
            at = layout.rows[behind].start
            edits.append((at, at, text))
        elif layout.empty_data:
            end = layout.data_place[1]
            whole = layout.prefix + b"sheetData"
            edits.append((end - 2, end, b">" + text + b"</" + whole + b">"))
        else:
            edits.append((layout.data_place[1], layout.data_place[1], text))
    return _joined(edits)


def _joined(edits: list[tuple[int, int, bytes]]) -> list[tuple[int, int, bytes]]:
    """Rows that come to the same place, in one piece and in their order."""
    found: dict[tuple[int, int], bytes] = {}
    for start, end, made in edits:
        before = found.get((start, end), b"")
        if before.startswith(b">"):  # an empty sheet is opened once
            close = before.rindex(b"</")
            found[start, end] = before[:close] + made[1 : made.rindex(b"</")] + before[close:]
        else:
            found[start, end] = before + made
    return [(start, end, made) for (start, end), made in found.items()]


class _Layout:
    """Where the rows and cells of a sheet stand in its bytes."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.rows: list[_Row] = []
        self.prefix = b""
        #: Where the rows end: before the closing tag of the sheet's data, or of its single empty tag.
        self.data_place = (0, 0)
        self.empty_data = False
        self._columns: list[tuple[int, int, str]] = []
        self._parser = expat.ParserCreate()
        self._cell: _Cell | None = None
        self._begun = 0

    def read(self) -> None:
        """Find everything."""
        walk(self.data, self._begin, self._end, None, self._parser)
        if self.data_place == (0, 0):
            raise ExchangeProblem("这个工作表里没有可以填的格。请核对是不是选错了工作表。")

    def column_style(self, column: int) -> str:
        """The style that a column gives to cells that are not there yet."""
        return next((style for first, last, style in self._columns if first <= column <= last), "")

    def inside_end(self, row: _Row) -> int:
        """Where a cell behind all others of a row goes."""
        return self.data.rindex(b"</", row.start, row.end) if not self._is_empty(row.start) else row.end

    def cell(self, place: Place, value: CellValue, style: str) -> bytes:
        """A cell as XML."""
        name = self.prefix + b"c"
        head = b'<%s r="%s%d"' % (name, column_letters(place[1]).encode(), place[0])
        if style:
            head += b' s="%s"' % style.encode()
        if value is None or value == "":
            return head + b"/>"
        v = self.prefix + b"v"
        if isinstance(value, date):
            number = b"%d" % (value.toordinal() - _EPOCH)
        elif isinstance(value, int | Decimal):
            number = f"{value:f}".encode() if isinstance(value, Decimal) else b"%d" % value
        else:
            return head + b' t="inlineStr">' + self._words(value) + b"</" + name + b">"
        return head + b"><" + v + b">" + number + b"</" + v + b"></" + name + b">"

    def _words(self, text: str) -> bytes:
        inside = _LOOKS_ESCAPED.sub(r"_x005F_\1", _FORBIDDEN.sub("", text[:_LONGEST]))
        inside = inside.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        p = self.prefix
        start = b"<" + p + b"is><" + p + b't xml:space="preserve">'
        return start + inside.encode() + b"</" + p + b"t></" + p + b"is>"

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        at, kind = self._parser.CurrentByteIndex, local(name)
        if kind == "sheetData":
            self.prefix = name.encode()[: -len("sheetData")]
            self._begun = at
        elif kind == "row":
            last = self.rows[-1].number if self.rows else 0
            style = attributes.get("s", "") if attributes.get("customFormat") in ("1", "true") else ""
            self.rows.append(_Row(int(attributes.get("r", last + 1)), at, style=style))
        elif kind == "c" and self.rows:
            row = self.rows[-1]
            last = row.cells[-1].place[1] if row.cells else 0
            place = place_of(attributes["r"]) if "r" in attributes else (row.number, last + 1)
            self._cell = _Cell(place, at, style=attributes.get("s", ""))
            row.cells.append(self._cell)
        elif kind == "f" and self._cell is not None:
            self._cell.formula = True
        elif kind == "col" and "style" in attributes:
            self._columns.append((int(attributes["min"]), int(attributes["max"]), attributes["style"]))

    def _end(self, name: str) -> None:
        kind = local(name)
        if kind == "c" and self._cell is not None:
            self._cell.end = self._after(self._cell.start)
            self._cell = None
        elif kind == "row" and self.rows:
            self.rows[-1].end = self._after(self.rows[-1].start)
        elif kind == "sheetData":
            self.empty_data = self._is_empty(self._begun)
            here = self._parser.CurrentByteIndex
            self.data_place = (self._begun, _tag_end(self.data, self._begun) if self.empty_data else here)

    def _is_empty(self, start: int) -> bool:
        return self.data[_tag_end(self.data, start) - 2 : _tag_end(self.data, start) - 1] == b"/"

    def _after(self, start: int) -> int:
        """Where the element that began at `start` and ends just now is over."""
        if self._is_empty(start):
            return _tag_end(self.data, start)
        return self.data.index(b">", self._parser.CurrentByteIndex) + 1


def _tag_end(data: bytes, start: int) -> int:
    """The place behind the tag that begins at `start`; marks inside of quoted values don't end it."""
    quote = 0
    for at in range(start, len(data)):
        byte = data[at]
        if quote:
            quote = 0 if byte == quote else quote
        elif byte in (34, 39):
            quote = byte
        elif byte == 62:
            return at + 1
    raise ExchangeProblem("这个表格不完整或已损坏。请用 WPS 或 Excel 打开后另存为 .xlsx，再选它。")


def _has_formulas(package: Package) -> bool:
    formula = re.compile(rb"<(?:\w+:)?f[\s>/]")
    return any(formula.search(package.parts[sheet.part]) for sheet in package.sheets)


def calculated_anew(book: bytes) -> bytes:
    """The workbook's own part, told to work every formula out when it is opened; nothing else of it changes."""
    found = re.search(rb"<((?:\w+:)?)calcPr\b[^>]*?(/?)>", book)
    if found is not None:
        tag = re.sub(rb"\s+fullCalcOnLoad\s*=\s*(\"[^\"]*\"|'[^']*')", b"", found[0])
        close = b"/>" if found[2] else b">"
        return (
            book[: found.start()] + tag[: -len(close)] + b' fullCalcOnLoad="1"' + close + book[found.end() :]
        )
    for name in _BEFORE_CALC:
        ends = list(re.finditer(rb"</((?:\w+:)?)" + name + rb"\s*>", book))
        if ends:
            made = b"<" + ends[-1][1] + b'calcPr fullCalcOnLoad="1"/>'
            return book[: ends[-1].end()] + made + book[ends[-1].end() :]
    return book
