"""A folder of village files from the command line: looked at, merged, listed, taken back."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter
from openpyxl import load_workbook

from tests.command.conftest import Cli, is_told
from tests.services.whole_office import live
from zhengui.services.township.township import open_township


def letters(path: Path) -> int:
    township = open_township(path)
    try:
        return len(live(township, "letter"))
    finally:
        township.close()


def test_a_folder_is_merged_and_taken_back(cli: Cli, copy: Path, tmp_path: Path) -> None:
    folder = tmp_path / "三月"
    folder.mkdir()
    with xlsxwriter.Workbook(str(folder / "公开信.xlsx")) as book:
        sheet = book.add_worksheet("公开信")
        sheet.write_row(0, 0, ["日期", "发放份数", "收回意见"])
        sheet.write_row(1, 0, ["2021-07-01", 20, 1])
    township = open_township(copy)
    with township.reading() as reading:
        name = reading.lookup().label("village", 1)
    township.close()
    (folder / "公开信.xlsx").rename(folder / f"{name}公开信.xlsx")
    before = letters(copy)
    told = cli("merge", copy, folder, "--year", "2021", "--dry-run")
    assert "新增 1" in told.out
    assert "没有交表的" in told.out
    assert letters(copy) == before
    assert "新增 1 条" in cli("merge", copy, folder, "--year", "2021").out
    assert letters(copy) == before + 1
    assert "新增 1 条" in cli("merge", copy, "--list").out
    assert "1 条记录回到合并以前" in cli("merge", copy, "--undo", 1).out
    assert letters(copy) == before


def test_what_is_wrong_goes_back_in_the_village_s_own_workbook(cli: Cli, copy: Path, tmp_path: Path) -> None:
    folder, back = tmp_path / "三月", tmp_path / "退回"
    folder.mkdir()
    with xlsxwriter.Workbook(str(folder / "公开信.xlsx")) as book:
        sheet = book.add_worksheet("公开信")
        sheet.write_row(0, 0, ["村（居）", "日期", "发放份数", "收回意见"])
        sheet.write_row(1, 0, ["没有这个村", "2021-07-01", 20, 1])
    told = cli("merge", copy, folder, "--year", "2021", "--dry-run", "--back", back)
    assert str(back / "公开信.xlsx") in told.out
    assert "没有这个村" in load_workbook(back / "公开信.xlsx").active["E2"].value
    assert is_told(cli("merge", copy, folder, "--dry-run", "--back", tmp_path / "没有" / "里面"))


def test_a_folder_that_is_none_is_said(cli: Cli, copy: Path, tmp_path: Path) -> None:
    assert is_told(cli("merge", copy))
    assert is_told(cli("merge", copy, tmp_path / "没有"))
