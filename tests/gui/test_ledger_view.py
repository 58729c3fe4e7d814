"""A ledger's table does what a clerk expects of it."""

from __future__ import annotations

from datetime import date
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.conftest import HAZARDS, Settle
from zhengui.catalogue.closed_loop import state_of
from zhengui.figures import period
from zhengui.gui.desk.desk import Desk
from zhengui.gui.desk.place import BIN
from zhengui.gui.frame.main_window import MainWindow
from zhengui.gui.ledger import deeds as ledger_deeds
from zhengui.gui.ledger import source as ledger_source
from zhengui.gui.ledger import view as ledger_view
from zhengui.gui.ledger.column_filter import WantedValues
from zhengui.gui.ledger.columns import STATE
from zhengui.gui.ledger.source import Loaded
from zhengui.gui.ledger.view import LedgerView
from zhengui.services.entry import browse_records, record
from zhengui.services.township.township import Township


@pytest.fixture
def view(window: MainWindow, desk: Desk, settle: Settle) -> LedgerView:
    desk.go_to_ledger("hazard")
    settle()
    page = window.navigation.current  # type: ignore[union-attr]
    found: LedgerView = page.view  # type: ignore[union-attr]
    return found


def places(view: LedgerView) -> list[str]:
    keys = [c.key for c in view.table.rows.columns]
    column = keys.index("place")
    return [view.table.rows.index(row, column).data() for row in range(len(view.table.rows.ids))]


def select(view: LedgerView, top: int, bottom: int, left: str, right: str) -> None:
    keys, model = [c.key for c in view.table.rows.columns], view.table.rows
    chosen = QItemSelection(model.index(top, keys.index(left)), model.index(bottom, keys.index(right)))
    view.table.setCurrentIndex(model.index(top, keys.index(left)))
    view.table.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def test_latest_records_stand_first_with_totals(view: LedgerView) -> None:
    assert places(view)[-1] == "青石小学校门口"
    assert len(places(view)) == len(HAZARDS)
    assert "51,630.00" in view.totals.accessibleName()
    assert view.totals.accessibleName().startswith(f"共 {len(HAZARDS)} 条")


def test_sorting_by_a_heading_and_back(view: LedgerView, settle: Settle) -> None:
    section = [c.key for c in view.table.rows.columns].index("cost")
    view.table.heading.sort_asked.emit(section)
    settle()
    assert places(view)[0] == "龙潭水库溢洪道护栏"
    view.table.heading.sort_asked.emit(section)
    settle()
    assert places(view)[0] == "桃园幼儿园厨房燃气"
    assert view.table.heading.sort_column == section
    assert not view.table.heading.descending


def test_states_have_counts_and_narrow_the_table(view: LedgerView, settle: Settle) -> None:
    chips = {c.text(): c.count for c in view.tools._chips.values()}
    assert chips == {"全部": 6, "待交办": 1, "整改中": 2, "待验收": 1, "待销号": 1, "已销号": 1, "逾期": 1}
    view.choose_state("逾期")
    settle()
    assert places(view) == ["白沙综合市场消防通道"]
    state = [c.key for c in view.table.rows.columns].index(STATE)
    assert view.table.rows.index(0, state).data() == "整改中"
    due = [c.key for c in view.table.rows.columns].index("due_on")
    said = view.table.rows.index(0, due).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "2021-11-30 逾期 6 天"


def test_search_by_words_and_by_initials(view: LedgerView, qtbot: QtBot, settle: Settle) -> None:
    qtbot.keyClicks(view.tools.search, "bszh")
    qtbot.wait(250)
    settle()
    assert places(view) == ["白沙综合市场消防通道"]
    view.tools.search.setText("没有这样的")
    qtbot.wait(250)
    settle()
    assert places(view) == []
    assert "没有这样的" in view.empty._text.text()
    view.clear_filters()
    settle()
    assert len(places(view)) == len(HAZARDS)
    assert view.tools.search.text() == ""


def test_a_search_in_a_long_ledger_shows_its_first_records_before_the_rest(
    view: LedgerView, settle: Settle, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(ledger_view, "MANY", 3)
    load, held = ledger_source.load_until, Event()

    def later(*asked: Any) -> Loaded:
        held.wait(20)
        return load(*asked)

    monkeypatch.setattr(ledger_source, "load_until", later)
    view._search("通道")
    try:
        qtbot.waitUntil(lambda: places(view) == ["白沙综合市场消防通道"], timeout=10_000)
        assert "正在查找其余的记录" in view.totals.accessibleName()
    finally:
        held.set()
    settle()
    assert places(view) == ["白沙综合市场消防通道"]
    assert view.totals.accessibleName().startswith("共 1 条")


def test_a_long_ledger_sorted_anew_shows_its_first_records_before_the_rest(
    view: LedgerView, settle: Settle, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(ledger_view, "MANY", 3)
    load, first, held = ledger_source.load_until, browse_records.first_ids, Event()
    asked: list[str] = []

    def later(*wanted: Any) -> Loaded:
        held.wait(20)
        return load(*wanted)

    def few(reading: Any, selection: Any) -> Any:
        asked.append(selection.sort)
        return first(reading, selection)[:2]

    monkeypatch.setattr(ledger_source, "load_until", later)
    monkeypatch.setattr(browse_records, "first_ids", few)
    view.arrangement.sort_by("place", False)
    try:
        qtbot.waitUntil(lambda: len(places(view)) == 2, timeout=10_000)
        assert "正在给其余的记录排序" in view.totals.accessibleName()
        begun = places(view)
    finally:
        held.set()
    settle()
    assert len(places(view)) == len(HAZARDS)
    assert places(view)[:2] == begun
    view.reload()
    settle()
    assert asked == ["place"], "what is only read again stays in its place until all of it is there"


def test_column_filters_add_up_and_are_told(view: LedgerView, settle: Settle) -> None:
    view.filter_by("grade", WantedValues(values=("重大",), words="等级为重大"))
    view.filter_by("cost", WantedValues(low=500_000, words="投入资金从 5000"))
    settle()
    assert places(view) == []
    view.filter_by("cost", WantedValues())
    settle()
    assert set(places(view)) == {"桃园幼儿园厨房燃气", "柳塘砖厂用电线路"}
    assert "筛选：等级为重大" in view.totals.accessibleName()
    grade = [c.key for c in view.table.rows.columns].index("grade")
    assert view.table.heading.filtered == {grade}


def test_period_and_villages_narrow_every_table(view: LedgerView, desk: Desk, settle: Settle) -> None:
    desk.scope.set_period(period.half(2021, 1))
    desk.scope.set_villages([2])
    settle()
    assert places(view) == ["桃园幼儿园厨房燃气"]
    desk.scope.set_period(period.quarter(2021, 1))
    settle()
    assert places(view) == []
    view.clear_filters()
    settle()
    assert len(places(view)) == len(HAZARDS)


def test_status_bar_adds_up_a_range(view: LedgerView, window: MainWindow, qtbot: QtBot) -> None:
    select(view, 0, 2, "cost", "cost")
    qtbot.wait(120)
    assert window.status.selection.text() == "选中 3 格　计数 2　求和 25,050.00　平均 12,525.00"


def test_copying_takes_headings_along(view: LedgerView, settle: Settle) -> None:
    select(view, 0, 1, "grade", "place")
    view.table.copied.emit()
    settle()
    lines = QApplication.clipboard().text().split("\n")
    assert lines[0].split("\t") == ["等级", "隐患场所"]
    assert len(lines) == 3
    table = QApplication.clipboard().mimeData().html()
    assert (table.count("<tr>"), table.count("<th "), table.count("<td ")) == (3, 2, 4)
    select(view, 0, 0, "place", "place")
    view.table.copied.emit()
    settle()
    assert QApplication.clipboard().text() == places(view)[0]


def test_removing_can_be_undone_and_the_bin_gives_back(
    view: LedgerView, window: MainWindow, qtbot: QtBot, settle: Settle
) -> None:
    name = places(view)[0]
    select(view, 0, 0, "place", "place")
    qtbot.keyClick(view.table, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert name not in places(view)
    assert window.toast is not None
    assert window.toast.text == "已移到回收站：隐患 1 条"
    window.commands.undo()
    settle()
    assert name in places(view)
    view.deeds.remove()
    settle()
    view.show_ledger(view.ledger, BIN)  # type: ignore[arg-type]
    settle()
    assert len(places(view)) == 1
    view.table.selectAll()
    view.deeds.restore()
    settle()
    view.show_bin(False)
    settle()
    assert len(places(view)) == len(HAZARDS)


def test_removing_many_asks_first(view: LedgerView, settle: Settle, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def answer(_parent: object, question: str, *_rest: object) -> bool:
        asked.append(question)
        return False

    monkeypatch.setattr(ledger_deeds, "ask", answer)
    view.table.selectAll()
    view.deeds.remove()
    settle()
    assert asked == ["要把这 6 条隐患移到回收站吗？"]
    assert len(places(view)) == len(HAZARDS)


def test_columns_widths_and_sorting_are_remembered(
    view: LedgerView, township: Township, qtbot: QtBot, settle: Settle
) -> None:
    view.arrangement.choose(["cost", "place"])
    view.table.heading.resizeSection(0, 188)
    view.arrangement.sort_by("cost", True)
    qtbot.wait(750)
    settle()
    again = LedgerView(view.desk)
    qtbot.addWidget(again)
    again.show_ledger(township.catalogue.ledgers["hazard"])
    settle()
    assert [c.key for c in again.table.rows.columns] == ["cost", "place"]
    assert again.table.rows.columns[0].width == 188
    assert places(again)[0] == "龙潭水库溢洪道护栏"
    view.arrangement.choose([])
    assert len(view.table.rows.columns) > 5


def test_several_records_changed_at_once_and_back(
    view: LedgerView, window: MainWindow, township: Township, settle: Settle
) -> None:
    ids = list(view.table.rows.ids[:2])
    before = [record.load(township, "hazard", i)[0]["grade"] for i in ids]
    done = record.edit_many(township, "hazard", ids, {"grade": "较大"})
    view.deeds._edited(done, {"grade": "较大"})
    settle()
    assert {record.load(township, "hazard", i)[0]["grade"] for i in ids} == {"较大"}
    window.commands.undo()
    settle()
    assert [record.load(township, "hazard", i)[0]["grade"] for i in ids] == before


def test_a_saved_record_shows_at_once(
    view: LedgerView, desk: Desk, township: Township, settle: Settle
) -> None:
    values = {"found_on": date(2021, 12, 1), "village": 1, "field": "交通", "grade": "一般"}
    saved = record.save(township, "hazard", values | {"place": "新登记的场所", "detail": "减速带缺失"})
    view.keep_in_view(saved.id)
    desk.saved.emit("hazard")
    settle()
    assert view.shown.current_record() == saved.id
    assert "新登记的场所" in places(view)


def test_ctrl_enter_opens_the_record_in_the_form(view: LedgerView, qtbot: QtBot) -> None:
    opened: list[tuple[str, int]] = []
    view.open_asked.connect(lambda *given: opened.append(given))
    qtbot.keyClick(view.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert opened == [("hazard", view.table.rows.ids[0])]


def test_a_copy_of_a_closed_item_begins_at_the_start(view: LedgerView, settle: Settle) -> None:
    row = places(view).index("青石小学校门口")
    view.table.setCurrentIndex(view.table.rows.index(row, 0))
    copies: list[dict[str, object]] = []
    view.new_asked.connect(lambda _ledger, values: copies.append(values))
    view.deeds.copy_record()
    assert state_of(copies[0]) == "待交办"
    assert copies[0]["place"] == "青石小学校门口"
    assert copies[0].get("due_on") is None
    assert "photo" not in copies[0]
