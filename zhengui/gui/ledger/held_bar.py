"""The line under a table that says which rows are not in the file yet, and leads to them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from zhengui.gui.kit.labels import button, label
from zhengui.gui.kit.style import named


class HeldBar(QFrame):
    """Seen only while a row breaks a rule."""

    next_asked = Signal()
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "white")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 4)
        row.setSpacing(8)
        self._words = label("", self, "err", wrap=True)
        on = button("下一处 F8", self, "link")
        leave = button("放弃当前行的修改", self, "link")
        on.clicked.connect(self.next_asked)
        leave.clicked.connect(self.given_up)
        row.addWidget(self._words, 1)
        row.addWidget(on)
        row.addWidget(leave)
        self.hide()

    def tell(self, count: int, message: str) -> None:
        """Say how many rows are kept back; none hides the line."""
        self._words.setText(f"{count} 行改过的内容还没有存下，已留作草稿。{message}")
        self.setVisible(bool(count))
