"""Who has reported which month of a ledger: a matrix of villages and months, with who is missing and who was late."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from zhengui.figures.period import year as whole_year
from zhengui.services.township.reading import Reading, Writing, reads, writes
from zhengui.services.township.rights import Right
from zhengui.storage.query.coverage import START, START_OF_AREA, START_OF_LEDGER, owed_reports
from zhengui.storage.query.predicates import Scope
from zhengui.storage.query.source import village_path
from zhengui.storage.records import report_matrix, reporting
from zhengui.storage.schema.versions import bump

#: Settings: on which day of the following month a report is due, for all ledgers or one.
DUE_DAY = "report.due_day"
USUAL_DUE_DAY = 5
_LAST_SAFE_DAY = 28

#: `not_owed`: before the office, its area or the ledger began to report, or while the village wasn't there.
State = Literal["reported", "zero", "missing", "not_due", "not_owed"]


@dataclass(frozen=True, slots=True)
class MonthCell:
    """One village's month: `count` records, reported `at` by `who` (empty: no mark, only records)."""

    month: int
    state: State
    count: int = 0
    late: bool = False
    at: datetime | None = None
    who: str = ""


@dataclass(frozen=True, slots=True)
class VillageMonths:
    """A village (0: the township) with its twelve months."""

    village: int
    name: str
    cells: tuple[MonthCell, ...]


@dataclass(frozen=True, slots=True)
class Status:
    """The matrix of a ledger and a year."""

    ledger: str
    year: int
    due_day: int
    rows: tuple[VillageMonths, ...]

    @property
    def missing(self) -> list[tuple[str, list[int]]]:
        """Who owes which months (1 to 12), in the office's order."""
        return self._those(lambda cell: cell.state == "missing")

    @property
    def late(self) -> list[tuple[str, list[int]]]:
        """Who reported which months after they were due."""
        return self._those(lambda cell: cell.late)

    @property
    def complete(self) -> bool:
        """Whether every month of the year is reported by everybody."""
        return all(cell.state in ("reported", "zero", "not_owed") for row in self.rows for cell in row.cells)

    def _those(self, fits: object) -> list[tuple[str, list[int]]]:
        assert callable(fits)
        found = ((row.name, [cell.month % 100 for cell in row.cells if fits(cell)]) for row in self.rows)
        return [(name, months) for name, months in found if months]


@reads
def report_status(reading: Reading, ledger: str, year: int) -> Status:
    """The matrix of a ledger and a year as it stands today.

    A month is reported by a mark or by a record; it is due on the due day of the month after. One that is not yet
    due is not missing.
    """
    due = due_day(reading, ledger)
    villages = report_matrix.reporting_villages(reading.conn, reading.tables, ledger, year)
    counts = report_matrix.records_by_month(reading.conn, reading.tables, ledger, year)
    found = reporting.marks(reading.conn, reading.tables, ledger, year * 100 + 1, year * 100 + 12)
    owed = set(owed_reports(reading.conn, reading.tables, ledger, Scope(whole_year(year))))
    marks = {(mark.village or 0, mark.month): mark for mark in found}
    rows = []
    for village, name in villages:
        cells = []
        for month in range(year * 100 + 1, year * 100 + 13):
            count, entered = counts.get((village, month), (0, None))
            mark = marks.get((village, month))
            if mark is None and not count and (village, month) not in owed:
                cells.append(MonthCell(month, "not_owed"))
                continue
            cells.append(_cell(month, count, entered, mark, _due_on(month, due), reading.today))
        rows.append(VillageMonths(village, name or reading.profile().name, tuple(cells)))
    return Status(ledger, year, due, tuple(rows))


@reads
def due_day(reading: Reading, ledger: str = "") -> int:
    """The day of the following month on which a ledger's report is due."""
    own = reading.setting(f"{DUE_DAY}.{ledger}") if ledger else ""
    text = own or reading.setting(DUE_DAY)
    return int(text) if text else USUAL_DUE_DAY


@writes(Right.MANAGE)
def set_due_day(writing: Writing, day: int, ledger: str = "") -> None:
    """Set the day, 1 to 28, for one ledger or for all that have none of their own."""
    if not 1 <= day <= _LAST_SAFE_DAY:
        raise ValueError(f"{day}: a due day is from 1 to {_LAST_SAFE_DAY}")
    writing.keep_setting(f"{DUE_DAY}.{ledger}" if ledger else DUE_DAY, str(day))


@reads
def start_month(reading: Reading, ledger: str = "", area: str = "") -> int:
    """The month (yyyymm) from which reports are owed as it was set for the office, an area or a ledger; 0 for none."""
    return int(reading.setting(_start_key(ledger, area)) or 0)


@writes(Right.MANAGE)
def set_start_month(writing: Writing, month: int, ledger: str = "", area: str = "") -> None:
    """Set from which month (yyyymm, 0 for always) reports are owed: of one ledger, of an area, or of all others."""
    if month and not (1 <= month % 100 <= 12 and 1900 <= month // 100 <= 2200):
        raise ValueError(f"{month}: a month is written as yyyymm")
    writing.keep_setting(_start_key(ledger, area), str(month or ""))
    for key, declared in writing.catalogue.ledgers.items():
        if ledger in ("", key) and area in ("", declared.area):
            bump(writing.conn, key)


def _start_key(ledger: str, area: str) -> str:
    return START_OF_LEDGER + ledger if ledger else START_OF_AREA + area if area else START


@reads
def asked_ledgers(reading: Reading, year: int) -> list[str]:
    """The ledgers that a claim of a year asks every month of, which makes their matrix matter most."""
    found: dict[str, None] = {}
    for claim in reading.catalogue.in_years(year).live_claims.values():
        if claim.reports and claim.measure is not None:
            found[claim.measure.ledger] = None
    return list(found)


@reads
def missing_reports(
    reading: Reading, ledger: str, months: tuple[int, ...], villages: tuple[int, ...] = ()
) -> list[tuple[str, list[int]]]:
    """Who has not reported which of these months (yyyymm), due or not."""
    wanted = set(months)
    owed: dict[str, list[int]] = {}
    for year in sorted({month // 100 for month in months}):
        for row, cell in _cells(report_status(reading, ledger, year)):
            inside = not villages or row.village in (0, *villages)
            if inside and cell.month in wanted and cell.state in ("missing", "not_due"):
                owed.setdefault(row.name, []).append(cell.month)
    return list(owed.items())


@reads
def by_village(reading: Reading, ledger: str) -> bool:
    """Whether the villages report for this ledger, rather than the township for itself."""
    return bool(village_path(reading.catalogue.ledgers[ledger]))


def _cells(status: Status) -> Iterator[tuple[VillageMonths, MonthCell]]:
    return ((row, cell) for row in status.rows for cell in row.cells)


def _cell(
    month: int,
    count: int,
    entered: datetime | None,
    mark: reporting.ReportMark | None,
    due: date,
    today: date,
) -> MonthCell:
    if mark is None and not count:
        return MonthCell(month, "missing" if today > due else "not_due")
    at = mark.at if mark is not None else entered
    state: State = "zero" if mark is not None and mark.zero and not count else "reported"
    late = at is not None and at.date() > due
    return MonthCell(month, state, count, late, at, mark.who if mark is not None else "")


def _due_on(month: int, day: int) -> date:
    year, number = divmod(month, 100)
    return date(year + number // 12, number % 12 + 1, day)
