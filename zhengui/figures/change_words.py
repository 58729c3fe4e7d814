"""A change against last year as a sentence says it: 增长12.3%, 与上年持平, 下降3.1个百分点."""

from __future__ import annotations

from decimal import Decimal

from zhengui.catalogue.model import Indicator
from zhengui.figures.display import PENDING
from zhengui.figures.trend import change

_UP, _DOWN = {"%": "增长", "点": "提高"}, {"%": "下降", "点": "下降"}


def change_in_words(
    now: int | Decimal | None, before: int | Decimal | None, indicator: Indicator, whole_year: bool = True
) -> str:
    """The change from `before` to `now`; a gap to be filled where either is unknown or neither can be compared."""
    found = change(now, before, indicator)
    if not found.direction:
        return PENDING
    if found.direction == "level":
        return "与上年持平" if whole_year else "与上年同期持平"
    amount = found.text.partition(" ")[2].replace(" ", "")
    ending = "点" if amount.endswith("个百分点") else "%" if amount.endswith("%") else ""
    words = _UP if found.direction == "up" else _DOWN
    return words.get(ending, "增加" if found.direction == "up" else "减少") + amount
