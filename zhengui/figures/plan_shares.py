"""Share an amount out among villages by weight, and each part among the steps up to the due date by working days."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal
from typing import TypeVar

from zhengui.figures.working_days import SHIPPED, WorkCalendar

Key = TypeVar("Key")
MONTH, WEEK = "month", "week"
_HUNDREDTH, _ONE, _ZERO = Decimal("0.01"), Decimal(1), Decimal(0)


def quantum(amount: Decimal) -> Decimal:
    """The smallest part an amount is divided into: one where it is whole, else a hundredth."""
    return _ONE if amount == amount.to_integral_value() else _HUNDREDTH


def share_out(
    amount: Decimal, weights: Mapping[Key, Decimal], part: Decimal | None = None
) -> dict[Key, Decimal]:
    """The amount in parts as near to the weights as can be, which come to exactly the amount.

    Raises ValueError where no weight is above zero or one is below it.
    """
    whole = sum(weights.values(), _ZERO)
    if whole <= 0 or any(weight < 0 for weight in weights.values()):
        raise ValueError("weights must not be below zero, and one must be above it")
    unit = part or quantum(amount)
    exact = {key: amount * weight / whole for key, weight in weights.items()}
    shares = {key: (value / unit).to_integral_value(ROUND_FLOOR) * unit for key, value in exact.items()}
    left = int(((amount - sum(shares.values(), _ZERO)) / unit).to_integral_value())
    for key in sorted(weights, key=lambda key: shares[key] - exact[key])[:left]:
        shares[key] += unit
    return shares


def steps(start: date, due: date, step: str) -> list[date]:
    """The last days of the months or weeks after `start` (a day before the work) up to the due date."""
    ends: list[date] = []
    day = start + timedelta(days=1)
    while day <= due:
        end = min(_end(day, step), due)
        ends.append(end)
        day = end + timedelta(days=1)
    return ends


def spread(
    amount: Decimal,
    start: date,
    ends: Sequence[date],
    part: Decimal | None = None,
    calendar: WorkCalendar = SHIPPED,
) -> list[Decimal]:
    """The amount of each step by its working days, which come to exactly the amount; days off get none.

    Where no step has a working day the last one gets all.
    """
    days = [calendar.working_days(first, end) for first, end in zip((start, *ends), ends, strict=False)]
    whole = sum(days)
    if not whole:
        return [_ZERO] * (len(ends) - 1) + [amount] if ends else []
    unit = part or quantum(amount)
    found, passed, given = [], 0, _ZERO
    for count in days:
        passed += count
        until = (amount * passed / whole / unit).to_integral_value(ROUND_FLOOR) * unit
        if passed == whole:
            until = amount
        found.append(until - given)
        given = until
    return found


def due_by(
    done: Decimal,
    start: date,
    amounts: Sequence[tuple[date, Decimal]],
    day: date,
    calendar: WorkCalendar = SHIPPED,
) -> Decimal:
    """What a village should have done by the end of a day: whole steps, and of the present one by working days."""
    total, first = done, start
    for end, amount in amounts:
        if day >= end:
            total += amount
        else:
            whole = calendar.working_days(first, end)
            return total + (amount * calendar.working_days(first, day) / whole if whole else _ZERO)
        first = end
    return total


def _end(day: date, step: str) -> date:
    if step == WEEK:
        return day + timedelta(days=6 - day.weekday())
    return day.replace(day=monthrange(day.year, day.month)[1])
