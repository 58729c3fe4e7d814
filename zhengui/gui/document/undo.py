"""What can be taken back: typing by stretches, and edits of the outline, in one row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from PySide6.QtCore import QObject, Signal

from zhengui.storage.writing.documents import Edit

#: Typing that pauses longer than this begins another stretch.
PAUSE = 1.5
_MOST = 500


@dataclass(slots=True)
class Typing:
    """One stretch of typing: the parts touched, each with its wording before and after."""

    before: dict[int, str]
    after: dict[int, str]
    at: float
    open: bool = True


@dataclass(slots=True)
class OutlineEdits:
    """Edits of the outline made in one go, in the order in which they were made."""

    edits: list[Edit]
    part: int


class Undo(QObject):
    """`write` puts wording into the text; `take_back` lets the service undo edits and returns what redoes them."""

    changed = Signal()

    def __init__(
        self,
        write: Callable[[dict[int, str]], None],
        take_back: Callable[[list[Edit], int], list[Edit]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._write, self._take_back = write, take_back
        self._done: list[Typing | OutlineEdits] = []
        self._undone: list[Typing | OutlineEdits] = []
        self._group = 0

    @property
    def can_undo(self) -> bool:
        """Whether anything can be taken back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether anything that was taken back can be done again."""
        return bool(self._undone)

    def clear(self) -> None:
        """Forget everything, for another document."""
        self._done.clear()
        self._undone.clear()
        self.changed.emit()

    def group(self, begin: bool) -> None:
        """Let what is typed until the end of the group be taken back together."""
        if begin and not self._group:
            self.rest()
        self._group += 1 if begin else -1
        if not self._group:
            self.rest()

    def rest(self) -> None:
        """End the present stretch of typing."""
        if self._done and isinstance(self._done[-1], Typing):
            self._done[-1].open = False

    def typed(self, part: int, before: str, after: str) -> None:
        """A part has other wording."""
        last = self._done[-1] if self._done else None
        now = monotonic()
        if isinstance(last, Typing) and last.open and self._goes_on(last, part, now):
            last.before.setdefault(part, before)
            last.after[part] = after
            last.at = now
        else:
            self._push(Typing({part: before}, {part: after}, now))
        self._undone.clear()
        self.changed.emit()

    def arranged(self, edits: list[Edit], part: int) -> None:
        """The outline was edited."""
        kept = [edit for edit in edits if edit.steps]
        if kept:
            self._push(OutlineEdits(kept, part))
            self._undone.clear()
            self.changed.emit()

    def undo(self) -> None:
        """Take back the last thing."""
        if self._done:
            last = self._done.pop()
            if isinstance(last, Typing):
                self._write(last.before)
            else:
                last.edits = self._take_back(last.edits, last.part)
            self._undone.append(last)
            self.changed.emit()

    def redo(self) -> None:
        """Do the last thing that was taken back again."""
        if self._undone:
            last = self._undone.pop()
            if isinstance(last, Typing):
                last.open = False
                self._write(last.after)
            else:
                last.edits = self._take_back(last.edits, last.part)
            self._done.append(last)
            self.changed.emit()

    def _goes_on(self, last: Typing, part: int, now: float) -> bool:
        return bool(self._group) or (part in last.after and len(last.after) == 1 and now - last.at < PAUSE)

    def _push(self, entry: Typing | OutlineEdits) -> None:
        self.rest()
        self._done.append(entry)
        del self._done[:-_MOST]
