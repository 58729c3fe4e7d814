"""A mistake in a record, and the facts beyond the record by which it is judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol, runtime_checkable

from zhengui.catalogue.model import Ledger
from zhengui.values.value import Value


class RuleFacts(Protocol):
    """What the rules need to know beyond the record itself."""

    def birth_date(self, person_id: int) -> date | None:
        """The birth date of a person of the register, if recorded."""
        ...

    def duplicate(self, ledger: Ledger, fields: Sequence[str], values: Mapping[str, Value]) -> int | None:
        """The id of another live record with the same values in `fields`."""
        ...

    def overlap(self, ledger: Ledger, fields: Sequence[str], values: Mapping[str, Value]) -> Overlap | None:
        """Another live record of the same fields[0] in force at any time from fields[1] to fields[2]."""
        ...


@dataclass(frozen=True, slots=True)
class Overlap:
    """Another record of the same thing at the same time; `gives_way`: it is closed when this one is saved."""

    id: int
    label: str
    began: date
    gives_way: bool


@runtime_checkable
class HolderFacts(Protocol):
    """RuleFacts that can also say which record it is that already has the same values."""

    def holder(self, ledger: Ledger, record_id: int) -> str:
        """What the record is called, or empty."""
        ...


@runtime_checkable
class NamingFacts(Protocol):
    """RuleFacts that can also say how a ledger is called and whether one of its live records has a name."""

    def title(self, ledger_key: str) -> str:
        """The ledger's title."""
        ...

    def is_named(self, ledger_key: str, name: str) -> bool:
        """Whether a live record is called so; true as well where the ledger has no record yet."""
        ...


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that is wrong, at the field to put right; a `check` may be saved all the same."""

    field: str
    title: str
    message: str
    severity: Literal["error", "check"] = "error"
