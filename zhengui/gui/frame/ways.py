"""The ways through the window by keys alone: from tab to tab, back and on, from region to region."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from zhengui.gui.desk.actions import Bound, bound
from zhengui.gui.desk.place import Place
from zhengui.gui.frame.context_bar import ContextBar
from zhengui.gui.frame.rail import Rail
from zhengui.gui.frame.regions import visit_region

if TYPE_CHECKING:
    from zhengui.gui.frame.navigation import Navigation


class Ways(QObject):
    """Asks for places; the window decides whether one may leave."""

    asked = Signal(object)  # a Place

    def __init__(self, host: QWidget, rail: Rail, context: ContextBar) -> None:
        super().__init__(host)
        self._host, self._rail, self._context = host, rail, context
        self._navigation: Navigation | None = None
        for number in range(1, 10):
            QShortcut(QKeySequence(f"Ctrl+{number}"), host).activated.connect(partial(self.open_tab, number))

    def attach(self, navigation: Navigation) -> None:
        """Go through the pages of a township."""
        self._navigation = navigation

    def actions(self) -> list[Bound]:
        """The ways as actions."""
        return [
            bound("next_page", partial(self.turn, 1)),
            bound("previous_page", partial(self.turn, -1)),
            bound("back", partial(self.step, -1)),
            bound("on", partial(self.step, 1)),
            bound("next_region", partial(self.visit, 1)),
            bound("previous_region", partial(self.visit, -1)),
        ]

    def open_tab(self, number: int) -> None:
        """Open a tab of the rail by its place from the top, beginning with 1."""
        if number <= len(self._rail.order):
            self.asked.emit(Place(self._rail.order[number - 1]))

    def turn(self, by: int) -> None:
        """Open the tab under (1) or over (-1) the current one."""
        order = self._rail.order
        current = next((n for n, page in enumerate(order) if self._rail.tabs[page].isChecked()), 0)
        self.asked.emit(Place(order[(current + by) % len(order)]))

    def step(self, by: int) -> None:
        """Go back (-1) or on (1) the way one came."""
        if self._navigation is not None:
            self._navigation.step(by)

    def visit(self, by: int) -> None:
        """Put the keyboard into the next region: rail, context bar, the parts of the page."""
        page = self._navigation.current if self._navigation else None
        chain = [self._rail, self._context, *(page.regions() if page else [])]
        visit_region(chain, self._host.focusWidget(), by)
