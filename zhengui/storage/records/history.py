"""What happened to a record: who changed what, when, and what it was before."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from zhengui.catalogue.model import Ledger
from zhengui.storage.records.record import fetch_one
from zhengui.storage.schema import columns
from zhengui.storage.schema.tables import Tables
from zhengui.values.value import Value


@dataclass(frozen=True, slots=True)
class RecordEvent:
    """One event in a record's life.

    `action` is create, update, delete or restore. `changes` has Python values before and after by field key; fields
    that left the catalogue appear as they were stored.
    """

    ledger: str
    record: int
    version: int
    action: str
    at: datetime
    who: str
    changes: Mapping[str, tuple[Value, Value]] = field(hash=False)
    batch: str | None = None


def of_record(conn: sa.Connection, tables: Tables, ledger: Ledger, record: int) -> list[RecordEvent]:
    """Everything that happened to a record, the newest first; RecordMissing where it never existed.

    The creation isn't stored apart: it is the present record with every later change taken back.
    """
    table = tables.history
    theirs = (table.c.ledger == ledger.key, table.c.record == record)
    later = [
        change_of(tables, row)
        for row in conn.execute(sa.select(table).where(*theirs).order_by(table.c.id.desc()))
    ]
    now = fetch_one(conn, tables, ledger.key, record)
    first = dict(now.values)
    for change in later:
        first.update({key: before for key, (before, _) in change.changes.items() if key in first})
    given = {key: (None, value) for key, value in first.items() if value is not None}
    created = RecordEvent(ledger.key, record, 1, "create", now.created_at, now.created_by, given, now.batch)
    return [*later, created]


def recent(conn: sa.Connection, tables: Tables, limit: int = 50, ledger: str = "") -> list[RecordEvent]:
    """The latest changes, deletions and restorations of one ledger or all, newest first, without creations."""
    table = tables.history
    query = sa.select(table).order_by(table.c.id.desc()).limit(limit)
    if ledger:
        query = query.where(table.c.ledger == ledger)
    return [change_of(tables, row) for row in conn.execute(query)]


def change_of(tables: Tables, row: sa.Row[*tuple[object, ...]]) -> RecordEvent:
    """A stored line of history as a value."""
    ledger = tables.catalogue.ledgers.get(row.ledger)
    stored = json.loads(row.changes)
    values = {key: (_value(ledger, key, old), _value(ledger, key, new)) for key, (old, new) in stored.items()}
    at = columns.moment_of(row.at)
    return RecordEvent(row.ledger, row.record, row.version, row.action, at, row.who, values, row.batch)


def _value(ledger: Ledger | None, key: str, stored: Value) -> Value:
    if ledger is None or key not in ledger.by_key:
        return stored
    return columns.decode(ledger[key], stored)
