"""Who sits before the window: logging in, locking, changing places, setting passwords and giving them up."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from zhengui.gui.kit.background import Background
from zhengui.gui.kit.dialogs import ask, tell
from zhengui.gui.kit.trouble import sentence
from zhengui.gui.kit.waiting import run_waiting
from zhengui.gui.opening.login import Login
from zhengui.gui.opening.recovery_page import RecoveryPage
from zhengui.gui.opening.set_password import WITH, WITHOUT, SetPassword
from zhengui.services.township import idle_lock, keep_backup, login, people
from zhengui.work import input_came

if TYPE_CHECKING:
    from zhengui.gui.frame.main_window import MainWindow
    from zhengui.services.township.township import Township

LOCK, CHANGE, PROTECT, GIVE_UP, RENEW = "lock", "change", "protect", "give_up", "renew"
_LOOK_EVERY = 20_000
_INPUT = frozenset(
    {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel}
)

T = TypeVar("T")


class Guard(QObject):
    """`opened` opens a file, `begin` asks for another one; `township` is the one that is open, if one is."""

    def __init__(
        self,
        window: MainWindow,
        background: Background,
        opened: Callable[[Path], None],
        begin: Callable[[], None],
        township: Callable[[], Township | None],
    ) -> None:
        super().__init__(window)
        self._window, self._background = window, background
        self._open, self._begin, self._township = opened, begin, township
        self._touched = time.monotonic()
        self.locked = False
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look_idle)
        self._timer.start(_LOOK_EVERY)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _INPUT:
            self._touched = time.monotonic()
            if event.type() is not QEvent.Type.MouseMove:
                input_came()
        return False

    def asked(self, deed: str) -> None:
        """Do what a page asked for."""
        deeds = {
            LOCK: self.lock,
            CHANGE: self.change,
            PROTECT: self.protect,
            GIVE_UP: self.give_up,
            RENEW: self.renew,
        }
        deeds[deed]()

    def log_in(self, path: Path, again: Callable[[], None] | None = None) -> None:
        """Ask for the password of a file, unless this computer remembers, then open it, or do `again` what wanted it."""
        if login.log_in_remembered(path) or Login(path, self._window).exec():
            (again or (lambda: self._open(path)))()
            return
        township = self._township()
        if township is None or township.database.closed:
            self._begin()

    def lock(self) -> None:
        """Hide everything until the same person gives his password; what was typed stays."""
        township = self._township()
        if self.locked:
            return
        if township is None or township.account is None:
            tell(self._window, "没有锁定", "这个数据文件没有设密码。可以在“系统 → 人员”里设。")
            return
        self.locked = True
        shown = [each for each in QApplication.topLevelWidgets() if each.isVisible() and each.isWindow()]
        for each in shown:
            each.hide()
        asked = Login(township.path, None, township.account.name, "退出政规")
        passed = bool(asked.exec())
        self.locked = False
        for each in shown:
            each.show()
        self._touched = time.monotonic()
        if not passed:
            self._window.close()

    def change(self) -> None:
        """Let another person take the place, without starting anew."""
        township = self._closing()
        if township is None:
            return
        path = township.path
        township.note("logout")
        self._let_go(township)
        login.log_out(path)
        self._window.hide()
        passed = bool(Login(path, None, keep="退出政规").exec())
        self._window.show()
        if passed:
            self._open(path)
        else:
            self._window.close()

    def protect(self) -> None:
        """Put the open file behind a first password."""
        township = self._closing(protected=False)
        if township is None:
            return
        office = township.profile().name
        dialog = SetPassword(
            self._window, "给数据文件设密码吗？", f"{WITH}\n{WITHOUT}", office, township.operator, named=True
        )
        if not dialog.exec():
            return
        name, password = dialog.name.text().strip(), dialog.password.text()
        path, elsewhere, today = township.path, keep_backup.second_place(township), township.today()
        self._background.rest()

        def done(recovery: str) -> None:
            RecoveryPage(self._window, recovery, office, path, today).exec()
            self._take_along(path, elsewhere)

        self._wait("正在加密", lambda: people.begin_with_passwords(township, name, password), done, path)

    def give_up(self) -> None:
        """Let the file open without a password again."""
        township = self._closing()
        if township is None:
            return
        if not ask(self._window, "不再要密码吗？", WITHOUT, "不要密码", "仍用密码", undoable=False):
            return
        path = township.path
        self._background.rest()
        self._wait(
            "正在取消密码", lambda: people.give_up_passwords(township), lambda _none: self._open(path), path
        )

    def renew(self) -> None:
        """Encrypt the file and its backups under another key, as after somebody left."""
        township = self._closing()
        if township is None:
            return
        path, elsewhere = township.path, keep_backup.second_place(township)
        self._background.rest()
        self._wait(
            "正在换钥匙", lambda: people.renew_key(township), lambda _none: self._along(path, elsewhere), path
        )

    def show_recovery(self, key: str, township: Township) -> None:
        """Show the page of a file that was just put behind a password."""
        RecoveryPage(self._window, key, township.profile().name, township.path, township.today()).exec()

    def _take_along(self, path: Path, elsewhere: Path | None) -> None:
        """Ask about the plain keys of backups, then open."""
        plain = people.plain_keys(path, elsewhere)
        told = (
            f"旁边还有 {len(plain)} 份以前的备份带着明文钥匙，谁拿到都能打开。换过以后，它们也要用密码或恢复密钥打开。"
            "另外存在别处的备份，请自己找出来删掉或重新备份。"
        )
        if plain and ask(self._window, "以前的备份也换成密码吗？", told, "一起换", "暂时不换"):
            self._along(path, elsewhere)
        else:
            self._open(path)

    def _along(self, path: Path, elsewhere: Path | None) -> None:
        def done(left: list[Path]) -> None:
            if left:
                names = "、".join(each.name for each in left[:5])
                tell(self._window, "有的备份没有换", f"{names} 读不出来或不能写入，仍是原来的样子。")
            self._open(path)

        self._wait("正在给备份换钥匙", lambda: people.take_backups_along(path, elsewhere), done, path)

    def _wait(self, words: str, work: Callable[[], T], done: Callable[[T], object], path: Path) -> None:
        def failed(error: Exception) -> None:
            tell(self._window, "没有做成", sentence(error))
            self._open(path)

        run_waiting(self._window, self._background, words, lambda _progress: work(), done, failed)

    def _closing(self, protected: bool = True) -> Township | None:
        """The open township, where nothing unsaved keeps it open and passwords are as they have to be."""
        township = self._township()
        if township is None or (township.account is not None) != protected:
            return None
        navigation = self._window.navigation
        return township if navigation is None or navigation.can_close() else None

    def _let_go(self, township: Township) -> None:
        self._background.rest()
        township.close()

    def _look_idle(self) -> None:
        township = self._township()
        if township is None or township.account is None or township.database.closed or self.locked:
            return
        # A question that stands open would be answered by hiding it.
        if QApplication.activeModalWidget() is not None:
            return
        minutes = idle_lock.minutes(township)
        if minutes and time.monotonic() - self._touched > minutes * 60:
            self.lock()
