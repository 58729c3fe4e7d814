"""Which pages share a side of paper: one after another, or folded and stitched through the spine."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

#: A side of paper from left to right; None is an empty half.
Side = tuple[int | None, ...]


def single(pages: Sequence[int]) -> list[Side]:
    """A page a side."""
    return [(page,) for page in pages]


def stitched(pages: Sequence[int]) -> list[Side]:
    """Two pages a side so that the pile, printed on both sides and folded once, reads in order.

    The sheets hold four pages each; what is missing at the end stays empty.
    """
    padded: list[int | None] = [*pages, *([None] * (-len(pages) % 4))]
    count = len(padded)
    sides: list[Side] = []
    for sheet in range(count // 4):
        first, last = 2 * sheet, count - 1 - 2 * sheet
        sides.append((padded[last], padded[first]))
        sides.append((padded[first + 1], padded[last - 1]))
    return sides


def copied(sides: Sequence[Side], copies: int, collate: bool) -> list[Side]:
    """The sides of several copies, for a printer that can't repeat them itself."""
    if collate:
        return list(sides) * copies
    return list(chain.from_iterable([side] * copies for side in sides))
