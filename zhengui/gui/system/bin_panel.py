"""回收站: which ledgers have removed records, and the way to them."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from zhengui.gui.desk.desk import Desk
from zhengui.gui.desk.place import BIN
from zhengui.gui.kit.dialogs import button, label
from zhengui.gui.system.panel import Panel
from zhengui.services.entry import browse_records


class BinPanel(Panel):
    """One line for each ledger that has something in its bin."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        column = self.card("回收站", "移到回收站的记录不计入任何指标，也不会自动清除，随时可以恢复。")
        self._told = label("", self, "sec")
        column.addWidget(self._told)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        column.addLayout(self._lines)
        desk.saved.connect(lambda _ledger: self.refresh() if self.isVisible() else None)

    def refresh(self) -> None:
        township = self.desk.township

        def work(_progress: Any) -> dict[str, int]:
            return browse_records.binned(township)

        self.desk.background.run(work, self._show, key=f"bin{id(self)}")

    def _show(self, counts: dict[str, int]) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._told.setText("" if counts else "回收站是空的。")
        self._told.setVisible(not counts)
        for key, count in counts.items():
            self._lines.addWidget(self._line(key, count))

    def _line(self, key: str, count: int) -> QWidget:
        ledger = self.desk.catalogue.ledgers[key]
        made = QFrame(self)
        made.setObjectName("bar")
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 6, 0, 6)
        row.addWidget(label(ledger.title, made))
        row.addWidget(label(self.desk.catalogue.by_area[ledger.area].short, made, "cap"))
        row.addStretch(1)
        row.addWidget(label(f"{count} 条", made, "sec"))
        view = button("查看", made, "", "s")
        view.setAccessibleName(f"查看{ledger.title}的回收站")
        view.clicked.connect(lambda: self.desk.go_to_ledger(key, state=BIN))
        row.addWidget(view)
        return made
