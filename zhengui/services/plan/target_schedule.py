"""Targets that a ledger sets by village, age band and dose, worked back from their own due dates: 接种任务."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from zhengui.catalogue.model import Measure
from zhengui.figures.period import Period
from zhengui.figures.target_pace import Pace, pace_of
from zhengui.services.township.overview import villages as all_villages
from zhengui.services.township.reading import Reading, reads
from zhengui.services.township.work_calendar import calendar_of
from zhengui.storage.counting.chosen_rows import chosen_rows
from zhengui.storage.query.predicates import Asked, Scope

#: The ledger of the targets and that of what is done towards them; both tell the same fields apart.
TARGETS, PROGRESS = "vaccination_target", "vaccination_progress"
ALIKE = ("village", "band", "dose")


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A target of a village: `record` is its own, `what` its age band and dose, `pace` where it stands."""

    record: int
    village: int
    name: str
    what: str
    start: date
    due: date
    pace: Pace


@reads
def target_schedule(
    reading: Reading, villages: Sequence[int] = (), on: date | None = None
) -> list[TargetLine]:
    """The targets set by a day (today), by village in the office's order, then by what they are of."""
    day = on or reading.today
    asked = Asked(reading.tables, Scope(Period(date(2000, 1, 1), day), tuple(villages)), reading.parameters)
    conn, tables = reading.conn, reading.tables
    done: dict[tuple[object, ...], int] = {}
    for _id, village, band, dose, when, people in chosen_rows(
        conn, tables, Measure("count", PROGRESS), asked, (*ALIKE, "date", "people")
    ):
        if when is not None and when <= day:
            done[village, band, dose] = done.get((village, band, dose), 0) + (people or 0)
    names = {each.id: each.name for each in all_villages(reading)}
    calendar, found = calendar_of(reading), []
    for id_, village, band, dose, set_on, due, people in chosen_rows(
        conn, tables, Measure("count", TARGETS), asked, (*ALIKE, "set_on", "due_on", "people")
    ):
        if village not in names or set_on is None or due is None or set_on > day:
            continue
        start = set_on - timedelta(days=1)
        reached = Decimal(done.get((village, band, dose), 0))
        pace = pace_of(Decimal(people or 0), reached, start, due, day, calendar)
        found.append(TargetLine(id_, village, names[village], f"{band} {dose}", start, due, pace))
    order = list(names)
    return sorted(found, key=lambda line: (order.index(line.village), line.due, line.what))


def behind(lines: Sequence[TargetLine]) -> list[TargetLine]:
    """Those that lag, the most days first."""
    late = [line for line in lines if line.pace.behind]
    return sorted(late, key=lambda line: (-line.pace.behind, -line.pace.missing))
