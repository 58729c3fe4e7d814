"""The pages inside the plan's page: 倒排工期, 进展记录, 计划建议, 年终盘点 and 接种日程."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from zhengui.gui.desk.desk import Desk
from zhengui.gui.plan.facts import Details
from zhengui.gui.plan.history_view import HistoryView
from zhengui.gui.plan.proposals_view import ProposalsView
from zhengui.gui.plan.review_view import ReviewView
from zhengui.gui.plan.rows import PlanRow
from zhengui.gui.plan.schedule_view import ScheduleView
from zhengui.gui.plan.sub import PlanSub
from zhengui.gui.plan.targets_view import TargetsView
from zhengui.services.plan import share_ways


class PlanSubs(QObject):
    """Made with the page; `wanted` tells which of them is to be shown."""

    wanted = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.schedule, self.history = ScheduleView(desk), HistoryView(desk)
        self.proposals, self.review = ProposalsView(desk), ReviewView(desk)
        self.targets = TargetsView(desk)

    def all(self) -> tuple[PlanSub, ...]:
        """All of them."""
        return self.schedule, self.history, self.proposals, self.review, self.targets

    def show_schedule(self, details: Details) -> None:
        """Show how an item was shared out."""
        self.fill_schedule(details)
        self.wanted.emit(self.schedule)

    def fill_schedule(self, details: Details) -> None:
        """Fill the schedule anew without going there."""
        if details.schedule is not None:
            by_hand = not share_ways.by_records(self._desk.township, details.row.item)
            self.schedule.show_schedule(details.row, details.schedule, by_hand)

    def show_history(self, row: PlanRow) -> None:
        """Show all reports of an item."""
        self.history.show_item(row)
        self.wanted.emit(self.history)

    def show_targets(self) -> None:
        """Show the targets of the villages, worked back from their due dates."""
        self.targets.reload()
        self.wanted.emit(self.targets)

    def show_proposals(self, year: int) -> None:
        """Show what the data propose for a year."""
        self.proposals.show_year(year)
        self.wanted.emit(self.proposals)

    def show_review(self, year: int) -> None:
        """Show what became of a year's plan."""
        self.review.show_year(year)
        self.wanted.emit(self.review)
