"""Personal data that left the program unmasked: noted when it happens, and kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from zhengui.storage.records import log
from zhengui.storage.schema import columns
from zhengui.storage.schema.tables import Tables


@dataclass(frozen=True, slots=True)
class HandedOut:
    """One export: of what, which fields stood in it unmasked, how many records, into which file, when, by whom."""

    id: int
    what: str
    fields: str
    count: int
    file: str
    at: datetime
    who: str


def note(
    conn: sa.Connection, tables: Tables, what: str, fields: Sequence[str], count: int, file: str, who: str
) -> int:
    """Note an export and return its number."""
    log.note(conn, "export", field=what, count=count, whole=True)
    done = conn.execute(
        sa.insert(tables.forms.handed_out).values(
            what=what,
            fields="、".join(fields),
            count=count,
            file=file,
            at=columns.moment_text(datetime.now()),
            who=who,
        )
    )
    return int(done.inserted_primary_key[0])  # type: ignore[index]


def noted(conn: sa.Connection, tables: Tables) -> list[HandedOut]:
    """Everything that was noted, the newest first."""
    table = tables.forms.handed_out
    return [
        HandedOut(
            row.id, row.what, row.fields, row._mapping["count"], row.file, columns.moment_of(row.at), row.who
        )
        for row in conn.execute(sa.select(table).order_by(table.c.id.desc()))
    ]
