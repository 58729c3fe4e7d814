"""What the fast reader keeps silent about in an .xlsx sheet: percent formats, formulas without a value, what is hidden.

It gives numbers without their format and empty texts for #DIV/0! and for formulas that were never worked out. The
sheet's own XML is looked through beside it, part by part and only for those cells; what is no XML finds nothing.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any, Literal

from zhengui.exchange.archive import BROKEN
from zhengui.exchange.cell_codes import bare_code, column_number
from zhengui.values.cells import Fault, Percentage

#: By row and column, both from 1: a fault, or that the number there is shown in percent.
Marks = dict[int, dict[int, Fault | Literal["%"]]]


@dataclass(slots=True)
class SheetMarks:
    """What a sheet has beside its values: marks of cells, hidden rows, hidden columns, and merged cells.

    Rows and columns are counted from 1; `merged` are (top, bottom, left, right), empty where the reader knows them.
    """

    cells: Marks = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


#: Hidden, or without any height, which nobody sees either.
_HIDDEN_ROW = re.compile(
    rb"<(?:\w+:)?row\b(?=[^>]*\b(?:hidden=\"(?:1|true)\"|ht=\"0(?:\.0*)?\"))[^>]*?\br=\"(\d+)\""
)
_COLUMN = re.compile(rb"<(?:\w+:)?col\b([^>]*)>")
_WIDEST = 2000
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]+)<")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_PLACE = re.compile(rb"\br=\"([A-Z]{1,3})(\d{1,7})\"")
_TYPE = re.compile(rb"\bt=\"(\w+)\"")
_STYLE = re.compile(rb"\bs=\"(\d+)\"")
_ROW_END = re.compile(rb"</(?:\w+:)?row>\Z")
_FORMATS = re.compile(r"<(?:\w+:)?numFmt\b([^>]*)>")
_STYLES = re.compile(r"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_BUILT_IN_PERCENT = {"9", "10"}
#: What stands behind a formula that a program on Java wrote and never worked out; Excel, WPS and LibreOffice write 0.
_KEPT_NOUGHT = b"0.0"
_PART = 1 << 20
_LONGEST_TAG = 200


def marks_of(path: Path, sheet: str) -> SheetMarks:
    """The marks of the sheet of this name; none for files of other formats and for what can't be looked through."""
    found = SheetMarks()
    try:
        with zipfile.ZipFile(path) as archive:
            part = part_of(archive, sheet)
            if not part:
                return found
            percent, noughts = _percent_styles(archive), Noughts()
            for place, chunk in enumerate(_chunks(archive, part)):
                if place == 0:
                    found.hidden_columns = _hidden_columns(chunk)
                if b"hidden=" in chunk or b'ht="0' in chunk:
                    found.hidden_rows.update(int(row[1]) for row in _HIDDEN_ROW.finditer(chunk))
                if percent or _tells(chunk):
                    _look_through(chunk, percent, found.cells, noughts)
            noughts.put_in(found.cells)
    except BROKEN:
        return SheetMarks()
    return found


def _tells(chunk: bytes) -> bool:
    """Whether a part of a sheet may have a formula or a fault; a single letter is found soonest, and most have no f."""
    return (b"f" in chunk and (b"<f" in chunk or b":f" in chunk)) or b't="e"' in chunk


def active_sheet(path: Path) -> int:
    """Which sheet of an .xlsx file was in front when it was saved, from 0."""
    try:
        with zipfile.ZipFile(path) as archive:
            book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
    except BROKEN:
        return 0
    found = re.search(r'\bactiveTab="(\d{1,6})"', book)
    return int(found[1]) if found else 0


def _hidden_columns(chunk: bytes) -> set[int]:
    hidden: set[int] = set()
    for about in _COLUMN.findall(chunk):
        if re.search(rb'\b(?:hidden="(?:1|true)"|width="0(?:\.0*)?")', about):
            first, last = re.search(rb'\bmin="(\d+)"', about), re.search(rb'\bmax="(\d+)"', about)
            if first and last:
                hidden.update(range(int(first[1]), min(int(last[1]), _WIDEST) + 1))
    return hidden


def put_in(marks: Marks, number: int, cells: list[Any], first_column: int) -> None:
    """Give the cells of a row what the marks say of them; `first_column` is the sheet's first, from 1."""
    for column, mark in marks.get(number, {}).items():
        place = column - first_column
        if not 0 <= place < len(cells):
            continue
        if isinstance(mark, Fault):
            cells[place] = mark
        elif isinstance(cells[place], int | float) and not isinstance(cells[place], bool):
            cells[place] = Percentage(float(cells[place]))


class Noughts:
    """Formulas with a kept 0.0: never worked out, where no formula of the sheet came to anything else."""

    def __init__(self) -> None:
        self._places: list[re.Match[bytes]] = []
        self._worked = False

    def see(self, inside: bytes, place: re.Match[bytes]) -> None:
        """Look at a cell's inside."""
        if self._worked or not _FORMULA.search(inside):
            return
        value = _VALUE.search(inside)
        if value is not None and value[1] == _KEPT_NOUGHT:
            self._places.append(place)
        elif value is not None:
            self._worked = True

    def put_in(self, marks: Marks) -> None:
        """Mark them, once the whole sheet was seen."""
        for place in () if self._worked else self._places:
            fault = Fault("", (place[1] + place[2]).decode())
            marks.setdefault(int(place[2]), {})[column_number(place[1].decode())] = fault


def _look_through(chunk: bytes, percent: set[bytes], marks: Marks, noughts: Noughts) -> None:
    for found in _CELL.finditer(chunk):
        about, inside = found[1], found[2] or b""
        place = _PLACE.search(about)
        if place is None:
            continue
        noughts.see(inside, place)
        mark = _mark(about, inside, percent, place)
        if mark is not None:
            marks.setdefault(int(place[2]), {})[column_number(place[1].decode())] = mark


def _mark(
    about: bytes, inside: bytes, percent: set[bytes], place: re.Match[bytes]
) -> Fault | Literal["%"] | None:
    kind = _TYPE.search(about)
    value = _VALUE.search(inside)
    named = (place[1] + place[2]).decode()
    if kind is not None and kind[1] == b"e":
        return Fault(value[1].decode("ascii", "replace") if value else "#VALUE!", named)
    if kind is not None and kind[1] != b"n":
        return None  # a formula may well come to an empty text
    if value is None:
        return Fault("", named) if _FORMULA.search(inside) else None
    style = _STYLE.search(about)
    return "%" if style is not None and style[1] in percent else None


def _chunks(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The sheet in pieces that end with a row."""
    rest = b""
    with archive.open(part) as stream:
        while piece := stream.read(_PART):
            rest += piece
            end = _last_row_end(rest)
            if end:
                yield rest[:end]
                rest = rest[end:]
            elif len(rest) > 64 * _PART:
                return  # no sheet has such a row
    yield rest


def _last_row_end(piece: bytes) -> int:
    """Where the last whole row ends; 0 where none does."""
    end = len(piece)
    while (found := piece.rfind(b"row>", 0, end)) >= 0:
        end = found + 4
        if _ROW_END.search(piece, max(0, end - _LONGEST_TAG), end):
            return end
        end -= 1
    return 0


def part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """The name of the part that holds the sheet; empty where the file is of another format."""
    if "xl/workbook.xml" not in archive.namelist():
        return ""
    book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
    links = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    for about in re.findall(r"<(?:\w+:)?sheet\b([^>]*)>", book):
        name = re.search(r'\bname="([^"]*)"', about)
        link = re.search(r'\b\w+:id="([^"]*)"', about)
        if name and link and unescape(name[1]) == sheet:
            for relation in re.findall(r"<(?:\w+:)?Relationship\b([^>]*)>", links):
                target = re.search(r'\bTarget="([^"]*)"', relation)
                if target and f'Id="{link[1]}"' in relation:
                    return target[1].lstrip("/") if target[1].startswith("/") else f"xl/{target[1]}"
    return ""


def _percent_styles(archive: zipfile.ZipFile) -> set[bytes]:
    """The numbers of the cell styles that show a number in percent."""
    if "xl/styles.xml" not in archive.namelist():
        return set()
    text = archive.read("xl/styles.xml").decode("utf-8", "replace")
    percent = set(_BUILT_IN_PERCENT)
    for about in _FORMATS.findall(text):
        number, code = re.search(r'\bnumFmtId="(\d+)"', about), re.search(r'\bformatCode="([^"]*)"', about)
        if number and code and "%" in bare_code(unescape(code[1])):
            percent.add(number[1])
    styles = _STYLES.search(text)
    of_cells = re.findall(r"<(?:\w+:)?xf\b([^>]*)>", styles.group()) if styles else []
    found = set()
    for place, about in enumerate(of_cells):
        number = re.search(r'\bnumFmtId="(\d+)"', about)
        if number and number[1] in percent:
            found.add(str(place).encode())
    return found
