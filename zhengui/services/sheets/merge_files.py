"""Merge the files of many villages: one look at all of them before anything is written, and one way back.

Each row is told apart: new, the same as here, changed, standing twice, or wrong. What a village's last file had and
this one has no more is told and left where it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from zhengui.catalogue.model import Ledger, RuleKind
from zhengui.exchange.convert import convert
from zhengui.exchange.many_books import Book, read_books, workbooks_in
from zhengui.exchange.problem import ExchangeProblem
from zhengui.services.problem import StorageProblem
from zhengui.services.sheets.recognise import Part, parts_of, village_of
from zhengui.services.township.overview import Village
from zhengui.services.township.overview import villages as all_villages
from zhengui.services.township.reading import Reading, StoredFacts, Writing, reads, writes
from zhengui.services.township.rights import Right
from zhengui.storage.browse import pages as browse
from zhengui.storage.browse.pages import Selection
from zhengui.storage.records import history, merges
from zhengui.storage.records import record as records
from zhengui.storage.records.merges import ADDED, CHANGED, SAME, Merge, MergedRecord
from zhengui.storage.records.record import Record
from zhengui.values.check import check_record
from zhengui.values.mistake import Overlap
from zhengui.values.show import show

__all__ = [
    "CHANGED",
    "GONE",
    "KINDS",
    "NEW",
    "SAME",
    "TWICE",
    "WRONG",
    "Line",
    "Merge",
    "MergePreview",
    "Merged",
    "VillageFile",
    "all_merges",
    "look_at",
    "merge",
    "read_folder",
    "shown_values",
    "undo_merge",
]

NEW, TWICE, WRONG, GONE = "new", "twice", "wrong", "gone"
KINDS = {
    NEW: "新增",
    CHANGED: "改动",
    SAME: "已登记",
    TWICE: "重复",
    WRONG: "要改",
    GONE: "这次没有",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a file, or a record that the last file had: what it is, and in words what about it.

    `row` is the sheet's row number, 0 without one; `record` the record that it is or changes, 0 without one.
    """

    kind: str
    file: str
    village: int
    ledger: str
    row: int = 0
    record: int = 0
    told: str = ""
    values: Mapping[str, Any] = field(default_factory=dict, hash=False, compare=False)
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VillageFile:
    """A file as it was understood: whose it is (0: nobody's), its ledgers with their rows, what of it was not used."""

    name: str
    village: int
    village_name: str
    ledgers: tuple[str, ...] = ()
    rows: int = 0
    problem: str = ""
    unused: tuple[str, ...] = ()


@dataclass
class MergePreview:
    """The whole folder before anything is written; `missing` are the villages without a file."""

    folder: Path
    files: list[VillageFile] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    def count(self, kind: str, file: str = "") -> int:
        """How many lines are of a kind, in one file or in all."""
        return sum(line.kind == kind and file in ("", line.file) for line in self.lines)

    @property
    def counts(self) -> dict[tuple[str, str], int]:
        """How many lines there are by file and kind."""
        return dict(Counter((line.file, line.kind) for line in self.lines))


@dataclass(frozen=True, slots=True)
class Merged:
    """What was written: records added and changed; `number` takes it back."""

    number: int
    added: int
    changed: int
    left: int


def read_folder(
    folder: Path,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> list[Book]:
    """Read every workbook of a folder; ExchangeProblem where there is none, Cancelled where it was stopped."""
    if not folder.is_dir():
        raise ExchangeProblem(f"找不到文件夹“{folder.name}”。请核对是不是改了名称或者已经移走。")
    paths = workbooks_in(folder)
    if not paths:
        raise ExchangeProblem(f"文件夹“{folder.name}”里没有表格。请选择放着各村表格的文件夹。")
    return read_books(paths, None, progress, cancelled)


@reads
def look_at(
    reading: Reading, folder: Path, books: Sequence[Book], year: int, ledgers: Iterable[str] = ()
) -> MergePreview:
    """Tell every row of the books apart, without writing anything; `year` completes days written without one."""
    return _Look(reading, folder, year, ledgers).look(books)


@writes(Right.ENTER)
def merge(
    writing: Writing,
    folder: Path,
    books: Sequence[Book],
    year: int,
    ledgers: Iterable[str] = (),
    seen: MergePreview | None = None,
) -> Merged:
    """Write what is new and what has changed, all of it or nothing; rows that are wrong or stand twice stay out.

    StorageProblem where the records have changed since the preview `seen`, or there is nothing to write.
    """
    found = _Look(writing, folder, year, ledgers).look(books)
    if seen is not None and [(x.kind, x.file, x.row, x.record) for x in seen.lines] != [
        (x.kind, x.file, x.row, x.record) for x in found.lines
    ]:
        raise StorageProblem("核对以后，台账又有改动。请再核对一遍，然后并入。")
    if not found.count(NEW) and not found.count(CHANGED):
        raise StorageProblem("这些表里没有要新增或改动的内容，什么也没有写入。")
    kept = [*_insert(writing, found), *_update(writing, found)]
    kept += [
        MergedRecord(x.ledger, x.record, SAME, x.village, x.file, 0) for x in found.lines if x.kind == SAME
    ]
    number = merges.keep(writing.conn, writing.tables, folder.name, len(found.files), kept, writing.operator)
    left = found.count(WRONG) + found.count(TWICE)
    return Merged(number, found.count(NEW), found.count(CHANGED), left)


def _insert(writing: Writing, found: MergePreview) -> Iterator[MergedRecord]:
    groups: dict[tuple[str, str], list[Line]] = {}
    for line in found.lines:
        if line.kind == NEW:
            groups.setdefault((line.ledger, line.file), []).append(line)
    for (ledger, file), lines in groups.items():
        rows = [line.values for line in lines]
        ids = records.insert_many(writing.conn, writing.tables, ledger, rows, writing.operator, batch=file)
        for record, line in zip(ids, lines, strict=True):
            yield MergedRecord(ledger, record, ADDED, line.village, file, 1)


def _update(writing: Writing, found: MergePreview) -> Iterator[MergedRecord]:
    for line in found.lines:
        if line.kind == CHANGED:
            values = {key: line.values[key] for key in line.keys}
            where = (writing.conn, writing.tables, line.ledger, line.record)
            version = records.update(*where, values, writing.operator, batch=line.file)
            yield MergedRecord(line.ledger, line.record, CHANGED, line.village, line.file, version)


@reads
def all_merges(reading: Reading) -> list[Merge]:
    """The merges that were made, the newest first."""
    return merges.all_merges(reading.conn, reading.tables)


@writes(Right.ENTER)
def undo_merge(writing: Writing, number: int) -> tuple[int, int]:
    """Take a merge back: what it added goes to the recycle bin, what it changed is again as before.

    Returns how many records were taken back, and how many were left because they have been changed since.
    StorageProblem where there is no such merge or it was taken back already.
    """
    found = next((one for one in all_merges(writing) if one.id == number), None)
    if found is None:
        raise StorageProblem(f"没有编号是 {number} 的合并。请在合并记录里核对。")
    if found.undone_at is not None:
        raise StorageProblem(f"“{found.folder}”的这次合并已经撤回过了。")
    where = (writing.conn, writing.tables)
    back = left = 0
    groups: dict[str, list[int]] = {}
    for each in merges.of_merge(*where, number):
        if each.kind == ADDED:
            groups.setdefault(each.ledger, []).append(each.record)
        elif each.kind == CHANGED:
            done = _give_back(writing, each)
            back, left = back + done, left + (not done)
    for ledger, ids in groups.items():
        live = [one.id for one in records.fetch(*where, ledger, ids) if one.deleted_at is None]
        if live:
            records.delete(*where, ledger, live, writing.operator)
        back += len(live)
    merges.mark_undone(*where, number, writing.operator)
    return back, left


def _give_back(writing: Writing, each: MergedRecord) -> bool:
    """The values that a record had before the merge, unless somebody has changed it since."""
    where = (writing.conn, writing.tables)
    now = records.fetch_one(*where, each.ledger, each.record)
    if now.version != each.version or now.deleted_at is not None:
        return False
    ledger = writing.catalogue.ledgers[each.ledger]
    for change in history.of_record(*where, ledger, each.record):
        if change.version == each.version:
            before = {key: pair[0] for key, pair in change.changes.items()}
            records.update(*where, each.ledger, each.record, before, writing.operator)
            return True
    return False


class _NoDuplicates(StoredFacts):
    """Rows are compared with the records here, so that one that is here already is no mistake."""

    def duplicate(self, ledger: Ledger, fields: Sequence[str], values: Mapping[str, Any]) -> int | None:
        """None: the comparison tells them."""
        return None

    def any_duplicate(self, ledger: Ledger, fields: Sequence[str], keys: Sequence[Sequence[Any]]) -> bool:
        """False: the comparison tells them."""
        return False

    def overlap(self, ledger: Ledger, fields: Sequence[str], values: Mapping[str, Any]) -> Overlap | None:
        """None: asked only of rows that turn out to be new."""
        return None


class _Look:
    """Looks through the books of a folder."""

    def __init__(self, reading: Reading, folder: Path, year: int, ledgers: Iterable[str]) -> None:
        self._reading, self._year = reading, year
        self._villages = all_villages(reading)
        wanted = set(ledgers)
        living = reading.catalogue.in_years(year).areas
        self._ledgers = [
            ledger
            for area in living
            for ledger in area.ledgers
            if ledger.life.retired is None and (ledger.key in wanted if wanted else ledger.village)
        ]
        self._found = MergePreview(folder)
        self._known: dict[str, _Known] = {}
        self._across: dict[tuple[str, tuple[Any, ...]], Line] = {}
        self._lookup = reading.lookup()

    def look(self, books: Sequence[Book]) -> MergePreview:
        """Everything about them."""
        found = self._found
        names: set[int] = set()
        for book in books:
            village = village_of(book, self._villages)
            self._look_at(book, village)
            if village is not None and not book.problem:
                names.add(village.id)
        found.missing = [each.name for each in self._villages if each.id not in names]
        return found

    def _look_at(self, book: Book, village: Village | None) -> None:
        name = str(book.path.relative_to(self._found.folder)) if self._inside(book) else book.path.name
        number, called = (village.id, village.name) if village else (0, "")
        if book.problem:
            self._found.files.append(VillageFile(name, number, called, problem=book.problem))
            return
        parts, unused = parts_of(self._reading.catalogue, book, self._ledgers, village)
        notes = [f"工作表“{sheet}”不像哪一本台账，没有用" for sheet in unused]
        for part in parts:
            notes += [f"“{part.sheet}”里的“{title}”没有用上" for title in part.matching.unknown]
        problem = (
            "" if parts else "没有一个工作表的表头和台账对得上。请用程序生成的填报表，或者单独导入这个文件。"
        )
        if village is None and parts:
            notes.insert(0, "看不出是哪个村的，请在文件名里写上村名")
        rows = sum(len(part.rows) for part in parts)
        ledgers = tuple(part.ledger.title for part in parts)
        self._found.files.append(VillageFile(name, number, called, ledgers, rows, problem, tuple(notes)))
        for part in parts:
            self._look_through(name, number, part)

    def _inside(self, book: Book) -> bool:
        return self._found.folder in book.path.parents

    def _look_through(self, file: str, village: int, part: Part) -> None:
        ledger, reading = part.ledger, self._reading
        known = self._of(ledger)
        known.begin(part.keys)
        facts = _NoDuplicates(reading, None)
        matched: set[int] = set()
        for row in convert(ledger, part.matching, part.rows, self._lookup, facts, reading.today, self._year):
            errors = [m for m in row.mistakes if m.severity == "error"]
            line = Line(NEW, file, village, ledger.key, row.row, values=row.values, keys=part.keys)
            if errors:
                told = "；".join(f"{m.column}：{m.message}" for m in errors)
                self._add(line, WRONG, told)
            else:
                self._tell_apart(ledger, known, line, part.keys, matched)
        for record in merges.last_of(reading.conn, reading.tables, ledger.key, village) if village else []:
            if record not in matched and record in known.by_id:
                told = f"上次的表里有“{reading.label(ledger, record)}”，这次没有。它还在台账里，要不要留着请核对。"
                self._found.lines.append(Line(GONE, file, village, ledger.key, 0, record, told))

    def _tell_apart(
        self, ledger: Ledger, known: _Known, line: Line, keys: tuple[str, ...], matched: set[int]
    ) -> None:
        values = line.values
        own = values.get(ledger.village) if ledger.village in ledger.by_key else None
        if line.village and own is not None and own != line.village:
            called = self._lookup.label("village", int(own)) or ""
            self._add(line, WRONG, f"这是别的村的文件，这一行却写着“{called}”。")
            return
        same = known.same(values)
        if same is not None:
            matched.add(same)
            self._add(line, SAME, "", same)
            return
        other = self._twice(ledger, line, keys)
        if other is not None:
            where = (
                f"“{other.file}”第 {other.row} 行" if other.file != line.file else f"本表第 {other.row} 行"
            )
            self._add(line, TWICE, f"与{where}相同，只并入一条。")
            return
        record = known.named(values)
        if record is None:
            wrong = self._new_is_wrong(ledger, values)
            self._add(line, WRONG if wrong else NEW, wrong)
            return
        matched.add(record.id)
        self._tell_changes(ledger, line, keys, record)

    def _tell_changes(self, ledger: Ledger, line: Line, keys: tuple[str, ...], record: Record) -> None:
        changes = {
            key: (record.values.get(key), line.values.get(key))
            for key in keys
            if record.values.get(key) != line.values.get(key)
        }
        whole = {**record.values, **{key: pair[1] for key, pair in changes.items()}}
        facts = self._reading.facts(record.id)
        wrong = [
            m.message
            for m in check_record(ledger, whole, facts, self._reading.today)
            if m.severity == "error"
        ]
        if wrong:
            self._add(line, WRONG, "；".join(wrong), record.id)
            return
        told = "；".join(
            f"{title}：{before or '（空）'} → {after or '（空）'}"
            for title, before, after in self._reading.told(ledger, changes)
        )
        self._add(line, CHANGED, told, record.id)

    def _twice(self, ledger: Ledger, line: Line, keys: tuple[str, ...]) -> Line | None:
        """An earlier row of these files that is the same but for its village, or has the same business key."""
        plain = [key for key in keys if key != ledger.village or len(keys) < 3]
        by_row = ("row", *((key, line.values.get(key)) for key in plain))
        asked = [
            ("key", *((k, line.values.get(k)) for k in rule)) for rule in _business_keys(ledger, line.values)
        ]
        same_village = ("own", line.values.get(ledger.village))
        for key in [by_row if _tells(ledger, plain) else (*by_row, same_village), *asked]:
            seen = self._across.setdefault((ledger.key, key), line)
            if seen is not line:
                return seen
        return None

    def _new_is_wrong(self, ledger: Ledger, values: Mapping[str, Any]) -> str:
        """Why a new row can't be, besides what its cells say: something of it runs at that time already."""
        for rule in ledger.rules:
            if rule.kind is RuleKind.ALONE and values.get(rule.fields[1]) is not None:
                found = self._reading.facts().overlap(ledger, rule.fields, values)
                if found is not None and not found.gives_way:
                    return rule.message or f"与“{found.label}”的时间重叠，请核对。"
        return ""

    def _add(self, line: Line, kind: str, told: str, record: int = 0) -> None:
        self._found.lines.append(
            Line(kind, line.file, line.village, line.ledger, line.row, record, told, line.values, line.keys)
        )

    def _of(self, ledger: Ledger) -> _Known:
        if ledger.key not in self._known:
            reading = self._reading
            ids = browse.ids_of(reading.conn, reading.tables, Selection(ledger.key, today=reading.today))
            found = records.fetch(reading.conn, reading.tables, ledger.key, ids)
            self._known[ledger.key] = _Known(ledger, found)
        return self._known[ledger.key]


def _business_keys(ledger: Ledger, values: Mapping[str, Any]) -> list[tuple[str, ...]]:
    """The fields by which a record of the ledger is one of its kind, where all of them are filled."""
    rules = [tuple(rule.fields) for rule in ledger.rules if rule.kind is RuleKind.UNIQUE]
    return [rule for rule in rules if all(values.get(key) is not None for key in rule)]


def _tells(ledger: Ledger, keys: Sequence[str]) -> bool:
    """Whether rows that agree in these fields are the same thing whatever their village: they name a person or place."""
    return any(ledger[key].personal or ledger[key].name or ledger[key].register == "person" for key in keys)


class _Known:
    """The live records of a ledger, to be found by what a row of a file holds."""

    def __init__(self, ledger: Ledger, found: Sequence[Record]) -> None:
        self.by_id = {record.id: record for record in found}
        self._keys: tuple[str, ...] = ()
        self._same: dict[tuple[Any, ...], list[int]] = {}
        self._rules = [tuple(rule.fields) for rule in ledger.rules if rule.kind is RuleKind.UNIQUE]
        self._named: dict[tuple[tuple[str, ...], tuple[Any, ...]], int] = {}
        for rule in self._rules:
            for record in found:
                self._named[rule, tuple(record.values.get(key) for key in rule)] = record.id

    def begin(self, keys: tuple[str, ...]) -> None:
        """Compare rows with these columns; each record is found by one row of a file."""
        self._keys, self._same = keys, {}
        for record in self.by_id.values():
            self._same.setdefault(tuple(record.values.get(key) for key in keys), []).append(record.id)

    def same(self, values: Mapping[str, Any]) -> int | None:
        """A record that agrees with the row in every column, not given to a row before."""
        found = self._same.get(tuple(values.get(key) for key in self._keys))
        return found.pop(0) if found else None

    def named(self, values: Mapping[str, Any]) -> Record | None:
        """The record that the row means by its business key."""
        for rule in self._rules:
            if all(values.get(key) is not None for key in rule):
                found = self._named.get((rule, tuple(values[key] for key in rule)))
                if found is not None:
                    return self.by_id[found]
        return None


def shown_values(reading: Reading, line: Line) -> str:
    """A row in words: its first few values, personal data masked."""
    ledger = reading.catalogue.ledgers[line.ledger]
    lookup = reading.lookup()
    told = [
        show(ledger[key], line.values.get(key), lookup)
        for key in line.keys
        if line.values.get(key) is not None
    ]
    return "，".join(told[:5])
