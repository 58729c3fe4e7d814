"""What the first week with the program found, each seen mended on a real window: dates, units, lateness, sums."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from tests.exchange.test_import_again import book
from tests.gui.conftest import TODAY, Settle, open_window, page_at
from tests.gui.fields.invented_office import write
from tests.gui.test_ledger_view import places
from tests.services.whole_office import live
from zhengui.figures import period
from zhengui.gui.area.page import AreaPage
from zhengui.gui.desk.desk import Desk
from zhengui.gui.desk.place import Place
from zhengui.gui.figure.page import FigurePage
from zhengui.gui.form import record_form
from zhengui.gui.form.questions import Answer
from zhengui.gui.form.sheet import RecordSheet
from zhengui.gui.frame.main_window import MainWindow
from zhengui.gui.kit.background import Background
from zhengui.gui.ledger import imports_dialog
from zhengui.gui.ledger.import_wizard import END, ImportWizard
from zhengui.gui.report import print_dialog
from zhengui.gui.report.booklet import Side
from zhengui.gui.report.printing import Way, print_pdf, printer_for
from zhengui.gui.report.report_page import ReportPage
from zhengui.services.document import edit_document
from zhengui.services.entry.import_workbook import import_workbook
from zhengui.services.entry.read_sources import file_source
from zhengui.services.entry.record import load, save
from zhengui.services.township.page_settings import settings_of
from zhengui.services.township.township import Township
from zhengui.services.whole.found_office import NewOffice, NewVillage, found_office
from zhengui.work import Progress

#: Invented: a man born on 1980-03-05.
NUMBER = "34122619800305001"


@pytest.fixture(autouse=True)
def _nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_form, "ask_unsaved", lambda *_told: Answer.DISCARD)


def begun(window: MainWindow, settle: Settle, place: Place) -> tuple[AreaPage, RecordSheet]:
    """A new record of a ledger, begun in its form."""
    page = page_at(window, settle, AreaPage, place)
    page.open_new(place.of, None)
    assert page.form is not None
    return page, page.form.form.open_sheet()


def area(window: MainWindow) -> AreaPage:
    page = window.navigation.current  # type: ignore[union-attr]
    assert isinstance(page, AreaPage)
    return page


def fill(page: AreaPage, **texts: str) -> RecordSheet:
    """Type into fields as a person does; the last one is left, too."""
    assert page.form is not None
    form = page.form.form
    sheet = form.open_sheet()
    for key, text in texts.items():
        form.go_to(key)
        editor = sheet.rows[key].editor
        editor.input().selectAll()  # type: ignore[attr-defined]
        write(editor.input(), text)
        if getattr(editor, "is_open", False):
            QTest.keyClick(editor.input(), Qt.Key.Key_Escape)
    form.go_to(next(key for key in sheet.rows if key not in texts))
    return sheet


def told_at(sheet: RecordSheet, key: str) -> str:
    """What is told at a field."""
    mistake = sheet.rows[key].mistake
    return mistake.message if mistake is not None else ""


def number_of(first: str) -> str:
    """The invented number with its check digit."""
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    total = sum(int(digit) * weight for digit, weight in zip(first, weights, strict=True))
    return first + "10X98765432"[total % 11]


def report(window: MainWindow, settle: Settle) -> ReportPage:
    """The page of the year's document, opened."""
    return page_at(window, settle, ReportPage, Place("report"))


def test_a_plan_item_s_day_takes_the_year_that_it_belongs_to(
    window: MainWindow, desk: Desk, settle: Settle
) -> None:
    desk.scope.set_period(period.year(2020))
    page, _sheet = begun(window, settle, Place("plan", "plan_item"))
    sheet = fill(page, due_on="12.31")
    assert sheet.rows["plan_year"].editor.value() == 2020
    assert sheet.rows["due_on"].editor.value() == date(2020, 12, 31)
    sheet = fill(page, due_on="2021-01-15")
    assert "不在计划年度 2020 年里，请核对" in told_at(sheet, "due_on")


def test_a_unit_follows_its_kind_and_another_is_questioned(window: MainWindow, settle: Settle) -> None:
    page, _sheet = begun(window, settle, Place("area:environment", "cleanup"))
    sheet = fill(page, kind="沟塘")
    assert sheet.rows["unit"].editor.value() == "条"
    sheet = fill(page, unit="吨")
    assert "“沟塘”的单位应是“条”" in told_at(sheet, "unit")


def test_sex_and_birth_come_from_the_number_and_what_differs_is_told(
    window: MainWindow, township: Township, settle: Settle
) -> None:
    number = number_of(NUMBER)
    page, _sheet = begun(window, settle, Place("registers", "person"))
    sheet = fill(page, name="王小明", id_number=number)
    assert sheet.rows["sex"].editor.value() == "男"
    assert sheet.rows["birth_on"].editor.value() == date(1980, 3, 5)
    assert page.form is not None
    assert page.form.form.save()
    page.open_new("person", None)
    sheet = fill(page, name="王小红", id_number=number)
    assert "王小明" in told_at(sheet, "id_number")
    fill(page, birth_on="1980-03-06")
    assert "出生日期是1980-03-05" in told_at(sheet, "birth_on")
    fill(page, birth_on="1980-03-05", sex="女")
    assert "男" in told_at(sheet, "sex")


def test_an_item_that_was_rectified_in_time_is_not_late(
    window: MainWindow, township: Township, desk: Desk, settle: Settle
) -> None:
    desk.scope.set_period(period.year(2020))
    common = {"village": 1, "field": "校园", "grade": "一般", "detail": "护栏松动"}
    common |= {"found_on": date(2020, 3, 1), "assigned_on": date(2020, 3, 2), "due_on": date(2020, 3, 20)}
    save(township, "hazard", {**common, "place": "按期整改", "rectified_on": date(2020, 3, 15)})
    save(township, "hazard", {**common, "place": "还没整改"})
    desk.go_to_ledger("hazard", state="逾期")
    page = page_at(window, settle, AreaPage)
    assert places(page.view) == ["还没整改"]


@pytest.mark.parametrize("typed", ["baisha", "bsc", "baishacun", "白沙", "bs"])
def test_a_village_is_found_by_its_whole_pinyin_and_by_initials(
    window: MainWindow, desk: Desk, settle: Settle, qtbot: QtBot, typed: str
) -> None:
    desk.go_to_ledger("hazard")
    page = page_at(window, settle, AreaPage)
    page.view.tools.search.setText(typed)
    qtbot.wait(250)
    settle()
    column = [c.key for c in page.view.table.rows.columns].index("village")
    rows = page.view.table.rows
    assert {rows.index(row, column).data() for row in range(rows.rowCount())} == {"白沙村"}


def test_tons_and_ditches_are_not_added_up(
    window: MainWindow, township: Township, desk: Desk, settle: Settle
) -> None:
    for kind, unit, amount in (("生活垃圾", "吨", 3), ("沟塘", "条", 4)):
        values = {"village": 1, "date": date(2021, 3, 5), "kind": kind, "unit": unit, "people": 5}
        save(township, "cleanup", {**values, "quantity": amount})
    desk.go_to_ledger("cleanup")
    page = page_at(window, settle, AreaPage)
    told = page.view.totals.accessibleName()
    assert "出动人数 10" in told
    assert "数量 沟塘 4.00 条、生活垃圾 3.00 吨" in told


def test_with_every_section_off_the_check_says_that_no_count_can_be_printed(
    window: MainWindow, township: Township, settle: Settle
) -> None:
    page = report(window, settle)
    document = page.choice.document
    for part in edit_document.open_document(township, document).parts:
        if part.kind == "heading" and part.level == 2:
            edit_document.switch(township, document, part.id, False)
    page.editor.reread()
    page.compose()
    settle()
    stops = [f.title for f in page.checks._findings or () if f.severity == "stop"]
    assert any("“几个方面”写不出来" in title for title in stops)
    assert not page._published.composed.document.attachments  # type: ignore[union-attr]


def test_an_import_is_taken_back_from_its_list(
    window: MainWindow,
    township: Township,
    desk: Desk,
    settle: Settle,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk.go_to_ledger("hazard")
    settle()
    page = area(window)
    before = places(page.view)
    path = tmp_path / "村里.xlsx"
    row = ["2021.3.5", "青石", "校园", "一般", "小学食堂", "燃气管老化"]
    book(path, ("排查", [["发现日期", "村（居）", "领域", "等级", "隐患场所", "问题描述"], row]))
    import_workbook(township, "hazard", path)
    page.view.reload()
    settle()
    assert "小学食堂" in places(page.view)
    asked: list[str] = []
    monkeypatch.setattr(imports_dialog, "ask", lambda *told: asked.append(told[1]) or True)
    dialog = imports_dialog.ImportsDialog(window, desk, desk.catalogue.ledgers["hazard"])
    dialog.show()
    assert "村里.xlsx" in dialog.list.item(0).text()
    dialog.back.setFocus()
    QTest.keyClick(dialog.back, Qt.Key.Key_Return)
    settle()
    assert asked == ["要撤回这次导入吗？"]
    assert places(page.view) == before
    dialog.close()


def test_a_new_office_owes_nothing_for_the_months_before_it(
    qtbot: QtBot, background: Background, settle: Settle, tmp_path: Path
) -> None:
    villages = tuple(NewVillage(name, "村") for name in ("青石村", "柳塘村"))
    office = NewOffice("云岭镇", "镇", "云岭镇人民政府", "", "李试", villages, 202112, left_out=("epidemic",))
    township = found_office(tmp_path / "云岭镇.zgdb", office)
    township.working_day = TODAY
    window = open_window(qtbot, township, background)
    settle()
    assert window.rail.tabs["reporting"].badge == 0
    assert all(tab.badge == 0 for tab in window.rail.tabs.values())
    assert "area:epidemic" not in window.rail.tabs
    window.close()
    township.close()


def test_what_is_lit_up_is_what_the_heading_says(window: MainWindow, desk: Desk, settle: Settle) -> None:
    desk.go_to_ledger("hazard")
    settle()
    assert "2021年" in area(window).heading()[1]
    desk.scope.set_period(period.half(2021, 1))
    settle()
    assert "上半年" in area(window).heading()[1]


@pytest.mark.parametrize("kinds", [(), ("",), ("居",)], ids=["no column", "an empty cell", "given"])
def test_a_community_imported_without_a_kind_is_no_village(
    window: MainWindow, desk: Desk, settle: Settle, qtbot: QtBot, tmp_path: Path, kinds: tuple[str, ...]
) -> None:
    desk.go(Place("registers").page, "village")
    settle()
    titles = ["名称", *(["类别"] if kinds else [])]
    rows: list[list[object]] = [["云岭社区", *kinds], ["清溪村", *(["村"] if kinds else [])]]
    path = tmp_path / "村居.xlsx"
    book(path, ("村居", [titles, *rows]))
    wizard = ImportWizard(window, desk, desk.catalogue.ledgers["village"], file_source(path))
    qtbot.addWidget(wizard)
    wizard.show()
    for _step in range(6):
        settle()
        if wizard.step == END or wizard.deed is None:
            break
        QTest.mouseClick(wizard.deed, Qt.MouseButton.LeftButton)
    settle()
    villages = [load(desk.township, "village", id)[0] for id in live(desk.township, "village")]
    found = {each["name"]: each["kind"] for each in villages}
    assert (found["云岭社区"], found["清溪村"]) == ("居", "村")


def test_the_paper_bears_no_day_that_is_yet_to_come(
    window: MainWindow, township: Township, settle: Settle
) -> None:
    page = report(window, settle)
    text = page._published.composed.document.date  # type: ignore[union-attr]
    assert text == "2021年12月6日"


def test_the_window_goes_on_while_pages_are_printed(
    window: MainWindow,
    desk: Desk,
    settle: Settle,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = report(window, settle)
    gate, sent = threading.Event(), threading.Event()

    def slow(pdf: bytes, printer: QPrinter, sides: list[Side], progress: Progress) -> None:
        assert gate.wait(20), "the window waits for the printer"
        print_pdf(pdf, printer, sides, progress)
        sent.set()

    def to_file(way: Way, title: str) -> QPrinter:
        printer = printer_for(way, title)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "打印.pdf"))
        return printer

    monkeypatch.setattr(print_dialog, "print_pdf", slow)
    monkeypatch.setattr(print_dialog, "printer_for", to_file)
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["打印机"])
    monkeypatch.setattr(print_dialog.PrintQuestion, "exec", lambda _question: QDialog.DialogCode.Accepted)
    monkeypatch.setattr(print_dialog.QPrintDialog, "exec", lambda _dialogue: QDialog.DialogCode.Accepted)
    said: list[str] = []
    desk.said.connect(lambda words, _undo: said.append(words))
    page.output.ask_and_print(0)
    ledger, sheet = begun(window, lambda: qtbot.wait(50), Place("registers", "person"))
    sheet = fill(ledger, name="王小明")
    assert sheet.rows["name"].editor.value() == "王小明"
    assert not sent.is_set()
    gate.set()
    settle()
    assert sent.is_set()
    assert (tmp_path / "打印.pdf").read_bytes().startswith(b"%PDF")
    assert any(words.startswith("已送往打印机") for words in said)


def test_the_annex_of_a_section_that_is_switched_off_is_not_printed(
    window: MainWindow, township: Township, settle: Settle
) -> None:
    page = report(window, settle)

    def told_of_hazards() -> list[str]:
        page.compose()
        settle()
        annexes = page._published.composed.document.attachments  # type: ignore[union-attr]
        return [each.title for each in annexes if "隐患" in repr(each)]

    page.set_settings(replace(settings_of(township), attachments=True))
    settle()
    section = township.catalogue.by_area["safety"].section
    assert section is not None
    before = told_of_hazards()
    assert before
    document = page.choice.document
    parts = edit_document.open_document(township, document).parts
    part = next(each for each in parts if each.key == section.key)
    edit_document.switch(township, document, part.id, False)
    page.editor.reread()
    assert told_of_hazards() == []
    edit_document.switch(township, document, part.id, True)
    page.editor.reread()
    assert told_of_hazards() == before


def test_a_figure_prints_what_its_records_add_up_to(
    window: MainWindow, township: Township, desk: Desk, settle: Settle
) -> None:
    for amount in ("60.3", "46.2"):
        values = {"village": 1, "date": date(2021, 3, 5), "kind": "生活垃圾", "unit": "吨", "people": 5}
        save(township, "cleanup", {**values, "quantity": Decimal(amount)})
    desk.go("figure", "refuse")
    page = page_at(window, settle, FigurePage)
    assert page._value.text() == "106.5"
    assert "106.5" in page.records.list.totals.accessibleName()
    window.go(Place("report"))
    settle()
    report = window.navigation.current  # type: ignore[union-attr]
    assert isinstance(report, ReportPage)
    text = report._published.composed.document.text()  # type: ignore[union-attr]
    assert "106.5吨" in text
    assert "107吨" not in text
