"""Ask for a new password, twice: for the office's first person, for somebody, or for oneself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from zhengui.gui.kit.dialogs import Dialog
from zhengui.services.township.people import password_trouble

#: What an office gives up that wants no password, in its own words.
WITHOUT = (
    "不设密码，打开方便；但谁拿到这台电脑、U 盘或备份，都能看到全部台账和身份证号，"
    "也分不清是谁登记、谁审核的。"
)
#: What it takes to have one.
WITH = (
    "设了密码，没有密码谁也打不开，备份和 U 盘上的副本也一样。每人一个密码，忘了可以由管理员重设；"
    "另有一页恢复密钥要打印收好：密码和恢复密钥都丢了，数据就再也打不开。"
)


def hidden(line: QLineEdit) -> QLineEdit:
    """A line whose text isn't shown."""
    line.setEchoMode(QLineEdit.EchoMode.Password)
    return line


class SetPassword(Dialog):
    """`named`: the name can be typed; `present`: the present password is asked for as well.

    `deed` is handed name, password and present password, and may raise what is then told.
    """

    def __init__(
        self,
        parent: QWidget | None,
        question: str,
        told: str,
        office: str,
        name: str,
        named: bool = False,
        present: bool = False,
        deed: Callable[[str, str, str], object] | None = None,
    ) -> None:
        super().__init__(parent, question, told, "设密码", "不设", width=460)
        self._office, self._deed = office, deed
        self.name = self.add_line("您的姓名" if named else "姓名", name, most=30)
        self.name.setEnabled(named)
        self.present = hidden(self.add_line("现在的密码", most=128)) if present else None
        self.password = hidden(self.add_line("新密码", hint="至少 8 个字符，越长越好", most=128))
        self.again = hidden(self.add_line("再输一次", most=128))

    def mistake(self) -> str:
        if not self.name.text().strip():
            return self.wrong(self.name, "请填写姓名")
        trouble = password_trouble(self.password.text(), self.name.text(), self._office)
        if trouble:
            return self.wrong(self.password, trouble)
        same = self.password.text() == self.again.text()
        return self.wrong(self.again, "" if same else "两次输入的密码不一样，请重新输入。")

    def take(self) -> None:
        present = self.present.text() if self.present is not None else ""
        if self._deed is not None:
            self._deed(self.name.text().strip(), self.password.text(), present)
        self.accept()
