"""Work back from a plan item's due date: what each village does by each month or week, and who is behind today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from functools import partial

from zhengui.catalogue.model import Indicator
from zhengui.figures.period import Period
from zhengui.figures.plan_pace import Aim, Light
from zhengui.figures.plan_shares import MONTH, WEEK, due_by, quantum, share_out, spread, steps
from zhengui.figures.working_days import WorkCalendar
from zhengui.services.counting.compute_figures import compute_by_village
from zhengui.services.plan.list_plan import LEDGER
from zhengui.services.plan.track_plan import Tracked
from zhengui.services.plan.village_values import (
    VillageValue,
    counted_by_village,
    counting_unit,
    values_by_village,
)
from zhengui.services.township.overview import Village, villages
from zhengui.services.township.reading import Reading, Writing, reads, writes
from zhengui.services.township.rights import Right
from zhengui.services.township.work_calendar import calendar_of
from zhengui.storage.problem import StorageProblem
from zhengui.storage.records import record as records
from zhengui.storage.writing import plan_progress, plan_schedules
from zhengui.storage.writing.plan_schedules import StoredSchedule, StoredShare

__all__ = ["BY", "MONTH", "WEEK", "Part", "Schedule", "behind", "current", "draft", "keep", "reallocate"]

#: What villages are weighed by: the key that is stored, and how people read it.
BY = {"population": "按人口", "households": "按户数", "equal": "平均分", "own": "自己填"}
#: A rate is never divided: each village gets the same rate, and its own head count.
RATE = "rate"
#: Weighed by an indicator, whose key follows.
INDICATOR = "indicator:"
_PERCENT = ("%", "％", "个百分点")
#: A village is near, not behind, with this share of what is due.
_NEARLY = Decimal("0.9")
_ZERO, _ONE = Decimal(0), Decimal(1)


@dataclass(frozen=True, slots=True)
class Part:
    """A village's part: what it is to do altogether, has done, and should have done by today.

    `weight` is its head count where all get the same rate. `behind` is how many working days it lags, `daily` what each
    working day from now on takes, None where none is left or nothing is to be done.
    """

    village: Village
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
    """An item shared out; `id` is 0 until it is kept. Work counts from the day after `start`."""

    id: int
    item: int
    start: date
    due: date
    step: str
    by: str
    unit: str
    parts: tuple[Part, ...]

    @property
    def of_rate(self) -> bool:
        """Whether each village has the same rate to reach, instead of a part of an amount."""
        return self.by == RATE

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
    """Whether an item can be shared out: it has a goal that is reached by adding up."""
    goal = item.goal
    return goal is not None and goal.value is not None and goal.grows and goal.aim is not Aim.AT_MOST


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
    today = _values(reading, item, chosen, min(reading.today, date(item.due.year, 12, 31)))
    # What a share is a share of is taken as it is now: who is to be reached may be set only in the course of the year.
    before = {
        village: replace(today[village], done=value.done)
        for village, value in _values(reading, item, chosen, first).items()
    }
    if same_rate(reading, item):
        by = RATE
    weights = _weights(reading, chosen, by, own, before)
    unit = counting_unit(reading, item.goal)
    goals = dict.fromkeys(weights, item.goal.value or _ZERO) if by == RATE else _goals(item, weights, before)
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


@reads
def reallocate(reading: Reading, item: Tracked, own_goals: bool = True, by: str = "population") -> Schedule:
    """What is still to be done, shared out anew from today.

    With `own_goals` each village catches up with its own goal; otherwise what all of them lack is shared by weight.
    """
    held = current(reading, item)
    today = min(reading.today, item.due)
    if held is None or not (own_goals or held.of_rate):
        if held is None:
            return draft(reading, item, by, start=today)
        left = max(_ZERO, held.goal - held.done)
        weights = _weights(
            reading,
            [part.village for part in held.parts],
            by,
            None,
            {part.village.id: VillageValue(part.done) for part in held.parts},
        )
        shares = share_out(left, weights, quantum(held.goal))
        goals = {part.village.id: part.done + shares[part.village.id] for part in held.parts}
    else:
        goals = {part.village.id: max(part.goal, part.done) for part in held.parts}
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


def behind(schedule: Schedule) -> list[Part]:
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
    values = _values(reading, item, chosen, day)
    parts, calendar = [], calendar_of(reading)
    for village in chosen:
        share = by_village[village.id]
        due = due_by(share.done, schedule.start, share.steps, day, calendar)
        done = values[village.id].done
        lag = _lag(share, schedule.start, day, done, calendar)
        daily = _daily(share.goal - done, day, schedule.due, calendar)
        parts.append(Part(village, share.weight, share.goal, share.done, done, due, share.steps, lag, daily))
    return replace(schedule, parts=tuple(parts))


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


def _values(reading: Reading, item: Tracked, chosen: Sequence[Village], day: date) -> dict[int, VillageValue]:
    assert item.goal is not None
    reports = plan_progress.of_items(reading.conn, reading.tables, [item.id], day).get(item.id, [])
    ids = [village.id for village in chosen]
    found = values_by_village(reading, item.goal, ids, reports, day)
    began_anew = item.goal.from_zero and day < date(item.due.year, 1, 1)
    return {village: replace(value, done=_ZERO) for village, value in found.items()} if began_anew else found


def _weights(
    reading: Reading,
    chosen: Sequence[Village],
    by: str,
    own: Mapping[int, Decimal] | None,
    values: Mapping[int, VillageValue],
) -> dict[int, Decimal]:
    if by == RATE or by.startswith(INDICATOR):
        found = _measured(reading, chosen, by)
    elif all(value.whole is not None for value in values.values()) and by != "own" and values:
        found = {village: value.whole or _ZERO for village, value in values.items()}
    elif by == "own":
        found = {village.id: (own or {}).get(village.id, _ZERO) for village in chosen}
    elif by == "equal":
        found = {village.id: _ONE for village in chosen}
    else:
        rows = records.fetch(reading.conn, reading.tables, "village", [village.id for village in chosen])
        found = {row.id: Decimal(row.values.get(by) or 0) for row in rows}
    if not any(weight > 0 for weight in found.values()) or any(weight < 0 for weight in found.values()):
        what = {"population": "人口", "households": "户数", RATE: "人口"}.get(by, "比重")
        raise StorageProblem(f"各村（居）还没有填{what}，没法分解。请先在“基础信息”里填好，或者换一种分法。")
    return found


def _measured(reading: Reading, chosen: Sequence[Village], by: str) -> dict[int, Decimal]:
    """Head counts, or an indicator of the year so far, by village; nought where it is unknown."""
    ids = tuple(village.id for village in chosen)
    if by == RATE:
        rows = records.fetch(reading.conn, reading.tables, "village", ids)
        return {row.id: Decimal(row.values.get("population") or 0) for row in rows}
    key = by.removeprefix(INDICATOR)
    figures = compute_by_village(reading, Period(date(reading.today.year, 1, 1), reading.today), ids, [key])
    return {village: Decimal(found[key].value or 0) for village, found in figures.items()}


def _goals(
    item: Tracked, weights: Mapping[int, Decimal], values: Mapping[int, VillageValue]
) -> dict[int, Decimal]:
    """What each village does altogether: of a share the same share of its own, else by weight."""
    goal = item.goal.value if item.goal is not None else None
    assert goal is not None
    if all(value.whole is not None for value in values.values()):
        return {
            village: ((value.whole or _ZERO) * goal).to_integral_value(ROUND_CEILING)
            for village, value in values.items()
        }
    taking_part = {village: weight for village, weight in weights.items() if weight > 0}
    # A stock such as land in force is there already; only what is added to it is shared out.
    have = sum((value.done for value in values.values()), _ZERO)
    if item.goal is None or item.goal.from_zero or not have:
        return share_out(goal, taking_part)
    added = share_out(max(_ZERO, goal - have), taking_part)
    return {village: values[village].done + added[village] for village in taking_part}


def _steps(
    calendar: WorkCalendar, amount: Decimal, start: date, due: date, step: str
) -> tuple[tuple[date, Decimal], ...]:
    ends = steps(start, due, step)
    return tuple(zip(ends, spread(max(_ZERO, amount), start, ends, calendar=calendar), strict=True))


@reads
def by_records(reading: Reading, item: Tracked) -> bool:
    """Whether villages' figures come from their records; otherwise they are reported by hand."""
    return item.goal is not None and counted_by_village(reading, item.goal)


@reads
def same_rate(reading: Reading, item: Tracked) -> bool:
    """Whether an item is a rate whose records don't tell of villages: each gets that very rate."""
    goal = item.goal
    return goal is not None and goal.unit in _PERCENT and not by_records(reading, item)


@reads
def weighable(reading: Reading) -> list[Indicator]:
    """The indicators that villages can be weighed by: amounts that are told village by village."""
    ledgers, catalogue = reading.catalogue.ledgers, reading.catalogue.in_years(reading.today.year)
    return [
        each
        for each in catalogue.indicators.values()
        if each.key in catalogue.living
        and each.over is None
        and each.measure is not None
        and each.measure.kind in ("count", "sum", "distinct")
        and ledgers[each.measure.ledger].village
        and each.strip
    ]


@reads
def by_words(reading: Reading, by: str) -> str:
    """How people say what villages are weighed by."""
    if by == RATE:
        return "各村同一比率"
    if by.startswith(INDICATOR):
        indicator = reading.catalogue.indicators.get(by.removeprefix(INDICATOR))
        return f"按{indicator.title}" if indicator is not None else "按指标"
    return BY.get(by, "")


@reads
def of_a_share(reading: Reading, item: Tracked) -> bool:
    """Whether each village reaches the same share of its own, so that no weights are asked for."""
    if same_rate(reading, item):
        return True
    indicator = reading.catalogue.indicators.get(item.goal.indicator) if item.goal is not None else None
    return indicator is not None and indicator.over is not None and by_records(reading, item)
