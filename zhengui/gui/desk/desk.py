"""What all pages share: the open township, the scope, background work, and how a page speaks to the window."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from zhengui.gui.desk.place import Place, area_page
from zhengui.gui.desk.scope import ChosenScope
from zhengui.gui.desk.steps import DoneStep, Steps
from zhengui.gui.kit.background import Background
from zhengui.gui.kit.opened_file import open_file

if TYPE_CHECKING:
    from zhengui.catalogue.model import Catalogue
    from zhengui.services.entry.steps import EntryStep
    from zhengui.services.township.township import Township
    from zhengui.values.value import Value


class Desk(QObject):
    """Handed to every page; pages never know each other or the window."""

    asked_for = Signal(object)  # a Place to go to
    back_asked = Signal()  # go back the way one came
    said = Signal(str, object)  # what was done, and what undoes it or None
    filed = Signal(object)  # the path of a file or folder that was written
    offered = Signal(str, str, object)  # what was done, a verb, and what it does
    told = Signal(str)  # about the selection, for the status bar
    saved = Signal(str)  # the key of a ledger whose records changed
    opened = Signal(object)  # the path of another data file to open
    restore_asked = Signal(object)  # the path of a backup to put in the place of the open file
    guard_asked = Signal(str)  # lock, change of person, passwords: see `frame.guard`
    broken = Signal(object)  # what is wrong with the open file, as an exception

    def __init__(self, township: Township, scope: ChosenScope, background: Background) -> None:
        super().__init__()
        self.township = township
        self.scope = scope
        self.background = background
        self.steps = Steps(township, background)
        self.steps.turned.connect(self._tell_turned)

    def _tell_turned(self, ledger: str, words: str) -> None:
        self.said.emit(words, None)
        self.saved.emit(ledger)

    def words(self, text: str) -> str:
        """A text worded for a 镇 with 村（居）, in the office's own words."""
        return self.scope.speech(text)

    @property
    def catalogue(self) -> Catalogue:
        """The areas, ledgers and figures of the open township, as the year that is looked at knows them."""
        return self.township.catalogue.in_years(self.scope.year)

    def go(self, page: str, of: str = "", record: int = 0, state: str = "", issue: int = 0) -> None:
        """Ask the window to show a place."""
        self.asked_for.emit(Place(page, of, record, state, issue=issue))

    def go_to_ledger(self, ledger_key: str, record: int = 0, state: str = "") -> None:
        """Ask for a ledger wherever it stands."""
        self.asked_for.emit(self.ledger_place(ledger_key, record, state))

    def begin(self, ledger_key: str, values: Mapping[str, Value] | None = None) -> None:
        """Ask for a new record of a ledger that has these values."""
        self.asked_for.emit(replace(self.ledger_place(ledger_key), begin=tuple((values or {}).items())))

    def ledger_place(self, ledger_key: str, record: int = 0, state: str = "") -> Place:
        """Where a ledger, or a record of it, is seen."""
        area = self.catalogue.by_area[self.catalogue.ledgers[ledger_key].area]
        page = {"registers": "registers", "plan": "plan"}.get(area.kind, area_page(area.key))
        return Place(page, ledger_key, record, state)

    def say(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Tell at the bottom what was done; with `undo` it is a step that can be taken back."""
        if undo is None:
            self.said.emit(text, None)
        else:
            self._done(DoneStep(text, undo=undo))

    def did(self, text: str, step: EntryStep) -> None:
        """Tell what was done to records of a ledger; it can be taken back and done again."""
        if step.records:
            self._done(DoneStep(text, step))
            self.saved.emit(step.ledger)

    def note(self, text: str, step: EntryStep) -> None:
        """Remember a step that tells of itself, such as a form that says when it was saved."""
        if step.records:
            self.steps.add(DoneStep(text, step))

    def _done(self, done: DoneStep) -> None:
        self.steps.add(done)
        self.said.emit(done.words, partial(self.steps.undo_if_last, done))

    def offer(self, text: str, verb: str, deed: Callable[[], object]) -> None:
        """Tell at the bottom what was done, and what can be done with it."""
        self.offered.emit(text, verb, deed)

    def offer_file(self, text: str, path: Path, verb: str = "打开") -> None:
        """Tell of a file that was written: it opens with one click, and stands among the recent ones."""
        self.filed.emit(path)
        self.offer(text, verb, partial(open_file, path))
