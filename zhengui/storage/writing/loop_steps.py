"""The steps of closed loops as they are kept: added, never changed and never taken out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from zhengui.storage.query.references import among
from zhengui.storage.schema import columns
from zhengui.storage.schema.tables import Tables
from zhengui.values.loop_steps import Deed, Standing, Step
from zhengui.values.value import Value

_DAYS = ("listed_on", "assigned_on", "due_on", "rectified_on", "verified_on", "closed_on")
_PLAIN = ("department", "responsible", "measure_taken", "verifier")


@dataclass(frozen=True, slots=True)
class KeptStep:
    """A step as it was written down: who wrote it when, its evidence, and where the item stood after it."""

    id: int
    ledger: str
    record: int
    step: Step
    after: Standing
    evidence: tuple[int, ...]
    at: datetime
    who: str


def add(
    conn: sa.Connection,
    tables: Tables,
    ledger: str,
    record: int,
    step: Step,
    after: Standing,
    who: str,
    evidence: Sequence[int] = (),
    at: datetime | None = None,
) -> None:
    """Write a step down."""
    values: dict[str, Value] = {
        "ledger": ledger,
        "record": record,
        "deed": str(step.deed),
        "day": columns.day_number(step.day),
        "words": step.words,
        "person": step.person,
        "given_to": step.department,
        "due": None if step.due is None else columns.day_number(step.due),
        "fraud": int(step.fraud),
        "evidence": json.dumps(list(evidence)),
        "at": columns.moment_text(at or datetime.now()),
        "who": who,
    }
    for key in _DAYS:
        day = getattr(after, key)
        values[key] = None if day is None else columns.day_number(day)
    values |= {key: getattr(after, key) for key in _PLAIN}
    conn.execute(sa.insert(tables.loop.step).values(**values))


def of_records(
    conn: sa.Connection, tables: Tables, ledger: str, records: Iterable[int]
) -> dict[int, list[KeptStep]]:
    """The steps of each record in their order; a record without any is left out."""
    table = tables.loop.step
    query = sa.select(table).where(table.c.ledger == ledger, table.c.record.in_(among(list(records))))
    found: dict[int, list[KeptStep]] = {}
    for row in conn.execute(query.order_by(table.c.id)).mappings():
        found.setdefault(row["record"], []).append(_kept(row))
    return found


def between(
    conn: sa.Connection, tables: Tables, first: date, last: date, deeds: Iterable[Deed] = ()
) -> list[KeptStep]:
    """The steps of all ledgers from one day to another, of these deeds or all."""
    table = tables.loop.step
    wanted = [table.c.day >= columns.day_number(first), table.c.day <= columns.day_number(last)]
    chosen = [str(deed) for deed in deeds]
    if chosen:
        wanted.append(table.c.deed.in_(chosen))
    query = sa.select(table).where(*wanted).order_by(table.c.id)
    return [_kept(row) for row in conn.execute(query).mappings()]


def _kept(row: sa.RowMapping) -> KeptStep:
    values: dict[str, Any] = {key: None if row[key] is None else columns.day_of(row[key]) for key in _DAYS}
    after = Standing(**values, **{key: row[key] for key in _PLAIN})
    deed = Deed(row["deed"])
    step = Step(
        deed,
        columns.day_of(row["day"]),
        row["words"],
        row["person"],
        row["given_to"],
        None if row["due"] is None else columns.day_of(row["due"]),
        fraud=bool(row["fraud"]),
        entered=after if deed is Deed.ENTER else None,
    )
    evidence = tuple(json.loads(row["evidence"]))
    return KeptStep(
        row["id"],
        row["ledger"],
        row["record"],
        step,
        after,
        evidence,
        columns.moment_of(row["at"]),
        row["who"],
    )
