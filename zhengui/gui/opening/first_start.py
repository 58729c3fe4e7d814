"""The first start: whose ledgers these are and who enters them, or a data file that is already there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from zhengui.gui.kit.dialogs import Dialog, label
from zhengui.gui.kit.style import mark

FILTER = "政规数据文件 (*.zgdb)"


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen: a new township (`name`, `operator`), a file to open, or the demo."""

    name: str = ""
    operator: str = ""
    path: Path | None = None
    demo: bool = False


class FirstStart(Dialog):
    """Asks two names; both can be changed later under 系统."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, verb="开始使用", width=460)
        self.choice: Choice | None = None
        self.rows.addWidget(label("先认识一下", self, "big"))
        self.add_words("两项都可以以后在“系统”里修改。数据只存在这台电脑上，程序不联网。")
        self.name = self.add_line("乡镇名称", hint="例如：云岭镇", most=30)
        self.operator = self.add_line("您的姓名", hint="每次修改都会记下是谁改的", most=30)
        self.add_verb("打开已有数据…", self._existing)
        self.add_verb("先看演示镇", self._demo).setToolTip("演示镇里有三年的完整数据，人物均为虚构")

    def mistake(self) -> str:
        name, operator = self.name.text().strip(), self.operator.text().strip()
        mark(self.name, look="" if name else "error")
        mark(self.operator, look="error" if name and not operator else "")
        if name and operator:
            return ""
        (self.operator if name else self.name).setFocus()
        return "请填写乡镇名称" if not name else "请填写您的姓名"

    def take(self) -> None:
        self._take(Choice(self.name.text().strip(), self.operator.text().strip()))

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
