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
from zhengui.gui.worklist.check_dialogs import DrawDialog, HandOverDialog, ResultDialog
from zhengui.gui.worklist.paper_deeds import SheetsDialog
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


def test_draws_are_made_and_noted_in_the_window(page, township, settle, monkeypatch) -> None:
    closed = dict.fromkeys(("assigned_on", "rectified_on", "verified_on", "closed_on"), date(2021, 5, 3))
    row = {"found_on": date(2021, 5, 2), "field": "校园", "grade": "一般", "detail": "缺少标识"}
    add(township, "hazard", *({**row, "village": n % 3 + 1, "place": f"第{n}处", **closed} for n in range(6)))
    page.tools.views.choose(3)
    settle()
    assert "隐患本月还没有抽查" in page.draws.told.text()

    def draw(dialog: DrawDialog) -> bool:
        dialog.ledger.setCurrentIndex(dialog.ledger.findData("hazard"))
        dialog.size_line.setText("3")
        dialog.seed.setText("5")
        dialog.take()
        return dialog.made is not None

    monkeypatch.setattr(DrawDialog, "exec", draw)
    page.draws.draw.click()
    settle()
    above = page.draws.rows.item(0)
    assert above.rowCount() == 3
    page.draws.tree.setCurrentIndex(above.child(0).index())
    record_id = page.draws.chosen()[1].item.id

    def fail(dialog: ResultDialog) -> bool:
        dialog.result_box.setCurrentIndex(1)
        assert dialog.deed is not None
        dialog.deed.click()
        assert "哪里不合格" in dialog._wrong.text()
        dialog.editors["words"].set_value("又被占用")
        assert dialog.mistake() == ""
        dialog.take()
        return True

    monkeypatch.setattr(ResultDialog, "exec", fail)
    page.draws.note.click()
    settle()
    assert record.load(township, "hazard", record_id)[0]["closed_on"] is None
    assert page.draws.rows.item(0, 4).text() == "已查 1/3，合格率 0.0%"


def test_duties_stand_by_urgency_and_are_handed_over(page, township, settle, monkeypatch) -> None:
    [home] = add(township, "household", {"village": 1, "head": "户主"})
    watched = {"household": home, "class": "脱贫不稳定户", "from_on": date(2021, 1, 1), "members": 4}
    add(township, "monitored_household", watched)
    add(township, "contact_duty", {"official": 1, "household": home, "from_on": date(2021, 1, 1)})
    page.tools.views.choose(4)
    settle()
    heads = [page.duties.rows.item(n).text() for n in range(3)]
    assert heads == ["一周内该走访 1 户", "没有包保干部 0 户", "包保干部 1 人"]
    assert page.duties.rows.item(0).child(0, 4).text() == "没有走访过，逾期 309 天"
    villages = page.duties.rows.item(3)
    assert villages.child(0).rowCount() == 1
    assert [villages.child(0).child(0, n).text() for n in (0, 2, 3)] == ["李甲", "没有写身份", "包保 1 户"]
    page.duties.tree.setCurrentIndex(page.duties.rows.item(2).child(0).index())

    def hand(dialog: HandOverDialog) -> bool:
        assert dialog.editors["giver"].value() == 1
        assert dialog.mistake() == "请填写接手的干部"
        dialog.editors["taker"].set_value(2)
        assert dialog.mistake() == ""
        dialog.take()
        return bool(dialog.handed)

    monkeypatch.setattr(HandOverDialog, "exec", hand)
    page.duties.hand_over.click()
    settle()
    assert page.duties.rows.item(2).child(0).text() == "王乙"
    household = page.duties.rows.item(0).child(0)
    told = [(household.child(n).text(), household.child(n, 3).text()) for n in range(household.rowCount())]
    assert told == [("2021-12-06 至今", "王乙"), ("2021-01-01 至2021-12-05", "李甲")]


def test_a_sheet_is_written_and_listed(page, township, settle, monkeypatch) -> None:
    offered: list[str] = []
    page.desk.offered.connect(lambda words, _verb, _deed: offered.append(words))
    items = page.board.columns["整改中"].cards.items[:1]
    page.deeds.papers.of_items("urge", items)
    settle()
    assert offered == ["已出隐患督办单（督办单〔2021〕1号）"]
    shown: list[SheetsDialog] = []

    def look(dialog: SheetsDialog) -> bool:
        shown.append(dialog)
        return False

    monkeypatch.setattr(SheetsDialog, "exec", look)
    page.deeds.papers.show_sheets(items[0])
    assert shown[0].list.count() == 1
