"""What somebody had typed but not saved, kept so that a crash doesn't lose it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from zhengui.storage.schema import columns
from zhengui.storage.schema.tables import Tables
from zhengui.values.clean import seen_within

#: Stands for a record that was never saved.
NEW = 0


@dataclass(frozen=True, slots=True)
class Draft:
    """Typed texts by field key for a record (None: a new one), which needn't be complete or right."""

    ledger: str
    record: int | None
    who: str
    at: datetime
    texts: Mapping[str, object] = field(hash=False)


def keep(
    conn: sa.Connection,
    tables: Tables,
    ledger: str,
    record: int | None,
    texts: Mapping[str, object],
    who: str,
) -> None:
    """Keep what `who` has typed for a record; it replaces their earlier draft of it."""
    conn.exec_driver_sql(
        f"INSERT OR REPLACE INTO {tables.draft.name} (ledger, record, who, at, texts) VALUES (?, ?, ?, ?, ?)",
        (
            ledger,
            record or NEW,
            who,
            columns.moment_text(datetime.now()),
            json.dumps(seen_within(texts), ensure_ascii=False),
        ),
    )


def find(conn: sa.Connection, tables: Tables, ledger: str, record: int | None, who: str) -> Draft | None:
    """The draft that `who` left of a record, or None."""
    table = tables.draft
    row = conn.execute(
        sa.select(table).where(
            table.c.ledger == ledger, table.c.record == (record or NEW), table.c.who == who
        )
    ).first()
    return _draft(row) if row else None


def left_by(conn: sa.Connection, tables: Tables, who: str) -> list[Draft]:
    """All drafts of `who`, newest first."""
    table = tables.draft
    query = sa.select(table).where(table.c.who == who).order_by(table.c.at.desc(), table.c.ledger)
    return [_draft(row) for row in conn.execute(query)]


def drop(conn: sa.Connection, tables: Tables, ledger: str, record: int | None, who: str) -> None:
    """Forget a draft, after it was saved or given up."""
    table = tables.draft
    conn.execute(
        sa.delete(table).where(
            table.c.ledger == ledger, table.c.record == (record or NEW), table.c.who == who
        )
    )


def _draft(row: sa.Row[*tuple[object, ...]]) -> Draft:
    return Draft(row.ledger, row.record or None, row.who, columns.moment_of(row.at), json.loads(row.texts))
