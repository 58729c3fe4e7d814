"""年度计划: this year's plan being carried out, or next year's being drafted, in the parts of the document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from zhengui.catalogue.model import Ledger
from zhengui.figures.period import year as whole_year
from zhengui.figures.plan_pace import Light
from zhengui.gui.area.page import AreaPage
from zhengui.gui.desk.actions import Bound, bind_keys, bound
from zhengui.gui.desk.desk import Desk
from zhengui.gui.desk.place import BIN, Place
from zhengui.gui.kit import icons
from zhengui.gui.kit.labels import label
from zhengui.gui.kit.menu import Menu
from zhengui.gui.kit.sheet_tabs import TabSheet
from zhengui.gui.plan.board import EVERY, PlanBoard
from zhengui.gui.plan.draft_bar import DraftBar
from zhengui.gui.plan.facts import read_rows
from zhengui.gui.plan.rows import PlanRow, short_part
from zhengui.gui.plan.shown import PlanShown
from zhengui.gui.plan.side import PlanSide
from zhengui.gui.plan.subs import PlanSubs
from zhengui.gui.plan.year_choice import YearChoice
from zhengui.services.entry.record import load
from zhengui.services.plan.list_plan import LEDGER
from zhengui.services.plan.target_schedule import has_targets
from zhengui.services.plan.tell_plan import summary
from zhengui.storage.browse.pages import Filter
from zhengui.storage.problem import StorageProblem
from zhengui.values.value import Value


class PlanPage(AreaPage):
    """The board follows this year's plan; the table and form of an area are for drafting and for looking closely."""

    def __init__(self, desk: Desk) -> None:
        self.shown = PlanShown(desk)
        self._part = EVERY
        self._rows: list[PlanRow] = []
        area = next(area for area in desk.catalogue.areas if area.kind == "plan")
        super().__init__(desk, area, with_figures=False)
        self._told = label("", self.tabs, "cap")
        self.tabs.end = self._told
        self.bar = DraftBar(self)
        self._choices = [YearChoice(self), self.bar.years]
        self.board = PlanBoard(self._choices[0], self)
        self.subs = PlanSubs(desk, self)
        self.side = PlanSide(self.shown, self.board, self.subs, self)
        self._lay_out_plan()
        self._connect_plan()
        self._name_years()

    def _lay_out_plan(self) -> None:
        self._left.removeWidget(self.view)
        ledger = QWidget(self)
        column = QVBoxLayout(ledger)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.view, 1)
        self._ledger_page = ledger
        self.stack = QStackedWidget(self)
        for page in (self.board, ledger, *self.subs.all()):
            self.stack.addWidget(page)
        beside = QHBoxLayout()
        beside.setSpacing(0)
        beside.addWidget(self.stack, 1)
        beside.addWidget(self.side.panel)
        self._left.addLayout(beside, 1)

    def _connect_plan(self) -> None:
        for choice in self._choices:
            choice.chosen.connect(self._choose_year)
        self.board.entered.connect(lambda: self.open_new(LEDGER, None))
        self.board.printed.connect(lambda: self.side.deeds.sheet(self.desk.scope.year))
        self.board.cleared.connect(lambda: self._choose(EVERY))
        self.board.more.clicked.connect(self._open_more)
        self.bar.propose.clicked.connect(self.show_proposals)
        self.bar.back.clicked.connect(lambda: self._choose_year(False))
        self.side.edit_asked.connect(lambda item: self.open_record(LEDGER, item))
        subs = self.subs
        subs.wanted.connect(self._show_sub)
        subs.proposals.accepted.connect(lambda item: self.open_record(LEDGER, item) if item else None)
        subs.review.chosen.connect(self._look_at)
        for sub in subs.all():
            sub.left.connect(self._back)
        self.desk.scope.changed.connect(self._name_years)
        keys = {
            "Ctrl+N": lambda: self.open_new(LEDGER, None),
            "Ctrl+F": self.board.search.setFocus,
        }
        for sequence, call in keys.items():
            shortcut = QShortcut(QKeySequence(sequence), self.board)
            shortcut.activated.connect(partial(self._from_board, call))

        bind_keys(self.board, self._of_board())

    def _of_board(self) -> list[Bound]:
        return [
            bound("plan_report", lambda: self.side.act("report"), when=self.board.isVisible),
            bound(
                "plan_sheet",
                lambda: self.side.deeds.sheet(self.desk.scope.year),
                when=self.board.isVisible,
            ),
            bound("plan_targets", self.subs.show_targets, when=self._has_targets),
        ]

    def _has_targets(self) -> bool:
        return self.board.isVisible() and has_targets(self.desk.township, self.desk.scope.year)

    def offered(self) -> list[Bound]:
        return self._of_board() if self.board.isVisible() else super().offered()

    def _from_board(self, call: Callable[[], object]) -> None:
        if self.board.isVisible():
            call()

    @property
    def year(self) -> int:
        """The year whose plan is shown."""
        return self.shown.year

    def heading(self) -> tuple[str, str]:
        """The tab's title, and whose year it is."""
        if self.shown.draft:
            return "年度计划", f"{self.year} 年起草 · 印在总结报告第二部分"
        day = self.shown.judged_on()
        until = f" · 截至 {day.month} 月 {day.day} 日" if day is not None and self._rows else ""
        return "年度计划", f"{len(self._rows)} 项 · {self.year} 年执行{until}"

    def where(self) -> Place:
        """The plan has one place."""
        return Place("plan", LEDGER)

    def regions(self) -> list[QWidget]:
        if self.stack.currentWidget() is self.board:
            found: list[QWidget] = [self.tabs, self.board.tools, self.board.table]
        elif self.stack.currentWidget() is self._ledger_page:
            found = [self.tabs, self.view.tools, self.view.table]
        else:
            found = [self.tabs, *(sub.table for sub in self.subs.all() if sub.isVisible())]
        return [
            *found,
            *(side for side in (self.side.panel, self.form) if side is not None and side.isVisible()),
        ]

    def arrive(self, place: Place) -> None:
        self._show_ledger(self._ledgers[LEDGER], place.state if place.state == BIN else "")
        if place.state == BIN:
            self.show_table()
        elif place.begin is not None:
            self.open_new(LEDGER, dict(place.begin))
        elif place.record:
            self._look_at(place.record)
            if self.shown.draft:
                self.open_record(LEDGER, place.record)
        else:
            self.board.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.refresh()

    def open_new(self, ledger_key: str, values: dict[str, Value] | None) -> None:
        """A new item belongs to the year and part in view."""
        given: dict[str, Value] = {"plan_year": self.year}
        if self._part != EVERY:
            given["part"] = self._part
        super().open_new(ledger_key, {**given, **(values or {})})
        self._give_room_to_form()

    def open_record(self, ledger_key: str, record: int) -> None:
        super().open_record(ledger_key, record)
        self._give_room_to_form()

    def _give_room_to_form(self) -> None:
        self.side.form = self.form
        self.side.panel.hide()

    def _close_form(self) -> None:
        super()._close_form()
        self.side.settle()

    def _show_ledger(self, ledger: Ledger, state: str = "", record: int = 0) -> None:
        """The plan stands in the order of the document unless another was chosen."""
        super()._show_ledger(ledger, state, record)
        arrangement = self.view.arrangement
        shown = self.view.shown
        if not shown.arrangement.sort:
            shown.arrangement = replace(shown.arrangement, sort="part", descending=False)
            arrangement.mark(ledger)
            self.view.reload()

    def refresh(self) -> None:
        """Follow the plan anew."""
        township, year, day = self.desk.township, self.year, self.shown.judged_on()
        self.desk.background.run(
            lambda _progress: read_rows(township, year, day), self._show_rows, key=f"plan{id(self)}"
        )
        if self.stack.currentWidget() is self.subs.review:
            self.subs.review.show_year(self.desk.scope.year)

    def _show_rows(self, rows: list[PlanRow]) -> None:
        self._rows = rows
        self._show_tabs()
        self._told.setText("" if self.shown.draft else summary([row.item for row in rows]))
        self._told.adjustSize()
        self.tabs.choose(self._part)
        if not self.shown.draft:
            self.board.show_rows(rows)
        self.heading_changed.emit()

    def _name_years(self) -> None:
        year = self.desk.scope.year
        self._choices[0].show_year(year, self.shown.draft)
        self.bar.show_year(year, self.shown.draft)
        self.view.shown.own_period = whole_year(self.year)
        self.view.reload()

    def _choose_year(self, draft: bool) -> None:
        if self.can_leave():
            self.shown.draft = bool(draft)
            self._close_form()
            self.stack.setCurrentWidget(self._ledger_page if draft else self.board)
            self._name_years()
            self.side.settle()
            self.refresh()
        for choice in self._choices:
            choice.show_year(self.desk.scope.year, self.shown.draft)

    def _choose(self, key: str) -> None:
        if not self.can_leave():
            return
        self._close_form()
        self._part = key
        self.view.shown.fixed = () if key == EVERY else (Filter("part", values=(key,)),)
        self.tabs.choose(key)
        self.view.reload()
        self.board.choose_part(key)
        if self.stack.currentWidget() not in (self.board, self._ledger_page):
            self._back()

    def _show_tabs(self) -> None:
        sheets = [self._sheet(EVERY, self._rows)]
        for part in self._ledgers[LEDGER]["part"].choices:
            sheets.append(self._sheet(part, [row for row in self._rows if row.item.part == part]))
        self.tabs.show_sheets(sheets)
        self.tabs.choose(self._part)

    def _sheet(self, key: str, rows: list[PlanRow]) -> TabSheet:
        late = 0 if self.shown.draft else sum(1 for row in rows if row.item.light is Light.BEHIND)
        return TabSheet(key, short_part(key), len(rows) if self._rows else None, late)

    def _show_sub(self, sub: QWidget) -> None:
        self.stack.setCurrentWidget(sub)
        self.side.settle()

    def _back(self) -> None:
        self.stack.setCurrentWidget(self._ledger_page if self.shown.draft else self.board)
        self.side.settle()

    def show_table(self) -> None:
        """Show this year's items as a ledger, with all columns and the tools of one."""
        self.stack.setCurrentWidget(self._ledger_page)
        self._name_years()
        self.side.settle()

    def show_proposals(self) -> None:
        """Show what the data propose for the year being drafted."""
        self.shown.draft = True
        self._name_years()
        self.subs.show_proposals(self.year)
        self.refresh()

    def _look_at(self, item: int) -> None:
        """Show an item where it stands, whichever of the two years it belongs to."""
        try:
            year = load(self.desk.township, LEDGER, item)[0]["plan_year"]
        except StorageProblem:
            return
        self._choose_year(year == self.desk.scope.year + 1)
        if year != self.year:
            self.open_record(LEDGER, item)
        elif not self.shown.draft:
            self._choose(EVERY)
            self.board.choose_item(item)

    def menu(self) -> QMenu:
        """What ⋯ over the board opens."""
        year = self.desk.scope.year
        made = Menu(self)
        made.addAction(icons.icon("print"), "进度表…", lambda: self.side.deeds.sheet(year))
        made.addAction("用表格查看和导出", self.show_table)
        if has_targets(self.desk.township, self.desk.scope.year):
            made.addAction("接种日程", self.subs.show_targets)
        made.addSeparator()
        made.addAction(f"{year}年年终盘点", lambda: self.subs.show_review(year))
        made.addAction(f"{year + 1}年计划建议", self.show_proposals)
        made.addSeparator()
        made.addAction(f"开启 {year + 1} 年…", self.side.deeds.turn_year)
        return made

    def _open_more(self) -> None:
        menu = self.menu()
        corner = self.board.more.mapToGlobal(self.board.more.rect().bottomRight())
        corner.setX(corner.x() - menu.sizeHint().width())
        menu.exec(corner)
