"""What became of plan items when their year was over, and of the proposals for the next one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

import sqlalchemy as sa

from zhengui.storage.schema import columns
from zhengui.storage.schema.sql_types import Query
from zhengui.storage.schema.tables import Tables
from zhengui.values.value import Value


@dataclass(frozen=True, slots=True)
class StoredOutcome:
    """An item when it was settled: the value reached, whether that was enough, why not, and what goes on with it."""

    item: int
    value: Decimal | None
    reached: bool
    reason: str
    carried: int | None
    at: datetime
    who: str


def settle(
    conn: sa.Connection,
    tables: Tables,
    item: int,
    value: Decimal | None,
    reached: bool,
    reason: str,
    carried: int | None,
    who: str,
    at: datetime | None = None,
) -> None:
    """Write down what became of an item; what was written before is replaced."""
    table = tables.documents.outcome
    values: dict[str, Value] = {
        "item": item,
        "value": None if value is None else f"{value:f}",
        "reached": int(reached),
        "reason": reason,
        "carried": carried,
        "at": columns.moment_text(at or datetime.now()),
        "who": who,
    }
    unsettle(conn, tables, item)
    conn.execute(sa.insert(table).values(**values))


def unsettle(conn: sa.Connection, tables: Tables, item: int) -> None:
    """Forget what became of an item."""
    table = tables.documents.outcome
    conn.execute(sa.delete(table).where(table.c.item == item))


def of_items(conn: sa.Connection, tables: Tables, items: Iterable[int]) -> dict[int, StoredOutcome]:
    """The outcomes of those items that are settled; one that went on in an item since deleted goes on no longer."""
    table, gone = tables.documents.outcome, tables.ledger("plan_item").alias()
    found = _outcomes(conn, sa.select(table).where(table.c.item.in_(list(items))))
    carried = [outcome.carried for outcome in found.values() if outcome.carried is not None]
    deleted = sa.select(gone.c.id).where(gone.c.id.in_(carried), gone.c.deleted_at.is_not(None))
    lost = set(conn.execute(deleted).scalars())
    return {
        item: replace(outcome, carried=None) if outcome.carried in lost else outcome
        for item, outcome in found.items()
    }


def origins(conn: sa.Connection, tables: Tables, items: Iterable[int]) -> dict[int, int]:
    """For items that go on with an item of the year before: which one."""
    table = tables.documents.outcome
    found = _outcomes(conn, sa.select(table).where(table.c.carried.in_(list(items))))
    return {outcome.carried: item for item, outcome in found.items() if outcome.carried is not None}


def note_proposal(
    conn: sa.Connection, tables: Tables, year: int, key: str, item: int | None, who: str
) -> None:
    """Note that a proposal was taken over as an item, or (None) set aside."""
    forget_proposal(conn, tables, year, key)
    values = {"item": item, "at": columns.moment_text(datetime.now()), "who": who}
    conn.execute(sa.insert(tables.plan.proposal).values(year=year, key=key, **values))


def forget_proposal(conn: sa.Connection, tables: Tables, year: int, key: str) -> None:
    """Let a proposal be made again."""
    table = tables.plan.proposal
    conn.execute(sa.delete(table).where(table.c.year == year, table.c.key == key))


def noted_proposals(conn: sa.Connection, tables: Tables, year: int) -> dict[str, int | None]:
    """The proposals of a year that were taken over (the item) or set aside (None).

    One whose item went to the recycle bin since is open again.
    """
    table, items = tables.plan.proposal, tables.ledger("plan_item")
    joined = table.outerjoin(items, items.c.id == table.c.item)
    query = (
        sa.select(table.c.key, table.c.item)
        .select_from(joined)
        .where(table.c.year == year, items.c.deleted_at.is_(None))
    )
    return {row.key: row.item for row in conn.execute(query)}


def _outcomes(conn: sa.Connection, query: Query) -> dict[int, StoredOutcome]:
    return {
        row.item: StoredOutcome(
            row.item,
            None if row.value is None else Decimal(row.value),
            bool(row.reached),
            row.reason,
            row.carried,
            columns.moment_of(row.at),
            row.who,
        )
        for row in conn.execute(query)
    }
