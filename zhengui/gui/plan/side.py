"""What stands right of the plan's board: the panel of the chosen item, and what is asked for in it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from zhengui.gui.desk.page import Page
from zhengui.gui.plan.board import PlanBoard
from zhengui.gui.plan.deeds import PlanDeeds
from zhengui.gui.plan.facts import Details, read_details
from zhengui.gui.plan.panel import PlanPanel
from zhengui.gui.plan.rows import PlanRow
from zhengui.gui.plan.shown import PlanShown
from zhengui.gui.plan.subs import PlanSubs

#: Narrower pages show the panel only when it is asked for.
PANEL_FROM = 1040


class PlanSide(QObject):
    """Fills the panel and acts for it."""

    edit_asked = Signal(int)  # the item to open in the form

    def __init__(self, shown: PlanShown, board: PlanBoard, subs: PlanSubs, host: Page) -> None:
        super().__init__(host)
        self._shown, self._board, self._subs, self._host = shown, board, subs, host
        self._wanted = True
        #: The form that takes the panel's place, once there is one.
        self.form: QWidget | None = None
        self.panel = PlanPanel(host)
        self.panel.hide()
        self.deeds = PlanDeeds(shown.desk, host)
        self.panel.asked.connect(self.act)
        board.chosen.connect(self.show_item)
        board.opened.connect(self.open)
        subs.schedule.shared.connect(lambda: self.act("share"))
        subs.schedule.reported.connect(self._report_village)

    def show_item(self, row: PlanRow | None) -> None:
        """Show the chosen item, the rest of it as soon as it is read."""
        desk = self._shown.desk
        desk.told.emit("选中 1 项" if row is not None else "")
        if row is None:
            self.panel.hide()
            return
        self.panel.show_row(row)
        self.settle()
        township, year, day = desk.township, self._shown.year, self._shown.judged_on()
        desk.background.run(
            lambda _progress: read_details(township, row, year, day),
            self._show_details,
            key=f"item{id(self)}",
        )

    def _show_details(self, details: Details) -> None:
        self.panel.villages = self._shown.desk.scope.all_villages
        self.panel.show_details(details)
        if not self._subs.schedule.isHidden():
            self._subs.fill_schedule(details)

    def settle(self) -> None:
        """The panel stands beside the board unless it was closed or the form is there."""
        form = self.form is not None and self.form.isVisible()
        roomy = self._host.width() >= PANEL_FROM or self.panel.isVisible()
        there = not self._board.isHidden() and self._board.current is not None
        self.panel.setVisible(there and not form and self._wanted and roomy)

    def open(self) -> None:
        """Bring the panel back for the current item."""
        if self._board.current is not None and self._host.can_leave():
            self._wanted = True
            if self.form is not None:
                self.form.hide()
            self.panel.show()

    def act(self, what: str) -> None:
        """Do what was asked for in the panel."""
        row, details = self.panel.row, self.panel.details
        if what == "close":
            self._wanted = False
            self.panel.hide()
            self._board.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if row is None:
            return
        if what == "report":
            self.deeds.report(row)
        elif what == "done":
            self.deeds.finish(row)
        elif what == "edit":
            self.edit_asked.emit(row.item.id)
        elif what == "history":
            self._subs.show_history(row)
        elif what == "figure" and row.item.goal is not None:
            self._shown.desk.go("figure", row.item.goal.indicator)
        elif what == "share" and details is not None:
            self.deeds.share(details)
        elif what == "schedule" and details is not None:
            self._subs.show_schedule(details)

    def _report_village(self, village: int) -> None:
        if self.panel.row is not None:
            self.deeds.report(self.panel.row, village)
