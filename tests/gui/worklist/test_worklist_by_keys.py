"""整改销号 by keys alone: the tree is opened branch by branch, a spot check is drawn and its result noted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Settle
from tests.gui.typist import CTRL, SHIFT, Key, Typist, Until
from tests.services.written_office import add
from zhengui.gui.area.page import AreaPage
from zhengui.gui.desk.place import Place
from zhengui.gui.form.step_dialog import StepDialog
from zhengui.gui.frame.main_window import MainWindow
from zhengui.gui.kit.background import Background
from zhengui.gui.worklist.check_dialogs import DrawDialog, ResultDialog
from zhengui.gui.worklist.page import WorklistPage
from zhengui.services.entry import record
from zhengui.services.township.township import Township


@pytest.fixture
def typist(window: MainWindow, background: Background) -> Typist:
    return Typist(window, lambda: background.resting)


def done(qtbot: QtBot, typist: Typist, script: Iterator[Until], settle: Settle) -> None:
    typist.begin(script)
    qtbot.waitUntil(lambda: typist.done, timeout=120_000)
    if typist.trouble is not None:
        raise typist.trouble
    settle()


def shown(window: MainWindow) -> WorklistPage:
    assert window.navigation is not None
    page = window.navigation.current
    assert isinstance(page, WorklistPage)
    return page


def asks(kind: type[QDialog]) -> Until:
    return lambda: isinstance(QApplication.activeModalWidget(), kind)


def search(typist: Typist, window: MainWindow, words: str, title: str, there: Until) -> Iterator[Until]:
    """Ctrl+Shift+P, some words, down to the row that begins with a title, Enter."""
    typist.press(Key.Key_P, CTRL | SHIFT)
    yield lambda: window.commands._panel is not None and window.commands._panel.field.hasFocus()
    panel = window.commands._panel
    assert panel is not None
    typist.write(words)

    def current() -> bool:
        item = panel.list.currentItem()
        return item is not None and item.text().startswith(title)

    yield from until(typist, Key.Key_Down, current)
    typist.press(Key.Key_Return)
    yield there


def until(
    typist: Typist, key: Qt.Key, met: Until, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> Iterator[Until]:
    """Press a key until something is so."""
    for _time in range(60):
        if met():
            return
        typist.press(key, modifiers)
        yield lambda: True
        yield lambda: True
    assert met()


def test_the_tree_is_walked_and_an_item_sent_on(
    window: MainWindow, township: Township, typist: Typist, qtbot: QtBot, settle: Settle
) -> None:
    task = {"category": "党建", "problem": "制度", "content": "修订", "listed_on": date(2021, 3, 1)}
    add(township, "rectification_item", {**task, "task": "甲"})
    assert window.navigation is not None
    window.navigation.go(Place("worklist"))
    settle()
    page = shown(window)
    asked: list[str] = []

    def script() -> Iterator[Until]:
        yield from search(typist, window, "树", "树", lambda: page.stack.currentWidget() is page.tree)
        yield from until(typist, Key.Key_F6, page.tree.hasFocus)
        typist.press(Key.Key_Home)
        for _branch in range(6):
            if page.tree.chosen():
                break
            typist.press(Key.Key_Right)
            yield lambda: True
            typist.press(Key.Key_Down)
            yield lambda: True
        asked.append(page.tree.chosen()[0].title)
        typist.press(Key.Key_Right, CTRL)
        yield asks(StepDialog)
        typist.press(Key.Key_Escape)
        yield lambda: QApplication.activeModalWidget() is None
        typist.press(Key.Key_Return)
        yield lambda: window.navigation is not None and isinstance(window.navigation.current, AreaPage)

    done(qtbot, typist, script(), settle)
    assert "甲" in asked[0]


def test_a_spot_check_is_drawn_and_its_result_noted(
    window: MainWindow, township: Township, typist: Typist, qtbot: QtBot, settle: Settle
) -> None:
    closed = dict.fromkeys(("assigned_on", "rectified_on", "verified_on", "closed_on"), date(2021, 5, 3))
    row = {"found_on": date(2021, 5, 2), "field": "校园", "grade": "一般", "detail": "缺少标识"}
    add(township, "hazard", *({**row, "village": n % 3 + 1, "place": f"第{n}处", **closed} for n in range(6)))
    assert window.navigation is not None
    window.navigation.go(Place("worklist"))
    settle()
    page = shown(window)
    checked: list[int] = []

    def ringed(words: str) -> Until:
        def met() -> bool:
            window = QApplication.activeModalWidget()
            focused = window.focusWidget() if window is not None else None
            return str(getattr(focused, "text", str)()) == words

        return met

    def script() -> Iterator[Until]:
        yield from search(typist, window, "choucha", "抽查", page.draws.isVisible)
        yield from until(typist, Key.Key_Tab, page.draws.draw.hasFocus)
        typist.press(Key.Key_Return)
        yield asks(DrawDialog)
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, DrawDialog)
        yield from until(typist, Key.Key_Down, lambda: dialog.ledger.currentData() == "hazard")
        yield from until(typist, Key.Key_Tab, dialog.size_line.hasFocus)
        typist.write("3")
        yield from until(typist, Key.Key_Tab, dialog.seed.hasFocus)
        typist.write("5")
        typist.press(Key.Key_Return)
        yield lambda: QApplication.activeModalWidget() is None and page.draws.rows.rowCount() == 1
        yield from until(typist, Key.Key_Tab, page.draws.tree.hasFocus, SHIFT)
        typist.press(Key.Key_Home)
        typist.press(Key.Key_Down)
        yield lambda: isinstance(page.draws.chosen(), tuple)
        checked.append(page.draws.chosen()[1].item.id)  # type: ignore[index]
        yield from until(typist, Key.Key_Tab, page.draws.note.hasFocus)
        typist.press(Key.Key_Return)
        yield asks(ResultDialog)
        result = QApplication.activeModalWidget()
        assert isinstance(result, ResultDialog)
        typist.press(Key.Key_Down)
        yield lambda: not result.result_box.currentData()
        words = result.editors["words"].input()
        yield from until(typist, Key.Key_Tab, words.hasFocus)
        typist.write("又被占用")
        yield from until(typist, Key.Key_Tab, ringed("登记"))
        typist.press(Key.Key_Return)
        yield lambda: QApplication.activeModalWidget() is None

    done(qtbot, typist, script(), settle)
    assert record.load(township, "hazard", checked[0])[0]["closed_on"] is None
    above = page.draws.rows.item(0, 4)
    assert above is not None
    assert above.text() == "已查 1/3，合格率 0.0%"
