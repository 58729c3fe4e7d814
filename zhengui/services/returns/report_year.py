"""Which ledgers the office wants reported every month, and how a whole year of them stands."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from zhengui.catalogue.model import Area, FieldType, Ledger
from zhengui.exchange.workbook_out import Column, write_workbook
from zhengui.services.returns.report_status import Cell, Status, asked_ledgers, report_status
from zhengui.services.township.township import Township
from zhengui.storage.records import reporting, settings

#: Setting by ledger: "yes" or "no" where the office decided; else what a claim asks is wanted.
WANTED = "report.wanted."


@dataclass(frozen=True, slots=True)
class Marked:
    """Marks that were set together, with what stood there before, so that one call takes them back."""

    ledger: str
    places: tuple[tuple[int, int], ...]
    before: tuple[reporting.Mark, ...]


def monthly(ledger: Ledger) -> bool:
    """Whether a ledger has months to report: its records have a day or a month."""
    if ledger.register or ledger.retired is not None or not ledger.period:
        return False
    return ledger[ledger.period[0]].type in (FieldType.DATE, FieldType.MONTH)


def monthly_ledgers(township: Township) -> list[tuple[Area, list[Ledger]]]:
    """The work areas with their ledgers that can be reported by the month."""
    found = [
        (area, [each for each in area.ledgers if monthly(each)]) for area in township.catalogue.work_areas()
    ]
    return [(area, ledgers) for area, ledgers in found if ledgers]


def wanted_ledgers(township: Township) -> list[str]:
    """The ledgers whose months are owed: those that a claim asks, unless the office decided otherwise."""
    with township.database.reading() as conn:
        decided = settings.read_all(conn, township.tables, WANTED)
    asked = set(asked_ledgers(township))
    known = [ledger for _area, ledgers in monthly_ledgers(township) for ledger in ledgers]
    return [
        ledger.key
        for ledger in known
        if decided.get(WANTED + ledger.key, "yes" if ledger.key in asked else "no") == "yes"
    ]


def want_reports(township: Township, ledger: str, wanted: bool) -> None:
    """Decide whether the months of a ledger are owed."""
    township.keep_setting(WANTED + ledger, "yes" if wanted else "no")


def year_status(
    township: Township,
    year: int,
    ledgers: Iterable[str] | None = None,
    stop: Callable[[], bool] | None = None,
) -> dict[str, Status]:
    """The matrices of a year, of the wanted ledgers or of these."""
    found: dict[str, Status] = {}
    for key in wanted_ledgers(township) if ledgers is None else ledgers:
        if stop is not None and stop():
            break
        found[key] = report_status(township, key, year)
    return found


def missing_count(township: Township, year: int) -> int:
    """How many villages' months are owed in all wanted ledgers, for the badge."""
    found = year_status(township, year).values()
    return sum(cell.state == "missing" for each in found for row in each.rows for cell in row.cells)


def has_ended(month: int, today: date) -> bool:
    """Whether a month (yyyymm) is over on this day; nobody can know before that nothing happened in it."""
    year, number = divmod(month, 100)
    return date(year, number, monthrange(year, number)[1]) <= today


def can_mark_zero(cell: Cell, today: date) -> bool:
    """Whether nothing to report can be said of a village's month: it is over and has no record and no mark."""
    return cell.state in ("missing", "not_due") and not cell.count and has_ended(cell.month, today)


def set_marks(
    township: Township, ledger: str, places: Iterable[tuple[int, int]], zero: bool | None
) -> Marked:
    """Mark villages' months, as (village or 0, yyyymm): zero, reported (False), or nothing any more (None)."""
    chosen = tuple(dict.fromkeys(places))
    with township.database.writing() as conn:
        months = [month for _village, month in chosen] or [0]
        stood = reporting.marks(conn, township.tables, ledger, min(months), max(months))
        before = tuple(mark for mark in stood if (mark.village or 0, mark.month) in set(chosen))
        for village, month in chosen:
            if zero is None:
                reporting.unmark(conn, township.tables, ledger, village or None, month)
            else:
                reporting.mark(conn, township.tables, ledger, village or None, month, zero, township.operator)
    return Marked(ledger, chosen, before)


def take_back(township: Township, marked: Marked) -> None:
    """Put back what stood there, with its time and its writer."""
    with township.database.writing() as conn:
        for village, month in marked.places:
            reporting.unmark(conn, township.tables, marked.ledger, village or None, month)
        for each in marked.before:
            reporting.mark(
                conn, township.tables, each.ledger, each.village, each.month, each.zero, each.who, each.at
            )


def export_status(township: Township, status: Status, path: Path, villages: Iterable[int] = ()) -> int:
    """Write a matrix to a workbook: a number where it is reported, an empty cell where nobody knows."""
    number = FieldType.INTEGER
    months = [Column(f"{month}月", number) for month in range(1, 13)]
    ends = [Column(title, FieldType.TEXT) for title in ("零报告", "未报", "迟报")]
    columns = [Column("村（居）", FieldType.TEXT), *months, Column("本年合计", number), *ends]
    chosen = set(villages)
    rows = []
    for row in status.rows:
        if chosen and row.village not in chosen | {0}:
            continue
        counts = [None if cell.state in ("missing", "not_due") else cell.count for cell in row.cells]
        told = [
            month_words(cell.month % 100 for cell in row.cells if cell.state == "zero"),
            month_words(cell.month % 100 for cell in row.cells if cell.state == "missing"),
            month_words(cell.month % 100 for cell in row.cells if cell.late),
        ]
        rows.append([row.name, *counts, sum(cell.count for cell in row.cells), *told])
    title = f"{township.catalogue.ledgers[status.ledger].title}报送情况"
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
