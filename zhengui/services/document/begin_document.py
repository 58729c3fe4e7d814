"""Begin a document from the office's own wording: a year from the year before, a narrower one from its year."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from zhengui.figures.period import Period
from zhengui.figures.period import year as whole_year
from zhengui.services.counting.compute_figures import Villages
from zhengui.services.document.edit_document import find_documents, from_outline
from zhengui.services.document.outline_parts import parts_for, retold, title_of
from zhengui.services.township.reading import Reading, Writing, writes
from zhengui.services.township.rights import Right
from zhengui.storage.writing import documents
from zhengui.storage.writing.documents import HEADING, PARAGRAPH, Part, StoredDocument

#: What a part of a document keeps in the next one.
_CARRIED = ("key", "kind", "level", "title", "text", "on", "switch", "variants")


@writes(Right.WRITE)
def begin_document(writing: Writing, period: Period, villages: Villages = (), area: str = "") -> int:
    """A draft for a period and a scope, every carried paragraph marked to be thought over; returns its id."""
    values, parts = begun(writing, period, villages, area)
    return documents.create(writing.conn, writing.tables, values, parts, writing.operator)


def begun(
    reading: Reading, period: Period, villages: Villages = (), area: str = ""
) -> tuple[dict[str, object], list[Mapping[str, object]]]:
    """What a new document begins with, as values for `documents.create` and for its parts.

    A year's begins with last year's wording; that of a half-year, a quarter, some villages or an area with the
    wording of its year, or else of the year before. Where there is none, with the catalogue's outline.
    """
    whole = period.is_year and not villages and not area
    years = (period.year - 1,) if whole else (period.year, period.year - 1)
    old = next((found[0] for year in years if (found := find_documents(reading, whole_year(year)))), None)
    outline = parts_for(reading, period, villages, area)
    if old is None:
        return from_outline(reading, period, villages, area), list(outline)
    written = documents.parts_of(reading.conn, reading.tables, old.id)
    if whole:
        parts: list[Mapping[str, object]] = list(_next_years(reading, written, outline, period.year))
    else:
        parts = list(retold(reading, _of_area(reading, written, area), period, villages))
    return _head(reading, old, period, villages, area), parts


def _head(
    reading: Reading, old: StoredDocument, period: Period, villages: Villages, area: str
) -> dict[str, Any]:
    """Title, scope and page settings."""
    whole = period.is_year and not villages and not area
    return {
        "title": old.title if whole else title_of(reading, period, villages, area),
        "addressee": old.addressee,
        "start": period.start,
        "end": period.end,
        "villages": villages,
        "area": area,
        "settings": old.settings,
        "based_on": old.id,
    }


def _of_area(reading: Reading, parts: Sequence[Part], area: str) -> list[Part]:
    """All parts, or the summary's heading and the section of one area."""
    section = reading.catalogue.by_area[area].section if area else None
    if section is None:
        return list(parts)
    found: list[Part] = []
    inside = False
    for part in parts:
        if part.kind == HEADING and part.level <= 2:
            inside = part.key in ("summary", section.key)
        if inside and (part.kind == HEADING or part.key != "summary_lead"):
            found.append(part)
    return found


def _next_years(
    reading: Reading, old: Sequence[Part], outline: Sequence[Mapping[str, object]], year: int
) -> list[Mapping[str, object]]:
    """Last year's parts without the sections of retired areas, and the sections that the outline has gained."""
    gone = {
        area.section.key
        for area in reading.catalogue.areas
        if area.section is not None and not area.life.touches(year, year)
    }
    known = {part.key for part in old}
    kept: list[Mapping[str, object]] = []
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


def _added(outline: Sequence[Mapping[str, object]], known: Collection[str]) -> Iterator[Mapping[str, object]]:
    """The sections of the summary that last year's document didn't have."""
    inside = adding = False
    for part in outline:
        if part["kind"] == HEADING and part.get("level") == 1:
            inside, adding = part["key"] == "summary", False
        elif part["kind"] == HEADING and part.get("level") == 2:
            adding = inside and part["key"] not in known
        if adding:
            yield part
