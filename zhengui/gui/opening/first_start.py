"""The first start: whose ledgers these are and who enters them, or a data file that is already there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from zhengui.gui.kit.dialogs import button, label
from zhengui.gui.kit.style import mark

FILTER = "政规数据文件 (*.zgdb)"


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen: a new township (`name`, `operator`), a file to open, or the demo."""

    name: str = ""
    operator: str = ""
    path: Path | None = None
    demo: bool = False


class FirstStart(QDialog):
    """Asks two names; both can be changed later under 系统."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("政规")
        self.setFixedWidth(460)
        self.choice: Choice | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 18)
        column.setSpacing(8)
        column.addWidget(label("先认识一下", self, "big"))
        column.addWidget(
            label("两项都可以以后在“系统”里修改。数据只存在这台电脑上，程序不联网。", self, "sec", wrap=True)
        )
        column.addSpacing(6)
        self.name = self._field(column, "乡镇名称", "例如：云岭镇")
        self.operator = self._field(column, "您的姓名", "每次修改都会记下是谁改的")
        self.mistake = label("", self, "err")
        column.addWidget(self.mistake)
        row = QHBoxLayout()
        demo, existing, begin = (
            button("先看演示镇", self),
            button("打开已有数据…", self),
            button("开始使用", self, "primary"),
        )
        demo.setToolTip("演示镇里有三年的完整数据，人物均为虚构")
        begin.setDefault(True)
        demo.clicked.connect(self._demo)
        existing.clicked.connect(self._existing)
        begin.clicked.connect(self._begin)
        row.addWidget(demo)
        row.addWidget(existing)
        row.addStretch(1)
        row.addWidget(begin)
        column.addLayout(row)
        self.name.setFocus()

    def _field(self, column: QVBoxLayout, title: str, hint: str) -> QLineEdit:
        column.addWidget(label(title, self, "fld"))
        field = QLineEdit(self)
        field.setPlaceholderText(hint)
        field.setAccessibleName(title)
        field.setMaxLength(30)
        column.addWidget(field)
        return field

    def _begin(self) -> None:
        name, operator = self.name.text().strip(), self.operator.text().strip()
        mark(self.name, look="" if name else "error")
        mark(self.operator, look="" if operator else "error")
        if not name or not operator:
            self.mistake.setText("请填写乡镇名称" if not name else "请填写您的姓名")
            (self.operator if name else self.name).setFocus()
            return
        self._take(Choice(name, operator))

    def _demo(self) -> None:
        self._take(Choice(demo=True))

    def _existing(self) -> None:
        path = ask_for_file(self)
        if path is not None:
            self._take(Choice(path=path))

    def _take(self, choice: Choice) -> None:
        self.choice = choice
        self.accept()


def ask_for_file(parent: QWidget) -> Path | None:
    """Let the user find a data file."""
    path, _kind = QFileDialog.getOpenFileName(parent, "打开数据文件", "", FILTER)
    return Path(path) if path else None
