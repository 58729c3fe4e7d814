"""A ledger's way into a workbook and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook

from tests.services.whole_office import live
from tests.window_ways import Stage
from zhengui.catalogue.model import Field, FieldType, Ledger
from zhengui.gui.ledger import source as ledger_source
from zhengui.services.entry import record
from zhengui.services.entry.export_workbook import export_workbook, exported_fields
from zhengui.services.entry.import_workbook import import_workbook
from zhengui.services.township.township import Township
from zhengui.storage.browse.pages import Selection
from zhengui.storage.records import record as stored
from zhengui.values.show import show


def through_a_workbook(stage: Stage, ledger: Ledger, saved: int) -> None:
    """Out to a workbook and, with the ledger emptied, in again with every value the same."""
    township, path = stage.township, stage.folder / f"{ledger.key}.xlsx"
    before = live(township, ledger.key)
    assert export_workbook(township, ledger.key, path) == len(before)
    fields = exported_fields(ledger)
    sheet = load_workbook(path).active
    table = list(sheet.iter_rows(values_only=True))
    assert list(table[0]) == [field.title for field in fields]
    assert len(table) == len(before) + 1
    written = dict(
        zip((f.key for f in fields), table[1 + list(selected(township, ledger)).index(saved)], strict=True)
    )
    for field in fields:
        assert plain(written[field.key]) == in_workbook(township, field, before[saved][field.key]), field.key
    gone = put_aside(township, ledger.key, list(before))
    outcome = import_workbook(township, ledger.key, path)
    assert (outcome.inserted, outcome.mistakes, outcome.remarks) == (len(before), (), ())
    after = live(township, ledger.key)
    kept = {f.key for f in fields}
    order = list(selected(township, ledger))
    assert sorted(map(repr, (only(row, kept) for row in after.values()))) == sorted(
        map(repr, (only(row, kept) for row in before.values()))
    )
    assert len(order) == len(after)
    put_aside(township, ledger.key, list(after))
    record.restore(township, gone)


def put_aside(township: Township, key: str, ids: list[int]) -> record.Removed:
    """Empty a ledger into the recycle bin, also of records that others name and that the office could not delete."""
    with township.writing() as writing:
        stored.delete(writing.conn, writing.tables, key, ids, writing.operator)
    return record.Removed(key, tuple(ids))


def selected(township: Township, ledger: Ledger) -> Any:
    """The ids of a ledger in the order of an export."""
    return ledger_source.load(township, Selection(ledger.key)).ids


def only(row: Mapping[str, Any], keys: set[str]) -> list[tuple[str, Any]]:
    """The values that a workbook carries."""
    return sorted((key, value) for key, value in row.items() if key in keys)


def in_workbook(township: Township, field: Field, value: Any) -> Any:
    """What stands in the cell: days and numbers as such, the rest as people read it."""
    if value is None:
        return plain(None)
    if field.type is FieldType.MONEY:
        return float(Decimal(value) / 100)
    if field.is_number or field.type is FieldType.YEAR:
        return float(value)
    if isinstance(value, date):
        return value.isoformat()
    with township.reading() as reading:
        return show(field, value, reading.lookup(), masked=False)


def plain(cell: Any) -> Any:
    """A cell for comparing: numbers as one type, days as text."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return float(cell)
    return cell.date().isoformat() if hasattr(cell, "date") else cell
