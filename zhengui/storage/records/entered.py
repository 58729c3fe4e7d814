"""Values of earlier years that were entered by hand, from a document, where there are no ledgers to count them from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa

from zhengui.storage.query.coverage import TOWNSHIP
from zhengui.storage.records import log
from zhengui.storage.records.sealed_rows import ENTERED, place_key
from zhengui.storage.schema import columns
from zhengui.storage.schema.one_state import once
from zhengui.storage.schema.tables import Tables


@dataclass(frozen=True, slots=True)
class Entered:
    """The value of an indicator in its own unit for a year and a village (None: the township).

    `document` names where it stands, `dated` that document's day; `who` entered it and when.
    """

    indicator: str
    year: int
    village: int | None
    value: Decimal
    document: str
    dated: date | None
    who: str
    at: datetime


def put(conn: sa.Connection, tables: Tables, values: Iterable[Entered]) -> None:
    """Keep values; one of the same indicator, year and village is replaced."""
    rows = [
        (
            each.indicator,
            each.year,
            each.village or TOWNSHIP,
            str(each.value),
            each.document,
            None if each.dated is None else columns.day_number(each.dated),
            each.who,
            columns.moment_text(each.at),
        )
        for each in values
    ]
    if rows:
        conn.exec_driver_sql(
            f"INSERT OR REPLACE INTO {tables.entered_value.name} "
            "(indicator, year, village, value, document, dated, who, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            rows,
        )
    for row in rows:
        log.touch(conn, f"{ENTERED}:{row[0]}", (place_key(row[2], row[1]),))


def remove(conn: sa.Connection, tables: Tables, indicator: str, year: int, village: int | None) -> bool:
    """Forget a value; whether there was one."""
    table = tables.entered_value
    place = (table.c.indicator == indicator, table.c.year == year, table.c.village == (village or TOWNSHIP))
    log.touch(conn, f"{ENTERED}:{indicator}", (place_key(village, year),))
    return bool(conn.execute(sa.delete(table).where(*place)).rowcount)


def find(conn: sa.Connection, tables: Tables, year: int | None = None) -> list[Entered]:
    """All values, or those of a year, by indicator, year and village."""
    return once(conn, ("entered", year), lambda: _find(conn, tables, year))


def _find(conn: sa.Connection, tables: Tables, year: int | None) -> list[Entered]:
    query = f"SELECT * FROM {tables.entered_value.name}" + (" WHERE year = ?" if year is not None else "")
    asked = () if year is None else (year,)
    return [
        Entered(
            row.indicator,
            row.year,
            row.village or None,
            Decimal(row.value),
            row.document,
            None if row.dated is None else _day(row.dated),
            row.who,
            columns.moment_of(row.at),
        )
        for row in conn.exec_driver_sql(query + " ORDER BY indicator, year, village", asked)
    ]


def _day(number: int) -> date:
    return date(number // 10000, number // 100 % 100, number % 100)
