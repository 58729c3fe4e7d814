"""The bar over a ledger's table: enter a record, search, states with counts, and tools that fold from the right."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QMenu, QPushButton, QWidget

from zhengui.gui.desk.actions import Bound, fill_menu
from zhengui.gui.kit import icons
from zhengui.gui.kit.labels import button
from zhengui.gui.kit.menu import Menu
from zhengui.gui.kit.plain import plain
from zhengui.gui.kit.sheet_tabs import CountChip
from zhengui.gui.kit.style import size

SEARCH_WIDE, SEARCH_NARROW, GAP, EDGE = 272, 116, 8, 12
#: Typing rests for this long before the table is asked.
REST = 180


class LedgerTools(QFrame):
    """The states are shown only for ledgers with a closed loop."""

    entered = Signal()
    searched = Signal(str)
    state_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("white")
        self.setFixedHeight(size("tool_bar"))
        self.enter = button("", self, "primary")
        self.enter.setIcon(icons.icon("add", 16, "onfill"))
        self.enter.clicked.connect(self.entered)
        self.search = QLineEdit(self)
        self.search.addAction(icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName("在表中查找")
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(lambda: self.searched.emit(self.search.text().strip()))
        self.search.textChanged.connect(lambda _text: self._rest.start())
        self._chips: dict[str, CountChip] = {}
        self._tools: list[tuple[Bound, QPushButton | None]] = []
        self._more = button("", self, "icon")
        self._more.setIcon(icons.icon("more_horizontal"))
        self._more.setAccessibleName("更多")
        self._more.setToolTip("更多")
        self._more.clicked.connect(self._open_more)

    def set_tools(self, tools: Sequence[Bound]) -> None:
        """Use these tools; those of the bar come first in the menu when they fold."""
        for _tool, old in self._tools:
            if old is not None:
                old.deleteLater()
        self._tools = [(tool, self._button(tool) if tool.in_bar else None) for tool in tools]
        self._place()

    def _button(self, tool: Bound) -> QPushButton:
        made = button(tool.text, self, "ghost")
        made.setIcon(icons.icon(tool.action.icon))
        made.setToolTip(plain(tool.action.title))
        made.clicked.connect(lambda: tool.deed())
        return made

    def show_ledger(self, enter: str, hint: str, can_enter: bool = True) -> None:
        """Name the button that enters a record, and say what can be searched."""
        self.enter.setText(enter)
        self.enter.setToolTip(plain(f"{enter}（Ctrl+N）"))
        self.enter.setVisible(can_enter)
        self.search.setPlaceholderText(hint)
        self.search.setToolTip(plain(f"{hint}（Ctrl+F）"))
        self._place()

    def set_search(self, text: str) -> None:
        """Show a search without asking for it."""
        self.search.blockSignals(True)
        self.search.setText(text)
        self.search.blockSignals(False)
        self._rest.stop()

    def show_states(self, counts: Sequence[tuple[str, str, int | None]], current: str) -> None:
        """Show the states as (key, title, count); empty for a ledger without a closed loop."""
        keys = [key for key, _title, _count in counts]
        if list(self._chips) != keys:
            for chip in self._chips.values():
                chip.deleteLater()
            self._chips = {key: self._chip(key, title) for key, title, _count in counts}
        for key, title, count in counts:
            chip = self._chips[key]
            chip.count = count
            chip.setChecked(key == current)
            chip.setAccessibleName(title if count is None else f"{title} {count} 条")
            chip.update()
        self._place()

    def _chip(self, key: str, title: str) -> CountChip:
        chip = CountChip(title, None, "over" if title == "逾期" else "ink1", self)
        chip.clicked.connect(lambda: self.state_chosen.emit(key))
        chip.show()
        return chip

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        height = size("control")
        top = (self.height() - height) // 2 + 1
        x = EDGE
        if not self.enter.isHidden():
            width = self.enter.sizeHint().width()
            self.enter.setGeometry(x, top, width, height)
            x += width + GAP
        right = self.width() - EDGE - 28
        self._more.setGeometry(right, top + 1, 28, 28)
        for chip in self._chips.values():
            chip.tight = False
        room = right - x - SEARCH_NARROW - 2 * GAP
        if sum(chip.sizeHint().width() + 2 for chip in self._chips.values()) > room:
            for chip in self._chips.values():
                chip.tight = True
        chips = [(chip, chip.sizeHint().width()) for chip in self._chips.values()]
        needed = sum(width + 2 for _chip, width in chips)
        right = self._place_tools(right, x + SEARCH_NARROW + needed + 2 * GAP, top)
        search = max(SEARCH_NARROW, min(SEARCH_WIDE, right - x - needed - 2 * GAP))
        self.search.setGeometry(x, top, search, height)
        x += search + GAP
        shown = self._chips_that_fit(right - x)
        for chip, width in chips:
            chip.setVisible(chip in shown)
            if chip in shown:
                chip.setGeometry(x, top + 1, width, height - 2)
                x += width + 2

    def _chips_that_fit(self, room: int) -> set[CountChip]:
        """The states that fit; all records, the overdue ones and the chosen state come before the others."""
        chips = list(self._chips.values())
        chosen = [chip for chip in chips if chip.isChecked()]
        shown: set[CountChip] = set()
        for chip in dict.fromkeys([*chips[:1], *chips[-1:], *chosen, *chips]):
            width = chip.sizeHint().width() + 2
            if width <= room + 2:
                shown.add(chip)
                room -= width
        return shown

    def _place_tools(self, right: int, left: int, top: int) -> int:
        """Place the tools that fit between `left` and `right`; returns the new right end."""
        buttons = [made for _tool, made in self._tools if made is not None]
        widths = [made.sizeHint().width() for made in buttons]
        shown = len(buttons)
        while shown and left + sum(widths[:shown]) + 4 * shown > right:
            shown -= 1
        for made in buttons[shown:]:
            made.hide()
        for made, width in reversed(list(zip(buttons[:shown], widths[:shown], strict=True))):
            right -= width + 4
            made.setGeometry(right, top, width, size("control"))
            made.show()
        return right

    def menu(self) -> QMenu:
        """What ⋯ opens: the folded tools, then the others."""
        made = Menu(self)
        for key, chip in self._chips.items():
            if chip.isHidden():
                words = chip.text() if chip.count is None else f"{chip.text()}　{chip.count}"
                made.addAction(words, partial(self.state_chosen.emit, key))
        folded = [t for t, b in self._tools if b is not None and not b.isVisible()]
        others = [t for t, b in self._tools if b is None]
        for group in (folded, others):
            if not made.isEmpty() and group:
                made.addSeparator()
            fill_menu(made, group)
        return made

    def _open_more(self) -> None:
        menu = self.menu()
        corner = self._more.mapToGlobal(self._more.rect().bottomRight())
        menu.exec(corner - QPoint(menu.sizeHint().width(), 0))
