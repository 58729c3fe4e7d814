"""A ledger's table handed out from the window: as it is seen, masked unless said otherwise, or as an empty workbook."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Settle
from zhengui.gui.area.page import AreaPage
from zhengui.gui.area.registers_page import RegistersPage
from zhengui.gui.desk.desk import Desk
from zhengui.gui.desk.place import Place
from zhengui.gui.ledger import hand_out
from zhengui.services.entry import record
from zhengui.services.sheets.export_shown import noted_exports


def choose(monkeypatch: pytest.MonkeyPatch, path: Path, kind: str) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_told: (str(path), kind))


def test_what_the_table_shows_goes_out_in_each_kind(
    desk: Desk, qtbot: QtBot, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = AreaPage(desk, desk.catalogue.by_area["safety"])
    qtbot.addWidget(page)
    page.arrive(Place("area:safety", "hazard"))
    settle()
    count = len(page.view.table.rows.ids)
    formal, plain_one, pdf, csv = list(hand_out.FILTERS)
    for kind, name in ((formal, "甲.xlsx"), (plain_one, "乙.xlsx"), (pdf, "丙"), (csv, "丁")):
        choose(monkeypatch, tmp_path / name, kind)
        page.view.deeds.hand_out()
        settle()
    shown = load_workbook(tmp_path / "甲.xlsx").active
    assert shown["A1"].value.endswith("隐患台账")
    heads = [cell.value for cell in shown[3]]
    assert heads[0] == page.view.table.rows.columns[0].heading or heads[0] in heads
    assert shown.max_row == 3 + count + (shown.cell(4 + count, 1).value == "合计")
    assert load_workbook(tmp_path / "乙.xlsx").active.max_row == count + 1
    assert (tmp_path / "丙.pdf").read_bytes().startswith(b"%PDF")
    assert len((tmp_path / "丁.csv").read_text(encoding="utf-8-sig").splitlines()) == count + 1
    choose(monkeypatch, tmp_path / "空表.xlsx", "")
    page.view.deeds.make_template()
    settle()
    assert load_workbook(tmp_path / "空表.xlsx")["隐患"].protection.sheet


def test_personal_data_go_out_whole_only_when_said_and_noted(
    desk: Desk, qtbot: QtBot, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record.save(desk.township, "official", {"name": "王小明", "phone": "13812345678", "active": True})
    page = RegistersPage(desk)
    qtbot.addWidget(page)
    page.arrive(Place("registers", "official"))
    settle()
    for whole, told in ((False, "138****5678"), (True, "13812345678")):
        monkeypatch.setattr(hand_out, "ask", lambda *_told, whole=whole, **_more: whole)
        path = tmp_path / f"{whole}.xlsx"
        choose(monkeypatch, path, next(iter(hand_out.FILTERS)))
        page.view.deeds.hand_out()
        settle()
        cells = [str(cell.value) for row in load_workbook(path).active.iter_rows() for cell in row]
        assert told in cells
    assert [note.what for note in noted_exports(desk.township)] == ["干部"]
