"""A rate and a level among villages, through random histories: reported, shared out anew, never divided."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from zhengui.services.entry.record import save
from zhengui.services.plan import schedule_plan, share_ways
from zhengui.services.plan.report_progress import add_report
from zhengui.services.plan.track_plan import track_item
from zhengui.services.plan.village_curve import village_curve
from zhengui.services.township.township import Township, create_township
from zhengui.storage.records import record as records

PEOPLE = {1: 1200, 2: 800, 3: 400}
RATE, LEVEL = Decimal(97), Decimal(90)


class RateMachine(RuleBasedStateMachine):
    """One office for all histories, with an item of its own in each."""

    office: Township | None = None
    histories = 0

    def __init__(self) -> None:
        super().__init__()
        if RateMachine.office is None:
            RateMachine.office = self._found()
        self.township = RateMachine.office
        self.township.working_day = date(2021, 2, 1)
        item = {
            "part": "民生",
            "plan_year": 2021,
            "department": 1,
            "due_on": date(2021, 12, 31),
            "status": "未开始",
            "operator": "至少",
            "unit": "%",
        }
        RateMachine.histories += 1
        told = f"（第{RateMachine.histories}回）。"
        rate = {"wording": f"参保率达到97%{told}", "target": RATE}
        level = {"wording": f"按期办结率达到90%{told}", "target": LEVEL, "indicator": "petition_on_time"}
        self.rate = save(self.township, "plan_item", {**item, **rate}).id
        self.level = save(self.township, "plan_item", {**item, **level}).id
        for number in (self.rate, self.level):
            tracked = track_item(self.township, number)
            schedule_plan.keep(self.township, schedule_plan.draft(self.township, tracked))

    def _found(self) -> Township:
        made = create_township(Path(tempfile.mkdtemp()) / "invented.zgdb", "云岭镇", "李文娟")
        save(made, "department", {"name": "农业站", "active": True})
        for number, people in PEOPLE.items():
            save(
                made, "village", {"name": f"第{number}村", "kind": "村", "active": True, "population": people}
            )
        return made

    @rule(village=st.sampled_from(sorted(PEOPLE)), rate=st.integers(0, 100))
    def a_village_reports(self, village: int, rate: int) -> None:
        add_report(self.township, self.rate, self.township.today(), value=Decimal(rate), village=village)

    @rule(village=st.sampled_from(sorted(PEOPLE)), late=st.booleans())
    def a_petition_is_answered(self, village: int, late: bool) -> None:
        today = self.township.today()
        due = today - timedelta(days=1) if late else today
        row = {"village": village, "received_on": date(2021, 1, 4), "matter": "修路", "level": "镇级"}
        with self.township.database.writing() as conn:
            values = {**row, "due_on": due, "closed_on": today}
            records.insert(conn, self.township.tables, "petition", values, "李文娟")

    @rule(days=st.integers(1, 60))
    def time_passes(self, days: int) -> None:
        self.township.working_day = min(self.township.today() + timedelta(days=days), date(2021, 12, 30))

    @rule(own=st.booleans(), by=st.sampled_from(["population", "equal"]))
    def it_is_shared_out_anew(self, own: bool, by: str) -> None:
        for number in (self.rate, self.level):
            item = track_item(self.township, number)
            schedule_plan.keep(self.township, schedule_plan.reallocate(self.township, item, own, by))

    @invariant()
    def no_rate_is_divided(self) -> None:
        for number, goal, by in ((self.rate, RATE, share_ways.RATE), (self.level, LEVEL, share_ways.LEVEL)):
            item = track_item(self.township, number)
            held = schedule_plan.current(self.township, item)
            assert held is not None
            assert held.by == by
            # The same for all, but for a village that had more already when it was shared out.
            assert all(
                part.goal == (goal if held.of_level else max(goal, part.before)) for part in held.parts
            )
            for part in held.parts if by == share_ways.RATE else ():
                assert part.before + sum(amount for _day, amount in part.steps) == part.goal
            curve = village_curve(self.township, item, held, 1)
            assert curve.planned[-1][1] == held.parts[0].goal


RateMachine.TestCase.settings = settings(
    max_examples=6, stateful_step_count=6, deadline=None, suppress_health_check=list(HealthCheck)
)
TestRateMachine = RateMachine.TestCase
