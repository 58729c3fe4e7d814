"""What happened to records after a point in the history, and what they held at that point."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from zhengui.storage.query.references import among
from zhengui.storage.records import history
from zhengui.storage.records import record as records
from zhengui.storage.schema import columns
from zhengui.storage.schema.tables import Tables
from zhengui.values.value import Value


@dataclass(frozen=True, slots=True)
class Point:
    """A moment of the file: the last line of history, and the highest id of each ledger."""

    history: int
    ids: Mapping[str, int] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Event:
    """A creation, update, deletion or restoration of a record; `changes` are Python values by field."""

    ledger: str
    record: int
    action: str
    at: datetime
    who: str
    changes: Mapping[str, tuple[Value, Value]] = field(hash=False)
    number: int = 0


def now_at(conn: sa.Connection, tables: Tables) -> Point:
    """The present point."""
    last = conn.execute(sa.select(sa.func.max(tables.history.c.id))).scalar()
    rows = conn.exec_driver_sql("SELECT name, seq FROM sqlite_sequence WHERE name LIKE 'l!_%' ESCAPE '!'")
    return Point(int(last or 0), {row[0].removeprefix("l_"): int(row[1]) for row in rows})


def versions_of(conn: sa.Connection, tables: Tables, ledger: str, ids: Sequence[int]) -> dict[int, int]:
    """The versions of records."""
    table = tables.ledger(ledger)
    query = sa.select(table.c.id, table.c.version).where(table.c.id.in_(among(ids)))
    return {row[0]: row[1] for row in conn.execute(query)}


def events_since(conn: sa.Connection, tables: Tables, ledger: str, point: Point) -> list[Event]:
    """Everything that happened in a ledger after the point, the oldest first within each kind."""
    table = tables.history
    query = sa.select(table).where(table.c.ledger == ledger, table.c.id > point.history)
    found = []
    for row in conn.execute(query.order_by(table.c.id)):
        told = history.change_of(tables, row)
        found.append(Event(ledger, told.record, told.action, told.at, told.who, told.changes, row.id))
    return [*_creations(conn, tables, ledger, point), *found]


def values_at(
    conn: sa.Connection, tables: Tables, ledger: str, ids: Iterable[int], point: Point
) -> dict[int, dict[str, Value]]:
    """What records held at the point, those deleted since too; without the ones that came later."""
    last = point.ids.get(ledger, 0)
    wanted = [record for record in ids if record <= last]
    found = {record.id: dict(record.values) for record in records.fetch(conn, tables, ledger, wanted)}
    for event in reversed(events_since(conn, tables, ledger, point)):
        if event.record in found and event.action == "update":
            found[event.record].update({key: before for key, (before, _) in event.changes.items()})
    return found


def _creations(conn: sa.Connection, tables: Tables, ledger: str, point: Point) -> list[Event]:
    """Records that were added after the point."""
    table = tables.ledger(ledger)
    query = sa.select(table.c.id, table.c.created_at, table.c.created_by).where(
        table.c.id > point.ids.get(ledger, 0)
    )
    return [
        Event(ledger, row[0], "create", columns.moment_of(row[1]), row[2], {})
        for row in conn.execute(query.order_by(table.c.id))
    ]
