"""Rows of a workbook to values of records, under the rules of the form, a row at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Literal

from zhengui.catalogue.model import Field, FieldType, Ledger, RuleKind
from zhengui.exchange.match import Matching
from zhengui.exchange.quick import Way, column_way, quick_way
from zhengui.exchange.reading_child import Cells
from zhengui.exchange.row_block import RowBlock, block_of
from zhengui.exchange.screen import Columns, Screens, Seen
from zhengui.values.cells import Cell, cell_text
from zhengui.values.check import check_field
from zhengui.values.completing import completes, completion
from zhengui.values.days import depends_on_record
from zhengui.values.lookup import Lookup
from zhengui.values.mistake import RuleFacts
from zhengui.values.moment import lacks_year
from zhengui.values.reader import Reader
from zhengui.values.rules import check_rules
from zhengui.values.value import Beside, RowNeeded, Value, ValueMistake

#: A column remembers what it made of so many different cells, then starts anew.
_REMEMBERED = 20_000
#: Real days of these years need no reading.
_USUAL, _UNUSUAL = 1950, 2100
#: So many rows are looked at together; only where something may be wrong is each looked at by itself.
_BATCH = 1000


@dataclass(frozen=True, slots=True)
class RowMistake:
    """What is wrong with one cell: the workbook's row number, the column's title, the sentence."""

    row: int
    column: str
    message: str
    severity: Literal["error", "check"] = "error"


@dataclass(slots=True)
class ConvertedRow:
    """A row as values by field key, with its mistakes; `sound` rows may be saved."""

    row: int
    values: dict[str, Value]
    mistakes: Sequence[RowMistake] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong; what is only to be checked does not count."""
        return not any(mistake.severity == "error" for mistake in self.mistakes)


def convert(
    ledger: Ledger,
    matching: Matching,
    rows: Iterable[tuple[int, Cells]],
    lookup: Lookup,
    facts: RuleFacts,
    today: date,
    year: int | None = None,
) -> Iterator[ConvertedRow]:
    """Turn the rows of a sheet into values, one at a time; rows with nothing but blanks are passed over.

    `year` completes dates written without one. Every row is judged as the form would judge it, and rows that
    repeat a business key of an earlier row of the same workbook are mistakes too.
    """
    converter = Converter(ledger, matching, lookup, facts, today, year)
    waiting = iter(rows)
    while batch := list(islice(waiting, _BATCH)):
        yield from converter.rows(batch)


class Converter:
    """The ways from cells to values, column by column, for the rows of one workbook from its first to its last."""

    def __init__(
        self,
        ledger: Ledger,
        matching: Matching,
        lookup: Lookup,
        facts: RuleFacts,
        today: date,
        year: int | None,
    ) -> None:
        self._ledger, self._today = ledger, today
        self._completes = completes(ledger)
        self._reader = Reader(lookup, today, year or today.year)
        self._keys = [field.key for _, field in matching.columns]
        self._places = [place for place, _ in matching.columns]
        self._found: list[_Unread] = []
        self._ways: list[Way] = []
        self._column_ways = []
        for _, field in matching.columns:
            column = _Column(ledger, field, self._reader, self._found)
            way = quick_way(field, today, column.__getitem__)
            self._ways.append(way)
            self._column_ways.append(column_way(field, way, column))
        self._defaults = _defaults(matching, self._reader)
        self._guessed = [field for field in ledger.live_fields if field.guess]
        self._judge = _Judge(ledger, facts)
        self._screens = Screens(ledger, facts, self._judge.seen)

    def whole(self, block: RowBlock) -> Columns | None:
        """The values of a block in which everything is right, by field, or None where each row has to be looked at."""
        if self._guessed or self._completes:
            return None
        columns = []
        for place, way in zip(self._places, self._column_ways, strict=True):
            columns.append(way(block.columns[place]))
            if self._found:
                self._found.clear()
                return None
        if all(None in column for column in columns):
            return None  # there may be a blank row
        same = {key: [value] * len(block.numbers) for key, value in self._defaults.items()}
        read = dict(zip(self._keys, columns, strict=True)) | same
        return read if self._screens.pass_all(block.numbers, read) else None

    def rows(self, batch: Sequence[tuple[int, Cells]]) -> Iterable[ConvertedRow]:
        """Some rows, of one length, with what is wrong in each; blank ones are passed over."""
        block = block_of(batch)
        columns = self.whole(block)
        if columns is None:
            return self.one_by_one(batch)
        values = (dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True))
        return [ConvertedRow(number, each, []) for number, each in zip(block.numbers, values, strict=True)]

    def one_by_one(self, batch: Iterable[tuple[int, Cells]]) -> Iterator[ConvertedRow]:
        """The same where it is known already that not all of them are right."""
        found = self._found
        for number, cells in batch:
            read = [way(cells[i]) for i, way in zip(self._places, self._ways, strict=True)]
            if (found or read.count(None) == len(read)) and _blank(cells, self._places):
                found.clear()  # what an empty row lacks is no mistake
                continue
            values: dict[str, Value] = dict(zip(self._keys, read, strict=True)) | self._defaults
            found[:] = [each for each in found if not self._guess(each.field, values)]
            for field in self._guessed:
                if field.key not in self._keys:
                    self._guess(field, values)
            unread = [each for each in found if not (each.waits and self._read_in_row(each, values))]
            found.clear()
            filled = completion(self._ledger, values)
            if filled:
                values |= filled
                unread = [each for each in unread if each.field.key not in filled or not _empty(each.cell)]
            mistakes = [RowMistake(number, each.field.title, each.message) for each in unread]
            wrong = {each.field.key for each in unread}
            yield ConvertedRow(number, values, mistakes + self._judge(number, values, wrong))

    def _guess(self, field: Field, values: dict[str, Value]) -> bool:
        """Fill a field that nobody filled by what another says of it; false where there is nothing to guess."""
        if not field.guess or (field.key in self._keys and values.get(field.key) is not None):
            return False
        values[field.key] = self._reader.text(field, field.default_for(values))
        return True

    def _read_in_row(self, waiting: _Unread, values: dict[str, Value]) -> bool:
        """Read a cell that only its row explains, into `values`; false where that doesn't explain it either."""
        field = waiting.field
        try:
            value = self._reader.cell(field, waiting.cell, Beside(self._ledger, values))
            message = check_field(field, value, self._today)
        except ValueMistake as mistake:
            message = mistake.message
        if message is not None:
            waiting.message = message
            return False
        values[field.key] = value
        return True


def _blank(cells: Cells, places: Sequence[int]) -> bool:
    return all(map(_empty, (cells[place] for place in places)))


def _empty(cell: Cell) -> bool:
    return isinstance(cell, str) and not cell.strip()


def _defaults(matching: Matching, reader: Reader) -> dict[str, Value]:
    """What stands in fields that the workbook has no column for, as the form would put there."""
    return {field.key: reader.text(field, field.default) for field in matching.missing if field.default}


class _Judge:
    """The rules between fields, and the keys already seen in this workbook."""

    def __init__(self, ledger: Ledger, facts: RuleFacts) -> None:
        self._ledger, self._facts = ledger, facts
        self._unique = [rule for rule in ledger.rules if rule.kind is RuleKind.UNIQUE]
        self.seen: Seen = [{} for _ in self._unique]

    def __call__(self, number: int, values: Mapping[str, Value], wrong: Iterable[str]) -> list[RowMistake]:
        """The mistakes of one row between its fields."""
        known = set(wrong)
        mistakes = [
            RowMistake(number, m.title, m.message, m.severity)
            for m in check_rules(self._ledger, values, self._facts, known)
        ]
        for rule, seen in zip(self._unique, self.seen, strict=True):
            key = tuple(values.get(k) for k in rule.fields)
            if None in key or not known.isdisjoint(rule.fields):
                continue
            first = seen.setdefault(key, number)
            if first != number:
                title = self._ledger[rule.fields[0]].title
                message = f"与第 {first} 行重复，请删去其中一行。"
                mistakes.append(RowMistake(number, title, message))
        return mistakes


@dataclass(slots=True)
class _Unread:
    """A cell that could not be read by itself; `waits` where its row may explain it."""

    field: Field
    message: str
    cell: Cell = None
    waits: bool = False


class _Column(dict[Cell, Value]):
    """A column's memory: what each cell was found to mean, so that most cells cost one look-up.

    A cell that is wrong is kept apart: its mistake goes to `found`, for every row anew.
    """

    def __init__(self, ledger: Ledger, field: Field, reader: Reader, found: list[_Unread]) -> None:
        super().__init__()
        self._field, self._reader, self._found = field, reader, found
        self._by_row = field.type is FieldType.DATE and depends_on_record(ledger, field)
        self._wrong: dict[Cell, tuple[str, bool]] = {}

    def __missing__(self, cell: Cell) -> Value:
        field = self._field
        if cell in self._wrong:
            self._tell(cell, *self._wrong[cell])
            return None
        waits = False
        try:
            value = self._read(cell)
            message = check_field(field, value, self._reader.today)
        except RowNeeded as needed:
            message, waits = needed.message, True
        except ValueMistake as mistake:
            message = mistake.message
        if message is not None:
            if len(self._wrong) < _REMEMBERED:
                # looking for a name that was meant costs most, so once is enough
                self._wrong[cell] = (message, waits)
            self._tell(cell, message, waits)
            return None
        if len(self) >= _REMEMBERED:
            self.clear()
        self[cell] = value
        return value

    def _read(self, cell: Cell) -> Value:
        if self._field.type is FieldType.DATE and isinstance(cell, date) and _USUAL <= cell.year < _UNUSUAL:
            return cell.date() if isinstance(cell, datetime) else cell
        if self._by_row and lacks_year(cell_text(self._field, cell)):
            raise RowNeeded(f"“{cell}”没有写年份，请写成 2021-03-05 这样。")
        return self._reader.cell(self._field, cell)

    def _tell(self, cell: Cell, message: str, waits: bool) -> None:
        self._found.append(_Unread(self._field, message, cell, waits))
