"""The span of days that a figure answers for: a year, a half, a quarter, a month, or any two dates."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

_QUARTERS = "一二三四"
_HALVES = "上下"
#: Days from the first to the last of the longest month.
_LONGEST_MONTH = 30


def _last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _shift(year: int, month: int, by: int) -> tuple[int, int]:
    years, index = divmod(year * 12 + month - 1 + by, 12)
    return years, index + 1


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days from `start` to `end`, both included. Raises ValueError where the end is before the start."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError("结束日期不能早于开始日期。")

    @property
    def year(self) -> int:
        """The year of the period's end, which `next_year` follows."""
        return self.end.year

    @property
    def next_year(self) -> int:
        """The year after the period's end."""
        return self.end.year + 1

    @property
    def is_year(self) -> bool:
        """Whether the period is exactly one calendar year."""
        return self == year(self.end.year)

    @property
    def is_long(self) -> bool:
        """Whether the period is longer than a month, so that many records may lie in it."""
        return (self.end - self.start).days > _LONGEST_MONTH

    @property
    def is_whole_years(self) -> bool:
        """Whether the period begins and ends with a year."""
        return (self.start.month, self.start.day, self.end.month, self.end.day) == (1, 1, 12, 31)

    @property
    def is_whole_months(self) -> bool:
        """Whether the period begins and ends with a month."""
        return self.start.day == 1 and self.end == _last_day(self.end.year, self.end.month)

    @property
    def title(self) -> str:
        """As people call it: 2021年, 2021年上半年, 2021年一季度, 2021年3月, 2021年1月15日至3月20日."""
        first, last = self.start.month, self.end.month
        if not self.is_whole_months or self.end.year != self.start.year:
            return self._dates_title()
        lead, count = f"{self.end.year}年", last - first + 1
        if count == 12:
            return lead
        if count == 6 and first in (1, 7):
            return f"{lead}{_HALVES[first // 7]}半年"
        if count == 3 and first % 3 == 1:
            return f"{lead}{_QUARTERS[first // 3]}季度"
        return f"{lead}{first}月" if count == 1 else f"{lead}{first}月至{last}月"

    def _dates_title(self) -> str:
        start, end = self.start, self.end
        if self.is_whole_months:
            return f"{start.year}年{start.month}月至{end.year}年{end.month}月"
        told = f"{start.year}年{start.month}月{start.day}日"
        if start == end:
            return told
        year = "" if start.year == end.year else f"{end.year}年"
        return f"{told}至{year}{end.month}月{end.day}日"

    def previous(self) -> Period:
        """The same span a year before."""
        if self.is_whole_months:
            first = date(self.start.year - 1, self.start.month, 1)
            return Period(first, _last_day(self.end.year - 1, self.end.month))
        return Period(_year_before(self.start), _year_before(self.end))

    def before(self) -> Period:
        """The span of the same length just before: months where the period is whole months, else days."""
        if self.is_whole_months:
            months = (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1
            return _of_months(*_shift(self.start.year, self.start.month, -months), months)
        last = self.start - timedelta(days=1)
        return Period(last - (self.end - self.start), last)

    def months(self) -> tuple[int, ...]:
        """The months that lie wholly inside, as yyyymm."""
        year, month = self.start.year, self.start.month
        if self.start.day > 1:
            year, month = _shift(year, month, 1)
        found = []
        while _last_day(year, month) <= self.end:
            found.append(year * 100 + month)
            year, month = _shift(year, month, 1)
        return tuple(found)

    def contains(self, day: date) -> bool:
        """Whether the day lies in the period."""
        return self.start <= day <= self.end


def _year_before(day: date) -> date:
    return date(day.year - 1, day.month, min(day.day, calendar.monthrange(day.year - 1, day.month)[1]))


def _of_months(year: int, month: int, count: int) -> Period:
    return Period(date(year, month, 1), _last_day(*_shift(year, month, count - 1)))


def year(number: int) -> Period:
    """The calendar year."""
    return _of_months(number, 1, 12)


def half(year: int, number: int) -> Period:
    """The first (1) or second (2) half of a year."""
    return _of_months(year, number * 6 - 5, 6)


def quarter(year: int, number: int) -> Period:
    """A quarter (1 to 4) of a year."""
    return _of_months(year, number * 3 - 2, 3)


def month(year: int, number: int) -> Period:
    """A month of a year."""
    return _of_months(year, number, 1)


def between(start: date, end: date) -> Period:
    """The days between two dates, both included; raises ValueError where the end is before the start."""
    return Period(start, end)
