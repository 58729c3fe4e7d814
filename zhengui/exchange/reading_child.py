"""The process that opens a workbook from outside, so that a hostile one can bring down only this process."""

from __future__ import annotations

import gc
import os
import sys
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, islice
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from zhengui.exchange.cell_marks import Marks, marks_of, put_in
from zhengui.exchange.match import plain_title
from zhengui.values.cells import Fault

#: A row of a workbook: text, numbers, dates, truth values, Percentage and Fault; empty cells are "".
Cells = list[Any]

_BATCH = 1000
_DAYS = frozenset({date, datetime})
_HEADER_WITHIN = 10
_NOT_A_WORKBOOK = "这个文件不是电子表格。请选择 .xlsx、.xls 或 .ods 文件。"
_DAMAGED = "这个表格不完整或已损坏。请用 WPS 或 Excel 打开后另存为 .xlsx，再导入。"
_LOCKED = "这个表格设了打开密码。请先在 WPS 或 Excel 中取消密码，再导入。"
_EMPTY = "这个表格里没有内容。请核对是不是选错了文件。"
TOO_LARGE = "这个表格展开后太大，不能导入。请删去多余的工作表和空白行列，或分成几个文件。"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a workbook may take: seconds of waiting for it, bytes of memory and file, rows and columns."""

    seconds: float = 30
    memory: int = 600_000_000
    file_bytes: int = 200_000_000
    unpacked_bytes: int = 2_000_000_000
    rows: int = 1_000_000
    columns: int = 1000


class _Refused(Exception):
    """The workbook cannot be read; the sentence goes to the person."""


def serve(pipe: Connection, path: str, limits: Limits, titles: Sequence[str]) -> None:
    """Read the workbook and send ("sheet", …), ("rows", numbers, columns)…, ("end", count), or ("problem", sentence)."""
    gc.disable()  # rows are plain values without rings between them, and gone once they are sent
    _quieten()
    _limit_memory(limits.memory)
    try:
        for message in _messages(Path(path), limits, titles):
            pipe.send(message)
    except _Refused as refusal:
        pipe.send(("problem", str(refusal)))
    except MemoryError:
        pipe.send(("problem", TOO_LARGE))
    except BrokenPipeError:
        return  # the reader has had enough
    finally:
        pipe.close()


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


def _messages(path: Path, limits: Limits, titles: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    _look_before_opening(path, limits)
    name, rows, others = _open(path, limits, titles)
    filled = ((number, row) for number, row in enumerate(rows, 1) if row.count("") != len(row))
    first = list(islice(filled, _HEADER_WITHIN))
    if not first:
        raise _Refused(_EMPTY)
    place = _header_place(first, titles)
    number, header = first[place]
    names = [_title(cell) for cell in header]
    while names and not names[-1]:
        names.pop()
    yield "sheet", name, number, names, others
    yield from _batches(chain(first[place + 1 :], filled), len(names), limits)


def _batches(rows: Iterator[tuple[int, Cells]], width: int, limits: Limits) -> Iterator[tuple[Any, ...]]:
    count = 0
    while batch := list(islice(rows, _BATCH)):
        count += len(batch)
        if count > limits.rows:
            raise _Refused(f"表格超过 {limits.rows} 行，请分成几个文件导入。")
        columns = list(zip(*(row for _, row in batch), strict=True))[:width]
        yield "rows", [number for number, _ in batch], [_with_one_of_each_day(column) for column in columns]
    yield "end", count


def _with_one_of_each_day(column: tuple[Any, ...]) -> tuple[Any, ...]:
    """A column where equal days are the same object: the pipe then carries each of them once."""
    if not _DAYS.isdisjoint(map(type, column)):
        days: dict[Any, Any] = {}
        return tuple(days.setdefault(cell, cell) if type(cell) in _DAYS else cell for cell in column)
    return column


def _look_before_opening(path: Path, limits: Limits) -> None:
    """Refuse by the first bytes and by what the archive says of itself, before any of it is unpacked."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(8)
    except OSError as error:
        raise _Refused(f"“{path.name}”打不开。请核对文件是否还在，或关闭正在使用它的程序。") from error
    if size > limits.file_bytes:
        raise _Refused(f"文件超过 {limits.file_bytes // 1_000_000} 兆，请分成几个文件导入。")
    if start.startswith(b"PK"):
        try:
            with zipfile.ZipFile(path) as archive:
                unpacked = sum(entry.file_size for entry in archive.infolist())
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            raise _Refused(_DAMAGED) from error
        if unpacked > limits.unpacked_bytes:
            raise _Refused(TOO_LARGE)
    elif not start.startswith(b"\xd0\xcf\x11\xe0"):
        raise _Refused(_NOT_A_WORKBOOK)


def _open(path: Path, limits: Limits, titles: Sequence[str]) -> tuple[str, Iterator[Cells], tuple[str, ...]]:
    """The name and the rows of the visible sheet that fits the titles best, and the names of the other filled ones.

    Of several that fit alike the first is taken, and without titles the first with anything in it.
    """
    import python_calamine as calamine

    try:
        with path.open("rb") as file:
            book = calamine.CalamineWorkbook.from_filelike(file)
            found: list[tuple[str, Any]] = []
            for about in book.sheets_metadata:
                visible = about.visible == calamine.SheetVisibleEnum.Visible
                if not visible or about.typ != calamine.SheetTypeEnum.WorkSheet:
                    continue
                sheet = book.get_sheet_by_name(about.name)
                if sheet.width > limits.columns:
                    raise _Refused(f"表格有 {sheet.width} 列，太宽了。请删去右边多余的列。")
                if sheet.height:
                    found.append((about.name, sheet))
            if found:
                name, sheet = max(found, key=lambda pair: _fit(pair[1], titles)) if titles else found[0]
                others = tuple(other for other, _sheet in found if other != name)
                return name, _marked(path, name, sheet), others
    except calamine.PasswordError as error:
        raise _Refused(_LOCKED) from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise _Refused(_DAMAGED) from error
    raise _Refused(_EMPTY)


def _fit(sheet: Any, titles: Sequence[str]) -> int:
    """How many of the titles stand in the row, among the first of a sheet, that has most of them."""
    wanted = {plain_title(title) for title in titles}
    rows = islice(sheet.iter_rows(), 2 * _HEADER_WITHIN)
    return max(
        (sum(1 for cell in row if cell and plain_title(_title(cell)) in wanted) for row in rows), default=0
    )


def _marked(path: Path, name: str, sheet: Any) -> Iterator[Cells]:
    """The rows of a sheet with percentages and faulty formulas told from numbers and empty cells."""
    marks = marks_of(path, name)
    rows: Iterator[Cells] = iter(sheet.iter_rows())
    if not marks:
        return rows
    first = (sheet.start or (0, 0))[1] + 1
    return _with_marks(rows, marks, first)


def _with_marks(rows: Iterator[Cells], marks: Marks, first: int) -> Iterator[Cells]:
    for number, cells in enumerate(rows, 1):
        if number in marks:
            put_in(marks, number, cells, first)
        yield cells


def _header_place(rows: Sequence[tuple[int, Cells]], titles: Sequence[str]) -> int:
    """Where the header is: the row with most of the titles, for forms often have a heading above it."""
    wanted = {plain_title(title) for title in titles}
    hits = [sum(1 for cell in row if cell and plain_title(_title(cell)) in wanted) for _, row in rows]
    return hits.index(max(hits))


def _title(cell: Any) -> str:
    if isinstance(cell, Fault):
        return cell.code
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())
