"""Recognise what a village sent: whose file it is, which ledger each sheet is for, where its heading stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from zhengui.catalogue.model import Catalogue, Ledger
from zhengui.exchange.body import Body
from zhengui.exchange.layout import WITHIN, find_heading
from zhengui.exchange.many_books import FolderBook, FolderSheet
from zhengui.exchange.match import Matching, bare_title, match_columns, plain_title
from zhengui.exchange.reading_child import Cells, SheetLook
from zhengui.exchange.template_mark import present_titles
from zhengui.services.entry.read_sources import titles_of
from zhengui.services.entry.section_lines import repeated_titles
from zhengui.services.township.overview import VillageChoice
from zhengui.values.lookup import names_of

#: So many filled rows are looked at for titles, and so many ledgers more closely.
_TOP, _LIKELY = 15, 6
#: Fewer columns than these are no table.
_LEAST = 2


@dataclass(frozen=True, slots=True)
class RecognisedPart:
    """A sheet of a file that belongs to a ledger: its heading found and matched, the rows that are records, and what
    has to be known of the others, in sentences.
    """

    sheet: str
    look: SheetLook
    ledger: Ledger
    matching: Matching
    rows: tuple[tuple[int, Cells], ...]
    told: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the fields that the sheet has columns for."""
        return tuple(field.key for _place, field in self.matching.columns)


def village_of(book: FolderBook, villages: Sequence[VillageChoice]) -> VillageChoice | None:
    """Whose file it is: by the template's mark, the file's name, its folder's, or the only village in its columns."""
    if book.mark.village:
        for each in villages:
            if each.name == book.mark.village:
                return each
    for text in (book.path.stem, book.path.parent.name):
        found = _named_in(text, villages)
        if found is not None:
            return found
    names = {name: each for each in villages for name in names_of(each.name)}
    seen = {
        names[text].id: names[text]
        for sheet in book.sheets
        for _number, cells in sheet.rows
        for cell in cells
        if isinstance(cell, str) and (text := "".join(cell.split())) in names
    }
    return next(iter(seen.values())) if len(seen) == 1 else None


def _named_in(text: str, villages: Sequence[VillageChoice]) -> VillageChoice | None:
    """The village whose name stands in a text; the longest name, for one may be in another."""
    bare = "".join(text.split())
    found = [
        (len(name), each)
        for each in villages
        for name in names_of(each.name)
        if len(name) > 1 and name in bare
    ]
    longest = max((length for length, _each in found), default=0)
    best = {each.id: each for length, each in found if length == longest}
    return next(iter(best.values())) if len(best) == 1 else None


def parts_of(
    catalogue: Catalogue, book: FolderBook, ledgers: Iterable[Ledger], village: VillageChoice | None
) -> tuple[list[RecognisedPart], list[str]]:
    """The sheets that belong to a ledger, and the names of those that belong to none."""
    known = {ledger.key: ledger for ledger in ledgers}
    parts, unused = [], []
    for sheet in book.sheets:
        marked = known.get(book.mark.ledgers.get(sheet.name, ""))
        fields = book.mark.fields.get(sheet.name, {}) if marked else {}
        likely = [marked] if marked else _likely(catalogue, sheet, known.values())
        part = _part(catalogue, sheet, likely, fields, village)
        if part is None:
            unused.append(sheet.name)
        else:
            parts.append(part)
    return parts, unused


def _likely(catalogue: Catalogue, sheet: FolderSheet, ledgers: Iterable[Ledger]) -> list[Ledger]:
    """The few ledgers whose titles stand at the top of a sheet most often."""
    texts = {
        bare_title(cell) for _n, cells in sheet.look.rows[:_TOP] for cell in cells if isinstance(cell, str)
    }
    hits: dict[str, int] = {}
    found = []
    for ledger in ledgers:
        hits[ledger.key] = len(texts & {bare_title(title) for title in titles_of(catalogue, ledger)})
        if hits[ledger.key] > 1:
            found.append(ledger)
    return sorted(found, key=lambda each: (not _named(each, sheet), -hits[each.key]))[:_LIKELY]


def _part(
    catalogue: Catalogue,
    sheet: FolderSheet,
    ledgers: Sequence[Ledger],
    fields: Mapping[str, str],
    village: VillageChoice | None,
) -> RecognisedPart | None:
    best: tuple[tuple[int, int, int], Ledger, SheetLook, Matching] | None = None
    for ledger in ledgers:
        wanted = [*titles_of(catalogue, ledger), *fields]
        heading = find_heading(sheet.look.rows[:WITHIN], sheet.look.merged, wanted)
        titles = _in_our_words(catalogue, ledger, present_titles(heading.titles, ledger, fields))
        matching = match_columns(titles, ledger.live_fields)
        lacking = [f for f in matching.missing_required if f.key != ledger.village or village is None]
        if lacking or matching.repeated or len(matching.columns) < _LEAST:
            continue
        score = (int(_named(ledger, sheet)), len(matching.columns), -len(matching.missing))
        if best is None or score > best[0]:
            best = (score, ledger, replace(sheet.look, heading=heading), matching)
    if best is None:
        return None
    _score, ledger, look, matching = best
    given = [at for at, field in matching.columns if field.key == ledger.village]
    below = [(number, list(cells)) for number, cells in sheet.rows if number > look.heading.last]
    body = Body(look, prepared=bool(fields))
    rows = list(body.records(below, given))
    if village is not None and ledger.village in ledger.by_key:
        matching, rows = _with_village(ledger, matching, rows, given, village)
    told = (repeated_titles(look), *body.told())
    return RecognisedPart(
        sheet.name, look, ledger, matching, tuple(rows), tuple(each for each in told if each)
    )


def _in_our_words(catalogue: Catalogue, ledger: Ledger, titles: Sequence[str]) -> list[str]:
    """Titles by which people call a field, as the field itself is called."""
    own = {bare_title(field.title) for field in ledger.live_fields}
    other = {
        bare_title(word): field.title
        for field in ledger.live_fields
        for word in catalogue.titles.get(field.title, ())
        if bare_title(word) not in own
    }
    return [other.get(bare_title(title), title) for title in titles]


def _with_village(
    ledger: Ledger,
    matching: Matching,
    rows: list[tuple[int, Cells]],
    given: Sequence[int],
    village: VillageChoice,
) -> tuple[Matching, list[tuple[int, Cells]]]:
    """The village in every row where its cell is empty, and in a column of its own where there is none."""
    if given:
        at = given[0]
        for _number, cells in rows:
            if at < len(cells) and cells[at] in ("", None):
                cells[at] = village.name
        return matching, rows
    field = ledger[ledger.village]
    width = max((len(cells) for _number, cells in rows), default=0)
    wide = [(number, [*cells, *[""] * (width - len(cells)), village.name]) for number, cells in rows]
    missing = tuple(each for each in matching.missing if each.key != field.key)
    columns = (*matching.columns, (width, field))
    return Matching(columns, matching.unknown, matching.repeated, missing), wide


def _named(ledger: Ledger, sheet: FolderSheet) -> bool:
    name = plain_title(sheet.name)
    return plain_title(ledger.title) in name or (len(name) > 1 and name in plain_title(ledger.title))
