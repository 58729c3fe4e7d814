"""Days, months and years as people write them, and reckoning with them."""

from __future__ import annotations

import calendar
import re
import unicodedata
from datetime import date, timedelta

#: Nothing an office keeps lies outside these years; a year beyond them is a slip of the finger.
FIRST_YEAR, LAST_YEAR = 1900, 2100

_SEP = r"[-./年]"
_FULL = re.compile(rf"(\d{{4}}|\d{{2}}){_SEP}(\d{{1,2}})[-./月](\d{{1,2}})[日号]?")
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SHORT = re.compile(r"(\d{1,2})[-./月](\d{1,2})[日号]?")
_SHORT_DIGITS = re.compile(r"(\d{2})(\d{2})")
_MIDNIGHT = re.compile(r"[T ]?0{1,2}:00(:00(\.0+)?)?$")
_MONTH = re.compile(rf"(\d{{4}}|\d{{2}}){_SEP}(\d{{1,2}})月?")
_MONTH_DIGITS = re.compile(r"(\d{4})(\d{2})")
_NAMED = {"今天": 0, "今日": 0, "昨天": -1, "昨日": -1, "前天": -2, "明天": 1}


def _folded(text: str) -> str:
    joined = unicodedata.normalize("NFKC", text).strip()
    joined = _MIDNIGHT.sub("", joined)
    return re.sub(r"\s+", "", joined).replace("。", ".").replace("—", "-").replace("–", "-")


def _day(year: int, month: int, day: int) -> date | None:
    if not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= month <= 12:
        return None
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return date(year, month, day)


def _century(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


def read_date(text: str, today: date, year: int) -> date | None:
    """The day that `text` names, or None; `year` completes a day written without one."""
    bare = _folded(text)
    if bare in _NAMED:
        return today + timedelta(days=_NAMED[bare])
    if match := _FULL.fullmatch(bare):
        return _day(_century(match[1]), int(match[2]), int(match[3]))
    if match := _DIGITS.fullmatch(bare):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _SHORT.fullmatch(bare) or _SHORT_DIGITS.fullmatch(bare):
        return _day(year, int(match[1]), int(match[2]))
    return None


def read_month(text: str, year: int) -> int | None:
    """The month that `text` names as yyyymm, or None; a full date gives its month."""
    bare = _folded(text)
    if match := _MONTH.fullmatch(bare) or _MONTH_DIGITS.fullmatch(bare):
        return _month(_century(match[1]), int(match[2]))
    if match := re.fullmatch(r"(\d{1,2})月?", bare):
        return _month(year, int(match[1]))
    whole = _FULL.fullmatch(bare) or _DIGITS.fullmatch(bare)
    if whole and (day := _day(_century(whole[1]), int(whole[2]), int(whole[3]))):
        return day.year * 100 + day.month
    return None


def _month(year: int, month: int) -> int | None:
    return year * 100 + month if FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 else None


def read_year(text: str) -> int | None:
    """The year that `text` names, or None."""
    match = re.fullmatch(r"(\d{4})(\.0)?(年|年度)?", _folded(text))
    return int(match[1]) if match and FIRST_YEAR <= int(match[1]) <= LAST_YEAR else None


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months on, or that month's last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def age_on(birth: date, day: date) -> int:
    """Whole years lived on `day`, as officials count 周岁."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
