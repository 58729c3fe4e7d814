"""The board: one column for each state of the closed loop."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from zhengui.catalogue.closed_loop import LOOP_STATES
from zhengui.gui.kit.loop_ring import draw_ring
from zhengui.gui.kit.painted import draw_label, draw_text, width_of
from zhengui.gui.kit.style import text_size
from zhengui.gui.worklist.cards import CardList
from zhengui.services.loops.list_items import LoopItem


class _Title(QWidget):
    """The ring of a state, its name, how many items, how many of them overdue."""

    def __init__(self, state: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._state, self._count, self._late = state, 0, 0
        self.setFixedHeight(text_size("body") + 18)

    def show_count(self, count: int, late: int) -> None:
        self._count, self._late = count, late
        self.setAccessibleName(f"{self._state} {count} 项" + (f"，逾期 {late} 项" if late else ""))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_ring(painter, 2, self.height() / 2 - 8, self._state, size=16)
        draw_text(painter, QRect(24, 0, self.width() - 24, self.height()), self._state, bold=True)
        x = 24 + width_of(self._state, bold=True) + 8
        count = str(self._count)
        draw_text(painter, QRect(x, 0, self.width() - x, self.height()), count, "ink3")
        x += width_of(count) + 10
        if self._late:
            draw_label(painter, x, self.height() / 2, f"逾期 {self._late}", "over")
        painter.end()


class Board(QFrame):
    """Five columns; the one with the keyboard is the one that acts."""

    opened = Signal()
    forward = Signal()
    back = Signal()
    menu_asked = Signal(object)
    dropped = Signal(object, str)  # the items, and the state whose column they were dropped on
    moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns: dict[str, CardList] = {}
        self._titles: dict[str, _Title] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 8, 0)
        row.setSpacing(12)
        for state in LOOP_STATES:
            column = QVBoxLayout()
            column.setSpacing(4)
            title, cards = _Title(state, self), CardList(state, self)
            self._titles[state], self.columns[state] = title, cards
            column.addWidget(title)
            column.addWidget(cards, 1)
            row.addLayout(column, 1)
            cards.opened.connect(self.opened)
            cards.forward.connect(self.forward)
            cards.back.connect(self.back)
            cards.menu_asked.connect(self.menu_asked)
            cards.sideways.connect(lambda by, state=state: self._sideways(state, by))
            cards.dropped.connect(lambda source, state=state: self.dropped.emit(source.chosen(), state))
            cards.taken_up.connect(self.moved)
            cards.selectionModel().selectionChanged.connect(lambda *_changed: self.moved.emit())
        self.current = self.columns[LOOP_STATES[0]]

    def show_items(self, items: Sequence[LoopItem]) -> None:
        """Show items in the columns of their states; the current one stays current where it went."""
        kept = {(item.ledger, item.id) for item in self.chosen()}
        had_focus = self.focused() is not None
        landed = None
        for state, cards in self.columns.items():
            own = [item for item in items if item.state == state]
            cards.cards.show_items(own)
            self._titles[state].show_count(len(own), sum(item.overdue for item in own))
            place = next((n for n, item in enumerate(own) if (item.ledger, item.id) in kept), None)
            if place is not None:
                cards.setCurrentIndex(cards.cards.index(place))
                landed = cards
        if had_focus:
            (landed or self.fallback()).setFocus(Qt.FocusReason.OtherFocusReason)

    def fallback(self) -> CardList:
        """The first column with a card in it."""
        return next(
            (cards for cards in self.columns.values() if cards.cards.items), self.columns[LOOP_STATES[0]]
        )

    def focused(self) -> CardList | None:
        """The column with the keyboard."""
        return next((cards for cards in self.columns.values() if cards.hasFocus()), None)

    def chosen(self) -> list[LoopItem]:
        """The selected items of the column that was used last."""
        focused = self.focused()
        if focused is not None:
            self.current = focused
        return self.current.chosen()

    def _sideways(self, state: str, by: int) -> None:
        """Go to the next column with cards, at the same height."""
        place = LOOP_STATES.index(state) + by
        row = self.columns[state].currentIndex().row()
        while 0 <= place < len(LOOP_STATES):
            cards = self.columns[LOOP_STATES[place]]
            if cards.cards.items:
                cards.setCurrentIndex(cards.cards.index(min(max(row, 0), len(cards.cards.items) - 1)))
                cards.setFocus(Qt.FocusReason.OtherFocusReason)
                return
            place += by
