"""系统: whose office it is, the office's numbers, the data file and its backups, the recycle bin, about."""

from __future__ import annotations

from collections.abc import Callable

from zhengui.gui.desk.desk import Desk
from zhengui.gui.desk.tabbed_page import TabbedPage
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


class SystemPage(TabbedPage[Panel]):
    """Each tab is a panel, read anew whenever it is shown."""

    scoped = False
    key, name = "system", "系统"

    def heading(self) -> tuple[str, str]:
        return "系统", self.desk.township.profile().office

    def make(self, key: str) -> Panel:
        return PANELS[key](self.desk)

    def can_leave(self) -> bool:
        return all(panel.can_leave() for panel in self._panels.values())

    def choose(self, key: str) -> None:
        if self.can_leave():
            self.show_tab(key)

    def show_tab(self, key: str) -> Panel:
        panel = super().show_tab(key)
        panel.show_anew()
        return panel
