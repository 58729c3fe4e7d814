"""What was done and can be taken back: the last steps over all ledgers, undone and done again one after the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from zhengui.gui.kit.background import Background

if TYPE_CHECKING:
    from zhengui.services.entry.steps import EntryStep
    from zhengui.services.township.township import Township

#: So many steps are kept; older ones are told by the history of their records.
KEPT = 200


@dataclass(frozen=True, eq=False)
class DoneStep:
    """One step in words. `step` changed records; without it `undo` alone knows how to take it back."""

    words: str
    step: EntryStep | None = None
    undo: Callable[[], None] | None = None
    at: datetime = field(default_factory=datetime.now)


class Steps(QObject):
    """Runs in the background, one at a time and in the order asked for; `changed` tells that the list did."""

    changed = Signal()
    turned = Signal(str, str)  # a ledger whose records changed by it, and what was done in words
    refused = Signal(object)  # why a step could not be taken back or done again

    def __init__(self, township: Township, background: Background) -> None:
        super().__init__()
        self._township, self._background = township, background
        self.done: list[DoneStep] = []
        self.undone: list[DoneStep] = []
        self._asked: list[bool] = []
        self._to_tell: dict[str, str] = {}
        self._busy = False

    def add(self, done: DoneStep) -> None:
        """Remember a step; what was undone before it can't be done again any more."""
        self.done.append(done)
        del self.done[:-KEPT]
        self.undone.clear()
        self.changed.emit()

    def undo(self) -> None:
        """Take the last step back."""
        self._ask(True)

    def redo(self) -> None:
        """Do the step again that was taken back last."""
        self._ask(False)

    def undo_if_last(self, done: DoneStep) -> None:
        """Take a step back, if nothing was done since."""
        if self.done and self.done[-1] is done:
            self.undo()

    def _ask(self, back: bool) -> None:
        self._asked.append(back)
        self._go_on()

    def _go_on(self) -> None:
        while self._asked and not self._busy:
            back = self._asked.pop(0)
            source = self.done if back else self.undone
            if source:
                self._turn(source.pop(), back)

    def _turn(self, chosen: DoneStep, back: bool) -> None:
        step = chosen.step
        if step is None:
            if chosen.undo is not None:
                chosen.undo()
            self.changed.emit()
            return
        from zhengui.services.entry import steps as service

        call, township = service.take_back if back else service.do_again, self._township
        self._busy = True

        def ended(_nothing: object) -> None:
            self._busy = False
            (self.undone if back else self.done).append(chosen)
            self._to_tell[step.ledger] = f"已{'撤销' if back else '重做'}：{chosen.words}"
            self._go_on()
            self._tell()

        def refused(error: Exception) -> None:
            self._busy = False
            self._asked.clear()
            self._tell()
            self.refused.emit(error)

        self._background.run(lambda _progress: call(township, step), ended, refused)

    def _tell(self) -> None:
        """Tell of several steps once, when the last of them is through, so that tables are read anew only once."""
        if self._busy:
            return
        told, self._to_tell = self._to_tell, {}
        self.changed.emit()
        for ledger, words in told.items():
            self.turned.emit(ledger, words)
