"""A target worked off over the working days up to its due date: expected against actual, how far behind, what a day takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal

from zhengui.figures.working_days import SHIPPED, WorkCalendar

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class TargetPace:
    """Where a target stands at the end of a day.

    `expected` is what should be done by then, `missing` how much less is; `behind` is how many working days the work
    lags, `left` how many are left, `daily` what each of them takes (None where none is left).
    """

    goal: Decimal
    done: Decimal
    expected: Decimal
    missing: Decimal
    behind: int
    left: int
    daily: Decimal | None

    @property
    def finished(self) -> bool:
        """Whether the goal is reached."""
        return self.done >= self.goal


def expected_by(
    goal: Decimal, start: date, due: date, day: date, calendar: WorkCalendar = SHIPPED, base: Decimal = _ZERO
) -> Decimal:
    """What should be done by the end of a day, from `base` at `start`: in equal parts of the working days up to `due`."""
    if day >= due:
        return goal
    whole = calendar.working_days(start, due)
    if day <= start or not whole:
        return base
    return base + (goal - base) * calendar.working_days(start, day) / whole


def pace_of(
    goal: Decimal,
    done: Decimal,
    start: date,
    due: date,
    today: date,
    calendar: WorkCalendar = SHIPPED,
    whole: bool = True,
    base: Decimal = _ZERO,
) -> TargetPace:
    """Where a target stands; `start` is the day before the work began, `base` what was done by then.

    With `whole` a day takes whole ones.
    """
    expected = expected_by(goal, start, due, today, calendar, base)
    left = calendar.working_days(today, due) if today < due else 0
    rest = max(_ZERO, goal - done)
    daily = rest / left if left else None
    if daily is not None and whole:
        daily = daily.to_integral_value(ROUND_CEILING)
    missing = max(_ZERO, expected - done)
    behind = _behind(goal, done, start, due, today, calendar, base)
    return TargetPace(goal, done, expected, missing, behind, left, daily)


def _behind(
    goal: Decimal,
    done: Decimal,
    start: date,
    due: date,
    today: date,
    calendar: WorkCalendar,
    base: Decimal,
) -> int:
    """Working days since the day for which `done` would have been enough."""
    if today <= start or done >= expected_by(goal, start, due, today, calendar, base):
        return 0
    low, high = start, min(today, due)
    # The last day whose expectation was met; what is expected never falls.
    while (high - low).days > 1:
        middle = low + timedelta(days=(high - low).days // 2)
        if expected_by(goal, start, due, middle, calendar, base) <= done:
            low = middle
        else:
            high = middle
    return calendar.working_days(low, today)
