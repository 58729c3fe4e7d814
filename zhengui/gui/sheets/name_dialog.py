"""Ask what a form is to be called."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from zhengui.gui.kit.dialogs import Dialog


class NameDialog(Dialog):
    """One line."""

    def __init__(self, parent: QWidget | None, name: str) -> None:
        super().__init__(parent, "这张表样叫什么？", "", "改名", "不改了", title="表样")
        self.name = self.add_line("名称", name, most=60)

    def mistake(self) -> str:
        return self.wrong(self.name, "" if self.name.text().strip() else "请写上名称。")
