"""Follow a year's plan: for each item what is reached, what should be, what the pace leads to, and its light."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from zhengui.figures.plan_pace import Light, PlanCourse, PlanStanding, judge, judge_reports
from zhengui.figures.plan_shares import due_by
from zhengui.figures.working_days import WorkCalendar
from zhengui.services.plan.list_plan import DONE, LEDGER, item_ids
from zhengui.services.plan.plan_values import (
    Goal,
    PlanReadings,
    before_value,
    goal_of,
    needed_keys,
    value_on,
)
from zhengui.services.township.reading import Reading, reads
from zhengui.services.township.work_calendar import calendar_of
from zhengui.storage.records import record as records
from zhengui.storage.writing import plan_progress, plan_schedules
from zhengui.storage.writing.plan_progress import Report
from zhengui.storage.writing.plan_schedules import StoredSchedule

#: The status of an item that goes on in the next year's plan.
CARRIED = "结转下年"
#: The present pace is that of so many days.
PACE_DAYS = 56
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Tracked:
    """An item on a day. `goal`, `value` and `standing` are None for an item that only reports tell of.

    `number` is its place in its part. `days`: how late it is or will be, or how long nobody reported.
    `told_done`: the office has entered it as done, whatever the value says.
    """

    id: int
    number: int
    part: str
    wording: str
    department: str
    leader: str
    due: date
    budget: int | None
    origin: str
    status: str
    light: Light
    days: int
    told_done: bool
    goal: Goal | None = None
    course: PlanCourse | None = None
    value: Decimal | None = None
    standing: PlanStanding | None = None
    reports: int = 0
    last_report: date | None = None
    shared: bool = False

    @property
    def known(self) -> bool:
        """Whether it can be measured now."""
        return self.standing is not None


@reads
def track(reading: Reading, year: int, on: date | None = None) -> list[Tracked]:
    """All items of a year's plan on a day (today, or the year's last day), in the order of the document."""
    ids = item_ids(reading, year)
    return _track(reading, year, ids, on)


@reads
def track_item(reading: Reading, item: int, on: date | None = None) -> Tracked:
    """One item; RecordMissing where there is none."""
    found = records.fetch_one(reading.conn, reading.tables, LEDGER, item)
    year = int(found.values["plan_year"])
    return next(each for each in track(reading, year, on) if each.id == item)


@reads
def judged_on(reading: Reading, year: int, on: date | None = None) -> date:
    """The day on which a year's plan is judged: the one asked for, today, or the year's last day."""
    return min(on or reading.today, date(year, 12, 31))


def counts(items: Sequence[Tracked]) -> dict[Light, int]:
    """How many items have which light."""
    return {light: sum(1 for item in items if item.light is light) for light in Light}


def _track(reading: Reading, year: int, ids: Sequence[int], on: date | None) -> list[Tracked]:
    day = judged_on(reading, year, on)
    found = records.fetch(reading.conn, reading.tables, LEDGER, ids)
    reports = plan_progress.of_items(reading.conn, reading.tables, ids, day)
    schedules = plan_schedules.latest(reading.conn, reading.tables, ids)
    lookup = reading.lookup()
    names = {
        record.id: tuple(
            lookup.label(register, record.values[key]) or "" if record.values.get(key) else ""
            for register, key in (("department", "department"), ("official", "leader"))
        )
        for record in found
    }
    calendar = calendar_of(reading)
    readings = PlanReadings(reading, needed_keys((record.values for record in found), reading))
    places: dict[str, int] = {}
    tracked = []
    for record in found:
        part = str(record.values["part"])
        places[part] = places.get(part, 0) + 1
        own = reports.get(record.id, [])
        tracked.append(
            _Item(
                reading, record.id, record.values, own, schedules.get(record.id), readings, day, calendar
            ).tracked(places[part], names[record.id])
        )
    order = {part: place for place, part in enumerate(reading.catalogue.ledgers[LEDGER]["part"].choices)}
    return sorted(tracked, key=lambda item: (order.get(item.part, len(order)), item.number))


@dataclass(slots=True)
class _Item:
    """One item being judged."""

    reading: Reading
    id: int
    values: Mapping[str, Any]
    reports: Sequence[Report]
    schedule: StoredSchedule | None
    readings: PlanReadings
    day: date
    calendar: WorkCalendar

    def tracked(self, number: int, names: Sequence[str]) -> Tracked:
        values = self.values
        goal = goal_of(self.reading, values, self.readings)
        course = self._course(goal)
        standing = None if course is None else judge(course, self.day)
        light, days = self._light(goal, standing)
        return Tracked(
            self.id,
            number,
            str(values["part"]),
            str(values["wording"]).strip(),
            names[0],
            names[1],
            values["due_on"],
            values.get("budget"),
            str(values.get("origin") or ""),
            self._status(),
            light,
            days,
            self._told_done(),
            goal,
            course,
            None if course is None else course.value,
            standing,
            len(self.reports),
            self.reports[-1].day if self.reports else None,
            self.schedule is not None,
        )

    def _status(self) -> str:
        """The status; of a day before today nobody had yet decided that the item goes on next year."""
        status = str(self.values.get("status") or "")
        earlier = status == CARRIED and self.day < min(self.reading.today, self.values["due_on"])
        return "" if earlier else status

    def _told_done(self) -> bool:
        done: date | None = self.values.get("done_on")
        return self.values.get("status") == DONE and (done is None or done <= self.day)

    def _light(self, goal: Goal | None, standing: PlanStanding | None) -> tuple[Light, int]:
        told = self._told_done()
        if standing is not None:
            if told and standing.light in (Light.ON_TIME, Light.BEHIND) and standing.missing > 0:
                return Light.NEAR, 0
            return (Light.DONE, 0) if told and not standing.missing else (standing.light, standing.days)
        if goal is not None and not told and self.day <= self.values["due_on"]:
            return Light.NEAR, 0
        last = self.reports[-1].day if self.reports else None
        return judge_reports(told, self.values["due_on"], self._begun(), last, self.day)

    def _begun(self) -> date:
        return date(int(self.values["plan_year"]), 1, 1)

    def _course(self, goal: Goal | None) -> PlanCourse | None:
        if goal is None or goal.value is None or self.day < self._begun():
            return None
        value = value_on(goal, self.readings, self.reports, self.day, self._weights())
        if value is None:
            return None
        begun, base = self._begun(), _ZERO
        if goal.grows and not goal.from_zero:
            base = self.readings.at(goal.indicator, begun - timedelta(days=1)) or _ZERO
        earlier, before = self.day - timedelta(days=PACE_DAYS), None
        if earlier >= begun and goal.grows:
            known = before_value(goal, self.readings, self.reports, earlier, begun)
            before = None if known is None else (earlier, known)
        planned = self._planned(goal)
        due: date = self.values["due_on"]
        way = (goal.grows, planned, self.calendar)
        return PlanCourse(goal.aim, goal.value, begun, due, value, base, before, *way)

    def _weights(self) -> dict[int, Decimal]:
        """The head counts of the villages, where each has the same rate to reach."""
        if self.schedule is None or self.schedule.by != "rate":
            return {}
        return {share.village: share.weight for share in self.schedule.shares}

    def _planned(self, goal: Goal) -> tuple[tuple[date, Decimal], ...]:
        """The way as it was shared out, where the shares are in the goal's own unit."""
        schedule = self.schedule
        if schedule is None or not goal.grows or schedule.unit != goal.unit:
            return ()
        days = sorted({schedule.start, *(day for share in schedule.shares for day, _amount in share.steps)})
        whole = sum((share.weight for share in schedule.shares), _ZERO)
        # Of a rate that each village reaches for itself, all together reach the mean of their people.
        parts = [
            (share, share.weight / whole if schedule.by == "rate" and whole else Decimal(1))
            for share in schedule.shares
        ]
        return tuple(
            (
                day,
                sum(
                    (
                        part * due_by(share.done, schedule.start, share.steps, day, self.calendar)
                        for share, part in parts
                    ),
                    _ZERO,
                ),
            )
            for day in days
        )
