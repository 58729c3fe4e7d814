"""What 总览 shows, read in a worker: what is to be done, how far the areas are, which figures are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from zhengui.catalogue.closed_loop import LOOP_STATES, OVERDUE
from zhengui.figures import period as periods
from zhengui.figures.period import Period
from zhengui.services.counting import compute_figures
from zhengui.services.entry import browse_records
from zhengui.services.township import overview
from zhengui.services.township.overview import Pending
from zhengui.services.township.reading import Reading, reads

WEEK = 7
MOST = 1000
GROUPS = ("逾期", "等我办理", "本周到期", "以后到期")
WAITING = ("待交办", "待验收", "待销号")


@dataclass(frozen=True, slots=True)
class AreaProgress:
    """One area: closed items of all its items, overdue ones, records of the year, and figures without a value."""

    key: str
    title: str
    closed: int
    items: int
    overdue: int
    records: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do, in a group of the list."""

    group: str
    item: Pending
    days: int | None


@dataclass(frozen=True, slots=True)
class HomeFacts:
    """Everything of the page; `begun` is false until the first record besides the registers."""

    today: date
    begun: bool
    registers: Mapping[str, int]
    tasks: Sequence[Task]
    areas: Sequence[AreaProgress]
    known: int
    unknown: Sequence[tuple[str, str]]


@reads
def read_home(reading: Reading, year: int) -> HomeFacts:
    """The page's facts for a year of the whole township."""
    catalogue = reading.catalogue
    period = periods.year(year)
    counts = browse_records.counts(reading, catalogue.ledgers, period)
    ever = browse_records.counts(reading, catalogue.ledgers)
    registers = {key: ever[key] for key, ledger in catalogue.ledgers.items() if ledger.register}
    begun = any(count for key, count in ever.items() if key not in registers)
    if not begun:
        return HomeFacts(reading.today, False, registers, (), (), 0, ())
    figures = compute_figures.compute(reading, period)
    printed = [i for i in catalogue.indicators.values() if i.n is not None]
    unknown = [i for i in printed if figures[i.key].value is None]
    states = {
        ledger.key: overview.state_counts(reading, ledger.key, year) for ledger in overview.looped(reading)
    }
    areas = []
    for area in catalogue.work_areas():
        looped = [states[ledger.key] for ledger in area.ledgers if ledger.key in states]
        areas.append(
            AreaProgress(
                area.key,
                area.short,
                sum(found.get(LOOP_STATES[-1], 0) for found in looped),
                sum(found.get(state, 0) for found in looped for state in LOOP_STATES),
                sum(found.get(OVERDUE, 0) for found in looped),
                sum(counts.get(ledger.key, 0) for ledger in area.ledgers),
                sum(1 for i in unknown if i.area == area.key),
            )
        )
    told = [(i.key, i.title) for i in unknown]
    return HomeFacts(
        reading.today, True, registers, _tasks(reading, year), areas, len(printed) - len(told), told
    )


def _tasks(reading: Reading, year: int) -> list[Task]:
    today = reading.today
    found = []
    for item in overview.pending(reading, year, MOST):
        days = (item.due - today).days if item.due is not None else None
        found.append(Task(_group(item, today), item, days))
    found.sort(key=lambda task: GROUPS.index(task.group))
    return found


def _group(item: Pending, today: date) -> str:
    if item.overdue:
        return GROUPS[0]
    if item.state in WAITING:
        return GROUPS[1]
    soon = item.due is not None and item.due <= today + timedelta(days=WEEK)
    return GROUPS[2] if soon else GROUPS[3]


@dataclass(frozen=True, slots=True)
class Trend:
    """A figure month by month, added up from January; None where a month is not over or nothing is known."""

    now: Sequence[float | None]
    before: Sequence[float | None]
    year: int
    unit: str


@reads
def read_trend(reading: Reading, key: str, year: int) -> Trend:
    """A figure from January to each month's end, this year and the year before."""
    indicator = reading.catalogue.indicators[key]
    return Trend(_line(reading, key, year), _line(reading, key, year - 1), year, indicator.unit)


def _line(reading: Reading, key: str, year: int) -> list[float | None]:
    today = reading.today
    found: list[float | None] = []
    for month in range(1, 13):
        span = Period(date(year, 1, 1), periods.month(year, month).end)
        if date(year, month, 1) > today:
            found.append(None)
            continue
        value = compute_figures.compute(reading, span, (), [key])[key].value
        found.append(None if value is None else float(value))
    return found
