"""What is on the screen as a workbook to be printed and passed on, or as CSV: titled, with totals, never a formula."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from zhengui.catalogue.model import FieldType
from zhengui.exchange.new_book import new_book
from zhengui.exchange.plain_rows import RowWriter
from zhengui.exchange.problem import ExchangeProblem
from zhengui.exchange.workbook_out import MOST_ROWS, WrittenColumn, format_of, sheet_title
from zhengui.values.parse import Value
from zhengui.whole_file import replacing
from zhengui.work import Progress

_STEP = 1000
#: Rows over the records: the title, the unit with the period, the headings.
_ABOVE = 3
#: Text that a sheet would take for a formula, and digits that it would round.
_FORMULA = re.compile(r"[=+\-@\t\r]")
_LONG_DIGITS = re.compile(r"[\dXx]{12,}|0\d+")
_WIDTHS = {FieldType.LONG_TEXT: 36, FieldType.TEXT: 18, FieldType.ID_NUMBER: 21, FieldType.DATE: 12}
#: More columns than these, in characters of width, need the page turned.
_WIDEST_UPRIGHT = 95


@dataclass(frozen=True, slots=True)
class ShownTable:
    """The table: its title, the line under it (unit, period, villages, count), its columns and their totals."""

    title: str
    lead: str
    columns: tuple[WrittenColumn, ...]
    totals: tuple[Value, ...] = ()


def write_formatted(
    path: Path,
    table: ShownTable,
    rows: Iterable[Sequence[Value]],
    whole: int = 0,
    progress: Progress | None = None,
) -> int:
    """Write the workbook, laid out for A4, and return the records written; ExchangeProblem and Cancelled as ever."""
    with replacing(path) as part, new_book(part, in_rows=True) as book:
        return _write(book, table, rows, whole, progress)


def _write(
    book: Any, table: ShownTable, rows: Iterable[Sequence[Value]], whole: int, progress: Progress | None
) -> int:
    sheet = book.add_worksheet(sheet_title(table.title))
    styles = _lay_out(book, sheet, table)
    writer = RowWriter(sheet, [column.type for column in table.columns], styles, _ABOVE)
    count = 0
    for count, row in enumerate(rows, 1):
        _heed(count, whole, progress)
        writer.add(row)
    writer.finish()
    last = max(len(table.columns) - 1, 1)
    end = _ABOVE + count - 1
    if any(value is not None for value in table.totals):
        end += 1
        _write_totals(book, sheet, table, end)
    if count:
        sheet.autofilter(_ABOVE - 1, 0, _ABOVE + count - 1, len(table.columns) - 1)
    sheet.print_area(0, 0, end, last)
    if progress is not None:
        progress(count, whole)
    return count


def _heed(count: int, whole: int, progress: Progress | None) -> None:
    if count % _STEP == 0 and progress is not None:
        progress(count, whole)
    if count > MOST_ROWS - _ABOVE - 1:
        raise ExchangeProblem("记录超过一百万条，一个表格装不下，请缩小时段或按村分开导出。")


def _lay_out(book: Any, sheet: Any, table: ShownTable) -> list[int]:
    """Title, lead and headings; returns the style number of each column's cells."""
    title = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
    lead = book.add_format({"align": "right", "font_color": "#5B6472"})
    head = book.add_format(
        {
            "bold": True,
            "bg_color": "#E8EEF7",
            "border": 1,
            "text_wrap": True,
            "align": "center",
            "valign": "vcenter",
        }
    )
    last = max(len(table.columns) - 1, 1)
    styles, wide = [], 0
    for index, column in enumerate(table.columns):
        width = max(_WIDTHS.get(column.type, 13), min(2 * len(column.title) + 2, 24))
        wide += width
        cell = book.add_format({"border": 1, **format_of(column)})
        sheet.set_column(index, index, width)
        styles.append(cell._get_xf_index())
    sheet.set_row(0, 32)
    sheet.merge_range(0, 0, 0, last, table.title, title)
    sheet.merge_range(1, 0, 1, last, table.lead, lead)
    for index, column in enumerate(table.columns):
        sheet.write_string(_ABOVE - 1, index, column.title, head)
    sheet.freeze_panes(_ABOVE, 0)
    sheet.repeat_rows(_ABOVE - 1)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(0.6, 0.6, 0.7, 0.7)
    sheet.set_footer("&C第 &P 页，共 &N 页")
    if wide > _WIDEST_UPRIGHT:
        sheet.set_landscape()
    return styles


def _write_totals(book: Any, sheet: Any, table: ShownTable, row: int) -> None:
    """The line under the records; 合计 in the first column that is not added up."""
    told = False
    for index, (column, value) in enumerate(zip(table.columns, table.totals, strict=True)):
        style = book.add_format({"border": 1, "bold": True, "top": 2, **format_of(column)})
        if isinstance(value, str):
            style.set_text_wrap()
            sheet.write_string(row, index, value, style)
        elif value is None:
            sheet.write_string(row, index, "" if told else "合计", style)
            told = True
        else:
            amount = float(value) / 100 if column.type is FieldType.MONEY else float(value)  # type: ignore[arg-type]
            sheet.write_number(row, index, amount, style)


def write_csv(
    path: Path,
    table: ShownTable,
    rows: Iterable[Sequence[Value]],
    whole: int = 0,
    progress: Progress | None = None,
) -> int:
    """Write the headings and records as CSV in UTF-8, as Excel and WPS open it, and return the records written.

    Text that a sheet would take for a formula gets an apostrophe, long digits a tab, before them: neither is run
    nor rounded when the file is opened, and an import passes both over.
    """
    with replacing(path) as part:
        count = 0
        with part.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([column.title for column in table.columns])
            for count, row in enumerate(rows, 1):
                _heed(count, whole, progress)
                writer.writerow([plain_cell(c, value) for c, value in zip(table.columns, row, strict=True)])
        return count


def plain_cell(column: WrittenColumn, value: Value) -> str:
    """A value as the text of a cell in CSV."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if column.type is FieldType.MONEY and isinstance(value, int):
        return f"{value / 100:.2f}"
    if column.type is FieldType.MONTH and isinstance(value, int):
        return f"{value // 100:04d}-{value % 100:02d}"
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str):
        return str(value)
    if _LONG_DIGITS.fullmatch(value):
        return f"\t{value}"
    return f"'{value}" if _FORMULA.match(value) else value
