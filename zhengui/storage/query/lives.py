"""When a village, a person or a firm was there, or was something: from a day, until a day, or simply still."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from zhengui.catalogue.model import Ledger
from zhengui.storage.query.source import LedgerSource
from zhengui.storage.schema.columns import day_number
from zhengui.storage.schema.sql_types import Column
from zhengui.storage.schema.tables import Tables

FROM, UNTIL, ACTIVE = "from_on", "until_on", "active"


def lives(source: LedgerSource, path: str, day: int | sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    """Whether the register's record that has the field at `path` was there on a day (yyyymmdd).

    One that has a last day is judged by its days alone; without one it is there while it is marked as in use.
    A mark with days of its own (`listed` with `listed_from_on` and `listed_until_on`) is judged by these.
    """
    lead, _, mark = path.rpartition(".")
    register = source.field_owner(path)

    def column(key: str) -> Column | None:
        return source.column(f"{lead}.{key}" if lead else key) if key in register.by_key else None

    own = f"{mark}_{FROM}" in register.by_key
    begun, ended, active = (
        column(key) for key in ((f"{mark}_{FROM}", f"{mark}_{UNTIL}", mark) if own else (FROM, UNTIL, ACTIVE))
    )
    unsaid = sa.false() if own else sa.true()
    in_use: Any = sa.true() if active is None else sa.func.coalesce(active, unsaid).is_(sa.true())
    if ended is not None:
        in_use = sa.or_(ended >= day, sa.and_(ended.is_(None), in_use))
    return in_use if begun is None else sa.and_(in_use, sa.or_(begun.is_(None), begun <= day))


def was_there(row: Mapping[str, Any], day: int) -> bool:
    """As `lives`, of a stored row with whatever of the three columns it has."""
    begun, ended = row.get(FROM), row.get(UNTIL)
    if begun is not None and begun > day:
        return False
    if ended is not None:
        return bool(ended >= day)
    return row.get(ACTIVE) is None or bool(row[ACTIVE])


def villages_there(conn: sa.Connection, tables: Tables, first: date, last: date) -> set[int]:
    """The villages that were there on any day from the first to the last."""
    declared = tables.catalogue.ledgers["village"]
    table = tables.ledger("village")
    keys = [key for key in (FROM, UNTIL, ACTIVE) if key in declared.by_key]
    query = sa.select(table.c.id, *life_columns(table, declared)).where(table.c.deleted_at.is_(None))
    start, end = day_number(first), day_number(last)
    found = set()
    for number, *values in conn.execute(query):
        row = dict(zip(keys, values, strict=True))
        ended = row.get(UNTIL)
        # One that ended within the days was there on its own last day.
        if was_there(row, end if ended is None else max(start, min(end, ended))):
            found.add(number)
    return found


def month_end(month: int) -> int:
    """The last day (yyyymmdd) of a month (yyyymm)."""
    return month * 100 + monthrange(month // 100, month % 100)[1]


def life_columns(table: sa.FromClause, ledger: Ledger) -> list[Column]:
    """The columns of `was_there` that a register has."""
    return [table.c[key] for key in (FROM, UNTIL, ACTIVE) if key in ledger.by_key]
