"""The worklist in the window: every item in its column, the keys and the drag ask for steps, the tree tells progress."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.services.written_office import add
from zhengui.gui.desk.place import Place
from zhengui.gui.form.step_dialog import StepDialog
from zhengui.gui.worklist import item_deeds
from zhengui.services.entry import record
from zhengui.services.loops import list_items
from zhengui.services.township.township import Township


@pytest.fixture
def page(window, township, settle):
    add(township, "official", {"name": "李甲"}, {"name": "王乙"})
    window.navigation.go(Place("worklist"))
    settle()
    return window.navigation.current


def titles(page: Any, state: str) -> list[str]:
    return [item.title.split(" ")[0] for item in page.board.columns[state].cards.items]


def answer(monkeypatch: pytest.MonkeyPatch, **given: Any) -> list[str]:
    """Fill every step dialog in with these values; what was asked is collected."""
    asked: list[str] = []

    def fill(dialog: StepDialog) -> bool:
        asked.append(str(dialog._step))
        for key, value in given.items():
            if key in dialog.editors:
                dialog.editors[key].set_value(value)
        assert dialog.mistake() == ""
        dialog.take()
        return dialog.taken is not None

    monkeypatch.setattr(StepDialog, "exec", fill)
    return asked


def test_the_columns_hold_what_the_service_lists(page, township: Township) -> None:
    found = list_items.items(township, 2021)
    shown = [item for cards in page.board.columns.values() for item in cards.cards.items]
    assert shown == sorted(found, key=shown.index)
    assert titles(page, "整改中") == ["白沙综合市场消防通道", "柳塘砖厂用电线路"]
    assert page.heading()[1] == "1 类台账 · 6 件 · 销号率 16.7%"
    page.tools.late.setChecked(True)
    assert [item.id for cards in page.board.columns.values() for item in cards.cards.items] == [2]


def test_keys_go_sideways_send_on_and_send_back(page, township, settle, monkeypatch) -> None:
    column = page.board.columns["待交办"]
    column.setFocus()
    QTest.keyClick(column, Qt.Key.Key_Right)
    moved = page.board.columns["整改中"]
    assert page.chosen()[0].title.startswith("白沙综合市场消防通道")
    asked = answer(monkeypatch, words="不归我办")
    QTest.keyClick(moved, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert asked == ["return"]
    assert "白沙综合市场消防通道" in titles(page, "待交办")
    asked = answer(monkeypatch, person=1, due=date(2021, 12, 20))
    page.board.columns["待交办"].setFocus()
    place = titles(page, "待交办").index("白沙综合市场消防通道")
    page.board.columns["待交办"].setCurrentIndex(page.board.columns["待交办"].cards.index(place))
    QTest.keyClick(page.board.columns["待交办"], Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert asked == ["assign"]
    assert record.load(township, "hazard", 2)[0]["responsible"] == 1


def test_a_drag_asks_for_the_step_and_no_step_is_passed_over(page, settle, monkeypatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(item_deeds, "tell", lambda _host, what, _then: told.append(what))
    asked = answer(monkeypatch)
    waiting = page.board.columns["待销号"].cards.items
    page.board.dropped.emit(waiting, "待交办")
    assert told == ["不能跳过步骤"]
    page.board.dropped.emit(page.board.columns["待交办"].cards.items, "待销号")
    assert told == ["不能跳过步骤"] * 2
    assert asked == []
    page.board.dropped.emit(page.board.columns["整改中"].cards.items[:1], "待验收")
    settle()
    assert asked == ["report"]
    assert "白沙综合市场消防通道" in titles(page, "整改中"), "evidence is missing, so nothing moved"


def test_the_list_and_the_tree(page, township, settle) -> None:
    task = {"category": "党建", "problem": "制度", "content": "修订", "listed_on": date(2021, 3, 1)}
    closed = dict.fromkeys(("assigned_on", "rectified_on", "verified_on", "closed_on"), date(2021, 4, 1))
    add(township, "rectification_item", {**task, "task": "甲"}, {**task, "task": "乙", **closed})
    page.reload()
    settle()
    page.tools.views.choose(1)
    assert page.list.rows.rowCount() == 8
    page.tools.views.choose(2)
    top = page.tree.rows.item(0)
    assert (top.text(), page.tree.rows.item(0, 1).text()) == ("党建", "1/2 已销号（50%）")
    page.tools.choose_ledger("hazard")
    assert page.stack.currentWidget() is page.empty
    page.tools.views.choose(0)
    assert sum(len(cards.cards.items) for cards in page.board.columns.values()) == 6
