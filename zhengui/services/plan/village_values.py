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
from zhengui.services.township.reading import Reading, reads
from zhengui.storage.counting.measures import Scope, evaluate
from zhengui.storage.writing.plan_progress import Report

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class VillageValue:
    """What a village has done, and of a share what stands for one unit of the goal (else None)."""

    done: Decimal
    whole: Decimal | None = None


@reads
def counted_by_village(reading: Reading, goal: Goal) -> bool:
    """Whether the indicator behind a goal can be told for one village."""
    indicator = reading.catalogue.indicators.get(goal.indicator)
    if indicator is None:
        return False
    measures = measures_of(indicator)
    ledgers = reading.catalogue.ledgers
    return bool(measures) and all(ledgers[measure.ledger].village for _role, measure in measures)


@reads
def counting_unit(reading: Reading, goal: Goal) -> str:
    """The unit in which villages are told what to do: of a share, that of what is counted."""
    indicator = reading.catalogue.indicators.get(goal.indicator)
    if indicator is None or indicator.over is None or not counted_by_village(reading, goal):
        return goal.unit
    assert indicator.measure is not None
    field = summed_field(reading, indicator.measure)
    if field is not None:
        return field.unit
    return reading.catalogue.ledgers[indicator.measure.ledger].measure_word


@reads
def values_by_village(
    reading: Reading, goal: Goal, villages: Sequence[int], reports: Sequence[Report], day: date
) -> dict[int, VillageValue]:
    """What each village has done from the beginning of the year, or altogether, by a day."""
    indicator = reading.catalogue.indicators.get(goal.indicator)
    if indicator is not None and counted_by_village(reading, goal):
        return _counted(reading, indicator, villages, Period(date(day.year, 1, 1), day))
    last: dict[int, Decimal] = {}
    for report in reports:
        if report.village is not None and report.value is not None and report.day <= day:
            last[report.village] = report.value
    return {village: VillageValue(last.get(village, _ZERO)) for village in villages}


def _counted(
    reading: Reading, indicator: Indicator, villages: Sequence[int], period: Period
) -> dict[int, VillageValue]:
    measures: Mapping[str, Measure] = dict(measures_of(indicator))
    parameters = reading.parameters
    found = {}
    for village in villages:
        scope = Scope(period, (village,))
        results = evaluate(reading.conn, reading.tables, measures, scope, parameters)
        done = results[VALUE].value
        if indicator.over is not None:
            whole = results[WHOLE].value
            part, over = (Decimal(number or 0) for number in (done, whole) if not isinstance(number, date))
            found[village] = VillageValue(part, over / indicator.factor)
        else:
            told = in_unit(indicator, summed_field(reading, measures[VALUE]), done)
            found[village] = VillageValue(Decimal(told or 0))
    return found
