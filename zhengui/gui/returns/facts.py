"""What the page reads in a worker: the matrix of one ledger, or those of all ledgers that are owed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

from zhengui.services.entry import browse_records
from zhengui.services.returns.report_status import Status, report_status
from zhengui.services.returns.report_year import wanted_ledgers, year_status
from zhengui.services.township.reading import Reading, reads


@dataclass(frozen=True, slots=True)
class LedgerFacts:
    """One ledger's matrix, whether its months are owed, who looks after each village, and the claims on it."""

    status: Status
    wanted: bool
    contacts: Mapping[int, str]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class YearFacts:
    """The matrices of all owed ledgers."""

    statuses: Mapping[str, Status]

    def missing(self, ledger: str, villages: Collection[int] = ()) -> int:
        """How many villages' months a ledger lacks, of all villages or of these and the township's own."""
        status = self.statuses.get(ledger)
        rows = () if status is None else status.rows
        chosen = [row for row in rows if not villages or row.village in (0, *villages)]
        return sum(cell.state == "missing" for row in chosen for cell in row.cells)


@reads
def read_ledger(reading: Reading, ledger: str, year: int) -> LedgerFacts:
    """Everything that the matrix of a ledger and the panel beside it show."""
    status = report_status(reading, ledger, year)
    claims = tuple(
        claim.title
        for claim in reading.catalogue.in_years(year).live_claims.values()
        if claim.reports and claim.measure is not None and claim.measure.ledger == ledger
    )
    wanted = ledger in wanted_ledgers(reading, year)
    return LedgerFacts(status, wanted, _contacts(reading, [row.village for row in status.rows]), claims)


@reads
def read_year(reading: Reading, year: int, stop: Callable[[], bool]) -> YearFacts:
    """The matrices of the year's owed ledgers."""
    return YearFacts(year_status(reading, year, stop=stop))


def due_on(month: int, due_day: int) -> date:
    """The day on which a month (yyyymm) is due."""
    year, number = divmod(month, 100)
    return date(year + number // 12, number % 12 + 1, due_day)


def _contacts(reading: Reading, villages: list[int]) -> dict[int, str]:
    """The official who looks after each village."""
    wanted = [village for village in villages if village]
    if not wanted or "contact_official" not in reading.catalogue.ledgers["village"].by_key:
        return {}
    page = browse_records.page(reading, "village", wanted)
    names = page.labels.get("official", {})
    found = {record.id: record.values.get("contact_official") for record in page.records}
    return {village: names.get(official, "") for village, official in found.items() if official is not None}
