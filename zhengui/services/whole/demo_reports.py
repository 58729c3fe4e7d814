"""Let the villages of the demo report their months: mostly in time, now and then late, some not at all."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from zhengui.services.returns.report_year import WANTED
from zhengui.services.township.township import Township
from zhengui.storage.records import report_matrix, reporting, settings

#: Days of the following month; one report in so many is late.
IN_TIME, LATE, RARELY = 3, 8, 41


def report(
    township: Township, silent: Iterable[tuple[str, int | None, int]], who: str, today: datetime
) -> None:
    """Mark what was reported: the months without records given in `silent`, and those years' months with records.

    The ledgers that have silent months are those whose months the demo's office wants.
    """
    marks = {(ledger, village or 0, month): True for ledger, village, month in silent}
    ledgers = list(dict.fromkeys(ledger for ledger, _village, _month in marks))
    years = sorted({month // 100 for _ledger, _village, month in marks})
    with township.writing() as writing:
        for ledger in ledgers:
            settings.write(writing.conn, writing.tables, WANTED + ledger, "yes", who)
            for year in years:
                for village, month in report_matrix.records_by_month(
                    writing.conn, writing.tables, ledger, year
                ):
                    marks.setdefault((ledger, village, month), False)
        for (ledger, village, month), zero in marks.items():
            at = min(_reported_at(ledger, village, month), today)
            reporting.mark(writing.conn, writing.tables, ledger, village or None, month, zero, who, at)


def _reported_at(ledger: str, village: int, month: int) -> datetime:
    """When the month was reported; which ones are late looks like chance but is always the same."""
    late = (village * 17 + month * 5 + len(ledger)) % RARELY == 0
    year, number = divmod(month, 100)
    return datetime(year + number // 12, number % 12 + 1, LATE if late else IN_TIME, 10, village % 60)
