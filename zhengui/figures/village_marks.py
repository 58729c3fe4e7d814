"""Marks and ranks of villages from their rates: the same whatever order the villages come in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_CENT, _ZERO = Decimal("0.01"), Decimal(0)


@dataclass(frozen=True, slots=True)
class Scale:
    """How a rate earns points: `weight` at `full` and beyond, none at `zero`, in between in proportion."""

    weight: Decimal
    zero: Decimal
    full: Decimal

    def mark(self, value: Decimal | None) -> Decimal | None:
        """The points of a rate to a hundredth, None where it is unknown."""
        if value is None:
            return None
        part = (value - self.zero) / (self.full - self.zero)
        return (self.weight * min(max(part, _ZERO), Decimal(1))).quantize(_CENT, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class MarkedVillage:
    """A village with its marks by item, what single deeds added or took, and all together.

    `total` is None where nothing is known of the village; then it has no rank (0). What is unknown is left out of the
    reckoning and the rest is raised in proportion, for a village with no problem toilets is not a bad one. `movement`
    is how many places it went up (down: below nought) since the month before, None without one.
    """

    village: int
    values: tuple[Decimal | None, ...]
    marks: tuple[Decimal | None, ...]
    bonus: Decimal
    total: Decimal | None
    rank: int
    movement: int | None = None


def mark_villages(
    scales: Sequence[Scale],
    values: Mapping[int, Sequence[Decimal | None]],
    bonuses: Mapping[int, Decimal],
    most: Decimal = _ZERO,
    before: Mapping[int, int] | None = None,
) -> list[MarkedVillage]:
    """All villages, the first of them first, equal ones by their ids.

    `bonuses` are what single deeds come to, of which at most `most` counts either way; `before` are the ranks of the
    month before.
    """
    found = []
    for village, own in values.items():
        marks = tuple(scale.mark(value) for scale, value in zip(scales, own, strict=True))
        bonus = min(max(bonuses.get(village, _ZERO), -most), most)
        found.append((village, tuple(own), marks, bonus, _total(scales, marks, bonus)))
    order = sorted((each[4] for each in found if each[4] is not None), reverse=True)
    ranked = []
    for village, own, marks, bonus, total in found:
        rank = order.index(total) + 1 if total is not None else 0
        earlier = (before or {}).get(village, 0)
        movement = earlier - rank if rank and earlier else None
        ranked.append(MarkedVillage(village, own, marks, bonus, total, rank, movement))
    return sorted(ranked, key=lambda each: (not each.rank, each.rank, each.village))


def _total(scales: Sequence[Scale], marks: Sequence[Decimal | None], bonus: Decimal) -> Decimal | None:
    known = [(scale.weight, mark) for scale, mark in zip(scales, marks, strict=True) if mark is not None]
    weight = sum((weight for weight, _mark in known), _ZERO)
    if not weight:
        return None
    whole = sum((scale.weight for scale in scales), _ZERO)
    earned = sum((mark for _weight, mark in known), _ZERO)
    return (earned * whole / weight + bonus).quantize(_CENT, ROUND_HALF_UP)
