"""Targets that a ledger sets by village, age band and dose, worked back from their own due dates: 接种任务."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from zhengui.catalogue.model import Measure
from zhengui.figures.period import Period
from zhengui.figures.plan_shares import MONTH, WEEK, spread, steps
from zhengui.figures.target_pace import TargetPace, expected_by, pace_of
from zhengui.services.plan.plan_curve import Curve
from zhengui.services.township.overview import villages as all_villages
from zhengui.services.township.reading import Reading, Writing, reads, writes
from zhengui.services.township.rights import Right
from zhengui.services.township.work_calendar import calendar_of
from zhengui.storage.counting.chosen_rows import chosen_rows
from zhengui.storage.problem import StorageProblem
from zhengui.storage.query.predicates import Asked, Scope
from zhengui.storage.writing import target_restarts

#: The ledger of the targets and that of what is done towards them; both tell the same fields apart.
TARGETS, PROGRESS = "vaccination_target", "vaccination_progress"
ALIKE = ("village", "band", "dose")
#: A rest that takes longer than so many weeks is told by months.
_WEEKS = 9
_Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A target of a village: `record` is its own, `what` its age band and dose, `pace` where it stands.

    `start` is the day before the work began, or the day from which the rest was spread anew; `base` what was done by
    then. `steps` holds (last day, amount) of what is left from today on; they come to the rest, and are empty where no
    day is left.
    """

    record: int
    village: int
    name: str
    what: str
    start: date
    due: date
    pace: TargetPace
    base: Decimal = Decimal(0)
    steps: tuple[tuple[date, Decimal], ...] = ()


@reads
def has_targets(reading: Reading, year: int) -> bool:
    """Whether the office sets villages targets in a year and counts what is done."""
    return reading.keeps(TARGETS, PROGRESS, year=year)


@reads
def target_schedule(
    reading: Reading, villages: Sequence[int] = (), on: date | None = None
) -> list[TargetLine]:
    """The targets set by a day (today), by village in the office's order, then by what they are of."""
    day = on or reading.today
    if not has_targets(reading, day.year):
        return []
    asked, done = _asked(reading, villages, day), dict[_Key, Decimal]()
    for key, _when, people in _progress(reading, asked, day):
        done[key] = done.get(key, Decimal(0)) + people
    names = {each.id: each.name for each in all_villages(reading)}
    begun = target_restarts.latest(reading.conn, reading.tables, TARGETS, day)
    calendar, found = calendar_of(reading), []
    for id_, village, band, dose, set_on, due, people in chosen_rows(
        reading.conn,
        reading.tables,
        Measure("count", TARGETS),
        asked,
        (*ALIKE, "set_on", "due_on", "people"),
    ):
        if village not in names or set_on is None or due is None or set_on > day:
            continue
        goal, reached = Decimal(people or 0), done.get((village, band, dose), Decimal(0))
        start, base = set_on - timedelta(days=1), Decimal(0)
        if id_ in begun and start < begun[id_].day < due:
            start, base = begun[id_].day, min(goal, begun[id_].done)
        pace = pace_of(goal, reached, start, due, day, calendar, base=base)
        left = _left(goal - reached, day, due, reading)
        found.append(TargetLine(id_, village, names[village], f"{band} {dose}", start, due, pace, base, left))
    order = list(names)
    return sorted(found, key=lambda line: (order.index(line.village), line.due, line.what))


def behind(lines: Sequence[TargetLine]) -> list[TargetLine]:
    """Those that lag, the most days first."""
    late = [line for line in lines if line.pace.behind]
    return sorted(late, key=lambda line: (-line.pace.behind, -line.pace.missing))


@reads
def target_curve(reading: Reading, record: int, on: date | None = None) -> Curve:
    """A target from the day its work began: what should be done by each day that counts, and what was."""
    day = on or reading.today
    line = next((line for line in target_schedule(reading, (), day) if line.record == record), None)
    if line is None:
        raise StorageProblem("这项接种任务已经不在台账里，请重新打开接种日程。")
    calendar = calendar_of(reading)
    ends = steps(line.start, line.due, WEEK)
    planned = [(line.start, line.base)]
    planned += [
        (end, expected_by(line.pace.goal, line.start, line.due, end, calendar, line.base)) for end in ends
    ]
    by_day: dict[date, Decimal] = {}
    for key, when, people in _progress(reading, _asked(reading, (line.village,), day), day):
        if f"{key[1]} {key[2]}" == line.what:
            by_day[when] = by_day.get(when, Decimal(0)) + people
    before = sum((amount for when, amount in by_day.items() if when <= line.start), Decimal(0))
    actual = [(line.start, before)]
    for when in sorted(when for when in by_day if when > line.start):
        actual.append((when, actual[-1][1] + by_day[when]))
    if actual[-1][0] < day:
        actual.append((min(day, max(line.due, actual[-1][0])), actual[-1][1]))
    return Curve(tuple(actual), tuple(planned), ())


@writes(Right.WRITE)
def spread_anew(writing: Writing, targets: Sequence[int]) -> list[int]:
    """Spread what is left of targets (their records) over the working days from tomorrow to their due dates.

    Returns the ids of the new beginnings. StorageProblem where none of them has something left and days to do it.
    """
    wanted = set(targets)
    done = {
        line.record: line.pace.done
        for line in target_schedule(writing)
        if line.record in wanted and not line.pace.finished and line.pace.left
    }
    if not done:
        raise StorageProblem("选中的接种任务已经完成或者到期，没有可以重新分配的。")
    return target_restarts.add(writing.conn, writing.tables, TARGETS, writing.today, done, writing.operator)


@writes(Right.WRITE)
def take_back(writing: Writing, restarts: Sequence[int]) -> None:
    """Let the beginnings before these hold again."""
    target_restarts.remove(writing.conn, writing.tables, restarts)


def _asked(reading: Reading, villages: Sequence[int], day: date) -> Asked:
    return Asked(reading.tables, Scope(Period(date(2000, 1, 1), day), tuple(villages)), reading.parameters)


def _progress(reading: Reading, asked: Asked, day: date) -> list[tuple[_Key, date, Decimal]]:
    """What was done by a day: of which target, when, how many people."""
    measure, paths = Measure("count", PROGRESS), (*ALIKE, "date", "people")
    rows = chosen_rows(reading.conn, reading.tables, measure, asked, paths)
    return [
        ((village, band, dose), when, Decimal(people or 0))
        for _id, village, band, dose, when, people in rows
        if when is not None and when <= day
    ]


def _left(rest: Decimal, day: date, due: date, reading: Reading) -> tuple[tuple[date, Decimal], ...]:
    """What is left by weeks, or by months where it takes long."""
    calendar = calendar_of(reading)
    if rest <= 0 or day >= due or not calendar.working_days(day, due):
        return ()
    ends = steps(day, due, WEEK if (due - day).days <= 7 * _WEEKS else MONTH)
    return tuple(zip(ends, spread(rest, day, ends, calendar=calendar), strict=True))
