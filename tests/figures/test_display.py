"""How officials write figures."""

from __future__ import annotations

from decimal import Decimal

import pytest

from zhengui.catalogue.model import Display, Indicator
from zhengui.figures.display import PENDING, UNKNOWN, display, in_document
from zhengui.figures.figure import figure_of

TEN_THOUSAND = {"scale": 10000, "scale_word": "万", "decimals": 1}


def indicator(style: str, unit: str = "", **options: object) -> Indicator:
    return Indicator("k", "指标", "a", unit, "怎么算", display=Display(style, **options))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("style", "unit", "options", "value", "shown"),
    [
        ("exact", "次", {}, 86, "86次"),
        ("exact", "次", {}, 0, "0次"),
        ("exact", "亿元", {"decimals": 1}, Decimal("3.456"), "3.5亿元"),
        ("exact", "万元", {"decimals": 2}, Decimal("322.50"), "322.5万元"),
        ("exact", "元", {}, Decimal("13034.03"), "13034元"),
        ("exact", "元", {}, Decimal("12.5"), "12.5元"),
        ("exact", "条", {"decimals": 1}, Decimal("3.04"), "3条"),
        ("exact", "米", TEN_THOUSAND, 12345, "1.2万米"),
        ("percent", "%", {"decimals": 2, "trim": True}, Decimal("97.50"), "97.5%"),
        ("percent", "%", {"decimals": 2}, Decimal("97.50"), "97.50%"),
        ("floor", "人次", {}, 1287, "1200余人次"),
        ("floor", "处", {}, 132, "130余处"),
        ("floor", "处", {}, 130, "130处"),
        ("floor", "处", {}, 1200, "1200处"),
        ("floor", "处", {}, 99, "99处"),
        ("floor", "处", {}, 100, "100处"),
        ("floor", "处", {}, 101, "100余处"),
        ("floor", "万元", {}, Decimal("34.56"), "34万余元"),
        ("floor", "米", TEN_THOUSAND, 12345, "1.2万余米"),
        ("floor", "米", TEN_THOUSAND, 12000, "1.2万米"),
        ("floor", "米", TEN_THOUSAND, 20000, "2万米"),
        ("floor", "米", TEN_THOUSAND, 8765, "8700余米"),
        ("floor", "米", TEN_THOUSAND, 1234567, "120万余米"),
        ("near_floor", "万元", {}, Decimal("121.96"), "120余万元"),
        ("near_floor", "万元", {}, 120, "120万元"),
        ("floor", "处", {}, 86, "86处"),
        ("floor", "处", {}, 36, "36处"),
        ("floor", "米", {}, 12345, "1.2万余米"),
        ("floor", "米", TEN_THOUSAND, 123456, "12万余米"),
        ("floor", "米", {}, 100_000, "10万米"),
        ("floor", "人次", {}, 123_456_789, "1.2亿余人次"),
        ("floor", "万元", {}, Decimal("5.67"), "5.6万余元"),
        ("floor", "万元", {}, Decimal("0.5678"), "5600余元"),
        ("floor", "万元", {}, Decimal("0.5"), "0.5万元"),
        ("floor", "万元", {}, Decimal("0.0086"), "86元"),
        ("floor", "万元", {}, 12345, "1.2亿余元"),
        ("floor", "万元", {}, 1234, "1200余万元"),
        ("floor", "亿元", {}, Decimal("3.456"), "3.4亿余元"),
        ("floor", "亩", {}, Decimal("34.56"), "34.56亩"),
        ("floor", "亩", {}, Decimal("130.5"), "130余亩"),
        ("ceiling", "人", {}, 1201, "1200余人"),
        ("ceiling", "人", {}, 1140, "1100余人"),
        ("ceiling", "人", {}, 1141, "近1200人"),
        ("ceiling", "人", {}, 86, "86人"),
        ("ceiling", "万元", {}, Decimal("121.96"), "近122万元"),
        ("ceiling", "人", {}, 12345, "1.2万余人"),
        ("ceiling", "人", {}, 12800, "近1.3万人"),
        ("exact", "万元", {}, Decimal("0.5"), "0.5万元"),
        ("exact", "万元", {}, Decimal("121.96"), "121.96万元"),
        ("exact", "万元", {}, 10_000, "1亿元"),
        ("exact", "万元", {}, 12_000, "1.2亿元"),
        ("exact", "万元", {}, 12_345, "12345万元"),
        ("exact", "万元", {}, Decimal("0.00004"), "0.4元"),
        ("exact", "亿元", {"decimals": 1}, Decimal("0.04"), "400万元"),
        ("exact", "亿元", {"decimals": 1}, Decimal("0.06"), "600万元"),
        ("exact", "亿元", {"decimals": 1}, Decimal("0.4"), "0.4亿元"),
        ("exact", "亿元", {"decimals": 1}, Decimal("0.26"), "0.26亿元"),
        ("exact", "亿元", {"decimals": 1}, 0, "0亿元"),
        ("exact", "元", {**TEN_THOUSAND, "decimals": 0}, 99_999_999, "1亿元"),
        ("exact", "吨", {}, Decimal("106.5"), "106.5吨"),
        ("exact", "吨", {}, Decimal("0.4"), "0.4吨"),
        ("exact", "条", {"decimals": 1}, Decimal("0.04"), "0.04条"),
        ("percent", "%", {"decimals": 2}, Decimal("0.004"), "0.004%"),
        ("percent", "%", {"decimals": 1}, Decimal("0.04"), "0.04%"),
        ("percent", "%", {"decimals": 0}, Decimal("0.4"), "0.4%"),
        ("percent", "%", {"decimals": 2}, Decimal("0.00000001"), "不足0.000001%"),
        ("percent", "%", {"decimals": 2}, 0, "0%"),
        ("ceiling", "人", {}, 1187, "近1200人"),
        ("ceiling", "人", {}, 1200, "1200人"),
        ("ceiling", "人", {}, 997, "近1000人"),
        ("percent", "%", {"decimals": 2}, Decimal("98.6512"), "98.65%"),
        ("percent", "%", {"decimals": 2}, Decimal("98.6"), "98.60%"),
        ("percent", "%", {"decimals": 2}, Decimal(100), "100%"),
        ("percent", "%", {"decimals": 2}, Decimal("99.999"), "99.99%"),
        ("percent", "%", {"decimals": 0}, Decimal("99.9"), "99.9%"),
        ("percent", "%", {"decimals": 0}, Decimal("32.5"), "33%"),
        ("month", "月", {}, 3, "3月"),
        ("day", "日", {}, 12, "12日"),
        ("floor", "处", {}, None, UNKNOWN),
    ],
)
def test_display(
    style: str, unit: str, options: dict[str, object], value: int | Decimal | None, shown: str
) -> None:
    assert display(indicator(style, unit, **options), value) == shown


def test_the_document_leaves_a_gap_for_what_is_unknown() -> None:
    assert in_document(indicator("exact", "次"), None) == PENDING
    assert in_document(indicator("exact", "次"), 3) == "3次"


def test_a_figure_knows_why_it_is_unknown() -> None:
    unknown = figure_of(indicator("exact", "次"), None, 0)
    assert not unknown.known
    assert unknown.reason
    assert figure_of(indicator("exact", "次"), 3, 3, "多余").reason == ""
