"""Days, months and years as people write them, and reckoning with them."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from zhengui.values.clean import one_width

#: Nothing an office keeps lies outside these years; a year beyond them is a slip of the finger.
FIRST_YEAR, LAST_YEAR = 1900, 2100

#: How far before and after the working year a year written with two digits may lie.
Window = tuple[int, int]
PAST_WINDOW: Window = (-20, 0)
OPEN_WINDOW: Window = (-10, 20)

_SEP = r"[-./年]"
_FULL = re.compile(rf"(\d{{4}}|\d{{2}}){_SEP}(\d{{1,2}})[-./月](\d{{1,2}})[日号]?", re.ASCII)
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_SHORT = re.compile(r"(\d{1,2})[-./月](\d{1,2})[日号]?", re.ASCII)
_SHORT_DIGITS = re.compile(r"(\d{2})(\d{2})", re.ASCII)
#: A time of day is cut off as a whole, or not at all: half of one would become part of the day.
_TIME = re.compile(
    r"[T ]\s*(上午|下午|晚上|中午|凌晨)?\s*\d{1,2}"
    r"(:\d{2}(:\d{2}(\.\d+)?)?|[时点](\d{1,2}分?(\d{1,2}秒)?|半|整)?)"
    r"\s*([AaPp][Mm]|Z|[+-]\d{2}:?\d{2})?$",
    re.ASCII,
)
_AFTER_DAY = re.compile(r"(?<=[日号])((上午|下午|晚上|中午|凌晨)?\d{1,2}(:\d{2}){1,2})$", re.ASCII)
_WEEKDAY = re.compile(r"\s*[(（]?\s*(星期|周|礼拜)[一二三四五六日天]\s*[)）]?$")
_MONTH = re.compile(rf"(\d{{4}}){_SEP}(\d{{1,2}})月?|(\d{{2}})年(\d{{1,2}})月?", re.ASCII)
_MONTH_DIGITS = re.compile(r"(\d{4})(\d{2})", re.ASCII)
_AROUND_MARKS = re.compile(r"\s*([-./年月日号])\s*")
_NAMED = {"今天": 0, "今日": 0, "昨天": -1, "昨日": -1, "前天": -2, "明天": 1}


def _folded(text: str) -> str:
    """One width, no time of day, no weekday, blanks only where they would tell two numbers apart."""
    joined = one_width(text).replace("。", ".").replace("—", "-").replace("–", "-").strip()
    joined = _AFTER_DAY.sub("", _TIME.sub("", _WEEKDAY.sub("", joined)))
    return _AROUND_MARKS.sub(r"\1", _WEEKDAY.sub("", joined)).strip()


def _day(year: int | None, month: int, day: int) -> date | None:
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= month <= 12:
        return None
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return date(year, month, day)


def _whole_year(digits: str, year: int, window: Window) -> int | None:
    """The year of four digits, or the only one of the window that ends with these two."""
    if len(digits) == 4:
        return int(digits)
    within = range(year + window[0], year + window[1] + 1)
    fitting = [each for each in within if each % 100 == int(digits)]
    return fitting[0] if len(fitting) == 1 else None


def read_date(text: str, today: date, year: int, window: Window = OPEN_WINDOW) -> date | None:
    """The day that `text` names, or None; `year` completes a day written without one.

    A year of two digits is the one within `window` around `year`; where there is none or there are two, the day
    can't be told.
    """
    bare = _folded(text)
    if bare in _NAMED:
        return today + timedelta(days=_NAMED[bare])
    if match := _FULL.fullmatch(bare):
        return _day(_whole_year(match[1], year, window), int(match[2]), int(match[3]))
    if match := _DIGITS.fullmatch(bare):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _SHORT.fullmatch(bare) or _SHORT_DIGITS.fullmatch(bare):
        return _day(year, int(match[1]), int(match[2]))
    return None


def lacks_year(text: str) -> bool:
    """Whether `text` names a day by its month and day alone: 3.5, 3月5日, 0305."""
    bare = _folded(text)
    return bool(_SHORT.fullmatch(bare) or _SHORT_DIGITS.fullmatch(bare))


def unsettled_year(text: str, year: int, window: Window) -> str | None:
    """The two digits of a year that the window doesn't settle, where they are all that is wrong with a day."""
    match = _FULL.fullmatch(_folded(text))
    if match is None or len(match[1]) == 4 or _whole_year(match[1], year, window) is not None:
        return None
    return match[1] if _day(2000, int(match[2]), int(match[3])) else None


def read_month(text: str, year: int, window: Window = OPEN_WINDOW) -> int | None:
    """The month that `text` names as yyyymm, or None; a full date gives its month.

    10.1 is no month: it may be the first of October, January of 2010 or a mistyped year.
    """
    bare = _folded(text)
    if match := _MONTH.fullmatch(bare):
        return _month(_whole_year(match[1] or match[3], year, window), int(match[2] or match[4]))
    if match := _MONTH_DIGITS.fullmatch(bare):
        return _month(int(match[1]), int(match[2]))
    if match := re.fullmatch(r"(\d{1,2})月?(份)?", bare, re.ASCII):
        return _month(year, int(match[1]))
    if whole := _FULL.fullmatch(bare):
        day = _day(_whole_year(whole[1], year, window), int(whole[2]), int(whole[3]))
        return day.year * 100 + day.month if day else None
    whole = _DIGITS.fullmatch(bare)
    if whole and (day := _day(int(whole[1]), int(whole[2]), int(whole[3]))):
        return day.year * 100 + day.month
    return None


def _month(year: int | None, month: int) -> int | None:
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return year * 100 + month if 1 <= month <= 12 else None


def read_year(text: str) -> int | None:
    """The year that `text` names, or None."""
    match = re.fullmatch(r"(\d{4})(\.0)?(年|年度)?", _folded(text), re.ASCII)
    return int(match[1]) if match and FIRST_YEAR <= int(match[1]) <= LAST_YEAR else None


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months on, or that month's last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def age_on(birth: date, day: date) -> int:
    """Whole years lived on `day`, as officials count 周岁."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
