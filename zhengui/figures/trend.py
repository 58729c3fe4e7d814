"""The change of a figure against the year before, as the figure strip and the tables show it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from zhengui.catalogue.model import Indicator

Direction = Literal["up", "level", "down", ""]

_ARROWS: dict[Direction, str] = {"up": "↑", "down": "↓", "level": "持平", "": ""}
#: From this size on a change is told in percent, below it in the figure's own unit.
_IN_PERCENT_FROM = 100


@dataclass(frozen=True, slots=True)
class Change:
    """`text` is like “↑ 12 次” or “↑ 9.4%”, empty where there is nothing to compare.

    `good` is whether the change is welcome, or None where neither way is.
    """

    text: str = ""
    direction: Direction = ""
    good: bool | None = None


def change(now: int | Decimal | None, before: int | Decimal | None, indicator: Indicator) -> Change:
    """The change from `before` to `now`; empty if either is unknown or the figure is a date."""
    if now is None or before is None or indicator.display.style in ("month", "day"):
        return Change()
    difference = Decimal(now) - Decimal(before)
    amount = _amount(difference, Decimal(before), indicator)
    if not difference or not amount:
        return Change(_ARROWS["level"], "level")
    direction: Direction = "up" if difference > 0 else "down"
    good = None if indicator.good not in ("up", "down") else indicator.good == direction
    return Change(f"{_ARROWS[direction]} {amount}", direction, good)


def _amount(difference: Decimal, before: Decimal, indicator: Indicator) -> str:
    """The size of the change in words; empty where it vanishes in rounding."""
    if indicator.display.style == "percent":
        points = _rounded(difference, max(1, indicator.display.decimals))
        return f"{points} 个百分点" if points else ""
    if abs(before) >= _IN_PERCENT_FROM:
        share = _rounded(difference / before * 100, 1)
        return f"{share}%" if share else ""
    places = indicator.display.decimals if indicator.display.scale == 1 else 0
    whole = difference == difference.to_integral_value()
    size = _rounded(difference, 0 if whole else max(1, places))
    return f"{size} {indicator.unit}".rstrip() if size else ""


def _rounded(number: Decimal, places: int) -> str:
    """The number without its sign and without zeros at its end; empty for nothing."""
    kept = abs(number).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{kept:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "" if kept == 0 else text
