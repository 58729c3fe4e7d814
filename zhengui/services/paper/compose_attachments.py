"""The statistics that go with the yearly document: a table for each area, and the villages side by side."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from zhengui.catalogue.model import Area, Indicator
from zhengui.catalogue.source import of_figure
from zhengui.figures.display import UNKNOWN, display, printed_value
from zhengui.figures.figure import Figure
from zhengui.figures.period import Period
from zhengui.reports.document import Attachment, Block, Cell, Table
from zhengui.services.counting.compute_figures import (
    ComparedFigure,
    compare,
    compute,
    compute_by_village,
    measures_of,
)
from zhengui.services.entry import browse_records
from zhengui.services.paper.compose_charts import charts_of
from zhengui.services.plan.list_plan import items_of
from zhengui.services.township.overview import VillageChoice, villages_in
from zhengui.services.township.reading import Reading, reads

#: Kinds of measures whose values say how much a village did, and so can stand beside each other.
COUNTED = ("count", "sum", "balance", "distinct")
#: Those whose values of the villages make the township's when added up.
ADDED_UP = ("count", "sum", "balance")
#: The row of what is done by the township itself or for several villages at once.
OUTSIDE = "镇直（不分村）"
#: The mark of a column whose total is no sum, and what the table's caption says of it.
MARK = "*"
NO_SUM = "（带 * 的全镇数去掉了重复的，不是各村（居）之和）"
#: So many columns of numbers fit across a turned page without the headings becoming hard to read.
MOST_COLUMNS = 12
#: Figures of an area that stand for it where the villages are side by side.
MAIN = 3
#: So many of an area are computed village by village, to find those that most villages have.
CANDIDATES = 6
PLACES = 2
#: Before any record.
_LONG_AGO = date(1900, 1, 1)
#: Told in place of a change where there was nothing a year before.
NOTHING_BEFORE = "—"
_WIDTHS = (1.2, 5.0, 1.4, 2.1, 2.1, 3.0)
_TASK_WIDTHS = (1.2, 5.6, 2.0, 2.3, 2.2, 2.3)


@reads
def attachments_of(
    reading: Reading,
    period: Period,
    charts: bool = True,
    sections: Collection[str] | None = None,
    tasks: bool = True,
) -> tuple[Attachment, ...]:
    """The attachments of a period's document: the plan's tasks, the areas' figures, villages, charts.

    `sections` are the areas whose sections the document prints, all of them by default; an area that has no
    section belongs to every document. Without `tasks` the document tells no plan items.
    """
    areas = [each for each in reading.living(period).work_areas() if _belongs(each, sections)]
    compared = compare(reading, period)
    found = _tasks(reading, period) if tasks else []
    new = _not_begun(reading, period.previous(), compared)
    tables = tuple(table for area in areas if (table := _area_table(area, period, compared, new)) is not None)
    if tables:
        found.append(Attachment(f"{period.title}主要指标统计表", tables))
    active = villages_in(reading, period)
    keys_of_areas = {area.key for area in areas}
    counted = [
        one for one in _not_retired(reading, period, counted_indicators(reading)) if one.area in keys_of_areas
    ]
    keys = [indicator.key for indicator in _first_of_areas(counted, CANDIDATES)]
    by_village = compute_by_village(reading, period, tuple(village.id for village in active), keys)
    offered = [one for one in counted if one.key in keys]
    shared = [one for one in offered if 5 * _known(one, by_village) >= 4 * len(active)]
    if len(active) > 1 and shared:
        blocks = tuple(_village_tables(reading, period, _first_of_areas(shared, MAIN), active, by_village))
        found.append(Attachment(reading.speech(f"{period.title}各村（居）主要指标统计表"), blocks))
    if charts:
        shares = [
            one
            for one in _not_retired(reading, period, share_indicators(reading))
            if one.area in keys_of_areas
        ]
        drawn = charts_of(reading, period, counted, shares, active)
        found += [Attachment(f"{period.title}主要指标对比图", drawn)] if drawn else []
    return tuple(found)


def _ever(reading: Reading) -> list[Area]:
    """The work areas, those that were retired since as well: the document of an earlier year tells of them."""
    return [area for area in reading.catalogue.areas if area.kind == "area"]


def _not_retired(reading: Reading, period: Period, offered: Iterable[Indicator]) -> list[Indicator]:
    """Those of the figures that are not retired in the period: no table and no chart tells of the others."""
    kept = reading.catalogue.not_retired(period.start.year)
    return [one for one in offered if one.key in kept]


def _belongs(area: Area, sections: Collection[str] | None) -> bool:
    return sections is None or area.section is None or area.key in sections


def is_statistic(indicator: Indicator) -> bool:
    """Whether a figure counts something: a month, a day, an anniversary or a limit that the office set does not."""
    return indicator.measure is not None and not indicator.part


@reads
def share_indicators(reading: Reading) -> list[Indicator]:
    """The shares that can be told of a village, in the order of the areas: they compare large and small ones."""
    ledgers = reading.catalogue.ledgers
    return [
        indicator
        for area in _ever(reading)
        for indicator in area.indicators
        if indicator.over is not None
        and indicator.display.style == "percent"
        and all(ledgers[measure.ledger].village for _role, measure in measures_of(indicator))
    ]


def _tasks(reading: Reading, period: Period) -> list[Attachment]:
    """Next year's items part by part, with goal, department, leader and date; nothing where there are none."""
    parts = items_of(reading, period.next_year) if period.is_year else {}
    tables = tuple(
        Table(
            ("序号", "任务", "目标", "责任部门", "牵头领导", "完成时限"),
            tuple(
                (
                    Cell(str(order), "centre"),
                    Cell(item.wording),
                    Cell(item.goal, "centre"),
                    Cell(item.department, "centre"),
                    Cell(item.leader, "centre"),
                    Cell(item.due, "centre"),
                )
                for order, item in enumerate(items, 1)
            ),
            _TASK_WIDTHS,
            caption=part,
        )
        for part, items in parts.items()
    )
    return [Attachment(f"{period.next_year}年工作任务分解表", tables)] if tables else []


@reads
def counted_indicators(reading: Reading) -> list[Indicator]:
    """The figures that count or add up something kept by village, in the order of the areas."""
    ledgers = reading.catalogue.ledgers
    return [
        indicator
        for area in _ever(reading)
        for indicator in area.indicators
        if indicator.measure is not None
        and indicator.over is None
        and indicator.measure.kind in COUNTED
        and indicator.display.style not in ("month", "day", "percent")
        and ledgers[indicator.measure.ledger].village
    ]


def number(indicator: Indicator, figure: Figure) -> str:
    """The exact value as a table holds it, without its unit: no 余 and no 近, for a table is for checking.

    A value that was entered by hand says so.
    """
    return _bare_number(indicator, figure) + figure.mark


def _bare_number(indicator: Indicator, figure: Figure) -> str:
    if figure.value is None:
        return UNKNOWN
    style = indicator.display.style
    if style in ("month", "day"):
        return str(int(figure.value))
    if style == "percent":
        return display(indicator, figure.value).removesuffix("%")
    return _digits(indicator, Decimal(figure.value))


def _digits(indicator: Indicator, value: Decimal) -> str:
    """The number with the decimals that the text prints it with."""
    told = printed_value(indicator, value)
    kept = told if told != value else value.quantize(Decimal(1).scaleb(-PLACES), ROUND_HALF_UP)
    return f"{kept.normalize():f}" if kept else "0"


def _not_begun(reading: Reading, before: Period, compared: Mapping[str, ComparedFigure]) -> set[str]:
    """The figures of work that was not yet done in an earlier period: it is no riddle that they have no value.

    Such a figure was not yet in the catalogue, or none of its records is of that time or older.
    """
    living = reading.living(before).living
    unknown = [key for key, both in compared.items() if both.before.value is None]
    ledgers = {
        key: {measure.ledger for _role, measure in measures_of(reading.catalogue.indicators[key])}
        for key in unknown
    }
    ever = Period(_LONG_AGO, before.end)
    counts = browse_records.counts(reading, set().union(*ledgers.values()), ever)
    new = {key for key in unknown if any(not counts.get(ledger) for ledger in ledgers[key])}
    return new | {key for key in compared if key not in living}


def _area_table(
    area: Area, period: Period, compared: Mapping[str, ComparedFigure], new: Collection[str]
) -> Table | None:
    """The statistics of an area beside those of the year before; None where none of them is known.

    What is `new` had no value before, and so has no change.
    """
    rows = []
    told = [one for one in area.indicators if is_statistic(one)]
    if all(compared[one.key].now.value is None for one in told):
        return None
    for order, indicator in enumerate(told, 1):
        both = compared[indicator.key]
        rows.append(
            (
                Cell(str(order), "centre"),
                Cell(indicator.title),
                Cell(indicator.unit, "centre"),
                Cell(number(indicator, both.now), "right", of_figure(indicator.key)),
                Cell(NOTHING_BEFORE if indicator.key in new else number(indicator, both.before), "right"),
                Cell(NOTHING_BEFORE if indicator.key in new else _change(both, indicator), "right"),
            )
        )
    header = ("序号", "指标", "单位", period.title, period.previous().title, "比上年")
    return Table(header, tuple(rows), _WIDTHS, caption=area.title)


def _change(both: ComparedFigure, indicator: Indicator) -> str:
    """The change, where there were records in both years to compare; computed from the values as they are."""
    if both.now.value is None or both.before.value is None:
        return ""
    if indicator.over is not None and not both.before.value:
        return NOTHING_BEFORE  # a share that was nothing is no share to compare with
    return both.change.text if both.before.records or both.before.entered else NOTHING_BEFORE


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
    active: Sequence[VillageChoice],
    by_village: Mapping[int, Mapping[str, Figure]],
) -> list[Block]:
    """Tables of villages and figures, neighbouring areas together as long as the page is wide enough.

    What belongs to no village stands in a row of its own, so that the columns add up; where a figure counts
    people or households that several villages have, a note says why they don't.
    """
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
        rest = {one.key: _outside(one, whole[one.key], by_village) for one in group}
        if any(rest.values()):
            without = (Cell(_digits(one, rest[one.key]), "right") for one in group)
            rows += ((Cell(reading.speech(OUTSIDE)), *without),)
        totals = (
            Cell(reading.speech("全镇")),
            *(Cell(number(one, whole[one.key]), "right", of_figure(one.key)) for one in group),
        )
        caption = "、".join(dict.fromkeys(titles[one.area] for one in group))
        unequal = {one.key for one in group if _is_no_sum(one, whole[one.key], by_village)}
        caption += reading.speech(NO_SUM) if unequal else ""
        marks = [MARK if one.key in unequal else "" for one in group]
        heads = (
            f"{one.short or one.title}\n（{one.unit}）{mark}" for one, mark in zip(group, marks, strict=True)
        )
        header = (reading.speech("村（居）"), *heads)
        widths = (1.5, *(1.0 for _ in group))
        tables.append(Table(header, rows, widths, totals, caption, landscape=True))
    return tables


def _sum_of(indicator: Indicator, by_village: Mapping[int, Mapping[str, Figure]]) -> Decimal:
    """What the villages have together; who reported nothing adds nothing."""
    values = (figures[indicator.key].value for figures in by_village.values())
    return sum((Decimal(value) for value in values if value is not None), Decimal(0))


def _outside(indicator: Indicator, whole: Figure, by_village: Mapping[int, Mapping[str, Figure]]) -> Decimal:
    """What the records without a village make of a figure that can be added up."""
    adds_up = indicator.measure is not None and indicator.measure.kind in ADDED_UP
    if whole.value is None or not adds_up:
        return Decimal(0)
    return Decimal(whole.value) - _sum_of(indicator, by_village)


def _is_no_sum(indicator: Indicator, whole: Figure, by_village: Mapping[int, Mapping[str, Figure]]) -> bool:
    """Whether the township's figure is something else than the villages' together."""
    counted_once = indicator.measure is not None and indicator.measure.kind not in ADDED_UP
    return counted_once and whole.value is not None and whole.value != _sum_of(indicator, by_village)


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
