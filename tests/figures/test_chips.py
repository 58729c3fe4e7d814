"""Chips are found, written in every way, and told apart from what was typed by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from zhengui.catalogue.load import load_catalogue
from zhengui.catalogue.model import Display, Indicator
from zhengui.catalogue.wording import chips, is_display, unknown_chips
from zhengui.figures.change_words import change_in_words
from zhengui.figures.chinese_numbers import in_chinese
from zhengui.figures.chips import enumerate_names, fill
from zhengui.figures.differences import compare_paragraphs, compare_sentences
from zhengui.figures.display_choices import choices, shown
from zhengui.figures.spoken_of import in_unit_of, told_of
from zhengui.figures.typed_numbers import typed_numbers


def indicator(unit: str = "次", style: str = "exact", decimals: int = 0) -> Indicator:
    return Indicator("k", "排查隐患", "a", unit, "", display=Display(style, decimals))


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (0, "零"),
        (10, "十"),
        (12, "十二"),
        (86, "八十六"),
        (110, "一百一十"),
        (105, "一百零五"),
        (1287, "一千二百八十七"),
        (10_010, "一万零一十"),
        (120_500, "十二万零五百"),
        (100_000_000, "一亿"),
        (200_030_000, "二亿零三万"),
        (Decimal("98.65"), "九十八点六五"),
        (Decimal("-3.50"), "负三点五"),
    ],
)
def test_numbers_in_chinese(number: int | Decimal, told: str) -> None:
    assert in_chinese(number) == told


@pytest.mark.parametrize(
    ("unit", "value", "code", "printed"),
    [
        ("次", 1287, "", "1287次"),
        ("次", 1287, "余", "1200余次"),
        ("次", 1287, "近", "近1300次"),
        ("次", 1287, "近余", "1200余次"),
        ("次", 1287, "汉字", "一千二百八十七次"),
        ("米", 12345, "万", "1.23万米"),
        ("米", 12345, "万+余", "1.2万余米"),
        ("米", 12345, "万+1", "1.2万米"),
        ("米", 123, "万", "123米"),
        ("万元", Decimal("12345.6789"), "亿", "1.23亿元"),
        ("万元", Decimal("123.4567"), "exact", "123.4567万元"),
        ("万元", Decimal("123.4567"), "1", "123.5万元"),
        ("次", 1287, "不认识", "1287次"),
        ("次", None, "余", "〔待补〕"),
        ("次", 1201, "近", "1200余次"),
        ("万元", Decimal("121.96"), "近", "近122万元"),
        ("万元", Decimal("121.96"), "余", "120余万元"),
        ("万元", Decimal("121.96"), "近余", "120余万元"),
        ("米", 100_000_000, "万", "1亿米"),
        ("万元", 10_000, "", "1亿元"),
        ("万元", 400, "亿", "400万元"),
        ("次", 2, "汉字", "两次"),
        ("次", 12, "汉字", "十二次"),
        ("次", 2000, "汉字", "两千次"),
        ("万元", 2, "汉字", "两万元"),
        ("吨", Decimal("106.5"), "", "106.5吨"),
        ("吨", Decimal("106.5"), "汉字", "一百零六点五吨"),
    ],
)
def test_displays(unit: str, value: int | Decimal | None, code: str, printed: str) -> None:
    assert shown(indicator(unit), value, code) == printed


def test_percent_month_and_day_keep_their_sense() -> None:
    percent = indicator("%", "percent", 2)
    assert shown(percent, Decimal("98.6543"), "1") == "98.7%"
    assert shown(percent, Decimal("98.6543"), "汉字") == "百分之九十八点六五"
    assert shown(percent, Decimal("98.655"), "汉字") == "百分之九十八点六六"
    assert shown(percent, Decimal("98.655")) == "98.66%"
    assert shown(percent, Decimal(100), "汉字") == "百分之百"
    assert shown(percent, Decimal("99.999"), "汉字") == "百分之九十九点九九"
    assert shown(percent, Decimal(2), "汉字") == "百分之二"
    assert shown(indicator("", "month"), 3, "余") == "3月"
    assert shown(indicator("", "day"), 12, "汉字") == "十二日"


def test_the_menu_offers_each_result_once() -> None:
    offered = choices(indicator("米"), 12345)
    previews = [choice.preview for choice in offered]
    assert len(set(previews)) == len(previews)
    assert offered[0].code == ""
    assert {"12345米", "1.2万余米", "1.23万米"} <= set(previews)
    assert all(is_display(choice.code) for choice in offered)
    assert shown(indicator("米"), 12345, "万+2+2") == "12345米", (
        "a display that makes no sense is not guessed at"
    )


def test_chips_and_their_sources() -> None:
    text = "全年{hazards|余}，{claim.no_accident}，{hazards.top3|值}，{year}年"
    found = chips(text)
    assert [chip.text for chip in found] == [
        "{hazards|余}",
        "{claim.no_accident}",
        "{hazards.top3|值}",
        "{year}",
    ]
    assert [chip.source for chip in found] == ["figure:hazards", "claim:no_accident", "figure:hazards", ""]
    assert (found[2].shape, found[2].most) == ("top", 3)
    pieces = fill("共{a}。{b}", lambda chip: ("12处", chip.source) if chip.key == "a" else None)
    assert [(p.text, p.source) for p in pieces] == [
        ("共", ""),
        ("12处", "figure:a"),
        ("。", ""),
        ("〔待补〕", "figure:b"),
    ]


def test_chips_that_name_nothing_are_told() -> None:
    catalogue = load_catalogue()
    wrong = "{hazard}{letters|大概}{letters.villages|余}{claim.nothing}{year.villages}{letters.first}"
    assert [chip.text for chip in unknown_chips(wrong, catalogue)] == [chip.text for chip in chips(wrong)]
    right = "{letters}{letters|万+余}{letters.villages|和}{letters.top2|值}{letters.change}{claim.no_accident}{year}"
    assert not unknown_chips(right, catalogue)


def test_enumerations_end_with_and() -> None:
    assert enumerate_names(["甲", "乙", "丙"], with_and=True) == "甲、乙和丙"
    assert enumerate_names(["甲"], with_and=True) == "甲"
    assert enumerate_names(["甲", "乙"]) == "甲、乙"


@pytest.mark.parametrize(
    ("now", "before", "style", "words"),
    [
        (1123, 1000, "exact", "增长12.3%"),
        (1000, 1000, "exact", "与上年持平"),
        (969, 1000, "exact", "下降3.1%"),
        (12, 10, "exact", "增加2次"),
        (Decimal("98.5"), Decimal("97.2"), "percent", "提高2个百分点"),
        (None, 10, "exact", "〔待补〕"),
    ],
)
def test_changes_in_words(now, before, style: str, words: str) -> None:
    assert change_in_words(now, before, indicator("%" if style == "percent" else "次", style)) == words


def test_typed_numbers_are_recognised() -> None:
    text = "2021年排查隐患132处，{hazards}，投入１,２００元，“光荣在党50年”，依据《条例2020》，铺路1.2万余米"
    found = typed_numbers(text)
    assert [(t.text, t.unit[:1], str(t.value)) for t in found] == [
        ("132", "处", "132"),
        ("１,２００", "元", "1200"),
        ("1.2", "万", "1.2"),
    ]
    hazards = indicator("处")
    assert told_of(found[0], [hazards]) is hazards
    assert told_of(found[1], [hazards]) is None
    assert in_unit_of(found[2], indicator("米")) == 12000
    assert text[found[1].start : found[1].end] == "１,２００"


def test_paragraphs_and_sentences_are_matched() -> None:
    before = [("a", "甲"), ("b", "乙"), ("c", "丙")]
    after = [("c", "丙"), ("a", "甲乙"), ("d", "丁")]
    found = {d.key: (d.kind, d.moved) for d in compare_paragraphs(before, after)}
    assert found == {
        "a": ("changed", False),
        "b": ("removed", False),
        "c": ("same", True),
        "d": ("added", False),
    }
    told = compare_sentences("排查12次。没有事故。再接再厉。", "排查15次。再接再厉。开了会。")
    assert [(d.kind, d.before, d.after) for d in told] == [
        ("changed", "排查12次。", "排查15次。"),
        ("removed", "没有事故。", ""),
        ("same", "再接再厉。", "再接再厉。"),
        ("added", "", "开了会。"),
    ]
