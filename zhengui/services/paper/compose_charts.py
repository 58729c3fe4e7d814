"""Charts for the yearly document where people would rather look than read: years in a row, villages compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from zhengui.catalogue.model import Indicator
from zhengui.catalogue.source import of_figure
from zhengui.figures.display import printed_value
from zhengui.figures.figure import Figure
from zhengui.figures.numerals import chinese
from zhengui.figures.period import Period
from zhengui.figures.period import year as whole_year
from zhengui.reports.document import Block, Chart, Series
from zhengui.services.counting.compute_figures import compute, compute_by_village
from zhengui.services.township.overview import VillageChoice
from zhengui.services.township.reading import Reading, reads

#: A trend looks back so many years, as far as there are records.
YEARS = 5
#: Shares by which the villages are compared, each of another area.
COMPARED = 4
#: Of many villages so many from each end are shown.
ENDS = 6


@reads
def charts_of(
    reading: Reading,
    period: Period,
    counted: Sequence[Indicator],
    shares: Sequence[Indicator],
    villages: Sequence[VillageChoice],
) -> tuple[Block, ...]:
    """Trends of each area's broadest figure, then villages compared by shares that tell them apart."""
    return (
        *(_trends(reading, period.year, counted) if period.is_year else ()),
        *_comparisons(reading, period, shares, villages),
    )


def _broadest(figures: Mapping[str, Figure], offered: Sequence[Indicator]) -> list[Indicator]:
    """Of each area the figure that has a good direction, is printed and has most records, in the areas' order."""
    best: dict[str, Indicator] = {}
    for indicator in sorted(
        offered, key=lambda one: (not one.good, one.n is None, -figures[one.key].records)
    ):
        best.setdefault(indicator.area, indicator)
    areas = dict.fromkeys(indicator.area for indicator in offered)
    return [best[area] for area in areas]


def _trends(reading: Reading, year: int, counted: Sequence[Indicator]) -> list[Chart]:
    charts = []
    for indicator, told in _traced(reading, year, counted):
        years = list(told)
        series = Series(indicator.title, tuple(_plotted(indicator, told[one].value) for one in years))
        charts.append(
            Chart(
                "trend",
                tuple(f"{one}年{told[one].mark}" for one in years),
                (series,),
                indicator.unit,
                f"历年{indicator.title}",
                of_figure(indicator.key),
            )
        )
    return charts


def _traced(
    reading: Reading, year: int, counted: Sequence[Indicator]
) -> list[tuple[Indicator, dict[int, Figure]]]:
    """The broadest figure of each area that has changed between known years, with that of each year.

    A figure that is the same in every year says nothing as a line. A trend begins with the first year that
    has records or a value entered by hand.
    """
    now = compute(reading, whole_year(year), keys=[indicator.key for indicator in counted])
    found: dict[str, tuple[Indicator, dict[int, Figure]]] = {}
    offered = list(counted)
    # The broadest is nearly always known, so the earlier years are computed of few figures.
    while best := _broadest(now, offered):
        keys = [indicator.key for indicator in best]
        span = range(year - YEARS + 1, year)
        by_year = {one: compute(reading, whole_year(one), keys=keys) for one in span} | {year: now}
        for indicator in best:
            told = {one: figures[indicator.key] for one, figures in by_year.items()}
            begun = min((one for one, each in told.items() if each.records or each.entered), default=year)
            known = {one: each for one, each in told.items() if one >= begun}
            if len({each.value for each in known.values() if each.known}) > 1:
                first = min(one for one, each in known.items() if each.known)
                found[indicator.area] = (indicator, {one: known[one] for one in range(first, year + 1)})
        offered = [one for one in offered if one not in best and one.area not in found]
    return [found[area] for area in dict.fromkeys(one.area for one in counted) if area in found]


def _comparisons(
    reading: Reading, period: Period, shares: Sequence[Indicator], villages: Sequence[VillageChoice]
) -> list[Chart]:
    """The shares that differ most between villages, at most one of an area."""
    ids = tuple(village.id for village in villages)
    if len(ids) < 2 or not shares:
        return []
    by_village = compute_by_village(reading, period, ids, [one.key for one in shares])
    found: dict[str, tuple[float, Indicator, list[tuple[str, float]]]] = {}
    for indicator in shares:
        known = [
            (village.name + figure.mark, float(figure.value))
            for village in villages
            if (figure := by_village[village.id][indicator.key]).value is not None
        ]
        if 5 * len(known) < 4 * len(ids):
            continue
        known.sort(key=lambda pair: -pair[1])
        spread = known[0][1] - known[-1][1]
        if spread > found.get(indicator.area, (0.0,))[0]:
            found[indicator.area] = (spread, indicator, known)
    chosen = sorted(found.values(), key=lambda each: -each[0])[:COMPARED]
    drawn = [_bars(indicator, period.title, ranked) for _spread, indicator, ranked in chosen]
    return [replace(chart, caption=reading.speech(chart.caption)) for chart in drawn]


def _bars(indicator: Indicator, when: str, ranked: Sequence[tuple[str, float]]) -> Chart:
    """The villages from the highest to the lowest share; of many, those at both ends."""
    named = f"{when}各村（居）{indicator.title}"
    if len(ranked) > 2 * ENDS:
        ranked = [*ranked[:ENDS], *ranked[-ENDS:]]
        named = f"{when}{indicator.title}居前{chinese(ENDS)}和后{chinese(ENDS)}的村（居）"
    return Chart(
        "compare",
        tuple(name for name, _ in ranked),
        (Series(indicator.title, tuple(_plotted(indicator, value) for _, value in ranked)),),
        indicator.unit,
        named,
        of_figure(indicator.key),
    )


def _plotted(indicator: Indicator, value: int | float | Decimal | date | None) -> float | None:
    """A value as the text and the table print it, so that a chart beside them tells no other number."""
    if value is None or isinstance(value, date):
        return None
    return round(float(printed_value(indicator, Decimal(str(value)))), 2)
