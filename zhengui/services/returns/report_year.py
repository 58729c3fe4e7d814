"""Which ledgers the office wants reported every month, and how a whole year of them stands."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import takewhile
from pathlib import Path

from zhengui.catalogue.model import Area, FieldType, Ledger
from zhengui.exchange.workbook_out import WrittenColumn, write_workbook
from zhengui.services.returns.report_status import MonthCell, Status, asked_ledgers, report_status
from zhengui.services.township.reading import Reading, Writing, reads, writes
from zhengui.services.township.rights import Right
from zhengui.storage.counting.kept_while import kept_while_unchanged
from zhengui.storage.records import reporting, settings

#: Setting by ledger: "yes" or "no" where the office decided; else what a claim asks is wanted.
WANTED = "report.wanted."


@dataclass(frozen=True, slots=True)
class MarkedMonths:
    """Marks that were set together, with what stood there before, so that one call takes them back."""

    ledger: str
    places: tuple[tuple[int, int], ...]
    before: tuple[reporting.ReportMark, ...]


def monthly(ledger: Ledger) -> bool:
    """Whether a ledger has months to report: its records have a day or a month."""
    if ledger.register or not ledger.period:
        return False
    return ledger[ledger.period[0]].type in (FieldType.DATE, FieldType.MONTH)


@reads
def monthly_ledgers(reading: Reading, year: int | None = None) -> list[tuple[Area, list[Ledger]]]:
    """The work areas of a year, or of this one, with their ledgers that can be reported by the month."""
    living = reading.catalogue.in_years(year or reading.today.year)
    found = [(area, [each for each in area.ledgers if monthly(each)]) for area in living.work_areas()]
    return [(area, ledgers) for area, ledgers in found if ledgers]


@reads
def wanted_ledgers(reading: Reading, year: int | None = None) -> list[str]:
    """The ledgers whose months are owed in a year, or in this one: those that a claim asks, unless the office decided otherwise."""
    decided = settings.read_all(reading.conn, reading.tables, WANTED)
    asked = set(asked_ledgers(reading, year or reading.today.year))
    known = [ledger for _area, ledgers in monthly_ledgers(reading, year) for ledger in ledgers]
    return [
        ledger.key
        for ledger in known
        if decided.get(WANTED + ledger.key, "yes" if ledger.key in asked else "no") == "yes"
    ]


@writes(Right.MANAGE)
def want_reports(writing: Writing, ledger: str, wanted: bool) -> None:
    """Decide whether the months of a ledger are owed."""
    writing.keep_setting(WANTED + ledger, "yes" if wanted else "no")


@reads
def year_status(
    reading: Reading,
    year: int,
    ledgers: Iterable[str] | None = None,
    stop: Callable[[], bool] | None = None,
) -> dict[str, Status]:
    """The matrices of a year, of the wanted ledgers or of these; with `stop`, those that were read until it says so."""
    asked = tuple(wanted_ledgers(reading, year) if ledgers is None else ledgers)
    if stop is not None:
        until = takewhile(lambda _key: not stop(), asked)
        return {key: report_status(reading, key, year) for key in until}
    # 总览, its warnings, the marks of the rail and 报送情况 all ask for the same.
    request = ("year status", asked, year, reading.today)
    read = partial(_matrices, reading, asked, year)
    return dict(kept_while_unchanged(reading.conn, reading.tables, request, read))


def _matrices(reading: Reading, ledgers: tuple[str, ...], year: int) -> dict[str, Status]:
    return {key: report_status(reading, key, year) for key in ledgers}


@reads
def missing_count(reading: Reading, year: int) -> int:
    """How many villages' months are owed in all wanted ledgers, for the badge."""
    found = year_status(reading, year).values()
    return sum(cell.state == "missing" for each in found for row in each.rows for cell in row.cells)


def has_ended(month: int, today: date) -> bool:
    """Whether a month (yyyymm) is over on this day; nobody can know before that nothing happened in it."""
    year, number = divmod(month, 100)
    return date(year, number, monthrange(year, number)[1]) <= today


def can_mark_zero(cell: MonthCell, today: date) -> bool:
    """Whether nothing to report can be said of a village's month: it is over and has no record and no mark."""
    return cell.state in ("missing", "not_due") and not cell.count and has_ended(cell.month, today)


@writes(Right.ENTER)
def set_marks(
    writing: Writing, ledger: str, places: Iterable[tuple[int, int]], zero: bool | None
) -> MarkedMonths:
    """Mark villages' months, as (village or 0, yyyymm): zero, reported (False), or nothing any more (None)."""
    chosen = tuple(dict.fromkeys(places))
    months = [month for _village, month in chosen] or [0]
    stood = reporting.marks(writing.conn, writing.tables, ledger, min(months), max(months))
    before = tuple(mark for mark in stood if (mark.village or 0, mark.month) in set(chosen))
    for village, month in chosen:
        if zero is None:
            reporting.unmark(writing.conn, writing.tables, ledger, village or None, month)
        else:
            reporting.mark(
                writing.conn, writing.tables, ledger, village or None, month, zero, writing.operator
            )
    return MarkedMonths(ledger, chosen, before)


@writes(Right.ENTER)
def take_back(writing: Writing, marked: MarkedMonths) -> None:
    """Put back what stood there, with its time and its writer."""
    for village, month in marked.places:
        reporting.unmark(writing.conn, writing.tables, marked.ledger, village or None, month)
    for each in marked.before:
        reporting.mark(
            writing.conn, writing.tables, each.ledger, each.village, each.month, each.zero, each.who, each.at
        )


@reads(Right.EXPORT)
def export_status(reading: Reading, status: Status, path: Path, villages: Iterable[int] = ()) -> int:
    """Write a matrix to a workbook: a number where it is reported, an empty cell where nobody knows."""
    number = FieldType.INTEGER
    months = [WrittenColumn(f"{month}月", number) for month in range(1, 13)]
    ends = [WrittenColumn(title, FieldType.TEXT) for title in ("零报告", "未报", "迟报")]
    columns = [
        WrittenColumn(reading.speech("村（居）"), FieldType.TEXT),
        *months,
        WrittenColumn("本年合计", number),
        *ends,
    ]
    chosen = set(villages)
    rows = []
    for row in status.rows:
        if chosen and row.village not in chosen | {0}:
            continue
        counts = [
            None if cell.state in ("missing", "not_due", "not_owed") else cell.count for cell in row.cells
        ]
        told = [
            month_words(cell.month % 100 for cell in row.cells if cell.state == "zero"),
            month_words(cell.month % 100 for cell in row.cells if cell.state == "missing"),
            month_words(cell.month % 100 for cell in row.cells if cell.late),
        ]
        rows.append([row.name, *counts, sum(cell.count for cell in row.cells), *told])
    title = f"{reading.catalogue.ledgers[status.ledger].title}报送情况"
    return write_workbook(path, columns, rows, title=title)


def month_words(months: Iterable[int]) -> str:
    """Months in words, three and more neighbours drawn together: 3月、5至7月."""
    spans: list[list[int]] = []
    for month in sorted(months):
        if spans and month == spans[-1][-1] + 1:
            spans[-1].append(month)
        else:
            spans.append([month])
    told = (
        [f"{span[0]}至{span[-1]}月"] if len(span) > 2 else [f"{month}月" for month in span] for span in spans
    )
    return "、".join(words for part in told for words in part)
