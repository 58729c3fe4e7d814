"""The sheets of closed loops as they were printed, each with a number that runs through the year."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from zhengui.storage.records import attachments, links
from zhengui.storage.schema import columns
from zhengui.storage.schema.tables import Tables

#: Under this name the pages of a sheet are linked, so that tidying up leaves them alone.
LINKED_AS = "loop_sheet"


@dataclass(frozen=True, slots=True)
class KeptSheet:
    """A printed sheet: its kind, number, title, day, the items it tells of, and where its pages are."""

    id: int
    kind: str
    year: int
    number: int
    day: date
    title: str
    items: tuple[tuple[str, int], ...]
    attachment: int
    at: datetime
    who: str


def next_number(conn: sa.Connection, tables: Tables, kind: str, year: int) -> int:
    """The number after the last one of this kind in a year."""
    table = tables.loop.sheet
    query = sa.select(sa.func.max(table.c.number)).where(table.c.kind == kind, table.c.year == year)
    return int(conn.execute(query).scalar() or 0) + 1


def add(
    conn: sa.Connection,
    tables: Tables,
    kind: str,
    number: int,
    day: date,
    title: str,
    items: Sequence[tuple[str, int]],
    pdf: bytes,
    who: str,
) -> int:
    """Keep a sheet with its pages; returns its id."""
    prepared = attachments.prepare(f"{title}.pdf", pdf)
    attachment = attachments.add(conn, tables, prepared, who)
    values = {
        "kind": kind,
        "year": day.year,
        "number": number,
        "day": columns.day_number(day),
        "title": title,
        "items": json.dumps([list(item) for item in items]),
        "attachment": attachment,
        "at": columns.moment_text(datetime.now()),
        "who": who,
    }
    done = conn.execute(sa.insert(tables.loop.sheet).values(**values))
    id = int(done.inserted_primary_key[0])  # type: ignore[index]
    links.replace(conn, LINKED_AS, id, "pages", [attachment])
    return id


def all_of(conn: sa.Connection, tables: Tables, year: int | None = None) -> list[KeptSheet]:
    """The sheets of a year, or all, the latest first."""
    table = tables.loop.sheet
    query = sa.select(table).order_by(table.c.id.desc())
    if year is not None:
        query = query.where(table.c.year == year)
    return [_kept(row) for row in conn.execute(query).mappings()]


def _kept(row: sa.RowMapping) -> KeptSheet:
    return KeptSheet(
        row["id"],
        row["kind"],
        row["year"],
        row["number"],
        columns.day_of(row["day"]),
        row["title"],
        tuple((ledger, record) for ledger, record in json.loads(row["items"])),
        row["attachment"],
        columns.moment_of(row["at"]),
        row["who"],
    )
