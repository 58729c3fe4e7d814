"""A page with tabs of its own; what stands behind a tab is made when it is first seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from zhengui.gui.desk.page import Page
from zhengui.gui.desk.place import Place
from zhengui.gui.desk.tabs import inner_titles
from zhengui.gui.kit.sheet_tabs import SheetTabs, TabSheet

if TYPE_CHECKING:
    from zhengui.gui.desk.desk import Desk

Behind = TypeVar("Behind", bound=QWidget)


class TabbedPage(Page, Generic[Behind]):
    """Shows the tabs that `tabs.INNER` names for the page; heirs say what stands behind each."""

    #: The page's own key, and what a screen reader calls its tabs.
    key, name = "", ""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._titles = inner_titles(self.key)
        self.tabs = SheetTabs(self, self.name)
        self.tabs.show_sheets([TabSheet(key, title) for key, title in self._titles.items()])
        self.tabs.chosen.connect(self.choose)
        self._stack = QStackedWidget(self)
        self._panels: dict[str, Behind] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(self._stack, 1)

    def make(self, key: str) -> Behind:
        """What stands behind a tab."""
        raise NotImplementedError

    def panel(self, key: str) -> Behind:
        """The same, made once."""
        if key not in self._panels:
            self._panels[key] = self.make(key)
            self._stack.addWidget(self._panels[key])
        return self._panels[key]

    def choose(self, key: str) -> None:
        """Go to a tab that was pressed."""
        self.show_tab(key)

    def show_tab(self, key: str) -> Behind:
        """Bring a tab to the front."""
        panel = self.panel(key)
        self.tabs.choose(key)
        self._stack.setCurrentWidget(panel)
        return panel

    def where(self) -> Place:
        return Place(self.key, self.tabs.current)

    def regions(self) -> list[QWidget]:
        return [self.tabs, self._stack]

    def arrive(self, place: Place) -> None:
        self.show_tab(place.of if place.of in self._titles else self.tabs.current or next(iter(self._titles)))
