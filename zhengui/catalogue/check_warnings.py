"""Judges rules of warning: ledgers, fields and parameters that exist, and words that can be filled in."""

from __future__ import annotations

from collections.abc import Iterator
from string import Formatter

from zhengui.catalogue.check_figures import match_faults, measure_faults
from zhengui.catalogue.check_ledgers import key_faults, resolve
from zhengui.catalogue.model import Catalogue, FieldType, Ledger, WarningRule

WORDS = frozenset({"value", "limit", "since", "until", "days", "names"})
_DAYS = (FieldType.DATE, FieldType.YEAR)


def warning_faults(rule: WarningRule, catalogue: Catalogue, seen: set[str]) -> Iterator[str]:
    """What is wrong with a rule; `seen` collects the keys that are taken."""
    yield from key_faults(rule.key, seen)
    if rule.limit not in catalogue.parameters:
        yield f"没有名为 {rule.limit} 的参数，请核对 limit"
    for lead in rule.leads:
        if lead not in catalogue.ledgers:
            yield f"没有名为 {lead} 的台账，请核对 leads"
    try:
        said = {name for _text, name, _spec, _conversion in Formatter().parse(rule.why) if name is not None}
    except ValueError:
        said = {"{"}
    if said - WORDS:
        yield f"why 里只能用 {'、'.join(sorted(WORDS))}，请改正"
    if rule.measure is not None:
        yield from measure_faults(rule.measure, catalogue)
        ledger = catalogue.ledgers.get(rule.measure.ledger)
        if ledger is not None:
            yield from _path_faults(rule, ledger, catalogue)


def _path_faults(rule: WarningRule, ledger: Ledger, catalogue: Catalogue) -> Iterator[str]:
    for name in ("subject", "amount", "day", "end"):
        path = getattr(rule, name)
        field = resolve(ledger, path, catalogue.ledgers) if path else None
        if path and field is None:
            yield f"台账 {ledger.key} 没有字段 {path}，请核对 {name}"
        elif field is not None and name in ("day", "end") and field.type not in _DAYS:
            yield f"字段 {path} 不是日期，请核对 {name}"
    if rule.other is not None:
        yield from match_faults(rule.other, ledger, catalogue)
