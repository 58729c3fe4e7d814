"""Put what a ledger adds up into the unit an indicator is told in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from zhengui.catalogue.model import Field, FieldType, Indicator

#: 分 in one unit of money.
MONEY_UNITS = {"元": 100, "万元": 1_000_000, "亿元": 10_000_000_000}


def in_unit(
    indicator: Indicator, field: Field | None, value: int | Decimal | date | None
) -> int | Decimal | None:
    """The value in the indicator's unit: 分 become 万元, a date its month or day.

    `field` is the summed field, or None for a count. A whole number stays an int.
    """
    if value is None:
        return None
    if isinstance(value, date):
        return value.month if indicator.part == "month" else value.day
    if field is not None and field.type is FieldType.MONEY and indicator.unit in MONEY_UNITS:
        return Decimal(value) / MONEY_UNITS[indicator.unit]
    return value


def ratio(indicator: Indicator, part: Any, whole: Any) -> Decimal | None:
    """`part` over `whole` times the indicator's factor; None if the whole is nothing or unknown.

    Money over a count, such as an income a head, is told in the indicator's unit of money.
    """
    if part is None or not whole:
        return None
    return Decimal(part) / Decimal(whole) * indicator.factor / MONEY_UNITS.get(indicator.unit, 1)
