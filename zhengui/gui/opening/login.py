"""Ask for a name and a password, or the recovery key, before a file behind passwords is shown."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from zhengui.gui.kit import memory
from zhengui.gui.kit.dialogs import Dialog
from zhengui.services.problem import StorageProblem
from zhengui.services.township import login


class Login(Dialog):
    """Accepted once the file is open; `name` names the only one who may, as where the window was locked."""

    def __init__(
        self, path: Path, parent: QWidget | None = None, name: str = "", keep: str = "不打开"
    ) -> None:
        question = f"{name}，请输入密码接着用" if name else f"打开“{path.stem}”"
        super().__init__(parent, question, "", "打开", keep, width=380)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self._path, self._only = path, name
        self.name = self.add_line("姓名", name or memory.recall().person, most=30)
        self.name.setEnabled(not name)
        self.password = self.add_line("密码", most=200)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.recovery = self.add_line("恢复密钥", hint="打印的 32 个字母和数字", most=80)
        self.remember = self.add_tick("在这台电脑上记住，下次不用输密码")
        self.remember.setToolTip("只对您的 Windows 账户有效：用这个账户登录电脑的人都能打开。")
        self.remember.setVisible(not name and login.can_remember())
        self._forgot = self.add_verb("忘了密码…", self._ask_recovery)
        self._show_recovery(False)
        if self.name.text():
            self.password.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_recovery(self, shown: bool) -> None:
        for field in (self.name, self.password):
            self._set_visible(field, not shown)
        self._set_visible(self.recovery, shown)
        self.by_recovery = shown
        self.remember.setVisible(not shown and not self._only and login.can_remember())
        self._forgot.setText("用密码…" if shown else "忘了密码…")
        (self.recovery if shown else self.name).setFocus(Qt.FocusReason.TabFocusReason)

    def _set_visible(self, field: QLineEdit, shown: bool) -> None:
        field.setVisible(shown)
        place = self.rows.indexOf(field)
        before = self.rows.itemAt(place - 1) if place > 0 else None
        told = before.widget() if before is not None else None
        if told is not None:
            told.setVisible(shown)

    def _ask_recovery(self) -> None:
        self._show_recovery(not self.by_recovery)
        self.complain("")

    def mistake(self) -> str:
        if self.by_recovery:
            return self.wrong(self.recovery, "" if self.recovery.text().strip() else "请输入恢复密钥")
        if not self.name.text().strip():
            return self.wrong(self.name, "请输入姓名")
        return self.wrong(self.password, "" if self.password.text() else "请输入密码")

    def take(self) -> None:
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            if self.by_recovery:
                login.log_in_with_recovery_key(self._path, self.recovery.text())
            else:
                login.log_in(self._path, self.name.text(), self.password.text())
        except StorageProblem:
            self.password.selectAll()
            raise
        finally:
            QApplication.restoreOverrideCursor()
        if self.remember.isVisible() and self.remember.isChecked() and not self.by_recovery:
            login.remember_here(self._path)
        if not self.by_recovery and not self._only:
            memory.remember(person=self.name.text().strip())
        self.accept()
