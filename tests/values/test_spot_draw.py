"""A draw repeats from its seed in whatever order the rows come, takes its share of each village, and sums to its size."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from zhengui.values.spot_draw import DrawRefused, draw, shares, size_of
from zhengui.values.visit_pace import pace, parameter_of

POOLS = st.dictionaries(st.integers(0, 30), st.lists(st.integers(1, 500), max_size=40), max_size=12)


@settings(max_examples=150, deadline=None)
@given(pool=POOLS, size=st.integers(1, 60), seed=st.integers(0, 10**6))
def test_a_draw_is_a_fair_part_of_each_village_and_repeats(
    pool: dict[int, list[int]], size: int, seed: int
) -> None:
    found = draw(pool, size, seed)
    total = sum(len(set(items)) for items in pool.values())
    assert sum(len(items) for items in found.values()) == min(size, total)
    for village, items in found.items():
        assert len(set(items)) == len(items)
        assert set(items) <= set(pool[village])
    rows = list(pool.items())
    random.Random(seed).shuffle(rows)
    shuffled = {village: random.Random(size).sample(items, len(items)) for village, items in rows}
    assert draw(shuffled, size, seed) == found, "the draw repeats from its seed"
    filled = [village for village, items in pool.items() if items]
    if filled and min(size, total) >= len(filled):
        assert set(found) == set(filled), "no village is left out where there are enough"


@dataclass(frozen=True)
class Made:
    """A draw as it would be kept: what it was made from, and what came of it."""

    pool: dict[int, tuple[int, ...]]
    size: str
    seed: int
    items: dict[int, tuple[int, ...]]


class DrawMachine(RuleBasedStateMachine):
    """Items are closed, found wanting and closed again, and drawn month after month: no draw made is ever another."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        self.closed: list[tuple[int, int]] = []
        self.reopened: list[tuple[int, int]] = []
        self.made: list[Made] = []

    @rule(village=st.integers(0, 5), count=st.integers(1, 15))
    def items_are_closed(self, village: int, count: int) -> None:
        self.closed += [(village, self.count + n) for n in range(count)]
        self.count += count

    @precondition(lambda self: self.made)
    @rule(chance=st.randoms(use_true_random=False))
    def one_that_was_drawn_fails(self, chance: random.Random) -> None:
        drawn = [(village, item) for village, items in self.made[-1].items.items() for item in items]
        failed = chance.choice(drawn)
        if failed in self.closed:
            self.closed.remove(failed)
            self.reopened.append(failed)

    @precondition(lambda self: self.reopened)
    @rule()
    def it_is_closed_again(self) -> None:
        self.closed.append(self.reopened.pop())

    @rule(
        size=st.sampled_from(["1", "3", "12", "5%", "40%", "100%"]),
        seed=st.integers(0, 10**6),
        again=st.booleans(),
    )
    def the_month_s_draw_is_made(self, size: str, seed: int, again: bool) -> None:
        last = {item for items in self.made[-1].items.values() for item in items} if self.made else set()
        pool: dict[int, tuple[int, ...]] = {}
        for village, item in self.closed:
            if again or item not in last:
                pool[village] = (*pool.get(village, ()), item)
        total = sum(map(len, pool.values()))
        if not total:
            return
        found = draw(pool, size_of(size, total), seed)
        drawn = [item for items in found.values() for item in items]
        assert len(drawn) == len(set(drawn)) == size_of(size, total) > 0
        assert all(set(items) <= set(pool[village]) for village, items in found.items())
        assert again or not last & set(drawn), "nothing is drawn twice in a row unasked"
        self.made.append(Made(pool, size, seed, found))

    @rule(chance=st.randoms(use_true_random=False))
    def the_rows_come_in_another_order(self, chance: random.Random) -> None:
        chance.shuffle(self.closed)

    @invariant()
    def every_draw_repeats_from_its_seed(self) -> None:
        for each in self.made:
            mixed = {village: each.pool[village][::-1] for village in reversed(each.pool)}
            total = sum(map(len, mixed.values()))
            assert draw(mixed, size_of(each.size, total), each.seed) == each.items


DrawMachine.TestCase.settings = settings(max_examples=50, stateful_step_count=20, deadline=None)
TestDrawMachine = DrawMachine.TestCase


def test_villages_give_in_proportion_and_another_seed_draws_others() -> None:
    pool = {1: range(100), 2: range(100, 150), 3: range(150, 160)}
    assert shares(pool, 16, 7) == {1: 10, 2: 5, 3: 1}
    assert draw(pool, 16, 7) != draw(pool, 16, 8)
    counts = [0] * 160
    for seed in range(400):
        for items in draw(pool, 16, seed).values():
            for item in items:
                counts[item] += 1
    assert min(counts[:100]) > 15, "everybody may be drawn"
    assert max(counts[:100]) < 75


@pytest.mark.parametrize(
    ("text", "total", "size"),
    [("10", 50, 10), ("5%", 50, 3), ("5％", 100, 5), ("100%", 7, 7), ("80", 50, 50), ("0.5%", 50, 1)],
)
def test_sizes(text: str, total: int, size: int) -> None:
    assert size_of(text, total) == size


@pytest.mark.parametrize("text", ["", "0", "-3", "101%", "2.5", "若干", "nan", "inf"])
def test_what_is_no_size_is_refused(text: str) -> None:
    with pytest.raises(DrawRefused):
        size_of(text, 50)


def test_the_next_visit_counts_from_the_last_one_or_from_being_taken_in() -> None:
    today = date(2021, 6, 30)
    assert pace(date(2021, 6, 1), None, 30, today).left == 1
    late = pace(date(2021, 1, 1), date(2021, 5, 1), 30, today)
    assert (late.due, late.left, late.late) == (date(2021, 5, 31), -30, True)
    assert pace(date(2021, 6, 1), date(2020, 1, 1), 30, today).due == date(2021, 7, 1)
    assert parameter_of("脱贫户") == "visit_days_lifted"
    assert parameter_of("脱贫不稳定户") == "visit_days"
