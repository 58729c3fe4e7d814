"""Charts for the yearly document where people would rather look than read: years in a row, villages compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from zhengui.catalogue.model import Indicator
from zhengui.figures.figure import Figure
from zhengui.figures.period import Period
from zhengui.figures.period import year as whole_year
from zhengui.reports.document import Block, Chart, Series
from zhengui.services.counting.compute_figures import compute
from zhengui.services.township.overview import Village
from zhengui.services.township.reading import Reading, reads

#: A trend looks back so many years, as far as there are records.
YEARS = 5
#: Figures of which the villages are compared, each of another area.
COMPARED = 4


@reads
def charts_of(
    reading: Reading,
    period: Period,
    counted: Sequence[Indicator],
    shared: Sequence[Indicator],
    villages: Sequence[Village],
    by_village: Mapping[int, Mapping[str, Figure]],
) -> tuple[Block, ...]:
    """Trends of each area's broadest figure, then villages compared by the figures with most records."""
    return (
        *(_trends(reading, period.year, counted) if period.is_year else ()),
        *_comparisons(reading, period, shared, villages, by_village),
    )


def _broadest(figures: Mapping[str, Figure], offered: Sequence[Indicator]) -> list[Indicator]:
    """The figure with most records of each area, in the order of the areas; one that the document prints first."""
    best: dict[str, Indicator] = {}
    for indicator in sorted(offered, key=lambda one: (one.n is None, -figures[one.key].records)):
        best.setdefault(indicator.area, indicator)
    areas = dict.fromkeys(indicator.area for indicator in offered)
    return [best[area] for area in areas]


def _trends(reading: Reading, year: int, counted: Sequence[Indicator]) -> list[Chart]:
    charts = []
    for indicator, values in _traced(reading, year, counted):
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


def _traced(
    reading: Reading, year: int, counted: Sequence[Indicator]
) -> list[tuple[Indicator, dict[int, object]]]:
    """The broadest figure of each area that has changed between known years, with its value of each year.

    A figure that is the same in every year says nothing as a line.
    """
    now = compute(reading, whole_year(year), keys=[indicator.key for indicator in counted])
    found: dict[str, tuple[Indicator, dict[int, object]]] = {}
    offered = list(counted)
    # The broadest is nearly always known, so the earlier years are computed of few figures.
    while best := _broadest(now, offered):
        keys = [indicator.key for indicator in best]
        span = range(year - YEARS + 1, year)
        by_year = {one: compute(reading, whole_year(one), keys=keys) for one in span} | {year: now}
        for indicator in best:
            values: dict[int, object] = {
                one: figures[indicator.key].value for one, figures in by_year.items()
            }
            if len({value for value in values.values() if value is not None}) > 1:
                found[indicator.area] = (indicator, values)
        offered = [one for one in offered if one not in best and one.area not in found]
    return [found[area] for area in dict.fromkeys(one.area for one in counted) if area in found]


def _comparisons(
    reading: Reading,
    period: Period,
    shared: Sequence[Indicator],
    villages: Sequence[Village],
    by_village: Mapping[int, Mapping[str, Figure]],
) -> list[Chart]:
    if len(villages) < 2:
        return []
    # Where all villages have the same there is nothing to compare.
    telling = [
        one for one in shared if len({by_village[village.id][one.key].value for village in villages}) > 1
    ]
    whole = compute(reading, period, keys=[indicator.key for indicator in telling])
    chosen = _broadest(whole, telling)
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
