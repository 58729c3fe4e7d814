"""The change of a figure against the year before, as the figure strip and the tables show it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from zhengui.catalogue.model import Indicator
from zhengui.figures.display import printed_value

Direction = Literal["up", "level", "down", ""]

_ARROWS: dict[Direction, str] = {"up": "↑", "down": "↓", "level": "持平", "": ""}
#: From this size on a change is told in percent, below it in the figure's own unit.
_IN_PERCENT_FROM = 100


@dataclass(frozen=True, slots=True)
class FigureChange:
    """`text` is like “↑ 12 次” or “↑ 9.4%”, empty where there is nothing to compare.

    `good` is whether the change is welcome, or None where neither way is.
    """

    text: str = ""
    direction: Direction = ""
    good: bool | None = None


def change(now: int | Decimal | None, before: int | Decimal | None, indicator: Indicator) -> FigureChange:
    """The change from `before` to `now`; empty if either is unknown or the figure is a date.

    It is told from what is printed: figures printed alike are level, a difference is that of the printed ones.
    A rate of growth is computed from the unrounded ones.
    """
    if now is None or before is None or indicator.display.style in ("month", "day"):
        return FigureChange()
    difference = printed_value(indicator, now) - printed_value(indicator, before)
    if not difference:
        return FigureChange(_ARROWS["level"], "level")
    amount = _amount(difference, Decimal(now), Decimal(before), indicator)
    direction: Direction = "up" if difference > 0 else "down"
    good = None if indicator.good not in ("up", "down") else indicator.good == direction
    return FigureChange(f"{_ARROWS[direction]} {amount}", direction, good)


def _amount(difference: Decimal, now: Decimal, before: Decimal, indicator: Indicator) -> str:
    """The size of the change in words; in the figure's own unit where its share would vanish in rounding."""
    if indicator.display.style == "percent":
        return f"{_bare(difference)} 个百分点"
    share = _rounded((now - before) / before * 100, 1) if abs(before) >= _IN_PERCENT_FROM else ""
    return f"{share}%" if share else f"{_bare(difference)} {indicator.unit}".rstrip()


def _bare(number: Decimal) -> str:
    """The number without its sign and without zeros at its end."""
    return f"{abs(number).normalize():f}"


def _rounded(number: Decimal, places: int) -> str:
    """The number without its sign and without zeros at its end; empty for nothing."""
    kept = abs(number).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{kept:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "" if kept == 0 else text
