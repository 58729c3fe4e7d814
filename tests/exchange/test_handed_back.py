"""The file that comes back: as it was, with what is wrong beside its rows, and ready to be imported again."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from tests.fresh import fresh_township
from tests.services.whole_office import live
from zhengui.services.entry import record
from zhengui.services.entry.apply_import import apply_import
from zhengui.services.entry.incoming import ImportPreview, RowDeed, Wishes
from zhengui.services.entry.preview_import import preview_import
from zhengui.services.entry.read_sources import FileSource, ReadSheet, file_source, read_sheets
from zhengui.services.entry.return_rows import return_rows, returned_path
from zhengui.services.township.township import Township

BLOCK = (
    ("全镇农户情况表", "", "", ""),
    ("村（居）", "户主", "人口", "电话"),
    ("白沙村", "王小明", "3", "13800138000"),
    ("没有的村", "李秀英", "2", "138"),
    ("白沙村", "赵大山", "4", ""),
)


@pytest.fixture
def township(tmp_path: Path) -> Iterator[Township]:
    made = fresh_township(tmp_path / "甲.zgdb", "甲镇", "甲")
    made.working_day = date(2021, 12, 31)
    record.save(made, "village", {"name": "白沙村", "kind": "村", "active": True})
    yield made
    made.close()


def workbook(path: Path) -> Path:
    """A formatted workbook: a merged title, a coloured heading, a list, a condition, a comment, a picture's place."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("农户")
        head = book.add_format({"bold": True, "bg_color": "#DDEEFF", "border": 1})
        money = book.add_format({"num_format": "0.0", "border": 1, "italic": True})
        sheet.merge_range(0, 0, 0, 3, BLOCK[0][0], book.add_format({"font_size": 20}))
        for place, title in enumerate(BLOCK[1]):
            sheet.write_string(1, place, title, head)
        for number, row in enumerate(BLOCK[2:], 2):
            for place, text in enumerate(row):
                if place == 2:
                    sheet.write_number(number, place, int(text), money)
                elif text:
                    sheet.write_string(number, place, text)
        sheet.data_validation(2, 0, 20, 0, {"validate": "list", "source": ["白沙村"]})
        sheet.conditional_format(2, 2, 20, 2, {"type": "cell", "criteria": ">", "value": 9, "format": head})
        sheet.set_column(0, 0, 33)
        sheet.freeze_panes(2, 0)
        sheet.write_comment(2, 0, "核过")
    return path


def seen(township: Township, source: FileSource) -> tuple[ImportPreview, tuple[ReadSheet, ...]]:
    ledger = township.catalogue.ledgers["household"]
    sheets, others = read_sheets(township.catalogue, ledger, source)
    return preview_import(township, ledger.key, sheets, Wishes(), others), sheets


def part_in(township: Township, source: FileSource) -> Path:
    """Import what is right, and get the file back."""
    preview, sheets = seen(township, source)
    assert [row.deed for row in preview.rows] == [RowDeed.ADD, RowDeed.REFUSED, RowDeed.ADD]
    apply_import(township, preview, source, partial=True)
    folder = township.path.parent
    return return_rows(preview, source, sheets, returned_path(source, folder), taken=True)


def test_a_workbook_comes_back_as_it_was_with_its_mistakes(township: Township, tmp_path: Path) -> None:
    path = workbook(tmp_path / "农户.xlsx")
    back = part_in(township, file_source(path))
    assert back.name == "农户（标出要改的地方）.xlsx"
    old, new = openpyxl.load_workbook(path)["农户"], openpyxl.load_workbook(back)["农户"]
    assert new["E2"].value == "错误说明"
    assert new["E2"].fill.fgColor.rgb == "FFDDEEFF"
    assert "村（居）：" in new["E4"].value
    assert "电话：" in new["E4"].value
    assert (new["E3"].value, new["E5"].value) == ("已导入", "已导入")
    assert [new.row_dimensions[n].hidden for n in (3, 4, 5)] == [True, False, True]
    assert new["A4"].fill.fgColor.rgb == new["D4"].fill.fgColor.rgb == "FFFDE7E5"
    assert new["D4"].number_format == "@"
    assert new["C4"].fill.fgColor.rgb != "FFFDE7E5"
    for row in old.iter_rows():
        for cell in row:
            again = new[cell.coordinate]
            assert repr((again.value, again.font, again.border)) == repr((cell.value, cell.font, cell.border))
            if cell.coordinate not in ("A4", "D4"):
                assert repr((again.fill, again.number_format)) == repr((cell.fill, cell.number_format))
    assert new.merged_cells.ranges == old.merged_cells.ranges
    assert new.column_dimensions["A"].width == old.column_dimensions["A"].width
    assert (new.freeze_panes, new["A3"].comment.text) == (old.freeze_panes, "核过")
    assert len(new.data_validations.dataValidation) == len(new.conditional_formatting) == 1


def test_every_other_part_of_the_workbook_is_the_same(township: Township, tmp_path: Path) -> None:
    path = workbook(tmp_path / "农户.xlsx")
    back = part_in(township, file_source(path))
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(back) as new:
        assert old.namelist() == new.namelist()
        changed = {name for name in old.namelist() if old.read(name) != new.read(name)}
    assert changed == {"xl/worksheets/sheet1.xml", "xl/styles.xml"}


def mended(back: Path, village: str, phone: str) -> None:
    book = openpyxl.load_workbook(back)
    sheet = book.worksheets[0]
    place = next(n for n in range(1, 9) if sheet.cell(n, 1).value == "没有的村")
    sheet.cell(place, 1).value, sheet.cell(place, 4).value = village, phone
    book.save(back)


@pytest.mark.parametrize("kind", ["xlsx", "pasted", "csv"])
def test_the_file_put_right_comes_in_and_what_went_in_stays_out(
    township: Township, tmp_path: Path, kind: str
) -> None:
    source = FileSource("粘贴的表格", None, BLOCK)
    if kind == "xlsx":
        source = file_source(workbook(tmp_path / "农户.xlsx"))
    elif kind == "csv":
        text = "\n".join(",".join(row) for row in BLOCK)
        (tmp_path / "农户.csv").write_text(text, encoding="gb18030")
        source = file_source(tmp_path / "农户.csv")
    back = part_in(township, source)
    sheet = openpyxl.load_workbook(back).worksheets[0]
    assert [sheet.cell(n, 1).value for n in (1, 2, 4)] == ["全镇农户情况表", "村（居）", "没有的村"]
    assert sheet.cell(4, 4).number_format == "@"
    again, _sheets = seen(township, file_source(back))
    assert [(row.row, row.deed) for row in again.rows] == [(4, RowDeed.REFUSED)]
    assert any("2 行标着“已导入”" in told for told in again.remarks)
    mended(back, "白沙村", "13900139000")
    last, _sheets = seen(township, file_source(back))
    assert [(row.row, row.deed) for row in last.rows] == [(4, RowDeed.ADD)]
    apply_import(township, last, file_source(back))
    assert {row["head"] for row in live(township, "household").values()} == {"王小明", "李秀英", "赵大山"}


def test_a_file_that_comes_back_twice_has_one_column_of_mistakes(township: Township, tmp_path: Path) -> None:
    back = part_in(township, file_source(workbook(tmp_path / "农户.xlsx")))
    mended(back, "白沙村", "139")
    once = tmp_path / "once.xlsx"
    shutil.copy(back, once)
    preview, sheets = seen(township, file_source(once))
    again = return_rows(preview, file_source(once), sheets, tmp_path / "twice.xlsx", taken=True)
    sheet = openpyxl.load_workbook(again).worksheets[0]
    titles: list[Any] = [cell.value for cell in sheet[2]]
    assert titles.count("错误说明") == 1
    assert "电话" in sheet["E4"].value
    assert "村（居）" not in sheet["E4"].value
    assert sheet["E3"].value == "已导入"
