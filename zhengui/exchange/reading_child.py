"""The process that opens a workbook from outside, so that a hostile one can bring down only this process."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from multiprocessing.connection import Connection
from pathlib import Path

from zhengui.exchange.books import (
    EMPTY,
    TOO_LARGE,
    Book,
    BookSheet,
    Cells,
    Limits,
    WorkbookRefused,
    open_book,
)
from zhengui.exchange.layout import MARK_SHEET, WITHIN, ColumnHeading, Merge, find_heading, fit, heading_at
from zhengui.exchange.row_block import RowBlock, blocks_of
from zhengui.values.cells import Cell

__all__ = ["TOO_LARGE", "AskedOfFile", "Cells", "Limits", "SheetLook", "serve"]

_DAYS = frozenset({date, datetime})
#: With cells of these types alone, no two different ones are equal, as 1 and True would be.
_ALONE = frozenset({date, datetime, str})
#: So many filled rows of each sheet are shown to whoever chooses one.
SHOWN = 60
#: A template has not more sheets than this, one to a row of its mark.
_MARKS = 1000


@dataclass(frozen=True, slots=True)
class AskedOfFile:
    """What is wanted of a file: to look at all its sheets, or the rows of one.

    The sheet is the named one, or that with most of `titles`; the heading the rows from `heading[0]` to
    `heading[1]`, or those with most of the titles.
    """

    titles: tuple[str, ...] = ()
    sheet: str = ""
    heading: tuple[int, int] | None = None
    look: bool = False


@dataclass(frozen=True, slots=True)
class SheetLook:
    """A sheet seen from outside: its first filled rows, its likely heading and how many `titles` that has.

    Rows and columns are counted from 1; `first_column` is the sheet's column of the first cell.
    """

    name: str
    hidden: bool
    active: bool
    height: int
    rows: tuple[tuple[int, Cells], ...]
    heading: ColumnHeading
    fit: int
    merged: tuple[Merge, ...]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    first_column: int


def serve(pipe: Connection, path: str, limits: Limits, asked: AskedOfFile) -> None:
    """Read the workbook and send ("book", looks), or ("sheet", look, others, marks), ("rows", packed block)… and ("end",
    count); or ("problem", sentence).
    """
    gc.disable()  # rows are plain values without rings between them, and gone once they are sent
    confine_itself(limits)
    try:
        for message in _messages(Path(path), limits, asked):
            pipe.send(message)
    except WorkbookRefused as refusal:
        pipe.send(("problem", str(refusal)))
    except MemoryError:
        pipe.send(("problem", TOO_LARGE))
    except BrokenPipeError:
        return  # the reader has had enough
    finally:
        pipe.close()


def confine_itself(limits: Limits) -> None:
    """What a process does first that works on a file from outside: be silent, and take no more memory than this."""
    _quieten()
    _limit_memory(limits.memory)


def _quieten() -> None:
    """Keep the reader's dying words, which may quote the file, out of the terminal and the logs."""
    silent = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(silent, stream)


def _limit_memory(limit: int) -> None:
    """Cap this process; on Windows the parent watches instead."""
    if sys.platform == "win32":
        return
    import resource

    used = 0
    statm = Path("/proc/self/statm")
    if statm.exists():
        used = int(statm.read_text().split()[0]) * resource.getpagesize()
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = used + limit
    resource.setrlimit(resource.RLIMIT_AS, (wanted if hard < 0 else min(wanted, hard), hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _messages(path: Path, limits: Limits, asked: AskedOfFile) -> Iterator[tuple[object, ...]]:
    book = open_book(path, limits)
    if asked.look:
        looks = [_look(book, sheet, asked) for sheet in book.sheets]
        yield "book", tuple(look for look in looks if look is not None)
        return
    sheet, others = _chosen(book, asked)
    look = _look(book, sheet, asked)
    if look is None:
        raise WorkbookRefused(EMPTY)
    yield "sheet", look, others, _mark_rows(book)
    yield from _blocks(blocks_of(sheet, look.heading.last), len(look.heading.titles), limits)


def _mark_rows(book: Book) -> list[Cells]:
    """The rows of the sheet by which a template of the program is known; none where there is no such sheet."""
    marks = (sheet for sheet in book.sheets if sheet.name == MARK_SHEET)
    return [cells for sheet in marks for _number, cells in sheet.first(_MARKS)]


def _look(book: Book, sheet: BookSheet, asked: AskedOfFile) -> SheetLook | None:
    """A sheet from outside; None where it has nothing but blanks."""
    rows, marks = sheet.first(max(SHOWN, WITHIN)), sheet.marks
    if not rows:
        return None
    if asked.heading is not None and (not asked.sheet or asked.sheet == sheet.name):
        heading = heading_at(rows, sheet.merged, *asked.heading)
        if not heading.titles:
            first, last = asked.heading
            told = f"第 {first} 行" if first == last else f"第 {first}—{last} 行"
            raise WorkbookRefused(f"{told}没有内容，不能作为表头。请另选表头所在的行。")
    else:
        heading = find_heading(rows, sheet.merged, asked.titles)
    return SheetLook(
        sheet.name,
        sheet.hidden,
        sheet.name == book.active,
        sheet.height,
        tuple(rows),
        heading,
        fit(heading, asked.titles),
        tuple(sheet.merged),
        frozenset(marks.hidden_rows),
        frozenset(marks.hidden_columns),
        sheet.first_column,
    )


def _chosen(book: Book, asked: AskedOfFile) -> tuple[BookSheet, tuple[str, ...]]:
    """The sheet that is asked for, and the names of the other visible ones.

    Of several that fit alike, the one that was in front is taken, else the first.
    """
    if asked.sheet:
        named = next((sheet for sheet in book.sheets if sheet.name == asked.sheet), None)
        if named is None:
            names = "”“".join(sheet.name for sheet in book.visible)
            raise WorkbookRefused(f"没有名为“{asked.sheet}”的工作表。这个文件里有“{names}”，请从中选一个。")
        return named, tuple(sheet.name for sheet in book.visible if sheet is not named)
    filled = [sheet for sheet in book.visible if sheet.first(1)]
    if not filled:
        raise WorkbookRefused(EMPTY)
    chosen = filled[0]
    if asked.titles and len(filled) > 1:
        chosen = max(filled, key=lambda sheet: (_fit(sheet, asked), sheet.name == book.active))
    return chosen, tuple(sheet.name for sheet in filled if sheet is not chosen)


def _fit(sheet: BookSheet, asked: AskedOfFile) -> int:
    rows = sheet.first(WITHIN)
    return fit(find_heading(rows, sheet.merged, asked.titles), asked.titles) if rows else 0


def _blocks(blocks: Iterator[RowBlock], width: int, limits: Limits) -> Iterator[tuple[object, ...]]:
    count = 0
    for block in blocks:
        count += len(block.numbers)
        if count > limits.rows:
            raise WorkbookRefused(f"表格超过 {limits.rows} 行，请分成几个文件导入。")
        columns = [_with_one_of_each_day(column) for column in block.columns[:width]]
        yield "rows", RowBlock(block.numbers, columns).packed()
    yield "end", count


def _with_one_of_each_day(column: Sequence[Cell]) -> Sequence[Cell]:
    """A column where equal days are the same object: the pipe then carries each of them once."""
    types = set(map(type, column))
    if not _DAYS.isdisjoint(types):
        days: dict[Cell, Cell] = {}
        if types <= _ALONE:
            return tuple(map(days.setdefault, column, column))
        return tuple(days.setdefault(cell, cell) if type(cell) in _DAYS else cell for cell in column)
    return column
