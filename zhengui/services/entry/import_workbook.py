"""Import a workbook into a ledger: every row under the rules of the form, and all rows or none."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from zhengui.catalogue.model import Ledger
from zhengui.exchange.body import Body
from zhengui.exchange.convert import ConvertedRow, Converter, RowMistake
from zhengui.exchange.handed_back import hand_back as write_back
from zhengui.exchange.match import Matching
from zhengui.exchange.problem import ExchangeProblem
from zhengui.exchange.row_block import RowBlock
from zhengui.exchange.screen import Columns
from zhengui.exchange.sources import PassingRows
from zhengui.exchange.template_mark import retired_field
from zhengui.exchange.workbook_in import Sheet, read_workbook
from zhengui.services.entry.many_facts import ManyStoredFacts
from zhengui.services.entry.plain_columns import PlainColumns, matched
from zhengui.services.entry.read_sources import file_source, titles_of
from zhengui.services.entry.return_rows import returned_sheet
from zhengui.services.township import keep_backup, rights
from zhengui.services.township.reading import Writing
from zhengui.services.township.rights import Right
from zhengui.services.township.township import Township
from zhengui.services.township.working_year import ledger_in, working_year
from zhengui.storage.records import imports, log
from zhengui.storage.records import record as records
from zhengui.values.lookup import nearest
from zhengui.values.value import Value
from zhengui.work import Cancelled, Progress

#: So many mistakes are told one by one; the rest are counted and stand in the file handed back.
TOLD = 200
#: So many rows are named that stand twice.
_NAMED = 8


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What came of an import; with mistakes nothing was written.

    `remarks` say what of the file was left out; `number` is the import's, to take it back whole.
    """

    inserted: int
    mistakes: tuple[RowMistake, ...] = ()
    mistake_count: int = 0
    remarks: tuple[str, ...] = ()
    handed_back: Path | None = None
    number: int = 0


@dataclass
class _Counted:
    """The mistakes found while the rows pass by, and the rows to hand back if there are any."""

    mistakes: dict[int, list[RowMistake]] = field(default_factory=dict)
    count: int = 0
    read: int = 0
    taken: list[int] = field(default_factory=list)
    prints: set[int] = field(default_factory=set)


class SeenBefore(ExchangeProblem):
    """The very file, or rows of it, are there already; the import can be asked for once more with `again`."""


class _Refused(Exception):
    """Ends the transaction of an import that has mistakes."""


def import_workbook(
    township: Township,
    ledger_key: str,
    path: Path,
    hand_back: Path | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    year: int | None = None,
    again: bool = False,
) -> ImportOutcome:
    """Read a workbook and insert its rows in one transaction.

    `year` completes days written without one; the township's working year does where it isn't given.
    Rows of sums and of signatures are passed over, which the remarks say, as they name unknown columns and other
    sheets, and columns that were matched by more than their title. With a mistake in any row nothing is written, and
    `hand_back` gets the file with its mistakes marked.
    Raises SeenBefore, unless `again`, where the file was imported before or a row is there already in every field;
    ExchangeProblem where the file can't be read, Cancelled where it was stopped.
    """
    rights.expect(township.account, Right.ENTER)
    counted = _Counted()
    working = working_year(township) if year is None else year
    ledger = ledger_in(township, ledger_key, working)
    titles = titles_of(township.catalogue, ledger)
    digest = _digest(path)
    if not again:
        _refuse_seen(township, ledger, path, digest)
    with read_workbook(path, titles=titles, cancelled=cancelled) as sheet:
        with township.reading() as reading:
            columns = matched(reading, ledger, sheet, working)
        _check_columns(ledger, columns.matching)
        remarks = [*columns.told, *_left_out(township.catalogue.ledgers[ledger_key], columns.matching, sheet)]
        body, passing = Body(sheet.look, prepared=bool(sheet.mark)), PassingRows(sheet) if hand_back else None
        keep_backup.back_up_before(township, "导入")
        try:
            with township.writing() as writing:
                log.name_deed(writing.conn, "entry.import_workbook.import_rows")
                where = (writing.conn, writing.tables, ledger_key)
                blocks = _Blocks(sheet.blocks if passing is None else passing, body, columns)
                sound = _sound(writing, blocks, counted, progress, working)
                inserted = records.insert_columns(
                    *where, sound, writing.operator, batch=path.name, prints=counted.prints
                )
                if counted.count:
                    raise _Refused
                if not again:
                    _refuse_twice(writing, ledger, inserted, counted)
                number = imports.keep(*where, path.name, digest, inserted, writing.operator)
        except _Refused:
            told = [mistake for found in counted.mistakes.values() for mistake in found]
            back = _hand_back(path, passing, columns.matching, counted, hand_back)
            return ImportOutcome(0, tuple(told[:TOLD]), counted.count, tuple(remarks), back)
    remarks += body.told()
    if columns.left:
        remarks.append(f"有 {columns.left} 行按记住的没有导入。")
    return ImportOutcome(len(inserted), remarks=tuple(remarks), number=number)


def _check_columns(ledger: Ledger, matching: Matching) -> None:
    """A workbook without a column for a required field, or with one twice, can't be read row by row."""
    if matching.repeated:
        titles = "、".join(matching.repeated)
        raise ExchangeProblem(f"表头里“{titles}”出现了不止一次。请只留一列后再导入。")
    lacking = [f.title for f in matching.missing if f.required and not f.default]
    if lacking:
        raise ExchangeProblem(
            f"表头里没有“{'”“'.join(lacking)}”，台账“{ledger.title}”要求填写。请补上这{len(lacking)}列后再导入。"
        )
    if not matching.columns:
        raise ExchangeProblem(f"表头和台账“{ledger.title}”的字段对不上。请核对是否选错了文件或台账。")


@dataclass(frozen=True, slots=True)
class _Blocks:
    """The rows as they come, and what is known of which of them are records."""

    come: Iterable[RowBlock]
    body: Body
    columns: PlainColumns


def _sound(
    writing: Writing, blocks: _Blocks, counted: _Counted, progress: Progress | None, year: int
) -> Iterator[Columns]:
    """The values of the rows that are right, by field; of none any more once one is wrong."""
    columns = blocks.columns
    converter = Converter(
        columns.ledger, columns.matching, writing.lookup(), ManyStoredFacts(writing), writing.today, year
    )
    for block in blocks.come:
        if progress is not None:
            progress(counted.read, 0)
        found: Iterable[ConvertedRow] = ()
        if blocks.body.are_plain(block) and columns.are_plain(block):
            whole = converter.whole(block)
            if whole is not None:
                counted.read += len(block.numbers)
                if not counted.count:
                    counted.taken += block.numbers
                    yield whole
                continue
            found = converter.one_by_one(block.rows())
        elif rows := list(columns.rows(blocks.body.records(block.rows(), columns.given))):
            found = converter.rows(rows)
        sound = _sound_ones(found, counted)
        if sound and not counted.count:
            yield records.by_field(sound)


def _sound_ones(rows: Iterable[ConvertedRow], counted: _Counted) -> list[Mapping[str, Value]]:
    """The values of the rows that are right; the mistakes of the others are counted."""
    sound: list[Mapping[str, Value]] = []
    for row in rows:
        counted.read += 1
        errors = [mistake for mistake in row.mistakes if mistake.severity == "error"]
        if errors:
            counted.count += len(errors)
            counted.mistakes[row.row] = errors
        else:
            counted.taken.append(row.row)
            sound.append(row.values)
    return sound


def _left_out(ledger: Ledger, matching: Matching, sheet: Sheet) -> Iterator[str]:
    """What of the workbook is not taken."""
    for title in matching.unknown:
        retired = retired_field(ledger, title)
        if retired is not None:
            yield f"表里的“{title}”从 {retired.life.retired} 年起不再填报，已略过。"
            continue
        near = nearest(title, [field.title for field in matching.missing])
        told = f"，是“{near}”吗？改成这个名称再导入就能用上" if near else ""
        yield f"表里的“{title}”不是台账“{ledger.title}”的字段，已略过{told}。"
    if sheet.others:
        names = "”“".join(sheet.others)
        yield f"读的是工作表“{sheet.name}”，“{names}”没有读。"


def _digest(path: Path) -> str:
    """The SHA-256 of a file, or nothing where it can't be read, which reading it will say."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _refuse_seen(township: Township, ledger: Ledger, path: Path, digest: str) -> None:
    with township.reading() as reading:
        seen = imports.of_file(reading.conn, reading.tables, ledger.key, digest) if digest else None
        if seen is None or not imports.live_of(reading.conn, reading.tables, seen):
            return
    raise SeenBefore(
        f"“{path.name}”在 {seen.at.month}月{seen.at.day}日 {seen.at:%H:%M} 由{seen.who}导入过，"
        f"当时是“{seen.file}”，{seen.count} 条。再导入一次，这些记录会重复。"
    )


def _refuse_twice(writing: Writing, ledger: Ledger, inserted: range, counted: _Counted) -> None:
    twice = imports.standing_twice(writing.conn, writing.tables, ledger.key, inserted, counted.prints)
    if not twice:
        return
    rows = [str(counted.taken[record - inserted.start]) for record in twice]
    more = f"等 {len(rows)} 行" if len(rows) > _NAMED else ""
    raise SeenBefore(
        f"第 {'、'.join(rows[:_NAMED])} 行{more}与已经登记的，或与表中前面的一行，每一格都相同。"
        f"请核对是不是重复了；确实是另外的{ledger.noun}，可以照样导入。"
    )


def _hand_back(
    path: Path, passing: PassingRows | None, matching: Matching, counted: _Counted, target: Path | None
) -> Path | None:
    """Write the file again with its mistakes; None where it is too large for that, or can't be written there."""
    whole = None if passing is None else passing.whole()
    if whole is not None and target is not None:
        with suppress(OSError, ExchangeProblem):
            return write_back(file_source(path), [returned_sheet(whole, matching, counted.mistakes)], target)
    return None


__all__ = ["Cancelled", "ExchangeProblem", "ImportOutcome", "SeenBefore", "import_workbook"]
