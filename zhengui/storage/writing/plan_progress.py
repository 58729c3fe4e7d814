"""What was reported of plan items: added, corrected and taken back, with nothing ever lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa

from zhengui.storage.problem import StorageProblem
from zhengui.storage.schema import columns
from zhengui.storage.schema.tables import Tables


@dataclass(frozen=True, slots=True)
class Report:
    """What had been reached of an item by a day, altogether: of a village, or (None) of the township.

    `value` may be missing where only words tell. `replaces` is the report that this one corrects.
    """

    id: int
    item: int
    day: date
    who: str
    words: str
    value: Decimal | None
    village: int | None
    at: datetime
    entered_by: str
    replaces: int | None = None
    removed_at: datetime | None = None
    removed_by: str | None = None


def add(
    conn: sa.Connection,
    tables: Tables,
    item: int,
    day: date,
    who: str,
    words: str,
    value: Decimal | None,
    village: int | None,
    entered_by: str,
    replaces: int | None = None,
    at: datetime | None = None,
) -> int:
    """Write a report down and return its id; the one it `replaces` no longer counts."""
    moment = at or datetime.now()
    if replaces is not None:
        remove(conn, tables, replaces, entered_by, moment)
    values = {
        "item": item,
        "day": columns.day_number(day),
        "who": who,
        "words": words,
        "value": None if value is None else f"{value:f}",
        "village": village,
        "at": columns.moment_text(moment),
        "entered_by": entered_by,
        "replaces": replaces,
    }
    done = conn.execute(sa.insert(tables.plan.progress).values(**values))
    return int(done.inserted_primary_key[0])  # type: ignore[index]


def remove(conn: sa.Connection, tables: Tables, report: int, who: str, at: datetime | None = None) -> None:
    """Let a report count no longer; StorageProblem where it has gone already."""
    table = tables.plan.progress
    gone = {"removed_at": columns.moment_text(at or datetime.now()), "removed_by": who}
    live = (table.c.id == report, table.c.removed_at.is_(None))
    if not conn.execute(sa.update(table).where(*live).values(**gone)).rowcount:
        raise StorageProblem("这条进展已被更正或撤销。请重新打开这一项再看。")


def bring_back(conn: sa.Connection, tables: Tables, report: int) -> None:
    """Let a removed report count again."""
    table = tables.plan.progress
    conn.execute(sa.update(table).where(table.c.id == report).values(removed_at=None, removed_by=None))


def of_items(
    conn: sa.Connection, tables: Tables, items: Iterable[int], until: date | None = None
) -> dict[int, list[Report]]:
    """The reports that count, by item, in the order of their days."""
    table = tables.plan.progress
    query = sa.select(table).where(table.c.item.in_(list(items)), table.c.removed_at.is_(None))
    if until is not None:
        query = query.where(table.c.day <= columns.day_number(until))
    found: dict[int, list[Report]] = {}
    for row in conn.execute(query.order_by(table.c.day, table.c.id)).mappings():
        found.setdefault(row["item"], []).append(_report(row))
    return found


def history(conn: sa.Connection, tables: Tables, item: int) -> list[Report]:
    """Every report of an item, the corrected and removed ones too, the latest entered first."""
    table = tables.plan.progress
    query = sa.select(table).where(table.c.item == item).order_by(table.c.id.desc())
    return [_report(row) for row in conn.execute(query).mappings()]


def _report(row: sa.RowMapping) -> Report:
    return Report(
        row["id"],
        row["item"],
        columns.day_of(row["day"]),
        row["who"],
        row["words"],
        None if row["value"] is None else Decimal(row["value"]),
        row["village"],
        columns.moment_of(row["at"]),
        row["entered_by"],
        row["replaces"],
        columns.moment_of(row["removed_at"]) if row["removed_at"] else None,
        row["removed_by"],
    )
