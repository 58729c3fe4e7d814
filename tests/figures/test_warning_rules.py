"""Each kind of warning over rows counted anew in plain Python, whatever order they come in."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengui.catalogue.model import WARNING_KINDS
from zhengui.figures.warning_rules import OVER_ROWS, RuleRow, WarningFacts, jumped

TODAY = date(2021, 6, 30)
DAYS = st.integers(-200, 40).map(lambda n: TODAY + timedelta(days=n))
ROWS = st.lists(
    st.builds(
        RuleRow,
        st.integers(1, 10**6),
        st.integers(1, 4),
        st.decimals(0, 20000, places=2),
        DAYS,
        st.none() | DAYS,
    ),
    max_size=12,
    unique_by=lambda row: row.id,
)


def facts(rows: list[RuleRow], limit: int, **more: object) -> WarningFacts:
    return WarningFacts(rows, TODAY, Decimal(limit), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", OVER_ROWS)
@given(ROWS, st.integers(1, 90), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(
    kind: str, rows: list[RuleRow], limit: int, chance: random.Random
) -> None:
    mixed = list(rows)
    chance.shuffle(mixed)
    one, other = (OVER_ROWS[kind](facts(each, limit, order=("低", "高"))) for each in (rows, mixed))
    assert sorted(map(repr, one)) == sorted(map(repr, other))


def test_every_kind_of_the_catalogue_is_judged_somewhere() -> None:
    assert set(WARNING_KINDS) - {"unreported", "jumped"} == set(OVER_ROWS)


@given(ROWS, st.integers(100, 30000))
def test_outlays_are_added_up_by_subject(rows: list[RuleRow], limit: int) -> None:
    sums: dict[object, Decimal] = {}
    for row in rows:
        assert isinstance(row.value, Decimal)
        sums[row.subject] = sums.get(row.subject, Decimal(0)) + row.value
    found = {each.subject: each.value for each in OVER_ROWS["sum_above"](facts(rows, limit))}
    assert found == {subject: total for subject, total in sums.items() if total > limit}


def test_an_outlay_warns_since_the_day_it_passed_the_limit() -> None:
    rows = [
        RuleRow(2, 7, Decimal(6000), date(2021, 3, 1)),
        RuleRow(1, 7, Decimal(5000), date(2021, 1, 9)),
        RuleRow(3, 8, Decimal(9000), date(2021, 2, 1)),
    ]
    (found,) = OVER_ROWS["sum_above"](facts(rows, 10000))
    assert (found.subject, found.since, found.value) == (7, date(2021, 3, 1), 11000)
    assert found.records == (1, 2)


def test_the_latest_income_decides() -> None:
    rows = [RuleRow(1, 7, Decimal(5000), date(2020, 1, 1)), RuleRow(2, 7, Decimal(8000), date(2021, 1, 1))]
    assert OVER_ROWS["latest_below"](facts(rows, 6000)) == []
    (found,) = OVER_ROWS["latest_below"](facts(rows[:1], 6000))
    assert found.ground == "2020-01-01 5000"


def test_a_visit_counts_from_the_last_one_or_from_the_beginning() -> None:
    rows = [RuleRow(1, 7, None, date(2021, 1, 1)), RuleRow(2, 8, None, date(2021, 6, 20))]
    (found,) = OVER_ROWS["not_since"](facts(rows, 30, other={7: date(2021, 5, 1)}))
    assert (found.subject, found.days, found.ground) == (7, 60, "2021-05-01")
    assert found.since == date(2021, 6, 1)


def test_who_lacks_a_measure_is_told_after_the_days_of_grace() -> None:
    rows = [RuleRow(n, n, None, TODAY - timedelta(days=days)) for n, days in ((1, 30), (2, 31), (3, 90))]
    found = OVER_ROWS["without"](facts(rows, 30, other={3: TODAY}))
    assert [each.subject for each in found] == [2]


def test_what_ends_is_told_before_and_after() -> None:
    rows = [
        RuleRow(n, n, None, None, TODAY + timedelta(days=days)) for n, days in ((1, 61), (2, 60), (3, -4))
    ]
    found = OVER_ROWS["ends_soon"](facts(rows, 60))
    assert [(each.subject, each.days) for each in found] == [(2, 60), (3, -4)]


def test_only_a_rise_of_the_grade_warns() -> None:
    order = ("低风险", "中风险", "高风险")
    rows = [
        RuleRow(1, "甲市", "中风险", date(2021, 5, 1)),  # type: ignore[arg-type]
        RuleRow(2, "甲市", "高风险", date(2021, 6, 25)),  # type: ignore[arg-type]
        RuleRow(3, "乙市", "高风险", date(2021, 5, 1)),  # type: ignore[arg-type]
        RuleRow(4, "乙市", "中风险", date(2021, 6, 25)),  # type: ignore[arg-type]
        RuleRow(5, "丙市", "中风险", date(2021, 6, 25)),  # type: ignore[arg-type]
    ]
    found = OVER_ROWS["raised"](facts(rows, 14, order=order))
    assert [(each.subject, each.value) for each in found] == [("甲市", "高风险"), ("丙市", "中风险")]


@pytest.mark.parametrize(
    ("last", "told"), [(12, False), (31, True), (29, False), (3, True), (4, False), (None, False)]
)
def test_a_month_far_from_the_others_is_told(last: int | None, told: bool) -> None:
    months = [(date(2021, n, 1), Decimal(10)) for n in range(1, 6)]
    line = [*months, (date(2021, 6, 1), None if last is None else Decimal(last))]
    assert (jumped("cases", line, Decimal(3)) is not None) == told


def test_a_few_cases_are_no_jump() -> None:
    line = [(date(2021, n, 1), Decimal(1)) for n in range(1, 6)]
    assert jumped("cases", [*line, (date(2021, 6, 1), Decimal(4))], Decimal(3)) is None
