"""The shape of a title: broken where the sense allows, its lines a trapezoid or a rhombus."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from math import ceil

from zhengui.reports.gb9704.breaks import NO_END, NO_START
from zhengui.reports.gb9704.lines import CharacterWidths

_WORD = re.compile(rf"[{re.escape(NO_END)}]*(?:[!-~]+|.)[{re.escape(NO_START)}]*", re.DOTALL)
_SENSE = re.compile(
    r"关于|[^的和及与、年度关]*(?:关(?!于)[^的和及与、年度关]*)*(?:的|和|及|与|、|年度?|度|$)?"
)
EQUAL_LINES = 30.0
"""What two lines of one length cost: they make a block, which is allowed but not sought."""
SHORTEST = 4


def sense(title: str) -> tuple[str, ...]:
    """Pieces of a title whose author gave none: it may be broken after the words that join its parts."""
    return tuple(piece for piece in _SENSE.findall(title) if piece)


def shape(pieces: tuple[str, ...], measure: CharacterWidths, width: float) -> list[str]:
    """The title's lines, from pieces that are not broken unless one alone is wider than the page.

    Among the ways with the fewest lines the most even one wins that widens, narrows, or widens and narrows.
    """
    limit = width / measure.cell
    parts: list[str] = []
    for piece in pieces:
        parts += [piece] if measure.width(piece) <= width + 0.01 else _WORD.findall(piece)
    if not parts:
        return []
    # Where whole pieces make no shape that is allowed, the shape goes before the sense.
    for words in (parts, [word for part in parts for word in _WORD.findall(part)]):
        lengths = [measure.width(word) / measure.cell for word in words]
        found = _best(tuple(lengths), limit + 0.01)
        if found:
            break
    return ["".join(words[start:end]) for start, end in found or pairwise(range(len(words) + 1))]


def _best(lengths: tuple[float, ...], limit: float) -> tuple[tuple[int, int], ...]:
    """The best lines as ranges of words; nothing where no lines have an allowed shape."""
    sums = [0.0]
    for length in lengths:
        sums.append(sums[-1] + length)
    count = len(lengths)

    @cache
    def go(
        start: int, previous: float, narrowing: bool, lines: int
    ) -> tuple[float, tuple[tuple[int, int], ...]]:
        if start == count:
            return (0.0, ()) if not lines else (1e9, ())
        best: tuple[float, tuple[tuple[int, int], ...]] = (1e9, ())
        for end in range(start + 1, count + 1 if lines else start + 1):
            long = sums[end] - sums[start]
            if long > limit and end > start + 1:
                break
            if narrowing and long > previous + 0.01:
                continue
            cost = _cost(long, previous, sums[-1] / lines_wanted, limit)
            after, rest = go(end, long, narrowing or long < previous - 0.01, lines - 1)
            if cost + after < best[0]:
                best = (cost + after, ((start, end), *rest))
        return best

    for lines_wanted in range(max(1, ceil(sums[-1] / limit - 0.01)), count + 1):
        go.cache_clear()
        cost, found = go(0, 0.0, False, lines_wanted)
        if cost < 1e8:
            return found
    return ()


def _cost(length: float, previous: float, average: float, limit: float) -> float:
    cost = (length - average) ** 2
    if abs(length - previous) < 0.01:
        cost += EQUAL_LINES
    if length < SHORTEST:
        cost += 100.0
    if length > limit:
        cost += 1e4
    return cost
