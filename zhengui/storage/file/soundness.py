"""Whether a file is whole: read from end to end, and remembered while it lies there as it was found sound.

Whoever prints must not rest on broken pages. To read a long file from end to end again for each page that is printed
takes longer than all the rest, and every page that is read is proved by its signature anyway. So the whole check need
not be repeated while the file lies there as it was: same size, same moment of its last change, same first page, no
journal. At every start of the window the file is read whole all the same.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from zhengui.storage.file import journal, mark, own_notes, troubles
from zhengui.storage.problem import Damaged

if TYPE_CHECKING:
    import sqlalchemy as sa

_KIND, _STATE = "sound", "state"


def state_of(path: Path) -> str:
    """What tells one state of a file from another; empty while a journal belongs to it, or where it can't be told."""
    try:
        if not journal.is_empty(path):
            return ""
        status = path.stat()
    except OSError:
        return ""
    return f"{status.st_size}-{status.st_mtime_ns}-{status.st_ino}-{mark.base_of(path)}"


def is_known(path: Path) -> bool:
    """Whether the file was found sound as it lies there now."""
    state = state_of(path)
    return bool(state) and own_notes.read(_KIND, own_notes.key_of(path)) == {_STATE: state}


def keep(path: Path, state: str) -> None:
    """Remember that the file was found sound in a state; a folder that takes nothing goes without."""
    if state:
        own_notes.note(_KIND, own_notes.key_of(path), {_STATE: state})


class Soundness:
    """Of an open file. `damage` is what was found, by reading it whole or while somebody worked."""

    def __init__(self, path: Path, engine: sa.Engine, writer: threading.RLock) -> None:
        self.damage: Damaged | None = None
        self._path, self._engine, self._writer = path, engine, writer
        self._checked = False

    @contextmanager
    def noticing(self) -> Iterator[None]:
        """Remember the damage that is met meanwhile."""
        try:
            yield
        except Damaged as found:
            self.damage = found
            raise

    def check(self) -> Damaged | None:
        """Read every page of the file and judge it; returns the damage, which is remembered, or None."""
        state = state_of(self._path)
        if self._faulty():
            # A merge that runs at the same time writes pages while they are read; only without one it is damage.
            with self._writer:
                self.damage = troubles.damaged(self._path) if self._faulty() else None
        self._checked = True
        if self.damage is None and state == state_of(self._path):
            keep(self._path, state)
        return self.damage

    def expect(self) -> None:
        """Raise Damaged where the file is; what is printed or issued must not rest on broken pages."""
        if not self._checked and not is_known(self._path):
            self.check()
        if self.damage is not None:
            raise self.damage

    def _faulty(self) -> bool:
        raw = self._engine.raw_connection()
        try:
            cursor = raw.cursor()
            if cursor.execute("PRAGMA cipher_integrity_check").fetchall():
                return True
            return bool(cursor.execute("PRAGMA quick_check(5)").fetchall() != [("ok",)])
        except Damaged:
            return True
        finally:
            raw.close()
