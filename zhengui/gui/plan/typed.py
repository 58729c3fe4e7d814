"""A day and an amount as typed into the plan's dialogs, read as forgivingly as in the forms."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from zhengui.catalogue.model import Field, FieldType
from zhengui.values.parse import ValueMistake, parse

_DAY = Field("day", "日期", FieldType.DATE)
_AMOUNT = Field("amount", "数", FieldType.DECIMAL, decimals=2)


class _NoRegister:
    """Neither a day nor an amount refers to a register."""

    def find(self, register: str, text: str) -> list[tuple[int, str]]:
        return []

    def label(self, register: str, id: int) -> str | None:
        return None


def read_day(text: str, today: date, year: int) -> date | None:
    """The day, in the plan's year where the text names none, None for nothing; raises ValueMistake."""
    found = parse(_DAY, text, _NoRegister(), today, year)
    return found if isinstance(found, date) else None


def read_amount(text: str) -> Decimal | None:
    """The amount, None for nothing; raises ValueMistake, also where it is below zero."""
    found = parse(_AMOUNT, text, _NoRegister(), date.min)
    if isinstance(found, Decimal) and found < 0:
        raise ValueMistake("请填 0 或大于 0 的数")
    return found if isinstance(found, Decimal) else None
