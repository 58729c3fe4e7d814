"""Marks and ranks of villages: the same whatever the order, no more than there is to earn, ties share a rank."""

from __future__ import annotations

import random
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from zhengui.figures.village_marks import MarkedVillage, Scale, mark_villages

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


class RankingMachine(RuleBasedStateMachine):
    """Villages come, report, are praised and go while months are issued: the order of rows never decides a rank."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        self.values: dict[int, tuple[Decimal | None, ...]] = {}
        self.bonuses: dict[int, Decimal] = {}
        self.issued: list[list[MarkedVillage]] = []

    def ranked(self, rows: list[int]) -> list[MarkedVillage]:
        before = {each.village: each.rank for each in self.issued[-1] if each.rank} if self.issued else {}
        return mark_villages(
            SCALES, {village: self.values[village] for village in rows}, self.bonuses, Decimal(5), before
        )

    @rule(values=st.tuples(RATES, RATES, RATES))
    def a_village_comes(self, values: tuple[Decimal | None, ...]) -> None:
        self.count += 1
        self.values[self.count] = values

    @precondition(lambda self: self.values)
    @rule(values=st.tuples(RATES, RATES, RATES), chance=st.randoms(use_true_random=False))
    def a_village_reports(self, values: tuple[Decimal | None, ...], chance: random.Random) -> None:
        self.values[chance.choice(list(self.values))] = values

    @precondition(lambda self: self.values)
    @rule(points=st.decimals(-9, 9, places=1), chance=st.randoms(use_true_random=False))
    def a_deed_counts(self, points: Decimal, chance: random.Random) -> None:
        village = chance.choice(list(self.values))
        self.bonuses[village] = self.bonuses.get(village, Decimal(0)) + points

    @precondition(lambda self: len(self.values) > 1)
    @rule(chance=st.randoms(use_true_random=False))
    def a_village_goes(self, chance: random.Random) -> None:
        del self.values[chance.choice(list(self.values))]

    @rule()
    def the_month_is_issued(self) -> None:
        self.issued.append(self.ranked(list(self.values)))

    @rule(chance=st.randoms(use_true_random=False))
    def the_rows_come_in_another_order(self, chance: random.Random) -> None:
        rows = list(self.values)
        one = self.ranked(rows)
        chance.shuffle(rows)
        assert self.ranked(rows) == one

    @invariant()
    def a_rank_is_one_more_than_how_many_are_better(self) -> None:
        found = self.ranked(list(self.values)[::-1])
        assert {each.village for each in found} == set(self.values)
        totals = [each.total for each in found if each.total is not None]
        assert totals == sorted(totals, reverse=True)
        for each in found:
            better = sum(other > each.total for other in totals) if each.total is not None else -1
            assert each.rank == better + 1
            assert (each.total is None) == all(value is None for value in each.values)

    @invariant()
    def places_won_and_lost_are_those_against_the_month_before(self) -> None:
        if not self.issued:
            return
        before = {each.village: each.rank for each in self.issued[-1] if each.rank}
        for each in self.ranked(list(self.values)):
            moved = before[each.village] - each.rank if each.rank and each.village in before else None
            assert each.movement == moved


RankingMachine.TestCase.settings = settings(max_examples=50, stateful_step_count=20, deadline=None)
TestRankingMachine = RankingMachine.TestCase


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
