"""A chosen figure village by village, with the rank of each: for the grid on the home page."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from zhengui.catalogue.model import Indicator
from zhengui.figures.period import Period
from zhengui.services.counting.compute_figures import compute_by_village, measures_of
from zhengui.services.township.overview import villages_in
from zhengui.services.township.reading import Reading, reads

#: The shades of the grid: a fifth of the ranks each.
SHADES = 5


@dataclass(frozen=True, slots=True)
class Placed:
    """A village with its figure as printed and its rank from 1, 0 where the figure is unknown.

    `shade` is 1 (the first fifth) to 5 (the last), 0 where it is unknown; villages of one value share rank and shade.
    """

    village: int
    name: str
    value: Decimal | None
    shown: str
    rank: int
    shade: int


def by_village(reading: Reading, indicator: Indicator) -> bool:
    """Whether a figure can be told for one village."""
    measures = measures_of(indicator)
    ledgers = reading.catalogue.ledgers
    return bool(measures) and not indicator.part and all(ledgers[m.ledger].village for _role, m in measures)


@reads
def rankable(reading: Reading, period: Period) -> list[Indicator]:
    """The figures that can be compared village by village, in the order of the document."""
    living = reading.living(period)
    return [each for each in living.live_indicators.values() if by_village(reading, each)]


@reads
def rank_villages(reading: Reading, key: str, period: Period) -> list[Placed]:
    """The period's villages in the office's order; the most first, or the least where less is better."""
    indicator = reading.catalogue.indicators[key]
    villages = villages_in(reading, period)
    figures = compute_by_village(reading, period, tuple(v.id for v in villages), [key])
    values = {
        village: Decimal(value)
        for village, found in figures.items()
        if isinstance(value := found[key].value, int | Decimal)
    }
    ranks = ranked(values, indicator.good == "down")
    last = max(ranks.values(), default=1)
    return [
        Placed(
            village.id,
            village.name,
            values.get(village.id),
            figures[village.id][key].marked,
            ranks.get(village.id, 0),
            _shade(ranks.get(village.id, 0), last),
        )
        for village in villages
    ]


def ranked(values: dict[int, Decimal], least_first: bool = False) -> dict[int, int]:
    """The rank of each by its value, from 1; equal values share a rank and the next one is left out."""
    order = sorted(values.values(), reverse=not least_first)
    return {key: order.index(value) + 1 for key, value in values.items()}


def _shade(rank: int, last: int) -> int:
    return 0 if not rank else 1 + (rank - 1) * SHADES // max(last, 1)
