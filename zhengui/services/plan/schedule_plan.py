"""Work back from a plan item's due date: what each village does by each month or week, and who is behind today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from functools import partial

from zhengui.figures.plan_pace import Aim, Light
from zhengui.figures.plan_shares import MONTH, WEEK, due_by, quantum, share_out, spread, steps
from zhengui.figures.working_days import WorkCalendar
from zhengui.services.plan.list_plan import LEDGER
from zhengui.services.plan.share_ways import (
    LEVEL,
    PERCENT,
    RATE,
    goals_of,
    heads_unit,
    levels_of,
    same_level,
    same_rate,
    weights_of,
)
from zhengui.services.plan.track_plan import Tracked
from zhengui.services.plan.village_values import VillageValue, counting_unit, values_by_village
from zhengui.services.township.overview import VillageChoice, villages
from zhengui.services.township.reading import Reading, Writing, reads, writes
from zhengui.services.township.rights import Right
from zhengui.services.township.work_calendar import calendar_of
from zhengui.storage.problem import StorageProblem
from zhengui.storage.records import record as records
from zhengui.storage.writing import plan_progress, plan_schedules
from zhengui.storage.writing.plan_schedules import StoredSchedule, StoredShare

__all__ = ["MONTH", "WEEK", "Schedule", "VillagePart", "behind", "current", "draft", "keep", "reallocate"]

#: A village is near, not behind, with this share of what is due.
_NEARLY = Decimal("0.9")
_ZERO, _ONE, _HUNDRED = Decimal(0), Decimal(1), Decimal(100)


@dataclass(frozen=True, slots=True)
class VillagePart:
    """A village's part: what it is to do altogether, has done, and should have done by today.

    `weight` is its head count where all get the same rate. `behind` is how many working days it lags, `daily` what each
    working day from now on takes, None where none is left or nothing is to be done.
    """

    village: VillageChoice
    weight: Decimal
    goal: Decimal
    before: Decimal
    done: Decimal
    due: Decimal
    steps: tuple[tuple[date, Decimal], ...]
    behind: int = 0
    daily: Decimal | None = None

    @property
    def light(self) -> Light:
        """How the village stands."""
        if self.done >= self.goal:
            return Light.DONE
        if self.done >= self.due:
            return Light.ON_TIME
        return Light.NEAR if self.done >= self.due * _NEARLY else Light.BEHIND

    @property
    def missing(self) -> Decimal:
        """How much less the village has done than it should have by today."""
        return max(_ZERO, self.due - self.done)


@dataclass(frozen=True, slots=True)
class Schedule:
    """An item shared out; `id` is 0 until it is kept. Work counts from the day after `start`.

    `heads` is the unit of the head counts where all get the same rate.
    """

    id: int
    item: int
    start: date
    due: date
    step: str
    by: str
    unit: str
    parts: tuple[VillagePart, ...]
    heads: str = "人"

    @property
    def of_rate(self) -> bool:
        """Whether each village has the same rate to reach, instead of a part of an amount."""
        return self.by in (RATE, LEVEL)

    @property
    def of_level(self) -> bool:
        """Whether the rate is a level that is to be held all the time, so that there are no steps."""
        return self.by == LEVEL

    @property
    def goal(self) -> Decimal:
        """What all villages do together; of a rate, the rate."""
        return self._together([(part.weight, part.goal) for part in self.parts])

    @property
    def done(self) -> Decimal:
        """What all villages have done; of a rate, that of all their people."""
        return self._together([(part.weight, part.done) for part in self.parts])

    def _together(self, values: Sequence[tuple[Decimal, Decimal]]) -> Decimal:
        if not self.of_rate:
            return sum((value for _weight, value in values), _ZERO)
        whole = sum((weight for weight, _value in values), _ZERO)
        return sum((weight * value for weight, value in values), _ZERO) / whole if whole else _ZERO


def can_share(item: Tracked) -> bool:
    """Whether an item can be shared out: it has a goal that is worked towards, an amount, a rate or a level."""
    goal = item.goal
    return goal is not None and goal.value is not None and goal.aim is not Aim.AT_MOST


@reads
def draft(
    reading: Reading,
    item: Tracked,
    by: str = "population",
    step: str = MONTH,
    own: Mapping[int, Decimal] | None = None,
    start: date | None = None,
) -> Schedule:
    """Share an item out from `start` (today, or the beginning of its year before that) to its due date.

    Of a share of people each village reaches the same share of its own. StorageProblem where there is nothing to
    share out or nobody to do it.
    """
    if not can_share(item):
        raise StorageProblem("这一项没有可以分解的目标。请先填写“要求”和“目标值”，再分解到村（居）。")
    assert item.goal is not None
    chosen = villages(reading)
    begun = date(item.due.year, 1, 1) - timedelta(days=1)
    first = start or max(begun, min(reading.today, item.due))
    if same_level(item):
        return _levelled(reading, item, chosen, first, step)
    today = _values(reading, item, chosen, min(reading.today, date(item.due.year, 12, 31)))
    # What a share is a share of is taken as it is now: who is to be reached may be set only in the course of the year.
    before = {
        village: replace(today[village], done=value.done)
        for village, value in _values(reading, item, chosen, first).items()
    }
    if same_rate(reading, item):
        by = RATE
    weights = weights_of(reading, chosen, by, own, before)
    unit = counting_unit(reading, item.goal)
    goals = (
        dict.fromkeys(weights, item.goal.value or _ZERO) if by == RATE else goals_of(item, weights, before)
    )
    steps_of = partial(_steps, calendar_of(reading))
    made = [
        StoredShare(
            village.id,
            weights[village.id],
            goals[village.id],
            before[village.id].done,
            steps_of(goals[village.id] - before[village.id].done, first, item.due, step),
        )
        for village in chosen
        if village.id in goals
    ]
    return _shown(reading, item, Schedule(0, item.id, first, item.due, step, by, unit, ()), made)


def _levelled(
    reading: Reading, item: Tracked, chosen: Sequence[VillageChoice], start: date, step: str
) -> Schedule:
    """Every village has the same level to hold, of its own people or cases; nothing of it falls due bit by bit."""
    assert item.goal is not None
    assert item.goal.value is not None
    held = levels_of(reading, item, chosen, min(reading.today, item.due))
    made = [
        StoredShare(village.id, held[village.id].heads, item.goal.value, held[village.id].level or _ZERO, ())
        for village in chosen
    ]
    head = Schedule(0, item.id, start, item.due, step, LEVEL, item.goal.unit, ())
    return _shown(reading, item, head, made)


@reads
def reallocate(reading: Reading, item: Tracked, own_goals: bool = True, by: str = "population") -> Schedule:
    """What is still to be done, shared out anew from today.

    With `own_goals` each village catches up with its own goal; otherwise what all of them lack is shared by weight.
    """
    held = current(reading, item)
    today = min(reading.today, item.due)
    if held is None or held.of_level:
        return draft(reading, item, by, start=today)
    if not (own_goals or held.of_rate):
        left = max(_ZERO, held.goal - held.done)
        weights = weights_of(
            reading,
            [part.village for part in held.parts],
            by,
            None,
            {part.village.id: VillageValue(part.done) for part in held.parts},
        )
        shares = share_out(left, weights, quantum(held.goal))
        goals = {part.village.id: part.done + shares[part.village.id] for part in held.parts}
    else:
        # A rate is that of the item for all of them, whatever one had too much of when it was shared out before.
        rate = item.goal.value if held.of_rate and item.goal is not None else None
        goals = {part.village.id: max(part.goal if rate is None else rate, part.done) for part in held.parts}
        by = held.by
    steps_of = partial(_steps, calendar_of(reading))
    made = [
        StoredShare(
            part.village.id,
            part.weight,
            goals[part.village.id],
            part.done,
            steps_of(goals[part.village.id] - part.done, today, item.due, held.step),
        )
        for part in held.parts
    ]
    return _shown(reading, item, replace(held, id=0, start=today, by=by), made)


@writes(Right.WRITE)
def keep(writing: Writing, schedule: Schedule) -> int:
    """Store a schedule; from now on it holds. Returns its id."""
    made = [
        StoredShare(part.village.id, part.weight, part.goal, part.before, part.steps)
        for part in schedule.parts
    ]
    records.fetch_one(writing.conn, writing.tables, LEDGER, schedule.item)
    head = (schedule.item, schedule.start, schedule.due, schedule.step, schedule.by, schedule.unit)
    return plan_schedules.add(writing.conn, writing.tables, *head, made, writing.operator)


@writes(Right.WRITE)
def take_back(writing: Writing, schedule: int) -> None:
    """Let the schedule before this one hold again."""
    plan_schedules.remove(writing.conn, writing.tables, schedule)


@reads
def current(reading: Reading, item: Tracked) -> Schedule | None:
    """The schedule that holds, with what the villages have done by today; None where it was never shared out."""
    stored = plan_schedules.latest(reading.conn, reading.tables, [item.id]).get(item.id)
    if stored is None or item.goal is None:
        return None
    return _shown(reading, item, _empty(stored), stored.shares)


def behind(schedule: Schedule) -> list[VillagePart]:
    """The villages that have done less than they should have by today, the worst first."""
    late = [part for part in schedule.parts if part.light in (Light.NEAR, Light.BEHIND)]
    return sorted(late, key=lambda part: (part.done / part.due if part.due else _ONE, -part.missing))


def _empty(stored: StoredSchedule) -> Schedule:
    return Schedule(stored.id, stored.item, stored.start, stored.due, stored.step, stored.by, stored.unit, ())


def _shown(reading: Reading, item: Tracked, schedule: Schedule, shares: Sequence[StoredShare]) -> Schedule:
    """The schedule with its villages in the office's order and what they have done by today."""
    day = min(reading.today, date(item.due.year, 12, 31))
    by_village = {share.village: share for share in shares}
    chosen = [village for village in villages(reading) if village.id in by_village]
    calendar = calendar_of(reading)
    if schedule.of_level:
        return _shown_levels(reading, item, schedule, by_village, chosen)
    values = _values(reading, item, chosen, day)
    parts = []
    for village in chosen:
        share = by_village[village.id]
        due = due_by(share.done, schedule.start, share.steps, day, calendar)
        done = values[village.id].done
        lag = _lag(share, schedule.start, day, done, calendar)
        daily = _daily(share.goal - done, day, schedule.due, calendar)
        parts.append(
            VillagePart(village, share.weight, share.goal, share.done, done, due, share.steps, lag, daily)
        )
    return replace(schedule, parts=tuple(parts))


def _shown_levels(
    reading: Reading,
    item: Tracked,
    schedule: Schedule,
    by_village: Mapping[int, StoredShare],
    chosen: Sequence[VillageChoice],
) -> Schedule:
    """The levels of a day, each of as many as there are then; where there are none nothing is to be done.

    `daily` is how many of them a working day takes, people or cases.
    """
    day = min(reading.today, date(item.due.year, 12, 31))
    held, calendar = levels_of(reading, item, chosen, day), calendar_of(reading)
    parts = []
    for village in chosen:
        share, now = by_village[village.id], held[village.id]
        due = share.goal if now.heads else _ZERO
        level = now.level or _ZERO
        rest = max(_ZERO, due - level) * now.heads / _HUNDRED if schedule.unit in PERCENT else _ZERO
        daily = _daily(rest.to_integral_value(ROUND_CEILING), day, schedule.due, calendar)
        parts.append(VillagePart(village, now.heads, share.goal, share.done, level, due, (), 0, daily))
    return replace(schedule, parts=tuple(parts), heads=heads_unit(reading, item))


def _lag(share: StoredShare, start: date, day: date, done: Decimal, calendar: WorkCalendar) -> int:
    """Working days since the last day for which what is done would have been enough."""
    if due_by(share.done, start, share.steps, day, calendar) <= done or day <= start:
        return 0
    low, high = start, day
    while (high - low).days > 1:
        middle = low + timedelta(days=(high - low).days // 2)
        if due_by(share.done, start, share.steps, middle, calendar) <= done:
            low = middle
        else:
            high = middle
    return calendar.working_days(low, day)


def _daily(rest: Decimal, day: date, due: date, calendar: WorkCalendar) -> Decimal | None:
    """What a working day takes from now on, in whole ones where the rest is whole; None where nothing can be asked."""
    left = calendar.working_days(day, due) if day < due else 0
    if rest <= 0 or not left:
        return None
    unit = quantum(rest)
    return (rest / left / unit).to_integral_value(ROUND_CEILING) * unit


def _values(
    reading: Reading, item: Tracked, chosen: Sequence[VillageChoice], day: date
) -> dict[int, VillageValue]:
    assert item.goal is not None
    reports = plan_progress.of_items(reading.conn, reading.tables, [item.id], day).get(item.id, [])
    ids = [village.id for village in chosen]
    found = values_by_village(reading, item.goal, ids, reports, day)
    began_anew = item.goal.from_zero and day < date(item.due.year, 1, 1)
    return {village: replace(value, done=_ZERO) for village, value in found.items()} if began_anew else found


def _steps(
    calendar: WorkCalendar, amount: Decimal, start: date, due: date, step: str
) -> tuple[tuple[date, Decimal], ...]:
    ends = steps(start, due, step)
    return tuple(zip(ends, spread(max(_ZERO, amount), start, ends, calendar=calendar), strict=True))
