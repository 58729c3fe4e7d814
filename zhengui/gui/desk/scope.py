"""The period and the villages that every page counts, chosen at the top right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QObject, Signal

from zhengui.catalogue.speech import Speech
from zhengui.figures import period as periods
from zhengui.figures.period import Period

#: What a figure is compared with: the same span of the year before, the span just before, or nothing.
COMPARISONS = {"year": "上年同期", "before": "上一期", "none": "不对比"}


class ChosenScope(QObject):
    """One period, a set of villages (empty for the whole township) and what to compare with.

    It starts with the whole working year and the whole township every time, so that no page is
    narrowed by a choice of yesterday.
    """

    changed = Signal()

    def __init__(self, year: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.period: Period = periods.year(year)
        self.villages: tuple[int, ...] = ()
        self.all_villages: dict[int, str] = {}
        self.compare = "year"
        #: The program's words for a 镇 with 村（居）, in the office's own.
        self.speech = Speech()

    @property
    def year(self) -> int:
        """The working year."""
        return self.period.year

    @property
    def narrowed(self) -> bool:
        """Whether less than a whole year of the whole township is counted."""
        return not self.period.is_year or bool(self.villages)

    def set_period(self, period: Period) -> None:
        """Count another span of days."""
        self.set_both(period, self.villages)

    def set_villages(self, villages: Sequence[int]) -> None:
        """Count only some villages; none or all of them mean the whole township."""
        self.set_both(self.period, villages)

    def set_both(self, period: Period, villages: Sequence[int]) -> None:
        """Count another span of days in other villages, as one change."""
        chosen = tuple(v for v in self.all_villages if v in set(villages))
        if len(chosen) == len(self.all_villages):
            chosen = ()
        if (period, chosen) != (self.period, self.villages):
            self.period, self.villages = period, chosen
            self.changed.emit()

    def set_compare(self, compare: str) -> None:
        """Compare with the year before, the span before, or nothing."""
        if compare != self.compare:
            self.compare = compare
            self.changed.emit()

    def set_all_villages(self, villages: dict[int, str]) -> None:
        """Learn the township's villages; a chosen one that is gone is dropped."""
        self.all_villages = villages
        kept = tuple(v for v in self.villages if v in villages)
        if kept != self.villages:
            self.villages = kept
            self.changed.emit()

    def widen(self) -> None:
        """Go back to the whole year and the whole township."""
        if self.narrowed:
            self.period, self.villages = periods.year(self.year), ()
            self.changed.emit()

    def step(self, by: int) -> None:
        """Move the period on or back by its own length; a year stays a year."""
        if by < 0:
            self.set_period(self.period.before())
            return
        self.set_period(_after(self.period))

    def compared_period(self) -> Period | None:
        """The span that figures are compared with."""
        if self.compare == "none":
            return None
        return self.period.previous() if self.compare == "year" else self.period.before()

    def period_words(self) -> str:
        """The period as its button says it: 2021年 · 上半年."""
        title = self.period.title
        lead = f"{self.year}年"
        if self.period.is_year:
            return f"{lead} · 全年"
        rest = title.removeprefix(lead)
        if title.startswith(lead) and "至" not in rest:
            return f"{lead} · {rest}"
        return f"{_short(self.period.start)}—{_short(self.period.end)}"

    def village_words(self) -> str:
        """The villages as their button says it: 全镇 24 村（居）, 白沙村, 青石村等 3 个."""
        if not self.villages:
            count = len(self.all_villages)
            return self.speech(f"全镇 {count} 村（居）" if count else "全镇")
        first = self.all_villages.get(self.villages[0], "")
        return first if len(self.villages) == 1 else f"{first}等 {len(self.villages)} 个"

    def status_words(self) -> str:
        """What the status bar repeats where less is counted: 只统计 2021-01-01 至 2021-06-30，白沙村."""
        if not self.narrowed:
            return ""
        parts = []
        if not self.period.is_year:
            parts.append(f"{self.period.start} 至 {self.period.end}")
        names = [self.all_villages.get(v, "") for v in self.villages]
        if names:
            more = self.speech(f"等 {len(names)} 个村（居）") if len(names) > 3 else ""
            parts.append("、".join(names[:3]) + more)
        return "只统计 " + "，".join(parts)


def _short(day: date) -> str:
    return f"{day.year}.{day.month}.{day.day}"


def _after(period: Period) -> Period:
    """The span of the same length just after."""
    if period.is_whole_months:
        months = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1
        first = period.end.year * 12 + period.end.month
        start = periods.month(first // 12, first % 12 + 1).start
        last = first + months - 1
        return Period(start, periods.month(last // 12, last % 12 + 1).end)
    day = timedelta(days=1)
    return Period(period.end + day, period.end + day + (period.end - period.start))
