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
        ("floor", "万元", {}, Decimal("34.56"), "34余万元"),
        ("floor", "米", TEN_THOUSAND, 12345, "1.2万余米"),
        ("floor", "米", TEN_THOUSAND, 12000, "1.2万米"),
        ("floor", "米", TEN_THOUSAND, 20000, "2万米"),
        ("floor", "米", TEN_THOUSAND, 8765, "8700余米"),
        ("floor", "米", TEN_THOUSAND, 1234567, "120万余米"),
        ("near_floor", "万元", {}, Decimal("121.5"), "近120余万元"),
        ("near_floor", "万元", {}, 120, "120万元"),
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
