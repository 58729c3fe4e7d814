"""What is shared out comes to exactly the whole, by weight and by working days."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengui.figures.plan_shares import due_by, share_out, spread, steps

START = date(2020, 12, 31)
amounts = st.one_of(st.integers(0, 100_000).map(Decimal), st.decimals(0, 10_000, places=2))
weights = st.dictionaries(st.integers(1, 40), st.integers(0, 9000).map(Decimal), min_size=1).filter(
    lambda found: any(found.values())
)
spans = st.tuples(st.integers(0, 300), st.integers(1, 364)).map(
    lambda pair: (START + timedelta(days=pair[0]), START + timedelta(days=pair[0] + pair[1]))
)


@given(amounts, weights)
def test_the_parts_are_the_whole(amount: Decimal, shares: dict[int, Decimal]) -> None:
    parts = share_out(amount, shares)
    assert sum(parts.values()) == amount
    assert all(part >= 0 for part in parts.values())
    whole = sum(shares.values())
    assert all(abs(parts[key] - amount * weight / whole) <= 1 for key, weight in shares.items())


def test_somebody_must_do_it() -> None:
    with pytest.raises(ValueError, match="weights"):
        share_out(Decimal(5), {1: Decimal(0)})


@given(amounts, spans, st.sampled_from(["month", "week"]))
def test_the_steps_are_the_whole(amount: Decimal, span: tuple[date, date], step: str) -> None:
    start, due = span
    ends = steps(start, due, step)
    parts = spread(amount, start, ends)
    assert ends[-1] == due
    assert all(early < late for early, late in pairwise(ends))
    assert sum(parts) == amount
    assert all(part >= 0 for part in parts)


@given(amounts, spans, st.lists(st.integers(0, 364), min_size=2, max_size=2))
def test_what_is_due_climbs_from_what_was_done_to_the_goal(
    amount: Decimal, span: tuple[date, date], picked: list[int]
) -> None:
    start, due = span
    ends = steps(start, due, "week")
    planned = list(zip(ends, spread(amount, start, ends), strict=True))
    early, late = (START + timedelta(days=n) for n in sorted(picked))
    assert due_by(Decimal(7), start, planned, early) <= due_by(Decimal(7), start, planned, late)
    assert due_by(Decimal(7), start, planned, start) == 7
    assert due_by(Decimal(7), start, planned, due) == 7 + amount


def test_no_work_is_planned_for_a_holiday() -> None:
    ends = steps(date(2021, 9, 26), date(2021, 10, 17), "week")
    assert ends == [date(2021, 10, 3), date(2021, 10, 10), date(2021, 10, 17)]
    assert spread(Decimal(110), date(2021, 9, 26), ends) == [40, 20, 50]
