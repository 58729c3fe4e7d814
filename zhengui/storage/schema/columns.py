"""Each kind of field as a column, and its values on the way in and out.

Columns hold plain integers and texts, so that SQL compares and adds what is stored: a date is yyyymmdd, a month
yyyymm, money whole 分, a decimal the number times ten to its places, several choices `|a|b|`, and several records
of a register `|3|17|`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import sqlalchemy as sa

from zhengui.catalogue.model import Field, FieldType
from zhengui.values.clean import seen

Codec = Callable[[Any], Any]

_INTEGERS = frozenset(
    {FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY, FieldType.DATE, FieldType.MONTH, FieldType.YEAR}
)


class SeenText(sa.Text):
    """What somebody wrote, without what no page, workbook or file can hold, whichever way it comes in.

    Halves of characters would stop SQLite itself, others only the printing of a document months later.
    """

    def bind_processor(self, dialect: sa.Dialect) -> Callable[[str | None], str | None]:
        """Take out what nobody sees."""
        return lambda text: None if text is None else seen(text)


def column(field: Field, registers: frozenset[str]) -> sa.Column[Any] | None:
    """The column of `field`, or None where its values live elsewhere (attachments)."""
    kind = kind_of(field)
    if kind is None:
        return None
    if field.is_reference and field.register in registers:
        return sa.Column(field.key, kind, sa.ForeignKey(f"l_{field.register}.id"))
    return sa.Column(field.key, kind)


def kind_of(field: Field) -> sa.types.TypeEngine[Any] | None:
    """The type of that column."""
    if field.type is FieldType.ATTACHMENT:
        return None
    if field.names_several:
        return sa.Text()
    if field.is_reference:
        return sa.Integer()
    if field.type is FieldType.YES_NO:
        return sa.Boolean(create_constraint=False)
    # 64 bits: an amount in 分 outgrows 32 bits at 21 million yuan.
    return sa.BigInteger() if field.type in _INTEGERS else sa.Text()


def shape(field: Field) -> str:
    """What must not change about a stored field: its type, and for decimals the places."""
    if field.register:
        to = f":{field.to}" if field.type is FieldType.REF else ""
        return f"{field.type}{to}{':many' if field.many else ''}"
    return f"{field.type}:{field.decimals}" if field.type is FieldType.DECIMAL else str(field.type)


def day_number(day: date) -> int:
    """2021-03-05 → 20210305."""
    return day.year * 10000 + day.month * 100 + day.day


def day_of(number: int) -> date:
    """20210305 → 2021-03-05."""
    return date(number // 10000, number // 100 % 100, number % 100)


def moment_text(moment: datetime) -> str:
    """A moment as it is stored: local time to the second."""
    return moment.strftime("%Y-%m-%d %H:%M:%S")


def moment_of(text: str) -> datetime:
    """A stored moment as a value."""
    return datetime.fromisoformat(text)


def encoder(field: Field) -> Codec:
    """A function from a Python value of `field` (never None) to what the column holds."""
    if field.type is FieldType.DATE:
        return day_number
    if field.type is FieldType.DECIMAL:
        scale = Decimal(10) ** field.decimals
        return lambda value: int((Decimal(value) * scale).to_integral_value(ROUND_HALF_UP))
    if field.type is FieldType.CHOICES or field.names_several:
        return lambda value: "|" + "|".join(map(str, value)) + "|" if value else None
    if field.type is FieldType.YES_NO:
        return int
    if field.type in _INTEGERS or field.is_reference:
        return int
    return _text


def decoder(field: Field) -> Codec:
    """A function from what the column holds (never None) to the Python value of `field`."""
    if field.type is FieldType.DATE:
        return day_of
    if field.type is FieldType.DECIMAL:
        exponent = -field.decimals
        return lambda stored: Decimal(stored).scaleb(exponent)
    if field.type is FieldType.CHOICES:
        return lambda stored: tuple(part for part in stored.split("|") if part)
    if field.names_several:
        return lambda stored: tuple(int(part) for part in stored.split("|") if part)
    if field.type is FieldType.YES_NO:
        return bool
    if field.type is FieldType.ATTACHMENT:
        return tuple
    return _same


def encode_all(field: Field, values: Sequence[Any]) -> Sequence[Any]:
    """Values of one field, None among them, as its column holds them; much sooner than one by one."""
    kinds = set(map(type, values)) - {type(None)}
    if field.type is FieldType.DATE:
        days = {day: day_number(day) for day in set(values) if day is not None}
        return list(map(days.get, values))
    code = encoder(field)
    if code is int and kinds <= {int}:
        return values
    if code is _text and kinds <= {str}:
        return [value or None for value in values]
    return [None if value is None else code(value) for value in values]


def decode_all(field: Field, stored: Sequence[Any]) -> Sequence[Any]:
    """What a column holds of many records, None among it, as Python values; much sooner than one by one."""
    decode_one = decoder(field)
    if decode_one is _same:
        return stored
    if field.type is FieldType.DATE:
        days = {number: day_of(number) for number in set(stored) if number is not None}
        return list(map(days.get, stored))
    return [None if one is None else decode_one(one) for one in stored]


def encode(field: Field, value: Any) -> Any:
    """`value` as its column holds it; None stays None."""
    return None if value is None else encoder(field)(value)


def decode(field: Field, stored: Any) -> Any:
    """What the column holds as a Python value; None stays None."""
    return None if stored is None else decoder(field)(stored)


def literal(field: Field, text: str) -> Any:
    """A value written in the catalogue, such as `是`, `300` or `2021-03`, as the field's column holds it."""
    if field.type is FieldType.YES_NO:
        return int(text in ("是", "true", "True", "1"))
    if field.type is FieldType.DATE:
        return day_number(date.fromisoformat(text))
    if field.type is FieldType.MONTH:
        return int(text.replace("-", ""))
    if field.is_number:
        return number_literal(field, Decimal(text))
    if field.type is FieldType.YEAR or field.is_reference:
        return int(text)
    return text


def number_literal(field: Field, value: Decimal) -> int | float:
    """A number in the field's own unit (yuan for money) on the scale of its column."""
    if field.type is FieldType.MONEY:
        value = value * 100
    elif field.type is FieldType.DECIMAL:
        value = value * Decimal(10) ** field.decimals
    return int(value) if value == value.to_integral_value() else float(value)


def _text(value: Any) -> str | None:
    return str(value) or None


def _same(stored: Any) -> Any:
    return stored
