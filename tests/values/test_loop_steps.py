"""The closed loop against random histories: nothing is closed unverified, no step is lost, histories replay the same."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from zhengui.values.loop_steps import (
    DONE,
    LOOP_STATES,
    RECTIFYING,
    TO_ASSIGN,
    TO_CLOSE,
    TO_VERIFY,
    Deed,
    Standing,
    Step,
    StepRefused,
    apply,
    deeds_at,
    in_effect,
    replay,
    stays,
    times_sent_back,
)

FIRST = date(2021, 1, 1)
LAST = date(2025, 12, 31)


class Loops(RuleBasedStateMachine):
    """Any step, sensible or not, at any time; a plain model says what should have become of it."""

    def __init__(self) -> None:
        super().__init__()
        self.start = Standing(FIRST)
        self.steps: list[Step] = []
        self.day = FIRST
        #: What the item went through, in the model's own terms: the state after each step in effect.
        self.model: list[tuple[Deed, str]] = []

    @property
    def now(self) -> Standing:
        return replay(self.steps, self.start, LAST)[-1]

    @rule(
        deed=st.sampled_from([deed for deed in Deed if deed not in (Deed.ENTER, Deed.UNDO)]),
        days=st.integers(-3, 40),
        words=st.sampled_from(["", "  ", "已处理"]),
        person=st.sampled_from([None, 1, 2]),
        due=st.none() | st.integers(-5, 60),
        lacking=st.sampled_from([(), ("“照片”",)]),
    )
    def step(
        self, deed: Deed, days: int, words: str, person: int | None, due: int | None, lacking: tuple[str, ...]
    ) -> None:
        day = self.day + timedelta(days)
        step = Step(deed, day, words, person, None, None if due is None else day + timedelta(due), lacking)
        before = self.now
        try:
            apply(before, step, LAST)
        except StepRefused:
            return
        self.steps.append(step)
        self.day = max(self.day, day)
        after = {
            Deed.ASSIGN: RECTIFYING,
            Deed.REPORT: TO_VERIFY,
            Deed.PASS: TO_CLOSE,
            Deed.CLOSE: DONE,
            Deed.RETURN: TO_ASSIGN if before.state == RECTIFYING else RECTIFYING,
            Deed.EXTEND: before.state,
            Deed.FAIL: RECTIFYING,
        }[deed]
        self.model.append((deed, after))
        assert deed in deeds_at(before.state)
        if deed in (Deed.RETURN, Deed.FAIL, Deed.EXTEND):
            assert words.strip(), "nothing is sent back or put off without a reason"
        if deed in (Deed.REPORT, Deed.PASS):
            assert not lacking, "evidence comes before verification"
        if deed is Deed.PASS:
            assert person not in (None, before.responsible), "nobody verifies his own work"

    @precondition(lambda self: self.model)
    @rule()
    def undo(self) -> None:
        self.steps.append(Step(Deed.UNDO, self.day))
        self.model.pop()

    @precondition(lambda self: not self.model)
    @rule()
    def undo_nothing(self) -> None:
        with pytest.raises(StepRefused):
            replay([*self.steps, Step(Deed.UNDO, self.day)], self.start, LAST)

    @invariant()
    def the_history_replays(self) -> None:
        assert replay(self.steps, self.start, LAST)[-1] == self.now
        assert self.now.state == (self.model[-1][1] if self.model else TO_ASSIGN)
        assert [step.deed for step in in_effect(self.steps)] == [deed for deed, _state in self.model]
        assert len(replay(self.steps, self.start, LAST)) == len(self.model) + 1, "no step is lost"

    @invariant()
    def nothing_is_closed_unverified(self) -> None:
        now = self.now
        if now.closed_on is not None:
            assert now.verified_on is not None
            assert now.verifier is not None
            deeds = [deed for deed, _state in self.model]
            last = len(deeds) - 1 - deeds[::-1].index(Deed.CLOSE)
            since = max((n for n, d in enumerate(deeds[:last]) if d in (Deed.RETURN, Deed.FAIL)), default=-1)
            assert Deed.PASS in deeds[since + 1 : last]

    @invariant()
    def the_days_are_in_order(self) -> None:
        now = self.now
        days = [now.listed_on, now.assigned_on, now.rectified_on, now.verified_on, now.closed_on]
        filled = [day for day in days if day is not None]
        assert filled == sorted(filled)
        assert days[: len(filled)] == filled, "no step is passed over"
        assert LOOP_STATES[len(filled) - 1] == now.state

    @invariant()
    def the_stays_add_up(self) -> None:
        found = stays(self.steps, self.start, LAST)
        assert found[0].since == FIRST
        assert found[-1].until is None
        assert found[-1].state == self.now.state
        for one, other in pairwise(found):
            assert one.until == other.since
        assert sum(stay.days(LAST) for stay in found) == (LAST - FIRST).days

    @invariant()
    def returns_are_counted(self) -> None:
        sent = [deed for deed, _state in self.model if deed in (Deed.RETURN, Deed.FAIL)]
        assert times_sent_back(self.steps) == len(sent)


Loops.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestLoops = Loops.TestCase


def test_what_the_ledger_was_given_counts_from_then_on() -> None:
    entered = Standing(FIRST, assigned_on=FIRST, due_on=LAST, responsible=1)
    steps = [Step(Deed.ENTER, FIRST, entered=entered), Step(Deed.REPORT, date(2021, 2, 1), "已改")]
    assert replay(steps, Standing(), LAST)[-1].state == TO_VERIFY
    told = [(stay.state, stay.since) for stay in stays(steps, Standing(), LAST)]
    assert told == [(TO_ASSIGN, FIRST), (RECTIFYING, FIRST), (TO_VERIFY, date(2021, 2, 1))]


def test_a_step_is_not_taken_in_the_future_or_before_the_last() -> None:
    with pytest.raises(StepRefused, match="还没有到"):
        apply(Standing(FIRST), Step(Deed.ASSIGN, date(2021, 2, 1), person=1, due=LAST), FIRST)
    with pytest.raises(StepRefused, match="早于上一步"):
        apply(Standing(date(2021, 2, 1)), Step(Deed.ASSIGN, FIRST, person=1, due=LAST), LAST)
