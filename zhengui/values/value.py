"""What one field of one record can hold, the record beside it, and what is said where a text can't be that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhengui.catalogue.model import FieldType, Ledger
from zhengui.problem import Problem

#: What one field of one record can hold; None where nothing was entered.
Value = str | int | bool | Decimal | date | tuple[str, ...] | tuple[int, ...] | None

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Beside:
    """The record that a field belongs to: its ledger, and what its other fields hold as far as it is known."""

    ledger: Ledger
    values: Mapping[str, Value]

    def of_type(self, kind: FieldType) -> list[Value]:
        """What the fields of one type hold."""
        found = (self.values.get(field.key) for field in self.ledger.live_fields if field.type is kind)
        return [value for value in found if value is not None]


class ValueMistake(Problem, ValueError):
    """Text that cannot be the value of a field."""


class RowNeeded(ValueMistake):
    """Text that only the rest of its record can explain: a day without its year, one of two people of a name.

    Raised where no record was given; with the record beside it the same text is read, or refused for good.
    """


def short(text: str) -> str:
    """The text as a message quotes it: on one line, and not too long."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
