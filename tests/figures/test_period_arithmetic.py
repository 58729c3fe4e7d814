"""Periods against a calendar walked day by day."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from zhengui.figures.period import Period, half, month, quarter, year
from zhengui.figures.period_words import covering_months

DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))
PERIODS = st.builds(
    lambda start, length: Period(start, start + timedelta(days=length)), DAYS, st.integers(0, 900)
)


def days_of(period: Period) -> list[date]:
    return [period.start + timedelta(days=n) for n in range((period.end - period.start).days + 1)]


@given(PERIODS)
def test_whole_months_are_those_with_all_their_days(period: Period) -> None:
    days = set(days_of(period))
    touched = {(day.year, day.month) for day in days}
    whole = [
        year * 100 + month
        for year, month in sorted(touched)
        if all(
            day in days
            for day in (date(year, month, 1) + timedelta(days=n) for n in range(31))
            if day.month == month
        )
    ]
    assert list(period.months()) == whole
    covered = covering_months(period)
    assert list(covered.months()) == [year * 100 + month for year, month in sorted(touched)]
    assert covered.start <= period.start
    assert period.end <= covered.end


@given(PERIODS)
def test_a_year_before_is_the_same_span(period: Period) -> None:
    before = period.previous()
    assert before.end.year == period.end.year - 1
    assert before.start.year == period.start.year - 1
    assert abs(len(days_of(before)) - len(days_of(period))) <= 1
    assert before.is_year == period.is_year
    # 28 February ends its month in most years and doesn't in a leap year.
    if (period.end.month, period.end.day) != (2, 28):
        assert len(before.months()) == len(period.months())


@given(PERIODS)
def test_long_is_longer_than_any_month(period: Period) -> None:
    assert period.is_long == (len(days_of(period)) > 31)


@given(st.integers(1950, 2090))
def test_a_year_is_its_halves_quarters_and_months(number: int) -> None:
    days = days_of(year(number))
    assert len(days) in (365, 366)
    for parts in (
        [half(number, n) for n in (1, 2)],
        [quarter(number, n) for n in range(1, 5)],
        [month(number, n) for n in range(1, 13)],
    ):
        assert [day for part in parts for day in days_of(part)] == days
    assert list(year(number).months()) == [m for n in range(1, 13) for m in month(number, n).months()]
    assert half(number, 2).before() == half(number, 1)
    assert quarter(number, 1).before() == quarter(number - 1, 4)
    assert month(number, 1).before() == month(number - 1, 12)
