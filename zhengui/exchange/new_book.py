"""A workbook that is being written: nothing of it ever lies in the system's folder for temporary files.

XlsxWriter gathers the pieces of a workbook in files of its own, in plain. They lie in a folder beside the file that is
asked for, which its owner alone may enter, so that a crash leaves personal data nowhere else; the next writing of the
same file clears them away.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from zhengui.exchange.problem import ExchangeProblem
from zhengui.whole_file import PART

if TYPE_CHECKING:
    from xlsxwriter import Workbook

#: Ends the name of the folder of pieces.
PIECES = "-pieces"


@contextmanager
def new_book(part: Path, in_rows: bool = False) -> Iterator[Workbook]:
    """A workbook to be written to `part`, closed at the end whatever happens; `in_rows` keeps one row at a time in memory.

    Texts never become links or formulas. Raises ExchangeProblem and OSError where it can't be written.
    """
    from xlsxwriter import Workbook

    pieces = _pieces(part)
    shutil.rmtree(pieces, ignore_errors=True)
    pieces.mkdir(mode=0o700)
    options = {
        "constant_memory": in_rows,
        "strings_to_urls": False,
        "strings_to_formulas": False,
        "tmpdir": str(pieces),
    }
    book = Workbook(str(part), options)
    try:
        yield book
    finally:
        _close(book, part)


def _close(book: Workbook, part: Path) -> None:
    """Close the workbook; XlsxWriter wraps what the system said, so that is brought out again."""
    from xlsxwriter.exceptions import FileCreateError

    try:
        book.close()
    except FileCreateError as error:
        if error.args and isinstance(error.args[0], OSError):
            raise error.args[0] from error
        name = part.name.removesuffix(PART)
        raise ExchangeProblem(f"“{name}”没有写完，请检查磁盘空间后再试。") from error
    finally:
        shutil.rmtree(_pieces(part), ignore_errors=True)


def _pieces(part: Path) -> Path:
    return part.with_name(part.name + PIECES)
