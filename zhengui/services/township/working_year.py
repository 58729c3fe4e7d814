"""Which year is being worked on: this one, or the old one that is still being finished."""

from __future__ import annotations

from zhengui.catalogue.model import Ledger
from zhengui.services.township.reading import Reading, reads
from zhengui.storage.query.years import last_year

#: The setting that holds the working year once it was turned by hand.
WORKING_YEAR = "working.year"


@reads
def working_year(reading: Reading) -> int:
    """The year being worked on: the one turned to, else the latest up to this one that has records."""
    turned = reading.setting(WORKING_YEAR)
    today = reading.today.year
    latest = max(_years_with_records(reading, today), default=today)
    return max(int(turned), latest) if turned else latest


@reads
def ledger_in(reading: Reading, key: str, year: int | None = None) -> Ledger:
    """A ledger as a year knows it, or the year being worked on: with the fields and choices that live then."""
    return reading.catalogue.in_years(year or working_year(reading)).ledgers[key]


def _years_with_records(reading: Reading, until: int) -> list[int]:
    ledgers = [
        ledger.key for area in reading.catalogue.areas if area.kind == "area" for ledger in area.ledgers
    ]
    found = [last_year(reading.conn, reading.tables, key) for key in ledgers]
    return [year for year in found if year is not None and year <= until]
