"""Words that name the span a document tells of, so that a half-year never says 全年."""

from __future__ import annotations

from datetime import date

from zhengui.figures.period import Period, month


def span_word(period: Period) -> str:
    """全年, 上半年, 一季度, 3月份, or 期间 for two dates."""
    if period.is_year:
        return "全年"
    if not period.is_whole_months or period.start.year != period.end.year:
        return "期间"
    months = len(period.months())
    if months == 1:
        return f"{period.end.month}月份"
    word = period.title.partition("年")[2]
    return word if months in (3, 6) else "期间"


def in_span(text: str, period: Period) -> str:
    """A wording written for a year, told for the period: 全年 becomes 上半年, 一年来 becomes 上半年以来."""
    if period.is_year:
        return text
    word = span_word(period)
    return text.replace("一年来", "期间" if word == "期间" else f"{word}以来").replace("全年", word)


def covering_months(period: Period) -> Period:
    """The period widened to whole months: what must have been reported before anything is claimed of it."""
    first = date(period.start.year, period.start.month, 1)
    return Period(first, month(period.end.year, period.end.month).end)
