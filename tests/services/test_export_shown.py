"""What is on the screen goes out as it is seen: columns, order, totals; masked, and never as a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from zhengui.services.entry import record
from zhengui.services.entry.browse_records import Filter, Selection
from zhengui.services.problem import StorageProblem
from zhengui.services.sheets.export_shown import WantedExport, export_shown, note_personal, noted_exports
from zhengui.services.township.township import Township, create_township

DAY = date(2021, 12, 31)


@pytest.fixture(scope="module")
def township(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Township]:
    made = create_township(tmp_path_factory.mktemp("shown") / "甲.zgdb", "甲镇", "甲")
    made.working_day = DAY
    for name in ("白沙村", "石桥村"):
        values = {"name": name, "kind": "村", "active": True, "population": 1000, "households": 300}
        record.save(made, "village", values)
    for day, village, fen, use in (
        (date(2021, 3, 1), 1, 123456, "=1+1"),
        (date(2021, 4, 1), 2, 50, "修路"),
        (date(2021, 5, 1), 1, 100, "-修桥"),
    ):
        record.save(made, "fund_raising", {"village": village, "date": day, "amount": fen, "purpose": use})
    record.save(made, "official", {"name": "王小明", "phone": "13812345678", "active": True})
    yield made
    made.close()


def wanted(ledger: str, *columns: str, personal: bool = False, **more: object) -> WantedExport:
    chosen = Selection(ledger, sort="date" if ledger == "fund_raising" else "", today=DAY, **more)  # type: ignore[arg-type]
    return WantedExport(chosen, columns, "群众筹资台账", "2021年", personal)


def test_columns_filters_and_order_are_those_of_the_screen(township: Township, tmp_path: Path) -> None:
    path = tmp_path / "筹资.xlsx"
    asked = wanted("fund_raising", "purpose", "amount", "village", filters=(Filter("village", values=(1,)),))
    assert export_shown(township, asked, path) == 2
    sheet = load_workbook(path).active
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert rows[0][0] == "甲镇群众筹资台账"
    assert "2021年" in rows[1][0]
    assert rows[2] == ["用途", "金额（元）", "村（居）"]
    assert rows[3] == ["=1+1", 1234.56, "白沙村"]
    assert rows[5] == ["合计", 1235.56, None] or rows[5] == ["合计", 1235.56, ""]
    assert sheet["A4"].data_type == "s"
    assert sheet.freeze_panes == "A4"
    assert sheet.page_setup.paperSize == 9
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.print_area == "'甲镇群众筹资台账'!$A$1:$C$6"


def test_csv_holds_no_formula_and_keeps_long_digits(township: Township, tmp_path: Path) -> None:
    path = tmp_path / "筹资.csv"
    assert export_shown(township, wanted("fund_raising", "date", "amount", "purpose"), path) == 3
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[1] == ["2021-03-01", "1234.56", "'=1+1"]
    assert rows[3][2] == "'-修桥"


def test_personal_data_stay_masked_unless_asked_for_and_noted(township: Township, tmp_path: Path) -> None:
    path = tmp_path / "干部.xlsx"
    asked = wanted("official", "name", "phone")
    export_shown(township, asked, path)
    assert load_workbook(path).active["B4"].value == "138****5678"
    whole = wanted("official", "name", "phone", personal=True)
    with pytest.raises(StorageProblem):
        export_shown(township, whole, path)
    number = note_personal(township, whole, path.name, 1)
    export_shown(township, whole, path, noted=number)
    assert load_workbook(path).active["B4"].value == "13812345678"
    (note,) = noted_exports(township)
    assert (note.what, note.count, note.file, note.who) == ("干部", 1, "干部.xlsx", "甲")


def test_a_pdf_of_the_table(township: Township, tmp_path: Path) -> None:
    path = tmp_path / "筹资.pdf"
    assert export_shown(township, wanted("fund_raising", "village", "amount", "purpose"), path) == 3
    assert path.read_bytes().startswith(b"%PDF")
