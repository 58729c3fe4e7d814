"""年度计划: this year's plan being carried out, or next year's being drafted, in the parts of the document."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout

from zhengui.figures.period import year as whole_year
from zhengui.gui.area_page import AreaPage
from zhengui.gui.desk import Desk
from zhengui.gui.dialogs import button, label
from zhengui.gui.place import Place
from zhengui.gui.sheet_tabs import Sheet
from zhengui.services.browse_records import Filter
from zhengui.services.list_plan import LEDGER, PartCount, part_counts

EVERY = "全部"


class PlanPage(AreaPage):
    """The same table and form as an area; its sheets are the parts of the plan."""

    def __init__(self, desk: Desk) -> None:
        self._ahead = 1
        self._part = EVERY
        self._parts: dict[str, PartCount] = {}
        area = next(area for area in desk.catalogue.areas if area.kind == "plan")
        super().__init__(desk, area, with_figures=False)
        self.view.own_sort = "part"
        self._add_years()

    @property
    def year(self) -> int:
        """The year whose plan is shown."""
        return self.desk.scope.year + self._ahead

    def heading(self) -> tuple[str, str]:
        """The tab's title, and how far the plan has come."""
        counts = self._parts.values()
        items, done, late = (sum(getattr(c, name) for c in counts) for name in ("items", "done", "late"))
        return (
            "年度计划",
            f"{self.year}年 · {items} 项，已完成 {done} 项，逾期 {late} 项" if items else f"{self.year}年",
        )

    def where(self) -> Place:
        """The plan has one place."""
        return Place("plan", LEDGER)

    def open_new(self, ledger_key: str, values: dict[str, Any] | None) -> None:
        """A new item belongs to the year and part in view."""
        given: dict[str, Any] = {"plan_year": self.year}
        if self._part != EVERY:
            given["part"] = self._part
        super().open_new(ledger_key, {**given, **(values or {})})

    def refresh(self) -> None:
        """Count the parts anew."""
        township, year = self.desk.township, self.year
        self.desk.background.run(
            lambda _progress: part_counts(township, year), self._show_parts, key=f"plan{id(self)}"
        )

    def _add_years(self) -> None:
        """Two buttons over the table: what is being done, and what is being drafted."""
        bar = QFrame(self)
        bar.setObjectName("bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 6, 12, 6)
        frame = QFrame(bar)
        frame.setObjectName("seg")
        inside = QHBoxLayout(frame)
        inside.setContentsMargins(1, 0, 1, 0)
        inside.setSpacing(0)
        group = QButtonGroup(self)
        self._years = []
        for ahead in (0, 1):
            choice = button("", frame)
            choice.setCheckable(True)
            choice.setChecked(ahead == self._ahead)
            choice.clicked.connect(lambda _checked, ahead=ahead: self._choose_year(ahead))
            group.addButton(choice)
            inside.addWidget(choice)
            self._years.append(choice)
        row.addWidget(frame)
        row.addWidget(label("下一年的事项印在总结报告的第二部分", bar, "cap"))
        row.addStretch(1)
        self._left.insertWidget(0, bar)
        self.desk.scope.changed.connect(self._name_years)
        self._name_years()

    def _name_years(self) -> None:
        year = self.desk.scope.year
        self._years[0].setText(f"{year}年 执行")
        self._years[1].setText(f"{year + 1}年 起草")
        self.view.own_period = whole_year(self.year)
        self.view.reload()

    def _choose_year(self, ahead: int) -> None:
        if self.can_leave():
            self._ahead = ahead
            self._close_form()
            self._name_years()
            self.refresh()
        self._years[self._ahead].setChecked(True)

    def _choose(self, key: str) -> None:
        if not self.can_leave():
            return
        self._close_form()
        self._part = key
        self.view.fixed = () if key == EVERY else (Filter("part", values=(key,)),)
        self.tabs.choose(key)
        self.view.reload()

    def _show_parts(self, found: dict[str, PartCount]) -> None:
        self._parts = found
        self._show_tabs()
        self.heading_changed.emit()

    def _show_tabs(self) -> None:
        choices = self._ledgers[LEDGER]["part"].choices
        counts = self._parts
        sheets = [Sheet(EVERY, EVERY, sum(c.items for c in counts.values()) if counts else None)]
        for part in choices:
            count = counts.get(part)
            sheets.append(Sheet(part, part, count.items if count else None, count.late if count else 0))
        self.tabs.show_sheets(sheets)
        self.tabs.choose(self._part)
