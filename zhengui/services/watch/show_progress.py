"""How far the areas and the plan are: a ring for each, with what is most urgent under its title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zhengui.catalogue.closed_loop import LOOP_STATES, OVERDUE
from zhengui.figures import period as periods
from zhengui.figures.period import Period
from zhengui.figures.plan_pace import Light
from zhengui.services.entry import browse_records
from zhengui.services.plan.track_plan import counts as plan_counts
from zhengui.services.plan.track_plan import track
from zhengui.services.township import overview
from zhengui.services.township.reading import Reading, reads
from zhengui.storage.browse import pages as browse
from zhengui.storage.browse.pages import Selection


@dataclass(frozen=True, slots=True)
class ProgressRing:
    """One ring: `closed` of `items` are done (no ring where there are none), `overdue` or behind, `records` in all.

    `page`, `of` and `state` are where the rows behind what is told of it are seen: of one ledger the ledger itself, of
    several the list of their items.
    """

    key: str
    title: str
    icon: str
    closed: int
    items: int
    overdue: int
    records: int
    page: str
    of: str = ""
    state: str = ""

    @property
    def share(self) -> int | None:
        """Per cent of closed items, rounded down so that not quite all never reads as all."""
        return self.closed * 100 // self.items if self.items else None


@reads
def show_progress(reading: Reading, period: Period, villages: Sequence[int] = ()) -> list[ProgressRing]:
    """The areas that live in the period, in their order, then the plan of its year (of the whole township)."""
    chosen = tuple(villages)
    living = reading.living(period)
    counts = browse_records.counts(reading, living.live_ledgers, period, chosen)
    states = {
        ledger.key: browse.state_counts(
            reading.conn, reading.tables, Selection(ledger.key, period, chosen, today=reading.today)
        )
        for ledger in overview.looped(reading, year=period.end.year)
    }
    found = []
    for area in living.work_areas():
        looped = [ledger.key for ledger in area.ledgers if ledger.key in states]
        late = next((key for key in looped if states[key].get(OVERDUE)), "")
        several = sum(bool(states[key].get(OVERDUE)) for key in looped) > 1
        overdue = (
            _of_year(reading, period, chosen, looped) if several else states[late][OVERDUE] if late else 0
        )
        found.append(
            ProgressRing(
                area.key,
                area.short,
                area.icon,
                sum(states[key].get(LOOP_STATES[-1], 0) for key in looped),
                sum(states[key].get(state, 0) for key in looped for state in LOOP_STATES),
                overdue,
                sum(counts.get(ledger.key, 0) for ledger in area.ledgers),
                "worklist" if several else f"area:{area.key}",
                ",".join(looped) if several else late,
                OVERDUE if overdue else "",
            )
        )
    if not chosen:
        lights = plan_counts(track(reading, period.year))
        whole = sum(lights.values())
        found.append(
            ProgressRing(
                "plan",
                "年度计划",
                "target",
                lights[Light.DONE],
                whole,
                lights[Light.BEHIND],
                whole,
                "plan",
            )
        )
    return found


def _of_year(reading: Reading, period: Period, villages: tuple[int, ...], ledgers: list[str]) -> int:
    """How many items of several ledgers are overdue; as in the list that shows them, of the whole year."""
    year = periods.year(period.year)
    return sum(
        browse.state_counts(
            reading.conn, reading.tables, Selection(key, year, villages, today=reading.today)
        ).get(OVERDUE, 0)
        for key in ledgers
    )
