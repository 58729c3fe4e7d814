"""Say what an import will do before it does anything: which rows come in, change a record, stay out, or can't be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from zhengui.catalogue.model import Field, FieldType, Ledger
from zhengui.exchange.body import Body, numbers_in_words
from zhengui.exchange.column_matches import ColumnMatch, Ground, cell_words, propose
from zhengui.exchange.convert import convert
from zhengui.exchange.match import Matching
from zhengui.exchange.reading_child import Cells
from zhengui.exchange.sources import ReadSheet
from zhengui.services.entry.incoming import LEAVE, BadValue, ImportPreview, RowDeed, RowPlan, Wishes
from zhengui.services.entry.judge_rows import RowJudge
from zhengui.services.entry.section_lines import repeated_titles, villages_over_rows
from zhengui.services.township.reading import Reading, reads
from zhengui.services.township.working_year import ledger_in, working_year
from zhengui.storage.schema.versions import ledger_versions
from zhengui.values.cells import Cell
from zhengui.values.check import check_field
from zhengui.values.lookup import exact
from zhengui.values.reader import Reader
from zhengui.values.value import RowNeeded, ValueMistake
from zhengui.work import Progress

_STEP = 500
_MEANT = re.compile(r"是“([^”]+)”吗")
#: Bad values of which the digits are gone, so that no other text can stand for all of them.
_LOST = re.compile(r"后几位已经丢失")


@reads
def propose_columns(
    reading: Reading,
    ledger_key: str,
    sheets: Sequence[ReadSheet],
    columns: Mapping[str, str],
    year: int | None = None,
) -> tuple[ColumnMatch, ...]:
    """The columns of all sheets, each title once, with the field that it may hold; `columns` are chosen ones."""
    year = year or working_year(reading)
    ledger = ledger_in(reading, ledger_key, year)
    reader = Reader(reading.lookup(), reading.today, year)

    def readable(field: Field, cell: Cell) -> bool:
        try:
            value = reader.cell(field, cell)
        except RowNeeded:
            return True
        except ValueMistake:
            return False
        return value is not None and check_field(field, value, reading.today) is None

    found: dict[str, ColumnMatch] = {}
    for sheet in sheets:
        known = {match.title: match.field for match in found.values()} | dict(columns)
        known = {k: v for k, v in sheet.template.items() if v in ledger.by_key} | known
        rows = [cells for _number, cells in sheet.rows[:60]]
        titles = sheet.look.heading.titles
        for match in propose(titles, rows, ledger.live_fields, reading.catalogue.titles, readable, known):
            found.setdefault(match.title, match)
    return tuple(found.values())


@reads
def preview_import(
    reading: Reading,
    ledger_key: str,
    sheets: Sequence[ReadSheet],
    wishes: Wishes,
    other_sheets: Sequence[str] = (),
    progress: Progress | None = None,
) -> ImportPreview:
    """What the rows of the sheets will do to the ledger; nothing is written.

    `progress` is told the rows gone through, now and then, and may raise to end it.
    """
    if wishes.year is None:
        wishes = replace(wishes, year=working_year(reading))
    ledger = ledger_in(reading, ledger_key, wishes.year)
    matches = propose_columns(reading, ledger_key, sheets, wishes.columns, wishes.year)
    preview = _Previewing(reading, ledger, matches, wishes)
    rows: list[RowPlan] = []
    whole = sum(len(sheet.rows) for sheet in sheets)
    for sheet in sheets:
        for row in preview.rows_of(sheet):
            rows.append(row)
            if progress is not None and len(rows) % _STEP == 0:
                progress(len(rows), whole)
    chosen = (
        {match.field for match in matches}
        | preview.given
        | {key for key, text in wishes.fixed.items() if text}
    )
    lacking = [
        f for f in ledger.live_fields if f.required and not f.default and not f.guess and f.key not in chosen
    ]
    return ImportPreview(
        ledger,
        matches,
        tuple(rows),
        preview.bad_values(),
        tuple(lacking),
        tuple(match.title for match in matches if not match.field and match.ground is not Ground.OWN),
        tuple(other_sheets),
        tuple(preview.remarks),
        sum(_above(sheet) for sheet in sheets),
        _versions(reading, ledger),
        wishes,
    )


@reads
def choices_for(reading: Reading, field: Field) -> tuple[str, ...]:
    """What may be put in a field's place for a bad value, where it can be listed; empty where anything may be."""
    if field.register:
        return tuple(reading.lookup().names(field.register))
    if field.type is FieldType.YES_NO:
        return ("是", "否")
    return field.said_choices


def _above(sheet: ReadSheet) -> int:
    return sum(number < sheet.look.heading.first for number, _cells in sheet.look.rows)


def _versions(reading: Reading, ledger: Ledger) -> dict[str, int]:
    """The versions of the ledger and of the registers that it refers to."""
    own = {ledger.key} | {field.register for field in ledger.fields if field.register}
    known = ledger_versions(reading.conn)
    return {key: known.get(key, 0) for key in sorted(own)}


def still_holds(reading: Reading, preview: ImportPreview) -> bool:
    """Whether nobody has changed the ledger or its registers since the preview was made."""
    return _versions(reading, preview.ledger) == dict(preview.versions)


def with_column(matching: Matching, place: int, field: Field) -> Matching:
    """The matching with one column more."""
    missing = tuple(each for each in matching.missing if each.key != field.key)
    return Matching((*matching.columns, (place, field)), matching.unknown, matching.repeated, missing)


def _told_of(lines: Mapping[int, str]) -> str:
    if not lines:
        return ""
    known = [name for name in lines.values() if name]
    names = "”“".join(list(dict.fromkeys(known))[:3])
    more = "等" if len(set(known)) > 3 else ""
    told = f"单独一行写着村名的有 {len(known)} 行（“{names}”{more}），它们下面的行算那个村的。"
    others = [number for number, name in lines.items() if not name]
    if others:
        told += f"第 {numbers_in_words(others)} 行写的不是登记过的村（居），它下面的行没有算给哪个村。"
    return told


class _Previewing:
    """Goes through sheet after sheet; one row never is taken twice, whatever sheet it stands in."""

    def __init__(
        self, reading: Reading, ledger: Ledger, matches: Sequence[ColumnMatch], wishes: Wishes
    ) -> None:
        self._reading, self._ledger, self._wishes = reading, ledger, wishes
        self._by_title = {match.title: match.field for match in matches if match.field}
        self._judge = RowJudge(reading, ledger, wishes)
        self._bad: dict[tuple[str, str], list[tuple[str, int]]] = {}
        self._messages: dict[tuple[str, str], str] = {}
        self.remarks: list[str] = []
        self.given: set[str] = set()

    def rows_of(self, sheet: ReadSheet) -> Iterator[RowPlan]:
        """Every row of a sheet that is a record."""
        wishes = self._wishes
        body = Body(sheet.look, fill=wishes.fill, hidden=wishes.hidden, prepared=bool(sheet.template))
        matching, width = self._matching(sheet)
        fixed = [text for _key, text in self._fixed(sheet)]
        lines = self._village_lines(sheet, matching)
        if lines:
            village = self._ledger[self._ledger.village]
            matching = with_column(matching, width + len(fixed), village)
            self.given.add(village.key)
        over = [""]
        given = [place for place, field in matching.columns if field.key == self._ledger.village]
        cells_of: dict[int, Cells] = {}
        left: dict[int, str] = {}

        def below() -> Iterator[tuple[int, Cells]]:
            for number, row in sheet.rows:
                if number in lines:
                    over[0] = lines[number]
                else:
                    yield number, [*row]

        def records() -> Iterator[tuple[int, Cells]]:
            for number, kept in body.records(below(), given):
                cells = kept + [""] * (width - len(kept)) + fixed + (over if lines else [])
                why = self._replace(cells, matching)
                if why:
                    left[number] = why
                    continue
                cells_of[number] = cells
                yield number, cells

        converted = convert(
            self._ledger,
            matching,
            records(),
            self._reading.lookup(),
            self._judge.facts,
            self._reading.today,
            wishes.year,
        )
        for plan in self._judge.plan_all(sheet.name, converted, self._lacking(matching)):
            self._note_bad(plan, cells_of.pop(plan.row), matching)
            yield plan
        for number, why in left.items():
            yield RowPlan(sheet.name, number, RowDeed.LEFT, {}, why=why)
        self.remarks += [told for told in (repeated_titles(sheet.look), _told_of(lines)) if told]
        self.remarks += body.told()

    def _village_lines(self, sheet: ReadSheet, matching: Matching) -> dict[int, str]:
        """The lines that say of which village the rows under them are, where no column does."""
        village = self._ledger.by_key.get(self._ledger.village)
        if village is None or any(field.key == village.key for _place, field in matching.columns):
            return {}
        lookup = self._reading.lookup()

        def found(text: str) -> set[str]:
            return {name for _id, name in exact(text, lookup.find(village.register, text))} if text else set()

        return villages_over_rows(sheet.rows, found)

    def _matching(self, sheet: ReadSheet) -> tuple[Matching, int]:
        """The columns of this sheet, then those of the fixed texts; and how wide the sheet is."""
        titles = sheet.look.heading.titles
        columns: list[tuple[int, Field]] = []
        for place, title in enumerate(titles):
            key = self._by_title.get(title)
            if key and key not in {field.key for _place, field in columns}:
                columns.append((place, self._ledger[key]))
        for place, (key, _text) in enumerate(self._fixed(sheet), len(titles)):
            columns.append((place, self._ledger[key]))
        used = {field.key for _place, field in columns}
        missing = tuple(f for f in self._ledger.live_fields if f.key not in used)
        return Matching(tuple(columns), (), (), missing), len(titles)

    def _fixed(self, sheet: ReadSheet) -> list[tuple[str, str]]:
        """The fields that get one text for all rows, as this sheet has no column for them."""
        held = {self._by_title.get(title) for title in sheet.look.heading.titles}
        return [(key, text) for key, text in self._wishes.fixed.items() if text and key not in held]

    def _lacking(self, matching: Matching) -> list[Field]:
        return [f for f in matching.missing if f.required and not f.default and not f.guess]

    def _replace(self, cells: Cells, matching: Matching) -> str:
        """Put in what is to be read for bad values; the reason where the row is to stay out."""
        for place, field in matching.columns:
            known = self._wishes.values.get(field.key)
            if not known:
                continue
            told = known.get(cell_words(cells[place]))
            if told == LEAVE:
                return f"{field.title}“{cell_words(cells[place])}”的行，您选了不导入。"
            if told is not None:
                cells[place] = told
        return ""

    def _note_bad(self, plan: RowPlan, cells: Cells, matching: Matching) -> None:
        places = {field.title: (place, field) for place, field in matching.columns}
        for mistake in plan.mistakes:
            place, field = places.get(mistake.column, (-1, None))
            if field is None or plan.values.get(field.key) is not None or mistake.severity != "error":
                continue
            text = cell_words(cells[place])
            if text:
                key = (field.key, text)
                self._messages.setdefault(key, mistake.message)
                self._bad.setdefault(key, []).append((plan.sheet, plan.row))

    def bad_values(self) -> tuple[BadValue, ...]:
        """The texts that could not be read, column by column, those in most rows first."""
        made = []
        for (key, text), rows in self._bad.items():
            message = self._messages[key, text]
            meant = _MEANT.search(message)
            lost = bool(_LOST.search(message))
            made.append(
                BadValue(self._ledger[key], text, tuple(rows), message, meant[1] if meant else "", lost)
            )
        order = [field.key for field in self._ledger.fields]
        made.sort(key=lambda bad: (bad.lost, order.index(bad.field.key), -len(bad.rows)))
        return tuple(made)
