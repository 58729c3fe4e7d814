"""What was decided of warnings; a decision is added and never changed, so that each can be told later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from zhengui.storage.schema import columns
from zhengui.storage.schema.tables import Tables


@dataclass(frozen=True, slots=True)
class StoredDecision:
    """A decision of a warning; `what` is a standing, `until` the day it was put off to."""

    warning: str
    ground: str
    what: str
    reason: str
    until: date | None
    at: datetime
    who: str


def add(
    conn: sa.Connection,
    tables: Tables,
    warning: str,
    ground: str,
    what: str,
    reason: str,
    until: date | None,
    who: str,
    at: datetime | None = None,
) -> None:
    """Add a decision."""
    values = {
        "warning": warning,
        "ground": ground,
        "what": what,
        "reason": reason,
        "until": None if until is None else columns.day_number(until),
        "at": columns.moment_text(at or datetime.now()),
        "who": who,
    }
    conn.execute(sa.insert(tables.watch.decision).values(**values))


def of_warnings(conn: sa.Connection, tables: Tables, warning: str = "") -> dict[str, list[StoredDecision]]:
    """The decisions of a warning, or of all, the oldest first."""
    table = tables.watch.decision
    query = sa.select(table).order_by(table.c.id)
    if warning:
        query = query.where(table.c.warning == warning)
    found: dict[str, list[StoredDecision]] = {}
    for row in conn.execute(query):
        until = None if row.until is None else columns.day_of(row.until)
        decision = StoredDecision(
            row.warning, row.ground, row.what, row.reason, until, columns.moment_of(row.at), row.who
        )
        found.setdefault(row.warning, []).append(decision)
    return found


def take_back(conn: sa.Connection, tables: Tables, warning: str) -> None:
    """Forget the last decision of a warning; the one before it holds again."""
    table = tables.watch.decision
    last = sa.select(sa.func.max(table.c.id)).where(table.c.warning == warning).scalar_subquery()
    conn.execute(sa.delete(table).where(table.c.id == last))
