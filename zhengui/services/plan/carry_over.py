"""The end of a plan's year: what was reached of each item, why not where it wasn't, and what goes on next year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from zhengui.figures.plan_pace import Light
from zhengui.services.entry.record import Mistakes, check
from zhengui.services.plan.list_plan import DONE, LEDGER
from zhengui.services.plan.tell_plan import amount, gap
from zhengui.services.plan.track_plan import CARRIED, Tracked, track
from zhengui.services.township.reading import Reading, Writing, reads, writes
from zhengui.services.township.rights import Right
from zhengui.storage.problem import StorageProblem
from zhengui.storage.records import record as records
from zhengui.storage.writing import plan_outcomes
from zhengui.storage.writing.plan_outcomes import StoredOutcome
from zhengui.values.check import Mistake
from zhengui.values.value import Value

#: What an item that goes on has as its origin.
FROM_LAST_YEAR = "上年结转"
#: Fields that begin anew with the year.
_FRESH = ("status", "progress", "done_on")


@dataclass(frozen=True, slots=True)
class Review:
    """An item at the end of its year. `outcome` is what was settled, None while nobody has.

    `reached`: the goal was reached, or the office has entered the item as done. `words` tells goal and value.
    """

    item: Tracked
    reached: bool
    words: str
    outcome: StoredOutcome | None

    @property
    def settled(self) -> bool:
        """Whether nothing is left to be said about the item."""
        return self.reached or self.outcome is not None


@dataclass(frozen=True, slots=True)
class Settled:
    """What `settle` did, so that one call takes it back: the item's fields before, and the item that goes on.

    `new` is whether that item was entered for it; otherwise the next plan had it already.
    """

    item: int
    carried: int | None
    new: bool
    before: Mapping[str, Value]
    earlier: StoredOutcome | None


@reads
def review(reading: Reading, year: int) -> list[Review]:
    """All items of a year with what was reached by its end (or today), in the order of the document."""
    items = track(reading, year)
    outcomes = plan_outcomes.of_items(reading.conn, reading.tables, [item.id for item in items])
    return [Review(item, item.light is Light.DONE, _words(item), outcomes.get(item.id)) for item in items]


@reads
def unsettled(reading: Reading, year: int) -> list[Review]:
    """The items that were missed and about which nobody has said why."""
    return [each for each in review(reading, year) if not each.settled]


@writes(Right.WRITE)
def settle(
    writing: Writing,
    review: Review,
    reason: str = "",
    carry: bool = False,
    changes: Mapping[str, Value] | None = None,
) -> Settled:
    """Say what became of an item: why it was missed, and whether it goes on in the next year's plan.

    An item that goes on is entered in the next year with the same words, due on the same day, and linked (or only
    linked, where it is there already); `changes` are fields it has otherwise. Raises Mistakes where a missed item has no reason.
    """
    why = reason.strip()
    item = review.item
    if not review.reached and not why:
        raise Mistakes([Mistake("reason", "未完成原因", "没有完成的事项，请写明原因")])
    if review.outcome is not None and review.outcome.carried is not None:
        raise StorageProblem("这一项已经结转到下一年。要改，请先撤销结转。")
    before = records.fetch_one(writing.conn, writing.tables, LEDGER, item.id).values
    fields = _closing(writing, review, before, carry)
    wanted = _carried_values(before, changes or {}) if carry else None
    there = _there(writing, wanted)
    if wanted is not None and there is None:
        _refuse_mistakes(writing, wanted)
    who, carried = writing.operator, there
    if wanted is not None and carried is None:
        carried = records.insert(writing.conn, writing.tables, LEDGER, wanted, who)
    if fields:
        records.update(writing.conn, writing.tables, LEDGER, item.id, fields, who)
    plan_outcomes.settle(writing.conn, writing.tables, item.id, item.value, review.reached, why, carried, who)
    old = {key: before.get(key) for key in fields}
    return Settled(item.id, carried, wanted is not None and there is None, old, review.outcome)


@writes(Right.WRITE)
def take_back(writing: Writing, settled: Settled) -> None:
    """Undo `settle`: the item that would go on moves to the recycle bin."""
    who = writing.operator
    if settled.carried is not None and settled.new:
        records.delete(writing.conn, writing.tables, LEDGER, [settled.carried], who)
    records.update(writing.conn, writing.tables, LEDGER, settled.item, settled.before, who)
    plan_outcomes.unsettle(writing.conn, writing.tables, settled.item)
    if settled.earlier is not None:
        old = settled.earlier
        again = (old.item, old.value, old.reached, old.reason, old.carried, old.who, old.at)
        plan_outcomes.settle(writing.conn, writing.tables, *again)


@reads
def origin_chain(reading: Reading, item: int) -> list[tuple[int, int]]:
    """For an item that was carried over: (year, item) of each it goes on with, the latest year first."""
    chain: list[tuple[int, int]] = []
    while (earlier := plan_outcomes.origins(reading.conn, reading.tables, [item]).get(item)) is not None:
        found = records.fetch_one(reading.conn, reading.tables, LEDGER, earlier)
        chain.append((int(found.values["plan_year"]), earlier))
        item = earlier
    return chain


def next_due(due: date, year: int) -> date:
    """The same day in another year."""
    day = 28 if (due.month, due.day) == (2, 29) else due.day
    return date(year, due.month, day)


def _carried_values(before: Mapping[str, Any], changes: Mapping[str, Value]) -> dict[str, Value]:
    """The item as it goes on in the next year."""
    year = int(before["plan_year"]) + 1
    kept = {key: value for key, value in before.items() if value is not None and key not in _FRESH}
    new = {"plan_year": year, "due_on": next_due(before["due_on"], year), "status": "未开始"}
    return {**kept, **new, "origin": FROM_LAST_YEAR, **changes}


def _there(reading: Reading, wanted: Mapping[str, Value] | None) -> int | None:
    """The item that the next plan has already in these words."""
    if wanted is None:
        return None
    same = {key: wanted[key] for key in ("plan_year", "part", "wording")}
    return records.duplicate(reading.conn, reading.tables, LEDGER, same)


def _refuse_mistakes(reading: Reading, values: Mapping[str, Value]) -> None:
    errors = [found for found in check(reading, LEDGER, values) if found.severity == "error"]
    if errors:
        raise Mistakes(errors)


def _closing(reading: Reading, review: Review, before: Mapping[str, Any], carry: bool) -> dict[str, Any]:
    """The fields that change with the item's end."""
    if carry and not review.reached:
        return {"status": CARRIED}
    if review.reached and before.get("status") != DONE:
        last_day = min(reading.today, date(int(before["plan_year"]), 12, 31))
        return {"status": DONE, "done_on": before.get("done_on") or last_day}
    return {}


def _words(item: Tracked) -> str:
    """What was reached of an item, beside what was asked."""
    goal, value = item.goal, item.value
    if goal is None or goal.value is None:
        return "已完成" if item.light is Light.DONE else "没有完成"
    asked = f"{goal.operator} {amount(goal.target, goal.unit if goal.target == goal.value else '%')}"
    if value is None:
        return f"{asked}，完成数未知" if item.light is not Light.DONE else f"{asked}，已登记完成"
    missing = item.standing.missing if item.standing is not None else Decimal(0)
    short = f"，差 {gap(missing, goal.unit)}" if missing > 0 else ""
    more = f"，超出 {gap(-missing, goal.unit)}" if missing < 0 else ""
    return f"{asked}，实际 {amount(value, goal.unit)}{short}{more}"
