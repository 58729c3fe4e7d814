"""Which records a second person has looked at, and which ledgers count a record only after that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from zhengui.catalogue.model import Timing
from zhengui.storage.query import predicates
from zhengui.storage.query.coverage import usual_timing
from zhengui.storage.query.predicates import Scope
from zhengui.storage.query.references import among
from zhengui.storage.query.source import LedgerSource
from zhengui.storage.records import log, settings
from zhengui.storage.records.sealed_rows import REVIEW
from zhengui.storage.schema import columns
from zhengui.storage.schema.tables import Tables
from zhengui.storage.schema.versions import bump
from zhengui.values.same_person import same_person

#: Settings by ledger: waits for a second person and counts meanwhile, or doesn't count until then.
KEY = "review."
COUNT, HOLD = "count", "hold"


@dataclass(frozen=True, slots=True)
class WaitingRecord:
    """A record that awaits review: who wrote its present version."""

    id: int
    version: int
    who: str


def rules(conn: sa.Connection, tables: Tables) -> dict[str, str]:
    """The ledgers whose records wait for a second person, with COUNT or HOLD."""
    return {
        key.removeprefix(KEY): value
        for key, value in settings.read_all(conn, tables, KEY).items()
        if value in (COUNT, HOLD) and key.removeprefix(KEY) in tables
    }


def require(conn: sa.Connection, tables: Tables, ledger: str, rule: str, who: str) -> None:
    """Set a ledger's rule: COUNT, HOLD, or empty for none. `load` must follow once this is kept."""
    if rule:
        settings.write(conn, tables, KEY + ledger, rule, who)
    else:
        settings.remove(conn, tables, KEY + ledger)
    bump(conn, ledger)


def load(conn: sa.Connection, tables: Tables) -> None:
    """Let the figures know which ledgers hold back unreviewed records."""
    tables.held = frozenset(ledger for ledger, rule in rules(conn, tables).items() if rule == HOLD)


def waiting(
    conn: sa.Connection,
    tables: Tables,
    ledger: str,
    scope: Scope | None = None,
    timing: Timing | None = None,
) -> list[WaitingRecord]:
    """The live records whose present version nobody has reviewed, the oldest first.

    Of a scope, by `timing` (the ledger's own without one), or all of them.
    """
    source = LedgerSource(tables, ledger)
    tests = [source.live, sa.not_(predicates.reviewed(source))]
    if scope is not None:
        tests += _inside(source, scope, timing)
    table = source.table
    who = sa.func.coalesce(table.c.changed_by, table.c.created_by)
    query = sa.select(source.id, table.c.version, who).select_from(source.from_clause).where(*tests)
    return [WaitingRecord(row[0], row[1], row[2]) for row in conn.execute(query.order_by(source.id))]


def _inside(source: LedgerSource, scope: Scope, timing: Timing | None) -> list[sa.ColumnElement[bool]]:
    found = [*predicates.in_time(source, timing or usual_timing(source.ledger), scope.period)]
    village = source.village() if scope.villages else None
    return [*found, village.in_(scope.villages)] if village is not None else found


def review(
    conn: sa.Connection, tables: Tables, ledger: str, ids: Sequence[int], who: str, at: datetime | None = None
) -> list[int]:
    """Mark the present version of records as reviewed; those that `who` wrote are left out. Returns the ids."""
    table = tables.ledger(ledger)
    writer = sa.func.coalesce(table.c.changed_by, table.c.created_by)
    query = sa.select(table.c.id, table.c.version, writer).where(
        table.c.id.in_(among(ids)), table.c.deleted_at.is_(None)
    )
    rows = [row for row in conn.execute(query) if not same_person(row[2], who)]
    if rows:
        stamp = columns.moment_text(at or datetime.now())
        conn.exec_driver_sql(
            "INSERT OR REPLACE INTO review (ledger, record, version, at, who) VALUES (?, ?, ?, ?, ?)",
            [(ledger, row[0], row[1], stamp, who) for row in rows],
        )
        log.touch(conn, f"{REVIEW}:{ledger}", [row[0] for row in rows])
        bump(conn, ledger)
    return [row[0] for row in rows]


def reviewed_since(
    conn: sa.Connection, tables: Tables, ledger: str, moment: datetime
) -> list[tuple[int, datetime, str]]:
    """The reviews of a ledger from a moment on, as (record, when, who)."""
    table = tables.documents.review
    query = sa.select(table.c.record, table.c.at, table.c.who).where(
        table.c.ledger == ledger, table.c.at >= columns.moment_text(moment)
    )
    return [(row[0], columns.moment_of(row[1]), row[2]) for row in conn.execute(query)]


def accept_all(conn: sa.Connection, tables: Tables, ledger: str, who: str) -> None:
    """Take every record that is there now as reviewed, for an office that begins to review from here on."""
    conn.exec_driver_sql(
        "INSERT OR REPLACE INTO review (ledger, record, version, at, who) "
        f"SELECT ?, id, version, ?, ? FROM {tables.ledger(ledger).name} WHERE deleted_at IS NULL",
        (ledger, columns.moment_text(datetime.now()), who),
    )
    found = conn.exec_driver_sql("SELECT record FROM review WHERE ledger = ?", (ledger,))
    log.touch(conn, f"{REVIEW}:{ledger}", [row[0] for row in found])
    bump(conn, ledger)


def withdraw(conn: sa.Connection, tables: Tables, ledger: str, ids: Sequence[int]) -> int:
    """Take reviews back; how many there were."""
    table = tables.documents.review
    done = conn.execute(sa.delete(table).where(table.c.ledger == ledger, table.c.record.in_(among(ids))))
    if done.rowcount:
        bump(conn, ledger)
        log.touch(conn, f"{REVIEW}:{ledger}", ids)
    return int(done.rowcount)
