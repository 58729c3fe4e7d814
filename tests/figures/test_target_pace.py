"""Targets over working days: no work on a day off, what is expected climbs to the goal, and the daily rest reaches it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from zhengui.figures.plan_shares import share_out, spread, steps
from zhengui.figures.target_pace import expected_by, pace_of
from zhengui.figures.working_days import SHIPPED

START, DUE = date(2021, 3, 21), date(2021, 10, 31)
DAYS = st.integers(0, 260).map(lambda n: START + timedelta(days=n))


@given(st.integers(0, 5000).map(Decimal), DAYS)
def test_nothing_more_is_expected_after_a_day_off(goal: Decimal, day: date) -> None:
    before, after = (expected_by(goal, START, DUE, each) for each in (day, day + timedelta(days=1)))
    assert before <= after <= goal
    if not SHIPPED.working_days(day, day + timedelta(days=1)) and day + timedelta(days=1) < DUE:
        assert before == after


@given(st.integers(1, 5000), st.integers(0, 5000), DAYS)
def test_the_daily_rest_reaches_the_goal(goal: int, done: int, day: date) -> None:
    pace = pace_of(Decimal(goal), Decimal(done), START, DUE, day)
    if pace.daily is not None and not pace.finished:
        assert pace.daily * pace.left >= goal - done
        assert (pace.daily - 1) * pace.left < goal - done
    assert (pace.behind > 0) == (pace.missing > 0 and day > START and bool(SHIPPED.working_days(START, day)))


def test_days_behind_are_working_days_since_the_work_would_have_been_enough() -> None:
    whole = SHIPPED.working_days(START, DUE)
    goal, day = Decimal(whole), date(2021, 6, 30)  # one a working day
    passed = SHIPPED.working_days(START, day)
    pace = pace_of(goal, Decimal(passed - 7), START, DUE, day)
    assert (pace.behind, pace.missing) == (7, 7)


def test_after_the_due_day_no_day_is_left() -> None:
    pace = pace_of(Decimal(100), Decimal(90), START, DUE, date(2021, 11, 30))
    assert (pace.left, pace.daily, pace.missing) == (0, None, 10)


class ScheduleMachine(RuleBasedStateMachine):
    """An amount is shared out, worked at and shared out anew: it always comes to the target and rests on days off."""

    def __init__(self) -> None:
        super().__init__()
        self.weights = {1: Decimal(3), 2: Decimal(5), 3: Decimal(2)}
        self.target, self.day, self.done = Decimal(1200), START, dict.fromkeys(self.weights, Decimal(0))
        self.goals = share_out(self.target, self.weights)
        self.plan = self.work_back()

    def work_back(self) -> dict[int, list[tuple[date, Decimal]]]:
        ends = steps(self.day, DUE, "week")
        return {
            village: list(
                zip(ends, spread(max(Decimal(0), goal - self.done[village]), self.day, ends), strict=True)
            )
            for village, goal in self.goals.items()
        }

    @rule(village=st.sampled_from([1, 2, 3]), amount=st.integers(0, 200))
    def a_village_works(self, village: int, amount: int) -> None:
        self.done[village] = min(self.goals[village], self.done[village] + amount)

    @rule(days=st.integers(1, 30))
    def time_passes(self, days: int) -> None:
        self.day = min(self.day + timedelta(days=days), DUE - timedelta(days=8))

    @rule(weights=st.tuples(*[st.integers(1, 9)] * 3))
    def it_is_shared_out_anew(self, weights: tuple[int, int, int]) -> None:
        left = self.target - sum(self.done.values())
        shares = share_out(left, dict(zip((1, 2, 3), map(Decimal, weights), strict=True)), Decimal(1))
        self.goals = {village: self.done[village] + shares[village] for village in self.goals}
        self.plan = self.work_back()

    @rule(village=st.sampled_from([1, 2, 3]), later=st.integers(0, 200))
    def what_is_left_begins_anew(self, village: int, later: int) -> None:
        """Spread from today on, a target is never behind today, climbs to its goal, and rests on days off."""
        goal, done = self.goals[village], self.done[village]
        assert pace_of(goal, done, self.day, DUE, self.day, base=done).behind == 0
        day = min(self.day + timedelta(days=later), DUE - timedelta(days=1))
        now, next_day = (
            expected_by(goal, self.day, DUE, each, base=done) for each in (day, day + timedelta(days=1))
        )
        assert done <= now <= next_day <= goal
        last = day + timedelta(days=1) == DUE
        assert last or now == next_day or SHIPPED.working_days(day, day + timedelta(days=1))

    @invariant()
    def it_comes_to_the_target(self) -> None:
        assert sum(self.goals.values()) == self.target

    @invariant()
    def no_work_is_asked_for_where_all_days_are_off(self) -> None:
        for own in self.plan.values():
            for (early, _one), (late, amount) in pairwise(own):
                if not SHIPPED.working_days(early, late):
                    assert amount == 0


ScheduleMachine.TestCase.settings = settings(max_examples=40, stateful_step_count=15, deadline=None)
TestScheduleMachine = ScheduleMachine.TestCase
