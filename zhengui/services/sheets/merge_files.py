"""Merge the files of many villages: one look at all of them before anything is written, and one way back.

Each row is told apart: new, the same as here, changed, standing twice, or wrong. What a village's last file had and
this one has no more is told and left where it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from zhengui.catalogue.model import FieldType
from zhengui.exchange.formatted_out import ShownTable, write_formatted
from zhengui.exchange.many_books import FolderBook, read_books, workbooks_in
from zhengui.exchange.problem import ExchangeProblem
from zhengui.exchange.workbook_out import WrittenColumn
from zhengui.services.problem import StorageProblem
from zhengui.services.sheets.compare_rows import (
    GONE,
    KINDS,
    NEW,
    TWICE,
    WRONG,
    BookLook,
    ComparedRow,
    MergePreview,
    VillageFile,
)
from zhengui.services.township.reading import Reading, Writing, reads, writes
from zhengui.services.township.rights import Right
from zhengui.storage.records import history, merges
from zhengui.storage.records import record as records
from zhengui.storage.records.merges import ADDED, CHANGED, SAME, Merge, MergedRecord
from zhengui.storage.schema.versions import ledger_versions
from zhengui.values.show import show
from zhengui.values.value import Value
from zhengui.work import Progress

__all__ = [
    "CHANGED",
    "GONE",
    "KINDS",
    "NEW",
    "SAME",
    "TWICE",
    "WRONG",
    "ComparedRow",
    "Merge",
    "MergePreview",
    "MergedFiles",
    "VillageFile",
    "all_merges",
    "look_at",
    "merge",
    "read_folder",
    "save_wrong",
    "shown_values",
    "undo_merge",
]


@dataclass(frozen=True, slots=True)
class MergedFiles:
    """What was written: records added and changed; `number` takes it back."""

    number: int
    added: int
    changed: int
    left: int


def read_folder(
    folder: Path,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> list[FolderBook]:
    """Read every workbook of a folder; ExchangeProblem where there is none, Cancelled where it was stopped."""
    if not folder.is_dir():
        raise ExchangeProblem(f"找不到文件夹“{folder.name}”。请核对是不是改了名称或者已经移走。")
    paths = workbooks_in(folder)
    if not paths:
        raise ExchangeProblem(f"文件夹“{folder.name}”里没有表格。请选择放着各村（居）表格的文件夹。")
    return read_books(paths, None, progress, cancelled)


@reads
def look_at(
    reading: Reading,
    folder: Path,
    books: Sequence[FolderBook],
    year: int,
    ledgers: Iterable[str] = (),
    progress: Progress | None = None,
) -> MergePreview:
    """Tell every row of the books apart, without writing anything; `year` completes days written without one.

    `progress` is told the books gone through of how many, and may raise to end it.
    """
    return BookLook(reading, folder, year, ledgers).look(books, progress)


@writes(Right.ENTER)
def merge(
    writing: Writing,
    folder: Path,
    books: Sequence[FolderBook],
    year: int,
    ledgers: Iterable[str] = (),
    seen: MergePreview | None = None,
    progress: Progress | None = None,
) -> MergedFiles:
    """Write what is new and what has changed, all of it or nothing; rows that are wrong or stand twice stay out.

    StorageProblem where the records have changed since the preview `seen`, or there is nothing to write. `progress`
    is told the files written of how many, and may raise to end it: then nothing is.
    """
    if seen is not None and _still_holds(writing, seen, books, year, ledgers):
        found = seen
    else:
        found = BookLook(writing, folder, year, ledgers).look(books)
    if seen is not None and [(x.kind, x.file, x.row, x.record) for x in seen.lines] != [
        (x.kind, x.file, x.row, x.record) for x in found.lines
    ]:
        raise StorageProblem("核对以后，台账又有改动。请再核对一遍，然后并入。")
    if not found.count(NEW) and not found.count(CHANGED):
        raise StorageProblem("这些表里没有要新增或改动的内容，什么也没有写入。")
    kept = [*_insert(writing, found, progress), *_update(writing, found)]
    kept += [
        MergedRecord(x.ledger, x.record, SAME, x.village, x.file, 0) for x in found.lines if x.kind == SAME
    ]
    number = merges.keep(writing.conn, writing.tables, folder.name, len(found.files), kept, writing.operator)
    left = found.count(WRONG) + found.count(TWICE)
    return MergedFiles(number, found.count(NEW), found.count(CHANGED), left)


def _still_holds(
    reading: Reading, seen: MergePreview, books: Sequence[FolderBook], year: int, ledgers: Iterable[str]
) -> bool:
    """Whether nothing was written since these books were looked at, so that they need not be gone through again."""
    asked = (year, frozenset(ledgers), tuple(book.path for book in books))
    return seen.asked == asked and dict(ledger_versions(reading.conn)) == seen.versions


def _insert(writing: Writing, found: MergePreview, progress: Progress | None) -> Iterator[MergedRecord]:
    groups: dict[tuple[str, str], list[ComparedRow]] = {}
    for line in found.lines:
        if line.kind == NEW:
            groups.setdefault((line.ledger, line.file), []).append(line)
    for number, ((ledger, file), lines) in enumerate(groups.items(), 1):
        if progress is not None:
            progress(number, len(groups))
        rows = [line.values for line in lines]
        ids = records.insert_many(writing.conn, writing.tables, ledger, rows, writing.operator, batch=file)
        for record, line in zip(ids, lines, strict=True):
            yield MergedRecord(ledger, record, ADDED, line.village, file, 1)


def _update(writing: Writing, found: MergePreview) -> Iterator[MergedRecord]:
    for line in found.lines:
        if line.kind == CHANGED:
            values = {key: line.values[key] for key in line.keys if line.values[key] is not None}
            where = (writing.conn, writing.tables, line.ledger, line.record)
            version = records.update(*where, values, writing.operator, batch=line.file)
            yield MergedRecord(line.ledger, line.record, CHANGED, line.village, line.file, version)


@reads
def save_wrong(reading: Reading, preview: MergePreview, path: Path) -> int:
    """Write the rows that are wrong or stand twice as a list to send to the villages; returns how many there are."""
    ledgers = reading.catalogue.ledgers
    titles = ("村（居）", "文件", "台账", "第几行", "填的内容", "要改什么")
    kinds = (
        FieldType.TEXT,
        FieldType.TEXT,
        FieldType.TEXT,
        FieldType.INTEGER,
        FieldType.LONG_TEXT,
        FieldType.LONG_TEXT,
    )
    columns = tuple(WrittenColumn(title, kind) for title, kind in zip(titles, kinds, strict=True))
    names = {file.name: file.village_name for file in preview.files}
    rows: list[list[Value]] = [
        [names.get(x.file, ""), x.file, ledgers[x.ledger].title, x.row, shown_values(reading, x), x.told]
        for x in preview.lines
        if x.kind in (WRONG, TWICE)
    ]
    rows += [[f.village_name, f.name, "", None, "", f.problem] for f in preview.files if f.problem]
    lead = f"{preview.folder.name}　共 {len(rows)} 处"
    return write_formatted(
        path, ShownTable(f"{reading.profile().name}各村（居）报表需要改正的地方", lead, columns), rows
    )


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


def shown_values(reading: Reading, line: ComparedRow) -> str:
    """A row in words: its first few values, personal data masked."""
    ledger = reading.catalogue.ledgers[line.ledger]
    lookup = reading.lookup()
    told = [
        show(ledger[key], line.values.get(key), lookup)
        for key in line.keys
        if line.values.get(key) is not None
    ]
    return "，".join(told[:5])
