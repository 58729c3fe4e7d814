"""Files that are no workbooks, or bad ones: always a Chinese sentence, never the end of the program."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from zhengui.exchange.problem import ExchangeProblem
from zhengui.exchange.workbook_in import Limits, read_workbook
from zhengui.work import Cancelled


def workbook(path: Path, rows: int = 20, column: int = 0) -> Path:
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet()
    for row in range(rows):
        page.write(row, column, f"第{row}行")
    book.close()
    return path


def problem(path: Path, **limits: float) -> str:
    with pytest.raises(ExchangeProblem) as caught, read_workbook(path, Limits(**limits)) as sheet:  # type: ignore[arg-type]
        list(sheet.rows)
    assert caught.value.message.endswith("。")
    assert "！" not in caught.value.message
    return caught.value.message


@pytest.mark.parametrize("content", [b"", b"hello", b"%PDF-1.7", "姓名,电话\n".encode("gbk")])
def test_no_workbook_at_all(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "in.xlsx"
    path.write_bytes(content)
    assert "不是电子表格" in problem(path)


def test_cut_off_in_the_middle(tmp_path: Path) -> None:
    path = workbook(tmp_path / "in.xlsx")
    path.write_bytes(path.read_bytes()[:-2000])
    assert "不完整或已损坏" in problem(path)


@pytest.mark.parametrize("start", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_only_the_first_bytes_are_right(tmp_path: Path, start: bytes) -> None:
    path = tmp_path / "in.xls"
    path.write_bytes(start + b"\x00\xff" * 4000)
    assert "损坏" in problem(path)


def test_an_archive_that_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert "损坏" in problem(path)


def test_broken_xml_inside(tmp_path: Path) -> None:
    good, path = workbook(tmp_path / "good.xlsx"), tmp_path / "in.xlsx"
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data[:300] + b"<<<" if name.endswith("sheet1.xml") else data)
    assert "损坏" in problem(path)


def test_a_small_file_that_unpacks_to_a_giant(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 30_000_000)
    assert path.stat().st_size < 100_000
    assert "太大" in problem(path, unpacked_bytes=20_000_000)


def test_one_cell_at_the_far_corner_asks_for_all_memory(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet()
    page.write(0, 0, "姓名")
    page.write(1_048_575, 16_383, "x")
    book.close()
    assert problem(path, memory=300_000_000)


def test_too_many_rows_columns_bytes_and_seconds(tmp_path: Path) -> None:
    path = workbook(tmp_path / "in.xlsx", rows=30)
    assert "超过 10 行" in problem(path, rows=10)
    assert "太久" in problem(path, seconds=-1)
    assert "兆" in problem(path, file_bytes=1000)
    wide = workbook(tmp_path / "wide.xlsx", column=1)
    with read_workbook(wide) as sheet:
        assert sheet.header
    book = xlsxwriter.Workbook(str(wide))
    book.add_worksheet().write_row(0, 0, ["甲"] * 60)
    book.close()
    assert "太宽" in problem(wide, columns=50)


def test_an_empty_workbook_and_one_that_is_gone(tmp_path: Path) -> None:
    assert "没有内容" in problem(workbook(tmp_path / "in.xlsx", rows=0))
    assert "打不开" in problem(tmp_path / "none.xlsx")


def test_cancelling_while_waiting(tmp_path: Path) -> None:
    path = workbook(tmp_path / "in.xlsx")
    with pytest.raises(Cancelled):
        read_workbook(path, cancelled=lambda: True)


def test_closing_early_ends_the_reading_process(tmp_path: Path) -> None:
    path = workbook(tmp_path / "in.xlsx", rows=5000)
    with read_workbook(path) as sheet:
        assert next(sheet.rows) == (2, ["第1行"])
    assert not sheet._reading._process.worker.is_alive()
