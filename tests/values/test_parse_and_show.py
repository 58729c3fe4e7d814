"""Every kind of value: read from what people type, shown, and read back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.samples import sample
from tests.values.registers import TODAY, Registers, field_of
from zhengui.catalogue.model import Field, FieldType
from zhengui.values.check import check_field
from zhengui.values.parse import ValueMistake, parse
from zhengui.values.show import mask_id_number, mask_phone, show

T = FieldType


def read(kind: FieldType, text: str, **options: object) -> object:
    return parse(field_of(kind, **options), text, Registers(), TODAY)


def refusal(kind: FieldType, text: str, **options: object) -> str:
    with pytest.raises(ValueMistake) as caught:
        read(kind, text, **options)
    return caught.value.message


@pytest.mark.parametrize("kind", [kind for kind in FieldType if kind is not T.ATTACHMENT])
@pytest.mark.parametrize("n", range(3))
def test_what_is_shown_is_read_back_as_the_same_value(kind: FieldType, n: int) -> None:
    field = field_of(kind)
    value = sample(field, n)
    assert check_field(field, value, TODAY) is None
    register = Registers()
    register.people = {1: "王小明", 2: "李秀英", 3: "赵国强"}
    assert parse(field, show(field, value, register, masked=False), register, TODAY) == value


@pytest.mark.parametrize("kind", FieldType)
def test_nothing_is_shown_as_nothing_and_read_as_nothing(kind: FieldType) -> None:
    assert show(field_of(kind), None) == ""
    assert read(kind, " \u3000\t") is None


@pytest.mark.parametrize(
    "text",
    (
        "20210305|2021-3-5|2021.3.5|2021/03/05|2021年3月5日|3.5|3-5|3月5日|3/5|0305|２０２１．３．５"
        "| 2021 - 03 - 05 |21.3.5|2021-03-05 00:00:00|2021-03-05T00:00|3月5号"
    ).split("|"),
)
def test_a_date_may_be_typed_in_many_ways(text: str) -> None:
    assert read(T.DATE, text) == date(2021, 3, 5)


def test_a_date_without_a_year_takes_the_working_year() -> None:
    assert parse(field_of(T.DATE), "3.5", Registers(), TODAY, year=2019) == date(2019, 3, 5)
    assert read(T.DATE, "今天") == TODAY


@pytest.mark.parametrize(
    "text", ["2021-2-30", "13.1", "abc", "2021", "0-1", "1821-3-5", "2021-13-01", "31.2.2021"]
)
def test_what_is_no_date_gets_a_sentence_with_an_example(text: str) -> None:
    assert refusal(T.DATE, text) == f"“{text}”不是一个日期，请写成 2021-03-05 或 3.5。"


@pytest.mark.parametrize("text", ["2021-03", "202103", "2021.3", "2021年3月", "3月", "3", "2021-03-05"])
def test_months(text: str) -> None:
    assert read(T.MONTH, text) == 202103


def test_months_and_years_that_are_none() -> None:
    assert "不是一个月份" in refusal(T.MONTH, "2021-13")
    assert read(T.YEAR, "2021年") == 2021
    assert "不是一个年份" in refusal(T.YEAR, "21")


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (T.INTEGER, "1,234", 1234),
        (T.INTEGER, "１２３ 人", 123),
        (T.INTEGER, "12.0", 12),
        (T.INTEGER, "1.2万", 12000),
        (T.DECIMAL, "3.5", Decimal("3.50")),
        (T.DECIMAL, "-0.25", Decimal("-0.25")),
        (T.MONEY, "18,600.00", 1860000),
        (T.MONEY, "￥1.86万元", 1860000),
        (T.MONEY, "0.1元", 10),
        (T.YES_NO, "有", True),
        (T.YES_NO, "×", False),
        (T.CHOICE, " 沟 塘", "沟塘"),
        (T.CHOICES, "沟塘，生活垃圾", ("生活垃圾", "沟塘")),
        (T.CHOICES, "沟塘 杂物", ("杂物", "沟塘")),
        (T.VILLAGE, "白沙", 1),
        (T.VILLAGE, "柳河", 3),
        (T.PERSON, "王小明", 1),
        (T.PHONE, "+86 138-0013-8000", "13800138000"),
        (T.PHONE, "0558－1234567", "0558-1234567"),
        (T.ID_NUMBER, "11010119800305001x", "11010119800305001X"),
        (T.TEXT, "\u3000第一行\n第二行 ", "第一行 第二行"),
        (T.LONG_TEXT, "一 \r\n二\n", "一\n二"),
    ],
)
def test_forgiving_reading(kind: FieldType, text: str, value: object) -> None:
    assert read(kind, text, unit="人" if kind is T.INTEGER else "") == value


@pytest.mark.parametrize(
    ("kind", "text", "sentence"),
    [
        (T.INTEGER, "十二", "“十二”不是数字，请只写数字，如 12。"),
        (T.INTEGER, "1.5", "“1.5”不是整数，请写整数，如 12。"),
        (T.INTEGER, "9" * 14, "“99999999999999”太大，请核对这个数。"),
        (T.DECIMAL, "1.234", "小数点后最多 2 位，现在是“1.234”。"),
        (T.MONEY, "0.001", "金额精确到分，小数点后最多两位，现在是“0.001”。"),
        (T.YES_NO, "也许", "请写“是”或“否”，现在是“也许”。"),
        (T.CHOICE, "生活拉圾", "没有“生活拉圾”这个选项，是“生活垃圾”吗？"),
        (T.CHOICE, "落叶", "没有“落叶”这个选项，请选择：生活垃圾、杂物、沟塘。"),
        (T.CHOICES, "沟塘、落叶", "没有“落叶”这个选项，请选择：生活垃圾、杂物、沟塘。"),
        (T.VILLAGE, "白纱村", "没有“白纱村”，是“白沙村”吗？"),
        (T.VILLAGE, "某某庄", "没有“某某庄”，请先在基础信息中登记，或核对名称。"),
        (T.ATTACHMENT, "照片", "附件不能用文字填写，请在登记表中添加文件。"),
        (T.INDICATOR, "某指标", "没有“某指标”这个指标，请从列表中选择。"),
    ],
)
def test_refusals_say_what_to_do(kind: FieldType, text: str, sentence: str) -> None:
    assert refusal(kind, text) == sentence


def test_two_people_of_one_name_have_to_be_told_apart() -> None:
    register = Registers()
    register.people = {3: "李秀英（青石村）", 4: "李秀英（白沙村）"}
    with pytest.raises(ValueMistake, match="有 2 个“李秀英”，请从列表中选一个。"):
        parse(field_of(T.PERSON), "李秀英", register, TODAY)
    assert parse(field_of(T.PERSON), "李秀英（青石村）", register, TODAY) == 3


def test_personal_values_are_masked() -> None:
    assert show(field_of(T.ID_NUMBER), "110101198003051234") == "110101********1234"
    assert show(field_of(T.PHONE), "13812345678") == "138****5678"
    assert mask_phone("0558-1234567") == "0558-****567"
    assert mask_id_number("123") == "***"


def test_showing() -> None:
    assert show(field_of(T.MONEY), 1860000) == "18,600.00"
    assert show(field_of(T.MONEY), -5) == "-0.05"
    assert show(field_of(T.ATTACHMENT), (4, 9)) == "2 个"
    assert show(field_of(T.VILLAGE), 99, Registers()) == "（查无此项）"
    assert show(field_of(T.YEAR), 2021) == "2021"


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_any_date_comes_back(day: date) -> None:
    field = field_of(T.DATE)
    assert parse(field, show(field, day), Registers(), TODAY) == day
    assert parse(field, f"{day:%Y%m%d}", Registers(), TODAY) == day
    assert parse(field, f"{day.month}.{day.day}", Registers(), TODAY, day.year) == day


@given(st.integers(-(10**13), 10**13))
def test_any_money_comes_back(fen: int) -> None:
    field = field_of(T.MONEY)
    assert parse(field, show(field, fen), Registers(), TODAY) == fen


@given(st.decimals(-(10**9), 10**9, places=3, allow_nan=False))
def test_any_decimal_comes_back(number: Decimal) -> None:
    field = field_of(T.DECIMAL, decimals=3)
    assert parse(field, show(field, number), Registers(), TODAY) == number


@given(st.text(), st.sampled_from(list(FieldType)))
def test_no_text_brings_the_reader_down(text: str, kind: FieldType) -> None:
    field: Field = field_of(kind)
    told = ""
    try:
        parse(field, text, Registers(), TODAY)
    except ValueMistake as mistake:
        told = mistake.message
    assert not told or told.endswith(("。", "？"))
