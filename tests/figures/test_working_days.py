"""Working days: what is known, what the law gives, and what an office enters from the yearly notice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from zhengui.figures.working_days import SHIPPED, WorkCalendar, is_arranged, read_arrangement

#: Made up in the wording of the yearly notice; no real year's arrangement.
NOTICE = """
一、元旦：1月1日（周五）至3日（周日）放假调休，共3天。
二、春节：2月5日（农历除夕、周五）至11日（周四）放假调休，共7天。1月31日（周日）、2月20日（周六）上班。
三、清明节：4月5日（周一）放假1天，与周末连休。
四、国庆节：2027年9月30日至10月6日放假。10月9日上班。
"""


def test_the_yearly_notice_is_read_as_it_is_worded() -> None:
    found = read_arrangement(2027, NOTICE)
    assert len(found.off) == 3 + 7 + 1 + 7
    assert found.worked == {date(2027, 1, 31), date(2027, 2, 20), date(2027, 10, 9)}
    assert date(2027, 2, 11) in found.off
    assert {date(2027, 9, 30), date(2027, 10, 6)} <= found.off


def test_short_words_will_do() -> None:
    found = read_arrangement(2027, "1.1-1.3放假 1.4上班，5.1至5.3放假")
    assert len(found.off) == 6
    assert found.worked == {date(2027, 1, 4)}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("没有日子", "没有读到放假的日子"),
        ("1月4日上班", "没有读到放假的日子"),
        ("2月30日放假", "2027年没有2月30日"),
        ("1月3日至1日放假", "结束早于开始"),
        ("1月1日至3日放假。1月2日上班", "1月2日既写了放假又写了上班"),
        ("1月1日放假。5月1日至3日", "5月1日后面没有写放假还是上班"),
    ],
)
def test_what_cannot_be_read_is_told(text: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        read_arrangement(2027, text)


def test_the_office_s_arrangement_comes_first() -> None:
    own = WorkCalendar(((2027, read_arrangement(2027, NOTICE)),))
    assert own.is_working_day(date(2027, 1, 31))
    assert not SHIPPED.is_working_day(date(2027, 1, 31)), "a Sunday"
    assert not own.is_working_day(date(2027, 9, 30))
    assert own.working_days(date(2027, 2, 4), date(2027, 2, 12)) == 1
    assert own.add_working_days(date(2027, 2, 4), 1) == date(2027, 2, 12)
    assert own.of(2026) == SHIPPED.of(2026)


@pytest.mark.parametrize("year", range(2027, 2036))
def test_years_to_come_have_the_thirteen_days_of_the_law(year: int) -> None:
    assert not is_arranged(year)
    off = SHIPPED.of(year).off
    # In these two years Mid-Autumn falls on the days of National Day.
    assert len(off) == (12 if year in (2028, 2031) else 13)
    assert {date(year, 1, 1), date(year, 5, 1), date(year, 5, 2), date(year, 10, 1)} <= off
    spring = sorted(day for day in off if date(year, 1, 15) < day < date(year, 3, 1))
    assert [day - spring[0] for day in spring] == [timedelta(days=n) for n in range(4)]
