"""When the next visit of a household is due, by how often its class is to be visited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

#: The parameter that says how many days may pass between visits, by class; other classes go by `visit_days`.
DAYS_OF: Mapping[str, str] = {"脱贫户": "visit_days_lifted", "突发严重困难户": "visit_days_sudden"}
USUAL = "visit_days"


def parameter_of(class_: str) -> str:
    """The parameter for a class of households."""
    return DAYS_OF.get(class_, USUAL)


@dataclass(frozen=True, slots=True)
class VisitPace:
    """When a household is to be visited: `left` are the days to it, below nought where it is past."""

    due: date
    left: int

    @property
    def late(self) -> bool:
        """Whether the day is past."""
        return self.left < 0


def pace(since: date, visited: date | None, days: int, today: date) -> VisitPace:
    """The next visit: so many days after the last one, or after the household was taken in charge."""
    due = max(since, visited or since) + timedelta(days=days)
    return VisitPace(due, (due - today).days)
