"""What was asked and answered is let go: dialogs, menus, and the rows of a list that is filled anew."""

from __future__ import annotations

import gc

import pytest
from PySide6.QtCore import QEvent, QPoint, QTimer
from PySide6.QtGui import QStandardItem
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Settle
from zhengui.gui.desk.desk import Desk
from zhengui.gui.desk.place import Place
from zhengui.gui.frame.main_window import MainWindow
from zhengui.gui.kit.dialogs import Dialog, ask
from zhengui.gui.kit.menu import Menu
from zhengui.gui.worklist.tools import VIEWS


def _let_go() -> None:
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


def test_a_question_goes_with_its_answer(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    for _time in range(3):
        QTimer.singleShot(0, lambda: QApplication.activeModalWidget().reject())  # type: ignore[attr-defined]
        assert not ask(host, "删掉吗？", "以后还可以找回。", "删掉", "留着")
        _let_go()
    assert host.findChildren(Dialog) == []


def test_a_menu_goes_with_what_was_chosen(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    done: list[str] = []
    for _time in range(3):
        menu = Menu(host)
        action = menu.addAction("做", lambda: done.append("做"))
        QTimer.singleShot(0, lambda action=action, menu=menu: (action.trigger(), menu.close()))
        menu.exec(QPoint(0, 0))
        _let_go()
    assert done == ["做"] * 3
    assert host.findChildren(QMenu) == []


@pytest.mark.parametrize("view", VIEWS)
def test_a_list_that_is_filled_anew_keeps_no_rows(
    window: MainWindow, desk: Desk, settle: Settle, view: str
) -> None:
    def rows() -> int:
        settle()
        gc.collect()
        return sum(isinstance(each, QStandardItem) for each in gc.get_objects())

    window.go(Place("worklist", state=view))
    before = rows()
    for _time in range(4):
        desk.saved.emit("hazard")
        settle()
    assert rows() <= before
