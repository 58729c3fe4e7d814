"""The closed loop of invented records: dates in order, and items left in every state."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from db.demo.chance import LAST_DAY, Chance, after, later
from db.demo.world import Row, World

#: How far an item has come, in the order of the steps.
LISTED, ASSIGNED, RECTIFIED, VERIFIED, CLOSED = range(5)


def in_order(chance: Chance, closed: int, left: Sequence[int]) -> list[int]:
    """States of items in the order of their days: what is still open lies among the latest."""
    among = min(closed, len(left))
    latest = [CLOSED] * among + list(left)
    chance.shuffle(latest)
    return [CLOSED] * (closed - among) + latest


class Loop:
    """Fills the closed loop's fields for the items of one department."""

    def __init__(self, world: World, chance: Chance, department: str, measures: tuple[str, ...]) -> None:
        self.chance = chance
        self.department = world.department(department)
        self.staff = world.staff(department)
        self.checkers = world.leaders
        self.measures = measures

    def advance(self, row: Row, listed: date, state: int, days: int, latest: date = LAST_DAY) -> Row:
        """Bring an item as far as `state`; a closed one is closed about `days` later, never after `latest`."""
        if state == LISTED:
            if self.chance.odds(0.5):
                row["due_on"] = later(listed, 45)
            return row
        chance = self.chance
        whole = (latest - listed).days if state < CLOSED else chance.between(days // 2, days + days // 2)
        span = max(min(whole, (latest - listed).days), 0)
        row["assigned_on"] = listed + timedelta(days=min(span // 8, 4))
        row["department"] = self.department
        row["responsible"] = chance.pick(self.staff)
        row["due_on"] = later(listed, days + chance.pick((0, 5, 10, 30)))
        if state == ASSIGNED:
            return row
        row["measure_taken"] = chance.pick(self.measures)
        row["rectified_on"] = after(listed, span * 7 // 10)
        if state == RECTIFIED:
            return row
        row["verified_on"] = after(listed, span * 9 // 10)
        checker = chance.pick(self.checkers)
        if checker == row["responsible"]:  # nobody verifies what he was responsible for
            checker = next(one for one in self.checkers if one != checker)
        row["verifier"] = checker
        if state == CLOSED:
            row["closed_on"] = after(listed, span)
        return row
