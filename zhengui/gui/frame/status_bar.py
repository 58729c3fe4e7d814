"""The status bar: what was saved, what is narrowed, what is selected; data, operator and help at the right."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from zhengui.gui.kit import icons
from zhengui.gui.kit.labels import button, label
from zhengui.gui.kit.short_label import ShortLabel
from zhengui.gui.kit.style import size


class StatusBar(QFrame):
    """Only short facts; nothing here asks for anything."""

    help_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self.setFixedHeight(size("status_bar"))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(6)
        self._tick = label("", self)
        self._tick.setPixmap(icons.pixmap("checkmark_circle", 14, "okfill"))
        self.saved = label("", self)
        self.scope = label("", self)
        self.selection = ShortLabel("", self)
        self._drive = label("", self)
        self._drive.setPixmap(icons.pixmap("hard_drive", 14, "ink3"))
        self.data = label("本机数据", self)
        self.operator = label("", self)
        self.help = button("F1 帮助", self, "link", "s")
        self.help.setToolTip("打开帮助（F1）")
        self.help.clicked.connect(self.help_asked)
        row.addWidget(self._tick)
        row.addWidget(self.saved)
        for widget in (self.saved, self.scope):
            widget.setContentsMargins(0, 0, 10, 0)
            widget.hide()
        row.addWidget(self.scope)
        row.addWidget(self.selection, 1)
        row.addWidget(self._drive)
        row.addWidget(self.data)
        row.addSpacing(10)
        row.addWidget(self.operator)
        row.addSpacing(10)
        row.addWidget(self.help)
        self._tick.hide()

    def tell_saved(self, at: datetime) -> None:
        """Say when something was saved last."""
        self._tick.show()
        self.saved.show()
        self.saved.setText(f"已保存 {at:%H:%M}")

    def tell_scope(self, text: str) -> None:
        """Repeat the narrowed period and villages."""
        self.scope.setText(text)
        self.scope.setVisible(bool(text))

    def tell_selection(self, text: str) -> None:
        """Tell about the selected cells."""
        self.selection.setText(text)

    def tell_office(self, operator: str, backup: str) -> None:
        """Say who works here and when the data were backed up."""
        self.operator.setText(operator)
        self.data.setText(f"本机数据 · {backup}" if backup else "本机数据")
