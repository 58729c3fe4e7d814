"""Versions of a document that were kept, and the sources given for numbers that were typed by hand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from zhengui.storage.schema import columns
from zhengui.storage.schema.tables import Tables
from zhengui.storage.writing.documents import Part, edits_of, parts_of

_KEPT = ("id", "key", "kind", "level", "title", "text", "on", "position", "switch", "variants", "rethink")


@dataclass(frozen=True, slots=True)
class Version:
    """A kept version; `parts` are as they were then."""

    document: int
    number: int
    at: datetime
    who: str
    note: str
    parts: tuple[Part, ...]


def keep(
    conn: sa.Connection, tables: Tables, document: int, who: str, note: str = "", at: datetime | None = None
) -> int | None:
    """Keep the document as it is now; the number of the version, or None where nothing changed since the last."""
    table = tables.documents.version
    newest = next(iter(edits_of(conn, tables, document, 1)), None)
    last_edit = newest.id if newest else 0
    last = conn.execute(
        sa.select(table.c.number, table.c.last_edit)
        .where(table.c.document == document)
        .order_by(table.c.number.desc())
        .limit(1)
    ).first()
    if last is not None and last.last_edit == last_edit and not note:
        return None
    number = last.number + 1 if last is not None else 1
    content = [{name: getattr(part, name) for name in _KEPT} for part in parts_of(conn, tables, document)]
    conn.execute(
        sa.insert(table).values(
            document=document,
            number=number,
            at=columns.moment_text(at or datetime.now()),
            who=who,
            note=note,
            last_edit=last_edit,
            content=json.dumps(content, ensure_ascii=False),
        )
    )
    return number


def last_kept(conn: sa.Connection, tables: Tables, document: int) -> datetime | None:
    """When a version was last kept."""
    table = tables.documents.version
    found = conn.execute(sa.select(sa.func.max(table.c.at)).where(table.c.document == document)).scalar()
    return columns.moment_of(found) if found else None


def versions_of(conn: sa.Connection, tables: Tables, document: int) -> list[Version]:
    """The kept versions, the newest first."""
    table = tables.documents.version
    query = sa.select(table).where(table.c.document == document).order_by(table.c.number.desc())
    return [
        Version(
            row.document,
            row.number,
            columns.moment_of(row.at),
            row.who,
            row.note,
            tuple(Part(**part) for part in json.loads(row.content)),
        )
        for row in conn.execute(query)
    ]


def give_source(
    conn: sa.Connection, tables: Tables, document: int, part: int, number: str, note: str, who: str
) -> None:
    """Note where a number typed by hand comes from; an empty note takes it back."""
    table = tables.documents.source
    where = (table.c.document == document, table.c.part == part, table.c.number == number)
    conn.execute(sa.delete(table).where(*where))
    if note:
        stamp = columns.moment_text(datetime.now())
        values = {"document": document, "part": part, "number": number, "note": note, "at": stamp, "who": who}
        conn.execute(sa.insert(table).values(**values))


def sources_of(conn: sa.Connection, tables: Tables, documents: Sequence[int]) -> dict[tuple[int, str], str]:
    """The sources given in some documents, by part and number."""
    table = tables.documents.source
    query = sa.select(table).where(table.c.document.in_(documents))
    return {(row.part, row.number): row.note for row in conn.execute(query)}
