"""What can be done with the selected items of the worklist."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from zhengui.catalogue.closed_loop import LOOP_STATES
from zhengui.gui.desk.desk import Desk
from zhengui.gui.form.field_context import TownshipContext
from zhengui.gui.form.step_dialog import ask_step, fill_step_menu, onward, words_for
from zhengui.gui.kit import icons
from zhengui.gui.kit.dialogs import tell
from zhengui.gui.kit.menu import Menu
from zhengui.gui.kit.trouble import sentence
from zhengui.gui.worklist.paper_deeds import PaperDeeds
from zhengui.services.loops import take_step
from zhengui.services.loops.list_items import LoopItem
from zhengui.services.loops.take_step import Deed, Taken

#: The step that brings an item from one column to the next, by the place of the column it comes from.
_ONWARD = (Deed.ASSIGN, Deed.REPORT, Deed.PASS, Deed.CLOSE)
#: Where an item goes that is sent back, by the state it is sent back from.
_BACK = {1: 0, 2: 1, 3: 1, 4: 1}


class ItemDeeds(QObject):
    """Steps with items of one ledger at a time; more ledgers at once need more questions than one dialog asks."""

    def __init__(self, desk: Desk, host: QWidget) -> None:
        super().__init__(host)
        self._desk, self._host = desk, host
        self.papers = PaperDeeds(desk, host)

    def _one_ledger(self, items: Sequence[LoopItem]) -> tuple[str, list[int]] | None:
        if not items:
            return None
        if len({item.ledger for item in items}) > 1:
            tell(self._host, "选中的事项不在一本台账里", "每本台账要填的内容不同，请一次只选一本台账的事项。")
            return None
        return items[0].ledger, [item.id for item in items]

    def step_on(self, items: Sequence[LoopItem], place: QPoint) -> None:
        """Take the step that brings all items on; where there isn't one, ask which."""
        found = self._one_ledger(items)
        if found is None:
            return
        ledger = self._desk.catalogue.ledgers[found[0]]
        deed = onward(self._desk.township, ledger, found[1])
        if deed is None:
            self.choose(items, place)
        else:
            self.take(items, deed)

    def send_back(self, items: Sequence[LoopItem]) -> None:
        """Send items back; one that is closed because it proved not to be in order."""
        if items:
            closed = all(item.state == LOOP_STATES[-1] for item in items)
            self.take(items, Deed.FAIL if closed else Deed.RETURN)

    def drop(self, items: Sequence[LoopItem], state: str) -> None:
        """A card was dropped on another column: ask for the step that leads there, or say that none does."""
        if not items:
            return
        here, there = LOOP_STATES.index(items[0].state), LOOP_STATES.index(state)
        if there == here + 1:
            self.take(items, _ONWARD[here])
        elif there == _BACK.get(here):
            self.send_back(items)
        else:
            words = f"“{items[0].state}”的事项不能直接到“{state}”，请一步一步办理。"
            tell(self._host, "不能跳过步骤", words)

    def choose(
        self, items: Sequence[LoopItem], place: QPoint, opening: Callable[[], object] | None = None
    ) -> None:
        """Open a menu with what the items can do."""
        found = self._one_ledger(items)
        if found is None:
            return
        menu = Menu(self._host)
        if opening is not None:
            menu.addAction(icons.icon("open"), "打开", opening)
            menu.addSeparator()
        ledger = self._desk.catalogue.ledgers[found[0]]
        fill_step_menu(menu, self._desk.township, ledger, found[1], partial(self.take, items))
        self.papers.add_kinds(menu, items)
        menu.exec(place)

    def fill_more(
        self, menu: QMenu, chosen: Callable[[], list[LoopItem]], ledger: str, place: QPoint
    ) -> None:
        """What the button ⋯ offers."""
        items = chosen()
        if items:
            menu.addAction("退回、延期、撤回…", lambda: self.choose(items, place))
            self.papers.add_kinds(menu, items)
            menu.addSeparator()
        menu.addAction("出通报…", lambda: self.papers.circular(ledger))
        menu.addAction("出过的文书…", lambda: self.papers.show_sheets())

    def take(self, items: Sequence[LoopItem], deed: Deed) -> None:
        """Ask for a step, take it, and tell it with 撤销."""
        found = self._one_ledger(items)
        if found is None:
            return
        ledger = self._desk.catalogue.ledgers[found[0]]
        taken = ask_step(
            self._host, TownshipContext(self._desk.township), self._desk.township, ledger, found[1], deed
        )
        if taken is None or not taken.done:
            return
        words, done = words_for(ledger, deed, taken), taken.done
        self._desk.say(words, None if deed is Deed.UNDO else lambda: self._take_back(ledger.key, done))
        self._desk.saved.emit(ledger.key)

    def _take_back(self, ledger_key: str, ids: tuple[int, ...]) -> None:
        desk = self._desk

        def done(taken: Taken) -> None:
            desk.saved.emit(ledger_key)
            if taken.refused:
                tell(self._host, "有的没有撤回", next(iter(taken.refused.values())))

        def refused(error: Exception) -> None:
            tell(self._host, "这一步没有撤回", sentence(error))

        desk.background.run(lambda _progress: take_step.undo(desk.township, ledger_key, ids), done, refused)
