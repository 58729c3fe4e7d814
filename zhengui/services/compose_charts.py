"""Charts for the yearly document where people would rather look than read: years in a row, villages compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from zhengui.catalogue.model import Indicator
from zhengui.figures.figure import Figure
from zhengui.figures.period import Period
from zhengui.figures.period import year as whole_year
from zhengui.reports.document import Block, Chart, Series
from zhengui.services.compute_figures import compute
from zhengui.services.overview import Village
from zhengui.services.township import Township

#: A trend looks back so many years, as far as there are records.
YEARS = 5
#: Figures of which the villages are compared, each of another area.
COMPARED = 4


def charts_of(
    township: Township,
    period: Period,
    counted: Sequence[Indicator],
    shared: Sequence[Indicator],
    villages: Sequence[Village],
    by_village: Mapping[int, Mapping[str, Figure]],
) -> tuple[Block, ...]:
    """Trends of each area's broadest figure, then villages compared by the figures with most records."""
    return (
        *(_trends(township, period.year, counted) if period.is_year else ()),
        *_comparisons(township, period, shared, villages, by_village),
    )


def _broadest(figures: Mapping[str, Figure], offered: Sequence[Indicator]) -> list[Indicator]:
    """The figure with most records of each area, in the order of the areas; one that the document prints first."""
    best: dict[str, Indicator] = {}
    for indicator in sorted(offered, key=lambda one: (one.n is None, -figures[one.key].records)):
        best.setdefault(indicator.area, indicator)
    areas = dict.fromkeys(indicator.area for indicator in offered)
    return [best[area] for area in areas]


def _trends(township: Township, year: int, counted: Sequence[Indicator]) -> list[Chart]:
    keys = [indicator.key for indicator in counted]
    by_year = {
        one: compute(township, whole_year(one), keys=keys) for one in range(year - YEARS + 1, year + 1)
    }
    traced = [
        indicator
        for indicator in counted
        if sum(figures[indicator.key].value is not None for figures in by_year.values()) > 1
    ]
    charts = []
    for indicator in _broadest(by_year[year], traced):
        values = {one: figures[indicator.key].value for one, figures in by_year.items()}
        first = min(one for one, value in values.items() if value is not None)
        years = range(first, year + 1)
        series = Series(indicator.title, tuple(_plotted(values[one]) for one in years))
        charts.append(
            Chart(
                "trend",
                tuple(f"{one}年" for one in years),
                (series,),
                indicator.unit,
                f"历年{indicator.title}",
                f"figure:{indicator.key}",
            )
        )
    return charts


def _comparisons(
    township: Township,
    period: Period,
    shared: Sequence[Indicator],
    villages: Sequence[Village],
    by_village: Mapping[int, Mapping[str, Figure]],
) -> list[Chart]:
    if len(villages) < 2:
        return []
    whole = compute(township, period, keys=[indicator.key for indicator in shared])
    chosen = _broadest(whole, shared)
    chosen = sorted(chosen, key=lambda one: -whole[one.key].records)[:COMPARED]
    charts: list[Chart] = []
    for indicator in chosen:
        ranked = sorted(
            ((village.name, by_village[village.id][indicator.key].value) for village in villages),
            key=lambda pair: (pair[1] is None, -(pair[1] or 0)),
        )
        charts.append(_bars(indicator, period.title, [(name, _plotted(value)) for name, value in ranked]))
    return charts


def _bars(indicator: Indicator, when: str, ranked: Sequence[tuple[str, float | None]]) -> Chart:
    """The villages from the most to the least."""
    return Chart(
        "compare",
        tuple(name for name, _ in ranked),
        (Series(indicator.title, tuple(value for _, value in ranked)),),
        indicator.unit,
        f"{when}各村（居）{indicator.title}",
        f"figure:{indicator.key}",
    )


def _plotted(value: object) -> float | None:
    return None if value is None else round(float(str(value)), 4)
