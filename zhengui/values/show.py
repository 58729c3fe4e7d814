"""From a value to the text that a person reads in a table, a form or a workbook."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from zhengui.catalogue.model import Field, FieldType
from zhengui.values.lookup import IndicatorLookup, Lookup
from zhengui.values.value import Value

#: Stands for a record that is no longer there.
GONE = "（查无此项）"
#: Stands between several values of one field.
AND = "、"


def show(field: Field, value: Value, lookup: Lookup | None = None, masked: bool = True) -> str:
    """The value as text; empty for None. ID numbers and phones are masked unless `masked` is false.

    Text shown unmasked is read back by `parse` as the same value, attachments excepted.
    """
    if value is None:
        return ""
    kind = field.type
    if isinstance(value, str):
        return _show_text(kind, field.said(value) if field.spoken else value, lookup, masked)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return value.isoformat()
    if field.names_several:
        named = [
            (lookup.label(field.register, id_) if lookup else str(id_)) or GONE for id_ in field.ids_of(value)
        ]
        return AND.join(named)
    if isinstance(value, tuple):
        told = AND.join(field.said(str(each)) for each in value)
        return f"{len(value)} 个" if kind is FieldType.ATTACHMENT else told
    if field.is_reference:
        return (lookup.label(field.register, int(value)) if lookup else str(value)) or GONE
    return show_number(field, value)


def show_number(field: Field, value: int | Decimal) -> str:
    """A number of the field, or a total of it, without its unit."""
    if field.type is FieldType.MONEY:
        sign, fen = ("-" if value < 0 else ""), abs(int(value))
        return f"{sign}{fen // 100:,}.{fen % 100:02d}"
    if field.type is FieldType.DECIMAL:
        return f"{Decimal(value):,.{field.decimals}f}"
    if field.type is FieldType.MONTH:
        return f"{int(value) // 100:04d}-{int(value) % 100:02d}"
    return str(value) if field.type is FieldType.YEAR else f"{int(value):,}"


def _show_text(kind: FieldType, value: str, lookup: Lookup | None, masked: bool) -> str:
    if kind is FieldType.ID_NUMBER:
        return mask_id_number(value) if masked else value
    if kind is FieldType.PHONE:
        return mask_phone(value) if masked else value
    titles: object = lookup
    if kind is FieldType.INDICATOR and isinstance(titles, IndicatorLookup):
        return titles.indicator_title(value) or GONE
    return value


def mask_id_number(number: str) -> str:
    """110101********1234; a number of another length keeps only its ends."""
    if len(number) == 18:
        return f"{number[:6]}********{number[-4:]}"
    return number[:2] + "*" * max(0, len(number) - 4) + number[-2:] if len(number) > 4 else "*" * len(number)


def mask_phone(number: str) -> str:
    """138****5678; a landline keeps its area code and its last three digits."""
    if re.fullmatch(r"\d{11}", number) and number.startswith("1"):
        return f"{number[:3]}****{number[-4:]}"
    area, dash, rest = number.partition("-") if "-" in number else ("", "", number)
    return f"{area}{dash}{'*' * max(0, len(rest) - 3)}{rest[-3:]}"
