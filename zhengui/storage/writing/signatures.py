"""Signatures of departments under drafts, and those that an issue keeps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from zhengui.storage.schema import columns
from zhengui.storage.schema.tables import Tables


@dataclass(frozen=True, slots=True)
class StoredSignature:
    """A department's signature: who, when, and what was signed, as text."""

    department: str
    who: str
    at: datetime
    pieces: str


def sign(conn: sa.Connection, tables: Tables, document: int, department: str, who: str, pieces: str) -> None:
    """Add a signature; the last one of a department holds."""
    values = {
        "document": document,
        "department": department,
        "who": who,
        "at": columns.moment_text(datetime.now()),
        "pieces": pieces,
    }
    conn.execute(sa.insert(tables.watch.signature).values(**values))


def take_back(conn: sa.Connection, tables: Tables, document: int, department: str) -> None:
    """Forget what a department signed of a document."""
    table = tables.watch.signature
    conn.execute(sa.delete(table).where(table.c.document == document, table.c.department == department))


def of_document(conn: sa.Connection, tables: Tables, document: int) -> dict[str, StoredSignature]:
    """The last signature of each department under a document."""
    table = tables.watch.signature
    query = sa.select(table).where(table.c.document == document).order_by(table.c.id)
    return {
        row.department: StoredSignature(row.department, row.who, columns.moment_of(row.at), row.pieces)
        for row in conn.execute(query)
    }


def keep_in_issue(
    conn: sa.Connection, tables: Tables, issue: int, found: list[tuple[str, str, datetime]]
) -> None:
    """Keep with an issue who had signed it: (department, who, when)."""
    table = tables.watch.issue_signature
    for department, who, at in found:
        values = {"issue": issue, "department": department, "who": who, "at": columns.moment_text(at)}
        conn.execute(sa.insert(table).values(**values))


def of_issue(conn: sa.Connection, tables: Tables, issue: int) -> list[tuple[str, str, datetime]]:
    """Who had signed an issue, as (department, who, when)."""
    table = tables.watch.issue_signature
    query = sa.select(table).where(table.c.issue == issue).order_by(table.c.at, table.c.department)
    return [(row.department, row.who, columns.moment_of(row.at)) for row in conn.execute(query)]
