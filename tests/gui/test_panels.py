"""The panels that choose a period, villages, columns and filters."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from zhengui.catalogue.model import Catalogue
from zhengui.figures import period
from zhengui.gui.chooser.period import PeriodPopover
from zhengui.gui.chooser.villages import VillagePopover
from zhengui.gui.desk.scope import ChosenScope
from zhengui.gui.ledger.column_filter import ColumnFilter, WantedValues
from zhengui.gui.ledger.columns import all_columns, usual
from zhengui.gui.ledger.columns_popover import ColumnsPopover


@pytest.fixture
def scope() -> ChosenScope:
    made = ChosenScope(2021)
    made.set_all_villages({1: "青石村", 2: "柳塘村", 3: "白沙村"})
    return made


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(900, 620)
    made.show()
    return made


def test_scope_speaks_plainly(scope: ChosenScope) -> None:
    assert (scope.period_words(), scope.village_words()) == ("2021年 · 全年", "全镇 3 村（居）")
    assert scope.status_words() == ""
    scope.set_period(period.half(2021, 1))
    scope.set_villages([3, 1])
    assert scope.period_words() == "2021年 · 上半年"
    assert scope.village_words() == "青石村等 2 个"
    assert scope.status_words() == "只统计 2021-01-01 至 2021-06-30，青石村、白沙村"
    scope.set_villages([1, 2, 3])
    assert scope.villages == ()
    scope.widen()
    assert not scope.narrowed


@pytest.mark.parametrize(
    ("start", "by", "wanted"),
    [
        (period.year(2021), 1, period.year(2022)),
        (period.quarter(2021, 4), 1, period.quarter(2022, 1)),
        (period.month(2021, 1), -1, period.month(2020, 12)),
        (
            period.between(date(2021, 1, 5), date(2021, 1, 9)),
            1,
            period.between(date(2021, 1, 10), date(2021, 1, 14)),
        ),
    ],
)
def test_arrows_step_by_the_length_of_the_period(
    scope: ChosenScope, start: period.Period, by: int, wanted: period.Period
) -> None:
    scope.set_period(start)
    scope.step(by)
    assert scope.period == wanted


def test_period_panel(scope: ChosenScope, host: QWidget) -> None:
    panel = PeriodPopover(host, scope, lambda: date(2021, 12, 6))
    panel.open_under(host)
    cells = {cell.text(): cell for cell, _make in panel._cells}
    assert cells["全年"].isChecked()
    assert cells["12月"].now
    cells["二季度"].click()
    assert scope.period == period.quarter(2021, 2)
    cells["年初至今"].click()
    assert scope.period == period.between(date(2021, 1, 1), date(2021, 12, 6))
    panel._from.setText("3.5")
    panel._to.setText("20210320")
    panel._take_dates()
    assert scope.period == period.between(date(2021, 3, 5), date(2021, 3, 20))
    panel._to.setText("3.1")
    panel._take_dates()
    assert "早于" in panel._mistake.text()
    assert scope.period.end == date(2021, 3, 20)


def test_escape_closes_a_panel(scope: ChosenScope, host: QWidget, qtbot: QtBot) -> None:
    panel = PeriodPopover(host, scope, lambda: date(2021, 12, 6))
    panel.open_under(host)
    assert panel.isVisible()
    qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()


def test_village_panel_finds_by_initials(scope: ChosenScope, host: QWidget, qtbot: QtBot) -> None:
    panel = VillagePopover(host, scope)
    panel.open_under(host)
    qtbot.keyClicks(panel._search, "bs")
    assert [panel._list.item(row).text() for row in panel._shown()] == ["白沙村"]
    qtbot.keyClick(panel._search, Qt.Key.Key_Return)
    assert scope.villages == (3,)
    assert not panel.isVisible()


def test_village_ticks_count_when_the_panel_closes(scope: ChosenScope, host: QWidget) -> None:
    panel = VillagePopover(host, scope)
    panel.open_under(host)
    for row in (0, 1):
        panel._list.item(row).setCheckState(Qt.CheckState.Checked)
    assert scope.villages == ()
    panel.hide()
    assert scope.villages == (1, 2)


class NoNames:
    def find(self, register: str, text: str) -> list[tuple[int, str]]:
        return []

    def label(self, register: str, id: int) -> str | None:
        return None


def asked(host: QWidget, catalogue: Catalogue, key: str, choices: list[tuple[object, str]]) -> ColumnFilter:
    field = catalogue.ledgers["hazard"][key]
    return ColumnFilter(host, field, None, NoNames(), lambda: date(2021, 12, 6), choices)


def test_filter_by_ticks(host: QWidget, catalogue: Catalogue) -> None:
    panel = asked(host, catalogue, "grade", [("一般", "一般　3"), (None, "（没填）　1")])
    got: list[WantedValues] = []
    panel.wanted.connect(got.append)
    assert panel._list is not None
    panel._list.item(0).setCheckState(Qt.CheckState.Checked)
    panel._take()
    assert got[0].values == ("一般",)
    assert got[0].words == "等级为一般"


def test_filter_by_a_span_reads_what_people_type(host: QWidget, catalogue: Catalogue) -> None:
    panel = asked(host, catalogue, "found_on", [])
    got: list[WantedValues] = []
    panel.wanted.connect(got.append)
    panel._fields[0].setText("3.5")
    panel._fields[1].setText("三月")
    panel._take()
    assert got == []
    assert panel._fields[1].property("look") == "error"
    panel._fields[1].setText("2021年3月20日")
    panel._take()
    assert (got[0].low, got[0].high) == (date(2021, 3, 5), date(2021, 3, 20))


def test_columns_are_chosen_and_never_none(host: QWidget, catalogue: Catalogue) -> None:
    ledger = catalogue.ledgers["hazard"]
    columns = all_columns(ledger)
    panel = ColumnsPopover(host)
    panel.fill(columns, usual(ledger, columns))
    got: list[list[str]] = []
    panel.chosen.connect(got.append)
    shown = len(usual(ledger, columns))
    for row in range(panel._list.count()):
        panel._list.item(row).setCheckState(Qt.CheckState.Unchecked)
    assert [len(keys) for keys in got] == list(range(shown - 1, 0, -1))
