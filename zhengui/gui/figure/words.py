"""A figure as the strip and the drill-down write it: the number, its unit, and the change beside it."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from zhengui.catalogue.model import Indicator
from zhengui.figures.display import UNKNOWN, display
from zhengui.figures.figure import Figure
from zhengui.figures.trend import FigureChange

#: Where a reason names the ledger that has no records.
_LEDGER = re.compile("台账“([^”]+)”")


def number_and_unit(indicator: Indicator, value: int | Decimal | None) -> tuple[str, str]:
    """The exact number for the screen, where 余 and 近 would hide something, and its unit."""
    if value is None:
        return UNKNOWN, ""
    style = indicator.display.style
    if style in ("month", "day"):
        return display(indicator, value), ""
    if style == "percent":
        return display(indicator, value).removesuffix("%"), "%"
    return plain_number(value, max(2, indicator.display.decimals)), indicator.unit


def plain_number(value: int | Decimal, places: int = 2) -> str:
    """A number without an exponent and without zeros at its end."""
    number = Decimal(value)
    if number == number.to_integral_value():
        return f"{int(number)}"
    text = f"{number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}"
    return text.rstrip("0").rstrip(".")


def change_text(
    indicator: Indicator, changed: FigureChange | None, before: Figure | None, against: str
) -> tuple[str, str]:
    """The line under a figure in two parts, the second of which may be left out: ↑ 12 次, 上年 74."""
    if before is None or before.value is None:
        return "", ""
    number = number_and_unit(indicator, before.value)[0] + before.mark
    if changed is None or not changed.text:
        return "", f"{against} {number}" if indicator.display.style not in ("month", "day") else ""
    return changed.text, f"{against} {number}"


def reason_words(figure: Figure, ledger: str) -> str:
    """Why a figure is unknown, short enough for the strip; `ledger` is the title of the ledger it counts.

    Where another ledger is what lacks records, such as the targets of a rate, it is named: the records of the
    first one stand right under the strip.
    """
    if "零报告" not in figure.reason:
        return figure.reason
    lacking = _LEDGER.search(figure.reason)
    other = lacking[1] if lacking is not None and lacking[1] != ledger else ""
    return f"{other}尚无记录" if other else "尚无记录或零报告"
