"""What is wrong with a record: its fields by themselves and every kind of rule."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from tests.samples import sample_record
from tests.values.registers import TODAY, NoFacts, field_of, ledger_of
from zhengui.catalogue.life import Life
from zhengui.catalogue.model import Field, FieldType, Ledger, Rule, RuleKind
from zhengui.values.check import check_field, check_record
from zhengui.values.completing import completion
from zhengui.values.identity import check_id_number, check_phone, id_check_digit
from zhengui.values.mistake import Overlap
from zhengui.values.parse import Value

T = FieldType
A, B, C = (Field(key, title, T.DATE) for key, title in (("a", "开始"), ("b", "中间"), ("c", "结束")))
N, P, Q = (Field(key, title, T.INTEGER) for key, title in (("n", "总数"), ("p", "男"), ("q", "女")))
WHO = Field("who", "姓名", T.PERSON)
KIND = Field("kind", "类别", T.CHOICE, choices=("甲", "乙"))
D1, D2, D3 = date(2021, 1, 31), date(2021, 2, 28), date(2021, 3, 1)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        (field_of(T.TEXT, required=True), None, "请填写text栏。"),
        (field_of(T.VILLAGE, required=True), None, "请选择village栏。"),
        (field_of(T.ATTACHMENT, required=True), (), "请至少添加一个附件。"),
        (field_of(T.TEXT, required=True, life=Life(retired=2020)), None, None),
        (field_of(T.TEXT, max_length=3), "一二三四", "最多 3 个字，现在有 4 个字，请写短一些。"),
        (field_of(T.LONG_TEXT), "字" * 3000, None),
        (field_of(T.INTEGER, minimum=Decimal(0), unit="人"), -1, "不能小于 0 人，请核对。"),
        (field_of(T.MONEY, maximum=Decimal(100)), 10001, "不能大于 100.00 元，请核对。"),
        (field_of(T.MONEY, maximum=Decimal(100)), 10000, None),
        (field_of(T.DATE, not_future=True), date(2022, 1, 1), "日期在今天之后，请核对。"),
        (field_of(T.MONTH, not_future=True), 202201, "月份在本月之后，请核对。"),
        (field_of(T.MONTH), 202113, "不是一个月份，请写成 2021-03。"),
        (field_of(T.YEAR), 21, "不是一个年份，请写成 2021。"),
        (field_of(T.CHOICE), "落叶", "没有“落叶”这个选项，请重新选择。"),
        (field_of(T.CHOICES), ("沟塘", "落叶"), "没有“落叶”这个选项，请重新选择。"),
        (field_of(T.INTEGER), "12", "integer栏的内容不能识别，请重新填写。"),
        (field_of(T.INTEGER), True, "integer栏的内容不能识别，请重新填写。"),
        (field_of(T.YES_NO), 1, "yes_no栏的内容不能识别，请重新填写。"),
        (field_of(T.DATE), 20210305, "date栏的内容不能识别，请重新填写。"),
    ],
)
def test_one_field(field: Field, value: Value, sentence: str | None) -> None:
    assert check_field(field, value, TODAY) == sentence


def test_id_numbers() -> None:
    right = "110101198003050010"[:17]
    right += id_check_digit(right)
    assert check_id_number(right) is None
    wrong = right[:-1] + ("0" if right[-1] != "0" else "1")
    assert "最后一位" in (check_id_number(wrong) or "")
    assert check_id_number(right[:-1]) == "身份证号码应为 18 位，现在是 17 位，请核对。"
    assert "出生日期" in (check_id_number("110101198013050010") or "")
    assert "只能是数字" in (check_id_number("11010119800305A010") or "")


@pytest.mark.parametrize("number", ["13800138000", "0558-7123456", "01062345678", "1234567", "400-123-4567"])
def test_phones(number: str) -> None:
    assert (check_phone(number) is None) == (number != "1234567")


def test_a_mobile_of_ten_digits_is_told_its_length() -> None:
    assert check_phone("1380013800") == "手机号码应为 11 位，现在是 10 位，请核对。"


@pytest.mark.parametrize(
    ("rule", "right", "wrong", "at", "sentence"),
    [
        (
            Rule(RuleKind.ORDER, ("a", "b")),
            {"a": D1, "b": D1},
            {"a": D2, "b": D1},
            "b",
            "“中间”不能早于“开始”（2021-02-28），请核对。",
        ),
        (
            Rule(RuleKind.ORDER, ("p", "n")),
            {"p": 3, "n": 3},
            {"p": 4, "n": 3},
            "n",
            "“总数”不能小于“男”（4），请核对。",
        ),
        (
            Rule(RuleKind.STAGES, ("a", "b", "c")),
            {"a": D1, "b": D1},
            {"a": D1, "c": D3},
            "b",
            "请先填写“中间”，再填写“结束”。",
        ),
        (
            Rule(RuleKind.STAGES, ("a", "b", "c")),
            {},
            {"a": D3, "b": D2},
            "b",
            "“中间”不能早于“开始”（2021-03-01），请核对。",
        ),
        (
            Rule(RuleKind.PARTS, ("n", "p", "q")),
            {"n": 7, "p": 3, "q": 4},
            {"n": 6, "p": 3, "q": 4},
            "p",
            "“男”、“女”合计 7，超过了“总数”6，请核对。",
        ),
        (
            Rule(RuleKind.GAP, ("a", "b"), amount=1),
            {"a": D1, "b": D2},
            {"a": D1, "b": date(2021, 2, 27)},
            "b",
            "“中间”应在“开始”满 1 个月以后，最早是 2021-02-28，请核对。",
        ),
        (
            Rule(RuleKind.AGE, ("who", "a"), amount=18),
            {"who": 1, "a": date(2022, 5, 1)},
            {"who": 1, "a": date(2022, 4, 30)},
            "a",
            "应年满 18 周岁，到开始（2022-04-30）为 17 周岁，请核对。",
        ),
        (
            Rule(RuleKind.REQUIRED_IF, ("kind", "n"), values=("乙",)),
            {"kind": "甲"},
            {"kind": "乙"},
            "n",
            "“类别”为“乙”时，请填写“总数”。",
        ),
        (
            Rule(RuleKind.BOTH, ("a", "n")),
            {"a": D1, "n": 0},
            {"a": D1},
            "n",
            "“开始”和“总数”要么都填写，要么都不填写。",
        ),
    ],
)
def test_every_kind_of_rule(
    rule: Rule, right: Mapping[str, Value], wrong: Mapping[str, Value], at: str, sentence: str
) -> None:
    ledger = ledger_of(A, B, C, N, P, Q, WHO, KIND, rules=[rule])
    assert check_record(ledger, right, NoFacts(), TODAY) == []
    (mistake,) = check_record(ledger, wrong, NoFacts(), TODAY)
    assert (mistake.field, mistake.message, mistake.severity) == (at, sentence, "error")


def test_duplicates_are_named() -> None:
    ledger = ledger_of(A, N, rules=[Rule(RuleKind.UNIQUE, ("a", "n"))])
    assert check_record(ledger, {"a": D1, "n": 2}, NoFacts(), TODAY) == []
    (mistake,) = check_record(ledger, {"a": D1, "n": 2}, NoFacts(duplicate=7), TODAY)
    assert mistake.message == "已有一条“开始”、“总数”相同的记录（第 7 号），请不要重复登记。"
    assert check_record(ledger, {"a": D1}, NoFacts(duplicate=7), TODAY) == []


def test_one_at_a_time() -> None:
    ledger = ledger_of(WHO, A, B, rules=[Rule(RuleKind.ALONE, ("who", "a", "b"), "只能有一条")])

    class Held(NoFacts):
        def __init__(self, gives_way: bool) -> None:
            super().__init__()
            self.gives_way = gives_way

        def overlap(self, ledger, fields, values):  # type: ignore[no-untyped-def, override]
            return Overlap(7, "那一条", D1, self.gives_way)

    values = {"who": 1, "a": D1}
    assert check_record(ledger, values, NoFacts(), TODAY) == []
    assert check_record(ledger, {"who": None, "a": D1}, Held(False), TODAY) == []
    (wrong,) = check_record(ledger, values, Held(False), TODAY)
    assert (wrong.severity, wrong.field) == ("error", "a")
    assert wrong.message.startswith("只能有一条，已有“那一条”")
    (told,) = check_record(ledger, values, Held(True), TODAY)
    assert told.severity == "check"


def test_every_kind_is_tested_here() -> None:
    assert {kind.value for kind in RuleKind} == set(
        "order stages parts gap age required_if both alone identity follows unique".split()
    )


def test_an_unknown_birth_date_is_only_to_be_checked() -> None:
    ledger = ledger_of(WHO, A, rules=[Rule(RuleKind.AGE, ("who", "a"), amount=18)])
    (mistake,) = check_record(ledger, {"who": 2, "a": D1}, NoFacts(), TODAY)
    assert mistake.severity == "check"


def test_a_rule_keeps_quiet_about_a_field_that_is_already_wrong() -> None:
    late = Field("b", "中间", T.DATE, not_future=True)
    ledger = ledger_of(A, late, rules=[Rule(RuleKind.ORDER, ("a", "b"))])
    mistakes = check_record(ledger, {"a": date(2023, 1, 1), "b": date(2022, 6, 1)}, NoFacts(), TODAY)
    assert [m.message for m in mistakes] == ["日期在今天之后，请核对。"]


def test_a_rule_may_bring_its_own_sentence() -> None:
    ledger = ledger_of(A, B, rules=[Rule(RuleKind.ORDER, ("a", "b"), message="先开工，后完工。")])
    (mistake,) = check_record(ledger, {"a": D2, "b": D1}, NoFacts(), TODAY)
    assert mistake.message == "先开工，后完工。"


def test_sample_records_obey_the_rules() -> None:
    rules = [
        Rule(RuleKind.STAGES, ("a", "b", "c")),
        Rule(RuleKind.GAP, ("a", "b"), amount=12),
        Rule(RuleKind.PARTS, ("n", "p", "q")),
    ]
    ledger = ledger_of(A, B, C, N, P, Q, KIND, rules=rules)
    for n in range(5):
        assert check_record(ledger, sample_record(ledger, n), NoFacts(), date(2024, 1, 1)) == []


BORN = "110101198003050010"[:17]
NUMBER = BORN + id_check_digit(BORN)  # a man, as the digit before the last is odd
CARD = ledger_of(
    Field("number", "证件号码", T.ID_NUMBER),
    Field("born", "出生日期", T.DATE),
    Field("sex", "性别", T.CHOICE, choices=("男", "女"), required=True),
    rules=[Rule(RuleKind.IDENTITY, ("number", "born", "sex"))],
)
CLEANED = ledger_of(
    Field("kind", "类别", T.CHOICE, choices=("垃圾", "沟塘", "其他")),
    Field("unit", "单位", T.CHOICE, choices=("吨", "条")),
    rules=[Rule(RuleKind.FOLLOWS, ("kind", "unit"), values=("垃圾=吨", "沟塘=条"))],
)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"born": date(1980, 3, 5), "sex": "男"}, []),
        ({"sex": "男"}, []),
        (
            {"born": date(1980, 3, 6), "sex": "男"},
            [("born", "证件号码里的出生日期是1980-03-05，请核对哪一个写错了。")],
        ),
        ({"born": date(1980, 3, 5), "sex": "女"}, [("sex", "证件号码里的性别是男，请核对哪一个写错了。")]),
    ],
)
def test_an_id_number_agrees_with_birth_and_sex(
    values: Mapping[str, Value], told: list[tuple[str, str]]
) -> None:
    found = check_record(CARD, {"number": NUMBER, **values}, NoFacts(), TODAY)
    assert [(mistake.field, mistake.message) for mistake in found] == told


def test_birth_and_sex_are_filled_in_from_the_number_and_the_unit_from_the_kind() -> None:
    assert completion(CARD, {"number": NUMBER}) == {"born": date(1980, 3, 5), "sex": "男"}
    assert completion(CARD, {"number": NUMBER, "sex": "女"}) == {"born": date(1980, 3, 5)}
    assert completion(CARD, {"number": NUMBER[:-1]}) == {}
    assert completion(CLEANED, {"kind": "沟塘"}) == {"unit": "条"}
    assert completion(CLEANED, {"kind": "其他"}) == {}


def test_a_unit_follows_its_kind() -> None:
    assert check_record(CLEANED, {"kind": "沟塘", "unit": "条"}, NoFacts(), TODAY) == []
    assert check_record(CLEANED, {"kind": "其他", "unit": "吨"}, NoFacts(), TODAY) == []
    (mistake,) = check_record(CLEANED, {"kind": "沟塘", "unit": "吨"}, NoFacts(), TODAY)
    assert (mistake.field, mistake.message) == ("unit", "“沟塘”的单位应是“条”，请核对。")


def test_a_duplicate_names_its_holder() -> None:
    class Named(NoFacts):
        def holder(self, ledger: Ledger, record_id: int) -> str:
            return f"王小明 白沙村（{record_id}）"

    ledger = ledger_of(A, N, rules=[Rule(RuleKind.UNIQUE, ("a", "n"), message="已经登记过，请核对")])
    (mistake,) = check_record(ledger, {"a": D1, "n": 2}, Named(duplicate=7), TODAY)
    assert mistake.message == "已经登记过，请核对。已登记的是“王小明 白沙村（7）”。"


def test_a_day_outside_the_year_of_its_record_is_to_be_checked() -> None:
    due = Field("due", "期限", T.DATE)
    plan = Ledger("p", "计划", "a", "项", "项", "", (Field("y", "计划年度", T.YEAR), due), period=("y",))
    assert check_record(plan, {"y": 2027, "due": date(2027, 12, 31)}, NoFacts(), TODAY) == []
    (mistake,) = check_record(plan, {"y": 2027, "due": date(2026, 12, 31)}, NoFacts(), TODAY)
    assert (mistake.field, mistake.severity) == ("due", "check")
    assert mistake.message == "2026-12-31 不在计划年度 2027 年里，请核对。"
