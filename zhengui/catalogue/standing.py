"""Whether a measure still stands on something: its ledger, the fields it asks and the choices it looks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from zhengui.catalogue.figures import Condition, Match, Measure
from zhengui.catalogue.ledgers import Field, Ledger
from zhengui.catalogue.path import dotted

#: Tests that no record passes whose field is not filled in any more.
_ASKS = frozenset({"is", "in", "contains_all", "filled", "under_age", "band_at_least", "above", "by_end"})
#: Tests for one of some choices, and for all of them.
_ONE_OF, _ALL_OF = frozenset({"is", "in"}), frozenset({"contains_all"})


@dataclass(frozen=True, slots=True)
class StillThere:
    """The ledgers of some years beside those of all years."""

    then: Mapping[str, Ledger]
    ever: Mapping[str, Ledger]

    def holds(self, *measures: Measure | Match | None) -> bool:
        """Whether each of the measures, and what they ask of other ledgers, is there in those years."""
        return all(self._holds(each) for each in measures if each is not None)

    def asked(self, ledger: str, conditions: Iterable[Condition]) -> bool:
        """Whether records of a ledger can still meet conditions."""
        return all(self._met(ledger, each) for each in conditions)

    def _holds(self, measure: Measure | Match) -> bool:
        ledger = self.then.get(measure.ledger)
        if ledger is None:
            return False
        fields = measure.fields if isinstance(measure, Measure) else ()
        fields += measure.timing.fields
        if any(self._gone(measure.ledger, path) for path in fields):
            return False
        # What must be absent is all the more so where nobody enters it any more.
        matches = measure.matches if isinstance(measure, Measure) else ()
        return self.asked(measure.ledger, measure.where) and all(
            self._holds(each) for each in matches if not each.absent
        )

    def _met(self, ledger: str, condition: Condition) -> bool:
        if condition.op not in _ASKS:
            return True
        if self._gone(ledger, condition.path):
            return False
        now, before = (_field(ledgers, ledger, condition.path) for ledgers in (self.then, self.ever))
        if now is None or before is None or condition.op not in _ONE_OF | _ALL_OF:
            return True
        lost = [each in before.choices and each not in now.choices for each in condition.values]
        return not (any(lost) if condition.op in _ALL_OF else lost and all(lost))

    def _gone(self, ledger: str, path: str) -> bool:
        """Whether a field was there once and is not in those years."""
        ever = _field(self.ever, ledger, path)
        return ever is not None and _field(self.then, ledger, path) is None


def _field(ledgers: Mapping[str, Ledger], ledger: str, path: str) -> Field | None:
    """The field at the end of a path, as some years know it."""
    held = ledgers.get(ledger)
    first, then = dotted(path)
    field = held.by_key.get(first) if held is not None else None
    if field is None or not then:
        return field
    register = ledgers.get(field.register)
    return register.by_key.get(then) if register is not None else None
