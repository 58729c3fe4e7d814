"""The latest deeds on all ledgers together: what was entered, changed, removed and brought back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from zhengui.storage.schema import columns
from zhengui.storage.schema.tables import Tables


@dataclass(frozen=True, slots=True)
class RunOfDeeds:
    """A run of the same action by the same person on one ledger: how many records, the last of them, and when.

    `more` is true where there may be more of them than were looked at.
    """

    at: datetime
    who: str
    action: str
    ledger: str
    record: int
    count: int
    more: bool = False


def latest(conn: sa.Connection, tables: Tables, limit: int = 60) -> list[RunOfDeeds]:
    """The latest deeds, the newest first; those that followed one another within an hour are told as one."""
    found: list[tuple[str, str, str, str, int]] = []
    for ledger in tables.catalogue.ledgers:
        rows = conn.exec_driver_sql(
            f"SELECT created_at, created_by, id FROM l_{ledger} WHERE deleted_at IS NULL ORDER BY id DESC LIMIT ?",
            (limit,),
        )
        found += [(at, who, "create", ledger, record) for at, who, record in rows]
    changed = conn.exec_driver_sql(
        "SELECT at, who, action, ledger, record FROM history ORDER BY id DESC LIMIT ?", (limit * 4,)
    )
    found += [(row[0], row[1], row[2], row[3], row[4]) for row in changed if row[3] in tables]
    found.sort(key=lambda row: (row[0], row[3], row[4]), reverse=True)
    deeds: list[RunOfDeeds] = []
    for stamp, who, action, ledger, record in found:
        at, last = columns.moment_of(stamp), deeds[-1] if deeds else None
        same = last is not None and (last.who, last.action, last.ledger) == (who, action, ledger)
        if last is not None and same and (last.at - at).total_seconds() < 3600:
            count = last.count + 1
            deeds[-1] = RunOfDeeds(last.at, who, action, ledger, last.record, count, count >= limit)
        elif len(deeds) == limit:
            break
        else:
            deeds.append(RunOfDeeds(at, who, action, ledger, record, 1))
    return deeds
