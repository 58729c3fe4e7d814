"""A plan item through its year: what was reached, what should have been, and where the pace leads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from zhengui.figures.plan_pace import PlanCourse, PlanStanding, expected_on
from zhengui.services.plan.plan_values import PlanReadings, before_value
from zhengui.services.plan.track_plan import Tracked, judged_on
from zhengui.services.township.reading import Reading, reads
from zhengui.storage.writing import plan_progress


@dataclass(frozen=True, slots=True)
class Curve:
    """An item through the year: what was reached, what should be, and where the pace leads, as (day, value)."""

    actual: tuple[tuple[date, Decimal], ...]
    planned: tuple[tuple[date, Decimal], ...]
    forecast: tuple[tuple[date, Decimal], ...]


@reads
def curve(reading: Reading, tracked: Tracked, year: int, on: date | None = None) -> Curve:
    """The item through the year, by months."""
    course, goal, day = tracked.course, tracked.goal, judged_on(reading, year, on)
    if course is None or goal is None:
        return Curve((), (), ())
    reports = plan_progress.of_items(reading.conn, reading.tables, [tracked.id], day).get(tracked.id, [])
    readings = PlanReadings(reading, (goal.indicator,) if goal.indicator else ())
    begin = course.begun - timedelta(days=1)
    ends = _month_ends(year)
    actual = [(begin, course.base)] if course.grows else []
    for end in sorted({*(end for end in ends if end < day), day}):
        value = before_value(goal, readings, reports, end, course.begun)
        if value is not None and end <= day:
            actual.append((end, value))
    if actual and not goal.indicator:
        actual[-1] = (day, course.value)
    planned = [(begin, course.base if course.grows else course.goal)]
    planned += [
        (end, expected_on(course, end)) for end in sorted({*(e for e in ends if e < course.due), course.due})
    ]
    return Curve(tuple(actual), tuple(planned), _forecast(course, tracked.standing, day))


def _forecast(
    course: PlanCourse, standing: PlanStanding | None, day: date
) -> tuple[tuple[date, Decimal], ...]:
    if standing is None or standing.forecast is None or day >= course.due or not course.grows:
        return ()
    if standing.forecast_on is not None and standing.forecast_on <= course.due:
        return (day, course.value), (standing.forecast_on, course.goal)
    return (day, course.value), (course.due, standing.forecast)


def _month_ends(year: int) -> list[date]:
    return [date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1) for month in range(1, 13)]
