"""A workbook handed back with what is wrong written beside each row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from zhengui.exchange.convert import RowMistake
from zhengui.exchange.match import MISTAKE_TITLE, bare_title, plain_title
from zhengui.exchange.reading_child import Cells
from zhengui.exchange.workbook_out import close_book
from zhengui.values.cells import Fault, Percentage
from zhengui.whole_file import replacing
from zhengui.work import Cancelled

_STEP = 1000


def write_mistakes(
    path: Path,
    header: Sequence[str],
    rows: Iterable[tuple[int, Cells]],
    mistakes: Mapping[int, Sequence[RowMistake]],
    *,
    only_mistaken: bool = False,
    cancelled: Callable[[], bool] | None = None,
) -> int:
    """Write the source rows again with a last column 错误说明, the wrong cells coloured; returns the rows written.

    `mistakes` are by row number of the source. An old column of that name is dropped, so that a workbook can go
    to and fro. Put right, the file can be imported as it is. Raises ExchangeProblem and Cancelled.
    """
    kept = [i for i, title in enumerate(header) if plain_title(title) != MISTAKE_TITLE]
    with replacing(path) as part:
        from xlsxwriter import Workbook

        book = Workbook(str(part), {"constant_memory": True, "strings_to_urls": False})
        try:
            page = _Page(book, [header[i] for i in kept])
            for number, cells in rows:
                wrong = mistakes.get(number, ())
                if only_mistaken and not wrong:
                    continue
                if page.count % _STEP == 0 and cancelled is not None and cancelled():
                    raise Cancelled
                page.add([cells[i] if i < len(cells) else "" for i in kept], wrong)
            return page.count
        finally:
            close_book(book, part)


class _Page:
    """The sheet being written, a row at a time."""

    def __init__(self, book: Any, titles: Sequence[str]) -> None:
        self.count = 0
        self._titles = [*titles, MISTAKE_TITLE]
        self._names = [{plain_title(title), bare_title(title)} for title in titles]
        red = {"bg_color": "#FDE7E5"}
        day = {"num_format": "yyyy-mm-dd"}
        self._formats = {
            (False, False): None,
            (False, True): book.add_format(red),
            (True, False): book.add_format(day),
            (True, True): book.add_format({**day, **red}),
        }
        self._percent = [book.add_format({"num_format": "0.##%", **more}) for more in ({}, red)]
        self._told = book.add_format({"font_color": "#B3261E", "text_wrap": True})
        self._sheet = book.add_worksheet("需要改正")
        self._sheet.set_column(0, max(0, len(titles) - 1), 16)
        self._sheet.set_column(len(titles), len(titles), 60)
        self._sheet.freeze_panes(1, 0)
        head = book.add_format({"bold": True, "bg_color": "#E8EEF7", "border": 1})
        for index, title in enumerate(self._titles):
            self._sheet.write_string(0, index, title, head)

    def add(self, cells: Sequence[Any], mistakes: Sequence[RowMistake]) -> None:
        """Write one row and, behind it, its mistakes as sentences."""
        self.count += 1
        wrong = {name for m in mistakes for name in (plain_title(m.column), bare_title(m.column))}
        for index, cell in enumerate(cells):
            bad = bool(wrong) and not wrong.isdisjoint(self._names[index])
            self._put(index, cell, bad)
        if mistakes:
            told = "\n".join(f"{m.column}：{m.message}" for m in mistakes)
            self._sheet.write_string(self.count, len(cells), told, self._told)

    def _put(self, index: int, cell: Any, bad: bool) -> None:
        if isinstance(cell, Fault):
            cell = cell.code
        if isinstance(cell, Percentage):
            self._sheet.write_number(self.count, index, cell.share, self._percent[bad])
            return
        is_day = isinstance(cell, date)
        form = self._formats[is_day, bad]
        if is_day:
            self._sheet.write_datetime(self.count, index, cell, form)
        elif isinstance(cell, bool):
            self._sheet.write_boolean(self.count, index, cell, form)
        elif isinstance(cell, int | float):
            self._sheet.write_number(self.count, index, cell, form)
        elif cell != "" or bad:
            self._sheet.write_string(self.count, index, str(cell), form)
