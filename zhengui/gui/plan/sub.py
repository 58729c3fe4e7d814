"""A page inside the plan's page: the way back, a title, buttons for the line that is current, and a table."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from zhengui.gui.desk.desk import Desk
from zhengui.gui.kit import icons
from zhengui.gui.kit.dialogs import button, label
from zhengui.gui.plan.word_table import WordTable


class PlanSub(QFrame):
    """Subclasses fill the table; Esc and the link go back."""

    left = Signal()

    def __init__(self, desk: Desk, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("white")
        self.desk = desk
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        bar = QFrame(self)
        bar.setObjectName("bar")
        self.bar = QHBoxLayout(bar)
        self.bar.setContentsMargins(12, 7, 12, 7)
        self.bar.setSpacing(8)
        self.back = button("返回", bar, "link")
        self.back.setIcon(icons.icon("arrow_left", 16, "act"))
        self.back.clicked.connect(self.left)
        self.title = label("", bar, "h2")
        self.told = label("", bar, "sec")
        self.bar.addWidget(self.back)
        self.bar.addWidget(self.title)
        self.bar.addWidget(self.told, 1)
        self.table = WordTable(title, self)
        column.addWidget(bar)
        column.addWidget(self.table, 1)

    def deed(self, text: str, call: object, primary: bool = False) -> QPushButton:
        """A button at the right of the bar."""
        made = button(text, self, "primary" if primary else "")
        made.clicked.connect(call)
        self.bar.addWidget(made)
        return made

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.table.fit()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
