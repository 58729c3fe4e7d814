"""Records out to a workbook and back, and workbooks as offices really send them."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from tests.samples import sample
from tests.values.registers import TODAY, NoFacts, Registers, field_of, ledger_of
from zhengui.catalogue.load import load_catalogue
from zhengui.catalogue.model import Field, FieldType, Ledger, Rule, RuleKind
from zhengui.exchange.convert import ConvertedRow, RowMistake, convert
from zhengui.exchange.handed_back import Returned, hand_back
from zhengui.exchange.match import match_columns
from zhengui.exchange.sources import file_source
from zhengui.exchange.workbook_in import read_workbook
from zhengui.exchange.workbook_out import column_of, sheet_title, write_workbook
from zhengui.values.show import show
from zhengui.work import Cancelled

T = FieldType
#: Every type that a workbook can carry; people of the sample register have names of their own.
FIELDS = tuple(field_of(kind) for kind in FieldType if kind not in (T.ATTACHMENT, T.PERSON))
NAME = Field("name", "姓名", T.TEXT, required=True)
NUMBER = Field("id_number", "身份证号码", T.ID_NUMBER)
AMOUNT = Field("amount", "金额（元）", T.MONEY)
DAY = Field("day", "日期", T.DATE)


def sheet_of(path: Path, *rows: list[Any]) -> Path:
    """A workbook with the rows as they are: None leaves a cell empty."""
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet()
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                page.write_datetime(number, column, cell, day)
            elif cell is not None:
                page.write(number, column, cell)
    book.close()
    return path


def taken(path: Path, ledger: Ledger, **options: Any) -> list[ConvertedRow]:
    with read_workbook(path, titles=[field.title for field in ledger.fields]) as sheet:
        matching = match_columns(sheet.header, ledger.fields)
        return list(convert(ledger, matching, sheet.rows, Registers(), NoFacts(), TODAY, **options))


def test_every_kind_of_value_survives_the_way_out_and_in(tmp_path: Path) -> None:
    register = Registers()
    records = [{field.key: sample(field, n) for field in FIELDS} for n in range(3)]
    rows = [[show(f, r[f.key], register) if f.is_reference else r[f.key] for f in FIELDS] for r in records]
    path = tmp_path / "out.xlsx"
    assert write_workbook(path, [column_of(f) for f in FIELDS], rows, title="台账") == 3
    back = taken(path, ledger_of(*FIELDS))
    assert [row.mistakes for row in back] == [[], [], []]
    assert [row.values for row in back] == records
    assert [row.row for row in back] == [2, 3, 4]


def test_the_workbook_holds_real_dates_and_text_for_numbers_of_people(tmp_path: Path) -> None:
    fields = [DAY, NUMBER, AMOUNT, field_of(T.CHOICE), field_of(T.YES_NO), NAME]
    path = tmp_path / "out.xlsx"
    hard = ' =1+1<&>"_x0041_\u000b 㐂𠮷\n二 '
    write_workbook(
        path,
        [column_of(f) for f in fields],
        [[date(2021, 3, 5), "110101198003050012", 10, "杂物", True, hard]],
    )
    page = openpyxl.load_workbook(path).active
    assert page["A2"].is_date
    assert page["A2"].number_format == "yyyy-mm-dd"
    assert (page["B2"].value, page["B2"].number_format) == ("110101198003050012", "@")
    assert page["C2"].value == 0.1
    assert page["F2"].data_type in ("s", "inlineStr")
    assert page["F2"].value.replace("_x005F_", "_") == hard.replace("\u000b", "")
    lists = {str(rule.sqref): rule.formula1 for rule in page.data_validations.dataValidation}
    assert list(lists.values()) == ['"生活垃圾,杂物,沟塘"', '"是,否"']


def test_an_export_without_records_is_an_empty_form(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    assert write_workbook(path, [column_of(f) for f in FIELDS], []) == 0
    assert taken(path, ledger_of(*FIELDS)) == []


def test_a_cancelled_export_leaves_the_old_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    path.write_text("old")
    told: list[tuple[int, int]] = []

    def stop_at_the_second(done: int, whole: int, _what: str = "") -> None:
        told.append((done, whole))
        if len(told) > 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_workbook(path, [column_of(NAME)], [["某"]] * 3000, whole=3000, progress=stop_at_the_second)
    assert told == [(1000, 3000), (2000, 3000)]
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["out.xlsx"]


def test_an_export_that_breaks_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        write_workbook(tmp_path / "out.xlsx", [column_of(NAME)], ([str(1 / n)] for n in (1, 0)))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="none"):
        write_workbook(tmp_path / "none" / "out.xlsx", [column_of(NAME)], [])


def test_sheet_titles() -> None:
    assert sheet_title("道路/下水道[2021]") == "道路＿下水道＿2021＿"
    assert sheet_title("") == "数据"


def test_headings_blank_rows_and_stray_spaces_are_no_mistakes(tmp_path: Path) -> None:
    path = sheet_of(
        tmp_path / "in.xlsx",
        ["青石镇某某情况统计表"],
        [],
        ["序号", " 姓 名 *", "金额", "备注说明", None],
        [1, "  王小明 ", 18600, "x"],
        [None, "   ", None, None],
        [],
        [2, "李秀英", "1,234.50", None],
    )
    rows = taken(path, ledger_of(NAME, AMOUNT))
    assert [(row.row, row.values, row.mistakes) for row in rows] == [
        (4, {"name": "王小明", "amount": 1860000}, []),
        (7, {"name": "李秀英", "amount": 123450}, []),
    ]


def test_an_id_number_that_became_a_number_is_refused(tmp_path: Path) -> None:
    path = sheet_of(tmp_path / "in.xlsx", ["姓名", "身份证号码"], ["王小明", 110101198003050012])
    (row,) = taken(path, ledger_of(NAME, NUMBER))
    (mistake,) = row.mistakes
    assert not row.sound
    assert (mistake.row, mistake.column) == (2, "身份证号码")
    assert "后几位已经丢失" in mistake.message


def test_cells_of_other_types_are_read_as_people_mean_them(tmp_path: Path) -> None:
    month, year, phone, yes = field_of(T.MONTH), field_of(T.YEAR), field_of(T.PHONE), field_of(T.YES_NO)
    decimal, count = field_of(T.DECIMAL), field_of(T.INTEGER, unit="人")
    fields = [NAME, DAY, month, year, phone, yes, decimal, count]
    path = sheet_of(
        tmp_path / "in.xlsx",
        [field.title for field in fields],
        [101, 20210305, date(2021, 3, 1), 2021, 13800138000, True, 0.1 + 0.2, "12人"],
        [1.5, "3月5日", 202103, "2021年", "138 0013 8000", 0, "3.25", 12],
    )
    first, second = taken(path, ledger_of(*fields))
    assert first.mistakes == []
    assert first.values == {
        "name": "101",
        "day": date(2021, 3, 5),
        "month": 202103,
        "year": 2021,
        "phone": "13800138000",
        "yes_no": True,
        "decimal": Decimal("0.30"),
        "integer": 12,
    }
    assert second.values["day"] == date(2021, 3, 5)
    assert second.values["yes_no"] is False
    assert second.values["name"] == "1.5"


def test_a_day_stored_as_a_decimal_number_is_not_guessed(tmp_path: Path) -> None:
    path = sheet_of(tmp_path / "in.xlsx", ["姓名", "日期"], ["王小明", 3.1])
    (row,) = taken(path, ledger_of(NAME, DAY))
    assert "分不清是哪一天" in row.mistakes[0].message


def test_rows_obey_the_rules_and_each_other(tmp_path: Path) -> None:
    done = Field("done", "完成日期", T.DATE, not_future=True)
    rules = [Rule(RuleKind.ORDER, ("day", "done")), Rule(RuleKind.UNIQUE, ("name", "day"))]
    ledger = ledger_of(NAME, DAY, done, rules=rules)
    path = sheet_of(
        tmp_path / "in.xlsx",
        ["姓名", "日期", "完成日期"],
        ["甲", date(2021, 3, 5), date(2021, 3, 6)],
        ["乙", date(2021, 3, 5), date(2021, 3, 4)],
        ["甲", date(2021, 3, 5), None],
        [None, "某日", date(2022, 1, 1)],
    )
    rows = taken(path, ledger)
    assert [[(m.row, m.column, m.message) for m in row.mistakes] for row in rows] == [
        [],
        [(3, "完成日期", "“完成日期”不能早于“日期”（2021-03-05），请核对。")],
        [(4, "姓名", "与第 2 行重复，请删去其中一行。")],
        [
            (5, "姓名", "请填写姓名。"),
            (5, "日期", "“某日”不是一个日期，请写成 2021-03-05 或 3.5。"),
            (5, "完成日期", "日期在今天之后，请核对。"),
        ],
    ]


def test_a_field_without_a_column_takes_its_default(tmp_path: Path) -> None:
    kind = field_of(T.CHOICE, default="杂物", required=True)
    path = sheet_of(tmp_path / "in.xlsx", ["姓名"], ["王小明"])
    (row,) = taken(path, ledger_of(NAME, kind))
    assert row.values == {"name": "王小明", "choice": "杂物"}


def test_the_short_way_and_the_long_way_agree() -> None:
    bounds = {"minimum": Decimal(-5), "maximum": Decimal(50)}
    fields = [field_of(T.INTEGER, **bounds), field_of(T.MONEY, **bounds), field_of(T.DECIMAL, **bounds)]
    fields += [field_of(T.TEXT, max_length=5), field_of(T.PHONE), field_of(T.ID_NUMBER)]
    cells = [-6.0, -5.0, 0.0, 0.1, 0.125, 49.999, 50.0, 50.01, 1e20, float("inf")]
    cells += ["一二三四五", "一二三四五六", " a ", "13800138000", "1380013800", "110101198002310011"]
    for field in fields:
        ledger = ledger_of(field)
        matching = match_columns([field.title], ledger.fields)
        for cell in cells:
            (number,) = convert(ledger, matching, [(2, [cell])], Registers(), NoFacts(), TODAY)
            (text,) = convert(ledger, matching, [(2, [_as_text(cell)])], Registers(), NoFacts(), TODAY)
            assert number.values == text.values, (field.key, cell)
            assert number.sound == text.sound, (field.key, cell)


def _as_text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return f"{cell}\u3000"  # the wide space sends it the long way


def give_back(
    path: Path, target: Path, mistakes: Mapping[int, Sequence[RowMistake]], places: dict[str, int]
) -> Path:
    source = file_source(path)
    sheet = source.read(["姓名", "金额", "日期", "比例", "精确"])
    return hand_back(source, [Returned(sheet, mistakes, (), places, ())], target)


def test_the_file_comes_back_with_the_mistakes_beside_the_rows(tmp_path: Path) -> None:
    source = sheet_of(
        tmp_path / "in.xlsx",
        ["姓名", "金额", "日期", "错误说明"],
        ["甲", "很多", date(2021, 3, 5), "旧的说明"],
        ["乙", 12, date(2021, 3, 6)],
    )
    mistakes = {2: [RowMistake(2, "金额（元）", "“很多”不是数字，请只写数字，如 12。")]}
    back = give_back(source, tmp_path / "back.xlsx", mistakes, {"金额（元）": 1})
    page = openpyxl.load_workbook(back).active
    told = "金额（元）：“很多”不是数字，请只写数字，如 12。"
    assert [cell.value for cell in page[1]] == [
        "姓名",
        "金额",
        "日期",
        "错误说明",
    ]
    assert page["D2"].value == told
    assert page["B2"].fill.fgColor.rgb == "FFFDE7E5"
    assert page["C2"].is_date
    assert page["D3"].value is None
    rows = taken(back, ledger_of(NAME, AMOUNT, DAY))
    assert [row.sound for row in rows] == [False, True]


def test_the_same_mistake_is_told_for_every_row_and_looked_up_once() -> None:
    class Counting(Registers):
        asked = 0

        def find(self, register: str, text: str) -> list[tuple[int, str]]:
            Counting.asked += 1
            return super().find(register, text)

    field = field_of(T.VILLAGE)
    matching = match_columns([field.title], [field])
    rows = [(number, ["白纱村"]) for number in range(2, 52)]
    found = list(convert(ledger_of(field), matching, rows, Counting(), NoFacts(), TODAY))
    assert [row.mistakes[0].message for row in found] == ["没有“白纱村”，是“白沙村”吗？"] * 50
    assert Counting.asked == 1


def test_percentages_and_formulas_are_read_by_what_the_cell_shows(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet("进度 & 比例")
    percent, places = book.add_format({"num_format": "0%"}), book.add_format({"num_format": "0.00%"})
    word = book.add_format({"num_format": '0"%"'})
    page.write_row(2, 1, ["姓名", "比例", "精确"])
    page.write_row(3, 1, ["甲"])
    page.write_number(3, 2, 1, percent)
    page.write_number(3, 3, 0.9865, places)
    page.write_row(4, 1, ["乙"])
    page.write_number(4, 2, 0.85, percent)
    page.write_number(4, 3, 98.5, word)
    page.write_row(5, 1, ["丙"])
    page.write_formula(5, 2, "=1/0", None, "#DIV/0!")
    page.write_formula(5, 3, "=C4*100", None, "")
    page.write_row(6, 1, ["丁"])
    page.write_formula(6, 2, '=IF(1,"","x")', None, "")
    page.write_formula(6, 3, "=0.5", percent, 0.5)
    page.write_formula(7, 2, "=NA()", None, "#N/A")
    book.close()
    _as_excel_writes_empty_texts(path, b'<c r="C7">')
    whole, exact = Field("whole", "比例", T.INTEGER, unit="%"), Field("exact", "精确", T.DECIMAL, unit="%")
    rows = taken(path, ledger_of(NAME, whole, exact))
    assert [(row.row, row.values["whole"], row.values["exact"]) for row in rows[:2]] == [
        (4, 100, Decimal("98.65")),
        (5, 85, Decimal("98.50")),
    ]
    assert [[m.message for m in row.mistakes] for row in rows[2:]] == [
        [
            "C6 是公式，结果是 #DIV/0!。请改好公式，或直接填写。",
            "D6 是公式，还没有算出结果。请用 WPS 或 Excel 打开后重新保存，再导入。",
        ],
        [],
        ["请填写姓名。", "C8 是公式，结果是 #N/A。请改好公式，或直接填写。"],
    ]
    assert rows[3].values["exact"] == 50
    mistakes = {row.row: row.mistakes for row in rows if not row.sound}
    own = give_back(path, tmp_path / "back.xlsx", mistakes, {"比例": 2, "精确": 3})
    back = openpyxl.load_workbook(own).active
    assert (back["C4"].value, back["C4"].number_format, back["C6"].value) == (1, "0%", "=1/0")
    old = tmp_path / "in.xls"  # named so, it is written anew
    old.write_bytes(path.read_bytes())
    anew = give_back(old, tmp_path / "anew.xlsx", mistakes, {"比例": 1, "精确": 2})
    back = openpyxl.load_workbook(anew).active
    assert (back["B4"].value, back["B4"].number_format, back["B6"].value) == (1, "0.##%", "#DIV/0!")
    again = taken(anew, ledger_of(NAME, whole, exact))
    assert [row.values["whole"] for row in again[:2]] == [100, 85]
    assert "“#DIV/0!”是表格里的公式没有算出结果" in again[2].mistakes[0].message


def _as_excel_writes_empty_texts(path: Path, cell: bytes) -> None:
    """Mark a formula's result as a text, which may be empty, as Excel does and XlsxWriter can't."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    assert cell in parts[sheet]
    parts[sheet] = parts[sheet].replace(cell, cell[:-1] + b' t="str">')
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


@pytest.mark.parametrize("maker", ["openpyxl", "xlsxwriter"])
def test_formulas_without_values_of_other_programs(tmp_path: Path, maker: str) -> None:
    path = tmp_path / "in.xlsx"
    if maker == "openpyxl":
        book = openpyxl.Workbook()
        book.active.append(["姓名", "比例"])
        book.active.append(["甲", "=1+1"])
        book.active.append(["乙", 0.85])
        book.active["B3"].number_format = "0.0%"
        book.save(path)
    else:
        other = xlsxwriter.Workbook(str(path))
        page = other.add_worksheet()
        page.write_row(0, 0, ["姓名", "比例"])
        page.write(1, 0, "甲")
        page.write_formula(1, 1, "=1+1", None, "")
        page.write(2, 0, "乙")
        page.write(2, 1, 0.85, other.add_format({"num_format": "0.0%"}))
        other.close()
    first, second = taken(path, ledger_of(NAME, Field("share", "比例", T.INTEGER, unit="%")))
    assert [m.message for m in first.mistakes] == [
        "B2 是公式，还没有算出结果。请用 WPS 或 Excel 打开后重新保存，再导入。"
    ]
    assert second.values["share"] == 85


def test_a_sheet_with_formulas_everywhere_is_looked_through_quickly_enough(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    page = book.add_worksheet()
    page.write_row(0, 0, ["姓名", "比例"])
    for row in range(1, 3001):
        page.write(row, 0, f"第{row}人")
        page.write_formula(row, 1, f"={row}", None, row)
    page.write_formula(3001, 1, "=1/0", None, "#DIV/0!")
    book.close()
    rows = taken(path, ledger_of(Field("name", "姓名", T.TEXT), Field("n", "比例", T.INTEGER)))
    assert [row.values["n"] for row in rows[:3000]] == list(range(1, 3001))
    assert "B3002 是公式，结果是 #DIV/0!" in rows[3000].mistakes[0].message


def test_a_row_tells_people_of_one_name_apart_and_days_take_its_year(tmp_path: Path) -> None:
    from tests.values.test_what_is_typed import PLAN, ROW, Alike

    path = sheet_of(
        tmp_path / "in.xlsx",
        [field.title for field in ROW.fields],
        ["张三", "白沙村", None, None, None],
        ["张三", "青石村", None, None, "三组8号"],
        ["张三", "青石村", None, None, None],
        ["张三（二组5号）", None, None, None, None],
    )
    with read_workbook(path, titles=[field.title for field in ROW.fields]) as sheet:
        matching = match_columns(sheet.header, ROW.fields)
        rows = list(convert(ROW, matching, sheet.rows, Alike(), NoFacts(), TODAY))
    assert [row.values["person"] for row in rows] == [1, 3, None, 2]
    assert [len(row.mistakes) for row in rows] == [0, 0, 1, 0]
    assert "有 2 个“张三”" in rows[2].mistakes[0].message
    due = sheet_of(
        tmp_path / "due.xlsx",
        ["计划年度", "期限"],
        [2027, "12.31"],
        [2028, "2.29"],
        [None, "3.5"],
        [2028, 3.5],
        [2027, "2.29"],
    )
    found = taken(due, PLAN, year=2021)
    assert [row.values["due_on"] for row in found] == [
        date(2027, 12, 31),
        date(2028, 2, 29),
        date(2021, 3, 5),
        date(2028, 3, 5),
        None,
    ]
    assert [m.message for m in found[4].mistakes] == ["“2.29”不是一个日期，请写成 2021-03-05 或 3.5。"]


def test_what_nobody_filled_follows_the_name(tmp_path: Path) -> None:
    """社区 without a kind are communities, whether the column is missing or its cell empty; what is written stays."""
    village = load_catalogue().ledgers["village"]
    told = {"白沙村": "村", "云岭社区": "居", "河东居委会": "居"}
    path = sheet_of(tmp_path / "a.xlsx", ["名称"], *([name] for name in told))
    assert {row.values["name"]: row.values["kind"] for row in taken(path, village)} == told
    path = sheet_of(tmp_path / "b.xlsx", ["名称", "类别"], *([name, None] for name in told), ["新社区", "村"])
    rows = taken(path, village)
    assert [row.mistakes for row in rows] == [[]] * 4
    assert {row.values["name"]: row.values["kind"] for row in rows} == told | {"新社区": "村"}


def test_birth_and_sex_are_filled_in_from_the_id_number(tmp_path: Path) -> None:
    from tests.values.test_check import CARD, NUMBER

    path = sheet_of(
        tmp_path / "in.xlsx",
        ["证件号码", "出生日期", "性别"],
        [NUMBER, None, None],
        [NUMBER, None, "女"],
        [None, None, None],
        [None, date(1980, 1, 1), None],
    )
    first, second, last = taken(path, CARD)
    assert (first.values["born"], first.values["sex"], first.mistakes) == (date(1980, 3, 5), "男", [])
    assert [m.message for m in second.mistakes] == ["证件号码里的性别是男，请核对哪一个写错了。"]
    assert [m.message for m in last.mistakes] == ["请选择性别。"]
