"""A screen over many rows never passes what the rule itself would object to, and spares most rows the rule."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from tests.values.registers import ledger_of
from zhengui.catalogue.model import Field, FieldType, Ledger, Rule, RuleKind
from zhengui.exchange.screen import Screens, screen_of
from zhengui.values.parse import Value
from zhengui.values.rules import check_rules

DAY, NUMBER, CHOICE, TEXT = FieldType.DATE, FieldType.INTEGER, FieldType.CHOICE, FieldType.TEXT
START = date(2021, 1, 1)


class Facts:
    """Nothing is stored but one pair of values."""

    def birth_date(self, person_id: int) -> date | None:
        return None

    def overlap(self, ledger: Ledger, fields: Sequence[str], values: Any) -> None:
        return None

    def duplicate(self, ledger: Ledger, fields: Sequence[str], values: Any) -> int | None:
        return 7 if [values.get(key) for key in fields] == [START, "甲"] else None

    def any_duplicate(self, ledger: Ledger, fields: Sequence[str], keys: Sequence[Sequence[Value]]) -> bool:
        return (START, "甲") in keys


def ledger(rule: Rule, *kinds: FieldType) -> Ledger:
    fields = tuple(
        Field(key, key, kind, choices=("甲", "乙") if kind is CHOICE else ())
        for key, kind in zip("abc", kinds, strict=False)
    )
    return ledger_of(*fields, rules=(rule,))


def some(kind: FieldType, chance: random.Random) -> Value:
    if chance.random() < 0.3:
        return None
    if kind is DAY:
        return START + timedelta(chance.randrange(60))
    return chance.randrange(4) if kind is NUMBER else chance.choice(("甲", "乙"))


@pytest.mark.parametrize(
    ("rule", "kinds"),
    [
        (Rule(RuleKind.ORDER, ("a", "b")), (DAY, DAY)),
        (Rule(RuleKind.ORDER, ("a", "b")), (NUMBER, NUMBER)),
        (Rule(RuleKind.STAGES, ("a", "b", "c")), (DAY, DAY, DAY)),
        (Rule(RuleKind.GAP, ("a", "b"), amount=1), (DAY, DAY)),
        (Rule(RuleKind.BOTH, ("a", "b", "c")), (DAY, NUMBER, TEXT)),
        (Rule(RuleKind.REQUIRED_IF, ("a", "b")), (NUMBER, TEXT)),
        (Rule(RuleKind.REQUIRED_IF, ("a", "b"), values=("甲",)), (CHOICE, DAY)),
    ],
)
def test_a_screen_agrees_with_its_rule(rule: Rule, kinds: tuple[FieldType, ...]) -> None:
    book = ledger(rule, *kinds)
    screen = screen_of(book, rule)
    assert screen is not None
    chance = random.Random(5)
    passed = objected = 0
    for _ in range(2000):
        row = {key: some(kind, chance) for key, kind in zip("abc", kinds, strict=False)}
        wrong = bool(check_rules(book, row, Facts()))
        sound = screen([[row[key]] for key in rule.fields])
        assert not (sound and wrong), row
        # Only a gap in months is judged more strictly than it need be, by days.
        assert sound or wrong or rule.kind is RuleKind.GAP, row
        passed, objected = passed + sound, objected + wrong
    assert passed
    assert objected


def test_one_wrong_row_is_enough() -> None:
    rule = Rule(RuleKind.ORDER, ("a", "b"))
    screens = Screens(ledger(rule, NUMBER, NUMBER), Facts(), [])
    assert screens.pass_all([2, 3], {"a": [1, None], "b": [1, 0]})
    assert not screens.pass_all([2, 3], {"a": [1, 2], "b": [1, 1]})


def test_keys_must_differ_within_the_workbook_and_from_what_is_stored() -> None:
    rule = Rule(RuleKind.UNIQUE, ("a", "b"))
    seen: list[dict[tuple[Value, ...], int]] = [{}]
    screens = Screens(ledger(rule, DAY, CHOICE), Facts(), seen)
    later = START + timedelta(1)
    assert not screens.pass_all([2], {"a": [START], "b": ["甲"]})
    assert not screens.pass_all([2, 3], {"a": [later, later], "b": ["甲", "甲"]})
    assert seen == [{}]
    assert screens.pass_all([2, 3, 4], {"a": [later, None, None], "b": ["甲", "甲", "甲"]})
    assert seen == [{(later, "甲"): 2}]
    assert not screens.pass_all([5], {"a": [later], "b": ["甲"]})


def test_a_rule_about_ages_is_left_to_the_rule() -> None:
    rule = Rule(RuleKind.AGE, ("a", "b"), amount=18)
    assert screen_of(ledger(rule, FieldType.PERSON, DAY), rule) is None
