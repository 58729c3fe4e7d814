"""Compute the figures of a period: for the whole township or some villages, live from the ledgers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from zhengui.catalogue.model import Field, Indicator, Measure
from zhengui.figures.display import UNKNOWN, display
from zhengui.figures.figure import ENTERED_HOW, Figure
from zhengui.figures.functions import FUNCTIONS
from zhengui.figures.period import Period
from zhengui.figures.period_words import covering_months
from zhengui.figures.trend import FigureChange, change
from zhengui.figures.units import in_unit, ratio
from zhengui.services.township.reading import Reading, reads
from zhengui.storage.counting.by_village import evaluate_by_village
from zhengui.storage.counting.complete_months import is_complete
from zhengui.storage.counting.measured_rows import names_of, villages_of
from zhengui.storage.counting.measures import Result, evaluate
from zhengui.storage.query.coverage import any_report, complete_reports, waits
from zhengui.storage.query.predicates import Scope
from zhengui.storage.query.references import labels
from zhengui.storage.records import entered
from zhengui.values.value import Value
from zhengui.work import give_way

Villages = tuple[int, ...]
VALUE, WHOLE = "value", "whole"
#: Measures whose value is in the unit of the field that they measure.
_OF_FIELD = ("sum", "balance", "average", "minimum", "maximum", "latest")
#: So many villages are named, the rest are counted.
_NAMED = 3


@dataclass(frozen=True, slots=True)
class ComparedFigure:
    """A figure beside the same figure of the same span a year before."""

    now: Figure
    before: Figure
    change: FigureChange


@reads
def compute(
    reading: Reading, period: Period, villages: Villages = (), keys: Iterable[str] | None = None
) -> dict[str, Figure]:
    """Figures by key, all of them or those of `keys`, for the period and the villages (none: all villages)."""
    chosen, measures = _chosen(reading, reading.living(period).living if keys is None else keys)
    parameters, scope = reading.parameters, Scope(period, villages)
    results = evaluate(reading.conn, reading.tables, measures, scope, parameters)
    figures = {one.key: figure_of(reading, one, results, scope, parameters) for one in chosen}
    return _with_entered(reading, figures, scope)


@reads
def why_not_then(reading: Reading, indicator: Indicator, period: Period) -> str:
    """Why a figure is none of the period's: it is retired, or what it counts is; empty where it is one."""
    if indicator.key in reading.catalogue.not_retired(period.start.year):
        return ""
    retired = indicator.life.retired
    if retired is not None and retired <= period.start.year:
        return f"“{indicator.title}”从 {retired} 年起停用"
    return f"“{indicator.title}”所依据的台账、字段或选项在{period.title}已经停用"


@reads
def compute_by_village(
    reading: Reading, period: Period, villages: Villages, keys: Iterable[str]
) -> dict[int, dict[str, Figure]]:
    """For each of the villages what `compute` gives for it alone, much sooner."""
    chosen, measures = _chosen(reading, keys)
    parameters = reading.parameters
    found = evaluate_by_village(reading.conn, reading.tables, measures, period, villages, parameters)
    told: dict[int, dict[str, Figure]] = {}
    for village, results in found.items():
        scope = Scope(period, (village,))
        figures = {one.key: figure_of(reading, one, results, scope, parameters) for one in chosen}
        told[village] = _with_entered(reading, figures, scope)
    return told


def _with_entered(reading: Reading, figures: dict[str, Figure], scope: Scope) -> dict[str, Figure]:
    """The figures of a year, with what was entered by hand in place of what the records don't tell whole."""
    if not scope.period.is_year or len(scope.villages) > 1:
        return figures
    village = scope.villages[0] if scope.villages else None
    for each in entered.find(reading.conn, reading.tables, scope.period.year):
        if each.village != village or each.indicator not in figures:
            continue
        indicator = reading.catalogue.indicators[each.indicator]
        if not told_whole(reading, indicator, scope):
            figures[each.indicator] = _entered_figure(indicator, each)
    return figures


def told_whole(reading: Reading, indicator: Indicator, scope: Scope) -> bool:
    """Whether the records tell of the indicator in every month of the period."""
    measures = [measure for _role, measure in measures_of(indicator)]
    where = (reading.conn, reading.tables)
    return all(is_complete(*where, measure, scope, reading.parameters) for measure in measures)


def _entered_figure(indicator: Indicator, found: entered.Entered) -> Figure:
    whole = found.value == found.value.to_integral_value() and indicator.over is None
    value: int | Decimal = int(found.value) if whole else found.value
    dated = f"，{found.dated.isoformat()}" if found.dated is not None else ""
    source = f"录入：{found.document}{dated}，{found.who}录入"
    how = f"{found.year}年没有逐月的台账，{ENTERED_HOW}（{found.document}{dated}）。"
    return Figure(indicator.key, value, 0, display(indicator, value), how, "", source)


def _chosen(reading: Reading, keys: Iterable[str]) -> tuple[list[Indicator], dict[tuple[str, str], Measure]]:
    """The indicators of `keys` and the measures behind them by indicator and role."""
    wanted = set(keys)
    chosen = [each for key, each in reading.catalogue.indicators.items() if key in wanted]
    return chosen, {(one.key, role): measure for one in chosen for role, measure in measures_of(one)}


@reads
def compare(
    reading: Reading, period: Period, villages: Villages = (), keys: Iterable[str] | None = None
) -> dict[str, ComparedFigure]:
    """Figures with their change against the same span a year before."""
    chosen = None if keys is None else tuple(keys)
    now = compute(reading, period, villages, chosen)
    before = compute(reading, period.previous(), villages, now)
    return {
        key: ComparedFigure(
            figure,
            before[key],
            change(figure.value, before[key].value, reading.catalogue.indicators[key]),
        )
        for key, figure in now.items()
    }


def measures_of(indicator: Indicator) -> list[tuple[str, Measure]]:
    """The one or two measures behind an indicator, with their roles."""
    found = []
    if indicator.measure is not None:
        found.append((VALUE, indicator.measure))
    if indicator.over is not None:
        found.append((WHOLE, indicator.over))
    return found


@reads
def summed_field(reading: Reading, measure: Measure) -> Field | None:
    """The field in whose unit a measure is, or None for a count."""
    if measure.kind not in _OF_FIELD or not measure.fields:
        return None
    return reading.catalogue.ledgers[measure.ledger].by_key.get(measure.fields[0])


@reads
def figure_of(
    reading: Reading,
    indicator: Indicator,
    results: dict[tuple[str, str], Result],
    scope: Scope,
    parameters: dict[str, Decimal],
) -> Figure:
    """One figure from the results of its measures."""
    records, reason = 0, why_not_then(reading, indicator, scope.period)
    lacking: Measure | None = indicator.measure
    value: Value
    if reason:
        value = None
    elif indicator.function:
        value = FUNCTIONS[indicator.function](scope.period)
    elif indicator.parameter:
        number = parameters[indicator.parameter]
        value = int(number) if number == number.to_integral_value() else number
    else:
        assert indicator.measure is not None
        give_way()
        part = results[indicator.key, VALUE]
        value, records = part.value, part.records
        value = in_unit(indicator, summed_field(reading, indicator.measure), value)
        if indicator.over is not None:
            whole = results[indicator.key, WHOLE]
            value = ratio(indicator, part.value, whole.value)
            same = indicator.over.ledger == indicator.measure.ledger
            records = whole.records if same else part.records + whole.records
            if part.value is not None:
                part, lacking = whole, indicator.over
        if value is None and lacking is not None:
            reason = _why_unknown(reading, lacking, part, scope)
    how = indicator.how.replace("{period}", scope.period.title)
    shown = UNKNOWN if value is None else display(indicator, value)
    return Figure(indicator.key, value, records, shown, how, reason)


def _why_unknown(reading: Reading, lacking: Measure, part: Result, scope: Scope) -> str:
    """What the measure that has no value lacks; of a share, the part or the whole."""
    title = reading.catalogue.ledgers[lacking.ledger].title
    if lacking.ledger in reading.tables.held:
        waiting = waits(reading.conn, reading.tables, lacking.ledger, scope, lacking.timing)
        if waiting:
            return f"台账“{title}”有 {waiting} 条记录等待审核，审核以后才计入"
    if not part.reported:
        return f"台账“{title}”这段时间没有记录，{_who_is_silent(reading, lacking.ledger, scope)}"
    return f"台账“{title}”里没有可以计算这个数的记录"


def _who_is_silent(reading: Reading, ledger: str, scope: Scope) -> str:
    """Who owes a report of the time and has made none, in words."""
    whole = Scope(covering_months(scope.period), scope.villages)
    if not any_report(reading.conn, reading.tables, ledger, whole.period):
        return "也没有零报告"
    missing = complete_reports(reading.conn, reading.tables, ledger, whole)
    silent = list(dict.fromkeys(village for village, _month in missing if village))
    if not silent:
        return f"还有 {len(missing)} 个月没有零报告" if missing else "也没有零报告"
    named = labels(reading.conn, reading.tables, "village", silent[:_NAMED])
    names = "、".join(named.get(village, "") for village in silent[:_NAMED])
    return f"{names}{'等 ' if len(silent) > _NAMED else '共 '}{len(silent)} 个村（居）没有报齐，也没有零报告"


@reads
def named_villages(
    reading: Reading, keys: Iterable[str], period: Period, villages: Villages = ()
) -> dict[str, str]:
    """For figures whose records belong to villages: their names in the office's order, joined by 、."""
    named: dict[str, str] = {}
    parameters = reading.parameters
    names = labels(reading.conn, reading.tables, "village")
    for key in keys:
        measure = reading.catalogue.indicators[key].measure
        if measure is not None and reading.catalogue.ledgers[measure.ledger].village:
            found = villages_of(reading.conn, reading.tables, measure, Scope(period, villages), parameters)
            named[key] = "、".join(names[village] for village in found if village in names)
    return named


def named_records(
    reading: Reading, keys: Iterable[str], period: Period, villages: Villages = ()
) -> dict[str, list[str]]:
    """For figures whose records have names, such as films or projects: the names, each once."""
    parameters, scope = reading.parameters, Scope(period, villages)
    return {
        key: names_of(reading.conn, reading.tables, measure, scope, parameters)
        for key in keys
        if (measure := reading.catalogue.indicators[key].measure) is not None
    }
