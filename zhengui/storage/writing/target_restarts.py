"""From when on the rest of a target of a ledger was spread anew; earlier restarts stay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa

from zhengui.storage.schema import columns
from zhengui.storage.schema.tables import Tables


@dataclass(frozen=True, slots=True)
class Restart:
    """A target's new beginning: at the end of `day` so much was `done`."""

    id: int
    record: int
    day: date
    done: Decimal


def add(
    conn: sa.Connection, tables: Tables, ledger: str, day: date, done: Mapping[int, Decimal], who: str
) -> list[int]:
    """Begin targets anew at the end of a day, each from what was done by then; returns the ids, in order."""
    at = columns.moment_text(datetime.now())
    head = {"ledger": ledger, "day": columns.day_number(day), "at": at, "who": who}
    made = []
    for record, amount in done.items():
        values = {**head, "record": record, "done": f"{amount:f}"}
        key = conn.execute(sa.insert(tables.plan.restart).values(**values)).inserted_primary_key
        made.append(int(key[0]))  # type: ignore[index]
    return made


def latest(conn: sa.Connection, tables: Tables, ledger: str, day: date) -> dict[int, Restart]:
    """The restarts that hold on a day, by the target's record."""
    table = tables.plan.restart
    query = sa.select(table).where(table.c.ledger == ledger, table.c.day <= columns.day_number(day))
    rows = conn.execute(query.order_by(table.c.id))
    return {
        row.record: Restart(row.id, row.record, columns.day_of(row.day), Decimal(row.done)) for row in rows
    }


def remove(conn: sa.Connection, tables: Tables, restarts: Iterable[int]) -> None:
    """Take restarts back; those before them hold again."""
    table = tables.plan.restart
    conn.execute(sa.delete(table).where(table.c.id.in_(list(restarts))))
