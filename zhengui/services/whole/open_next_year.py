"""Turn the year: the next one becomes the working year, with last year's document as a start and its plan to settle."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from zhengui.figures.period import year as whole_year
from zhengui.services.document.begin_document import begin_document
from zhengui.services.document.edit_document import edits, find_documents, remove_document
from zhengui.services.plan.carry_over import unsettled
from zhengui.services.plan.list_plan import item_ids
from zhengui.services.township.reading import Reading, Writing, reads, writes
from zhengui.services.township.rights import Right
from zhengui.services.township.working_year import WORKING_YEAR, working_year
from zhengui.storage.problem import StorageProblem


@dataclass(frozen=True, slots=True)
class TurnedYear:
    """What the turn found: the new year, its areas and those kept only to be read, and what is left to do."""

    year: int
    areas: tuple[str, ...]
    retired: tuple[str, ...]
    document: int
    new_document: bool
    plan_items: int
    unsettled: int


@reads
def may_open(reading: Reading) -> str:
    """Why the next year can't be opened yet; empty where it can."""
    year = working_year(reading)
    if reading.today < date(year, 11, 1):
        return f"{year} 年还没有过完。到 11 月以后，就可以开启 {year + 1} 年。"
    return ""


@writes(Right.MANAGE)
def open_next_year(writing: Writing) -> TurnedYear:
    """Open the year after the working year; StorageProblem where it is too early.

    Ledgers, areas and settings go on as they are; records and documents of earlier years stay to be read. The new
    year's document begins with last year's wording, every paragraph marked to be thought over, or else with the
    catalogue's outline. The plan drafted for the year is carried out from now on.
    """
    why = may_open(writing)
    if why:
        raise StorageProblem(why)
    year = working_year(writing) + 1
    writing.keep_setting(WORKING_YEAR, str(year))
    period = whole_year(year)
    there = find_documents(writing, period)
    document = there[0].id if there else begin_document(writing, period)
    items = len(item_ids(writing, year))
    areas = [area for area in writing.catalogue.areas if area.kind == "area"]
    return TurnedYear(
        year,
        tuple(area.title for area in areas if area.life.touches(year, year)),
        tuple(area.title for area in areas if not area.life.touches(year, year)),
        document,
        not there,
        items,
        len(unsettled(writing, year - 1)),
    )


@writes(Right.MANAGE)
def close_next_year(writing: Writing, begun: int = 0) -> int:
    """Take the last turn back: the year before is worked on again. Nothing entered is lost. Returns that year.

    `begun` is the document that the turn began, 0 for none: while nobody has written in it, it is taken off the list,
    so that a later turn begins anew with what last year's document says by then.
    """
    year = working_year(writing) - 1
    if begun and not edits(writing, begun, 1):
        remove_document(writing, begun)
    writing.keep_setting(WORKING_YEAR, str(year))
    return year
