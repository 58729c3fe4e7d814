"""An invented set of registers for the tests of values and workbooks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from zhengui.catalogue.model import Field, FieldType, Ledger, Rule
from zhengui.values.parse import Value

TODAY = date(2021, 12, 31)
CHOICES = ("生活垃圾", "杂物", "沟塘")
VILLAGES = {1: "白沙村", 2: "青石村", 3: "柳河社区"}


class Registers:
    """Answers for every register with three invented names; two people share one."""

    def __init__(self) -> None:
        self.people = {1: "王小明", 2: "李秀英", 3: "李秀英（青石村）", 4: "李秀英（白沙村）"}

    def _all(self, register: str) -> dict[int, str]:
        return self.people if register == "person" else VILLAGES

    def find(self, register: str, text: str) -> list[tuple[int, str]]:
        return [(id, name) for id, name in self._all(register).items() if name.startswith(text)]

    def label(self, register: str, id: int) -> str | None:
        return self._all(register).get(id)

    def names(self, register: str) -> list[str]:
        return list(self._all(register).values())


class NoFacts:
    """Knows the birth date of person 1 and one duplicate."""

    def __init__(self, duplicate: int | None = None) -> None:
        self.other = duplicate

    def birth_date(self, person_id: int) -> date | None:
        return date(2004, 5, 1) if person_id == 1 else None

    def overlap(self, ledger: Ledger, fields: Sequence[str], values: Mapping[str, Value]) -> None:
        return None

    def duplicate(self, ledger: Ledger, fields: Sequence[str], values: Mapping[str, Value]) -> int | None:
        return self.other


def field_of(kind: FieldType, **options: object) -> Field:
    choices = CHOICES if kind in (FieldType.CHOICE, FieldType.CHOICES) else ()
    return Field(key=kind.value, title=f"{kind.value}栏", type=kind, **{"choices": choices, **options})  # type: ignore[arg-type]


def ledger_of(*fields: Field, rules: Sequence[Rule] = ()) -> Ledger:
    return Ledger("sample", "样例台账", "area", "记录", "条", "", fields, tuple(rules))
