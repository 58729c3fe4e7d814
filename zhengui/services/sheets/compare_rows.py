"""Tell the rows of village files apart: new, the same as here, changed, standing twice, or wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from zhengui.catalogue.model import Ledger, RuleKind
from zhengui.exchange.convert import RowMistake, convert
from zhengui.exchange.many_books import FolderBook
from zhengui.services.sheets.recognise import RecognisedPart, parts_of, village_of
from zhengui.services.township.overview import VillageChoice
from zhengui.services.township.overview import villages as all_villages
from zhengui.services.township.reading import Reading, StoredFacts
from zhengui.storage.browse import pages as browse
from zhengui.storage.browse.pages import Selection
from zhengui.storage.records import merges
from zhengui.storage.records import record as records
from zhengui.storage.records.merges import CHANGED, SAME
from zhengui.storage.schema.versions import ledger_versions
from zhengui.values.check import check_record
from zhengui.values.mistake import Overlap
from zhengui.values.value import Value
from zhengui.work import Progress

#: So many records that agree with a row in one column are compared with it one by one.
FEW = 30
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
class ComparedRow:
    """One row of a file, or a record that the last file had: what it is, and in words what about it.

    `row` is the sheet's row number, 0 without one; `record` the record that it is or changes, 0 without one.
    `sheet` is where the row stands, `mistakes` what is wrong with its cells.
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
    sheet: str = ""
    mistakes: tuple[RowMistake, ...] = ()


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
    """The whole folder before anything is written; `missing` are the villages without a file.

    `asked` is what was asked for, `versions` those of the ledgers when it was looked at.
    """

    folder: Path
    asked: tuple[int, frozenset[str], tuple[Path, ...]] = (0, frozenset(), ())
    versions: Mapping[str, int] = field(default_factory=dict)
    files: list[VillageFile] = field(default_factory=list)
    lines: list[ComparedRow] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    def name_of(self, book: FolderBook) -> str:
        """The name of a book as the files and lines have it: with the folders in which it lies."""
        inside = self.folder in book.path.parents
        return str(book.path.relative_to(self.folder)) if inside else book.path.name

    def count(self, kind: str, file: str = "") -> int:
        """How many lines are of a kind, in one file or in all."""
        return sum(line.kind == kind and file in ("", line.file) for line in self.lines)

    @property
    def counts(self) -> dict[tuple[str, str], int]:
        """How many lines there are by file and kind."""
        return dict(Counter((line.file, line.kind) for line in self.lines))


class _NoDuplicates(StoredFacts):
    """Rows are compared with the records here, so that one that is here already is no mistake."""

    def duplicate(self, ledger: Ledger, fields: Sequence[str], values: Mapping[str, Value]) -> int | None:
        """None: the comparison tells them."""
        return None

    def any_duplicate(self, ledger: Ledger, fields: Sequence[str], keys: Sequence[Sequence[Value]]) -> bool:
        """False: the comparison tells them."""
        return False

    def overlap(self, ledger: Ledger, fields: Sequence[str], values: Mapping[str, Value]) -> Overlap | None:
        """None: asked only of rows that turn out to be new."""
        return None


class BookLook:
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
            if (ledger.key in wanted if wanted else ledger.village)
        ]
        self._found = MergePreview(folder, versions=dict(ledger_versions(reading.conn)))
        self._wanted = frozenset(wanted)
        self._known: dict[str, _Known] = {}
        self._across: dict[tuple[str, tuple[Value, ...]], ComparedRow] = {}
        self._plain: dict[tuple[str, tuple[str, ...]], tuple[tuple[str, ...], bool]] = {}
        self._lookup = reading.lookup()

    def look(self, books: Sequence[FolderBook], progress: Progress | None = None) -> MergePreview:
        """Everything about them; `progress` is told the books gone through of how many, and may raise to end it."""
        found = self._found
        found.asked = (self._year, self._wanted, tuple(book.path for book in books))
        names: set[int] = set()
        for number, book in enumerate(books, 1):
            if progress is not None:
                progress(number, len(books))
            village = village_of(book, self._villages)
            self._look_at(book, village)
            if village is not None and not book.problem:
                names.add(village.id)
        found.missing = [each.name for each in self._villages if each.id not in names]
        return found

    def _look_at(self, book: FolderBook, village: VillageChoice | None) -> None:
        name = self._found.name_of(book)
        number, called = (village.id, village.name) if village else (0, "")
        if book.problem:
            self._found.files.append(VillageFile(name, number, called, problem=book.problem))
            return
        parts, unused = parts_of(self._reading.catalogue, book, self._ledgers, village)
        notes = [f"工作表“{sheet}”不像哪一本台账，没有用" for sheet in unused]
        for part in parts:
            notes += [f"“{part.sheet}”里的“{title}”没有用上" for title in part.matching.unknown]
            notes += [told.rstrip("。") for told in part.told]
        problem = (
            "" if parts else "没有一个工作表的表头和台账对得上。请用程序生成的填报表，或者单独导入这个文件。"
        )
        if village is None and parts:
            notes.insert(0, "看不出是哪个村（居）的，请在文件名里写上村（居）的名称")
        rows = sum(len(part.rows) for part in parts)
        ledgers = tuple(part.ledger.title for part in parts)
        self._found.files.append(VillageFile(name, number, called, ledgers, rows, problem, tuple(notes)))
        for part in parts:
            self._look_through(name, number, part)

    def _look_through(self, file: str, village: int, part: RecognisedPart) -> None:
        ledger, reading = part.ledger, self._reading
        known = self._of(ledger)
        keys = part.keys
        known.begin(keys)
        facts = _NoDuplicates(reading, None)
        matched: set[int] = set()
        for row in convert(ledger, part.matching, part.rows, self._lookup, facts, reading.today, self._year):
            errors = [m for m in row.mistakes if m.severity == "error"]
            line = ComparedRow(
                NEW, file, village, ledger.key, row.row, values=row.values, keys=keys, sheet=part.sheet
            )
            if errors and not (_only_lacks(errors, row.values, ledger) and known.means(row.values)):
                told = "；".join(f"{m.column}：{m.message}" for m in errors)
                self._add(replace(line, mistakes=tuple(errors)), WRONG, told)
            else:
                self._tell_apart(ledger, known, line, keys, matched)
        for record in merges.last_of(reading.conn, reading.tables, ledger.key, village) if village else []:
            if record not in matched and record in known.by_id:
                told = f"上次的表里有“{reading.label(ledger, record)}”，这次没有。它还在台账里，要不要留着请核对。"
                self._found.lines.append(ComparedRow(GONE, file, village, ledger.key, 0, record, told))

    def _tell_apart(
        self, ledger: Ledger, known: _Known, line: ComparedRow, keys: tuple[str, ...], matched: set[int]
    ) -> None:
        values = line.values
        own = values.get(ledger.village) if ledger.village in ledger.by_key else None
        if line.village and own is not None and own != line.village:
            called = self._lookup.label("village", int(own)) or ""
            self._add(line, WRONG, f"这是别的村（居）的文件，这一行却写着“{called}”。")
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
        if not record:
            wrong = self._new_is_wrong(ledger, values)
            self._add(line, WRONG if wrong else NEW, wrong)
            return
        matched.add(record)
        self._tell_changes(ledger, line, keys, record, known.by_id[record])

    def _tell_changes(
        self, ledger: Ledger, line: ComparedRow, keys: tuple[str, ...], record: int, stood: Mapping[str, Any]
    ) -> None:
        # What a file leaves blank the record keeps: the office may have filled it.
        changes = {
            key: (stood.get(key), value)
            for key in keys
            if (value := line.values.get(key)) is not None and stood.get(key) != value
        }
        if not changes:
            self._add(line, SAME, "", record)
            return
        whole = {**stood, **{key: pair[1] for key, pair in changes.items()}}
        facts = self._reading.facts(record)
        wrong = [
            m.message
            for m in check_record(ledger, whole, facts, self._reading.today)
            if m.severity == "error"
        ]
        if wrong:
            self._add(line, WRONG, "；".join(wrong), record)
            return
        told = "；".join(
            f"{title}：{before or '（空）'} → {after or '（空）'}"
            for title, before, after in self._reading.told(ledger, changes)
        )
        self._add(line, CHANGED, told, record)

    def _twice(self, ledger: Ledger, line: ComparedRow, keys: tuple[str, ...]) -> ComparedRow | None:
        """An earlier row of these files that is the same but for its village, or has the same business key."""
        plain, tells = self._plain_keys(ledger, keys)
        values = line.values
        asked: list[tuple[Value, ...]] = [(plain, *[values.get(key) for key in plain])]
        if not tells:
            asked[0] = (*asked[0], values.get(ledger.village))
        asked += [(rule, *[values.get(k) for k in rule]) for rule in _business_keys(ledger, values)]
        for key in asked:
            seen = self._across.setdefault((ledger.key, key), line)
            if seen is not line:
                return seen
        return None

    def _plain_keys(self, ledger: Ledger, keys: tuple[str, ...]) -> tuple[tuple[str, ...], bool]:
        """The columns but that of the village, and whether rows that agree in them are one whatever their village."""
        if (ledger.key, keys) not in self._plain:
            plain = tuple(key for key in keys if key != ledger.village or len(keys) < 3)
            self._plain[ledger.key, keys] = (plain, _tells(ledger, plain))
        return self._plain[ledger.key, keys]

    def _new_is_wrong(self, ledger: Ledger, values: Mapping[str, Value]) -> str:
        """Why a new row can't be, besides what its cells say: something of it runs at that time already."""
        for rule in ledger.rules:
            if rule.kind is RuleKind.ALONE and values.get(rule.fields[1]) is not None:
                found = self._reading.facts().overlap(ledger, rule.fields, values)
                if found is not None and not found.gives_way:
                    return rule.message or f"与“{found.label}”的时间重叠，请核对。"
        return ""

    def _add(self, line: ComparedRow, kind: str, told: str, record: int = 0) -> None:
        one = ComparedRow(
            kind, line.file, line.village, line.ledger, line.row, record, told,
            line.values, line.keys, line.sheet, line.mistakes,
        )  # fmt: skip
        self._found.lines.append(one)

    def _of(self, ledger: Ledger) -> _Known:
        if ledger.key not in self._known:
            reading = self._reading
            ids = browse.ids_of(reading.conn, reading.tables, Selection(ledger.key, today=reading.today))
            found = records.values_of(reading.conn, reading.tables, ledger.key, ids)
            self._known[ledger.key] = _Known(ledger, found)
        return self._known[ledger.key]


def _business_keys(ledger: Ledger, values: Mapping[str, Value]) -> list[tuple[str, ...]]:
    """The fields by which a record of the ledger is one of its kind, where all of them are filled."""
    rules = [tuple(rule.fields) for rule in ledger.rules if rule.kind is RuleKind.UNIQUE]
    return [rule for rule in rules if all(values.get(key) is not None for key in rule)]


def _tells(ledger: Ledger, keys: Sequence[str]) -> bool:
    """Whether rows that agree in these fields are the same thing whatever their village: they name a person or place."""
    return any(ledger[key].personal or ledger[key].name or ledger[key].register == "person" for key in keys)


def _only_lacks(errors: Sequence[RowMistake], values: Mapping[str, Value], ledger: Ledger) -> bool:
    """Whether nothing is wrong with a row but that cells are blank, which the record may have filled."""
    keys = {field.title: field.key for field in ledger.live_fields}
    blank = (values.get(keys.get(each.column, "")) is None for each in errors)
    return all(blank) and all(each.message.startswith(("请填写", "请选择")) for each in errors)


class _Known:
    """The live records of a ledger by id, to be found by what a row of a file holds."""

    def __init__(self, ledger: Ledger, found: Mapping[int, Mapping[str, Any]]) -> None:
        self.by_id = found
        self._keys: tuple[str, ...] = ()
        self._by_column: dict[str, dict[Any, list[int]]] = {}
        self._by_columns: dict[tuple[str, ...], dict[tuple[Any, ...], list[int]]] = {}
        self._given: set[int] = set()
        self._rules = [tuple(rule.fields) for rule in ledger.rules if rule.kind is RuleKind.UNIQUE]
        self._named: dict[tuple[tuple[str, ...], tuple[Value, ...]], int] = {}
        for rule in self._rules:
            for id_, values in found.items():
                self._named[rule, tuple([values.get(key) for key in rule])] = id_

    def begin(self, keys: tuple[str, ...]) -> None:
        """Compare rows with these columns; each record is found by one row of a file."""
        self._given = set()
        # The column that tells most apart comes first: most rows are looked up in it alone.
        self._keys = tuple(sorted(keys, key=lambda key: -len(self._of(key)))) if self.by_id else keys

    def same(self, values: Mapping[str, Value]) -> int | None:
        """A record that agrees with the row in every cell that is filled, not given to a row before."""
        if not self.by_id:
            return None
        keys = tuple([key for key in self._keys if values.get(key) is not None])
        for id_ in self._agreeing(keys, values):
            if id_ not in self._given:
                self._given.add(id_)
                return id_
        return None

    def _agreeing(self, keys: tuple[str, ...], values: Mapping[str, Any]) -> Iterable[int]:
        """The records that agree with the row in all of these columns, in the order of their ids."""
        few = self._of(keys[0]).get(values[keys[0]], ()) if keys else self.by_id
        if len(few) <= FEW:
            return [id_ for id_ in few if all(self.by_id[id_].get(key) == values[key] for key in keys)]
        if keys not in self._by_columns:
            found: dict[tuple[Any, ...], list[int]] = {}
            for id_, stood in self.by_id.items():
                found.setdefault(tuple([stood.get(key) for key in keys]), []).append(id_)
            self._by_columns[keys] = found
        return self._by_columns[keys].get(tuple([values[key] for key in keys]), ())

    def _of(self, key: str) -> dict[Any, list[int]]:
        """The records by what they hold in one column."""
        if key not in self._by_column:
            found = self._by_column[key] = {}
            for id_, stood in self.by_id.items():
                found.setdefault(stood.get(key), []).append(id_)
        return self._by_column[key]

    def means(self, values: Mapping[str, Value]) -> bool:
        """Whether the row is of a record that is here, as far as its filled cells tell."""
        if self.named(values):
            return True
        before = set(self._given)
        found = self.same(values)
        self._given = before
        return found is not None

    def named(self, values: Mapping[str, Any]) -> int:
        """The record that the row means by its business key; 0 for none."""
        for rule in self._rules:
            if all(values.get(key) is not None for key in rule):
                found = self._named.get((rule, tuple([values[key] for key in rule])))
                if found is not None:
                    return found
        return 0
