"""Working days: weekdays without the public holidays, with the days that are worked in their place."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

_DAY = timedelta(days=1)
#: Holidays that lie on weekdays or weekends as the State Council arranged them, and weekend days worked instead,
#: as month-day spans by year. Of a year that isn't listed only the fixed days are known.
_ARRANGED: dict[int, tuple[str, str]] = {
    2020: ("0101 0124-0202 0404-0406 0501-0505 0625-0627 1001-1008", "0119 0426 0509 0628 0927 1010"),
    2021: (
        "0101-0103 0211-0217 0403-0405 0501-0505 0612-0614 0919-0921 1001-1007",
        "0207 0220 0425 0508 0918 0926 1009",
    ),
    2022: (
        "0101-0103 0131-0206 0403-0405 0430-0504 0603-0605 0910-0912 1001-1007",
        "0129 0130 0402 0424 0507 1008 1009",
    ),
    2023: (
        "0101-0102 0121-0127 0405 0429-0503 0622-0624 0929-1006",
        "0128 0129 0423 0506 0625 1007 1008",
    ),
    2024: (
        "0101 0210-0217 0404-0406 0501-0505 0610 0915-0917 1001-1007",
        "0204 0218 0407 0428 0511 0914 0929 1012",
    ),
    2025: ("0101 0128-0204 0404-0406 0501-0505 0531-0602 1001-1008", "0126 0208 0427 0928 1011"),
    2026: (
        "0101-0103 0215-0223 0404-0406 0501-0505 0619-0621 0925-0927 1001-1007",
        "0104 0214 0228 0509 0920 1010",
    ),
}
_FIXED = ("0101 0501 1001-1003", "")


def is_working_day(day: date) -> bool:
    """Whether offices work on the day."""
    off, worked = _arranged(day.year)
    return day in worked or (day.weekday() < 5 and day not in off)


def working_days(after: date, until: date) -> int:
    """The working days after one day up to and with another; 0 where that isn't later."""
    count, day = 0, after
    while day < until:
        day += _DAY
        count += is_working_day(day)
    return count


def add_working_days(day: date, count: int) -> date:
    """The day on which `count` more working days have passed."""
    while count > 0:
        day += _DAY
        count -= is_working_day(day)
    return day


@lru_cache(maxsize=32)
def _arranged(year: int) -> tuple[frozenset[date], frozenset[date]]:
    off, worked = _ARRANGED.get(year, _FIXED)
    return _days(year, off), _days(year, worked)


def _days(year: int, spans: str) -> frozenset[date]:
    found: set[date] = set()
    for span in spans.split():
        first, _, last = span.partition("-")
        day, end = _day(year, first), _day(year, last or first)
        while day <= end:
            found.add(day)
            day += _DAY
    return frozenset(found)


def _day(year: int, written: str) -> date:
    return date(year, int(written[:2]), int(written[2:]))
