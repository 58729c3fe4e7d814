"""Eighty workbooks as offices really send them, made by one script, each with what it has to come to.

Every case is a household table with one or more habits in it: titles above, headings of two rows, merged villages,
sums, stray blanks, numbers in words and in other shapes, other names for columns, other formats and encodings.
`rows` are the expected records as (village, head, members, phone, from_on); `wrong` the expected messages as
(row, column, words in the message).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import product
from pathlib import Path
from typing import Any

import xlsxwriter

TITLES = ["村（居）", "户主", "人口", "电话", "立户日期"]
Row = list[Any]
Record = tuple[str, str, int | None, str | None, date | None]
DAY = date(2021, 3, 5)
BASE: list[Record] = [
    ("白沙村", "王小明", 3, "13800138000", DAY),
    ("石桥村", "李秀英", 12, None, None),
    ("云岭社区", "买买提·艾力", 2, "0558-7123456", DAY),
]
PLAIN: list[Row] = [
    ["白沙村", "王小明", 3, "13800138000", "2021-03-05"],
    ["石桥村", "李秀英", 12, "", ""],
    ["云岭社区", "买买提·艾力", 2, "0558-7123456", "2021-03-05"],
]


@dataclass(frozen=True)
class Messy:
    """A file and what it has to come to."""

    name: str
    make: Callable[[Path], Path]
    rows: list[Record] = field(default_factory=lambda: list(BASE))
    wrong: list[tuple[int, str, str]] = field(default_factory=list)


def book(
    rows: list[Row], merges: list[tuple[int, int, int, int]] | None = None, **sheets: list[Row]
) -> Callable[[Path], Path]:
    """A workbook with the rows in its first sheet; merges are (top, left, bottom, right) from 0."""

    def make(folder: Path) -> Path:
        path = folder / "in.xlsx"
        with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as made:
            day = made.add_format({"num_format": "yyyy-mm-dd"})
            for name, content in ({**sheets, "表": rows}).items():
                sheet = made.add_worksheet(name)
                for number, row in enumerate(content):
                    for place, cell in enumerate(row):
                        if isinstance(cell, date | datetime):
                            sheet.write_datetime(number, place, cell, day)
                        elif cell != "":
                            sheet.write(number, place, cell)
                if name == "表":
                    for top, left, bottom, right in merges or ():
                        sheet.merge_range(top, left, bottom, right, rows[top][left])
                    sheet.activate()
        return path

    return make


def text(mark: str, encoding: str, name: str) -> Callable[[Path], Path]:
    """The plain table as a text file."""

    def make(folder: Path) -> Path:
        path = folder / name
        lines = [mark.join(str(cell) for cell in row) for row in [TITLES, *PLAIN]]
        path.write_bytes("\r\n".join(lines).encode(encoding))
        return path

    return make


def with_cell(row: int, place: int, cell: Any) -> list[Row]:
    """The plain table with another cell."""
    rows = [TITLES[:], *[line[:] for line in PLAIN]]
    rows[row][place] = cell
    return rows


#: What stands in one cell, where, and what it means there: None for what must be refused with these words.
CELLS: list[tuple[str, int, int, Any, str]] = [
    ("full-width digits", 1, 2, "３", ""), ("unit behind", 1, 2, "3人", ""), ("about", 1, 2, "约3", ""),
    ("a decimal that is whole", 2, 2, "12.0", ""), ("grouped full-width", 2, 2, "１，２００", "不能大于"),
    ("in ten thousands", 2, 2, "0.0012万", ""), ("line break behind", 1, 2, "3\n", ""),
    ("dots for the day", 1, 4, "2021.3.5", ""), ("words for the day", 1, 4, "2021年3月5日", ""),
    ("digits for the day", 1, 4, "20210305", ""), ("number for the day", 1, 4, 20210305, ""),
    ("serial day", 1, 4, 44260, ""), ("real day", 1, 4, datetime(2021, 3, 5), ""), ("slashes", 1, 4, "2021/3/5", ""),
    ("full-width day", 1, 4, "２０２１．３．５", ""), ("without a year", 1, 4, "3.5", ""), ("month and day", 1, 4, "3月5日", ""),
    ("village short", 1, 0, "白沙", ""), ("village spaced", 1, 0, "白 沙 村", ""), ("village wide", 1, 0, "　白沙村　", ""),
    ("village broken", 1, 0, "白沙\n村", ""), ("village committee", 2, 0, "石桥", ""), ("community short", 3, 0, "云岭", ""),
    ("phone number", 1, 3, 13800138000, ""), ("phone spaced", 1, 3, "138 0013 8000", ""), ("phone dashed", 1, 3, "138-0013-8000", ""),
    ("phone wide", 1, 3, "１３８００１３８０００", ""), ("phone with country", 1, 3, "+86 13800138000", ""),
    ("name spaced", 1, 1, "王 小 明", ""), ("name wide blank", 1, 1, "王　小明", ""), ("other dot", 3, 1, "买买提•艾力", ""),
    ("dash for nothing", 2, 3, "—", ""), ("slash for nothing", 2, 4, "/", ""), ("unseen mark", 1, 1, "王小明\u200b", ""),
    ("a strange village", 2, 0, "东方村", "东方村"), ("a strange day", 1, 4, "某日", "不是一个日期"),
    ("a word for a number", 1, 2, "很多", "不是数字"), ("two numbers", 1, 2, "3 4", "不是数字"),
    ("a short phone", 1, 3, "1380013", "手机号码"), ("nothing where needed", 1, 1, "", "请填写"),
    ("a mark before a number", 1, 2, "'3", ""), ("a mark before a phone", 1, 3, "'13800138000", ""),
    ("an error", 1, 2, "#DIV/0!", "公式"), ("a tenth of March", 1, 4, 3.1, "分不清是哪一天"),
]  # fmt: skip


def of_cells() -> list[Messy]:
    """One case for each odd cell."""
    made = []
    for name, row, place, cell, told in CELLS:
        rows = [record for n, record in enumerate(BASE, 1) if not told or n != row]
        wrong = [(row + 1, TITLES[place], told)] if told else []
        made.append(Messy(name, book(with_cell(row, place, cell)), rows, wrong))
    return made


def of_shapes() -> list[Messy]:
    """One case for each shape of a sheet."""
    above: list[Row] = [["全镇农户情况统计表"], ["填报单位：某某村", "", "", "填报日期：2021.3.5"]]
    under: list[Row] = [["合计", "", 1205], ["填表人：王某某", "", "审核人：李某某"], ["注：人口为户籍人口"]]
    two: list[Row] = [["村（居）", "基本情况", "", "", "立户日期"], ["", "户主", "人口", "电话", ""]]
    merged = [(0, 0, 1, 0), (0, 1, 0, 3), (0, 4, 1, 4)]
    others = ["村名", "户主姓名", "家庭人口", "联系电话", "立户日期"]
    numbered = [[n or "序号", *row] for n, row in enumerate([TITLES, *PLAIN])]
    one_village: list[Row] = [
        TITLES,
        ["白沙村", "甲", 1, "", ""],
        ["", "乙", 2, "", ""],
        ["", "丙", 3, "", ""],
    ]
    filled: list[Record] = [("白沙村", name, n, None, None) for n, name in enumerate("甲乙丙", 1)]
    subtotals = [
        TITLES,
        PLAIN[0],
        ["白沙村小计", "", 3],
        PLAIN[1],
        ["小计", "", 12],
        PLAIN[2],
        ["总　计", "", 1205],
    ]
    over: list[Row] = [TITLES[1:]]
    for line in PLAIN:
        over += [[line[0]], line[1:]]
    strange: list[Row] = [*over[:3], ["东方村"], PLAIN[1][1:], *over[5:]]
    counted = [[f"（{n}）{line[0]}（1户）"] if len(line) == 1 else line for n, line in enumerate(over)]
    return [
        Messy("title lines above", book([*above, TITLES, *PLAIN])),
        Messy("merged title", book([["全镇农户情况统计表", "", "", "", ""], TITLES, *PLAIN], [(0, 0, 0, 4)])),
        Messy("sums and notes under", book([TITLES, *PLAIN, *under])),
        Messy("above and under", book([*above, TITLES, *PLAIN, *under])),
        Messy("two rows of heading", book([*two, *PLAIN], merged)),
        Messy("two rows under a title", book([["统计表"], *two, *PLAIN], [(t + 1, a, b + 1, c) for t, a, b, c in merged])),
        Messy("other names", book([others, *PLAIN])),
        Messy("stars and blanks in titles", book([[" 村 （居） *", "户  主*", "人口（人）", "电话：", "立户 日期"], *PLAIN])),
        Messy("broken titles", book([["村\n（居）", "户主", "人\n口", "电话", "立户\n日期"], *PLAIN])),
        Messy("numbered", book(numbered)),
        Messy("other order", book([[row[n] for n in (4, 2, 0, 3, 1)] for row in [TITLES, *PLAIN]])),
        Messy("blank rows", book([TITLES, PLAIN[0], [], [""] * 5, PLAIN[1], [], PLAIN[2]])),
        Messy("far to the right", book([["", "", "", *row] for row in [TITLES, *PLAIN]])),
        Messy("far below", book([[]] * 12 + [TITLES, *PLAIN])),
        Messy("villages merged", book(one_village, [(1, 0, 3, 0)]), filled),
        Messy("subtotals", book(subtotals)),
        Messy("heading once more", book([TITLES, *PLAIN[:2], TITLES, PLAIN[2]])),
        Messy("the same row twice", book([TITLES, *PLAIN, PLAIN[0]])),
        Messy("groups", book([TITLES, ["一、白沙村"], PLAIN[0], ["二、其他村"], *PLAIN[1:]])),
        Messy("villages in lines of their own", book(over)),
        Messy("villages in numbered lines", book(counted)),
        Messy("a village that is none", book(strange), [BASE[0], BASE[2]], [(5, "村（居）", "请选择")]),
        Messy("a title twice", book([[*row, row[1]] for row in [TITLES, *PLAIN]])),
        Messy("two tables side by side", book([[*TITLES, "", *TITLES], [*PLAIN[0], "", *PLAIN[1]], PLAIN[2]]), [BASE[0], BASE[2]]),
        Messy("an unknown column", book([[*row, "x"] for row in [TITLES, *PLAIN]])),
        Messy("instructions first", book([TITLES, *PLAIN], 填表说明=[["请按村填写"], ["一户一行"]])),
        Messy("last year first", book([TITLES, *PLAIN], 去年=[TITLES, ["白沙村", "旧户", 1, "", ""]])),
        Messy("a note without a title", book([["", "", "", "", "", "核过"], TITLES, *PLAIN])),
    ]  # fmt: skip


def of_texts() -> list[Messy]:
    """One case for each encoding and mark."""
    encodings = ("utf-8", "utf-8-sig", "utf-16", "gb18030")
    marks = ((",", "in.csv"), ("\t", "in.txt"), (";", "in.csv"))
    return [
        Messy(f"{encoding} {name} {mark!r}", text(mark, encoding, name))
        for encoding, (mark, name) in product(encodings, marks)
    ]


def of_another_program() -> list[Messy]:
    """The plain table with a title above and a sum under it, as LibreOffice saved it; in two of them too many people."""
    folder = Path(__file__).parent / "made_by_office"
    many = [(4, "人口", "不能大于 50 人")]
    return [
        Messy("saved as xlsx", lambda _folder: folder / "plain.xlsx"),
        Messy("saved as csv", lambda _folder: folder / "plain.csv"),
        Messy("saved as xls", lambda _folder: folder / "plain.xls", [BASE[0], BASE[2]], many),
        Messy("saved as ods", lambda _folder: folder / "plain.ods", [BASE[0], BASE[2]], many),
    ]


ALL = [*of_cells(), *of_shapes(), *of_texts(), *of_another_program()]
