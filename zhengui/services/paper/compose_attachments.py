"""The statistics that go with the yearly document: a table for each area, and the villages side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from zhengui.catalogue.model import Area, Indicator
from zhengui.figures.display import UNKNOWN, display
from zhengui.figures.figure import Figure
from zhengui.figures.period import Period
from zhengui.reports.document import Attachment, Block, Cell, Table
from zhengui.services.counting.compute_figures import Compared, compare, compute, compute_by_village
from zhengui.services.paper.compose_charts import charts_of
from zhengui.services.township.overview import Village, villages
from zhengui.services.township.reading import Reading, reads

#: Kinds of measures whose values say how much a village did, and so can stand beside each other.
COUNTED = ("count", "sum", "distinct")
#: So many columns of numbers fit across a turned page without the headings becoming hard to read.
MOST_COLUMNS = 12
#: Figures of an area that stand for it where the villages are side by side.
MAIN = 3
#: So many of an area are computed village by village, to find those that most villages have.
CANDIDATES = 6
PLACES = 2
_WIDTHS = (1.2, 5.0, 1.4, 2.1, 2.1, 3.0)


@reads
def attachments_of(reading: Reading, period: Period, charts: bool = True) -> tuple[Attachment, ...]:
    """The attachments of a period's document; areas without a figure have none."""
    compared = compare(reading, period)
    found = [
        Attachment(f"{period.title}{area.title}统计表", (_area_table(area, period, compared),))
        for area in reading.catalogue.areas
        if area.indicators
    ]
    active = villages(reading)
    counted = counted_indicators(reading)
    keys = [indicator.key for indicator in _first_of_areas(counted, CANDIDATES)]
    by_village = compute_by_village(reading, period, tuple(village.id for village in active), keys)
    offered = [one for one in counted if one.key in keys]
    shared = [one for one in offered if 5 * _known(one, by_village) >= 4 * len(active)]
    if len(active) > 1 and shared:
        blocks = tuple(_village_tables(reading, period, _first_of_areas(shared, MAIN), active, by_village))
        found.append(Attachment(f"{period.title}各村（居）主要指标统计表", blocks))
    if charts:
        drawn = charts_of(reading, period, counted, shared, active, by_village)
        found += [Attachment(f"{period.title}主要指标对比图", drawn)] if drawn else []
    return tuple(found)


@reads
def counted_indicators(reading: Reading) -> list[Indicator]:
    """The figures that count or add up something kept by village, in the order of the areas."""
    ledgers = reading.catalogue.ledgers
    return [
        indicator
        for area in reading.catalogue.work_areas()
        for indicator in area.indicators
        if indicator.measure is not None
        and indicator.over is None
        and indicator.measure.kind in COUNTED
        and indicator.display.style not in ("month", "day", "percent")
        and ledgers[indicator.measure.ledger].village
    ]


def number(indicator: Indicator, figure: Figure) -> str:
    """The exact value as a table holds it, without its unit: no 余 and no 近, for a table is for checking."""
    if figure.value is None:
        return UNKNOWN
    style = indicator.display.style
    if style in ("month", "day"):
        return str(int(figure.value))
    if style == "percent":
        return display(indicator, figure.value).removesuffix("%")
    value = Decimal(figure.value).quantize(Decimal(1).scaleb(-PLACES), ROUND_HALF_UP)
    return f"{value.normalize():f}" if value else "0"


def _area_table(area: Area, period: Period, compared: Mapping[str, Compared]) -> Table:
    """All figures of an area beside those of the year before."""
    rows = []
    for order, indicator in enumerate(area.indicators, 1):
        both = compared[indicator.key]
        rows.append(
            (
                Cell(str(order), "centre"),
                Cell(indicator.title),
                Cell(indicator.unit, "centre"),
                Cell(number(indicator, both.now), "right", f"figure:{indicator.key}"),
                Cell(number(indicator, both.before), "right"),
                Cell(both.change.text, "right"),
            )
        )
    header = ("序号", "指标", "单位", period.title, period.previous().title, "比上年")
    return Table(header, tuple(rows), _WIDTHS)


def _known(indicator: Indicator, by_village: Mapping[int, Mapping[str, Figure]]) -> int:
    return sum(figures[indicator.key].value is not None for figures in by_village.values())


def _first_of_areas(offered: Sequence[Indicator], count: int) -> list[Indicator]:
    """The first figures of each area that the document prints, or others where it prints too few."""
    by_area: dict[str, list[Indicator]] = {}
    for indicator in sorted(offered, key=lambda one: one.n is None):
        by_area.setdefault(indicator.area, []).append(indicator)
    chosen = {one.key for area in by_area.values() for one in area[:count]}
    return [one for one in offered if one.key in chosen]


def _village_tables(
    reading: Reading,
    period: Period,
    shared: Sequence[Indicator],
    active: Sequence[Village],
    by_village: Mapping[int, Mapping[str, Figure]],
) -> list[Block]:
    """Tables of villages and figures, neighbouring areas together as long as the page is wide enough."""
    whole = compute(reading, period, keys=[one.key for one in shared])
    titles = {area.key: area.short for area in reading.catalogue.areas}
    tables: list[Block] = []
    for group in _groups(shared):
        rows = tuple(
            (
                Cell(village.name),
                *(Cell(number(one, by_village[village.id][one.key]), "right") for one in group),
            )
            for village in active
        )
        totals = (
            Cell("全镇"),
            *(Cell(number(one, whole[one.key]), "right", f"figure:{one.key}") for one in group),
        )
        caption = "、".join(dict.fromkeys(titles[one.area] for one in group))
        header = ("村（居）", *(f"{one.short or one.title}\n（{one.unit}）" for one in group))
        widths = (1.5, *(1.0 for _ in group))
        tables.append(Table(header, rows, widths, totals, caption, landscape=True))
    return tables


def _groups(shared: Sequence[Indicator]) -> list[list[Indicator]]:
    """The figures in tables of at most MOST_COLUMNS: whole areas where possible, and none almost empty."""
    by_area: dict[str, list[Indicator]] = {}
    for indicator in shared:
        by_area.setdefault(indicator.area, []).append(indicator)
    groups: list[list[Indicator]] = []
    for area in by_area.values():
        if groups and len(groups[-1]) + len(area) <= MOST_COLUMNS:
            groups[-1] += area
            continue
        parts = -(-len(area) // MOST_COLUMNS)
        size = -(-len(area) // parts)
        groups += [area[start : start + size] for start in range(0, len(area), size)]
    return groups
