"""Which year is being worked on: this one, or the old one that is still being finished."""

from __future__ import annotations

from zhengui.services.township.township import Township
from zhengui.storage.query.years import last_year

#: The setting that holds the working year once it was turned by hand.
WORKING_YEAR = "working.year"


def working_year(township: Township) -> int:
    """The year being worked on: the one turned to, else the latest up to this one that has records."""
    turned = township.setting(WORKING_YEAR)
    today = township.today().year
    latest = max(_years_with_records(township, today), default=today)
    return max(int(turned), latest) if turned else latest


def _years_with_records(township: Township, until: int) -> list[int]:
    ledgers = [ledger.key for area in township.catalogue.work_areas() for ledger in area.ledgers]
    with township.database.reading() as conn:
        found = [last_year(conn, township.tables, key) for key in ledgers]
    return [year for year in found if year is not None and year <= until]
