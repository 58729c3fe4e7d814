"""A random draw that anybody can repeat: which items a seed picks out of a pool, village by village.

Items are ranked by SHA-256 of seed, village and item, so that the draw depends on nothing but what is recorded with
it: not on the order of rows, not on a library's generator.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from decimal import ROUND_CEILING, Decimal, InvalidOperation

from zhengui.problem import Problem


class DrawRefused(Problem):
    """A draw that can't be made; the sentence says why and what to do."""


def size_of(text: str, total: int) -> int:
    """How many items `10` or `5%` of a total are; a share is rounded up, and nobody draws more than there are."""
    plain = text.strip().replace("％", "%").replace("件", "").replace("户", "")
    share = plain.endswith("%")
    try:
        number = Decimal(plain.rstrip("%"))
    except InvalidOperation:
        number = Decimal(0)
    if not number.is_finite() or number <= 0 or (share and number > 100) or (not share and number % 1):
        raise DrawRefused(f"抽查数量“{text}”不对，请写件数（如 10）或比例（如 5%）。")
    wanted = (number * total / 100).to_integral_value(ROUND_CEILING) if share else number
    return min(int(wanted), total)


def shares(pool: Mapping[int, Sequence[int]], size: int, seed: int) -> dict[int, int]:
    """How many items each village gives: in proportion to what it has, at least one where there are enough.

    The sum is `size`, or everything there is. What is left over by rounding goes to the largest remainders.
    """
    counts = {village: len(set(items)) for village, items in pool.items() if items}
    total = sum(counts.values())
    size = min(size, total)
    if not size:
        return {}
    least = 1 if size >= len(counts) else 0
    exact = {village: Decimal(size) * count / total for village, count in counts.items()}
    given = {village: max(least, int(exact[village])) for village in counts}
    by_rank = sorted(
        counts, key=lambda village: (-(exact[village] - int(exact[village])), _rank(seed, village, 0))
    )
    while sum(given.values()) < size:
        for village in by_rank:
            if given[village] < counts[village] and sum(given.values()) < size:
                given[village] += 1
    while sum(given.values()) > size:
        able = [village for village in given if given[village] > least]
        most = max(able, key=lambda village: (given[village] - exact[village], given[village], -village))
        given[most] -= 1
    return given


def draw(pool: Mapping[int, Sequence[int]], size: int, seed: int) -> dict[int, tuple[int, ...]]:
    """The drawn items of each village, in the order of their numbers; villages that give none are left out."""
    return {
        village: tuple(
            sorted(sorted(set(pool[village]), key=lambda item: _rank(seed, village, item))[:count])
        )
        for village, count in sorted(shares(pool, size, seed).items())
        if count
    }


def _rank(seed: int, village: int, item: int) -> str:
    return hashlib.sha256(f"{seed}:{village}:{item}".encode()).hexdigest()
