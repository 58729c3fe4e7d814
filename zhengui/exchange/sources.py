"""Where rows come from: a file read in a process of its own, or a table that was pasted."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from zhengui.exchange.books import EMPTY
from zhengui.exchange.layout import MARK_SHEET, find_heading, fit, heading_at
from zhengui.exchange.problem import ExchangeProblem
from zhengui.exchange.reading_child import Cells, SheetLook
from zhengui.exchange.row_block import RowBlock, unpacked
from zhengui.exchange.workbook_in import Sheet, look_at_workbook, read_workbook
from zhengui.work import Progress

PASTED = "粘贴的表格"
#: More rows than these are not kept to be looked at, so that memory stays within bounds; each takes some KB.
MOST_KEPT = 120_000
_SHORT, _STEP = 24, 2000


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """A sheet with all rows under its heading, kept so that it can be gone through again.

    `template` has the field key of each plain title where the sheet came from a template of the program.
    """

    look: SheetLook
    rows: tuple[tuple[int, Cells], ...]
    template: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The sheet's name."""
        return self.look.name


@dataclass(frozen=True, slots=True)
class FileSource:
    """A file, or a pasted block of texts where there is no path; `name` is how it is called."""

    name: str
    path: Path | None = None
    block: tuple[tuple[str, ...], ...] = ()

    @property
    def digest(self) -> str:
        """The SHA-256 of what is in it, or nothing where it can't be read, which reading it will say."""
        if self.path is None:
            return hashlib.sha256("\n".join("\t".join(row) for row in self.block).encode()).hexdigest()
        try:
            with self.path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            return ""

    def looks(
        self, titles: Sequence[str], cancelled: Callable[[], bool] | None = None
    ) -> tuple[SheetLook, ...]:
        """Every sheet with its likely heading; raises ExchangeProblem and Cancelled."""
        if self.path is not None:
            found = look_at_workbook(self.path, titles, cancelled=cancelled)
            return tuple(look for look in found if look.name != MARK_SHEET)
        return (_look_at_block(self.block, titles, None),)

    def read(
        self,
        titles: Sequence[str],
        sheet: str = "",
        heading: tuple[int, int] | None = None,
        cancelled: Callable[[], bool] | None = None,
        progress: Progress | None = None,
    ) -> ReadSheet:
        """All rows of a sheet: the named one or that with most of the titles; raises ExchangeProblem and Cancelled.

        `progress` is told the rows read, now and then.
        """
        if self.path is None:
            look = _look_at_block(self.block, titles, heading)
            rows = _filled(self.block)
            return ReadSheet(look, tuple((n, cells) for n, cells in rows if n > look.heading.last))
        with read_workbook(
            self.path, titles=titles, cancelled=cancelled, sheet=sheet, heading=heading
        ) as opened:
            mark = opened.mark.fields.get(opened.name, {})
            return ReadSheet(opened.look, tuple(_kept(opened.rows, progress)), mark)


def file_source(path: Path) -> FileSource:
    """A file as a source."""
    return FileSource(path.name, path)


def _kept(rows: Iterator[tuple[int, Cells]], progress: Progress | None) -> Iterator[tuple[int, Cells]]:
    """The rows with every short text once in memory however often it stands in the sheet.

    ExchangeProblem where there are more than can be looked at before anything is written.
    """
    known: dict[str, str] = {}
    for count, (number, cells) in enumerate(rows):
        if progress is not None and count and count % _STEP == 0:
            progress(count, 0)
        if count >= MOST_KEPT:
            raise ExchangeProblem(f"表格超过 {MOST_KEPT // 10_000} 万行，一次核对不了。请分成几个文件导入。")
        yield number, _with_one_of_each_text(cells, known)


def _with_one_of_each_text(cells: Cells, known: dict[str, str]) -> Cells:
    """The cells once more, with every short text in memory once however often it stands in the sheet."""
    return [
        known.setdefault(cell, cell) if type(cell) is str and len(cell) <= _SHORT else cell for cell in cells
    ]


class PassingRows:
    """Keeps the rows of a sheet as they were while they go by, to be handed back; none where there are too many.

    They are kept as they came through the pipe, a twentieth of what they take as cells.
    """

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._kept: list[bytes] | None = []
        self._count = 0

    def __iter__(self) -> Iterator[RowBlock]:
        for block in self._sheet.blocks:
            self._count += len(block.numbers)
            if self._count > MOST_KEPT:
                self._kept = None
            if self._kept is not None:
                self._kept.append(block.packed())
            yield block

    def whole(self) -> ReadSheet | None:
        """The sheet with the rows that went by."""
        if self._kept is None:
            return None
        sheet, known = self._sheet, dict[str, str]()
        rows = (row for packed in self._kept for row in unpacked(packed).rows())
        kept = tuple((number, _with_one_of_each_text(cells, known)) for number, cells in rows)
        return ReadSheet(sheet.look, kept, sheet.mark.fields.get(sheet.name, {}))


def _filled(block: Sequence[Sequence[str]]) -> list[tuple[int, Cells]]:
    width = max(map(len, block), default=0)
    rows = [[cell.strip() for cell in row] + [""] * (width - len(row)) for row in block]
    return [(number, [*row]) for number, row in enumerate(rows, 1) if any(row)]


def _look_at_block(
    block: Sequence[Sequence[str]], titles: Sequence[str], heading: tuple[int, int] | None
) -> SheetLook:
    rows = _filled(block)
    if not rows:
        raise ExchangeProblem(EMPTY)
    found = heading_at(rows, (), *heading) if heading else find_heading(rows, (), titles)
    shown = tuple(rows[:60])
    return SheetLook(
        PASTED, False, True, len(block), shown, found, fit(found, titles), (), frozenset(), frozenset(), 1
    )
