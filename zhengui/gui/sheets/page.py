"""收发表格: four sheets: the villages' files in, empty workbooks out, the county's forms, the register of forms asked for."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from zhengui.gui.desk.desk import Desk
from zhengui.gui.desk.page import Page
from zhengui.gui.desk.place import Place
from zhengui.gui.desk.tabs import inner_titles
from zhengui.gui.kit.sheet_tabs import SheetTabs, TabSheet
from zhengui.gui.sheets.asked_panel import AskedPanel
from zhengui.gui.sheets.form_panel import CountyFormPanel
from zhengui.gui.sheets.merge_panel import MergePanel
from zhengui.gui.sheets.send_panel import SendPanel

TITLES = inner_titles("forms")


class FormsPage(Page):
    """Each sheet is made when it is first seen."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.tabs = SheetTabs(self, "收发表格")
        self.tabs.show_sheets([TabSheet(key, title) for key, title in TITLES.items()])
        self.tabs.chosen.connect(self._show)
        self._stack = QStackedWidget(self)
        self._panels: dict[str, QWidget] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(self._stack, 1)

    def heading(self) -> tuple[str, str]:
        return "收发表格", "村（居）的表收进来，县里的表填出去"

    def where(self) -> Place:
        return Place("forms", self.tabs.current)

    def regions(self) -> list[QWidget]:
        return [self.tabs, self._stack]

    def arrive(self, place: Place) -> None:
        self._show(place.of if place.of in TITLES else self.tabs.current or "merge")
        if place.of == "forms" and place.record:
            self._open_form(place.record)

    def panel(self, key: str) -> QWidget:
        """A sheet's panel."""
        if key not in self._panels:
            made: QWidget
            if key == "merge":
                made = MergePanel(self.desk, self)
            elif key == "send":
                made = SendPanel(self.desk, self)
            elif key == "forms":
                made = CountyFormPanel(self.desk, self)
            else:
                made = AskedPanel(self.desk, self)
                made.form_asked.connect(self._open_form)
            self._panels[key] = made
            self._stack.addWidget(made)
        return self._panels[key]

    def _open_form(self, form: int) -> None:
        self._show("forms")
        panel = self.panel("forms")
        assert isinstance(panel, CountyFormPanel)
        panel.open(form)
        panel.look.setChecked(True)

    def _show(self, key: str) -> None:
        panel = self.panel(key)
        self.tabs.choose(key)
        self._stack.setCurrentWidget(panel)
        if isinstance(panel, SendPanel | CountyFormPanel | AskedPanel):
            panel.refresh()
