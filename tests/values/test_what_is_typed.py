"""What offices type and paste, as public bug reports and real tables have it: read right, or refused with the reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, ClassVar

import pytest

from tests.values.registers import TODAY, Registers, field_of
from zhengui.catalogue.model import Field, FieldType, Ledger, Rule, RuleKind
from zhengui.values.cells import Fault, Percentage
from zhengui.values.clean import as_name, clean, is_clean, plain
from zhengui.values.lookup import Particulars
from zhengui.values.parse import FAULTS, Beside, RowNeeded, ValueMistake
from zhengui.values.reader import Reader

T = FieldType
YEAR = 2021
REFUSED = "refused"
DAY = field_of(T.DATE)
PAST = field_of(T.DATE, not_future=True)
BIRTH = field_of(T.DATE, not_future=True, years=(-100, 0))
CONTRACT = field_of(T.DATE, years=(-20, 70))
#: Every type that needn't be filled in and holds no free text.
NO_TEXT = [kind for kind in T if kind not in (T.TEXT, T.LONG_TEXT, T.YES_NO, T.ATTACHMENT)]


def read(field: Field, given: Any, beside: Beside | None = None, lookup: Any = None) -> Any:
    """The value of a text or cell, or the sentence that refuses it."""
    reader = Reader(lookup or Registers(), TODAY, YEAR)
    try:
        return reader.cell(field, given, beside)
    except ValueMistake as mistake:
        told = mistake.message
    assert told.endswith(("。", "？")), told
    return f"{REFUSED}: {told}"


def refused(field: Field, given: Any, reason: str = "") -> bool:
    found = read(field, given)
    return isinstance(found, str) and found.startswith(REFUSED) and reason in found


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2021-3-1 10:00", date(2021, 3, 1)),
        ("2021/3/2 10:00:00", date(2021, 3, 2)),
        ("2021-3-1 1:00", date(2021, 3, 1)),
        ("2021.3.1 23:59:59.999", date(2021, 3, 1)),
        ("2021-03-01T10:00:00", date(2021, 3, 1)),
        ("2021-03-01T10:00:00Z", date(2021, 3, 1)),
        ("2021-03-01T10:00:00+08:00", date(2021, 3, 1)),
        ("2021年3月1日 10时30分", date(2021, 3, 1)),
        ("2021年3月1日10:30", date(2021, 3, 1)),
        ("2021年3月1日 上午10:30", date(2021, 3, 1)),
        ("2021/3/1 10:00 PM", date(2021, 3, 1)),
        ("3.1 10：00", date(2021, 3, 1)),
        ("2021年3月5日（星期五）", date(2021, 3, 5)),
        ("2021-3-5 周五", date(2021, 3, 5)),
        ("2021 年 3 月 5 日", date(2021, 3, 5)),
        ("2021\u200b-3-5", date(2021, 3, 5)),
    ],
)
def test_a_time_of_day_is_cut_off_as_a_whole(text: str, day: date) -> None:
    assert read(DAY, text) == day


@pytest.mark.parametrize(
    "text", ["2021-3-1 1", "2021-3-1 10", "2021-3-110:00", "2021-3 1", "20 21-3-1", "3 5", "3.5-3.8", "10²"]
)
def test_half_a_time_never_becomes_part_of_the_day(text: str) -> None:
    assert refused(DAY, text, "不是一个日期")


def test_ten_and_one_are_told_apart_in_months() -> None:
    month = field_of(T.MONTH)
    assert refused(month, 2021.1, "分不清是 1 月还是 10 月")
    assert [read(month, 2021.2), read(month, 2021.11), read(month, 2021.12)] == [202102, 202111, 202112]
    assert [read(month, "2021.10"), read(month, "2021.1"), read(month, 202110.0)] == [202110, 202101, 202110]
    for text in ("10.1", "12.5", "1.10", "21.3", "21-03", "2021.13", "2021.0"):
        assert refused(month, text, "不是一个月份"), text
    assert [read(month, "21年3月"), read(month, "3月"), read(month, "10月份"), read(month, 12.0)] == [
        202103,
        202103,
        202110,
        202112,
    ]
    assert [read(month, 44197.0), read(month, datetime(2021, 1, 31, 8))] == [202101, 202101]


def test_a_day_stored_as_a_number() -> None:
    assert read(DAY, 3.5) == date(2021, 3, 5)
    assert read(DAY, "3.5") == date(2021, 3, 5)
    assert read(DAY, 12.31) == date(2021, 12, 31)
    assert read(DAY, 44260.0) == date(2021, 3, 5)
    assert read(DAY, 44260.4167) == date(2021, 3, 5)
    for number in (3.1, 3.2, 3.3, 10.1):
        assert refused(DAY, number, "分不清是哪一天"), number
    assert refused(DAY, 3.75)


@pytest.mark.parametrize(
    ("field", "text", "day"),
    [
        (BIRTH, "85/3/1", date(1985, 3, 1)),
        (BIRTH, "65.3.5", date(1965, 3, 5)),
        (BIRTH, "05-3-5", date(2005, 3, 5)),
        (BIRTH, "21.3.5", None),  # a baby, or a hundred years old
        (PAST, "85/3/1", None),
        (PAST, "21.3.5", date(2021, 3, 5)),
        (PAST, "22.3.5", None),
        (DAY, "22.3.5", date(2022, 3, 5)),
        (DAY, "85/3/1", None),
        (CONTRACT, "51.12.31", date(2051, 12, 31)),
        (CONTRACT, "85/3/1", date(2085, 3, 1)),
        (CONTRACT, "15.3.1", date(2015, 3, 1)),
        (CONTRACT, "95.3.1", None),
    ],
)
def test_a_year_of_two_digits_lies_in_the_window_of_its_field(
    field: Field, text: str, day: date | None
) -> None:
    if day is None:
        assert refused(field, text, "四位数的年份")
    else:
        assert read(field, text) == day


@pytest.mark.parametrize("kind", [T.INTEGER, T.DECIMAL])
def test_percentages(kind: FieldType) -> None:
    share = field_of(kind, unit="%", maximum=Decimal(100))
    for cell, value in ((1.0, 100), (0.85, 85), (0.07, 7), (0.0, 0)):
        assert read(share, Percentage(cell)) == value
    for text in ("85%", "85％", "85", "百分之八十五", "百分之85", "８５％"):
        assert read(share, text) == 85, text
    assert read(share, "百分之百") == 100
    assert refused(field_of(kind, unit="人"), Percentage(0.85))
    assert refused(field_of(kind), "85%")


def test_a_share_in_a_percent_field_of_whole_numbers_says_what_to_write() -> None:
    assert refused(field_of(T.INTEGER, unit="%"), 0.85, "请写 85")
    assert read(field_of(T.DECIMAL, unit="%"), Percentage(0.9865)) == Decimal("98.65")


@pytest.mark.parametrize("kind", [T.INTEGER, T.DECIMAL, T.MONEY])
@pytest.mark.parametrize(
    "text",
    (
        "12\n34|12 34|1，2|3,5|10²|1,2345|12,34,567|1,234,56|①|½|1e|12-34|1.2.3|1、2|12/34|12+|(12)|十二|1200余"
        "|近1200|0x12|１２　３４|12\u200534|٣"
    ).split("|"),
)
def test_what_may_be_two_numbers_is_none(kind: FieldType, text: str) -> None:
    assert refused(field_of(kind), text, "不是数字")


@pytest.mark.parametrize(
    ("kind", "text", "unit", "value"),
    [
        (T.INTEGER, "1,234", "", 1234),
        (T.INTEGER, "1，234，567", "", 1234567),
        (T.INTEGER, "12 000", "", 12000),
        (T.INTEGER, " 12 人", "人", 12),
        (T.INTEGER, "约1200", "", 1200),
        (T.INTEGER, "1\u200b2", "", 12),
        (T.INTEGER, "3.5万", "", 35000),
        (T.DECIMAL, "3.5亿", "亿元", Decimal("3.50")),
        (T.DECIMAL, "3.5亿元", "万元", Decimal("35000.00")),
        (T.DECIMAL, "5000元", "万元", Decimal("0.50")),
        (T.DECIMAL, "3.5万", "万元", Decimal("3.50")),
        (T.DECIMAL, "3.5万元", "万元", Decimal("3.50")),
        (T.DECIMAL, "−2.5", "", Decimal("-2.50")),
        (T.MONEY, "¥1,200.50", "元", 120050),
        (T.MONEY, "￥ 1，200元", "元", 120000),
        (T.MONEY, "3.5万", "元", 3500000),
        (T.MONEY, "0.5亿元", "元", 5_000_000_000),
        (T.INTEGER, "2千", "", 2000),
    ],
)
def test_numbers_as_people_write_them(kind: FieldType, text: str, unit: str, value: object) -> None:
    assert read(field_of(kind, unit=unit), text) == value


UNSEEN = [
    *map(chr, range(0x200B, 0x2010)),
    *map(chr, range(0x202A, 0x202F)),
    "\ufeff",
    "\u2060",
    "\u00ad",
    "\ufe0f",
]
UNSEEN += ["\ud800", "\udfff", "\ufffe", "\uffff", "\U0001fffe", "\x00", "\x1f", "\x7f", "\x9f", "\ufdd0"]


@pytest.mark.parametrize("mark", UNSEEN, ids=[f"U+{ord(mark):04X}" for mark in UNSEEN])
@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (T.TEXT, "白沙村", "白沙村"),
        (T.LONG_TEXT, "一\n二", "一\n二"),
        (T.PHONE, "13800138000", "13800138000"),
        (T.ID_NUMBER, "11010119800305001X", "11010119800305001X"),
        (T.INTEGER, "1234", 1234),
        (T.MONEY, "12.50", 1250),
        (T.DATE, "2021-03-05", date(2021, 3, 5)),
        (T.MONTH, "2021-03", 202103),
        (T.YEAR, "2021", 2021),
        (T.YES_NO, "是", True),
        (T.CHOICE, "沟塘", "沟塘"),
        (T.CHOICES, "沟塘", ("沟塘",)),
        (T.VILLAGE, "白沙村", 1),
    ],
)
def test_what_nobody_sees_is_not_read(kind: FieldType, text: str, value: object, mark: str) -> None:
    for typed in (mark + text, text + mark, text[:1] + mark + text[1:]):
        assert read(field_of(kind), typed) == value
    assert not is_clean(text + mark)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("白 沙 村", "白沙村"),
        ("张　三", "张三"),
        (" 欧阳\u00a0修 ", "欧阳修"),
        ("买买提 • 艾力", "买买提·艾力"),
        ("买买提・艾力", "买买提·艾力"),
        ("John  Smith", "John Smith"),
        ("王小明 （大）", "王小明（大）"),
        ("⽩沙村", "白沙村"),
    ],
)
def test_names_are_kept_one_way(typed: str, name: str) -> None:
    assert read(field_of(T.TEXT, name=True), typed) == name
    assert as_name(name) == name


def test_a_text_that_is_no_name_keeps_its_blanks() -> None:
    assert read(field_of(T.TEXT), "李秀英 王小明") == "李秀英 王小明"


def test_names_are_found_however_they_are_spaced() -> None:
    for text in ("白 沙 村", "白\u3000沙村", "白沙", "白\u200b沙村", "⽩沙村"):
        assert plain(text) in (plain("白沙村"), plain("白沙"))


@pytest.mark.parametrize("kind", list(FieldType))
@pytest.mark.parametrize("code", FAULTS)
def test_a_fault_of_a_formula_is_named_with_its_cell(kind: FieldType, code: str) -> None:
    assert refused(field_of(kind), Fault(code, "C5"), f"C5 是公式，结果是 {code}")
    assert refused(field_of(kind), code, f"“{code}”是表格里的公式")


@pytest.mark.parametrize("kind", list(FieldType))
def test_a_formula_without_a_value_is_named_with_its_cell(kind: FieldType) -> None:
    assert refused(field_of(kind), Fault("", "AB12"), "AB12 是公式，还没有算出结果")


@pytest.mark.parametrize("kind", NO_TEXT)
@pytest.mark.parametrize("text", ["—", "——", "－", "-", "–", "/", "／", "无", "暂无", " 无 ", "N/A"])
def test_nothing_in_words_is_nothing(kind: FieldType, text: str) -> None:
    assert read(field_of(kind), text) is None


def test_nothing_in_words_stays_a_text_and_a_choice() -> None:
    assert read(field_of(T.TEXT), "无") == "无"
    assert read(Field("risk", "风险", T.CHOICE, choices=("无", "有")), "无") == "无"
    assert read(field_of(T.YES_NO), "无") is False


@pytest.mark.parametrize("text", "是 有 对 已 √ ✓ ✔ ✔\ufe0f ☑ ✅ Y yes TRUE 1".split())
def test_yes(text: str) -> None:
    assert read(field_of(T.YES_NO), text) is True


@pytest.mark.parametrize("text", "否 无 未 没有 × ✗ ✘ ☐ □ ❌ N no FALSE 0 —".split())
def test_no(text: str) -> None:
    assert read(field_of(T.YES_NO), text) is False


@pytest.mark.parametrize("kind", [T.TEXT, T.LONG_TEXT, T.PHONE, T.ID_NUMBER])
@pytest.mark.parametrize("number", [6222021234567890123.0, 1e15, 110101198003050012.0])
def test_a_long_number_that_became_a_number_is_refused(kind: FieldType, number: float) -> None:
    assert refused(field_of(kind), number, "后几位已经丢失")


def test_a_number_of_fifteen_digits_is_whole() -> None:
    assert read(field_of(T.TEXT), 622202123456789.0) == "622202123456789"
    assert refused(field_of(T.TEXT), "6.22202E+18", "后几位已经丢失")


@pytest.mark.parametrize("kind", list(FieldType))
@pytest.mark.parametrize(
    "cell",
    [float("nan"), float("inf"), -1e300, 1e-300, True, datetime(2021, 3, 5, 10), "\ud800", "=1+1", "'12"],
)
def test_no_cell_brings_the_reader_down(kind: FieldType, cell: Any) -> None:
    read(field_of(kind), cell)


@pytest.mark.parametrize("mark", UNSEEN)
def test_clean_text_can_be_stored(mark: str) -> None:
    assert clean(f"甲{mark}乙") == "甲乙"
    clean(f"甲{mark}乙").encode()


PLAN = Ledger(
    "plan",
    "计划",
    "a",
    "项",
    "项",
    "",
    (Field("plan_year", "计划年度", T.YEAR), Field("due_on", "期限", T.DATE)),
    period=("plan_year",),
)
LOOP = Ledger(
    "loop",
    "清单",
    "a",
    "项",
    "项",
    "",
    (Field("found_on", "发现", T.DATE), Field("due_on", "期限", T.DATE)),
    (Rule(RuleKind.ORDER, ("found_on", "due_on")),),
    period=("found_on",),
)


def test_a_day_takes_the_year_of_its_record() -> None:
    due = PLAN["due_on"]
    assert read(due, "12.31", Beside(PLAN, {"plan_year": 2027})) == date(2027, 12, 31)
    assert read(due, "12.31", Beside(PLAN, {})) == date(2021, 12, 31)
    assert read(due, "2026-12-31", Beside(PLAN, {"plan_year": 2027})) == date(2026, 12, 31)
    assert read(due, "2.29", Beside(PLAN, {"plan_year": 2028})) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("found", "typed", "due"),
    [
        (date(2021, 12, 20), "1.10", date(2022, 1, 10)),
        (date(2021, 3, 1), "3.20", date(2021, 3, 20)),
        (date(2021, 5, 10), "3.5", date(2021, 3, 5)),  # too far on: left to the rule
        (date(2022, 3, 1), "3.20", date(2022, 3, 20)),
        (date(2019, 3, 1), "3.20", date(2021, 3, 20)),
    ],
)
def test_what_follows_takes_the_year_in_which_it_follows(found: date, typed: str, due: date) -> None:
    assert read(LOOP["due_on"], typed, Beside(LOOP, {"found_on": found})) == due


class Alike(Registers):
    """Two people of one name, a third of another, and names with dots, blanks and brackets."""

    PEOPLE: ClassVar = {
        1: (
            "张三 白沙村",
            Particulars(
                ((T.VILLAGE, 1), (T.ID_NUMBER, "11010119800305001X")), ("白沙村", "一组3号"), "一组3号"
            ),
        ),
        2: (
            "张三 青石村",
            Particulars(((T.VILLAGE, 2), (T.PHONE, "13800138000")), ("青石村", "二组5号"), "二组5号"),
        ),
        3: ("张三 青石村", Particulars(((T.VILLAGE, 2),), ("青石村", "三组8号"), "三组8号")),
        4: ("买买提·艾力 柳河社区", Particulars()),
        5: ("买买提·吐尔逊 柳河社区", Particulars()),
        6: ("王小明（大） 白沙村", Particulars(((T.VILLAGE, 1),), ("白沙村",))),
        7: ("王小明 白沙村", Particulars(((T.VILLAGE, 1),), ("白沙村",))),
        8: ("阿依古丽·买买提 柳河社区", Particulars()),
        9: ("李大壮（小名柱子） 白沙村", Particulars()),
    }

    def find(self, register: str, text: str) -> list[tuple[int, str]]:
        if register != "person":
            return super().find(register, text)
        if text == "11010119800305001X":
            return [(1, self.PEOPLE[1][0])]
        return [(id, label) for id, (label, _) in self.PEOPLE.items() if plain(text) in plain(label)]

    def label(self, register: str, id: int) -> str | None:
        return self.PEOPLE[id][0] if register == "person" else super().label(register, id)

    def names(self, register: str) -> list[str]:
        return [label for label, _ in self.PEOPLE.values()]

    def particulars(self, register: str, ids: Sequence[int]) -> Mapping[int, Particulars]:
        return {id: self.PEOPLE[id][1] for id in ids}


WHO = field_of(T.PERSON)
ROW = Ledger(
    "row",
    "表",
    "a",
    "行",
    "行",
    "",
    (
        WHO,
        field_of(T.VILLAGE),
        field_of(T.ID_NUMBER),
        field_of(T.PHONE),
        Field("address", "住址", T.TEXT),
    ),
)


@pytest.mark.parametrize(
    ("text", "row", "who"),
    [
        ("张三", {"village": 1}, 1),
        ("张 三", {"village": 1}, 1),
        ("张三", {"id_number": "11010119800305001X"}, 1),
        ("张三", {"phone": "13800138000"}, 2),
        ("张三", {"village": 2, "address": "三组8号"}, 3),
        ("张三", {"village": 2, "phone": "13800138000"}, 2),
        ("张三（白沙村）", {}, 1),
        ("张三（白沙）", {}, 1),
        ("张三 青石村（三组8号）", {}, 3),
        ("张三 青石村 三组 8号", {}, 3),
        ("11010119800305001x", {}, 1),
        ("买买提•艾力", {}, 4),
        ("买买提 艾力", {}, 4),
        ("买买提艾力", {}, 4),
        ("买买提・艾力 柳河社区", {}, 4),
        ("王小明（大）", {}, 6),
        ("王小明(大)", {}, 6),
        ("李大壮", {}, 9),
    ],
)
def test_the_row_tells_people_of_one_name_apart(text: str, row: dict[str, Any], who: int) -> None:
    assert read(WHO, text, Beside(ROW, row), Alike()) == who


@pytest.mark.parametrize(
    ("text", "row", "reason"),
    [
        ("张三", {}, "有 3 个“张三”"),
        (
            "张三",
            {"village": 2},
            "有 2 个“张三”，请从列表中选一个，或写明是哪一个，如“张三（二组5号）”、“张三（三组8号）”。",
        ),
        ("张三", {"village": 3}, "有 3 个“张三”"),
        ("王小明", {}, "有 2 个“王小明”"),
        ("买买提", {}, "没有“买买提”，是“"),
        ("艾力", {}, "没有“艾力”"),
        ("张三（柳河社区）", {}, "没有“张三（柳河社区）”"),
    ],
)
def test_who_is_not_told_apart_is_asked_for(text: str, row: dict[str, Any], reason: str) -> None:
    found = read(WHO, text, Beside(ROW, row), Alike())
    assert isinstance(found, str)
    assert reason in found


def test_without_the_row_the_reader_says_that_the_row_is_needed() -> None:
    with pytest.raises(RowNeeded):
        Reader(Alike(), TODAY, YEAR).text(WHO, "张三")


@pytest.mark.parametrize(
    ("text", "village"),
    [
        ("白沙村村民委员会", 1),
        ("白沙村民委员会", 1),
        ("白沙村委会", 1),
        ("白沙行政村", 1),
        ("白沙村（居）", 1),
        ("甲镇白沙村", 1),
        ("云岭街道柳河社区居民委员会", 3),
        ("柳河居委会", 3),
        ("（3）白沙 村", 1),
        ("2、青石", 2),
        ("白沙村一组", 0),
        ("镇", 0),
        ("青石村白沙村", 0),
        ("村民委员会", 0),
    ],
)
def test_a_village_by_its_committee_and_with_its_township(text: str, village: int) -> None:
    found = read(field_of(T.VILLAGE), text)
    assert found == village if village else str(found).startswith(REFUSED)


#: What nobody means, and somebody types, pastes or has in a cell.
NONSENSE = (
    *("9" * 5000, "1e999999999", "9223372036854775808", "九千" * 3000, "百分之" * 2000, "约" * 5000 + "3"),
    *("\ud800", "1\ud800", "\x00", "²", "½", "१२३", "NaN", "inf", "--5", "1/0", "1_000", "0x1F", "%", "1%%"),
    *("99999-1-1", "2021-13-45", "0000-01-01", "9999-12-31", "2021年" * 1000, "1." + "0" * 5000 + "1"),
    *("(", "（）", "【", "（（", "、", "/", "-", "·", "(" * 5000, " " * 60_000, "\n" * 60_000, "a" * 60_000),
    *(float("nan"), float("inf"), 1e308, 5e-324, 10**30, 2**63, True, b"x", Decimal("NaN"), Decimal("1e50")),
    *(date(1899, 12, 30), datetime(9999, 12, 31), datetime(1, 1, 1), time(10, 3), timedelta(days=10**6)),
)


@pytest.mark.parametrize("kind", list(T))
def test_nonsense_is_a_value_that_can_be_kept_or_a_sentence(kind: FieldType) -> None:
    for given in NONSENSE:
        found = read(field_of(kind), given)
        if isinstance(found, int | Decimal):
            assert abs(found) < 2**63, given
