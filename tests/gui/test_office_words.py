"""系统 → 称呼与落款, 以前年度: what is chosen or entered there is kept, said and undone in a real window."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from tests.gui.conftest import Settle
from zhengui.gui.desk.place import Place
from zhengui.gui.frame.main_window import MainWindow
from zhengui.gui.system.earlier_panel import EarlierPanel
from zhengui.gui.system.words_panel import WordsPanel
from zhengui.services.counting.entered_values import entered_values
from zhengui.services.township.own_words import signed_by, words_of
from zhengui.services.township.township import Township


def on(window: MainWindow, settle: Settle, key: str, kind: type) -> object:
    window.go(Place("system", key))
    settle()
    assert window.navigation is not None
    page = window.navigation.current
    assert page is not None
    return page.findChildren(kind)[0]


@pytest.fixture
def words(window: MainWindow, settle: Settle) -> WordsPanel:
    found = on(window, settle, "words", WordsPanel)
    assert isinstance(found, WordsPanel)
    return found


@pytest.fixture
def earlier(window: MainWindow, settle: Settle) -> EarlierPanel:
    found = on(window, settle, "earlier", EarlierPanel)
    assert isinstance(found, EarlierPanel)
    return found


def test_what_an_office_is_called_is_kept_and_said(words: WordsPanel, township: Township) -> None:
    assert not words.save.isEnabled()
    words.lists["kind"].setCurrentText("街道")
    words.lists["villages"].setCurrentText("社区")
    words.lines["letter"].setText("致居民的一封信")
    words.signed.setCurrentIndex(2)
    assert words.save.isEnabled()
    words.save.click()
    assert not words.save.isEnabled()
    assert words_of(township)["letter"] == "致居民的一封信"
    assert signed_by(township) == 2
    assert words.desk.scope.village_words() == "全街道 3 社区"
    assert words.desk.catalogue.ledgers["letter"].title == "致居民的一封信"


def test_a_word_that_is_not_kept_is_asked_about(words: WordsPanel, monkeypatch: pytest.MonkeyPatch) -> None:
    words.lists["plan_word"].setCurrentText("工作打算")
    monkeypatch.setattr("zhengui.gui.system.words_panel.ask", lambda *_: False)
    assert not words.can_leave()
    monkeypatch.setattr("zhengui.gui.system.words_panel.ask", lambda *_: True)
    assert words.can_leave()
    assert words.lists["plan_word"].currentText() == "工作计划"


def test_a_sheet_is_pasted_kept_and_taken_back(
    earlier: EarlierPanel, township: Township, window: MainWindow
) -> None:
    first, last = earlier._years[0], earlier._years[-1]
    QGuiApplication.clipboard().setText(f"指标\t{first}年\t{last}\n消除隐患\t118\t138\n发放公开信\t\t6400\n")
    earlier.pasting.click()
    assert earlier.told.text() == "改了 3 个数，还没保存"
    earlier.keep()
    assert "请写明这个数出自哪份文件" in earlier.told.text()
    earlier.source.setText("2020年工作总结")
    earlier.dated.setText("2月30日")
    earlier.keep()
    assert "不是日期" in earlier.told.text()
    earlier.dated.setText("2021年1月20日")
    earlier.save.click()
    assert earlier.told.text() == "已录入 3 个数"
    kept = {(each.indicator, each.year): each.value for each in entered_values(township)}
    assert kept["hazards_removed", last] == Decimal(138)
    earlier.desk.steps.undo()
    assert earlier.told.text() == "还没有录入"
    assert entered_values(township) == []


def test_what_the_sheet_does_not_know_is_said(earlier: EarlierPanel) -> None:
    QGuiApplication.clipboard().setText(f"指标\t{earlier._years[-1]}\n没有这样的指标\t1\n")
    QTest.keyClick(earlier.sheet, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert "没有叫“没有这样的指标”的指标" in earlier.told.text()
    QGuiApplication.clipboard().setText("指标\t1990\n消除隐患\t1\n")
    earlier.paste()
    assert "1990 年" in earlier.told.text()


def test_a_village_s_numbers_are_typed_in_its_own_sheet(earlier: EarlierPanel, township: Township) -> None:
    earlier.village.setCurrentIndex(1)
    earlier._choose_village()
    earlier.search.setText("消除隐患")
    row = next(n for n in range(earlier.sheet.rowCount()) if not earlier.sheet.isRowHidden(n))
    item = earlier.sheet.item(row, len(earlier._years) - 1)
    assert item is not None
    item.setText("很多")
    earlier.source.setText("村里的总结")
    earlier.keep()
    assert "“很多”不是数" in earlier.told.text()
    item.setText("12")
    earlier.keep()
    assert [(each.village, each.value) for each in entered_values(township)] == [(1, Decimal(12))]
