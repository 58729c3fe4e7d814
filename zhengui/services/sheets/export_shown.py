"""Export what is on the screen: its filters, columns and order, as a workbook to print, CSV, or a PDF table.

Personal data stay masked unless the person asks for them, and then it is noted who took them out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from zhengui.catalogue.closed_loop import state_of
from zhengui.catalogue.model import Field, FieldType, Ledger
from zhengui.exchange.formatted_out import ShownTable, write_csv, write_formatted
from zhengui.exchange.workbook_out import WrittenColumn, column_of
from zhengui.services.entry.export_workbook import NamedRecords, Titles
from zhengui.services.paper.ledger_sheet import MOST_ROWS, ListSheet, save_pdf
from zhengui.services.problem import StorageProblem
from zhengui.services.township.reading import Reading, Writing, reads, writes
from zhengui.services.township.rights import Right
from zhengui.storage.browse import pages as browse
from zhengui.storage.browse.pages import Selection
from zhengui.storage.records import handed_out
from zhengui.storage.records import record as records
from zhengui.storage.records.handed_out import HandedOut
from zhengui.values.parted import told_parts, told_total
from zhengui.values.show import show
from zhengui.values.value import Value
from zhengui.work import Progress

__all__ = [
    "HandedOut",
    "WantedExport",
    "export_shown",
    "note_personal",
    "noted_exports",
    "personal_fields",
    "usual_columns",
]

#: The column of a closed loop that is no field: in which state the record is.
STATE = "#state"
_PAGE = 5_000
_PDF_WIDTHS = {FieldType.LONG_TEXT: 220.0, FieldType.TEXT: 130.0, FieldType.ID_NUMBER: 150.0}


@dataclass(frozen=True, slots=True)
class WantedExport:
    """What to export: which records, the keys of the columns from left to right, what is written over them.

    `personal` asks for ID numbers and phones whole.
    """

    selection: Selection
    columns: tuple[str, ...]
    title: str
    where: str = ""
    personal: bool = False


def usual_columns(ledger: Ledger) -> tuple[str, ...]:
    """The columns that a table shows until somebody chooses others."""
    fields = [each for each in ledger.live_fields if each.type is not FieldType.ATTACHMENT]
    chosen = [each.key for each in fields if each.in_table] or [each.key for each in fields]
    return (*chosen, STATE) if ledger.closed_loop else tuple(chosen)


def personal_fields(ledger: Ledger, columns: Sequence[str]) -> list[Field]:
    """Those of the columns that are masked unless somebody asks for them."""
    return [ledger[key] for key in columns if key in ledger.by_key and ledger[key].personal]


@writes(Right.OPEN)
def note_personal(writing: Writing, wanted: WantedExport, file: str, count: int) -> int:
    """Note that personal data leave the program unmasked; its number lets `export_shown` do it."""
    ledger = writing.catalogue.ledgers[wanted.selection.ledger]
    fields = [each.title for each in personal_fields(ledger, wanted.columns)]
    where = (writing.conn, writing.tables, ledger.title, fields, count, file, writing.operator)
    return handed_out.note(*where)


@reads
def noted_exports(reading: Reading) -> list[HandedOut]:
    """The exports with personal data unmasked, the newest first."""
    return handed_out.noted(reading.conn, reading.tables)


@reads(Right.EXPORT)
def export_shown(
    reading: Reading,
    wanted: WantedExport,
    path: Path,
    progress: Progress | None = None,
    noted: int = 0,
) -> int:
    """Write the records to a .xlsx, .csv or .pdf file and return how many they are.

    Raises StorageProblem where personal data are asked for and nobody `noted` it, or a PDF would be too long;
    ExchangeProblem where the file can't be written; Cancelled.
    """
    ledger = reading.catalogue.ledgers[wanted.selection.ledger]
    columns = tuple(key for key in wanted.columns if key == STATE or key in ledger.by_key)
    if wanted.personal and personal_fields(ledger, columns) and not noted:
        raise StorageProblem("不遮盖个人信息的导出要先记下是谁导出的。")
    ids = browse.ids_of(reading.conn, reading.tables, wanted.selection)
    rows = _rows(reading, ledger, columns, ids, wanted.personal)
    table = _table(reading, ledger, wanted, columns, len(ids))
    if path.suffix.lower() == ".csv":
        return write_csv(path, table, rows, len(ids), progress)
    if path.suffix.lower() == ".pdf":
        if len(ids) > MOST_ROWS:
            raise StorageProblem(f"一次最多排 {MOST_ROWS:,} 条成 PDF。请先筛选，或者导出成 Excel 表格。")
        save_pdf(reading, _list_sheet(ledger, table, columns, rows), path)
        return len(ids)
    return write_formatted(path, table, rows, len(ids), progress)


def _table(
    reading: Reading, ledger: Ledger, wanted: WantedExport, columns: Sequence[str], count: int
) -> ShownTable:
    sums: Mapping[str, object] = (
        browse.totals(reading.conn, reading.tables, wanted.selection).sums if count else {}
    )
    made: list[WrittenColumn] = []
    totals: list[Any] = []
    for key in columns:
        if key == STATE:
            made.append(WrittenColumn("办理状态", FieldType.TEXT))
            totals.append(None)
            continue
        field = ledger[key]
        column = column_of(field)
        unit = field.unit or ("元" if field.type is FieldType.MONEY else "")
        if unit and unit not in field.title:
            column = replace(column, title=f"{field.title}（{unit}）")
        made.append(column)
        total = sums.get(key)
        totals.append(told_parts(field, total) or None if isinstance(total, tuple) else total)
    lead = "　".join(each for each in (wanted.where, f"共 {count} {ledger.measure_word}") if each)
    title = f"{reading.profile().name}{wanted.title}"
    return ShownTable(title, f"{lead}　导出日期：{reading.today.isoformat()}", tuple(made), tuple(totals))


def _rows(
    reading: Reading, ledger: Ledger, columns: Sequence[str], ids: Sequence[int], personal: bool
) -> Iterator[list[Value]]:
    fields = [None if key == STATE else ledger[key] for key in columns]
    names = NamedRecords(reading)
    titles = Titles((key, indicator.title) for key, indicator in reading.catalogue.indicators.items())

    def told(field: Field, value: Any) -> Value:
        if value is None:
            return None
        if field.register:
            return names.of(field)[value]
        if field.type is FieldType.INDICATOR:
            return titles[value]
        if field.spoken:
            return show(field, value)
        return show(field, value) if field.personal and not personal else value

    for start in range(0, len(ids), _PAGE):
        page = ids[start : start + _PAGE]
        for record in records.fetch(reading.conn, reading.tables, ledger.key, page):
            values = record.values
            yield [
                state_of(values) if field is None else told(field, values.get(field.key)) for field in fields
            ]


def _list_sheet(
    ledger: Ledger, table: ShownTable, columns: Sequence[str], rows: Iterator[list[Value]]
) -> ListSheet:
    fields = [None if key == STATE else ledger[key] for key in columns]

    def words(field: Field | None, value: Value) -> str:
        if value is None or field is None or isinstance(value, str):
            return str(value or "")
        return show(field, value, masked=False)

    texts = tuple(
        tuple(words(field, value) for field, value in zip(fields, row, strict=True)) for row in rows
    )
    totals = tuple(
        value
        if isinstance(value, str)
        else told_total(field, value)  # type: ignore[arg-type]
        if field is not None
        else ""
        for field, value in zip(fields, table.totals, strict=True)
    )
    widths = tuple(_PDF_WIDTHS.get(column.type, 90.0) for column in table.columns)
    numbers = frozenset(n for n, field in enumerate(fields) if field is not None and field.is_number)
    # The official document writes the township's name over the title itself.
    title = ledger.title
    return ListSheet(
        f"{title}台账",
        f"{table.lead}。",
        tuple(c.title for c in table.columns),
        widths,
        texts,
        numbers,
        totals,
    )
