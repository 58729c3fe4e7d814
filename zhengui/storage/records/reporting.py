"""Which village has reported which month of a ledger, and which said that there was nothing to report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from zhengui.storage.query.coverage import TOWNSHIP
from zhengui.storage.records import log
from zhengui.storage.records.sealed_rows import MARK, place_key
from zhengui.storage.schema import columns
from zhengui.storage.schema.tables import Tables
from zhengui.storage.schema.versions import bump


@dataclass(frozen=True, slots=True)
class ReportMark:
    """A report of one month (yyyymm); `village` is None for the township, `zero` is 零报告."""

    ledger: str
    village: int | None
    month: int
    zero: bool
    at: datetime
    who: str


def mark(
    conn: sa.Connection,
    tables: Tables,
    ledger: str,
    village: int | None,
    month: int,
    zero: bool,
    who: str,
    at: datetime | None = None,
) -> None:
    """Note that a village (None: the township) has reported a month of a ledger, with `zero` if nothing happened."""
    conn.exec_driver_sql(
        f"INSERT OR REPLACE INTO {tables.report_mark.name} (ledger, village, month, zero, at, who) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (ledger, village or TOWNSHIP, month, int(zero), columns.moment_text(at or datetime.now()), who),
    )
    log.touch(conn, f"{MARK}:{ledger}", (place_key(village, month),))
    bump(conn, ledger)


def unmark(conn: sa.Connection, tables: Tables, ledger: str, village: int | None, month: int) -> bool:
    """Take a report back; whether there was one."""
    table = tables.report_mark
    done = conn.execute(
        sa.delete(table).where(
            table.c.ledger == ledger, table.c.village == (village or TOWNSHIP), table.c.month == month
        )
    )
    if done.rowcount:
        bump(conn, ledger)
        log.touch(conn, f"{MARK}:{ledger}", (place_key(village, month),))
    return bool(done.rowcount)


def hand_over(
    conn: sa.Connection, tables: Tables, village: int, to: int
) -> tuple[tuple[ReportMark, ...], tuple[ReportMark, ...]]:
    """Let another village have a village's reports: those that moved, and those that gave way to the other's own."""
    table = tables.report_mark
    own = {
        (row[0], row[1])
        for row in conn.execute(sa.select(table.c.ledger, table.c.month).where(table.c.village == to))
    }
    moved, dropped = [], []
    for row in conn.execute(sa.select(table).where(table.c.village == village)).all():
        held = ReportMark(row.ledger, village, row.month, bool(row.zero), columns.moment_of(row.at), row.who)
        unmark(conn, tables, held.ledger, village, held.month)
        if (held.ledger, held.month) in own:
            dropped.append(held)
        else:
            mark(conn, tables, held.ledger, to, held.month, held.zero, held.who, held.at)
            moved.append(held)
    return tuple(moved), tuple(dropped)


def marks(conn: sa.Connection, tables: Tables, ledger: str, first: int, last: int) -> list[ReportMark]:
    """The reports of a ledger from the month `first` to `last` (yyyymm), by month and village."""
    table = tables.report_mark
    query = (
        sa.select(table)
        .where(table.c.ledger == ledger, table.c.month.between(first, last))
        .order_by(table.c.month, table.c.village)
    )
    return [
        ReportMark(
            row.ledger, row.village or None, row.month, bool(row.zero), columns.moment_of(row.at), row.who
        )
        for row in conn.execute(query)
    ]
