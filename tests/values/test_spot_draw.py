"""A draw repeats from its seed in whatever order the rows come, takes its share of each village, and sums to its size."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
