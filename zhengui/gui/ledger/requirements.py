"""What the office asks of a ledger: to be reported by the month, until which day, and seen by a second person."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from zhengui.catalogue.model import Ledger
from zhengui.gui.desk.desk import Desk
from zhengui.gui.kit.dialogs import Dialog
from zhengui.gui.kit.row_fields import choice_field
from zhengui.services.entry import review_records
from zhengui.services.returns import report_status, report_year

#: Days that every month has.
DAYS = range(1, 29)
RULES: dict[review_records.Rule, str] = {
    "": "不需要",
    "count": "需要；审核前照样计入指标",
    "hold": "需要；审核通过后才计入指标",
}


class Requirements(Dialog):
    """Keeps what was chosen when accepted; `told` says what changed."""

    def __init__(self, parent: QWidget, desk: Desk, ledger: Ledger) -> None:
        super().__init__(parent, f"对“{ledger.title}”台账有什么要求？", "", "保存要求", "不改了", 460)
        self._desk, self._ledger = desk, ledger
        township = desk.township
        self._before = (
            ledger.key in report_year.wanted_ledgers(township, desk.scope.year),
            report_status.due_day(township, ledger.key),
            review_records.rules(township).get(ledger.key, ""),
        )
        self.told = ""
        if report_year.monthly(ledger):
            self._add_reporting()
        self._add_review()

    def _add_reporting(self) -> None:
        self.wanted = self.add_tick("要求各村（居）按月报送，没有的也要零报告", self._before[0])
        self.due = choice_field(self, [(str(day), day) for day in DAYS], self._before[1])
        self.due.setFixedWidth(72)
        self.due.setAccessibleName("次月几日前报送")
        self.due.setEnabled(self._before[0])
        self.wanted.toggled.connect(self.due.setEnabled)
        self.add_sentence("次月", self.due, "日前报送，过了算迟报")

    def _add_review(self) -> None:
        self.rule = self.add_choice(
            "登记后要由另一个人审核吗？", [(words, key) for key, words in RULES.items()], self._before[2]
        )
        self.earlier = self.add_tick("已经登记的记录视为审核过", True)
        self.rule.currentIndexChanged.connect(lambda _index: self._show_earlier())
        self._show_earlier()

    def _show_earlier(self) -> None:
        """Ask about earlier records only where review begins."""
        self.earlier.setVisible(not self._before[2] and bool(self.rule.currentData()))

    def take(self) -> None:
        township, key = self._desk.township, self._ledger.key
        rule = list(RULES)[self.rule.currentIndex()]
        if report_year.monthly(self._ledger):
            if self.wanted.isChecked() != self._before[0]:
                report_year.want_reports(township, key, self.wanted.isChecked())
            day = int(self.due.currentText())
            if day != self._before[1]:
                report_status.set_due_day(township, day, key)
        if rule != self._before[2]:
            begins = not self._before[2]
            review_records.require_review(township, key, rule, begins and self.earlier.isChecked())
        self.told = f"已保存对“{self._ledger.title}”的要求"
        self.accept()
