"""What the plan's page reads in the background: the items with their words, and everything about the chosen one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from zhengui.gui.plan.rows import PlanRow
from zhengui.services.plan import schedule_plan
from zhengui.services.plan.carry_over import origin_chain
from zhengui.services.plan.plan_curve import Curve, curve
from zhengui.services.plan.report_progress import reports_of
from zhengui.services.plan.schedule_plan import Schedule, VillagePart
from zhengui.services.plan.tell_plan import sentence, tell
from zhengui.services.plan.track_plan import judged_on, track
from zhengui.services.township.reading import Reading, reads
from zhengui.storage.writing.plan_progress import Report

#: How many reports and villages the panel has room for.
REPORTS, VILLAGES = 3, 3


@dataclass(frozen=True, slots=True)
class Details:
    """The chosen item: its curve, what to say about it, who is behind, its latest reports, where it came from."""

    row: PlanRow
    year: int
    sentence: str
    curve: Curve
    schedule: Schedule | None
    behind: tuple[VillagePart, ...]
    reports: tuple[Report, ...]
    origin: str
    can_share: bool


@reads
def read_rows(reading: Reading, year: int, on: date | None) -> list[PlanRow]:
    """All items of a year as they are shown."""
    return [PlanRow(item, tell(reading, item)) for item in track(reading, year, on)]


@reads
def read_details(reading: Reading, row: PlanRow, year: int, on: date | None) -> Details:
    """Everything about one item."""
    item = row.item
    held = schedule_plan.current(reading, item) if item.shared else None
    late = tuple(schedule_plan.behind(held)) if held is not None else ()
    day = judged_on(reading, year, on)
    live = [r for r in reports_of(reading, item.id) if r.removed_at is None and r.day <= day]
    latest = sorted(live, key=lambda report: (report.day, report.id), reverse=True)
    told = tuple(report for report in latest if report.words or report.village is None)
    chain = origin_chain(reading, item.id)
    origin = (
        f"由 {chain[0][0]} 年结转" + (f"，从 {chain[-1][0]} 年起" if len(chain) > 1 else "") if chain else ""
    )
    return Details(
        row,
        year,
        sentence(item),
        curve(reading, item, year, on),
        held,
        late,
        told,
        origin,
        schedule_plan.can_share(item),
    )
