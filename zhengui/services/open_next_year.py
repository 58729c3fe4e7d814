"""Turn the year: the next one becomes the working year, with last year's document as a start and its plan to settle."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhengui.figures.period import year as whole_year
from zhengui.services.carry_over import unsettled
from zhengui.services.edit_document import find_documents, new_document
from zhengui.services.list_plan import item_ids
from zhengui.services.outline_parts import parts_for
from zhengui.services.township import Township
from zhengui.services.working_year import WORKING_YEAR, working_year
from zhengui.storage import documents
from zhengui.storage.documents import HEADING, PARAGRAPH, Part
from zhengui.storage.problem import StorageProblem

#: What a part of a document keeps from year to year.
_CARRIED = ("key", "kind", "level", "title", "text", "on", "switch", "variants")


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


def may_open(township: Township) -> str:
    """Why the next year can't be opened yet; empty where it can."""
    year = working_year(township)
    if township.today() < date(year, 11, 1):
        return f"{year} 年还没有过完。到 11 月以后，就可以开启 {year + 1} 年。"
    return ""


def open_next_year(township: Township) -> TurnedYear:
    """Open the year after the working year; StorageProblem where it is too early.

    Ledgers, areas and settings go on as they are; records and documents of earlier years stay to be read. The new
    year's document begins with last year's wording, every paragraph marked to be thought over, or else with the
    catalogue's outline. The plan drafted for the year is carried out from now on.
    """
    why = may_open(township)
    if why:
        raise StorageProblem(why)
    year = working_year(township) + 1
    township.keep_setting(WORKING_YEAR, str(year))
    period = whole_year(year)
    there = find_documents(township, period)
    document = there[0].id if there else _start_document(township, year)
    with township.database.reading() as conn:
        items = len(item_ids(township, conn, year))
    areas = [area for area in township.catalogue.areas if area.kind == "area"]
    return TurnedYear(
        year,
        tuple(area.title for area in areas if area.retired is None or area.retired > year),
        tuple(area.title for area in areas if area.retired is not None and area.retired <= year),
        document,
        not there,
        items,
        len(unsettled(township, year - 1)),
    )


def close_next_year(township: Township) -> int:
    """Take the last turn back: the year before is worked on again. Nothing entered is lost. Returns that year."""
    year = working_year(township) - 1
    township.keep_setting(WORKING_YEAR, str(year))
    return year


def _start_document(township: Township, year: int) -> int:
    """A draft for the year with last year's wording; sections of areas that came or went since follow the areas."""
    last = find_documents(township, whole_year(year - 1))
    if not last:
        return new_document(township, whole_year(year))
    old = last[0]
    period = whole_year(year)
    outline = parts_for(township, period, (), "")
    values = {
        "title": old.title,
        "addressee": old.addressee,
        "start": period.start,
        "end": period.end,
        "villages": (),
        "area": "",
        "settings": old.settings,
        "based_on": old.id,
    }
    with township.database.writing() as conn:
        parts = _parts(township, documents.parts_of(conn, township.tables, old.id), outline, year)
        return documents.create(conn, township.tables, values, parts, township.operator)


def _parts(
    township: Township, old: Sequence[Part], outline: Sequence[Mapping[str, Any]], year: int
) -> list[Mapping[str, Any]]:
    """Last year's parts without the sections of retired areas, and the sections that the outline has gained."""
    gone = {
        area.section.key
        for area in township.catalogue.areas
        if area.section is not None and area.retired is not None and area.retired <= year
    }
    known = {part.key for part in old}
    kept: list[Mapping[str, Any]] = []
    leaving = False
    for part in old:
        if part.kind == HEADING and part.level <= 2:
            leaving = part.key in gone
        if part.kind == HEADING and part.key == "plan":
            kept += _added(outline, known)
        if not leaving:
            told = {name: getattr(part, name) for name in _CARRIED}
            kept.append({**told, "rethink": part.kind == PARAGRAPH})
    return kept


def _added(outline: Sequence[Mapping[str, Any]], known: Collection[str]) -> Iterator[Mapping[str, Any]]:
    """The sections of the summary that last year's document didn't have."""
    inside = adding = False
    for part in outline:
        if part["kind"] == HEADING and part.get("level") == 1:
            inside, adding = part["key"] == "summary", False
        elif part["kind"] == HEADING and part.get("level") == 2:
            adding = inside and part["key"] not in known
        if adding:
            yield part
