"""Seeded chance for invented records: quick draws, days of a year, and totals spread over records."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar

T = TypeVar("T")

#: The demo township was last worked on this day; nothing that has happened lies after it.
LAST_DAY = date(2021, 12, 31)
YEARS = (2019, 2020, 2021)
#: Steps that share no factor with the length of any month, so that walking by them meets every day once.
_STEPS = (37, 41, 43, 47, 53)


class Chance(random.Random):
    """Random numbers of one ledger; another ledger's records never change them."""

    def below(self, limit: int) -> int:
        """A whole number from 0 up to, not including, `limit`."""
        return int(self.random() * limit)

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both possible."""
        return low + int(self.random() * (high - low + 1))

    def pick(self, items: Sequence[T]) -> T:
        """One of the items."""
        return items[int(self.random() * len(items))]

    def odds(self, share: float) -> bool:
        """True in `share` of the cases."""
        return self.random() < share

    def about(self, expected: float) -> int:
        """A whole number next to `expected`, right on average."""
        whole = int(expected)
        return whole + (self.random() < expected - whole)

    def spread(self, total: int, count: int, least: int = 1) -> list[int]:
        """`count` uneven whole numbers that add up to `total`, none below `least` as far as that goes."""
        if count <= 0:
            return []
        weights = [0.6 + self.random() * 0.8 for _ in range(count)]
        free = max(total - least * count, 0)
        scale = free / sum(weights)
        parts = [least + int(weight * scale) for weight in weights]
        for place in range(max(total - sum(parts), 0)):
            parts[place % count] += 1
        return parts

    def days(
        self, year: int, count: int, first: tuple[int, int] = (1, 1), last: tuple[int, int] = (12, 31)
    ) -> list[date]:
        """`count` days of the year in order, weekdays for the most part."""
        start = date(year, *first).toordinal()
        length = date(year, *last).toordinal() - start + 1
        drawn = sorted(start + int(self.random() * length) for _ in range(count))
        return [weekday(date.fromordinal(day)) if count < 5000 else date.fromordinal(day) for day in drawn]

    def distinct_days(
        self, year: int, count: int, first: tuple[int, int] = (1, 1), last: tuple[int, int] = (12, 31)
    ) -> list[date]:
        """`count` different days of the year in order; at most as many as there are."""
        start = date(year, *first).toordinal()
        length = date(year, *last).toordinal() - start + 1
        drawn = self.sample(range(start, start + length), min(count, length))
        return [date.fromordinal(day) for day in sorted(drawn)]

    def step(self) -> int:
        """A step for `month_day`."""
        return self.pick(_STEPS)


def weekday(day: date) -> date:
    """The day itself, or for a Saturday the Friday before, for a Sunday the Monday after, in the same year."""
    moved = day + timedelta(days={5: -1, 6: 1}.get(day.weekday(), 0))
    return moved if moved.year == day.year else day


def month_length(year: int, month: int) -> int:
    """How many days the month has."""
    return (date(year + month // 12, month % 12 + 1, 1) - date(year, month, 1)).days


def in_month(total: int, offset: int, month: int) -> int:
    """How many of a year's `total` fall in the month, evenly; the twelve months add up to the total."""
    return (month * total + offset) // 12 - ((month - 1) * total + offset) // 12


def month_day(start: int, step: int, turn: int, length: int) -> int:
    """The day of the month for the `turn`-th event: all days differ until `turn` reaches the month's length."""
    return (start + turn * step) % length + 1


def add_months(day: date, months: int) -> date:
    """The same day some months later, never after the 28th."""
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, min(day.day, 28))


def after(day: date, days: int) -> date:
    """The day `days` later, but not after the last day anything has happened."""
    return min(day + timedelta(days=days), LAST_DAY)


def later(day: date, days: int) -> date:
    """The day `days` later, in the future too."""
    return day + timedelta(days=days)
