"""Rules asked of many rows at once: a quick yes for all of them, or each row has to be judged by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Any, Protocol, runtime_checkable

from zhengui.catalogue.model import Field, FieldType, Ledger, Rule, RuleKind
from zhengui.values.mistake import NamingFacts, RuleFacts
from zhengui.values.parse import Value

Columns = Mapping[str, Sequence[Value]]
#: The keys that rows of the workbook have taken, for each rule that wants them to differ.
Seen = list[dict[tuple[Value, ...], int]]
_Screen = Callable[[Sequence[Sequence[Value]]], bool]


@runtime_checkable
class ManyFacts(Protocol):
    """RuleFacts that can also answer for many rows at once."""

    def any_duplicate(self, ledger: Ledger, fields: Sequence[str], keys: Sequence[Sequence[Value]]) -> bool:
        """Whether a live record has the values of any of `keys`, each in the order of `fields`."""


class Screens:
    """The rules of a ledger over columns. They never pass what a rule would object to."""

    def __init__(self, ledger: Ledger, facts: RuleFacts, seen: Seen) -> None:
        self._ledger, self._facts, self._seen = ledger, facts, seen
        self._unique = [rule for rule in ledger.rules if rule.kind is RuleKind.UNIQUE]
        self._named = [field for field in ledger.live_fields if field.known_in]
        others = [rule for rule in ledger.rules if rule.kind is not RuleKind.UNIQUE]
        self._screens = [(rule.fields, screen_of(ledger, rule)) for rule in others]

    def pass_all(self, numbers: Sequence[int], columns: Columns) -> bool:
        """Whether no rule can object to any row; keys that must differ are then taken."""
        nothing = [None] * len(numbers)
        if not all(self._all_named(field, columns.get(field.key, nothing)) for field in self._named):
            return False
        for fields, screen in self._screens:
            if screen is None or not screen([columns.get(key, nothing) for key in fields]):
                return False
        taken = []
        for rule, seen in zip(self._unique, self._seen, strict=True):
            asked = list(zip(*(columns.get(key, nothing) for key in rule.fields), strict=True))
            keys = {key: number for key, number in zip(asked, numbers, strict=True) if None not in key}
            whole = sum(None not in key for key in asked)
            if len(keys) != whole or not seen.keys().isdisjoint(keys) or self._known(rule, list(keys)):
                return False
            taken.append((seen, keys))
        for seen, keys in taken:
            seen.update(keys)
        return True

    def _all_named(self, field: Field, names: Sequence[Value]) -> bool:
        """Whether all names of a column are known where they should be."""
        facts = self._facts
        if not isinstance(facts, NamingFacts):
            return True
        return all(facts.is_named(field.known_in, str(name)) for name in set(names) - {None, ""})

    def _known(self, rule: Rule, keys: Sequence[tuple[Value, ...]]) -> bool:
        facts = self._facts
        return not isinstance(facts, ManyFacts) or facts.any_duplicate(self._ledger, rule.fields, keys)


def screen_of(ledger: Ledger, rule: Rule) -> _Screen | None:
    """The screen of a rule over the columns of its fields, or None where only the rule itself can tell."""
    if any(ledger[key].many for key in rule.fields):
        return None
    kinds = [ledger[key].type for key in rule.fields]
    days = set(kinds) == {FieldType.DATE}
    same = len(set(kinds)) == 1 and kinds[0] in _ORDERED
    if rule.kind is RuleKind.ORDER and same:
        return lambda columns: all(
            a is None or b is None or a <= b for a, b in zip(*columns[:2], strict=True)
        )
    if rule.kind is RuleKind.STAGES and days:
        return _stages
    if rule.kind is RuleKind.GAP and days:
        # No month is longer than 31 days, so this is late enough; what isn't may still be.
        least = timedelta(31 * rule.amount)
        return lambda columns: all(
            a is None or b is None or b - a >= least for a, b in zip(*columns[:2], strict=True)
        )
    if rule.kind is RuleKind.BOTH and _MANY.isdisjoint(kinds):
        return lambda columns: all(row.count(None) in (0, len(row)) for row in zip(*columns, strict=True))
    if rule.kind is RuleKind.REQUIRED_IF and _MANY.isdisjoint(kinds):
        return _required_if(rule, kinds[0])
    return None


def _stages(columns: Sequence[Sequence[Any]]) -> bool:
    """Each day comes with the one before it, and not earlier."""
    return all(
        all(b is None or (a is not None and a <= b) for a, b in zip(first, second, strict=True))
        for first, second in pairwise(columns)
    )


def _required_if(rule: Rule, kind: FieldType) -> _Screen | None:
    """Where the cause asks for it, the other is there."""
    if not rule.values:
        return lambda columns: all(a is None or b is not None for a, b in zip(*columns[:2], strict=True))
    if kind is not FieldType.CHOICE:
        return None
    asking = frozenset(rule.values)
    return lambda columns: all(b is not None or a not in asking for a, b in zip(*columns[:2], strict=True))


_ORDERED = (
    FieldType.DATE,
    FieldType.MONTH,
    FieldType.YEAR,
    FieldType.INTEGER,
    FieldType.MONEY,
    FieldType.DECIMAL,
)
#: Values that can be there and yet hold nothing.
_MANY = frozenset({FieldType.CHOICES, FieldType.ATTACHMENT})
