"""Folders of village files that were merged: which records came of them or were changed by them, to take it back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from zhengui.storage.schema import columns
from zhengui.storage.schema.tables import Tables

ADDED, CHANGED, SAME = "added", "changed", "same"


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged folder; `undone_at` is set once it was taken back."""

    id: int
    folder: str
    files: int
    added: int
    changed: int
    at: datetime
    who: str
    undone_at: datetime | None
    undone_by: str | None


@dataclass(frozen=True, slots=True)
class MergedRecord:
    """A record that stood in a file: added or changed by the merge, or the same as here, with its version then."""

    ledger: str
    record: int
    kind: str
    village: int
    file: str
    version: int


def keep(
    conn: sa.Connection, tables: Tables, folder: str, files: int, records: Iterable[MergedRecord], who: str
) -> int:
    """Note a merge that was just made and return its number."""
    stamp = columns.moment_text(datetime.now())
    done = conn.execute(sa.insert(tables.forms.merge).values(folder=folder, files=files, at=stamp, who=who))
    number = int(done.inserted_primary_key[0])  # type: ignore[index]
    rows = [(number, r.ledger, r.record, r.kind, r.village, r.file, r.version) for r in records]
    if rows:
        conn.exec_driver_sql(
            f"INSERT OR IGNORE INTO {tables.forms.merged.name} "
            "(merge, ledger, record, kind, village, file, version) VALUES (?, ?, ?, ?, ?, ?, ?)",
            rows,
        )
    return number


def all_merges(conn: sa.Connection, tables: Tables) -> list[Merge]:
    """The merges, the newest first."""
    table, merged = tables.forms.merge, tables.forms.merged
    counts: dict[tuple[int, str], int] = {}
    query = sa.select(merged.c.merge, merged.c.kind, sa.func.count()).group_by(merged.c.merge, merged.c.kind)
    for number, kind, count in conn.execute(query):
        counts[number, kind] = count
    return [
        Merge(
            row.id,
            row.folder,
            row.files,
            counts.get((row.id, ADDED), 0),
            counts.get((row.id, CHANGED), 0),
            columns.moment_of(row.at),
            row.who,
            columns.moment_of(row.undone_at) if row.undone_at else None,
            row.undone_by,
        )
        for row in conn.execute(sa.select(table).order_by(table.c.id.desc()))
    ]


def of_merge(conn: sa.Connection, tables: Tables, number: int) -> list[MergedRecord]:
    """The records of a merge."""
    table = tables.forms.merged
    query = sa.select(table).where(table.c.merge == number).order_by(table.c.ledger, table.c.record)
    return [
        MergedRecord(row.ledger, row.record, row.kind, row.village, row.file, row.version)
        for row in conn.execute(query)
    ]


def last_of(conn: sa.Connection, tables: Tables, ledger: str, village: int) -> list[int]:
    """The records that stood in a village's last file of a ledger that was merged and not taken back."""
    table, merge = tables.forms.merged, tables.forms.merge
    theirs = (table.c.ledger == ledger, table.c.village == village)
    last = conn.execute(
        sa.select(sa.func.max(table.c.merge))
        .select_from(table.join(merge, merge.c.id == table.c.merge))
        .where(*theirs, merge.c.undone_at.is_(None))
    ).scalar()
    if last is None:
        return []
    query = sa.select(table.c.record).where(*theirs, table.c.merge == last).order_by(table.c.record)
    return list(conn.execute(query).scalars())


def mark_undone(conn: sa.Connection, tables: Tables, number: int, who: str) -> None:
    """Note that a merge was taken back."""
    table = tables.forms.merge
    stamp = columns.moment_text(datetime.now())
    conn.execute(sa.update(table).where(table.c.id == number).values(undone_at=stamp, undone_by=who))
