"""Tell a figure apart by village and by month: the same records, counted and added up in each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from zhengui.catalogue.model import Indicator, Measure
from zhengui.figures.period import Period
from zhengui.figures.units import in_unit
from zhengui.services.counting.compute_figures import VALUE, Villages, measures_of, summed_field
from zhengui.services.counting.trace_figure import Trace
from zhengui.services.township.overview import villages_in
from zhengui.services.township.reading import Reading, reads
from zhengui.storage.counting import facets
from zhengui.storage.counting.facets import Facet
from zhengui.storage.query.references import labels
from zhengui.storage.schema.columns import decode
from zhengui.values.value import Value

ELSEWHERE, UNDATED = "没有填村（居）", "没有填日期"


@dataclass(frozen=True, slots=True)
class Share:
    """What belongs to one village or month: the records that count, those a share is taken of, and their sum.

    `whole` is None where the figure is no share; `amount` where it adds nothing up.
    """

    title: str
    ids: tuple[int, ...]
    whole: int | None = None
    amount: int | Decimal | None = None

    @property
    def records(self) -> int:
        """How many records count."""
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Split:
    """A figure by village and by month; empty where its ledger has no villages or dates."""

    by_village: tuple[Share, ...] = ()
    by_month: tuple[Share, ...] = ()


@reads
def split(reading: Reading, found: Trace, period: Period, villages: Villages = ()) -> Split:
    """The records of a trace told apart; every village and month of the scope is there, also with none."""
    indicator = reading.catalogue.indicators[found.figure.key]
    measures = dict(measures_of(indicator))
    if VALUE not in measures:
        return Split()
    tables, known = reading.tables, list(measures.values())
    rows = {
        part.role: facets.facets(reading.conn, tables, measures[part.role], part.ids) for part in found.parts
    }
    by_village: tuple[Share, ...] = ()
    by_month: tuple[Share, ...] = ()
    if all(facets.has_village(tables, measure) for measure in known):
        by_village = tuple(_by_village(reading, indicator, rows, period, villages))
    if all(facets.has_month(tables, measure) for measure in known):
        by_month = tuple(_by_month(reading, indicator, rows, period))
    return Split(by_village, by_month)


Rows = Mapping[str, list[Facet]]


def _by_village(
    reading: Reading, indicator: Indicator, rows: Rows, period: Period, villages: Villages
) -> Iterable[Share]:
    """The office's villages in their order, then those it works with no more, then records without one."""
    names: dict[Value, str] = {
        village.id: village.name
        for village in villages_in(reading, period)
        if not villages or village.id in villages
    }
    others = {row.village for part in rows.values() for row in part} - set(names) - {None}
    named = labels(reading.conn, reading.tables, "village", sorted(v for v in others if v is not None))
    names |= {village: named.get(village, "") for village in sorted(v for v in others if v is not None)}
    return _shares(reading, indicator, rows, lambda row: row.village, names, ELSEWHERE)


def _by_month(reading: Reading, indicator: Indicator, rows: Rows, period: Period) -> Iterable[Share]:
    """The months of the period; what began before, and counts still, stands together before them."""
    start, end = _month_of(period.start), _month_of(period.end)
    months = [m for m in range(start, end + 1) if 1 <= m % 100 <= 12]
    one_year = start // 100 == end // 100
    names: dict[Hashable, str] = {
        m: f"{m % 100}月" if one_year else f"{m // 100}年{m % 100}月" for m in months
    }

    def group(row: Facet) -> Value:
        if row.month is None or start <= row.month <= end:
            return row.month
        return -1 if row.month < start else end + 1

    groups = {group(row) for part in rows.values() for row in part}
    if -1 in groups:
        names = {-1: f"{start // 100}年{start % 100}月以前"} | names
    if end + 1 in groups:
        names[end + 1] = f"{end // 100}年{end % 100}月以后"
    return _shares(reading, indicator, rows, group, names, UNDATED)


def _month_of(day: Any) -> int:
    return int(day.year * 100 + day.month)


def _shares(
    reading: Reading,
    indicator: Indicator,
    rows: Rows,
    group: Callable[[Facet], Value],
    names: dict[Any, str],
    unknown: str,
) -> Iterable[Share]:
    measure = indicator.measure
    assert measure is not None
    counted, others = (
        _grouped(rows[VALUE], group),
        _grouped([row for role, part in rows.items() if role != VALUE for row in part], group),
    )
    if None in counted or None in others:
        names = {**names, None: unknown}
    for key, title in names.items():
        mine = counted.get(key, [])
        yield Share(
            title,
            tuple(row.id for row in mine),
            len(others.get(key, [])) if indicator.over is not None else None,
            _amount(reading, indicator, measure, mine),
        )


def _grouped(rows: Iterable[Facet], group: Callable[[Facet], Value]) -> dict[Value, list[Facet]]:
    found: dict[Value, list[Facet]] = defaultdict(list)
    for row in rows:
        found[group(row)].append(row)
    return found


def _amount(
    reading: Reading, indicator: Indicator, measure: Measure, rows: Iterable[Facet]
) -> int | Decimal | None:
    """What the rows add up to, in the indicator's unit."""
    if measure.kind not in ("sum", "balance") or indicator.over is not None:
        return None
    field = summed_field(reading, measure)
    if field is None:
        return None
    return in_unit(indicator, field, decode(field, sum(row.amount for row in rows)))
