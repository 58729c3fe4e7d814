"""Zero reports (零报告) of the invented township: months in which a village had nothing to record."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from db.demo.chance import YEARS
from db.demo.world import Row, World
from zhengui.catalogue.model import FieldType, Ledger

#: Ledgers besides those that claims ask for in which villages report that there was nothing.
REPORTED = (
    "hazard",
    "dispute",
    "enforcement",
    "risk_event",
    "toilet_problem",
    "public_deed",
    "cleanup",
    "publicity",
    "leader_reception",
    "inspection",
    "member_development",
)
#: Ledgers that are reported without a gap in any case.
ALWAYS = ("accident", "petition")
#: Ledgers that the township itself reports.
OF_THE_TOWNSHIP = ("drill", "training_course")
#: These villages forget a month now and then where no claim depends on it.
FORGETFUL = (4, 12, 19, 26)


class Reported:
    """Remembers which village has a record in which month, and tells afterwards which months were silent."""

    def __init__(self, world: World) -> None:
        self.world = world
        ledgers = world.catalogue.ledgers
        asked = [c.measure.ledger for c in world.catalogue.claims.values() if c.reports and c.measure]
        self.complete = [
            key for key in dict.fromkeys((*asked, *ALWAYS)) if key in ledgers and ledgers[key].period
        ]
        self.watched = {
            key: set[tuple[int, int]]()
            for key in dict.fromkeys((*self.complete, *REPORTED, *OF_THE_TOWNSHIP))
            if key in ledgers
        }

    def see(self, key: str, rows: list[Row]) -> None:
        """Note the village and month of each row."""
        seen = self.watched.get(key)
        if seen is None:
            return
        ledger = self.world.catalogue.ledgers[key]
        time = ledger.period[0]
        is_month = ledger[time].type is FieldType.MONTH
        place = self._place(ledger)
        for row in rows:
            day = row[time]
            seen.add((place(row), day if is_month else day.year * 100 + day.month))

    def _place(self, ledger: Ledger) -> Callable[[Row], int]:
        """A function from a row to its village, 0 where it has none."""
        first, _, second = ledger.village.partition(".")
        if not second:
            return lambda row: row.get(first) or 0
        register = self.world.rows[ledger[first].type.value]
        return lambda row: register[row[first] - 1][second] if row.get(first) else 0

    def silent(self) -> Iterator[tuple[str, int | None, int]]:
        """Ledger, village (None: the township) and month (yyyymm) of every zero report."""
        for key, seen in self.watched.items():
            by_village = bool(self.world.catalogue.ledgers[key].village)
            whole = key in self.complete
            first = min((month for _village, month in seen), default=0) // 100
            for year in YEARS:
                if year < first and not whole:
                    continue  # nobody was asked before the ledger began
                for month in range(1, 13):
                    for village in self.world.villages if by_village else (0,):
                        if (village, year * 100 + month) in seen:
                            continue
                        if whole or village not in FORGETFUL or (month + village) % 4:
                            yield key, village or None, year * 100 + month
