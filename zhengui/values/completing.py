"""What a record's own fields say of its others: birth date and sex from the ID number, the unit from the kind."""

from __future__ import annotations

from collections.abc import Mapping

from zhengui.catalogue.model import Ledger, Rule, RuleKind
from zhengui.values.identity import birth_date_of, check_id_number, sex_of
from zhengui.values.value import Value


def told_by(rule: Rule, values: Mapping[str, Value]) -> dict[str, Value]:
    """What the first field of an identity or follows rule says of the others; empty where it says nothing."""
    value = values.get(rule.fields[0])
    if not isinstance(value, str):
        return {}
    if rule.kind is RuleKind.IDENTITY and check_id_number(value) is None:
        return {rule.fields[1]: birth_date_of(value), rule.fields[2]: sex_of(value)}
    if rule.kind is RuleKind.FOLLOWS:
        pairs = dict(each.split("=", 1) for each in rule.values)
        return {rule.fields[1]: pairs[value]} if value in pairs else {}
    return {}


def completes(ledger: Ledger) -> bool:
    """Whether fields of the ledger can be filled in from others."""
    return any(rule.kind in (RuleKind.IDENTITY, RuleKind.FOLLOWS) for rule in ledger.rules)


def completion(ledger: Ledger, values: Mapping[str, Value]) -> dict[str, Value]:
    """The values for fields that are empty and that others tell."""
    found: dict[str, Value] = {}
    for rule in ledger.rules:
        told = told_by(rule, values)
        found.update({key: value for key, value in told.items() if values.get(key) in (None, "")})
    return found
