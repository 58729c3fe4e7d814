"""What the fast reader keeps silent about in an .ods sheet: merged cells, hidden rows and columns, errors, percent."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

from zhengui.exchange.archive import BROKEN
from zhengui.exchange.cell_codes import column_letters
from zhengui.exchange.cell_marks import SheetMarks
from zhengui.values.cells import Fault

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_HIDDEN = ("collapse", "filter")
#: Rows and columns that only say how large an empty sheet is are not counted one by one.
_MOST = 2000


def marks_of(path: Path) -> tuple[dict[str, SheetMarks], int]:
    """The marks of every sheet by its name, and which sheet was in front, from 0; none for other formats."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if "content.xml" not in names:
                return {}, 0
            found = _read(archive)
            settings = (
                archive.read("settings.xml").decode("utf-8", "replace") if "settings.xml" in names else ""
            )
    except (*BROKEN, ElementTree.ParseError):
        return {}, 0
    active = re.search(r'config:name="ActiveTable"[^>]*>([^<]*)<', settings)
    order = list(found)
    return found, order.index(active[1]) if active and active[1] in order else 0


def _read(archive: zipfile.ZipFile) -> dict[str, SheetMarks]:
    found: dict[str, SheetMarks] = {}
    with archive.open("content.xml") as stream:
        reader = _Reader()
        for event, element in ElementTree.iterparse(stream, ("start", "end")):
            if event == "start" and element.tag == f"{_TABLE}table":
                reader = _Reader()
                found[element.get(f"{_TABLE}name", "")] = reader.marks
            elif event == "end" and element.tag == f"{_TABLE}table-column":
                reader.column(element)
            elif event == "end" and element.tag == f"{_TABLE}table-row":
                reader.row(element)
                element.clear()
    return found


class _Reader:
    """One sheet, row by row."""

    def __init__(self) -> None:
        self.marks = SheetMarks()
        self._row = self._column = 1

    def column(self, element: ElementTree.Element) -> None:
        """Note a hidden column, or several at once."""
        count = int(element.get(f"{_TABLE}number-columns-repeated", "1"))
        if element.get(f"{_TABLE}visibility") in _HIDDEN:
            self.marks.hidden_columns.update(range(self._column, self._column + min(count, _MOST)))
        self._column += count

    def row(self, element: ElementTree.Element) -> None:
        """Note what a row has, which may stand for several alike."""
        count = int(element.get(f"{_TABLE}number-rows-repeated", "1"))
        if element.get(f"{_TABLE}visibility") in _HIDDEN:
            self.marks.hidden_rows.update(range(self._row, self._row + min(count, _MOST)))
        place = 1
        for cell in element:
            repeated = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
            across = int(cell.get(f"{_TABLE}number-columns-spanned", "1"))
            down = int(cell.get(f"{_TABLE}number-rows-spanned", "1"))
            if across > 1 or down > 1:
                self.marks.merged.append((self._row, self._row + down - 1, place, place + across - 1))
            self._mark(cell, place, min(repeated, _MOST), min(count, _MOST))
            place += repeated
        self._row += count

    def _mark(self, cell: ElementTree.Element, place: int, across: int, down: int) -> None:
        kind = cell.get(f"{_OFFICE}value-type", "")
        text = "".join(cell.itertext()).strip()
        formula = cell.get(f"{_TABLE}formula") is not None
        wrong = cell.get(f"{_CALC}value-type") == "error" or (formula and text.startswith(("#", "Err:")))
        empty = formula and not kind and not text  # never worked out: a result has its type
        if not wrong and not empty and kind != "percentage":
            return
        for row in range(self._row, self._row + down):
            for column in range(place, place + across):
                named = f"{column_letters(column)}{row}"
                mark = Fault("", named) if empty else Fault(text or "#VALUE!", named) if wrong else "%"
                self.marks.cells.setdefault(row, {})[column] = mark  # type: ignore[assignment]
