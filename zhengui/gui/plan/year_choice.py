"""Two buttons side by side: the year being carried out, and the one being drafted."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QWidget

from zhengui.gui.dialogs import button


class YearChoice(QFrame):
    """`chosen` tells whether the draft was asked for."""

    chosen = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("seg")
        self.setAccessibleName("执行或起草")
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 0, 1, 0)
        row.setSpacing(0)
        group = QButtonGroup(self)
        self.buttons = [button("", self), button("", self)]
        for draft, each in enumerate(self.buttons):
            each.setCheckable(True)
            each.clicked.connect(lambda _checked=False, draft=draft: self.chosen.emit(bool(draft)))
            group.addButton(each)
            row.addWidget(each)

    def show_year(self, year: int, draft: bool) -> None:
        """Name the years, and mark the one in view."""
        self.buttons[0].setText(f"{year}年 执行")
        self.buttons[1].setText(f"{year + 1}年 起草")
        self.buttons[draft].setChecked(True)
