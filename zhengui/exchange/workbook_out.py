"""Records as a workbook: real dates and numbers, ID numbers and phones as text, choices as lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zhengui.catalogue.model import Field, FieldType
from zhengui.debug_log import Timed
from zhengui.exchange.new_book import new_book
from zhengui.exchange.plain_rows import RowWriter
from zhengui.exchange.problem import ExchangeProblem
from zhengui.values.parse import Value
from zhengui.whole_file import replacing
from zhengui.work import Progress

#: What one sheet of a workbook can hold below its header.
MOST_ROWS = 1_048_575
_STEP = 1000
#: A list inside a cell's rule may not be longer than this; longer ones go without.
_LONGEST_LIST = 255

_WIDTHS = {FieldType.LONG_TEXT: 40, FieldType.TEXT: 20, FieldType.ID_NUMBER: 22, FieldType.DATE: 12}
_FORMATS = {
    FieldType.DATE: "yyyy-mm-dd",
    FieldType.INTEGER: "#,##0",
    FieldType.MONEY: "#,##0.00",
    FieldType.YEAR: "0",
}


@dataclass(frozen=True, slots=True)
class WrittenColumn:
    """A column to write: references come as the text that stands for the record, with type `text`."""

    title: str
    type: FieldType
    decimals: int = 0
    choices: tuple[str, ...] = ()
    required: bool = False


def column_of(field: Field) -> WrittenColumn:
    """The column of a field; a reference becomes text, for a workbook knows no registers."""
    kind = FieldType.TEXT if field.register else field.type
    choices = ("是", "否") if kind is FieldType.YES_NO else field.said_choices
    return WrittenColumn(field.title, kind, field.decimals, choices, field.required)


def write_workbook(
    path: Path,
    columns: Sequence[WrittenColumn],
    rows: Iterable[Sequence[Value]],
    *,
    title: str = "数据",
    whole: int = 0,
    progress: Progress | None = None,
) -> int:
    """Write `rows` under the columns' titles and return their count; `path` is replaced only when all is done.

    Rows are taken one by one and not kept. `progress` is told the rows written of `whole`, now and then.
    Raises ExchangeProblem (folder, open file, too many rows) and Cancelled.
    """
    with Timed("workbook", "write"), replacing(path) as part:
        return _write(part, columns, rows, title, whole, progress)


def _write(
    part: Path,
    columns: Sequence[WrittenColumn],
    rows: Iterable[Sequence[Value]],
    title: str,
    whole: int,
    progress: Progress | None,
) -> int:
    with new_book(part, in_rows=True) as book:
        sheet = book.add_worksheet(sheet_title(title))
        styles = _lay_out(book, sheet, columns)
        plain_rows = RowWriter(sheet, [column.type for column in columns], styles)
        count = 0
        for count, row in enumerate(rows, 1):
            if count % _STEP == 0 and progress is not None:
                progress(count, whole)
            if count > MOST_ROWS:
                raise ExchangeProblem("记录超过一百万条，一个表格装不下，请缩小时段或按村分开导出。")
            plain_rows.add(row)
        plain_rows.finish()
        _add_lists(sheet, columns, count)
        sheet.autofilter(0, 0, count, max(0, len(columns) - 1))
        if progress is not None:
            progress(count, whole)
        return count


def sheet_title(title: str) -> str:
    """A title that a sheet may have: 31 characters, without the marks that workbooks forbid."""
    clean = "".join("＿" if c in "[]:*?/\\'" else c for c in title).strip()
    return clean[:31] or "数据"


def _lay_out(book: Any, sheet: Any, columns: Sequence[WrittenColumn]) -> list[int]:
    """Write the header and return the style number of each column's cells."""
    head = book.add_format({"bold": True, "bg_color": "#E8EEF7", "border": 1, "text_wrap": True})
    sheet.freeze_panes(1, 0)
    styles = []
    for index, column in enumerate(columns):
        cell = book.add_format(format_of(column))
        width = max(_WIDTHS.get(column.type, 14), 2 * len(column.title) + 2)
        sheet.set_column(index, index, width, cell)
        sheet.write_string(0, index, column.title, head)
        styles.append(cell._get_xf_index())
    return styles


def format_of(column: WrittenColumn) -> dict[str, object]:
    """How a column's cells are shown, in XlsxWriter's words: text that stays text, places, thousands, days."""
    if column.type in (FieldType.ID_NUMBER, FieldType.PHONE):
        return {"num_format": "@"}
    if column.type is FieldType.DECIMAL:
        places = "." + "0" * column.decimals if column.decimals else ""
        return {"num_format": f"#,##0{places}"}
    wrap = {"text_wrap": True, "valign": "top"} if column.type is FieldType.LONG_TEXT else {}
    return {"num_format": _FORMATS[column.type], **wrap} if column.type in _FORMATS else wrap


def _add_lists(sheet: Any, columns: Sequence[WrittenColumn], rows: int) -> None:
    """Let people pick choices from a list in the workbook, where the list is short enough for one."""
    for index, column in enumerate(columns):
        single = column.type in (FieldType.CHOICE, FieldType.YES_NO)
        if not single or not column.choices or len(",".join(column.choices)) > _LONGEST_LIST:
            continue
        if any("," in choice for choice in column.choices):
            continue
        rule = {
            "validate": "list",
            "source": list(column.choices),
            "error_title": "请从列表中选择",
            "error_message": f"“{column.title}”只能从列表中选择。",
        }
        sheet.data_validation(1, index, max(rows, 1) + 1000, index, rule)
