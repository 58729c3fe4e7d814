"""The matrix in the window: what it shows, what the keys do, and that unknown stays apart from zero."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from zhengui.gui.desk.place import Place
from zhengui.gui.ledger.requirements import Requirements
from zhengui.gui.returns import deeds as deeds_module
from zhengui.gui.returns.ledger_menus import area_menu, ledger_menu
from zhengui.gui.returns.notice_dialog import NoticeDialog
from zhengui.services.entry import review_records
from zhengui.services.returns import remind_missing, report_year
from zhengui.services.returns.report_month import mark
from zhengui.services.returns.report_status import due_day, report_status
from zhengui.services.township.township import Township
from zhengui.storage.records import reporting

LEDGER = "accident"


def kinds(page: Any, row: int) -> list[str]:
    return [cell.kind for cell in page.table.matrix.grid.rows[row].cells]


def states(township: Township, village: int) -> list[str]:
    rows = report_status(township, LEDGER, 2021).rows
    return [cell.state for cell in next(row for row in rows if row.village == village).cells]


@pytest.fixture
def page(window, township, settle):
    """The matrix of the accidents: 青石村 reported all but November, 柳塘村 one month late."""
    with township.database.writing() as conn:
        for month in range(1, 12):
            on_time = datetime(2021, month + 1, 3, 9)
            for village in (1, 2, 3):
                if (village, month) not in ((1, 11), (3, 11), (3, 6)):
                    late = datetime(2021, month + 1, 8, 9) if (village, month) == (2, 4) else on_time
                    reporting.mark(conn, township.tables, LEDGER, village, 202100 + month, True, "乙", late)
    window.navigation.go(Place("reporting", LEDGER))
    settle()
    return window.navigation.current


def test_it_shows_who_reported_who_is_missing_and_who_was_late(page) -> None:
    assert [row.name for row in page.table.matrix.grid.rows] == ["青石村", "柳塘村", "白沙村"]
    assert kinds(page, 0) == ["zero"] * 10 + ["missing", "not_due"]
    assert page.table.matrix.grid.rows[1].cells[3].late
    assert page.table.matrix.grid.rows[2].ends == ("0", "2", "—")
    assert page.heading()[1] == "已报 0 · 零报告 30 · 未报 3 · 合计 0 起"


def test_it_begins_at_the_latest_month_that_lacks_somebody(page) -> None:
    assert page.shown.month() == 11
    assert page.side.title.text() == "11 月 · 2 村未报"
    assert page.side.due.text() == "报送截止 12 月 5 日，已过 1 天"
    told = [(who.name, who.label) for who in page.side.who.lines()]
    assert told == [("青石村", ""), ("白沙村", "第 2 次")]
    page.choose_cell("2", "4")
    assert page.side.title.text() == "4 月 · 都已报送"
    assert [(who.name, who.label) for who in page.side.who.lines()] == [("柳塘村", "迟报，5月8日")]


def test_the_rail_counts_what_is_missing(page, window, township, qtbot) -> None:
    page.desk.saved.emit(LEDGER)
    tab = window.rail.tabs["reporting"]
    qtbot.waitUntil(lambda: tab.badge == report_year.missing_count(township, 2021), timeout=10_000)
    assert tab.badge > 2
    assert f"未报 {tab.badge} 村（居）次" in tab.accessibleName()


def test_space_marks_zero_and_undo_takes_it_back(page, window, township, qtbot, settle) -> None:
    page.choose_cell("1", "11")
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    settle()
    assert states(township, 1)[10] == "zero"
    assert kinds(page, 0)[10] == "zero"
    assert window.toast.text == "已标记零报告：青石村 11月"
    assert page.table.place() == ("1", "11")
    window.commands.undo()
    settle()
    assert states(township, 1)[10] == "missing"


def test_space_on_zero_takes_the_mark_off_and_undo_keeps_its_time(
    page, window, township, qtbot, settle
) -> None:
    page.choose_cell("2", "4")
    before = report_status(township, LEDGER, 2021).rows[1].cells[3]
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    settle()
    assert states(township, 2)[3] == "missing"
    window.commands.undo()
    settle()
    assert report_status(township, LEDGER, 2021).rows[1].cells[3] == before


def test_a_month_that_is_not_over_takes_no_zero(page, window, township, qtbot, settle) -> None:
    page.choose_cell("1", "12")
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    settle()
    assert states(township, 1)[11] == "not_due"
    assert "还没有过完" in window.toast.text


def test_a_whole_column_is_asked_about_first(page, township, settle, monkeypatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(deeds_module, "ask", lambda _p, question, *_rest: bool(asked.append(question)))
    page.choose_cell("1", "11")
    page.side.zero.click()
    settle()
    assert asked == ["2 个村（居） 11月都确实没有安全事故吗？"]
    assert states(township, 1)[10] == "missing"
    monkeypatch.setattr(deeds_module, "ask", lambda *_all: True)
    page.table.choose_column("11")
    page.deeds.mark_zero()
    settle()
    assert [states(township, village)[10] for village in (1, 2, 3)] == ["zero"] * 3


def test_reported_without_records_is_not_zero(page, township, settle) -> None:
    page.choose_cell("1", "11")
    page.deeds.mark_reported()
    settle()
    cell = page.table.matrix.grid.rows[0].cells[10]
    assert (cell.kind, cell.text) == ("reported", "0")
    page.deeds.unmark()
    settle()
    assert kinds(page, 0)[10] == "missing"


def test_enter_opens_the_records_of_village_and_month_and_coming_back_widens(
    page, window, qtbot, settle
) -> None:
    page.show_ledger(page.desk.catalogue.ledgers["hazard"])
    settle()
    page.choose_cell("3", "11")
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    settle()
    area = window.navigation.current
    assert area.view.ledger.key == "hazard"
    assert len(area.view.table.rows.ids) == 1
    assert page.desk.scope.narrowed
    window.navigation.step(-1)
    settle()
    assert window.navigation.current is page
    assert not page.desk.scope.narrowed
    assert page.shown.ledger.key == "hazard"


def test_records_count_as_reported_and_sums_say_what_they_lack(page, settle) -> None:
    page.show_ledger(page.desk.catalogue.ledgers["hazard"])
    settle()
    november = page.table.matrix.grid.rows[2].cells[10]
    assert (november.kind, november.text) == ("reported", "1")
    assert page.table.matrix.grid.totals[10] == ("2", "未报 1")
    assert kinds(page, 0)[0] == "quiet", "nobody asked for the hazards of every month"
    assert page.heading()[1].startswith("不要求按月报送")


def test_the_chosen_villages_narrow_the_rows(page, settle) -> None:
    page.desk.scope.set_villages([3])
    settle()
    assert [row.name for row in page.table.matrix.grid.rows] == ["白沙村"]


def test_areas_at_a_glance_lead_to_the_ledger(page, settle) -> None:
    page.show_mode("area")
    settle()
    rows = {row.name: row for row in page.table.matrix.grid.rows}
    assert rows["安全稳定"].cells[10].text == "3"
    assert rows["党建治理"].cells[10].kind == "none"
    page.show_mode("village_area")
    assert [row.name for row in page.table.matrix.grid.rows] == ["青石村", "柳塘村", "白沙村"]
    page.table.go_to("3", "safety")
    page.deeds.open_records()
    settle()
    assert page.shown.mode == "village"
    assert page.shown.ledger.area == "safety"


def test_the_notice_is_shown_copied_and_saved(page, township, window, settle, tmp_path, monkeypatch) -> None:
    found = remind_missing.owed(township, 2021, [LEDGER], [11])
    dialog = NoticeDialog(window, page.desk, 2021, found)
    assert "青石村、白沙村" in dialog.text.toPlainText()
    dialog._copy()
    assert QApplication.clipboard().text().startswith("关于催报2021年11月安全事故台账的通知")
    opened: list[str] = []
    monkeypatch.setattr(
        "zhengui.gui.kit.opened_file.QDesktopServices.openUrl", lambda url: opened.append(url.path())
    )
    path = tmp_path / "通知.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(path), ""))
    dialog.take()
    settle()
    assert path.read_bytes().startswith(b"%PDF")
    assert opened == [str(path)]


def test_the_matrix_is_copied_and_exported(page, settle, tmp_path) -> None:
    page.choose_cell("1", "11")
    page.deeds.copy()
    lines = QApplication.clipboard().text().split("\n")
    assert lines[0].split("\t")[:2] == ["村（居）", "1月"]
    assert lines[1].split("\t")[11:13] == ["未报", ""]
    path: Path = tmp_path / "报送.xlsx"
    page.deeds.export_to(path)
    settle()
    assert path.stat().st_size > 1000


def test_what_is_asked_of_a_ledger_is_kept(page, township, window) -> None:
    dialog = Requirements(window, page.desk, page.desk.catalogue.ledgers["dispute"])
    assert not dialog.wanted.isChecked()
    dialog.wanted.setChecked(True)
    dialog.due.setCurrentText("8")
    dialog.rule.setCurrentIndex(dialog.rule.findData("hold"))
    dialog.deed.click()
    assert "dispute" in report_year.wanted_ledgers(township)
    assert due_day(township, "dispute") == 8
    assert review_records.rules(township) == {"dispute": "hold"}


def test_screen_readers_hear_the_cell(page) -> None:
    index = page.table.matrix.index(0, 11)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "青石村 11月：未报，有没有还不知道"


def test_the_card_shows_areas_that_owe_and_opens_them(page, window, qtbot, settle) -> None:
    from zhengui.gui.returns.month_card import MonthCard

    card = MonthCard(page.desk)
    qtbot.addWidget(card)
    card.show()
    card.reload()
    settle()
    assert [row.name for row in card.table.matrix.grid.rows] == ["人居环境", "防返贫监测", "安全稳定"]
    card.table.go_to("safety", "11")
    card.table.opened.emit()
    settle()
    assert page.shown.ledger.key in ("accident", "petition")


def test_a_year_of_sixty_ledgers_is_read_soon(page, township, settle) -> None:
    for _area, ledgers in page.shown.areas:
        for ledger in ledgers:
            report_year.want_reports(township, ledger.key, True)
    mark(township, "meeting", [], 202101, zero=True)
    began = datetime.now()
    found = report_year.year_status(township, 2021)
    assert len(found) > 40
    assert (datetime.now() - began).total_seconds() < 5
    assert date(2021, 12, 6) == township.today()


def test_the_menus_say_what_each_ledger_lacks(page, settle) -> None:
    areas = {
        action.text().split("　")[0]: action for action in area_menu(page.shown, page.show_ledger).actions()
    }
    assert "未报" in areas["安全稳定"].text()
    ledgers = [action.text() for action in ledger_menu(page.shown, page.show_ledger).actions()]
    assert "安全事故　未报 3" in ledgers
    assert "隐患　不要求" in ledgers
    areas["防返贫监测"].trigger()
    settle()
    assert page.shown.ledger.key == "monitored_household"
