"""The panel that chooses the columns of a table: ticks to show, dragging to order, and back to the usual."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from zhengui.gui.kit.labels import button, label
from zhengui.gui.kit.popover import Popover
from zhengui.gui.ledger.columns import Column

WIDTH, ROW, MOST = 240, 28, 12


class ColumnsPopover(Popover):
    """`chosen` carries the keys from left to right; an empty list means the usual ones."""

    chosen = Signal(list)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.column.addWidget(label("显示的列", self, "h2"))
        self._list = QListWidget(self)
        self._list.setAccessibleName("列")
        self._list.setFixedWidth(WIDTH)
        self._list.setUniformItemSizes(True)
        self._list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self._list.itemChanged.connect(lambda _item: self._tell())
        self._list.model().rowsMoved.connect(lambda: self._tell())
        self.column.addWidget(self._list)
        row = QHBoxLayout()
        row.addWidget(label("拖动可换顺序", self, "cap"), 1)
        usual = button("恢复默认", self, "", "s")
        usual.clicked.connect(self._usual)
        row.addWidget(usual)
        self.column.addLayout(row)

    def fill(self, columns: Sequence[Column], shown: Sequence[str]) -> None:
        """Offer all columns, the shown ones first and in their order."""
        by_key = {c.key: c for c in columns}
        order = [k for k in shown if k in by_key] + [c.key for c in columns if c.key not in set(shown)]
        self._list.blockSignals(True)
        self._list.clear()
        for key in order:
            item = QListWidgetItem(by_key[key].title, self._list)
            item.setData(Qt.ItemDataRole.UserRole, key)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if key in shown else Qt.CheckState.Unchecked)
        self._list.blockSignals(False)
        self._list.setFixedHeight(min(MOST, max(1, len(order))) * ROW + 4)

    def focus_first(self) -> None:
        self._list.setFocus(Qt.FocusReason.PopupFocusReason)
        self._list.setCurrentRow(0)

    def _tell(self) -> None:
        items = [self._list.item(n) for n in range(self._list.count())]
        keys = [i.data(Qt.ItemDataRole.UserRole) for i in items if i.checkState() is Qt.CheckState.Checked]
        if keys:
            self.chosen.emit(keys)

    def _usual(self) -> None:
        self.hide()
        self.chosen.emit([])
