"""What a new user meets in the first week: where a figure that is unknown leads, what lies grey, what was open last."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Settle
from tests.gui.looking import grey_without_reason
from zhengui.figures import period
from zhengui.figures.finding import Finding
from zhengui.gui.area.page import AreaPage
from zhengui.gui.desk.desk import Desk
from zhengui.gui.desk.place import Place
from zhengui.gui.figure.page import FigurePage
from zhengui.gui.form import record_form
from zhengui.gui.form.questions import Answer
from zhengui.gui.frame.main_window import MainWindow
from zhengui.gui.kit import opened_file
from zhengui.gui.report.report_page import ReportPage
from zhengui.services.entry import drafts
from zhengui.services.entry.record import save
from zhengui.services.township.township import Township

LEDGER = "hazard"


@pytest.fixture(autouse=True)
def _nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test leaves unsaved in a form is let go when its window closes."""
    monkeypatch.setattr(record_form, "ask_unsaved", lambda *_told: Answer.DISCARD)


def front(window: MainWindow) -> object:
    assert window.navigation is not None
    return window.navigation.current


def test_an_unknown_figure_leads_to_where_it_can_be_registered(
    window: MainWindow, desk: Desk, settle: Settle
) -> None:
    window.go(Place("report"))
    settle()
    report = front(window)
    assert isinstance(report, ReportPage)
    finding = Finding("unknown_figure", "stop", "“培训班”还不知道", "", "figure:activist_courses")
    key = next(k for k, i in desk.catalogue.indicators.items() if i.measure and i.measure.ledger == "letter")
    report.checks.acted.emit(finding.jump.replace("activist_courses", key))
    settle()
    figure = front(window)
    assert isinstance(figure, FigurePage)
    empty = figure.records.empty
    assert empty.isVisible()
    assert [card.text() for card in empty.cards] == [
        "登记一次公开信发放",
        "看各村（居）报送情况",
        "打开“致父老乡亲公开信”台账",
    ]
    assert window.focusWidget() is empty.cards[0]
    QTest.keyClick(empty.cards[0], Qt.Key.Key_Space)
    settle()
    area = front(window)
    assert isinstance(area, AreaPage)
    assert area.form is not None
    assert area.form.isVisible()
    assert (area.form.ledger_key, area.form.record_id) == ("letter", None)
    assert area.form.isAncestorOf(QApplication.focusWidget() or window)


def test_ctrl_n_registers_from_any_figure_and_takes_the_village_along(
    window: MainWindow, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    desk.scope.set_villages((2,))
    window.go(Place("figure", "hazards_found"))
    settle()
    figure = front(window)
    assert isinstance(figure, FigurePage)
    assert figure.records.list.isVisible()
    assert figure.records.enter.text() == "登记隐患"
    qtbot.keyClick(figure, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    settle()
    area = front(window)
    assert isinstance(area, AreaPage)
    assert area.form is not None
    assert area.form.form.open_sheet().rows["village"].editor.value() == 2


@pytest.mark.parametrize("record", [None, 2])
def test_going_on_with_a_draft_puts_the_keyboard_into_it(
    window: MainWindow, township: Township, settle: Settle, record: int | None
) -> None:
    drafts.keep(township, LEDGER, record, {"place": "没写完的地点"})
    window.commands.attach(window.desk, window.navigation)  # type: ignore[arg-type]
    settle()
    assert window.toast is not None
    assert "没写完的隐患" in window.toast.text
    window.toast._button.click()
    settle()
    area = front(window)
    assert isinstance(area, AreaPage)
    assert area.form is not None
    sheet = area.form.form.open_sheet()
    assert sheet.rows["place"].editor.text() == "没写完的地点"
    assert area.form.record_id == record
    focused = window.focusWidget()
    assert focused in [row.editor.input() for row in sheet.rows.values()]


def test_giving_a_draft_up_leaves_the_keyboard_in_the_form(
    window: MainWindow, township: Township, settle: Settle
) -> None:
    drafts.keep(township, LEDGER, None, {"place": "没写完的地点"})
    window.go(Place("area:safety", LEDGER))
    settle()
    area = front(window)
    assert isinstance(area, AreaPage)
    area.open_new(LEDGER, None)
    form = area.form
    assert form is not None
    give_up = next(b for b in form.form.bar.findChildren(QAbstractButton) if b.text() == "不要了")
    give_up.setFocus()
    give_up.click()
    assert window.focusWidget() in [row.editor.input() for row in form.form.open_sheet().rows.values()]
    assert drafts.find(township, LEDGER, None) is None


def test_no_button_is_grey_without_a_reason_on_any_page(window: MainWindow, settle: Settle) -> None:
    for place in [*(Place(key) for key in window.rail.order), Place("system", "catalogue")]:
        window.go(place)
        settle()
        page = window.navigation.current  # type: ignore[union-attr]
        assert page is not None
        shown = [each for each in page.findChildren(QAbstractButton) if each.isVisible()]
        assert not list(grey_without_reason(shown)), place


def test_one_open_item_is_no_lack_of_records(
    window: MainWindow, township: Township, desk: Desk, settle: Settle
) -> None:
    desk.scope.set_period(period.year(2020))
    found = {"found_on": period.year(2020).start, "village": 1, "place": "村口", "field": "校园"}
    save(township, LEDGER, {**found, "grade": "一般", "detail": "护栏松动"})
    desk.go_to_ledger(LEDGER)
    settle()
    area = front(window)
    assert isinstance(area, AreaPage)
    cells = {cell.figure.key: cell.figure for cell in area.strip._cells}
    assert cells["hazards_removed"].number == "0"
    assert all("尚无记录" not in cell.note for cell in cells.values() if cell.key.startswith("hazard"))


def test_a_rate_names_the_ledger_that_it_lacks(
    window: MainWindow, township: Township, desk: Desk, settle: Settle
) -> None:
    values = {"date": period.year(2021).start, "village": 1, "band": "18—59岁", "dose": "全程", "people": 12}
    field = township.catalogue.ledgers["vaccination_progress"]["band"]
    save(township, "vaccination_progress", {**values, "band": field.choices[-1]})
    window.go(Place("area:epidemic", "vaccination_progress"))
    settle()
    area = front(window)
    assert isinstance(area, AreaPage)
    notes = {cell.figure.note for cell in area.strip._cells}
    assert "接种任务尚无记录" in notes


def test_documents_and_files_that_were_open_last_are_found_by_a_key(
    window: MainWindow,
    desk: Desk,
    settle: Settle,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(opened_file.QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))  # type: ignore[attr-defined]
    qtbot.keyClick(window, Qt.Key.Key_O, CTRL_SHIFT)
    panel = window.commands._panel
    assert panel is not None
    assert panel.list.count() == 0
    assert panel._told.text() == "还没有文稿，也还没有保存过文件"
    QTest.keyClick(panel.field, Qt.Key.Key_Escape)
    window.go(Place("report"))
    settle()
    path = tmp_path / "2021年总结.pdf"
    report = front(window)
    assert isinstance(report, ReportPage)
    report.save_to(path)
    settle()
    window.go(Place("home"))
    settle()
    gone = tmp_path / "删掉的.xlsx"
    desk.offer_file("已导出", gone)
    settle()
    qtbot.keyClick(window, Qt.Key.Key_O, CTRL_SHIFT)
    texts = [panel.list.item(row).text() for row in range(panel.list.count())]
    assert len(texts) == 2
    assert texts[0].startswith("2021年文稿　起草 · ")
    assert texts[1] == f"2021年总结.pdf　最近的文件 · {tmp_path.name}"
    QTest.keyClicks(panel.field, "zj")
    QTest.keyClick(panel.field, Qt.Key.Key_Return)
    assert opened == [str(path)]
    qtbot.keyClick(window, Qt.Key.Key_O, CTRL_SHIFT)
    QTest.keyClick(panel.field, Qt.Key.Key_Return)
    settle()
    assert isinstance(front(window), ReportPage)


CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
