"""The bar over the plan's table: which year, what it is for, and the proposals or the way back."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from zhengui.gui.kit.labels import button, label
from zhengui.gui.plan.year_choice import YearChoice


class DraftBar(QFrame):
    """Shown over the ledger's table, while drafting and where this year's items are seen as a ledger."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(8)
        self.years = YearChoice(self)
        self._caption = label("", self, "cap")
        self.back = button("返回执行情况", self, "ghost")
        self.propose = button("从数据中提建议", self)
        row.addWidget(self.years)
        row.addWidget(self._caption)
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.propose)

    def show_year(self, year: int, draft: bool) -> None:
        """Say what is in the table."""
        self.years.show_year(year, draft)
        ahead = f"{year + 1} 年的事项，照印在总结报告的第二部分"
        self._caption.setText(ahead if draft else f"{year} 年事项的全部栏目，可选列、导出")
        self.propose.setVisible(draft)
        self.back.setVisible(not draft)
