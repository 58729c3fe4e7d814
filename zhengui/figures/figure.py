"""One computed figure, ready to be shown, printed and traced."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from zhengui.catalogue.model import Indicator
from zhengui.figures.display import display

#: Follows a value that was entered by hand, wherever it shows.
ENTERED = "（录入）"
#: Words of `how` of such a value: an issue freezes them, and tells by them what it printed.
ENTERED_HOW = "用的是录入的数"


@dataclass(frozen=True, slots=True)
class Figure:
    """The answer of an indicator for a period and a choice of villages.

    `value` is in the indicator's unit (money as an exact Decimal of 元, 万元 or 亿元; percent times
    100, unrounded) and None where unknown. `records` counts the rows that make it. `how` is the plain
    sentence on how it is computed; `reason` says why an unknown figure is unknown, else it is empty. `entered`
    says where a value comes from that was entered by hand, instead of being counted; it has no records.
    """

    key: str
    value: int | Decimal | None
    records: int
    display: str
    how: str
    reason: str = ""
    entered: str = ""

    @property
    def known(self) -> bool:
        """Whether there is a value; an unknown figure is not a zero."""
        return self.value is not None

    @property
    def marked(self) -> str:
        """What stands on a screen or in a list: the display, and that it was entered, where it was."""
        return self.display + self.mark

    @property
    def mark(self) -> str:
        """（录入） behind a value that was entered by hand, else nothing."""
        return ENTERED if self.entered else ""


def mark_of(how: str) -> str:
    """（录入） where the sentence of a frozen figure says that its value was entered, else nothing."""
    return ENTERED if ENTERED_HOW in how else ""


def figure_of(indicator: Indicator, value: int | Decimal | None, records: int, reason: str = "") -> Figure:
    """The figure of an indicator, displayed; an unknown one without a reason gets the usual one."""
    if value is None and not reason:
        reason = "所选时段没有登记记录，也没有零报告。"
    shown = display(indicator, value)
    return Figure(indicator.key, value, records, shown, indicator.how, reason if value is None else "")
