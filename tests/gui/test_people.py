"""The window of an office with passwords: setting one, logging in, people, locking, the check of the log."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Settle
from zhengui.catalogue.model import Catalogue
from zhengui.gui.desk.desk import Desk
from zhengui.gui.desk.scope import ChosenScope
from zhengui.gui.frame.guard import Guard
from zhengui.gui.frame.main_window import MainWindow
from zhengui.gui.kit.background import Background
from zhengui.gui.opening.login import Login
from zhengui.gui.opening.recovery_page import RecoveryPage
from zhengui.gui.opening.set_password import SetPassword
from zhengui.gui.system.check_panel import CheckPanel
from zhengui.gui.system.office_panel import OfficePanel
from zhengui.gui.system.page import SystemPage
from zhengui.gui.system.people_panel import PeoplePanel
from zhengui.gui.system.person_dialog import PersonDialog
from zhengui.services.township import idle_lock, login, people
from zhengui.services.township.rights import Role
from zhengui.services.township.township import Township, open_township
from zhengui.storage.file import account_seal, remembered, slots, vault
from zhengui.storage.file.connection import connect

PERSON, PASSWORD = "试验员", "青石 柳塘 白沙"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The passwords of tests need not withstand anybody."""
    monkeypatch.setattr(slots, "MEMORY", 64)
    monkeypatch.setattr(slots, "PASSES", 1)


@pytest.fixture
def guarded(full_file: Path, tmp_path: Path, catalogue: Catalogue) -> Iterator[Township]:
    """An office whose one person, its manager, has given his password."""
    shutil.copytree(full_file, tmp_path / "full")
    path = tmp_path / "full" / "试验镇.zgdb"
    people.begin_with_passwords(open_township(path, catalogue=catalogue), PERSON, PASSWORD)
    login.log_out(path)
    login.log_in(path, PERSON, PASSWORD)
    township = open_township(path, catalogue=catalogue)
    yield township
    township.close()
    login.log_out(path)


@pytest.fixture
def desk(guarded: Township, background: Background) -> Desk:
    return Desk(guarded, ChosenScope(2021), background)


def answer(wanted: type[QWidget], deed: Any) -> None:
    """Do something with the dialog of a kind once it stands there."""

    def look() -> None:
        found = next(
            (
                each
                for each in QApplication.topLevelWidgets()
                if isinstance(each, wanted) and each.isVisible()
            ),
            None,
        )
        if found is None:
            QTimer.singleShot(20, look)
        else:
            deed(found)

    QTimer.singleShot(0, look)


def test_a_wrong_password_is_told_and_a_right_one_opens(guarded: Township, qtbot: QtBot) -> None:
    path = guarded.path
    guarded.close()
    login.log_out(path)
    dialog = Login(path)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.deed is not None
    dialog.name.setText(PERSON)
    dialog.password.setText("不对的密码")
    dialog.deed.click()
    assert "姓名或密码不对" in dialog._wrong.text()
    assert dialog.isVisible()
    dialog.password.setText(PASSWORD)
    dialog.deed.click()
    assert not dialog.isVisible()
    assert login.is_open(path)


def test_the_recovery_key_opens_it_too(guarded: Township, qtbot: QtBot) -> None:
    path = guarded.path
    key = people.renew_recovery_key(guarded, path)
    guarded.close()
    login.log_out(path)
    dialog = Login(path)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog._forgot.click()
    assert dialog.recovery.isVisible()
    assert not dialog.password.isVisible()
    dialog.recovery.setText(key.lower())
    assert dialog.deed is not None
    dialog.deed.click()
    assert login.is_open(path)


def test_a_person_is_added_changed_and_listed(desk: Desk, qtbot: QtBot) -> None:
    panel = PeoplePanel(desk)
    qtbot.addWidget(panel)
    panel.resize(900, 700)
    panel.show()
    panel.refresh()
    assert [panel.list.topLevelItem(0).text(n) for n in (0, 1)] == [PERSON, "管理员"]  # type: ignore[union-attr]

    def fill(dialog: PersonDialog) -> None:
        assert dialog.password is not None
        assert dialog.deed is not None
        dialog.name.setText("李四")
        dialog.password.setText("12345678")
        dialog.deed.click()
        assert dialog.isVisible()  # such a password is refused
        dialog.password.setText("河口 渡口 春风")
        item = dialog.villages.item(1)
        assert item is not None
        item.setCheckState(item.checkState().Checked)
        dialog.deed.click()

    answer(PersonDialog, fill)
    panel._add()
    added = people.people(desk.township)[1]
    assert (added.name, added.role, len(added.villages)) == ("李四", Role.CLERK, 1)
    second = panel.list.topLevelItem(1)
    assert second is not None
    assert second.text(3) == "柳塘村"


def test_without_passwords_the_panel_says_what_that_gives_up(
    township: Township, background: Background, qtbot: QtBot
) -> None:
    panel = PeoplePanel(Desk(township, ChosenScope(2021), background))
    qtbot.addWidget(panel)
    panel.show()
    panel.refresh()
    assert "谁拿到" in panel.told.text()
    assert panel.protect.isVisible()
    assert not panel._staff.isVisible()


def test_the_name_of_who_is_in_cannot_be_typed_over(desk: Desk, qtbot: QtBot) -> None:
    panel = OfficePanel(desk)
    qtbot.addWidget(panel)
    panel.refresh()
    assert panel.operator.text() == PERSON
    assert not panel.operator.isEnabled()


@pytest.mark.parametrize("key", ["office", "words", "parameters", "holidays", "catalogue"])
def test_who_may_not_change_the_office_sees_why_before_he_tries(
    desk: Desk, settle: Settle, qtbot: QtBot, key: str
) -> None:
    page = SystemPage(desk)
    qtbot.addWidget(page)
    panel = page.show_tab(key)
    settle()
    able = [each for each in panel.findChildren(QAbstractButton) if each.isEnabled() and each.text()]
    assert able or key in ("office", "words")
    account = desk.township.account
    assert account is not None
    desk.township.account = replace(account, role=Role.READER)
    page = SystemPage(desk)
    qtbot.addWidget(page)
    panel = page.show_tab(key)
    settle()
    changing = [
        each
        for kind in (QLineEdit, QPlainTextEdit, QComboBox, QAbstractButton)
        for each in panel.findChildren(kind)
        if each is not panel.open_to_all
    ]
    assert changing
    for each in changing:
        assert not each.isEnabled()
        assert "角色是只读" in each.toolTip()
    if panel.open_to_all is not None:
        assert panel.open_to_all.isEnabled()


def test_the_check_names_what_was_edited_by_hand(desk: Desk, settle: Settle, qtbot: QtBot) -> None:
    path = desk.township.path
    panel = CheckPanel(desk)
    qtbot.addWidget(panel)
    panel.show()
    panel.refresh()
    settle()
    assert panel.list.topLevelItemCount() > 2
    panel.run_check()
    settle()
    assert "首尾相接" in panel.verdict.text()
    with closing(connect(path, vault.read_key(path))) as connection:
        connection.execute("UPDATE l_hazard SET cost = 1 WHERE id = 2")
    panel.run_check()
    settle()
    assert panel.found.count() == 1
    item = panel.found.item(0)
    assert item is not None
    assert "第 2 条" in item.text()
    gone: list[object] = []
    desk.asked_for.connect(gone.append)
    panel._go(item)
    assert gone


def test_the_window_is_locked_until_the_password_is_given(
    desk: Desk, background: Background, qtbot: QtBot
) -> None:
    window = MainWindow([])
    qtbot.addWidget(window)
    window.show()
    guard = Guard(window, background, lambda _path: None, lambda: None, lambda: desk.township)
    seen: list[bool] = []

    def unlock(dialog: Login) -> None:
        seen.append(window.isVisible())
        assert not dialog.name.isEnabled()
        dialog.password.setText(PASSWORD)
        assert dialog.deed is not None
        dialog.deed.click()

    answer(Login, unlock)
    guard.lock()
    assert (seen, window.isVisible()) == ([False], True)
    guard._touched -= 60 * idle_lock.USUAL + 1
    answer(Login, unlock)
    guard._look_idle()
    assert seen == [False, False]


def test_minutes_of_the_idle_lock_are_a_field(desk: Desk, qtbot: QtBot) -> None:
    panel = PeoplePanel(desk)
    qtbot.addWidget(panel)
    panel.refresh()
    assert panel.minutes.text() == "15"
    for typed, kept in (("５", 5), ("999", 5), ("x", 5), ("0", 0)):
        panel.minutes.setText(typed)
        panel.minutes.editingFinished.emit()
        assert idle_lock.minutes(desk.township) == kept


def test_a_computer_that_can_remembers_and_forgets(
    guarded: Township, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = guarded.path
    # Where the system seals nothing, nothing is offered.
    plain = Login(path)
    qtbot.addWidget(plain)
    plain.show()
    assert not plain.remember.isVisible()
    plain.reject()
    monkeypatch.setattr(remembered, "possible", lambda: True)
    monkeypatch.setattr(account_seal, "seal", lambda data: bytes(each ^ 1 for each in data))
    monkeypatch.setattr(account_seal, "unseal", lambda data: bytes(each ^ 1 for each in data))
    dialog = Login(path)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.remember.isVisible()
    dialog.name.setText(PERSON)
    dialog.password.setText(PASSWORD)
    dialog.remember.setChecked(True)
    assert dialog.deed is not None
    dialog.deed.click()
    login.log_out(path)
    opened: list[Path] = []
    window = MainWindow([])
    qtbot.addWidget(window)
    Guard(window, desk.background, opened.append, lambda: None, lambda: None).log_in(path)
    assert opened == [path]
    panel = PeoplePanel(desk)
    qtbot.addWidget(panel)
    panel.show()
    panel.refresh()
    assert panel.forget.isVisible()
    panel.forget.click()
    assert not panel.forget.isVisible()
    login.log_out(path)
    assert not login.log_in_remembered(path)
    login.log_in(path, PERSON, PASSWORD)
    # A locked window is unlocked by its person, not by the computer.
    locked = Login(path, None, PERSON)
    qtbot.addWidget(locked)
    locked.show()
    assert not locked.remember.isVisible()


def test_a_first_password_shows_the_key_and_opens_again(
    township: Township, background: Background, settle: Settle, qtbot: QtBot
) -> None:
    window = MainWindow([])
    qtbot.addWidget(window)
    window.show()
    opened: list[Path] = []
    guard = Guard(window, background, opened.append, lambda: None, lambda: township)

    def choose(dialog: SetPassword) -> None:
        dialog.password.setText(PASSWORD)
        dialog.again.setText(PASSWORD)
        assert dialog.deed is not None
        dialog.deed.click()

    def keep(dialog: RecoveryPage) -> None:
        assert dialog.deed is not None
        dialog.deed.click()
        assert dialog.isVisible()  # it isn't done before it is kept
        dialog.kept.setChecked(True)
        dialog.deed.click()

    answer(SetPassword, choose)
    answer(RecoveryPage, keep)
    guard.protect()
    settle()
    assert opened == [township.path]
    assert login.is_protected(township.path)
    again = open_township(township.path)
    assert again.account is not None
    again.close()
    login.log_out(township.path)


def test_the_recovery_page_is_printed(tmp_path: Path, qtbot: QtBot) -> None:
    page = RecoveryPage(None, "0" * 32, "试验镇", tmp_path / "试验镇.zgdb", date(2021, 12, 6))
    qtbot.addWidget(page)
    assert isinstance(page.kept, QCheckBox)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "key.pdf"))
    page.print_on(printer)
    assert (tmp_path / "key.pdf").stat().st_size > 1000
