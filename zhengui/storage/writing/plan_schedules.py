"""How plan items were shared out among villages and days; the latest schedule of an item holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa

from zhengui.storage.schema import columns
from zhengui.storage.schema.tables import Tables

#: The village of a share that is the whole township's.
TOWNSHIP = 0


@dataclass(frozen=True, slots=True)
class StoredShare:
    """A village's part: its weight, its goal, what was done before the start, and an amount for each step's last day."""

    village: int
    weight: Decimal
    goal: Decimal
    done: Decimal
    steps: tuple[tuple[date, Decimal], ...]


@dataclass(frozen=True, slots=True)
class StoredSchedule:
    """A schedule; `step` is month or week, `by` says what the weights were."""

    id: int
    item: int
    start: date
    due: date
    step: str
    by: str
    unit: str
    shares: tuple[StoredShare, ...]
    at: datetime
    who: str


def add(
    conn: sa.Connection,
    tables: Tables,
    item: int,
    start: date,
    due: date,
    step: str,
    by: str,
    unit: str,
    shares: Sequence[StoredShare],
    who: str,
    at: datetime | None = None,
) -> int:
    """Store a schedule, which from now on is the item's; returns its id."""
    plan = tables.plan
    head = {
        "item": item,
        "start": columns.day_number(start),
        "due": columns.day_number(due),
        "step": step,
        "by": by,
        "unit": unit,
        "at": columns.moment_text(at or datetime.now()),
        "who": who,
    }
    done = conn.execute(sa.insert(plan.schedule).values(**head))
    schedule = int(done.inserted_primary_key[0])  # type: ignore[index]
    rows = [
        {
            "schedule": schedule,
            "village": share.village,
            "weight": str(share.weight),
            "goal": f"{share.goal:f}",
            "done": f"{share.done:f}",
        }
        for share in shares
    ]
    steps = [
        {
            "schedule": schedule,
            "village": share.village,
            "day": columns.day_number(day),
            "amount": f"{amount:f}",
        }
        for share in shares
        for day, amount in share.steps
    ]
    if rows:
        conn.execute(sa.insert(plan.share), rows)
    if steps:
        conn.execute(sa.insert(plan.step), steps)
    return schedule


def latest(conn: sa.Connection, tables: Tables, items: Iterable[int]) -> dict[int, StoredSchedule]:
    """The schedules that hold, by item; items that were never shared out are absent."""
    plan = tables.plan
    last = (
        sa.select(sa.func.max(plan.schedule.c.id))
        .where(plan.schedule.c.item.in_(list(items)))
        .group_by(plan.schedule.c.item)
    )
    heads = conn.execute(sa.select(plan.schedule).where(plan.schedule.c.id.in_(last))).mappings().all()
    ids = [head["id"] for head in heads]
    steps: dict[tuple[int, int], list[tuple[date, Decimal]]] = {}
    chosen = sa.select(plan.step).where(plan.step.c.schedule.in_(ids)).order_by(plan.step.c.day)
    for row in conn.execute(chosen):
        place = steps.setdefault((row.schedule, row.village), [])
        place.append((columns.day_of(row.day), Decimal(row.amount)))
    shares: dict[int, list[StoredShare]] = {}
    for row in conn.execute(sa.select(plan.share).where(plan.share.c.schedule.in_(ids))):
        own = tuple(steps.get((row.schedule, row.village), ()))
        share = StoredShare(row.village, Decimal(row.weight), Decimal(row.goal), Decimal(row.done), own)
        shares.setdefault(row.schedule, []).append(share)
    return {
        head["item"]: StoredSchedule(
            head["id"],
            head["item"],
            columns.day_of(head["start"]),
            columns.day_of(head["due"]),
            head["step"],
            head["by"],
            head["unit"],
            tuple(shares.get(head["id"], ())),
            columns.moment_of(head["at"]),
            head["who"],
        )
        for head in heads
    }


def remove(conn: sa.Connection, tables: Tables, schedule: int) -> None:
    """Take a schedule back, so that the one before it holds again."""
    plan = tables.plan
    for table in (plan.step, plan.share):
        conn.execute(sa.delete(table).where(table.c.schedule == schedule))
    conn.execute(sa.delete(plan.schedule).where(plan.schedule.c.id == schedule))
