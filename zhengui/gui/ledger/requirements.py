"""What the office asks of a ledger: to be reported by the month, until which day, and seen by a second person."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QWidget

from zhengui.catalogue.model import Ledger
from zhengui.gui.desk.desk import Desk
from zhengui.gui.kit.dialogs import Dialog, label
from zhengui.services.entry import review_records
from zhengui.services.returns import report_status, report_year

#: Days that every month has.
DAYS = range(1, 29)
RULES = {
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
            ledger.key in report_year.wanted_ledgers(township),
            report_status.due_day(township, ledger.key),
            review_records.rules(township).get(ledger.key, ""),
        )
        self.told = ""
        self.wanted = QCheckBox("要求各村（居）按月报送，没有的也要零报告", self)
        self.due = QComboBox(self)
        self.rule = QComboBox(self)
        self.earlier = QCheckBox("已经登记的记录视为审核过", self)
        if report_year.monthly(ledger):
            self._add_reporting()
        self._add_review()

    def _add_reporting(self) -> None:
        self.wanted.setChecked(self._before[0])
        self.rows.addWidget(self.wanted)
        row = QHBoxLayout()
        row.addWidget(label("次月", self, "sec"))
        self.due.addItems([str(day) for day in DAYS])
        self.due.setCurrentText(str(self._before[1]))
        self.due.setFixedWidth(72)
        self.due.setAccessibleName("次月几日前报送")
        self.due.setEnabled(self._before[0])
        self.wanted.toggled.connect(self.due.setEnabled)
        row.addWidget(self.due)
        row.addWidget(label("日前报送，过了算迟报", self, "sec"))
        row.addStretch(1)
        self.rows.addLayout(row)

    def _add_review(self) -> None:
        for key, words in RULES.items():
            self.rule.addItem(words, key)
        self.rule.setCurrentIndex(self.rule.findData(self._before[2]))
        self.add_under("登记后要由另一个人审核吗？", self.rule)
        self.earlier.setChecked(True)
        self.rows.addWidget(self.earlier)
        self.rule.currentIndexChanged.connect(lambda _index: self._show_earlier())
        self._show_earlier()

    def _show_earlier(self) -> None:
        """Ask about earlier records only where review begins."""
        self.earlier.setVisible(not self._before[2] and bool(self.rule.currentData()))

    def take(self) -> None:
        township, key = self._desk.township, self._ledger.key
        rule: Any = self.rule.currentData()
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
