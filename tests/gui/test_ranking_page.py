"""绩效考核 on a real window: a mark leads to its records by the keyboard, settings and issue by their dialogs."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.conftest import Settle
from zhengui.gui.area.page import AreaPage
from zhengui.gui.desk.place import Place
from zhengui.gui.figure.page import FigurePage
from zhengui.gui.frame.main_window import MainWindow
from zhengui.gui.ranking import page as ranking_page
from zhengui.gui.ranking.page import RankingPage
from zhengui.gui.ranking.table import FIRST_ITEM
from zhengui.services.township.township import Township
from zhengui.services.watch.rank_month import month_ranking
from zhengui.storage.records import record as records


@pytest.fixture
def page(township: Township, window: MainWindow, settle: Settle) -> RankingPage:
    with township.database.writing() as conn:
        for village, people, done in ((1, 100, 90), (2, 100, 97)):
            both = {"village": village, "band": "18至59岁", "dose": "全程"}
            target = {"people": people, "set_on": date(2021, 3, 1), "due_on": date(2021, 10, 31)}
            progress = {"people": done, "date": date(2021, 9, 9)}
            records.insert(conn, township.tables, "vaccination_target", both | target, "试验员")
            records.insert(conn, township.tables, "vaccination_progress", both | progress, "试验员")
    window.go(Place("ranking", "vaccination_ranking"))
    settle()
    assert window.navigation is not None
    found = window.navigation.current
    assert isinstance(found, RankingPage)
    return found


def test_the_table_is_the_ranking_of_the_month(page: RankingPage) -> None:
    assert page.month is not None
    assert page.month == month_ranking(page.desk.township, "vaccination_ranking", 202112)
    names = [page.table.item(row, 2).text() for row in range(page.table.rowCount())]
    assert names[:2] == ["柳塘村", "青石村"]


def test_a_mark_opens_its_records_by_the_keyboard(
    page: RankingPage, window: MainWindow, settle: Settle
) -> None:
    page.table.setFocus()
    page.table.setCurrentCell(0, FIRST_ITEM)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    settle()
    assert window.navigation is not None
    assert isinstance(window.navigation.current, FigurePage)
    assert page.desk.scope.villages == (2,)
    assert page.desk.scope.period == month_ranking(page.desk.township, "vaccination_ranking", 202112).span


def test_a_month_that_is_over_is_issued_once(
    page: RankingPage, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.months.setCurrentIndex(1)
    page.reload()
    settle()
    monkeypatch.setattr(ranking_page, "ask", lambda *_a, **_k: True)
    page.issue()
    settle()
    assert page.month is not None
    assert page.month.issued is not None
    assert not page._verbs["签发本月…"].isEnabled()
    assert "（已签发）" in page.months.currentText()


def test_a_deed_is_begun_for_the_ranking_in_front(
    page: RankingPage, window: MainWindow, settle: Settle
) -> None:
    page.add_deed()
    settle()
    assert window.navigation is not None
    area = window.navigation.current
    assert isinstance(area, AreaPage)
    assert area.form is not None
    assert area.form.form.open_sheet().rows["ranking"].editor.value() == "疫苗接种"
