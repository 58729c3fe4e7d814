"""Export a ledger's records to a workbook: plain columns under the fields' titles, ready to be imported again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from zhengui.catalogue.model import Field, FieldType, Ledger
from zhengui.exchange.workbook_out import Column, column_of, write_workbook
from zhengui.services.township import Township
from zhengui.storage import browse
from zhengui.storage.browse import Selection
from zhengui.storage.references import labels

#: Records read at a time, so that a large ledger needs little memory.
_PAGE = 5_000


def export_workbook(
    township: Township,
    ledger_key: str,
    path: Path,
    selection: Selection | None = None,
    progress: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> int:
    """Write the selected records (all live ones without a selection) and return their count.

    References are written as their names. Attachments stay in the township's file.
    Raises ExchangeProblem where the file can't be written, Cancelled where it was stopped.
    """
    ledger = township.catalogue.ledgers[ledger_key]
    fields = exported_fields(ledger)
    columns: list[Column] = [column_of(field) for field in fields]
    with township.database.reading() as conn:
        ids = browse.ids_of(
            conn, township.tables, selection or Selection(ledger_key, sort="", descending=False)
        )
        rows = _rows(township, conn, ledger, fields, ids)
        return write_workbook(path, columns, rows, title=ledger.title, progress=progress, cancelled=cancelled)


def exported_fields(ledger: Ledger) -> list[Field]:
    """The fields a workbook has columns for: all but attachments."""
    return [field for field in ledger.live_fields if field.type is not FieldType.ATTACHMENT]


def _rows(
    township: Township, conn: Any, ledger: Ledger, fields: Sequence[Field], ids: Sequence[int]
) -> Iterator[list[Any]]:
    names: dict[str, dict[int, str]] = {
        field.type.value: labels(conn, township.tables, field.type.value)
        for field in fields
        if field.is_reference
    }
    titles = {key: indicator.title for key, indicator in township.catalogue.indicators.items()}
    for start in range(0, len(ids), _PAGE):
        for record in browse.page(conn, township.tables, ledger.key, ids[start : start + _PAGE]).records:
            yield [_cell(field, record.values.get(field.key), names, titles) for field in fields]


def _cell(field: Field, value: Any, names: dict[str, dict[int, str]], titles: dict[str, str]) -> Any:
    if value is None:
        return None
    if field.is_reference:
        return names[field.type.value].get(value, "")
    return titles.get(value, value) if field.type is FieldType.INDICATOR else value
