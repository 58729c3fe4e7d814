"""The small dialogs of the plan: what they share, why an item was missed, which sheet is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from zhengui.gui.kit.dialogs import button, label


class PlanDialog(QDialog):
    """A title that asks, fields under it, a line for a mistake, and two verbs."""

    def __init__(self, parent: QWidget, title: str, text: str, verb: str, width: int = 420) -> None:
        super().__init__(parent)
        self.setWindowTitle("政规")
        self.setFixedWidth(width)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(20, 18, 20, 16)
        self.column.setSpacing(6)
        self.column.addWidget(label(title, self, "ttl", wrap=True))
        if text:
            self.column.addWidget(label(text, self, "sec", wrap=True))
        self._first: QWidget | None = None
        self._mistake = label("", self, "err", wrap=True)
        self.deed = button(verb, self, "primary")
        self.deed.setDefault(True)
        self.deed.clicked.connect(self._try)

    def finish(self) -> None:
        """Add what stands under all fields."""
        self.column.addWidget(self._mistake)
        row = QHBoxLayout()
        row.addStretch(1)
        keep = button("取消", self)
        keep.clicked.connect(self.reject)
        row.addWidget(keep)
        row.addWidget(self.deed)
        self.column.addLayout(row)
        if self._first is not None:
            self._first.setFocus()

    def _under(self, title: str, made: QWidget) -> None:
        """Add a field under its title; typing begins in the first."""
        self.column.addWidget(label(title, self, "fld"))
        made.setAccessibleName(title)
        self.column.addWidget(made)
        self._first = self._first or made

    def field(self, title: str, text: str = "") -> QLineEdit:
        """A labelled line."""
        made = QLineEdit(text, self)
        self._under(title, made)
        return made

    def words(self, title: str, hint: str, text: str = "") -> QPlainTextEdit:
        """A labelled box for some sentences."""
        made = QPlainTextEdit(text, self)
        made.setPlaceholderText(hint)
        made.setTabChangesFocus(True)
        made.setFixedHeight(76)
        self._under(title, made)
        return made

    def choice(self, title: str, choices: Sequence[tuple[str, object]]) -> QComboBox:
        """A labelled list."""
        made = QComboBox(self)
        for words, value in choices:
            made.addItem(words, value)
        self._under(title, made)
        return made

    def mistake(self) -> str:
        """What is wrong with the fields, empty where nothing is."""
        return ""

    def _try(self) -> None:
        wrong = self.mistake()
        self._mistake.setText(wrong)
        if not wrong:
            self.accept()


class ReasonDialog(PlanDialog):
    """Why an item was missed, and whether it goes on next year."""

    def __init__(
        self, parent: QWidget, wording: str, words: str, year: int, reason: str, carry: bool
    ) -> None:
        super().__init__(parent, "这一项为什么没有完成？", f"{wording}\n{words}", "记下")
        self.reason = self.words("未完成原因", "写清楚卡在哪里，如：征地手续办理慢，汛期停工两个月", reason)
        self.carry = QCheckBox(f"结转到 {year + 1} 年计划，继续办理", self)
        self.carry.setChecked(carry)
        self.column.addWidget(self.carry)
        self.finish()

    def mistake(self) -> str:
        return "" if self.reason.toPlainText().strip() else "请写明原因，年终总结和下一年计划都要用"


class SheetDialog(PlanDialog):
    """Which progress sheet, and as what."""

    def __init__(self, parent: QWidget, year: int, today: date) -> None:
        super().__init__(parent, "要哪一张进度表？", "", "存为文件…")
        quarter = (today.month + 2) // 3 if today.year == year else 4
        choices: list[tuple[str, object]] = [
            (f"{year}年{'一二三四'[n - 1]}季度进度表", n) for n in range(1, quarter + 1)
        ]
        self.sheet = self.choice("进度表", [*choices, (f"{year}年计划完成情况表（年终）", 0)])
        self.sheet.setCurrentIndex(quarter - 1)
        self.kind = self.choice("存为", [("PDF，可直接打印", "pdf"), ("Excel 表格", "xlsx")])
        self.finish()
