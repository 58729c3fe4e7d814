"""Steps of the closed loop with the selected records of a table."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu

from zhengui.gui.desk.actions import Bound, bound
from zhengui.gui.form.field_context import TownshipContext
from zhengui.gui.form.step_dialog import ask_step, fill_step_menu, onward, words_for
from zhengui.gui.kit.dialogs import tell
from zhengui.gui.kit.menu import Menu
from zhengui.gui.kit.trouble import sentence
from zhengui.gui.ledger.shown import Shown
from zhengui.services.loops import take_step
from zhengui.services.loops.take_step import Deed, Taken


class LoopDeeds(QObject):
    """Does nothing where the ledger's items are not worked off."""

    def __init__(self, shown: Shown) -> None:
        super().__init__(shown.host)
        self._shown = shown

    def tools(self) -> list[Bound]:
        """The tools of ⋯."""
        return [
            bound("step", self.step_on, when=lambda: self.asked, words="办理下一步…"),
            bound("other_step", self.choose, when=lambda: self.asked, words="退回、延期、撤回…"),
        ]

    @property
    def asked(self) -> bool:
        """Whether the records that are shown are items of a closed loop."""
        ledger = self._shown.ledger
        return ledger is not None and ledger.closed_loop and not self._shown.wish.bin

    def add_to(self, menu: QMenu) -> None:
        """Add to the menu of a row what can be done with the selected items."""
        ids = self._shown.table.selected_ids()
        if self.asked and ids:
            menu.addSeparator()
            township = self._shown.desk.township
            fill_step_menu(menu, township, self._shown.open_ledger, ids, self.take)

    def step_on(self) -> None:
        """Take the step that brings all selected items on; where they stand apart, ask which."""
        ids = self._shown.table.selected_ids()
        if not self.asked or not ids:
            return
        deed = onward(self._shown.desk.township, self._shown.open_ledger, ids)
        if deed is None:
            self.choose()
        else:
            self.take(deed)

    def choose(self) -> None:
        """Choose among the steps that the selected items can take."""
        ids = self._shown.table.selected_ids()
        if not self.asked or not ids:
            return
        menu = Menu(self._shown.host)
        fill_step_menu(menu, self._shown.desk.township, self._shown.open_ledger, ids, self.take)
        table = self._shown.table
        index = table.currentIndex()
        seen = index.isValid() and table.isVisible()
        menu.exec(
            table.viewport().mapToGlobal(table.visualRect(index).bottomLeft()) if seen else QCursor.pos()
        )

    def take(self, deed: Deed) -> None:
        """Ask for the step and take it with the selected items."""
        shown, ids = self._shown, tuple(self._shown.table.selected_ids())
        ledger = shown.open_ledger
        taken = ask_step(
            shown.host, TownshipContext(shown.desk.township), shown.desk.township, ledger, ids, deed
        )
        if taken is not None and taken.done:
            self.tell(words_for(ledger, deed, taken), ledger.key, taken.done, deed)
            shown.desk.saved.emit(ledger.key)

    def tell(self, words: str, ledger_key: str, ids: tuple[int, ...], deed: Deed) -> None:
        """Tell at the bottom what was done, with 撤销."""
        desk = self._shown.desk
        if deed is Deed.UNDO:
            desk.say(words)
            return

        def taken_back(taken: Taken) -> None:
            desk.saved.emit(ledger_key)
            if taken.refused:
                tell(self._shown.host, "有的没有撤回", next(iter(taken.refused.values())))

        def refused(error: Exception) -> None:
            tell(self._shown.host, "这一步没有撤回", sentence(error))

        def work(_progress: object) -> Taken:
            return take_step.undo(desk.township, ledger_key, ids)

        def take_back() -> None:
            desk.background.run(work, taken_back, refused)

        desk.say(words, take_back)
