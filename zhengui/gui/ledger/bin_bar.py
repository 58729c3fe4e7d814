"""The bar over a recycle bin: what is shown, bring records back, go back to the ledger."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from zhengui.gui.kit import icons
from zhengui.gui.kit.allowing import allow
from zhengui.gui.kit.labels import button, label
from zhengui.gui.kit.style import size


class BinBar(QFrame):
    """Takes the place of the tools."""

    left = Signal()
    restored = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("white")
        self.setFixedHeight(size("tool_bar"))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        back = button("返回台账", self, "ghost")
        back.setIcon(icons.icon("arrow_left"))
        back.clicked.connect(self.left)
        self._told = label("", self, "h2")
        self.restore = button("恢复选中的记录", self, "primary")
        self.restore.setIcon(icons.icon("arrow_undo", 16, "onfill"))
        self.restore.clicked.connect(self.restored)
        row.addWidget(back)
        row.addWidget(self._told)
        row.addWidget(label("移到这里的记录不计入任何指标", self, "cap"))
        row.addStretch(1)
        row.addWidget(self.restore)

    def tell(self, count: int) -> None:
        """Say how many records there are."""
        self._told.setText(f"回收站　{count} 条")
        allow(self.restore, count > 0, "回收站是空的")
