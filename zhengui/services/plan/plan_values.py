"""What plan items have reached by some day: the live value of their indicator, or what was last reported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from zhengui.catalogue.model import Indicator
from zhengui.figures.period import Period
from zhengui.figures.plan_pace import INCREASE, Aim, on_line, raised
from zhengui.services.counting.compute_figures import Villages, compute
from zhengui.services.township.reading import Reading, reads
from zhengui.storage.writing.plan_progress import Report
from zhengui.values.value import Value

#: The choices of 要求 in the plan's ledger.
_AIMS = {"至少": Aim.AT_LEAST, "至多": Aim.AT_MOST, "等于": Aim.EXACTLY, INCREASE: Aim.AT_LEAST}
#: The subject that names nothing.
OTHER = "其他"
_ADDED_UP = frozenset({"count", "sum", "distinct"})
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Goal:
    """What an item is measured by. `operator` and `target` are as entered; `value` is the goal in `unit`.

    `value` is None where it can't be known, as an increase over a year without records.
    `name` is what is measured, where the item says so. `grows`: the value adds up; `from_zero`: it begins anew each year.
    """

    operator: str
    target: Decimal
    aim: Aim
    value: Decimal | None
    unit: str
    indicator: str = ""
    grows: bool = True
    from_zero: bool = True
    name: str = ""


@dataclass(slots=True)
class PlanReadings:
    """Values of indicators from the beginning of a year to some days, each computed once."""

    reading: Reading
    keys: tuple[str, ...]
    villages: Villages = ()
    _kept: dict[date, dict[str, Decimal | None]] = field(default_factory=dict)

    def at(self, key: str, day: date) -> Decimal | None:
        """The value from the first of January to the day, None where it is unknown."""
        if day not in self._kept:
            span = Period(date(day.year, 1, 1), day)
            found = compute(self.reading, span, self.villages, self.keys)
            self._kept[day] = {
                name: None if figure.value is None else Decimal(figure.value)
                for name, figure in found.items()
            }
        return self._kept[day].get(key)


@reads
def goal_of(reading: Reading, values: Mapping[str, Any], readings: PlanReadings) -> Goal | None:
    """The goal of an item from its fields, None where it has none."""
    operator, target = values.get("operator"), values.get("target")
    if operator is None or target is None:
        return None
    unit = str(values.get("unit") or "")
    indicator = reading.catalogue.indicators.get(str(values.get("indicator") or ""))
    if indicator is None:
        subject = str(values.get("subject") or "")
        name = "" if subject == OTHER else subject
        return Goal(operator, target, _AIMS[operator], target, unit, name=name)
    goal: Decimal | None = target
    if operator == INCREASE:
        last = readings.at(indicator.key, date(int(values["plan_year"]) - 1, 12, 31))
        goal = None if last is None else raised(last, target, unit, indicator)
    if indicator.key not in reading.catalogue.not_retired(int(values["plan_year"])):
        # Nothing is counted for it any more: like an item without a figure, it is followed by what is reported.
        name = indicator.short or indicator.title
        made = Goal(operator, target, _AIMS[operator], goal, indicator.unit or unit, name=name)
        return made if goal is not None else None
    grows = adds_up(indicator)
    from_zero = grows and indicator.measure is not None and indicator.measure.timing.kind == "during"
    return Goal(
        operator, target, _AIMS[operator], goal, indicator.unit or unit, indicator.key, grows, from_zero
    )


def adds_up(indicator: Indicator) -> bool:
    """Whether the figure climbs through the year; a share of the year's own cases is a level instead."""
    measure = indicator.measure
    if measure is None or measure.kind not in _ADDED_UP:
        return False
    if indicator.over is not None:
        return measure.timing.kind in ("until", "in_force", "always")
    return True


def needed_keys(rows: Iterable[Mapping[str, Value]], reading: Reading) -> tuple[str, ...]:
    """The indicators that the items are measured by."""
    known = reading.catalogue.indicators
    found = (str(row.get("indicator") or "") for row in rows if row.get("target") is not None)
    return tuple(dict.fromkeys(key for key in found if key in known))


def reported_value(
    reports: Sequence[Report], day: date, weights: Mapping[int, Decimal] | None = None
) -> Decimal | None:
    """What the reports say was reached by a day: the township's last total, or what the villages come to if more.

    With `weights`, the head counts of villages that report a rate, they come to the rate of all their people.
    """
    total: Decimal | None = None
    villages: dict[int, Decimal] = {}
    for report in reports:
        if report.value is None or report.day > day:
            continue
        if report.village is None:
            total = report.value
        else:
            villages[report.village] = report.value
    if not villages:
        return total
    if weights:
        whole = sum(weights.values(), _ZERO)
        rates = (weight * villages.get(village, _ZERO) for village, weight in weights.items())
        return sum(rates, _ZERO) / whole if whole else total
    together = sum(villages.values(), _ZERO)
    return together if total is None else max(total, together)


def value_on(
    goal: Goal,
    readings: PlanReadings,
    reports: Sequence[Report],
    day: date,
    weights: Mapping[int, Decimal] | None = None,
) -> Decimal | None:
    """What is reached of a goal by a day, None where nobody can know."""
    if goal.indicator:
        return readings.at(goal.indicator, day)
    return reported_value(reports, day, weights)


def before_value(
    goal: Goal, readings: PlanReadings, reports: Sequence[Report], day: date, begun: date
) -> Decimal | None:
    """The same for judging a pace: between two reports the value is taken to climb evenly."""
    if goal.indicator:
        return readings.at(goal.indicator, day)
    days = sorted({report.day for report in reports if report.value is not None})
    points = [(begun - timedelta(days=1), _ZERO)]
    points += [(each, reported_value(reports, each) or _ZERO) for each in days if each >= begun]
    return on_line(points, day)
