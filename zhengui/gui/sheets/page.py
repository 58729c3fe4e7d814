"""收发表格: four sheets: the villages' files in, empty workbooks out, the county's forms, the register of forms asked for."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from zhengui.gui.desk.desk import Desk
from zhengui.gui.desk.place import Place
from zhengui.gui.desk.tabbed_page import TabbedPage
from zhengui.gui.sheets.asked_panel import AskedPanel
from zhengui.gui.sheets.form_panel import CountyFormPanel
from zhengui.gui.sheets.merge_panel import MergePanel
from zhengui.gui.sheets.send_panel import SendPanel


class FormsPage(TabbedPage[QWidget]):
    """Workbooks out and back, the county's forms, and who asks for which."""

    key, name = "forms", "收发表格"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        desk.scope.changed.connect(self._follow)

    def _follow(self) -> None:
        """What is offered is the year's; a tab behind is read anew when it comes to the front."""
        if self.isVisible():
            self.show_tab(self.tabs.current)

    def heading(self) -> tuple[str, str]:
        return "收发表格", "村（居）的表收进来，县里的表填出去"

    def arrive(self, place: Place) -> None:
        super().arrive(place)
        if place.of == "forms" and place.record:
            self._open_form(place.record)

    def make(self, key: str) -> QWidget:
        if key == "merge":
            return MergePanel(self.desk, self)
        if key == "send":
            return SendPanel(self.desk, self)
        if key == "forms":
            return CountyFormPanel(self.desk, self)
        made = AskedPanel(self.desk, self)
        made.form_asked.connect(self._open_form)
        return made

    def _open_form(self, form: int) -> None:
        panel = self.show_tab("forms")
        assert isinstance(panel, CountyFormPanel)
        panel.open(form)
        panel.look.setChecked(True)

    def show_tab(self, key: str) -> QWidget:
        panel = super().show_tab(key)
        if isinstance(panel, SendPanel | CountyFormPanel | AskedPanel):
            panel.refresh()
        return panel
