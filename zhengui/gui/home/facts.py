"""What 总览 shows, read in a worker: what is to be done, how far the areas are, a chosen figure through the year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from zhengui.figures import period as periods
from zhengui.figures.figure import Figure
from zhengui.figures.period import Period
from zhengui.services.counting import compute_figures
from zhengui.services.entry import browse_records
from zhengui.services.township.reading import Reading, reads
from zhengui.services.watch.show_progress import ProgressRing, show_progress
from zhengui.services.watch.today import TodayLine, today_lines


@dataclass(frozen=True, slots=True)
class HomeFacts:
    """Everything of the page; `begun` is false until the first record besides the registers."""

    today: date
    begun: bool
    registers: Mapping[str, int]
    lines: Sequence[TodayLine] = ()
    rings: Sequence[ProgressRing] = ()


@reads
def read_home(reading: Reading, period: Period, villages: Sequence[int] = ()) -> HomeFacts:
    """The page's facts for the period and the villages that are lit up."""
    ever = browse_records.counts(reading, reading.catalogue.ledgers)
    living = reading.living(period).live_ledgers
    registers = {key: ever[key] for key, ledger in living.items() if ledger.register}
    if not any(count for key, count in ever.items() if not reading.catalogue.ledgers[key].register):
        return HomeFacts(reading.today, False, registers)
    lines = today_lines(reading, period, villages)
    return HomeFacts(reading.today, True, registers, lines, show_progress(reading, period, villages))


@dataclass(frozen=True, slots=True)
class Trend:
    """A figure month by month, added up from January; None where a month is not over or nothing is known.

    The marks follow a year's number where it was entered by hand; such a year is known at its end only.
    """

    now: Sequence[float | None]
    before: Sequence[float | None]
    year: int
    unit: str
    now_mark: str = ""
    before_mark: str = ""


@reads
def read_trend(reading: Reading, key: str, year: int, villages: Sequence[int] = ()) -> Trend:
    """A figure from January to each month's end, this year and the year before."""
    indicator = reading.catalogue.indicators[key]
    chosen = tuple(villages)
    now, before = (_line(reading, key, one, chosen) for one in (year, year - 1))
    return Trend(_values(now), _values(before), year, indicator.unit, _mark(now), _mark(before))


def _mark(line: Sequence[Figure | None]) -> str:
    known = [figure for figure in line if figure is not None and figure.known]
    return known[-1].mark if known else ""


def _values(line: Sequence[Figure | None]) -> list[float | None]:
    return [None if each is None or each.value is None else float(each.value) for each in line]


def _line(reading: Reading, key: str, year: int, villages: tuple[int, ...]) -> list[Figure | None]:
    today = reading.today
    found: list[Figure | None] = []
    for month in range(1, 13):
        span = Period(date(year, 1, 1), periods.month(year, month).end)
        if date(year, month, 1) > today:
            found.append(None)
            continue
        found.append(compute_figures.compute(reading, span, villages, [key])[key])
    return found
