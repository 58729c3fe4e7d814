"""A folder of workbooks read in one process of its own: every sheet with its rows, a broken file told and passed by."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path

from zhengui.exchange import reading_child as child
from zhengui.exchange.apart import Apart, Broken
from zhengui.exchange.books import TOO_LARGE, Cells, Limits, WorkbookRefused, open_book
from zhengui.exchange.layout import MARK_SHEET
from zhengui.exchange.problem import ExchangeProblem
from zhengui.exchange.reading_child import AskedOfFile, SheetLook
from zhengui.exchange.template_mark import TemplateMark, mark_of
from zhengui.work import Progress

#: What is taken for a workbook in a folder.
ENDINGS = frozenset({".xlsx", ".xls", ".xlsm", ".xlsb", ".et", ".ods", ".csv", ".txt", ".tsv"})
_BROKEN = Broken(
    "这个表格内容过多或已损坏，没能读完。请用 WPS 或 Excel 打开后另存为 .xlsx。",
    "这个表格读得太久，已经停止。请删去多余的内容。",
)
#: How a folder ends that holds what was sent back to the villages.
SENT_BACK = "（退回各村）"
#: A village's file has not more rows than this in a sheet.
MOST_ROWS = 50_000


@dataclass(frozen=True, slots=True)
class FolderSheet:
    """A sheet with anything in it: how it looks from outside, and its filled rows by number, from 1."""

    look: SheetLook
    rows: tuple[tuple[int, Cells], ...]

    @property
    def name(self) -> str:
        """The sheet's name."""
        return self.look.name


@dataclass(frozen=True, slots=True)
class FolderBook:
    """A workbook of the folder; `problem` says in a sentence why it could not be read, or is empty."""

    path: Path
    sheets: tuple[FolderSheet, ...] = ()
    mark: TemplateMark = field(default_factory=TemplateMark)
    problem: str = ""


def workbooks_in(folder: Path) -> list[Path]:
    """The workbooks of a folder and of those in it, by name; what Office keeps open beside them is left out, and
    what was sent back from there.
    """
    found = (path for path in folder.rglob("*") if path.suffix.lower() in ENDINGS and path.is_file())
    kept = (path for path in found if not path.name.startswith(("~$", ".~", ".")))
    return sorted(
        path
        for path in kept
        if not any(part.endswith(SENT_BACK) for part in path.relative_to(folder).parts[:-1])
    )


def read_books(
    paths: Sequence[Path],
    limits: Limits | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> list[FolderBook]:
    """Read workbooks one after another; one that brings its process down is told and the rest is read in another.

    Raises Cancelled where it was stopped.
    """
    chosen = replace(limits or Limits(), rows=MOST_ROWS)
    found: list[FolderBook] = []
    while len(found) < len(paths):
        for book in _some(paths[len(found) :], chosen, cancelled):
            found.append(book)
            if progress is not None:
                progress(len(found), len(paths))
    return found


def _some(
    paths: Sequence[Path], limits: Limits, cancelled: Callable[[], bool] | None
) -> Iterator[FolderBook]:
    """The books that one process reads until it ends or fails at one."""
    process = Apart(serve, ([str(p) for p in paths], limits), limits, cancelled)
    try:
        for path in paths:
            try:
                message, _taken = process.answer(_BROKEN)  # each file has its own time
            except ExchangeProblem as problem:
                yield FolderBook(path, problem=str(problem))
                return
            if isinstance(message, str):
                yield FolderBook(path, problem=message)
                if message == TOO_LARGE:
                    return
            else:
                sheets = tuple(sheet for sheet in message if sheet.name != MARK_SHEET)
                marks = next((sheet.rows for sheet in message if sheet.name == MARK_SHEET), ())
                yield FolderBook(path, sheets, mark_of([cells for _number, cells in marks]))
    finally:
        process.stop()


def serve(pipe: Connection, paths: Sequence[str], limits: Limits) -> None:
    """In the process: read each file and send its sheets, or the sentence that says why not."""
    child.confine_itself(limits)
    try:
        for path in paths:
            try:
                pipe.send(_sheets(Path(path), limits))
            except WorkbookRefused as refusal:
                pipe.send(str(refusal))
            except MemoryError:
                pipe.send(TOO_LARGE)
    except BrokenPipeError:
        return
    finally:
        pipe.close()


def _sheets(path: Path, limits: Limits) -> list[FolderSheet]:
    book = open_book(path, limits)
    found = []
    for sheet in book.sheets:
        if sheet.hidden and sheet.name != MARK_SHEET:
            continue
        look = child._look(book, sheet, AskedOfFile())
        if look is None:
            continue
        rows = tuple(islice(sheet.filled(), limits.rows + 1))
        if len(rows) > limits.rows:
            raise WorkbookRefused(f"表格超过 {limits.rows} 行，不像一个村的表。请核对是不是选错了文件。")
        found.append(FolderSheet(look, rows))
    return found
