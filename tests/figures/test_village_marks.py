"""Marks and ranks of villages: the same whatever the order, no more than there is to earn, ties share a rank."""

from __future__ import annotations

import random
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from zhengui.figures.village_marks import Scale, mark_villages

RATES = st.none() | st.decimals(0, 100, places=1)
SCALES = (
    Scale(Decimal(60), Decimal(80), Decimal(100)),
    Scale(Decimal(25), Decimal(0), Decimal(60)),
    Scale(Decimal(15), Decimal(5), Decimal(0)),
)
VILLAGES = st.dictionaries(st.integers(1, 40), st.tuples(RATES, RATES, RATES), min_size=1, max_size=12)
BONUSES = st.dictionaries(st.integers(1, 40), st.decimals(-20, 20, places=1), max_size=6)


@given(VILLAGES, BONUSES, st.randoms(use_true_random=False))
def test_the_order_of_the_villages_changes_nothing(
    values: dict[int, tuple[Decimal | None, ...]], bonuses: dict[int, Decimal], chance: random.Random
) -> None:
    mixed = list(values.items())
    chance.shuffle(mixed)
    one = mark_villages(SCALES, values, bonuses, Decimal(5))
    assert mark_villages(SCALES, dict(mixed), bonuses, Decimal(5)) == one


@given(VILLAGES, BONUSES)
def test_nobody_earns_more_than_there_is(
    values: dict[int, tuple[Decimal | None, ...]], bonuses: dict[int, Decimal]
) -> None:
    for each in mark_villages(SCALES, values, bonuses, Decimal(5)):
        assert abs(each.bonus) <= 5
        for scale, mark in zip(SCALES, each.marks, strict=True):
            assert mark is None or 0 <= mark <= scale.weight
        known = any(mark is not None for mark in each.marks)
        assert (each.total is not None) == known == bool(each.rank)
        if each.total is not None:
            assert -5 <= each.total <= 105


@given(VILLAGES)
def test_a_rank_is_how_many_have_more(values: dict[int, tuple[Decimal | None, ...]]) -> None:
    found = mark_villages(SCALES, values, {})
    totals = [each.total for each in found if each.total is not None]
    for each in found:
        if each.total is not None:
            assert each.rank == 1 + sum(other > each.total for other in totals)


def test_less_is_better_where_full_lies_below_zero() -> None:
    scale = Scale(Decimal(10), Decimal(5), Decimal(0))
    assert [scale.mark(Decimal(n)) for n in (0, 1, 5, 9)] == [10, 8, 0, 0]
    assert scale.mark(None) is None


def test_what_is_unknown_is_left_out_and_the_rest_raised() -> None:
    values = {1: (Decimal(100), None, Decimal(0)), 2: (None, None, None)}
    first, last = mark_villages(SCALES, values, {})
    assert (first.village, first.total, first.rank) == (1, 100, 1)
    assert (last.village, last.total, last.rank) == (2, None, 0)


def test_a_village_moves_by_its_places() -> None:
    values = {n: (Decimal(80 + n), Decimal(0), Decimal(9)) for n in (1, 2, 3)}
    found = mark_villages(SCALES, values, {}, before={1: 1, 2: 3})
    assert [(each.village, each.movement) for each in found] == [(3, None), (2, 1), (1, -2)]
