"""What stands right of the plan's board: the panel of the chosen item, and what is asked for in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from zhengui.gui.plan.deeds import PlanDeeds
from zhengui.gui.plan.facts import Details, read_details
from zhengui.gui.plan.panel import PlanPanel
from zhengui.gui.plan.rows import PlanRow
from zhengui.services.plan.list_plan import LEDGER

if TYPE_CHECKING:
    from zhengui.gui.plan.page import PlanPage

#: Narrower pages show the panel only when it is asked for.
PANEL_FROM = 1040


class PlanSide(QObject):
    """Fills the panel and acts for it."""

    def __init__(self, page: PlanPage) -> None:
        super().__init__(page)
        self._page = page
        self._wanted = True
        self.panel = PlanPanel(page)
        self.panel.hide()
        self.deeds = PlanDeeds(page)
        self.panel.asked.connect(self.act)
        page.board.chosen.connect(self.show_item)
        page.board.opened.connect(self.open)
        page.subs.schedule.shared.connect(lambda: self.act("share"))
        page.subs.schedule.reported.connect(self._report_village)

    def show_item(self, row: PlanRow | None) -> None:
        """Show the chosen item, the rest of it as soon as it is read."""
        page = self._page
        page.desk.told.emit("选中 1 项" if row is not None else "")
        if row is None:
            self.panel.hide()
            return
        self.panel.show_row(row)
        self.settle()
        township, year, day = page.desk.township, page.year, page.judged_on()
        page.desk.background.run(
            lambda _progress: read_details(township, row, year, day),
            self._show_details,
            key=f"item{id(self)}",
        )

    def _show_details(self, details: Details) -> None:
        self.panel.villages = self._page.desk.scope.all_villages
        self.panel.show_details(details)
        if self._page.stack.currentWidget() is self._page.subs.schedule:
            self._page.subs.fill_schedule(details)

    def settle(self) -> None:
        """The panel stands beside the board unless it was closed or the form is there."""
        page = self._page
        form = page.form is not None and page.form.isVisible()
        board = page.stack.currentWidget() is page.board
        roomy = page.width() >= PANEL_FROM or self.panel.isVisible()
        shown = board and not form and self._wanted and roomy and page.board.current is not None
        self.panel.setVisible(shown)

    def open(self) -> None:
        """Bring the panel back for the current item."""
        page = self._page
        if page.board.current is not None and page.can_leave():
            self._wanted = True
            if page.form is not None:
                page.form.hide()
            self.panel.show()

    def act(self, what: str) -> None:
        """Do what was asked for in the panel."""
        page, row, details = self._page, self.panel.row, self.panel.details
        if what == "close":
            self._wanted = False
            self.panel.hide()
            page.board.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if row is None:
            return
        if what == "report":
            self.deeds.report(row)
        elif what == "done":
            self.deeds.finish(row)
        elif what == "edit":
            page.open_record(LEDGER, row.item.id)
        elif what == "history":
            page.subs.show_history(row)
        elif what == "figure" and row.item.goal is not None:
            page.desk.go("figure", row.item.goal.indicator)
        elif what == "share" and details is not None:
            self.deeds.share(details)
        elif what == "schedule" and details is not None:
            page.subs.show_schedule(details)

    def _report_village(self, village: int) -> None:
        if self.panel.row is not None:
            self.deeds.report(self.panel.row, village)
