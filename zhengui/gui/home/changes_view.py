"""最近改动, a view of 总览: who entered and changed what lately; a line opens the record."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from zhengui.gui.desk.desk import Desk
from zhengui.gui.desk.place import BIN
from zhengui.gui.kit.labels import label
from zhengui.services.watch.recent_changes import RecentChange, recent_changes

COLUMNS = ("时间", "谁", "做了什么", "最后一条")


class ChangesView(QWidget):
    """Read when it comes into view."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.changes: list[RecentChange] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        self.table = QTableWidget(0, len(COLUMNS), self)
        self.table.setAccessibleName("最近改动")
        self.table.setHorizontalHeaderLabels(COLUMNS)
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        heading = self.table.horizontalHeader()
        for place in range(3):
            heading.setSectionResizeMode(place, QHeaderView.ResizeMode.ResizeToContents)
        heading.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        heading.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.cellActivated.connect(lambda row, _column: self.open(row))
        self.table.cellClicked.connect(lambda row, _column: self.open(row))
        self._nothing = label("还没有登记过记录。", self, "sec")
        column.addWidget(self._nothing)
        column.addWidget(self.table, 1)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.reload()

    def reload(self) -> None:
        """Read in a worker."""
        township = self.desk.township
        self.desk.background.run(
            lambda _progress: recent_changes(township), self._show, key=f"changes{id(self)}"
        )

    def _show(self, found: list[RecentChange]) -> None:
        self.changes = found
        self._nothing.setVisible(not found)
        self.table.setVisible(bool(found))
        self.table.setRowCount(len(found))
        today = self.desk.township.today()
        for row, each in enumerate(found):
            at = f"今天 {each.at:%H:%M}" if each.at.date() == today else f"{each.at:%Y-%m-%d %H:%M}"
            for column, text in enumerate((at, each.who, each.words, each.label)):
                self.table.setItem(row, column, QTableWidgetItem(text))
        if found:
            self.table.setCurrentCell(0, 0)

    def open(self, row: int) -> None:
        """Go to the record of a line, or to its ledger's bin."""
        each = self.changes[row]
        if each.removed:
            self.desk.go_to_ledger(each.ledger, 0, BIN)
        else:
            self.desk.go_to_ledger(each.ledger, each.record)
