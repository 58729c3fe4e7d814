"""收发表格: a folder is merged and taken back, a form is marked, looked at, filled, printed; forms asked for are due."""

from __future__ import annotations

from pathlib import Path

import pdfplumber
import pytest
import xlsxwriter
from openpyxl import load_workbook
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.exchange.five_forms import FORMS
from tests.gui.conftest import Settle
from zhengui.figures.period import year
from zhengui.gui.desk.desk import Desk
from zhengui.gui.desk.place import Place
from zhengui.gui.desk.tabs import inner_titles
from zhengui.gui.sheets import asked_panel, form_panel, form_print, merge_panel, send_panel
from zhengui.gui.sheets.asked_dialog import AskedDialog
from zhengui.gui.sheets.asked_panel import AskedPanel
from zhengui.gui.sheets.form_panel import CountyFormPanel
from zhengui.gui.sheets.merge_panel import MergePanel
from zhengui.gui.sheets.page import FormsPage
from zhengui.gui.sheets.send_panel import SendPanel
from zhengui.services.county_forms import keep_forms
from zhengui.services.county_forms.asked_forms import all_asked
from zhengui.services.sheets import merge_files
from zhengui.values.clean import clean


@pytest.fixture(autouse=True)
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a box would say; none waits for a press."""
    said: list[str] = []
    for module in (form_panel, merge_panel, send_panel, asked_panel, form_print):
        monkeypatch.setattr(module, "tell", lambda _host, what, then, *_more: said.append(f"{what}：{then}"))
    return said


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> FormsPage:
    made = FormsPage(desk)
    qtbot.addWidget(made)
    made.resize(1181, 621)
    made.show()
    return made


def villages(desk: Desk) -> list[str]:
    with desk.township.reading() as reading:
        return [name for _id, name in reading.lookup().find("village", "")]


def folder_of(desk: Desk, tmp_path: Path) -> Path:
    folder = tmp_path / "三月"
    folder.mkdir()
    for number, name in enumerate(villages(desk)[:2]):
        with xlsxwriter.Workbook(str(folder / f"{name}.xlsx")) as book:
            sheet = book.add_worksheet("公开信")
            sheet.write_row(0, 0, ["日期", "发放份数", "收回意见"])
            sheet.write_row(1, 0, ["2021-07-01", 20 + number, 1])
            sheet.write_row(2, 0, ["2021-17-01", 20 + number, 1])
    return folder


def test_a_folder_is_looked_at_merged_and_taken_back(
    page: FormsPage, desk: Desk, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.arrive(Place("forms"))
    panel = page.panel("merge")
    assert isinstance(panel, MergePanel)
    panel.open(folder_of(desk, tmp_path))
    settle()
    assert panel.preview is not None
    assert panel.files.rowCount() == 2
    assert panel.deed.text() == "并入 2 条"
    assert panel.lines.rowCount() == 4
    panel.kinds.setCurrentIndex(panel.kinds.findData("wrong"))
    assert panel.lines.rowCount() == 2
    listed = tmp_path / "清单.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_told: (str(listed), ""))
    panel.list.click()
    assert load_workbook(listed).active["F4"].value
    panel.merge()
    settle()
    (one,) = merge_files.all_merges(desk.township)
    assert one.added == 2
    assert not panel.deed.isEnabled()
    panel._take_back(one.id)
    settle()
    assert panel.deed.text() == "并入 2 条"


def test_templates_are_made_for_every_village(
    page: FormsPage, desk: Desk, settle: Settle, tmp_path: Path
) -> None:
    page.arrive(Place("forms", "send"))
    panel = page.panel("send")
    assert isinstance(panel, SendPanel)
    panel.make_all_in(tmp_path / "各村")
    settle()
    assert len(list((tmp_path / "各村").glob("*.xlsx"))) == len(villages(desk))


def test_a_form_is_marked_seen_filled_and_printed(
    page: FormsPage,
    desk: Desk,
    settle: Settle,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    told: list[str],
) -> None:
    path = tmp_path / "公示表.xlsx"
    FORMS["pictures"](path)
    page.arrive(Place("forms", "forms"))
    panel = page.panel("forms")
    assert isinstance(panel, CountyFormPanel)
    panel.take_form(path)
    panel.grid.choose("B5")
    panel.grid.block_chosen.emit("B5")
    panel.editor.of.setCurrentIndex(panel.editor.of.findData("hazards_found"))
    panel.editor.keep.click()
    (form,) = keep_forms.all_forms(desk.township)
    assert [(m.place, m.of) for m in keep_forms.marks_of(desk.township, form.id)] == [("B5", "hazards_found")]
    assert panel.grid.item(4, 1).text().startswith("〔")
    desk.scope.set_period(year(2021))
    panel.look.setChecked(True)
    settle()
    shown = panel.grid.item(4, 1).text()
    asked = []
    desk.asked_for.connect(asked.append)
    panel._open_source(5, 2)
    assert [place.page for place in asked] == ["figure"]
    desk.scope.set_villages([1])
    page.arrive(Place("forms", "forms"))
    settle()
    assert desk.scope.villages == ()
    assert panel.grid.item(4, 1).text() == shown
    target = tmp_path / "填好.xlsx"
    panel.save_to(target)
    settle()
    assert str(load_workbook(target)["公示表"]["B5"].value) == shown
    printed = tmp_path / "公示表.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_told: (str(printed), ""))
    panel.print.click()
    settle()
    with pdfplumber.open(printed) as pdf:
        on_paper = clean("".join(page.extract_text() for page in pdf.pages))
    for words in ("填表人", "审核人", "单位负责人", "公章"):
        assert words in on_paper
    assert told == []


def test_a_formula_is_not_marked(page: FormsPage, tmp_path: Path) -> None:
    path = tmp_path / "月报.xlsx"
    FORMS["formulas"](path)
    panel = page.panel("forms")
    assert isinstance(panel, CountyFormPanel)
    panel.take_form(path)
    panel.grid.block_chosen.emit("B5")
    panel.editor.of.setCurrentIndex(panel.editor.of.findData("hazards_found"))
    panel.editor.keep.click()
    assert panel._marks == []
    assert "公式" in panel.editor._wrong.text()


def test_a_form_asked_for_is_entered_and_told(page: FormsPage, desk: Desk) -> None:
    page.arrive(Place("forms", "asked"))
    panel = page.panel("asked")
    assert isinstance(panel, AskedPanel)
    dialog = AskedDialog(panel, desk)
    assert dialog.deed is not None
    dialog.deed.click()
    assert dialog._wrong.text()
    dialog.title.setText("公开信月报")
    dialog.asked_by.setText("县纪委")
    dialog.columns.setPlainText("日期\n发放份数\n没人记的")
    assert "已有 2 列" in dialog.held.text()
    dialog.take()
    panel.refresh()
    assert panel.all.rowCount() == 1
    assert panel.due.rowCount() >= 1
    panel._remove()
    assert all_asked(desk.township) == []


def test_every_sheet_fits_the_smallest_window(page: FormsPage, settle: Settle) -> None:
    page.resize(1095, 565)
    for key in inner_titles("forms"):
        page.arrive(Place("forms", key))
        settle()
        assert page.panel(key).minimumSizeHint().width() <= 1095
