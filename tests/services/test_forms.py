"""The county's forms are filled from the records, and the register says who asks for them and what they save."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import load_workbook

from tests.exchange.five_forms import FORMS as BUILT
from zhengui.figures.period import month, year
from zhengui.services.counting.compute_figures import compute
from zhengui.services.county_forms import asked_forms, keep_forms
from zhengui.services.county_forms.asked_forms import AskedForm
from zhengui.services.county_forms.fill_form import fill
from zhengui.services.county_forms.keep_forms import FormMark
from zhengui.services.county_forms.marks_text import read_marks, write_marks
from zhengui.services.county_forms.save_form import save_filled, shortages
from zhengui.services.entry import record
from zhengui.services.problem import ExchangeProblem, StorageProblem
from zhengui.services.sheets.export_shown import noted_exports
from zhengui.services.township.overview import villages
from zhengui.services.township.township import Township, create_township
from zhengui.services.watch.today import FORMS, today_lines

DAY = date(2021, 4, 3)
MARCH = month(2021, 3)


@pytest.fixture(scope="module")
def township(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Township]:
    made = create_township(tmp_path_factory.mktemp("forms") / "甲.zgdb", "云岭镇", "甲")
    made.working_day = DAY
    for name in ("白沙村", "石桥村", "青石村"):
        values = {"name": name, "kind": "村", "active": True, "population": 1000, "households": 300}
        record.save(made, "village", values)
    for day, village, copies in (
        (date(2021, 3, 1), 1, 700),
        (date(2021, 3, 4), 2, 87),
        (date(2021, 1, 4), 1, 9),
    ):
        record.save(made, "letter", {"village": village, "date": day, "copies": copies, "suggestions": 1})
    record.save(made, "fund_raising", {"village": 1, "date": date(2021, 3, 2), "amount": 123_456_700})
    for name, phone in (("王小明", "13812345678"), ("李大力", "13912345678")):
        record.save(made, "official", {"name": name, "phone": phone, "active": True})
    yield made
    made.close()


def form(township: Township, kind: str, folder: Path) -> int:
    path = folder / f"{kind}{datetime.now():%f}.xlsx"
    BUILT[kind](path)
    return keep_forms.add_form(township, path)


def test_figures_stand_in_their_cells_by_span_unit_and_village(township: Township, tmp_path: Path) -> None:
    number = form(township, "formulas", tmp_path)
    marks = [
        FormMark("月报", "B2:B4", "villages", "letters", names="A"),
        FormMark("月报", "C2:C4", "villages", "letters", span="to_date", names="A"),
        FormMark("月报", "F2", "figure", "funds_raised", unit="万元", decimals=1),
        FormMark("月报", "F3", "figure", "letters", village=2),
        FormMark("月报", "A1", "words", "period"),
    ]
    keep_forms.set_marks(township, number, marks)
    assert sorted(keep_forms.marks_of(township, number), key=repr) == sorted(marks, key=repr)
    assert read_marks(str(write_marks(marks)).replace("'", '"')) == marks
    path = tmp_path / "填好.xlsx"
    filled = save_filled(township, number, path, MARCH)
    book = load_workbook(path)
    sheet = book["月报"]
    assert [sheet[c].value for c in ("B2", "B3", "C2")] == [700, 87, 709]
    assert sheet["F2"].value == 123.5
    assert sheet["F3"].value == 87
    assert sheet["A1"].value == "2021年3月"
    assert sheet["B5"].value == "=SUM(B2:B4)"
    for (page, place), source in filled.sources.items():
        if source.figure and filled.cells[page].get(place) is not None and place[1] < 6:
            period = source.period
            assert period is not None
            value = compute(township, period, source.villages, [source.figure])[source.figure].value
            assert value == filled.cells[page][place]


def test_an_unknown_figure_is_left_empty_and_told(township: Township, tmp_path: Path) -> None:
    number = form(township, "formulas", tmp_path)
    keep_forms.set_marks(township, number, [FormMark("月报", "B4", "figure", "letters", village=3)])
    filled = fill(township, number, MARCH)
    assert filled.cells["月报"][4, 2] is None
    assert any("还不知道" in remark for remark in filled.remarks)


def test_records_fill_a_block_row_by_row_masked_unless_both_agree(township: Township, tmp_path: Path) -> None:
    number = form(township, "validation", tmp_path)
    marks = [
        FormMark("人员名册", "A2:A4", "column", "official.#"),
        FormMark("人员名册", "B2:B4", "column", "official.name"),
        FormMark("人员名册", "C2:C4", "column", "official.phone", masked=False),
    ]
    keep_forms.set_marks(township, number, marks)
    filled = fill(township, number, MARCH)
    assert {filled.cells["人员名册"][row, 3] for row in (2, 3)} == {"138****5678", "139****5678"}
    assert filled.cells["人员名册"][4, 2] is None
    before = len(noted_exports(township))
    whole = save_filled(township, number, tmp_path / "册.xlsx", MARCH, personal=True)
    assert {whole.cells["人员名册"][row, 3] for row in (2, 3)} == {"13812345678", "13912345678"}
    assert len(noted_exports(township)) == before + 1
    assert all(s.record for (_sheet, place), s in filled.sources.items() if place[0] < 4)
    keep_forms.set_marks(township, number, [replace(m, place=m.place.replace("4", "2")) for m in marks])
    assert any("只留了 1 行" in remark for remark in fill(township, number, MARCH).remarks)


def test_records_without_room_go_on_in_copies_of_the_form(township: Township, tmp_path: Path) -> None:
    number = form(township, "validation", tmp_path)
    marks = [
        FormMark("人员名册", "A2:A2", "column", "village.#"),
        FormMark("人员名册", "B2:B2", "column", "village.name"),
    ]
    keep_forms.set_marks(township, number, marks)
    (short,) = shortages(township, number, MARCH)
    names = [each.name for each in villages(township)]
    assert (short.count, short.room, short.parts) == (len(names), 1, len(names))
    path = tmp_path / "册.xlsx"
    assert save_filled(township, number, path, MARCH).files == [path], "not unasked"
    filled = save_filled(township, number, path, MARCH, continued=True)
    assert [file.name for file in filled.files] == ["册.xlsx", "册（续2）.xlsx", "册（续3）.xlsx"][
        : len(names)
    ]
    rows = [[load_workbook(file)["人员名册"][place].value for place in ("A2", "B2")] for file in filled.files]
    assert sorted(name for _n, name in rows) == sorted(names)
    assert [n for n, _name in rows] == [1, 2, 3][: len(names)], "the numbers run on"
    assert not any("只留了" in remark for remark in filled.remarks)
    assert keep_forms.fillings(township, number)[0].cells == 2 * len(names)


def test_dates_in_every_style_and_characters_one_by_one(township: Township, tmp_path: Path) -> None:
    number = form(township, "merged", tmp_path)
    page = "附件1 情况统计表"
    styles = {"B6": "-", "B7": ".", "B8": "年月日", "B9": "8"}
    marks = [FormMark(page, place, "words", "today", date_style=style) for place, style in styles.items()]
    marks += [FormMark(page, "C6", "words", "today", piece="month")]
    marks += [FormMark(page, "C7", "words", "today", piece="characters", date_style="8")]
    keep_forms.set_marks(township, number, marks)
    cells = fill(township, number, MARCH).cells[page]
    assert [cells[row, 2] for row in (6, 7, 8, 9)] == ["2021-04-03", "2021.4.3", "2021年4月3日", "20210403"]
    assert cells[6, 3] == 4
    assert [cells[7, column] for column in range(3, 11)] == list("20210403")


@pytest.mark.parametrize(
    ("mark", "told"),
    [
        (FormMark("月报", "B5", "figure", "letters"), "公式"),
        (FormMark("月报", "B2", "figure", "gone"), "没有了"),
        (FormMark("没有", "B2", "figure", "letters"), "没有工作表"),
        (FormMark("月报", "B2:C3", "column", "letter.copies"), "好几列"),
        (FormMark("月报", "B2:B3", "villages", "letters"), "村（居）的名称"),
        (FormMark("月报", "B2:B3", "figure", "letters"), "只选一格"),
    ],
)
def test_a_mark_that_can_t_be_is_refused(
    township: Township, tmp_path: Path, mark: FormMark, told: str
) -> None:
    number = form(township, "formulas", tmp_path)
    with pytest.raises(StorageProblem, match=told):
        keep_forms.set_marks(township, number, [mark])
    assert keep_forms.marks_of(township, number) == []


def test_two_marks_for_one_cell_are_refused(township: Township, tmp_path: Path) -> None:
    number = form(township, "formulas", tmp_path)
    marks = [
        FormMark("月报", "B2", "figure", "letters"),
        FormMark("月报", "B2:B4", "villages", "letters", names="A"),
    ]
    with pytest.raises(StorageProblem, match="同时"):
        keep_forms.set_marks(township, number, marks)


def test_a_file_that_is_no_form_is_not_kept(township: Township, tmp_path: Path) -> None:
    path = tmp_path / "不是.xlsx"
    path.write_text("<html>")
    before = len(keep_forms.all_forms(township))
    with pytest.raises(ExchangeProblem):
        keep_forms.add_form(township, path)
    assert len(keep_forms.all_forms(township)) == before


def test_the_register_tells_what_is_due_and_what_it_saves(township: Township, tmp_path: Path) -> None:
    path = tmp_path / "月报.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("月报").write("A1", "公开信")
    number = keep_forms.add_form(township, path)
    keep_forms.set_marks(township, number, [FormMark("月报", "B1", "figure", "letters")])
    columns = asked_forms.propose_columns(township, ["序号", "发放份数", "日期", "村（居）", "没人记的"])
    assert [column.held for column in columns] == ["", "letter.copies", "letter.date", "letter.village", ""]
    assert asked_forms.held_by(township, "letter.copies") == "致父老乡亲公开信 · 发放份数"
    asked = AskedForm(
        "公开信月报",
        "县纪委",
        "month",
        "县纪〔2021〕3号",
        "yes",
        due_day=10,
        form=number,
        columns=tuple(columns),
    )
    kept = asked_forms.save_asked(township, asked)
    (due,) = [each for each in asked_forms.forms_due(township) if each.period == MARCH]
    assert (due.due, due.filled, due.late, due.held, due.columns) == (date(2021, 4, 10), False, False, 3, 5)
    assert any(each.late for each in asked_forms.forms_due(township, date(2021, 4, 12)))
    lines = [line for line in today_lines(township, year(2021)) if line.group == FORMS]
    assert {(line.title, line.page, line.of, line.record) for line in lines} == {
        ("公开信月报", "forms", "forms", number)
    }
    assert [line.tag for line in lines] == ["过期 24 天", "余 7 天"]
    for name in ("一.xlsx", "二.xlsx"):
        save_filled(township, number, tmp_path / name, MARCH)
    (due,) = [each for each in asked_forms.forms_due(township) if each.period == MARCH]
    assert due.filled
    (saved,) = [s for s in asked_forms.saved_entries(township, datetime.now().year) if s.title == "月报"]
    assert (saved.times, saved.cells) == (1, 1)
    assert asked_forms.save_register(township, 2021, tmp_path / "登记表.pdf") == 1
    asked_forms.remove_asked(township, kept)
    assert asked_forms.all_asked(township) == []
    asked_forms.bring_back_asked(township, kept)
    assert [each.columns for each in asked_forms.all_asked(township)] == [tuple(columns)]


@pytest.mark.parametrize(
    ("asked", "day", "due"),
    [
        (AskedForm("季报", "县", "quarter", due_day=8), date(2021, 4, 1), [date(2021, 4, 8)]),
        (AskedForm("年报", "县", "year", due_month=12, due_day=20), date(2021, 12, 10), [date(2021, 12, 20)]),
        (AskedForm("年报", "县", "year", due_month=1, due_day=31), date(2021, 1, 20), [date(2021, 1, 31)]),
        (AskedForm("半年报", "县", "half"), date(2021, 7, 1), [date(2021, 7, 5)]),
        (
            AskedForm("一次", "县", "once", due_month=5, due_day=3, begun=2021),
            date(2021, 5, 1),
            [date(2021, 5, 3)],
        ),
        (AskedForm("停了", "县", "month", ended=2021), date(2021, 3, 1), []),
    ],
)
def test_the_day_of_each_rhythm(township: Township, asked: AskedForm, day: date, due: list[date]) -> None:
    kept = asked_forms.save_asked(township, asked)
    found = [each.due for each in asked_forms.forms_due(township, day) if each.asked.id == kept]
    assert found == due
    asked_forms.remove_asked(township, kept)


def test_an_entry_that_lacks_something_says_so(township: Township) -> None:
    for asked in (AskedForm("", "县", "month"), AskedForm("甲", "", "month"), AskedForm("甲", "县", "once")):
        with pytest.raises(StorageProblem, match="请"):
            asked_forms.save_asked(township, asked)


def test_a_whole_year_fills_the_year(township: Township, tmp_path: Path) -> None:
    number = form(township, "pictures", tmp_path)
    keep_forms.set_marks(township, number, [FormMark("公示表", "B5", "figure", "letters")])
    assert fill(township, number, year(2021)).cells["公示表"][5, 2] == 796
