"""For each claim of the document one thing that speaks against it in the office where all of them hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.services.whole_office import YEAR, live, sound_record
from zhengui.services.entry import record
from zhengui.services.township.township import Township

Undo = Callable[[], Any]


@dataclass(frozen=True)
class Breaking:
    """A record to add, or (`where`) the first such record to change, in a ledger."""

    ledger: str
    values: Mapping[str, Any]
    where: Mapping[str, Any] | None = None

    def do(self, township: Township) -> Undo:
        """Make it so; the answer takes it back."""
        if self.where is None:
            return self._add(township)
        number = next(
            number
            for number, row in live(township, self.ledger).items()
            if all(row[key] == value for key, value in self.where.items())
        )
        edited = record.edit_many(township, self.ledger, [number], self.values)
        return lambda: record.take_back(township, edited)

    def _add(self, township: Township) -> Undo:
        values = sound_record(township, self.ledger, **self.values)
        saved = record.save(township, self.ledger, values)
        return lambda: record.delete(township, self.ledger, [saved.id])


_OPEN = dict.fromkeys(("closed_on", "verified_on", "verifier"))

BREAKING: Mapping[str, Breaking] = {
    "one_shoulder": Breaking("committee_member", {"posts": ("书记",)}, {"village": 3}),
    "reserve_posted": Breaking("reserve_cadre", {"posted_to": None, "posted_on": None, "left_on": None}),
    "rectification_closed": Breaking("rectification_item", _OPEN),
    "toilets_rectified": Breaking("toilet_problem", _OPEN),
    "livelihood_closed": Breaking("livelihood_problem", _OPEN),
    "centre_villages_completed": Breaking("centre_village", {"year": YEAR, "road": 60}),
    "no_sudden_hardship": Breaking("monitored_household", {"class": "突发严重困难户", "household": 1}),
    "all_supported": Breaking("monitored_household", {"household": 4, "released_on": None}),
    "record_high": Breaking(
        "economic_return", {"kind": "规上工业总产值", "month": (YEAR - 1) * 100 + 2, "amount": 99_000_000}
    ),
    "supervision_complete": Breaking("safety_officer", {"to_on": date(YEAR, 6, 30)}, {"level": "企业"}),
    "elections_done": Breaking(
        "village_election", {"party_done_on": None, "done_on": date(YEAR - 1, 5, 6)}, {"village": 3}
    ),
    "returnees_watched": Breaking(
        "returnee",
        {
            "risk_level": "高风险",
            "returned_on": date(YEAR, 5, 6),
            "monitored_until": date(YEAR, 5, 20),
            "tests": 0,
            "released_on": None,
        },
    ),
    "tasks_assigned": Breaking("rectification_item", {"leader": None, "listed_on": date(YEAR, 3, 9)}),
    "suggestions_answered": Breaking("suggestion", _OPEN),
    "all_planned": Breaking("support_plan", {"ended_on": date(YEAR, 6, 30)}, {"household": 2}),
    "no_fires": Breaking("fire_point", {"date": date(YEAR, 6, 6)}),
    "major_hazards_closed": Breaking("hazard", _OPEN | {"grade": "重大", "found_on": date(YEAR, 3, 9)}),
    "no_accident": Breaking("accident", {"date": date(YEAR, 5, 6), "kind": "生产安全"}),
    "no_overreach": Breaking("petition", {"level": "省级", "received_on": date(YEAR, 3, 1)}),
}
