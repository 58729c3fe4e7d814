"""The drill-down of a figure: by village and by month, from a share to its records, and from a record to the form."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.gui.conftest import HAZARDS, VILLAGES, Settle
from zhengui.figures import period
from zhengui.gui.area.page import AreaPage
from zhengui.gui.desk.desk import Desk
from zhengui.gui.desk.place import Place
from zhengui.gui.figure.page import FigurePage
from zhengui.gui.figure.records import MONTH, VILLAGE
from zhengui.gui.frame.main_window import MainWindow
from zhengui.services.counting.compute_figures import compute
from zhengui.services.entry.record import save
from zhengui.services.township.township import Township
from zhengui.work import Cancelled

YEAR = period.year(2021)


def shown(window: MainWindow, settle: Settle, key: str) -> FigurePage:
    window.go(Place("figure", key))
    settle()
    assert window.navigation is not None
    page = window.navigation.current
    assert isinstance(page, FigurePage)
    return page


def lines(page: FigurePage) -> list[list[str]]:
    table = page.records.split.table
    found = []
    for row in range(table.rowCount()):
        items = [table.item(row, column) for column in range(table.columnCount() - 1)]
        found.append([item.text() for item in items if item is not None])
    return found


def test_villages_and_months_make_up_the_figure(window: MainWindow, settle: Settle) -> None:
    page = shown(window, settle, "hazards_found")
    assert page.records.tabs.keys[-2:] == [VILLAGE, MONTH]
    page.records.choose(VILLAGE)
    by_village = [sum(1 for row in HAZARDS if row[2] == number) for number in (1, 2, 3)]
    assert lines(page) == [[name, f"{n}"] for name, n in zip(VILLAGES, by_village, strict=True)]
    assert page.records.split.told.accessibleName() == "3 个村（居），合计 6 条，与指标数值一致"
    page.records.choose(MONTH)
    by_month = [sum(1 for row in HAZARDS if row[1] == number) for number in range(1, 13)]
    assert lines(page) == [[f"{number}月", f"{n}"] for number, n in enumerate(by_month, 1)]
    assert page.records.split.told.accessibleName() == "12 个月，合计 6 条，与指标数值一致"


def test_the_latest_records_are_there_before_all_else(
    window: MainWindow, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_given: object) -> None:
        raise Cancelled

    with monkeypatch.context() as patch:
        patch.setattr("zhengui.gui.figure.page.read_facts", stopped)
        page = shown(window, settle, "hazards_found")
    table = page.records.list.table.rows
    assert len(page.records.tabs.keys) == 1
    first = list(table.ids)
    assert len(first) == 6
    assert page._value.text() == "6"
    assert page.records.list.totals.accessibleName() == "正在读取全部记录"
    page._reload()
    settle()
    assert list(table.ids) == first
    assert page.records.list.totals.accessibleName().startswith("6 条，与指标数值一致")


def test_a_share_opens_exactly_its_records(window: MainWindow, settle: Settle, qtbot: QtBot) -> None:
    page = shown(window, settle, "hazards_found")
    page.records.choose(VILLAGE)
    page.records.split.table.setCurrentCell(2, 0)
    qtbot.keyClick(page.records.split.table, Qt.Key.Key_Return)
    settle()
    assert page.records.tabs.current.startswith("value")
    assert len(page.records.list.table.rows.ids) == 2
    assert page.records.whole.isVisible()
    assert page.records.whole.text() == "只看白沙村"
    assert "一致" not in page.records.list.totals.accessibleName()
    page.records.whole.click()
    settle()
    assert len(page.records.list.table.rows.ids) == 6
    assert not page.records.whole.isVisible()


def test_a_village_without_records_has_nothing_to_open(window: MainWindow, settle: Settle) -> None:
    page = shown(window, settle, "hazards_removed")
    page.records.choose(MONTH)
    opened: list[object] = []
    page.records.split.chosen.connect(opened.append)
    page.records.split.table.cellClicked.emit(0, 0)
    assert opened == []


def test_a_share_by_village_tells_what_it_is_taken_of(window: MainWindow, settle: Settle) -> None:
    page = shown(window, settle, "hazard_rate")
    page.records.choose(VILLAGE)
    assert lines(page)[0] == ["青石村", "1", "2"]
    assert page.records.split.told.accessibleName() == "3 个村（居），合计 1 条，作为总数的 6 条"
    assert all(tab.isVisible() for tab in page.records.tabs._tabs), "the search leaves its room to the tabs"


def test_another_figure_starts_with_all_its_records(window: MainWindow, settle: Settle) -> None:
    page = shown(window, settle, "hazards_found")
    page.records.choose(VILLAGE)
    page.records.split.table.cellClicked.emit(2, 0)
    settle()
    page = shown(window, settle, "hazards_removed")
    assert not page.records.whole.isVisible()
    assert len(page.records.list.table.rows.ids) == 1


@pytest.mark.parametrize("back", ["link", "history"])
def test_a_record_opens_for_correction_and_the_figure_follows(
    window: MainWindow, desk: Desk, township: Township, settle: Settle, back: str
) -> None:
    page = shown(window, settle, "hazards_removed")
    assert page._value.text() == "1"
    record = page.records.list.table.rows.ids[0]
    page.records.list.table.opened.emit(record)
    settle()
    assert window.navigation is not None
    area = window.navigation.current
    assert isinstance(area, AreaPage)
    assert area.form is not None
    form = area.form.form
    for key in ("verified_on", "closed_on"):
        editor = form.open_sheet().rows[key].editor
        editor.set_text("")
        editor.changed.emit()
    assert form.save()
    settle()
    if back == "history":
        window.navigation.step(-1)
    else:
        desk.go("figure", "hazards_removed")
    settle()
    now = compute(township, YEAR, (), ["hazards_removed"])["hazards_removed"]
    assert now.value == 0, "hazards are registered and none of them is closed: the records say so"
    assert page._value.text() == "0"
    assert page._printed.text() == now.display
    assert len(page.records.list.table.rows.ids) == 0
    page.records.choose("out")
    settle()
    assert record in page.records.list.table.rows.ids


def test_the_way_back_leads_where_one_came_from(window: MainWindow, settle: Settle) -> None:
    window.go(Place("report"))
    settle()
    page = shown(window, settle, "hazards_removed")
    assert page._back.text() == "返回 总结报告"
    page._back.click()
    settle()
    assert window.navigation is not None
    assert window.navigation.place == Place("report")


def test_the_narrowed_list_follows_a_correction(
    window: MainWindow, desk: Desk, township: Township, settle: Settle
) -> None:
    page = shown(window, settle, "hazards_found")
    page.records.choose(VILLAGE)
    page.records.split.table.cellClicked.emit(2, 0)
    settle()
    record = page.records.list.table.rows.ids[0]
    save(township, "hazard", {"village": 1, "found_on": date(2021, 3, 2)}, record)
    desk.saved.emit("hazard")
    settle()
    assert page.records.whole.text() == "只看白沙村"
    assert list(page.records.list.table.rows.ids) != [record]
    assert len(page.records.list.table.rows.ids) == 1


def test_other_periods_are_compared_from_here(window: MainWindow, desk: Desk, settle: Settle) -> None:
    page = shown(window, settle, "hazards_found")
    actions = page._compare_menu().actions()
    assert [action.isChecked() for action in actions].count(True) == 1
    actions[-1].trigger()
    settle()
    assert desk.scope.compare == "none"
    assert page._change.text() == ""
