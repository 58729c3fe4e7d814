"""What each village has in a ledger month by month: how many records, and since when."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from zhengui.catalogue.model import FieldType
from zhengui.storage.query.coverage import TOWNSHIP
from zhengui.storage.query.lives import life_columns, month_end, was_there
from zhengui.storage.query.source import LedgerSource, place_field, village_path
from zhengui.storage.schema import columns
from zhengui.storage.schema.tables import Tables


def records_by_month(
    conn: sa.Connection, tables: Tables, ledger: str, year: int
) -> dict[tuple[int, int], tuple[int, datetime]]:
    """The live records of a year by (village, month yyyymm): how many, and when the first was entered.

    Village 0 is the township's own; a ledger without months has none.
    """
    source = LedgerSource(tables, ledger)
    if not source.ledger.period:
        return {}
    kind = source.field(source.ledger.period[0]).type
    if kind not in (FieldType.DATE, FieldType.MONTH):
        return {}
    column: Any = source.column(source.ledger.period[0])
    month = column if kind is FieldType.MONTH else column // 100
    village = source.village()
    place = sa.literal(TOWNSHIP) if village is None else village
    entered = sa.func.min(source.table.c.created_at)
    query = (
        sa.select(place, month, sa.func.count(), entered)
        .select_from(source.from_clause)
        .where(source.live, month.between(year * 100 + 1, year * 100 + 12), place.is_not(None))
        .group_by(place, month)
    )
    return {(row[0], row[1]): (row[2], columns.moment_of(row[3])) for row in conn.execute(query)}


def reporting_villages(conn: sa.Connection, tables: Tables, ledger: str, year: int) -> list[tuple[int, str]]:
    """Who reports for a ledger: the villages that were there in the year, in the office's order, or (0, "")."""
    if not village_path(tables.catalogue.ledgers[ledger]) or "village" not in tables:
        return [(TOWNSHIP, "")]
    table, declared = tables.ledger("village"), tables.catalogue.ledgers["village"]
    place = place_field(declared)
    order = [] if place is None else [table.c[place.key].is_(None), table.c[place.key]]
    life = life_columns(table, declared)
    query = sa.select(table.c.id, table.c[declared.label[0]], *life).where(table.c.deleted_at.is_(None))
    rows = conn.execute(query.order_by(*order, table.c.id)).all()
    days = [month_end(year * 100 + month) for month in range(1, 13)]
    names = [column.name for column in life]
    return [
        (row[0], row[1])
        for row in rows
        if any(was_there(dict(zip(names, row[2:], strict=True)), day) for day in days)
    ]
