"""The list under the text: what to look at before the document is printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from zhengui.gui import icons
from zhengui.gui.dialogs import label
from zhengui.gui.style import mark

if TYPE_CHECKING:
    from zhengui.services.compose_report import Remark


class Remarks(QFrame):
    """Each line leads to what it is about."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("white")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 6, 16, 6)
        head.addWidget(label("打印前核对", self, "h2"))
        self._count = label("", self)
        head.addWidget(self._count)
        head.addStretch(1)
        column.addLayout(head)
        self._list = QListWidget(self)
        self._list.setAccessibleName("打印前核对")
        self._list.setWordWrap(False)
        self._list.itemClicked.connect(self._choose)
        self._list.itemActivated.connect(self._choose)
        column.addWidget(self._list, 1)

    def show_remarks(self, remarks: Sequence[Remark]) -> None:
        """List the remarks, or say that there are none."""
        self._list.clear()
        mark(self._count, tone="warn" if remarks else "ok")
        self._count.setText(f"{len(remarks)} 项请核对" if remarks else "没有需要核对的内容")
        for remark in remarks:
            reason = f"　{remark.reason}" if remark.reason else ""
            item = QListWidgetItem(icons.icon("warning", 16, "warn"), remark.title + reason)
            item.setToolTip(str(remark))
            item.setData(Qt.ItemDataRole.UserRole, remark.source)
            self._list.addItem(item)

    def _choose(self, item: QListWidgetItem) -> None:
        source = item.data(Qt.ItemDataRole.UserRole)
        if source:
            self.chosen.emit(str(source))
