"""Periods: titles, neighbours and whole months."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengui.figures.period import Period, between, half, month, quarter, year


@pytest.mark.parametrize(
    ("period", "title"),
    [
        (year(2021), "2021年"),
        (half(2021, 1), "2021年上半年"),
        (half(2021, 2), "2021年下半年"),
        (quarter(2021, 1), "2021年一季度"),
        (quarter(2021, 4), "2021年四季度"),
        (month(2021, 3), "2021年3月"),
        (between(date(2021, 2, 1), date(2021, 5, 31)), "2021年2月至5月"),
        (between(date(2020, 7, 1), date(2021, 6, 30)), "2020年7月至2021年6月"),
        (between(date(2021, 1, 15), date(2021, 3, 20)), "2021年1月15日至3月20日"),
        (between(date(2020, 12, 15), date(2021, 1, 20)), "2020年12月15日至2021年1月20日"),
        (between(date(2021, 1, 15), date(2021, 1, 15)), "2021年1月15日"),
    ],
)
def test_titles(period: Period, title: str) -> None:
    assert period.title == title


def test_neighbours() -> None:
    assert year(2021).previous() == year(2021).before() == year(2020)
    assert quarter(2021, 1).before() == quarter(2020, 4)
    assert half(2021, 2).previous() == half(2020, 2)
    assert month(2020, 2).previous() == between(date(2019, 2, 1), date(2019, 2, 28))
    assert month(2021, 2).previous().end == date(2020, 2, 29)
    leap = between(date(2020, 2, 29), date(2020, 3, 10))
    assert leap.previous() == between(date(2019, 2, 28), date(2019, 3, 10))
    assert leap.before() == between(date(2020, 2, 18), date(2020, 2, 28))


def test_years_and_whole_months() -> None:
    assert year(2021).year == 2021
    assert year(2021).next_year == 2022
    assert year(2021).is_year
    assert not half(2021, 1).is_year
    assert year(2021).months() == tuple(range(202101, 202113))
    assert between(date(2021, 1, 15), date(2021, 3, 31)).months() == (202102, 202103)
    assert between(date(2021, 1, 15), date(2021, 2, 20)).months() == ()
    with pytest.raises(ValueError, match="结束日期不能早于开始日期"):
        between(date(2021, 2, 1), date(2021, 1, 1))


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 1000))
def test_the_span_before_ends_the_day_before(start: date, days: int) -> None:
    period = between(start, date.fromordinal(start.toordinal() + days))
    before = period.before()
    assert before.end.toordinal() + 1 == period.start.toordinal()
    assert period.contains(period.start)
    assert not period.contains(before.end)
    assert all(period.contains(date(m // 100, m % 100, 1)) for m in period.months())
