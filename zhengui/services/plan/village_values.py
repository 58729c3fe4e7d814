"""What each village has done of a plan item, and what it is measured against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhengui.catalogue.model import Indicator, Measure
from zhengui.figures.period import Period
from zhengui.figures.units import in_unit
from zhengui.services.counting.compute_figures import VALUE, WHOLE, measures_of, summed_field
from zhengui.services.plan.plan_values import Goal
from zhengui.services.township.township import Township
from zhengui.storage.counting.measures import Scope, evaluate
from zhengui.storage.writing.plan_progress import Report

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class VillageValue:
    """What a village has done, and of a share what stands for one unit of the goal (else None)."""

    done: Decimal
    whole: Decimal | None = None


def counted_by_village(township: Township, goal: Goal) -> bool:
    """Whether the indicator behind a goal can be told for one village."""
    indicator = township.catalogue.indicators.get(goal.indicator)
    if indicator is None:
        return False
    measures = measures_of(indicator)
    ledgers = township.catalogue.ledgers
    return bool(measures) and all(ledgers[measure.ledger].village for _role, measure in measures)


def counting_unit(township: Township, goal: Goal) -> str:
    """The unit in which villages are told what to do: of a share, that of what is counted."""
    indicator = township.catalogue.indicators.get(goal.indicator)
    if indicator is None or indicator.over is None or not counted_by_village(township, goal):
        return goal.unit
    assert indicator.measure is not None
    field = summed_field(township, indicator.measure)
    if field is not None:
        return field.unit
    return township.catalogue.ledgers[indicator.measure.ledger].measure_word


def values_by_village(
    township: Township, goal: Goal, villages: Sequence[int], reports: Sequence[Report], day: date
) -> dict[int, VillageValue]:
    """What each village has done from the beginning of the year, or altogether, by a day."""
    indicator = township.catalogue.indicators.get(goal.indicator)
    if indicator is not None and counted_by_village(township, goal):
        return _counted(township, indicator, villages, Period(date(day.year, 1, 1), day))
    last: dict[int, Decimal] = {}
    for report in reports:
        if report.village is not None and report.value is not None and report.day <= day:
            last[report.village] = report.value
    return {village: VillageValue(last.get(village, _ZERO)) for village in villages}


def _counted(
    township: Township, indicator: Indicator, villages: Sequence[int], period: Period
) -> dict[int, VillageValue]:
    measures: Mapping[str, Measure] = dict(measures_of(indicator))
    parameters = township.parameters()
    found = {}
    with township.database.reading() as conn:
        for village in villages:
            scope = Scope(period, (village,))
            results = evaluate(conn, township.tables, measures, scope, parameters)
            done = results[VALUE].value
            if indicator.over is not None:
                whole = results[WHOLE].value
                part, over = (
                    Decimal(number or 0) for number in (done, whole) if not isinstance(number, date)
                )
                found[village] = VillageValue(part, over / indicator.factor)
            else:
                told = in_unit(indicator, summed_field(township, measures[VALUE]), done)
                found[village] = VillageValue(Decimal(told or 0))
    return found
