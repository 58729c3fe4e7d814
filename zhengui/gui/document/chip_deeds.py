"""What can be asked of a chip or a typed number in the text: its facts, another way to write it, its source."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, Signal
from PySide6.QtWidgets import QDialog

from zhengui.figures.typed_numbers import typed_numbers
from zhengui.gui.document.arranging import Arranging
from zhengui.gui.document.chip_card import ChipCard
from zhengui.gui.document.part_dialogs import ReasonDialog
from zhengui.gui.document.writing_area import WritingArea
from zhengui.gui.kit.menu import Menu

if TYPE_CHECKING:
    from zhengui.gui.desk.desk import Desk
    from zhengui.gui.document.writing import DraftWriting
    from zhengui.services.counting.chips_of import ChipFacts


class ChipDeeds(QObject):
    """Opens the card of a chip and the menu of the text."""

    source_asked = Signal(str)

    def __init__(self, desk: Desk, writing: DraftWriting, area: WritingArea, arranging: Arranging) -> None:
        super().__init__(area)
        self._desk, self._writing, self._area, self._arranging = desk, writing, area, arranging
        self.card: ChipCard | None = None

    def menu(self, code: str, place: QPoint) -> None:
        """The menu of the text, with what can be done to a chip and to the paragraph."""
        menu = self._arranging.menu_of(self._area.part()) if self._writing.editable else Menu(self._area)
        menu.addSeparator()
        editable, chosen = self._writing.editable, self._area.textCursor().hasSelection()
        entries: list[tuple[str, Callable[[], object], bool]] = [
            ("复制\tCtrl+C", self._area.copy, chosen),
            ("粘贴\tCtrl+V", self._area.paste, editable and self._area.canPaste()),
        ]
        if code:
            entries.append(("看这个数\tAlt+↓", self._open_by_caret, True))
        number = self._number()
        if number is not None and editable:
            entries.append((f"注明“{number}”的出处…", partial(self._give_source, number), True))
        for words, call, able in entries:
            action = menu.addAction(words)
            action.setEnabled(able)
            action.triggered.connect(lambda _checked=False, call=call: call())
        menu.exec(place)

    def open(self, code: str, place: QRect) -> None:
        """Show what a chip says, once it has been asked."""
        from zhengui.services.counting.chips_of import facts

        stored, township = self._writing.stored, self._desk.township
        if stored is None:
            return
        at = self._area.textCursor().position()
        self._desk.background.run(
            lambda _progress: facts(township, code, stored.period, stored.villages),
            lambda found: self._show_card(code, at, place, found),
            key="chip facts",
        )

    def _show_card(self, code: str, at: int, place: QRect, found: ChipFacts | None) -> None:
        if found is None:
            return
        if self.card is not None:
            self.card.deleteLater()
        self.card = ChipCard(self._area.window(), code, found, self._writing.editable)
        self.card.chosen.connect(partial(self._area.replace_chip, at))
        self.card.removed.connect(partial(self._remove_chip, at))
        self.card.source_asked.connect(self.source_asked)
        self.card.closed.connect(self._area.setFocus)
        self.card.open_at(self._area.viewport(), place)

    def _remove_chip(self, at: int) -> None:
        cursor = self._area.textCursor()
        cursor.setPosition(at)
        cursor.setPosition(at + 1, cursor.MoveMode.KeepAnchor)
        self._area.setTextCursor(cursor)
        self._area.remove_selected()

    def _open_by_caret(self) -> None:
        at, code = self._area.chip_by_caret()
        if code:
            self._area.open_chip(at, code)

    def _number(self) -> str | None:
        """The typed number the caret is in."""
        cursor = self._area.textCursor()
        at = cursor.position() - cursor.block().position()
        found = typed_numbers(cursor.block().text())
        return next((each.text for each in found if each.start <= at <= each.end), None)

    def _give_source(self, number: str) -> None:
        """Ask where a number comes from and note it."""
        from zhengui.services.document.edit_document import give_source

        told = "写明这个数从哪里来，例如“县统计局通报”。注明以后不再标出。"
        dialogue = ReasonDialog(self._area, f"“{number}”的出处是什么？", told, "注明")
        if dialogue.exec() == QDialog.DialogCode.Accepted:
            part = self._area.part()
            give_source(self._desk.township, self._writing.document, part, number, dialogue.words.text())
            self._writing.read_sources()
