"""A warning against random histories: what was decided does not come back before its ground changes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from zhengui.figures.warning_states import Decision, WarningStanding, fault, standing

BEGIN = date(2021, 1, 1)


class WarningMachine(RuleBasedStateMachine):
    """Grounds change, days pass, people decide; `expected` is kept by other means than the rule."""

    def __init__(self) -> None:
        super().__init__()
        self.today, self.ground, self.count = BEGIN, "0", 0
        self.decisions: list[Decision] = []
        self.expected, self.until = WarningStanding.NEW, BEGIN

    @rule(days=st.integers(1, 40))
    def time_passes(self, days: int) -> None:
        self.today += timedelta(days=days)
        if self.expected is WarningStanding.PUT_OFF and self.today >= self.until:
            self.expected = WarningStanding.NEW

    @rule()
    def something_happens(self) -> None:
        self.count += 1
        self.ground, self.expected = str(self.count), WarningStanding.NEW

    @rule(
        what=st.sampled_from([WarningStanding.TAKEN, WarningStanding.PUT_OFF, WarningStanding.CLOSED]),
        days=st.integers(1, 60),
    )
    def somebody_decides(self, what: WarningStanding, days: int) -> None:
        until = self.today + timedelta(days=days) if what is WarningStanding.PUT_OFF else None
        assert fault(what, "已核实", until, self.today) == ""
        self.decisions.append(Decision(what, self.ground, "已核实", until))
        self.expected, self.until = what, until or BEGIN

    @precondition(lambda self: self.decisions)
    @rule()
    def the_same_is_noticed_again(self) -> None:
        assert standing(self.ground, self.decisions, self.today) is self.expected

    @invariant()
    def it_stands_where_it_should(self) -> None:
        assert standing(self.ground, self.decisions, self.today) is self.expected

    @invariant()
    def the_history_replays_to_the_same_state(self) -> None:
        replayed = [Decision(each.what, each.ground, each.reason, each.until) for each in self.decisions]
        assert standing(self.ground, replayed, self.today) is self.expected


WarningMachine.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestWarningMachine = WarningMachine.TestCase


@pytest.mark.parametrize(
    ("what", "reason", "until", "said"),
    [
        (WarningStanding.NEW, "", None, "可以受理、延后或者了结"),
        (WarningStanding.PUT_OFF, "外出", None, "要写到哪一天"),
        (WarningStanding.PUT_OFF, "外出", BEGIN, "在今天以后"),
        (WarningStanding.PUT_OFF, " ", BEGIN + timedelta(days=1), "写明理由"),
        (WarningStanding.CLOSED, "", None, "写明理由"),
    ],
)
def test_what_cannot_be_decided_is_said(
    what: WarningStanding, reason: str, until: date | None, said: str
) -> None:
    assert said in fault(what, reason, until, BEGIN)
