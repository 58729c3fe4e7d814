"""Totals of a column whose numbers are of several kinds: tons with tons, ditches with ditches, never one with the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from zhengui.catalogue.model import Field
from zhengui.values.show import show_number
from zhengui.values.value import Value


@dataclass(frozen=True, slots=True)
class KindPart:
    """What the records of one kind come to, as the field stores it: 生活垃圾, 吨, 2755.60."""

    kind: str
    unit: str
    amount: int | Decimal


def part_of(values: Iterable[Value], amount: int | Decimal) -> KindPart:
    """A part by the values of the fields that tell the kinds apart: what it is, and in which unit if that is one."""
    kind, *unit = ("" if value is None else str(value) for value in values)
    return KindPart(kind or "（没填）", "".join(unit), amount)


def parted(field: Field, rows: Iterable[Mapping[str, Value]]) -> tuple[KindPart, ...]:
    """The totals of a field over records, by kind."""
    found: dict[tuple[Value, ...], Any] = {}
    for values in rows:
        if (number := values.get(field.key)) is not None:
            key = tuple(values.get(name) for name in field.total_by)
            found[key] = found.get(key, 0) + number
    return tuple(part_of(key, amount) for key, amount in sorted(found.items(), key=lambda each: str(each[0])))


def told_parts(field: Field, parts: Iterable[KindPart]) -> str:
    """生活垃圾 2,755.60 吨、沟塘 178.00 条."""
    return "、".join(f"{each.kind} {show_number(field, each.amount)} {each.unit}".rstrip() for each in parts)


def told_total(field: Field, value: int | Decimal | tuple[KindPart, ...] | None) -> str:
    """A total in words, of one kind or several; empty where there is none."""
    if value is None or value == ():
        return ""
    return told_parts(field, value) if isinstance(value, tuple) else show_number(field, value)
