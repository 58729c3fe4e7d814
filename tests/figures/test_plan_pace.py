"""The light of a plan item follows from its value, its goal and its pace, whatever they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from zhengui.figures.plan_pace import Aim, Light, PlanCourse, expected_on, judge, judge_reports
from zhengui.figures.working_days import SHIPPED

YEAR = [date(2021, 1, 1) + timedelta(days=n) for n in range(365)]
WORSE = [Light.DONE, Light.ON_TIME, Light.NEAR, Light.BEHIND]
amounts = st.integers(0, 5000).map(Decimal)
days = st.sampled_from(YEAR)


@st.composite
def courses(draw, aim=None, grows=None):
    base = draw(st.integers(0, 500))
    earlier = base + draw(st.integers(0, 500))
    return PlanCourse(
        draw(st.sampled_from(list(Aim))) if aim is None else aim,
        Decimal(draw(st.integers(1, 5000))),
        date(2021, 1, 1),
        draw(st.sampled_from(YEAR[60:])),
        Decimal(earlier + draw(st.integers(0, 3000))),
        Decimal(base),
        (draw(st.sampled_from(YEAR[:40])), Decimal(earlier)),
        draw(st.booleans()) if grows is None else grows,
    )


def hectares(value: int, **more: object) -> PlanCourse:
    """3000 亩 by 11 December, of which `value` are done on the 6th and 24 were added each working day of late."""
    before = (
        date(2021, 11, 8),
        Decimal(value - 24 * SHIPPED.working_days(date(2021, 11, 8), date(2021, 12, 6))),
    )
    return replace(
        PlanCourse(Aim.AT_LEAST, Decimal(3000), date(2021, 1, 1), date(2021, 12, 11), Decimal(value)),
        before=before,
        **more,
    )


def test_the_example_of_the_office() -> None:
    standing = judge(hectares(2760), date(2021, 12, 6))
    assert standing.light is Light.BEHIND
    assert (standing.pace, standing.needed, standing.missing) == (24, 60, 240)
    assert standing.forecast_on == date(2021, 12, 20)
    assert standing.days == 9


@given(courses(aim=Aim.AT_LEAST), days, st.integers(0, 2000))
def test_more_is_never_worse(course: PlanCourse, today: date, more: int) -> None:
    other = replace(course, value=course.value + more)
    assert WORSE.index(judge(other, today).light) <= WORSE.index(judge(course, today).light)


@given(courses(aim=Aim.AT_MOST), days, st.integers(0, 2000))
def test_less_of_what_is_limited_is_never_worse(course: PlanCourse, today: date, less: int) -> None:
    other = replace(course, value=max(Decimal(0), course.value - less))
    assert WORSE.index(judge(other, today).light) <= WORSE.index(judge(course, today).light)


@given(courses(aim=Aim.AT_LEAST, grows=True), days)
def test_a_goal_that_adds_up_is_done_exactly_when_it_is_reached(course: PlanCourse, today: date) -> None:
    assert (judge(course, today).light is Light.DONE) == (course.value >= course.goal)


@given(courses(), days)
def test_past_its_day_an_item_is_done_or_behind(course: PlanCourse, today: date) -> None:
    if today > course.due:
        assert judge(course, today).light in (Light.DONE, Light.BEHIND)


@given(courses(aim=Aim.AT_LEAST, grows=True), days)
def test_whatever_is_behind_says_by_how_many_days(course: PlanCourse, today: date) -> None:
    standing = judge(course, today)
    assert (standing.days > 0) == (standing.light is Light.BEHIND)


@given(courses(aim=Aim.AT_LEAST, grows=True), days)
def test_the_forecast_is_the_first_day_on_which_the_pace_is_enough(course: PlanCourse, today: date) -> None:
    standing = judge(course, today)
    if standing.forecast_on is not None and standing.pace is not None:
        count = SHIPPED.working_days(today, standing.forecast_on)
        assert course.value + standing.pace * count >= course.goal - Decimal("1e-20")
        assert course.value + standing.pace * (count - 1) < course.goal


@given(courses(), days, days)
def test_what_should_be_reached_never_falls_and_ends_at_the_goal(
    course: PlanCourse, one: date, two: date
) -> None:
    course = replace(course, goal=course.goal + course.base)
    early, late = sorted((one, two))
    assert expected_on(course, early) <= expected_on(course, late)
    assert expected_on(course, course.due) == course.goal


def test_a_limit_is_kept_only_when_its_year_is_over() -> None:
    fires = PlanCourse(Aim.AT_MOST, Decimal(0), date(2021, 1, 1), date(2021, 11, 15), Decimal(0))
    assert judge(fires, date(2021, 6, 1)).light is Light.ON_TIME
    assert judge(fires, date(2021, 11, 15)).light is Light.DONE
    assert judge(replace(fires, value=Decimal(1)), date(2021, 6, 1)).light is Light.BEHIND


def test_too_much_misses_an_exact_goal() -> None:
    schools = PlanCourse(Aim.EXACTLY, Decimal(2), date(2021, 1, 1), date(2021, 9, 1), Decimal(2))
    assert judge(schools, date(2021, 8, 1)).light is Light.DONE
    assert judge(replace(schools, value=Decimal(3)), date(2021, 8, 1)).light is Light.BEHIND


def test_a_level_counts_on_the_due_date() -> None:
    closed = PlanCourse(
        Aim.AT_LEAST, Decimal(95), date(2021, 1, 1), date(2021, 12, 31), Decimal(96), grows=False
    )
    assert judge(closed, date(2021, 6, 1)).light is Light.ON_TIME
    assert judge(closed, date(2021, 12, 31)).light is Light.DONE
    assert judge(replace(closed, value=Decimal(93)), date(2021, 6, 1)).light is Light.NEAR
    assert judge(replace(closed, value=Decimal(80)), date(2021, 6, 1)).light is Light.BEHIND


@given(days, days, st.none() | days, st.booleans())
def test_reports_alone(due: date, today: date, last: date | None, done: bool) -> None:
    light, count = judge_reports(done, due, date(2021, 1, 1), last, today)
    assert (light is Light.DONE) == done
    assert (light is Light.BEHIND) == (not done and today > due)
    assert light is not Light.NEAR or count > 60


@given(days, st.integers(0, 400))
def test_working_days_are_counted_as_they_are_added(start: date, count: int) -> None:
    end = SHIPPED.add_working_days(start, count)
    assert SHIPPED.working_days(start, end) == count
    assert count == 0 or SHIPPED.is_working_day(end)


def test_holidays_and_the_days_worked_for_them() -> None:
    assert not SHIPPED.is_working_day(date(2021, 10, 5))
    assert SHIPPED.is_working_day(date(2021, 10, 9))
    assert not SHIPPED.is_working_day(date(2030, 5, 1))
    assert SHIPPED.working_days(date(2021, 9, 30), date(2021, 10, 11)) == 3
