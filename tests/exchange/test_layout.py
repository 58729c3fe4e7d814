"""Headings of one to three rows, what stands above and under a table, merged and hidden cells, and other formats."""

from __future__ import annotations

import re
import shutil
import struct
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from openpyxl import Workbook

from zhengui.exchange.body import Body, numbers_in_words
from zhengui.exchange.layout import find_heading, heading_at, kind_of_row
from zhengui.exchange.match import match_columns
from zhengui.exchange.problem import ExchangeProblem
from zhengui.exchange.workbook_in import look_at_workbook, read_workbook
from zhengui.values.cells import Fault, Percentage

MADE_BY_OFFICE = Path(__file__).parent / "made_by_office"
TITLES = ("村（居）", "户主", "人口", "发现日期", "整改期限")


def found(rows: list[list[Any]], merges: tuple[tuple[int, int, int, int], ...] = ()) -> tuple[str, list[str]]:
    heading = find_heading([(n, row) for n, row in enumerate(rows, 1) if any(row)], merges, TITLES)
    return heading.words, list(heading.titles)


def test_a_title_and_a_unit_stand_above_the_heading() -> None:
    rows = [
        ["青石镇统计表", "", ""],
        ["单位：人", "", ""],
        [],
        ["村（居）", "户主", "人口"],
        ["白沙村", "王小明", 3],
    ]
    assert found(rows) == ("第 4 行", ["村（居）", "户主", "人口"])


def test_two_rows_bound_by_merged_cells() -> None:
    rows = [
        ["情况统计表", "", "", ""],
        ["村（居）", "人员", "", "发现日期"],
        ["", "户主", "人口", ""],
        ["白沙村", "王小明", 3, date(2021, 3, 5)],
    ]
    merges = ((1, 1, 0, 3), (2, 3, 0, 0), (2, 2, 1, 2), (2, 3, 3, 3))
    assert found(rows, merges) == ("第 2—3 行", ["村（居）", "人员 · 户主", "人员 · 人口", "发现日期"])


def test_three_rows_bound_by_merged_cells() -> None:
    rows = [
        ["村（居）", "基本情况", "", "", "整改"],
        ["", "人员", "", "其他", ""],
        ["", "户主", "人口", "发现日期", "整改期限"],
        ["白沙村", "王小明", 3, "", ""],
    ]
    merges = ((1, 3, 0, 0), (1, 1, 1, 3), (2, 2, 1, 2), (1, 2, 4, 4))
    words, titles = found(rows, merges)
    assert words == "第 1—3 行"
    assert titles[1:4] == ["基本情况 · 人员 · 户主", "基本情况 · 人员 · 人口", "基本情况 · 其他 · 发现日期"]


def test_two_rows_of_a_text_file_which_knows_no_merges() -> None:
    rows = [["村（居）", "人员", "", ""], ["", "户主", "人口", "发现日期"], ["白沙村", "王小明", "3", "3.5"]]
    words, titles = found(rows)
    assert words == "第 1—2 行"
    assert titles[:3] == ["村（居）", "人员 · 户主", "人员 · 人口"]


def test_texts_under_a_heading_of_one_row_stay_data() -> None:
    rows = [["村（居）", "户主", "", "发现日期"], ["白沙村", "王小明", "备注", "三月五日"]]
    assert found(rows)[0] == "第 1 行"


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["合计", "", 600.0], "sum"),
        (["", "总　计", 600.0], "sum"),
        (["白沙村小计", "", 12.0], "sum"),
        ([3.0, "合 计：", 5.0], "sum"),
        (["填表人：王某某", "审核人：李某某", ""], "note"),
        (["注：单位为万元", "", ""], "note"),
        (["一、白沙村", "", ""], "note"),
        (["以上数据截至十二月三十一日，由各村报送。", "", ""], "note"),
        (["村（居）", "户主", "人口"], "heading"),
        (["合计（3户）", "", 12.0], "sum"),
        (["平均", "", 4.0], "sum"),
        (["Total", "", 12.0], "sum"),
        (["总数村", "王小明", 3.0], "record"),
        (["小计村", "王小明", 3.0], "record"),
        (["合计划村", "王小明", 3.0], "record"),
        (["白沙村", "", ""], "record"),
        (["", "王注", 3.0], "record"),
    ],
)
def test_rows_that_are_no_records(cells: list[Any], kind: str) -> None:
    heading = heading_at([(1, ["村（居）", "户主", "人口"])], (), 1, 1)
    assert kind_of_row(2, cells, heading) == kind


def book(path: Path) -> Path:
    """Merged villages and a merged amount, a hidden row and column, a sum, and a second sheet that was in front."""
    with xlsxwriter.Workbook(str(path)) as made:
        other = made.add_worksheet("去年")
        other.write_row(0, 0, ["村（居）", "户主", "人口"])
        other.write_row(1, 0, ["旧村", "旧户", 1])
        sheet = made.add_worksheet("今年")
        sheet.merge_range(0, 1, 0, 4, "统计表")
        sheet.write_row(1, 1, ["村（居）", "户主", "人口", "比例"])
        sheet.merge_range(2, 1, 4, 1, "白沙村")
        sheet.merge_range(2, 3, 4, 3, 12)
        for row, name in enumerate(["甲", "乙", "丙"], 2):
            sheet.write(row, 2, name)
        sheet.write(2, 4, 0.85, made.add_format({"num_format": "0%"}))
        sheet.write_formula(3, 4, "=1/0", None, "#DIV/0!")
        sheet.write_row(5, 1, ["合计", "", 12])
        sheet.set_row(3, None, None, {"hidden": True})
        sheet.set_column(3, 3, None, None, {"hidden": True})
        sheet.activate()
    return path


def test_merged_and_hidden_cells_are_filled_and_told(tmp_path: Path) -> None:
    with read_workbook(book(tmp_path / "a.xlsx"), titles=TITLES) as sheet:
        assert (sheet.name, sheet.others, sheet.heading.words) == ("今年", ("去年",), "第 2 行")
        body = Body(sheet.look)
        rows = list(body.records(sheet.rows))
    assert [(n, row[0], row[1], row[2]) for n, row in rows] == [
        (3, "白沙村", "甲", 12.0), (4, "白沙村", "乙", ""), (5, "白沙村", "丙", ""),
    ]  # fmt: skip
    assert rows[0][1][3] == Percentage(0.85)
    assert rows[1][1][3] == Fault("#DIV/0!", "E4")
    told = "".join(body.told())
    for words in ("第 6 行“合计”", "共 2 格", "第 4 行在表里是隐藏的", "“人口”这1列在表里是隐藏的"):
        assert words in told


def test_merged_cells_stay_as_they_are_where_that_is_wanted_and_hidden_rows_out(tmp_path: Path) -> None:
    with read_workbook(book(tmp_path / "a.xlsx"), titles=TITLES) as sheet:
        body = Body(sheet.look, fill=False, hidden=False)
        assert [(n, row[0]) for n, row in body.records(sheet.rows)] == [(3, "白沙村"), (5, "")]
        assert body.passed.left[4]


def test_what_has_no_height_or_width_is_hidden(tmp_path: Path) -> None:
    made = Workbook()
    page = made.active
    for row in (TITLES[:3], ("白沙村", "甲", 1), ("石桥村", "乙", 2)):
        page.append(row)
    page.row_dimensions[3].height = page.column_dimensions["C"].width = 7
    made.save(tmp_path / "b.xlsx")
    with zipfile.ZipFile(tmp_path / "b.xlsx") as given, zipfile.ZipFile(tmp_path / "a.xlsx", "w") as taken:
        for part in given.namelist():
            taken.writestr(part, re.sub(rb'\b(ht|width)="7"', rb'\1="0"', given.read(part)))
    with read_workbook(tmp_path / "a.xlsx", titles=TITLES) as sheet:
        assert (sheet.look.hidden_rows, sheet.look.hidden_columns) == ({3}, {3})


def test_a_sheet_and_a_heading_can_be_asked_for(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx")
    with read_workbook(path, titles=TITLES, sheet="去年", heading=(2, 2)) as sheet:
        assert sheet.header == ["旧村", "旧户", "1"]
    with pytest.raises(ExchangeProblem, match=r"没有名为“前年”的工作表.*“去年”“今年”"):
        read_workbook(path, sheet="前年")
    with pytest.raises(ExchangeProblem, match="第 90—91 行没有内容"):
        read_workbook(path, sheet="去年", heading=(90, 91))
    looks = look_at_workbook(path, TITLES)
    assert [(look.name, look.active, look.fit, look.height) for look in looks] == [
        ("去年", False, 3, 2), ("今年", True, 3, 6),
    ]  # fmt: skip


CSV = "村（居）,户主,人口\n白沙村,王小明,3\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
@pytest.mark.parametrize("mark", [",", "\t", ";", "|"])
def test_text_files_in_every_encoding(tmp_path: Path, encoding: str, mark: str) -> None:
    path = tmp_path / ("a.csv" if mark == "," else "a.txt")
    path.write_bytes(CSV.replace(",", mark).encode(encoding))
    with read_workbook(path, titles=TITLES) as sheet:
        assert sheet.header == ["村（居）", "户主", "人口"]
        assert list(sheet.rows) == [(2, ["白沙村", "王小明", "3"])]


def test_a_quoted_cell_and_one_protected_from_excel(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('sep=,\n村（居）,户主\n"白沙,村\n一组","=""342"""\n\'=1+1,\'-修桥\n', encoding="utf-8")
    with read_workbook(path, titles=TITLES) as sheet:
        # The mark before = is what this program's own CSV has there, so that Excel takes it for no formula.
        assert list(sheet.rows) == [(2, ["白沙,村\n一组", "342"]), (3, ["=1+1", "-修桥"])]


@pytest.mark.parametrize(
    ("lines", "rows"),
    [
        ('白沙村,"好\n石桥村,乙\n', [["白沙村", "好"], ["石桥村", "乙"]]),
        ('白沙村,"好\n石桥村,乙\n云岭社区,坏"\n', [["白沙村", "好"], ["石桥村", "乙"], ["云岭社区", '坏"']]),
        ('白沙村,"5寸\n"石桥"村,乙\n', [["白沙村", "5寸"], ['石桥"村', "乙"]]),
        ('白沙村,"第一行\n第二行"\n"石""桥"村,乙\n', [["白沙村", "第一行\n第二行"], ['石""桥"村', "乙"]]),
    ],
)
def test_a_quote_that_stands_alone_hides_no_rows(tmp_path: Path, lines: str, rows: list[list[str]]) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"村（居）,户主\n{lines}", encoding="utf-8")
    with read_workbook(path, titles=TITLES) as sheet:
        assert [cells for _number, cells in sheet.rows] == rows


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("<html><body><table><tr><td>村</td></tr></table></body></html>".encode(), "网页"),
        ("\ufeff<!DOCTYPE html><table>".encode(), "网页"),
        ('<html xmlns:x="urn:schemas-microsoft-com:office:excel">村'.encode("gb18030"), "网页"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "XML"),
    ],
)
def test_a_web_page_named_as_a_workbook_is_called_so(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(content)
    with pytest.raises(ExchangeProblem, match=f"{told}.*另存为"):
        read_workbook(path)


@pytest.mark.parametrize("name", ["marks.xls", "marks.ods", "marks.xlsx"])
def test_marks_in_files_that_another_program_saved(name: str) -> None:
    """The book of this file as LibreOffice saved it: faults, percent and hidden rows and columns in each format."""
    with read_workbook(MADE_BY_OFFICE / name, titles=TITLES, sheet="今年") as sheet:
        body = Body(sheet.look)
        rows = dict(body.records(sheet.rows))
    assert [row[0] for row in rows.values()] == ["白沙村"] * 3
    assert rows[3][3] == Percentage(0.85)
    assert rows[4][3] == Fault("#DIV/0!", "E4")
    assert body.passed.hidden == [4]
    assert body.hidden_columns() == ["人口"]


@pytest.mark.parametrize("source", ["plain.xlsx", "plain.xls"])
@pytest.mark.parametrize("ending", [".et", ".ET", ".xls", ".xlsx", ".csv", ""])
def test_the_content_says_what_a_file_is(tmp_path: Path, source: str, ending: str) -> None:
    """WPS saves .et with the content of .xls or .xlsx, and people rename files."""
    shutil.copy(MADE_BY_OFFICE / source, tmp_path / f"表{ending}")
    with (
        read_workbook(MADE_BY_OFFICE / source, titles=TITLES) as wanted,
        read_workbook(tmp_path / f"表{ending}", titles=TITLES) as given,
    ):
        assert list(given.rows) == list(wanted.rows) != []


def test_row_numbers_in_words() -> None:
    assert numbers_in_words([3]) == "3"
    assert numbers_in_words([3, 4, 5, 9]) == "3—5、9"
    assert numbers_in_words(range(1, 40, 2)) == "1、3、5、7、9、11、13、15 等 20"


def test_a_title_in_two_rows_is_known_by_its_lower_part() -> None:
    from zhengui.catalogue.load import load_catalogue

    fields = load_catalogue().ledgers["household"].live_fields
    matching = match_columns(["村（居）", "基本情况 · 户主", "基本情况 · 人口"], fields)
    assert [(place, field.key) for place, field in matching.columns] == [
        (0, "village"),
        (1, "head"),
        (2, "members"),
    ]


def test_a_formula_without_a_value_in_ods(tmp_path: Path) -> None:
    """As other programs write it: a formula, and neither a type nor a text."""
    path = tmp_path / "in.ods"
    with zipfile.ZipFile(MADE_BY_OFFICE / "marks.ods") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    content = parts["content.xml"].decode()
    found = re.search(r"<table:table-cell[^>]*table:formula[^>]*>.*?</table:table-cell>", content)
    assert found
    parts["content.xml"] = content.replace(
        found[0], '<table:table-cell table:formula="of:=[.A1]*2"/>', 1
    ).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    with read_workbook(path, titles=TITLES, sheet="今年") as sheet:
        rows = dict(Body(sheet.look).records(sheet.rows))
    assert rows[4][3] == Fault("", "E4")


def test_a_formula_without_a_value_in_xls(tmp_path: Path) -> None:
    """As xlwt writes it: the result is an empty text. Where any formula has a result, an empty one may be meant."""
    content = (MADE_BY_OFFICE / "marks.xls").read_bytes()
    number = content.index(b"\x02\x00\x07\x00\x00\x00\xff\xff") - 10
    _kind, size, row, column = struct.unpack_from("<HHHH", content, number)
    assert (row, column) == (3, 4), "the formula of E4, whose result is #DIV/0!"
    assert size >= 22
    emptied = content[: number + 10] + b"\x03\x00\x00\x00\x00\x00\xff\xff" + content[number + 18 :]
    path = tmp_path / "in.xls"
    path.write_bytes(emptied)
    with read_workbook(path, titles=TITLES, sheet="今年") as sheet:
        rows = dict(Body(sheet.look).records(sheet.rows))
    assert rows[4][3] == Fault("", "E4")


@pytest.mark.parametrize(("other", "told"), [("0.0", True), ("0", False), ("3.0", False)])
def test_a_nought_that_a_program_on_java_kept_behind_its_formulas_is_no_value(
    tmp_path: Path, other: str, told: bool
) -> None:
    """Such programs write 0.0 where nothing was worked out; what Excel came to stands there as 0."""
    good, path = tmp_path / "good.xlsx", tmp_path / "in.xlsx"
    with xlsxwriter.Workbook(str(good)) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["村（居）", "金额"])
        for row in (1, 2):
            page.write(row, 0, f"第{row}村")
            page.write_formula(row, 1, "=SUM(C2:C3)", value=0)
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith("sheet1.xml"):
                first, second, rest = data.split(b"</f><v>0</v>")
                data = first + b"</f><v>0.0</v>" + second + f"</f><v>{other}</v>".encode() + rest
            new.writestr(name, data)
    with read_workbook(path) as sheet:
        cells = [row[1] for _number, row in sheet.rows]
    assert cells == ([Fault("", "B2"), Fault("", "B3")] if told else [0, float(other)])
