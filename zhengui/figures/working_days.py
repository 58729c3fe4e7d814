"""Working days: weekdays without the public holidays, with the days that are worked in their place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

_DAY = timedelta(days=1)
#: Holidays that lie on weekdays or weekends as the State Council arranged them, and weekend days worked instead,
#: as month-day spans by year.
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
#: Of a year that isn't arranged yet, the days that the law itself gives: New Year, Labour Day, National Day, and
#: by the lunar calendar New Year's Eve to the third day, Qingming, Dragon Boat, Mid-Autumn.
_FIXED = "0101 0501-0502 1001-1003"
_LUNAR: dict[int, str] = {
    2027: "0205-0208 0405 0609 0915",
    2028: "0125-0128 0404 0528 1003",
    2029: "0212-0215 0404 0616 0922",
    2030: "0202-0205 0405 0605 0912",
    2031: "0122-0125 0405 0624 1001",
    2032: "0210-0213 0404 0612 0919",
    2033: "0130-0202 0404 0601 0908",
    2034: "0218-0221 0405 0620 0927",
    2035: "0207-0210 0405 0610 0916",
}


@dataclass(frozen=True, slots=True)
class DaysOff:
    """A year's days off, and the weekend days that are worked instead."""

    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """When offices work; `own` are the office's arrangements by year, which come before those that are known here."""

    own: tuple[tuple[int, DaysOff], ...] = ()

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on the day."""
        arranged = self.of(day.year)
        return day in arranged.worked or (day.weekday() < 5 and day not in arranged.off)

    def working_days(self, after: date, until: date) -> int:
        """The working days after one day up to and with another; 0 where that isn't later."""
        count, day = 0, after
        while day < until:
            day += _DAY
            count += self.is_working_day(day)
        return count

    def add_working_days(self, day: date, count: int) -> date:
        """The day on which `count` more working days have passed."""
        while count > 0:
            day += _DAY
            count -= self.is_working_day(day)
        return day

    def of(self, year: int) -> DaysOff:
        """How a year is arranged."""
        for known, arranged in self.own:
            if known == year:
                return arranged
        return _known(year)


SHIPPED = WorkCalendar()


def is_arranged(year: int) -> bool:
    """Whether the year's arrangement is known here, and not only the days that the law gives."""
    return year in _ARRANGED


_SPAN = re.compile(
    r"(?:(?P<m1>\d{1,2})\s*[月./])\s*(?P<d1>\d{1,2})日?"
    r"(?:\s*[至到—~～-]+\s*(?:(?P<m2>\d{1,2})\s*[月./]\s*)?(?P<d2>\d{1,2})日?)?"
)
_TOKEN = re.compile(rf"(?P<span>{_SPAN.pattern})|(?P<off>放假|补休|休息)|(?P<worked>上班)")
_ASIDE = re.compile(r"[（(][^）)]*[）)]|\d{4}年")


def read_arrangement(year: int, text: str) -> DaysOff:
    """Read a year's arrangement as the State Council's notice words it: 1月1日至3日放假，1月4日上班.

    Raises ValueError with a sentence for people where no day can be read or the days contradict each other.
    """
    off: set[date] = set()
    worked: set[date] = set()
    waiting: list[date] = []
    for found in _TOKEN.finditer(_ASIDE.sub("", text)):
        if found["span"]:
            waiting += _span_days(year, found)
        elif waiting:
            (off if found["off"] else worked).update(waiting)
            waiting = []
    if waiting:
        raise ValueError(f"{waiting[0].month}月{waiting[0].day}日后面没有写放假还是上班，请补上。")
    if not off:
        raise ValueError(
            "没有读到放假的日子。请照国务院办公厅的通知粘贴，例如“1月1日至3日放假。1月4日上班。”。"
        )
    both = sorted(off & worked)
    if both:
        raise ValueError(f"{both[0].month}月{both[0].day}日既写了放假又写了上班，请核对。")
    return DaysOff(frozenset(off), frozenset(worked))


def _span_days(year: int, found: re.Match[str]) -> list[date]:
    first = _date(year, int(found["m1"]), int(found["d1"]))
    last = first
    if found["d2"]:
        last = _date(year, int(found["m2"] or found["m1"]), int(found["d2"]))
    if last < first:
        raise ValueError(f"“{found['span']}”的结束早于开始，请核对。")
    return list(_every_day(first, last))


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"{year}年没有{month}月{day}日这一天，请核对。") from None


@lru_cache(maxsize=32)
def _known(year: int) -> DaysOff:
    off, worked = _ARRANGED.get(year, (f"{_FIXED} {_LUNAR.get(year, '')}", ""))
    return DaysOff(_days(year, off), _days(year, worked))


def _days(year: int, spans: str) -> frozenset[date]:
    found: set[date] = set()
    for span in spans.split():
        first, _, last = span.partition("-")
        found.update(_every_day(_day(year, first), _day(year, last or first)))
    return frozenset(found)


def _every_day(first: date, last: date) -> Iterable[date]:
    day = first
    while day <= last:
        yield day
        day += _DAY


def _day(year: int, written: str) -> date:
    return date(year, int(written[:2]), int(written[2:]))
