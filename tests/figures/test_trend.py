"""The change against the year before."""

from __future__ import annotations

from decimal import Decimal

import pytest

from zhengui.catalogue.model import Display, Indicator
from zhengui.figures.trend import FigureChange, change


def indicator(unit: str = "次", good: str = "", **display: object) -> Indicator:
    return Indicator("k", "指标", "a", unit, "", good=good, display=Display(**display))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("now", "before", "about", "expected"),
    [
        (86, 74, indicator(good="up"), FigureChange("↑ 12 次", "up", True)),
        (62, 74, indicator(good="up"), FigureChange("↓ 12 次", "down", False)),
        (3, 5, indicator("起", good="down"), FigureChange("↓ 2 起", "down", True)),
        (1094, 1000, indicator(), FigureChange("↑ 9.4%", "up", None)),
        (5, 5, indicator(good="up"), FigureChange("持平", "level", None)),
        (100001, 100000, indicator(), FigureChange("↑ 1 次", "up", None)),
        (4, 0, indicator(), FigureChange("↑ 4 次", "up", None)),
        (
            Decimal("98.65"),
            Decimal("97.4"),
            indicator("%", style="percent", decimals=2),
            FigureChange("↑ 1.25 个百分点", "up"),
        ),
        (Decimal("3.25"), Decimal(3), indicator("亿元", decimals=1), FigureChange("↑ 0.3 亿元", "up")),
        (
            Decimal("98.648"),
            Decimal("98.642"),
            indicator("%", style="percent", decimals=2),
            FigureChange("↑ 0.01 个百分点", "up"),
        ),
        (
            Decimal("98.644"),
            Decimal("98.636"),
            indicator("%", style="percent", decimals=2),
            FigureChange("持平", "level"),
        ),
        (Decimal("12.54"), Decimal("12.46"), indicator("亿元", decimals=1), FigureChange("持平", "level")),
        (Decimal("112.54"), Decimal("112.46"), indicator("亿元", decimals=1), FigureChange("持平", "level")),
        (Decimal("106.5"), Decimal("106.4"), indicator("吨"), FigureChange("↑ 0.1%", "up")),
        (None, 5, indicator(), FigureChange()),
        (5, None, indicator(), FigureChange()),
        (3, 5, indicator(style="month"), FigureChange()),
    ],
)
def test_change(
    now: int | Decimal | None, before: int | Decimal | None, about: Indicator, expected: FigureChange
) -> None:
    assert change(now, before, about) == expected
