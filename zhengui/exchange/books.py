"""A file opened as sheets, in the reading process: workbooks of every kind, and tables in text files."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from zhengui.exchange import biff_marks, cell_marks, ods_marks, xlsb_marks
from zhengui.exchange.cell_marks import SheetMarks, put_in
from zhengui.exchange.text_tables import decoded, rows_of
from zhengui.problem import Problem
from zhengui.values.cells import Cell

#: A row of a workbook: text, numbers, dates, truth values, Percentage and Fault; empty cells are "".
Cells = list[Cell]

TEXT_FILES = (".csv", ".txt", ".tsv")
NOT_A_WORKBOOK = "这个文件不是电子表格。请选择 .xlsx、.xls 或 .ods 文件。"
DAMAGED = "这个表格不完整或已损坏。请用 WPS 或 Excel 打开后另存为 .xlsx，再导入。"
LOCKED = "这个表格设了打开密码。请先在 WPS 或 Excel 中取消密码，再导入。"
EMPTY = "这个表格里没有内容。请核对是不是选错了文件。"
TOO_LARGE = "这个表格展开后太大，不能导入。请删去多余的工作表和空白行列，或分成几个文件。"
_WEB_PAGE = "这个文件的扩展名是表格的，内容却是网页。请用 WPS 或 Excel 打开后另存为 .xlsx，再导入。"
_OLD_XML = "这个文件是旧的 XML 表格，不能直接读。请用 WPS 或 Excel 打开后另存为 .xlsx，再导入。"
_NO_TEXT = "这个文本文件的编码认不出来。请用 WPS 或 Excel 打开后另存为 .xlsx，再导入。"


class WorkbookRefused(Problem):
    """The workbook cannot be read; the sentence goes to the person."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a workbook may take: bytes of memory and file, rows and columns, and time.

    `seconds` are those that the process works, or is waited for while it does nothing, whatever else the computer is
    at; for each million bytes of the file come `seconds_more`.
    """

    seconds: float = 30
    seconds_more: float = 3
    memory: int = 600_000_000
    file_bytes: int = 200_000_000
    unpacked_bytes: int = 2_000_000_000
    rows: int = 1_000_000
    columns: int = 1000

    def for_file(self, path: Path) -> Limits:
        """The limits of this file: a large one may take longer."""
        try:
            size = path.stat().st_size
        except OSError:
            return self  # whoever opens it will say so
        return replace(self, seconds=self.seconds + self.seconds_more * size / 1_000_000)


@dataclass
class BookSheet:
    """A sheet with something in it. `rows` begins anew each time, from row 1; `first_column`, from 1, is that of the
    first cell. `merged` are (top, bottom, left, right), rows from 1, columns as places in the cells.
    """

    name: str
    hidden: bool
    height: int
    rows: Callable[[], Iterator[Cells]]
    first_column: int = 1
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    _marks: SheetMarks | None = None
    find_marks: Callable[[], SheetMarks] = SheetMarks

    @property
    def marks(self) -> SheetMarks:
        """What the sheet has beside its values, looked for once."""
        if self._marks is None:
            self._marks = self.find_marks()
            self.merged += [
                (top, bottom, left - self.first_column, right - self.first_column)
                for top, bottom, left, right in self._marks.merged
            ]
        return self._marks

    def marked_rows(self) -> Iterator[Cells]:
        """The rows with percentages and faulty formulas told from numbers and empty cells."""
        marks = self.marks.cells
        if not marks:
            yield from self.rows()
            return
        for number, cells in enumerate(self.rows(), 1):
            if number in marks:
                put_in(marks, number, cells, self.first_column)
            yield cells

    def filled(self) -> Iterator[tuple[int, Cells]]:
        """The rows that have anything in them, with their numbers."""
        return ((n, row) for n, row in enumerate(self.marked_rows(), 1) if row.count("") != len(row))

    def first(self, count: int) -> list[tuple[int, Cells]]:
        """The first filled rows."""
        return list(islice(self.filled(), count))


@dataclass(frozen=True, slots=True)
class Book:
    """The sheets with anything in them; `active` is the name of the one that was in front when it was saved."""

    sheets: tuple[BookSheet, ...]
    active: str

    @property
    def visible(self) -> list[BookSheet]:
        """The sheets that people see."""
        return [sheet for sheet in self.sheets if not sheet.hidden]


def open_book(path: Path, limits: Limits) -> Book:
    """Open a file by what is in it; WorkbookRefused with a sentence where it can't be read."""
    start = _look_before_opening(path, limits)
    if start is None:
        return _text_book(path, limits)
    return _workbook(path, limits, start)


def _look_before_opening(path: Path, limits: Limits) -> bytes | None:
    """Refuse by the first bytes and by what the archive says of itself; the first bytes, or None for a text."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(4096)
    except OSError as error:
        raise WorkbookRefused(f"“{path.name}”打不开。请核对文件是否还在，或关闭正在使用它的程序。") from error
    if size > limits.file_bytes:
        raise WorkbookRefused(f"文件超过 {limits.file_bytes // 1_000_000} 兆，请分成几个文件导入。")
    if start.startswith(b"PK"):
        try:
            with zipfile.ZipFile(path) as archive:
                unpacked = sum(entry.file_size for entry in archive.infolist())
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise WorkbookRefused(DAMAGED) from error
        if unpacked > limits.unpacked_bytes:
            raise WorkbookRefused(TOO_LARGE)
    elif not start.startswith(b"\xd0\xcf\x11\xe0"):
        _refuse_no_text(path, start)
        return None
    return start


def _refuse_no_text(path: Path, start: bytes) -> None:
    """Say the right sentence of what can't be read as a text either."""
    text = (decoded(start[: len(start) // 2 * 2]) or decoded(start[:-3]) or "").lstrip().lower()
    if text.startswith("<?xml") and "schemas-microsoft-com:office:spreadsheet" in text:
        raise WorkbookRefused(_OLD_XML)
    if (
        text.startswith(("<html", "<!doctype html", "<table", "<meta", "<head", "<style", "<div"))
        or "<html" in text[:500]
    ):
        raise WorkbookRefused(_WEB_PAGE)
    named = path.suffix.lower()
    if named in TEXT_FILES or (named in (".xls", ".et") and text.count("\t") > 1):
        return
    raise WorkbookRefused(NOT_A_WORKBOOK)


def _text_book(path: Path, limits: Limits) -> Book:
    text = decoded(path.read_bytes())
    if text is None:
        raise WorkbookRefused(_NO_TEXT)
    try:
        rows = rows_of(text)
    except csv.Error as error:
        raise WorkbookRefused(DAMAGED) from error
    return Book((_sheet_of_rows(path.stem, rows, limits),), path.stem) if any(map(any, rows)) else _nothing()


def _sheet_of_rows(name: str, rows: list[list[str]], limits: Limits) -> BookSheet:
    width = len(rows[0]) if rows else 0
    if width > limits.columns:
        raise WorkbookRefused(f"表格有 {width} 列，太宽了。请删去右边多余的列。")
    return BookSheet(name, False, len(rows), lambda: iter([[*row] for row in rows]))


def _nothing() -> Book:
    raise WorkbookRefused(EMPTY)


def _workbook(path: Path, limits: Limits, start: bytes) -> Book:
    import python_calamine as calamine

    find_marks, active = _marks(path, start)
    found: list[BookSheet] = []
    try:
        # Read at once, so that the file is free again while it is looked through.
        with path.open("rb") as file:
            book = calamine.CalamineWorkbook.from_filelike(file)
            abouts = book.sheets_metadata
            for about in abouts:
                if about.typ != calamine.SheetTypeEnum.WorkSheet:
                    continue
                sheet = book.get_sheet_by_name(about.name)
                if sheet.width > limits.columns:
                    raise WorkbookRefused(f"表格有 {sheet.width} 列，太宽了。请删去右边多余的列。")
                if sheet.height:
                    hidden = about.visible != calamine.SheetVisibleEnum.Visible
                    found.append(_book_sheet(about.name, hidden, sheet, find_marks))
            front = abouts[active].name if 0 <= active < len(abouts) else ""
    except calamine.PasswordError as error:
        raise WorkbookRefused(LOCKED) from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise WorkbookRefused(DAMAGED) from error
    return Book(tuple(found), front) if any(not each.hidden for each in found) else _nothing()


def _book_sheet(name: str, hidden: bool, sheet: Any, find_marks: Callable[[str], SheetMarks]) -> BookSheet:
    first = (sheet.start or (0, 0))[1]
    merged = [
        (top + 1, bottom + 1, left - first, right - first)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    ]
    made = BookSheet(name, hidden, sheet.height, lambda: iter(sheet.iter_rows()), first + 1, merged)
    made.find_marks = lambda: find_marks(name)
    return made


def _known(by_name: Mapping[str, SheetMarks], name: str) -> SheetMarks:
    return by_name.get(name) or SheetMarks()


def _marks(path: Path, start: bytes) -> tuple[Callable[[str], SheetMarks], int]:
    """How to find the marks of a sheet by its name, and the place of the sheet that was in front."""
    if start.startswith(b"\xd0\xcf"):
        by_name, active = biff_marks.marks_of(path)
        return partial(_known, by_name), active
    for other in (ods_marks, xlsb_marks):
        by_name, active = other.marks_of(path)
        if by_name:
            return partial(_known, by_name), active
    return lambda name: cell_marks.marks_of(path, name), cell_marks.active_sheet(path)
