"""The file again with what is wrong beside its rows: formats, title lines and row numbers as they were.

An .xlsx or .xlsm is changed only where something has to be said: a column 错误说明 beside the table, a colour in the
wrong cells, and the rows that went in hidden. Other files become a new workbook with every row at its old number.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from zhengui.exchange.apart import done_apart
from zhengui.exchange.books import DAMAGED
from zhengui.exchange.convert import RowMistake
from zhengui.exchange.layout import TAKEN
from zhengui.exchange.marked_sheet import SheetMarking, mark_sheet
from zhengui.exchange.marked_styles import Styles
from zhengui.exchange.match import MISTAKE_TITLE, plain_title
from zhengui.exchange.new_book import new_book
from zhengui.exchange.package import Package
from zhengui.exchange.problem import ExchangeProblem
from zhengui.exchange.sources import FileSource, ReadSheet
from zhengui.exchange.workbook_out import sheet_title
from zhengui.values.cells import Cell, Fault, Percentage
from zhengui.whole_file import replacing

_STYLES = "xl/styles.xml"


@dataclass(frozen=True, slots=True)
class Returned:
    """What is to be said of a sheet: mistakes by row, the rows that went in, the place of each field by its title,
    and the places of the columns that hold text whatever it looks like.
    """

    sheet: ReadSheet
    mistakes: Mapping[int, Sequence[RowMistake]]
    taken: Collection[int]
    places: Mapping[str, int]
    text_places: Collection[int]

    @property
    def error_place(self) -> int:
        """Where the column of mistakes is, or comes: after everything in the sheet."""
        titles = self.sheet.look.heading.titles
        own = (place for place, title in enumerate(titles) if plain_title(title) == MISTAKE_TITLE)
        widest = max((len(cells) for _number, cells in self.sheet.look.rows), default=0)
        return next(own, max(len(titles), widest))

    def told(self, row: int) -> str:
        """The mistakes of a row, a line each."""
        told = ((mistake.column, mistake.message) for mistake in self.mistakes[row])
        return "\n".join(f"{column}：{message}" if column else message for column, message in told)

    def wrong_places(self, row: int) -> set[int]:
        """The columns of a row that are wrong."""
        return {self.places[m.column] for m in self.mistakes.get(row, ()) if m.column in self.places}


def hand_back(source: FileSource, returned: Sequence[Returned], target: Path) -> Path:
    """Write the file again with its mistakes to `target`, whose ending follows the kind of file; returns the path.

    Raises ExchangeProblem where it can't be written.
    """
    if source.path is not None and source.path.suffix.lower() in (".xlsx", ".xlsm"):
        own = target.with_suffix(source.path.suffix.lower())
        if _marked(source.path, returned, own):
            return own
    target = target.with_suffix(".xlsx")
    with replacing(target) as part:
        _write_anew(part, returned)
    return target


def _marked(path: Path, returned: Sequence[Returned], target: Path) -> bool:
    """Write the file itself with the marks put in; False where it isn't built as expected, so that it has to be
    written anew.
    """
    markings = [(one.sheet.name, _marking(one)) for one in returned]
    try:
        with replacing(target) as part:
            done_apart(mark_book, path, markings, part)
    except ExchangeProblem:
        return False
    return True


def mark_book(path: Path, markings: Sequence[tuple[str, SheetMarking]], part: Path) -> None:
    """Write a workbook again, to `part`, with marks in its sheets; ExchangeProblem where it isn't built as expected."""
    try:
        package = Package(path.read_bytes())
        styles = Styles(package.parts.get(_STYLES, b""))
        changed: dict[str, bytes] = {}
        for sheet, marking in markings:
            name = package.part_of(sheet)
            changed[name] = mark_sheet(package.parts[name], marking, styles)
    except (OSError, ValueError, KeyError, IndexError) as error:
        raise ExchangeProblem(DAMAGED) from error
    changed[_STYLES] = styles.written()
    part.write_bytes(package.with_parts(changed))


def _marking(one: Returned) -> SheetMarking:
    first = one.sheet.look.first_column
    return SheetMarking(
        one.sheet.look.heading.last,
        one.error_place + first,
        {row: one.told(row) for row in one.mistakes},
        {row: {place + first for place in one.wrong_places(row)} for row in one.mistakes},
        frozenset(one.taken),
        frozenset(place + first for place in one.text_places),
    )


def _write_anew(part: Path, returned: Sequence[Returned]) -> None:
    with new_book(part) as book:
        looks = _Looks(book)
        for one in returned:
            _write_sheet(book.add_worksheet(sheet_title(one.sheet.name)), one, looks)


class _Looks:
    """The formats of a workbook written anew."""

    def __init__(self, book: Any) -> None:
        red = {"bg_color": "#FDE7E5"}
        kinds: dict[str, dict[str, str]] = {
            "plain": {}, "text": {"num_format": "@"}, "day": {"num_format": "yyyy-mm-dd"},
            "percent": {"num_format": "0.##%"},
        }  # fmt: skip
        self._made = {
            (kind, wrong): book.add_format({**form, **(red if wrong else {})})
            for kind, form in kinds.items()
            for wrong in (False, True)
        }
        self.head = book.add_format({"bold": True, "border": 1, "align": "center", "text_wrap": True})
        self.title = book.add_format({"bold": True})
        self.told = book.add_format({"font_color": "#B3261E", "text_wrap": True})

    def of(self, cell: Cell, text: bool, wrong: bool) -> Cell:
        """The format of a cell."""
        kind = "text" if text else "plain"
        if isinstance(cell, Percentage):
            kind = "percent"
        elif isinstance(cell, date):
            kind = "day"
        return self._made[kind, wrong]


def _write_sheet(sheet: Any, one: Returned, looks: _Looks) -> None:
    look, error = one.sheet.look, one.error_place
    sheet.set_column(0, max(0, error - 1), 14)
    for place in one.text_places:
        sheet.set_column(place, place, 22, looks.of("", True, False))
    sheet.set_column(error, error, 60)
    for number, cells in look.rows:
        if number <= look.heading.last:
            form = looks.head if number >= look.heading.first else looks.title
            for place, cell in enumerate(cells):
                if cell != "" and place != error:
                    sheet.write_string(number - 1, place, _shown(cell), form)
    for top, bottom, left, right in look.merged:
        if (
            bottom <= look.heading.last
            and (bottom > top or right > left)
            and error not in range(left, right + 1)
        ):
            text = next((_shown(c[left]) for n, c in look.rows if n == top and left < len(c)), "")
            form = looks.head if top >= look.heading.first else looks.title
            sheet.merge_range(top - 1, left, bottom - 1, right, text, form)
    sheet.write_string(look.heading.last - 1, error, MISTAKE_TITLE, looks.head)
    for number, cells in one.sheet.rows:
        wrong = one.wrong_places(number)
        for place, cell in enumerate(cells):
            if place != error:
                _put(sheet, number - 1, place, cell, looks.of(cell, place in one.text_places, place in wrong))
        for place in wrong - set(range(len(cells))):
            sheet.write_blank(number - 1, place, None, looks.of("", place in one.text_places, True))
        if number in one.mistakes:
            sheet.write_string(number - 1, error, one.told(number), looks.told)
        elif number in one.taken:
            sheet.write_string(number - 1, error, TAKEN)
            sheet.set_row(number - 1, None, None, {"hidden": True})


def _put(sheet: Any, row: int, place: int, cell: Cell, form: Cell) -> None:
    if isinstance(cell, Percentage):
        sheet.write_number(row, place, cell.share, form)
    elif isinstance(cell, date):
        sheet.write_datetime(row, place, cell, form)
    elif isinstance(cell, bool):
        sheet.write_boolean(row, place, cell, form)
    elif isinstance(cell, int | float):
        sheet.write_number(row, place, cell, form)
    elif cell == "":
        sheet.write_blank(row, place, None, form)
    else:
        sheet.write_string(row, place, _shown(cell), form)


def _shown(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.code if isinstance(cell, Fault) else str(cell)
