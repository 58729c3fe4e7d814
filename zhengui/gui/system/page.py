"""系统: whose office it is, the office's numbers, the data file and its backups, the recycle bin, about."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from zhengui.gui.desk.desk import Desk
from zhengui.gui.desk.page import Page
from zhengui.gui.desk.place import Place
from zhengui.gui.desk.tabs import inner_titles
from zhengui.gui.kit.sheet_tabs import SheetTabs, TabSheet
from zhengui.gui.system.about_panel import AboutPanel
from zhengui.gui.system.bin_panel import BinPanel
from zhengui.gui.system.catalogue_panel import CataloguePanel
from zhengui.gui.system.check_panel import CheckPanel
from zhengui.gui.system.data_panel import DataPanel
from zhengui.gui.system.earlier_panel import EarlierPanel
from zhengui.gui.system.holiday_panel import HolidayPanel
from zhengui.gui.system.office_panel import OfficePanel
from zhengui.gui.system.panel import Panel
from zhengui.gui.system.parameter_panel import ParameterPanel
from zhengui.gui.system.people_panel import PeoplePanel
from zhengui.gui.system.words_panel import WordsPanel

PANELS: dict[str, Callable[[Desk], Panel]] = {
    "office": OfficePanel,
    "words": WordsPanel,
    "parameters": ParameterPanel,
    "earlier": EarlierPanel,
    "holidays": HolidayPanel,
    "catalogue": CataloguePanel,
    "people": PeoplePanel,
    "data": DataPanel,
    "check": CheckPanel,
    "bin": BinPanel,
    "about": AboutPanel,
}


class SystemPage(Page):
    """Each tab is a panel, made when it is first seen."""

    scoped = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.tabs = SheetTabs(self, "系统")
        self.tabs.show_sheets([TabSheet(key, title) for key, title in inner_titles("system").items()])
        self.tabs.chosen.connect(self._choose)
        self._stack = QStackedWidget(self)
        self._panels: dict[str, Panel] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(self._stack, 1)

    def heading(self) -> tuple[str, str]:
        return "系统", self.desk.township.profile().office

    def where(self) -> Place:
        return Place("system", self.tabs.current)

    def regions(self) -> list[QWidget]:
        return [self.tabs, self._stack]

    def can_leave(self) -> bool:
        return all(panel.can_leave() for panel in self._panels.values())

    def arrive(self, place: Place) -> None:
        key = place.of if place.of in PANELS else self.tabs.current or next(iter(PANELS))
        self._show(key)

    def _choose(self, key: str) -> None:
        if self.can_leave():
            self._show(key)

    def _show(self, key: str) -> None:
        if key not in self._panels:
            self._panels[key] = PANELS[key](self.desk)
            self._stack.addWidget(self._panels[key])
        self.tabs.choose(key)
        self._stack.setCurrentWidget(self._panels[key])
        self._panels[key].refresh()
