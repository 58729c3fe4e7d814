"""A village's part of a plan item through time: what should be done by when, and what was."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from zhengui.figures.plan_shares import MONTH, steps
from zhengui.services.plan.plan_curve import Curve
from zhengui.services.plan.schedule_plan import Schedule, VillagePart
from zhengui.services.plan.share_ways import levels_of
from zhengui.services.plan.track_plan import Tracked
from zhengui.services.plan.village_values import values_by_village
from zhengui.services.township.reading import Reading, reads
from zhengui.storage.writing import plan_progress


@reads
def village_curve(reading: Reading, item: Tracked, schedule: Schedule, village: int) -> Curve:
    """The curve of one village from the day before the work began; empty where it has no part."""
    part = next((part for part in schedule.parts if part.village.id == village), None)
    if part is None or item.goal is None:
        return Curve((), (), ())
    today = min(reading.today, date(item.due.year, 12, 31))
    if schedule.of_level:
        begun = date(item.due.year - 1, 12, 31)
        ends = [end for end in steps(begun, schedule.due, MONTH) if end < today]
        planned = [(begun, part.goal), (schedule.due, part.goal)]
        return Curve(tuple(_levels(reading, item, part, [*ends, today])), tuple(planned), ())
    ends = [end for end in steps(schedule.start, schedule.due, schedule.step) if end < today]
    days = [schedule.start, *ends, today] if today > schedule.start else [schedule.start]
    planned, total = [(schedule.start, part.before)], part.before
    for end, amount in part.steps:
        total += amount
        planned.append((end, total))
    return Curve(tuple(_done(reading, item, part, days)), tuple(planned), ())


def _done(reading: Reading, item: Tracked, part: VillagePart, days: list[date]) -> list[tuple[date, Decimal]]:
    """What was done by each day; before the work began, what the schedule says was done."""
    assert item.goal is not None
    reports = plan_progress.of_items(reading.conn, reading.tables, [item.id], days[-1]).get(item.id, [])
    told = {each.day for each in reports if each.village == part.village.id and each.value is not None}
    found = [(days[0], part.before)]
    for day in sorted({*days[1:], *(day for day in told if days[0] < day <= days[-1])}):
        value = values_by_village(reading, item.goal, (part.village.id,), reports, day)[part.village.id]
        found.append((day, value.done))
    return found


def _levels(
    reading: Reading, item: Tracked, part: VillagePart, days: list[date]
) -> list[tuple[date, Decimal]]:
    """The level on each day on which it is known."""
    found = [(day, levels_of(reading, item, (part.village,), day)[part.village.id].level) for day in days]
    return [(day, level) for day, level in found if level is not None]
