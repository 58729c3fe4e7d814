"""The closed loop: its fields and rules are added once, its state follows from the dates."""

from __future__ import annotations

from datetime import date

import pytest

from zhengui.catalogue.closed_loop import LOOP_FIELDS, LOOP_STATES, is_overdue, state_of, with_loop
from zhengui.catalogue.model import Field, FieldType, Ledger, RuleKind

DAY = date(2021, 3, 5)


def ledger(*fields: Field) -> Ledger:
    found = Field("found_on", "发现日期", FieldType.DATE, required=True)
    return Ledger("hazard", "隐患", "safety", "隐患", "处", "", (found, *fields), period=("found_on",))


def test_the_loop_adds_its_fields_and_rules() -> None:
    looped = with_loop(ledger())
    assert [field.key for field in looped.fields] == ["found_on", *(field.key for field in LOOP_FIELDS)]
    stages = next(rule for rule in looped.rules if rule.kind is RuleKind.STAGES)
    assert stages.fields == ("found_on", "assigned_on", "rectified_on", "verified_on", "closed_on")
    order = next(rule for rule in looped.rules if rule.kind is RuleKind.ORDER)
    assert order.fields == ("found_on", "due_on")
    assert "发现日期" in order.message


def test_a_field_the_ledger_declares_itself_stays() -> None:
    own = Field("due_on", "办理期限", FieldType.DATE, required=True)
    looped = with_loop(ledger(own))
    assert looped["due_on"] is own
    assert [field.key for field in looped.fields].count("due_on") == 1


@pytest.mark.parametrize(
    ("filled", "state"),
    [
        ((), "待交办"),
        (("assigned_on",), "整改中"),
        (("assigned_on", "rectified_on"), "待验收"),
        (("assigned_on", "rectified_on", "verified_on"), "待销号"),
        (("assigned_on", "rectified_on", "verified_on", "closed_on"), "已销号"),
    ],
)
def test_the_furthest_date_decides_the_state(filled: tuple[str, ...], state: str) -> None:
    assert state_of(dict.fromkeys(filled, DAY)) == state
    assert state in LOOP_STATES


def test_overdue_is_a_due_date_in_the_past_without_a_close() -> None:
    assert is_overdue({"due_on": DAY}, date(2021, 3, 6))
    assert not is_overdue({"due_on": DAY}, DAY)
    assert not is_overdue({"due_on": DAY, "closed_on": DAY}, date(2021, 3, 6))
    assert not is_overdue({"due_on": DAY, "rectified_on": DAY}, date(2021, 11, 28)), (
        "checking has no due date"
    )
    assert not is_overdue({}, date(2021, 3, 6))


def test_no_step_of_the_loop_is_copied() -> None:
    steps = {"assigned_on", "rectified_on", "verified_on", "closed_on", "verifier", "due_on"}
    assert {field.key for field in LOOP_FIELDS if not field.copy} >= steps
