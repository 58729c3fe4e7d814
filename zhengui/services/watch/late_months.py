"""Ledgers with months that are owed longer than the office bears, whoever lacks them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from zhengui.figures.warning_rules import Noticed
from zhengui.services.returns.report_status import Status
from zhengui.services.returns.report_year import month_words, year_status
from zhengui.services.township.reading import Reading, reads


@dataclass(frozen=True, slots=True)
class LateMonths:
    """A ledger with months that some haven't reported; `names` are the months and how many lack in all."""

    noticed: Noticed
    ledger: str
    label: str
    names: str


@reads
def late_months(reading: Reading, grace: Decimal) -> list[LateMonths]:
    """The ledgers with months of this year that are missing so many days after they were due.

    The ground is the last of these months: when the next one is late too, the warning speaks again.
    """
    found = []
    for key, status in year_status(reading, reading.today.year).items():
        late = _late(status, reading.today, grace)
        if not late:
            continue
        first, last = min(late), max(late)
        due = _due(first, status.due_day)
        names = f"{month_words(month % 100 for month in late)}（共缺 {sum(late.values())} 份）"
        noticed = Noticed(
            key, due + timedelta(days=int(grace) + 1), str(last), days=(reading.today - due).days
        )
        found.append(LateMonths(noticed, key, reading.catalogue.ledgers[key].title, names))
    return found


def _late(status: Status, today: date, grace: Decimal) -> dict[int, int]:
    """How many reports lack of each month (yyyymm) that is late by more than the grace."""
    late: dict[int, int] = {}
    for row in status.rows:
        for cell in row.cells:
            if cell.state == "missing" and (today - _due(cell.month, status.due_day)).days > grace:
                late[cell.month] = late.get(cell.month, 0) + 1
    return late


def _due(month: int, day: int) -> date:
    year, number = divmod(month, 100)
    return date(year + number // 12, number % 12 + 1, day)
