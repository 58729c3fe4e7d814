"""Draws for spot checks with what they were drawn from, and what was found of each item."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from zhengui.storage.records import links
from zhengui.storage.schema import columns
from zhengui.storage.schema.tables import Tables
from zhengui.values.spot_draw import DrawRefused

#: Under this name the photos of a result are linked, so that tidying up leaves them alone.
LINKED_AS = "spot_drawn"


@dataclass(frozen=True, slots=True)
class Drawn:
    """An item that was drawn; `passed` is None until it was checked."""

    record: int
    village: int
    passed: bool | None
    checked_on: date | None
    checker: int | None
    words: str
    photos: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class KeptDraw:
    """A draw: `pool` is what was drawn from by village, `size` as it was asked for (10, or 5%)."""

    id: int
    ledger: str
    month: int
    day: date
    seed: int
    size: str
    again: bool
    pool: Mapping[int, tuple[int, ...]]
    items: tuple[Drawn, ...]
    at: datetime
    who: str


def add(
    conn: sa.Connection,
    tables: Tables,
    ledger: str,
    day: date,
    seed: int,
    size: str,
    again: bool,
    pool: Mapping[int, Sequence[int]],
    drawn: Mapping[int, Sequence[int]],
    who: str,
    at: datetime | None = None,
) -> int:
    """Keep a draw; returns its id."""
    values = {
        "ledger": ledger,
        "month": day.year * 100 + day.month,
        "day": columns.day_number(day),
        "seed": seed,
        "size": size,
        "again": int(again),
        "pool": json.dumps({str(village): sorted(items) for village, items in sorted(pool.items())}),
        "at": columns.moment_text(at or datetime.now()),
        "who": who,
    }
    done = conn.execute(sa.insert(tables.loop.draw).values(**values))
    id = int(done.inserted_primary_key[0])  # type: ignore[index]
    rows = [
        {"draw": id, "record": record, "village": village}
        for village, items in drawn.items()
        for record in items
    ]
    conn.execute(sa.insert(tables.loop.drawn), rows)
    return id


def note(
    conn: sa.Connection,
    tables: Tables,
    draw: int,
    record: int,
    passed: bool,
    day: date,
    checker: int | None,
    words: str,
    photos: Sequence[int],
    who: str,
    at: datetime | None = None,
) -> None:
    """Note what was found of an item, once; DrawRefused where it wasn't drawn or was noted before."""
    table = tables.loop.drawn
    values = {
        "passed": int(passed),
        "checked_on": columns.day_number(day),
        "checker": checker,
        "words": words,
        "photos": json.dumps(list(photos)),
        "at": columns.moment_text(at or datetime.now()),
        "who": who,
    }
    wanted = (table.c.draw == draw, table.c.record == record, table.c.passed.is_(None))
    if not conn.execute(sa.update(table).where(*wanted).values(**values)).rowcount:
        raise DrawRefused("这一项没有被抽中，或者已经登记过抽查结果。请刷新后再看。")
    links.replace(conn, LINKED_AS, draw * 1_000_000 + record, "photos", photos)


def all_of(conn: sa.Connection, tables: Tables, ledger: str = "", id: int | None = None) -> list[KeptDraw]:
    """The draws of a ledger, or all, or one of them, the latest first."""
    table, drawn = tables.loop.draw, tables.loop.drawn
    query = sa.select(table).order_by(table.c.id.desc())
    if ledger:
        query = query.where(table.c.ledger == ledger)
    if id is not None:
        query = query.where(table.c.id == id)
    heads = conn.execute(query).mappings().all()
    rows: dict[int, list[Drawn]] = {}
    ids = [head["id"] for head in heads]
    of_items = sa.select(drawn).where(drawn.c.draw.in_(ids)).order_by(drawn.c.village, drawn.c.record)
    for row in conn.execute(of_items).mappings():
        rows.setdefault(row["draw"], []).append(_drawn(row))
    return [_kept(head, rows.get(head["id"], [])) for head in heads]


def _drawn(row: sa.RowMapping) -> Drawn:
    return Drawn(
        row["record"],
        row["village"],
        None if row["passed"] is None else bool(row["passed"]),
        None if row["checked_on"] is None else columns.day_of(row["checked_on"]),
        row["checker"],
        row["words"],
        tuple(json.loads(row["photos"])),
    )


def _kept(row: sa.RowMapping, items: Sequence[Drawn]) -> KeptDraw:
    return KeptDraw(
        row["id"],
        row["ledger"],
        row["month"],
        columns.day_of(row["day"]),
        row["seed"],
        row["size"],
        bool(row["again"]),
        {int(village): tuple(found) for village, found in json.loads(row["pool"]).items()},
        tuple(items),
        columns.moment_of(row["at"]),
        row["who"],
    )
