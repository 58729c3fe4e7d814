"""Figures whose last whole month is far from the months before it: a slip of the pen, or something to look into."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhengui.catalogue.model import Indicator
from zhengui.figures import period as periods
from zhengui.figures.warning_rules import Noticed, jumped
from zhengui.services.counting.compute_figures import compute
from zhengui.services.township.reading import Reading, reads

#: So many months before the last one are looked at.
_BEFORE = 6


@dataclass(frozen=True, slots=True)
class FigureJump:
    """A figure that jumped; `usual` are the months before it in words."""

    noticed: Noticed
    ledger: str
    label: str
    usual: str


def monthly_figures(indicators: list[Indicator]) -> list[Indicator]:
    """The figures that add up month by month, such as cases or money."""
    return [
        each
        for each in indicators
        if each.strip
        and each.over is None
        and each.measure is not None
        and each.measure.kind in ("count", "sum")
        and each.measure.timing.kind == "during"
    ]


@reads
def jumps(reading: Reading, limit: Decimal) -> list[FigureJump]:
    """The figures whose last whole month is `limit` times the average of the half year before, or that part of it."""
    last = reading.today.year * 12 + reading.today.month - 2
    months = [periods.month(each // 12, each % 12 + 1) for each in range(last - _BEFORE, last + 1)]
    chosen = monthly_figures([i for area in reading.living(months[-1]).areas for i in area.indicators])
    keys = [each.key for each in chosen]
    values = [(span, compute(reading, span, (), keys)) for span in months]
    found = []
    for each in chosen:
        line = [(span.start, _number(figures[each.key].value)) for span, figures in values]
        noticed = jumped(each.key, line, limit)
        if noticed is not None and each.measure is not None:
            told = _usual(line, each.unit)
            label = f"{each.title} {months[-1].start.month}月"
            found.append(FigureJump(noticed, each.measure.ledger, label, told))
    return found


def _number(value: int | Decimal | date | None) -> Decimal | None:
    return Decimal(value) if isinstance(value, int | Decimal) else None


def _usual(line: list[tuple[date, Decimal | None]], unit: str) -> str:
    known = [value for _day, value in line[:-1] if value is not None]
    average = sum(known, Decimal(0)) / len(known)
    return f"{average:,.1f}".rstrip("0").rstrip(".") + unit
