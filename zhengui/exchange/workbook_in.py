"""Workbooks from outside, read in a process of their own with limits on time, memory and rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

from zhengui.exchange.apart import Apart, Broken
from zhengui.exchange.layout import ColumnHeading, Merge
from zhengui.exchange.problem import ExchangeProblem
from zhengui.exchange.reading_child import AskedOfFile, Cells, Limits, SheetLook, serve
from zhengui.exchange.row_block import RowBlock, unpacked
from zhengui.exchange.template_mark import TemplateMark, mark_of

__all__ = ["Cells", "Limits", "Sheet", "SheetLook", "look_at_workbook", "read_workbook"]

_BROKEN = Broken(
    "这个表格内容过多或已损坏，没能读完。请用 WPS 或 Excel 打开后另存为 .xlsx，再导入。",
    "这个表格读得太久，已经停止。请删去多余的内容，或分成几个文件导入。",
)


@dataclass
class Sheet:
    """A sheet being read: `header` are the titles; `blocks` gives its rows once, some at a time, and `rows` the same as
    (row number, cells), blank rows left out; `others` are the names of the other sheets with anything in them, `look`
    is what else is known of this one, `mark` what the file says of itself where it was made from a template.

    Use it as a context manager, or `close` it, so that the reading process ends with it.
    Iterating raises ExchangeProblem where the rest cannot be read, and Cancelled.
    """

    name: str
    header: list[str]
    header_row: int
    blocks: Iterator[RowBlock]
    others: tuple[str, ...]
    look: SheetLook
    mark: TemplateMark
    _reading: _Reading = field(repr=False)
    rows: Iterator[tuple[int, Cells]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.rows = (pair for block in self.blocks for pair in block.rows())

    @property
    def heading(self) -> ColumnHeading:
        """The rows of the heading and its titles."""
        return self.look.heading

    @property
    def merged(self) -> tuple[Merge, ...]:
        """The merged cells."""
        return self.look.merged

    def close(self) -> None:
        """End the reading process."""
        self._reading.stop()

    def __enter__(self) -> Sheet:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def read_workbook(
    path: Path,
    limits: Limits | None = None,
    titles: Sequence[str] = (),
    cancelled: Callable[[], bool] | None = None,
    sheet: str = "",
    heading: tuple[int, int] | None = None,
) -> Sheet:
    """Start reading a sheet of a workbook or text file: the named one, that with most of `titles`, or the first filled.

    .xlsx, .xlsm, .xlsb, .xls, .et and .ods are known by their content, .csv, .tsv and .txt by their names.
    The header are the rows of `heading`, or with `titles` those, among the first, that have most of them;
    otherwise the first filled row.
    Cells are str, float, int, bool, date, datetime, time or timedelta; empty ones are "".
    Raises ExchangeProblem with a sentence for any file that cannot be read, and Cancelled.
    """
    asked = AskedOfFile(tuple(titles), sheet, heading)
    reading = _Reading(path, limits or Limits(), asked, cancelled)
    try:
        _, look, others, marks = reading.receive()
    except BaseException:
        reading.stop()
        raise
    header, last = list(look.heading.titles), look.heading.last
    return Sheet(look.name, header, last, reading.blocks(), others, look, mark_of(marks), reading)


def look_at_workbook(
    path: Path,
    titles: Sequence[str] = (),
    limits: Limits | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> tuple[SheetLook, ...]:
    """Every sheet with anything in it, hidden ones too, each with its likely heading by `titles`.

    Raises ExchangeProblem and Cancelled as `read_workbook` does.
    """
    reading = _Reading(path, limits or Limits(), AskedOfFile(tuple(titles), look=True), cancelled)
    try:
        looks: tuple[SheetLook, ...] = reading.receive()[1]
        return looks
    finally:
        reading.stop()


class _Reading:
    """The child process and what comes from it."""

    def __init__(
        self,
        path: Path,
        limits: Limits,
        asked: AskedOfFile,
        cancelled: Callable[[], bool] | None,
    ) -> None:
        self._process = Apart(serve, (str(path), limits, asked), limits.for_file(path), cancelled)
        self._taken = 0.0

    def blocks(self) -> Iterator[RowBlock]:
        """The rows, block by block; the process ends with the last one."""
        try:
            while True:
                message = self.receive()
                if message[0] == "end":
                    return
                yield unpacked(message[1])
        finally:
            self.stop()

    def receive(self) -> tuple[Any, ...]:
        """The next message; all of them together may take as long as the limits allow."""
        message: tuple[Any, ...]
        message, self._taken = self._process.answer(_BROKEN, self._taken)
        if message[0] == "problem":
            raise ExchangeProblem(message[1])
        return message

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        self._process.stop()
