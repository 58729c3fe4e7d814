"""Where a plan item stands: what should be reached by now, what the present pace leads to, and its light."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum
from itertools import pairwise

from zhengui.catalogue.model import Indicator
from zhengui.figures.working_days import SHIPPED, WorkCalendar

Points = Sequence[tuple[date, Decimal]]


class Light(StrEnum):
    """How an item stands: green circle (done, on time), amber triangle (near), red square (behind)."""

    DONE = "完成"
    ON_TIME = "按期"
    NEAR = "临近"
    BEHIND = "落后"


class Aim(StrEnum):
    """Which way the goal lies."""

    AT_LEAST = "至少"
    AT_MOST = "至多"
    EXACTLY = "等于"


#: How much of the way may be missing at the due date for an item to be near and not behind.
NEARLY = Decimal("0.02")
#: The same for a level, such as a share of cases closed, that doesn't grow.
NEARLY_LEVEL = Decimal("0.05")
#: Working days after the beginning within which a pace says nothing yet.
TOO_EARLY = 10
#: An item without a measure that nobody reported on for so many days waits for a report.
PATIENCE = 60
#: A pace that needs longer than this leads nowhere.
_NEVER = 3000
_ZERO = Decimal(0)
#: The plan's word for a goal that is so much more than the year before came to.
INCREASE = "比上年增加"
_PERCENT = ("%", "％")


@dataclass(frozen=True, slots=True)
class PlanCourse:
    """An item with a goal on a day.

    `value` is what is reached, `base` what there was when the work began, `before` an earlier day with its value, by
    which the present pace is judged. `grows` is whether the value adds up through the year; otherwise it is a level.
    `planned` holds (day, amount that should be reached), where the work was shared out; without it the way is a line.
    """

    aim: Aim
    goal: Decimal
    begun: date
    due: date
    value: Decimal
    base: Decimal = _ZERO
    before: tuple[date, Decimal] | None = None
    grows: bool = True
    planned: tuple[tuple[date, Decimal], ...] = ()
    calendar: WorkCalendar = SHIPPED


@dataclass(frozen=True, slots=True)
class PlanStanding:
    """How a course stands; `days` is how late it will be, or is, and paces are per working day.

    `forecast` is the value at the due date and `forecast_on` the day when the goal will be reached; both are None
    where nothing can be foretold.
    """

    light: Light
    expected: Decimal
    missing: Decimal
    days: int = 0
    forecast: Decimal | None = None
    forecast_on: date | None = None
    pace: Decimal | None = None
    needed: Decimal | None = None


def expected_on(course: PlanCourse, day: date) -> Decimal:
    """What should be reached at the end of a day."""
    if not course.grows or course.aim is Aim.AT_MOST:
        return course.goal
    if course.planned:
        return on_line(course.planned, day)
    if day >= course.due:
        return course.goal
    first = course.begun - timedelta(days=1)
    whole = max(1, (course.due - first).days)
    passed = max(0, (day - first).days)
    return course.base + (course.goal - course.base) * passed / whole


def on_line(points: Points, day: date) -> Decimal:
    """The amount on a day between points that are told for some days, in equal parts a day."""
    if day <= points[0][0]:
        return points[0][1]
    for (start, low), (end, high) in pairwise(points):
        if day <= end:
            return low + (high - low) * (day - start).days / max(1, (end - start).days)
    return points[-1][1]


def judge(course: PlanCourse, today: date) -> PlanStanding:
    """Where the course stands on a day."""
    if not course.grows:
        return _level(course, today)
    return _at_most(course, today) if course.aim is Aim.AT_MOST else _towards(course, today)


def judge_reports(done: bool, due: date, begun: date, last: date | None, today: date) -> tuple[Light, int]:
    """The light of an item that only reports tell of, and how many days it is late or nobody reported."""
    if done:
        return Light.DONE, 0
    if today > due:
        return Light.BEHIND, (today - due).days
    silent = (today - (last or begun)).days
    return (Light.NEAR, silent) if silent > PATIENCE else (Light.ON_TIME, silent)


def _towards(course: PlanCourse, today: date) -> PlanStanding:
    """At least, and exactly: the value climbs to the goal."""
    expected = expected_on(course, today)
    missing = max(_ZERO, course.goal - course.value)
    if course.aim is Aim.EXACTLY and course.value > course.goal:
        return PlanStanding(Light.BEHIND, expected, course.goal - course.value)
    if not missing:
        return PlanStanding(Light.DONE, expected, _ZERO)
    left = course.calendar.working_days(today, course.due)
    needed = missing / left if left else None
    if today > course.due:
        return PlanStanding(Light.BEHIND, expected, missing, (today - course.due).days)
    pace = present_pace(course, today)
    if pace is None:
        return PlanStanding(Light.ON_TIME, expected, missing, needed=needed)
    forecast = course.value + pace * left
    forecast_on = _reached_on(course, pace, missing, today)
    light = _light(course, expected, forecast)
    days = _late(course, forecast_on, today) if light is Light.BEHIND else 0
    return PlanStanding(light, expected, missing, days, forecast, forecast_on, pace, needed)


def _light(course: PlanCourse, expected: Decimal, forecast: Decimal) -> Light:
    enough = forecast >= course.goal
    if enough and course.value >= expected:
        return Light.ON_TIME
    short = course.goal - forecast
    little = short <= abs(course.goal - course.base) * NEARLY
    return Light.NEAR if little or course.value >= expected else Light.BEHIND


def present_pace(course: PlanCourse, today: date) -> Decimal | None:
    """What is added in a working day at present; None while it is too early to say."""
    if course.calendar.working_days(course.begun - timedelta(days=1), today) <= TOO_EARLY:
        return None
    since, value = course.before or (course.begun - timedelta(days=1), course.base)
    passed = course.calendar.working_days(since, today)
    return max(_ZERO, (course.value - value) / passed) if passed else None


def _reached_on(course: PlanCourse, pace: Decimal, missing: Decimal, today: date) -> date | None:
    if not pace:
        return None
    count = int((missing / pace).to_integral_value(ROUND_CEILING))
    return course.calendar.add_working_days(today, count) if count <= _NEVER else None


def _late(course: PlanCourse, forecast_on: date | None, today: date) -> int:
    """Days after the due date; where the goal is never reached, days behind the way as it should be."""
    if forecast_on is not None and forecast_on > course.due:
        return (forecast_on - course.due).days
    day = today
    while day > course.begun and expected_on(course, day) > course.value:
        day -= timedelta(days=1)
    return max(1, (today - day).days)


def _at_most(course: PlanCourse, today: date) -> PlanStanding:
    """At most: what is used up of a limit, until the due date has passed."""
    over = course.value - course.goal
    if over > 0:
        return PlanStanding(Light.BEHIND, course.goal, -over)
    if today >= course.due:
        return PlanStanding(Light.DONE, course.goal, _ZERO)
    pace = present_pace(course, today)
    if pace is None:
        return PlanStanding(Light.ON_TIME, course.goal, _ZERO)
    forecast = course.value + pace * course.calendar.working_days(today, course.due)
    light = Light.NEAR if forecast > course.goal else Light.ON_TIME
    return PlanStanding(light, course.goal, _ZERO, forecast=forecast, pace=pace)


def _level(course: PlanCourse, today: date) -> PlanStanding:
    """A level, such as a share of cases closed: it holds or it doesn't, and counts on the due date."""
    gap = {
        Aim.AT_LEAST: course.goal - course.value,
        Aim.AT_MOST: course.value - course.goal,
        Aim.EXACTLY: abs(course.value - course.goal),
    }[course.aim]
    over = today > course.due
    if gap <= 0:
        return PlanStanding(Light.DONE if today >= course.due else Light.ON_TIME, course.goal, _ZERO)
    little = gap <= abs(course.goal) * NEARLY_LEVEL and not over
    days = (today - course.due).days if over else 0
    return PlanStanding(Light.NEAR if little else Light.BEHIND, course.goal, gap, days)


def raised(last: Decimal, more: Decimal, unit: str, indicator: Indicator) -> Decimal:
    """The goal that is `more` than last year's value: in percent of it where `unit` says so and the figure is no share."""
    in_percent = unit in _PERCENT and indicator.unit not in _PERCENT
    return last * (1 + more / 100) if in_percent else last + more
