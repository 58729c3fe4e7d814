"""Draws and rankings of an office through random histories, from its file: nothing kept ever reads differently."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.fresh import fresh_township
from zhengui.catalogue.load import load_catalogue
from zhengui.catalogue.model import Catalogue
from zhengui.services.entry import attach
from zhengui.services.loops import spot_check
from zhengui.services.loops.take_step import Deed, WantedStep, course, take_one
from zhengui.services.township.township import Township
from zhengui.services.watch.rank_month import Month, issue_month, month_ranking
from zhengui.storage.records import record as records
from zhengui.storage.writing.spot_draws import KeptDraw
from zhengui.values.loop_steps import DONE, RECTIFYING

STEPS = ("assigned_on", "rectified_on", "verified_on", "closed_on")
SHORT = settings(
    max_examples=4, stateful_step_count=8, deadline=None, suppress_health_check=list(HealthCheck)
)


@cache
def _catalogue() -> Catalogue:
    """Read once for all histories."""
    return load_catalogue()


def add(township: Township, ledger: str, *rows: dict[str, Any]) -> list[int]:
    with township.database.writing() as conn:
        return list(records.insert_many(conn, township.tables, ledger, rows, "甲"))


def new_office(villages: int) -> Township:
    made = fresh_township(Path(tempfile.mkdtemp()) / "office.zgdb", "试验镇", "甲", _catalogue())
    names = [{"name": f"第{n}村", "kind": "村", "active": True} for n in range(1, villages + 1)]
    add(made, "village", *names)
    return made


class SpotCheckMachine(RuleBasedStateMachine):
    """Hazards are closed, drawn, checked, sent back and closed again through a year."""

    def __init__(self) -> None:
        super().__init__()
        self.township = new_office(3)
        self.township.working_day = date(2021, 6, 1)
        add(self.township, "department", {"name": "应急所", "active": True})
        add(self.township, "official", *({"name": name, "active": True} for name in ("李甲", "王乙")))
        self.count = 0
        self.hazards_are_closed(4)
        #: The draws as they were when they were made, what was noted of each, and what was sent back by it.
        self.made: list[KeptDraw] = []
        self.noted: dict[tuple[int, int], bool] = {}
        self.sent_back: set[int] = set()

    def teardown(self) -> None:
        self.township.close()

    @rule(count=st.integers(1, 5))
    def hazards_are_closed(self, count: int) -> None:
        day = self.township.today() - timedelta(days=30)
        given = {"field": "校园", "grade": "一般", "found_on": day, "due_on": day, "responsible": 1}
        rows = []
        for _each in range(count):
            self.count += 1
            row = {"village": self.count % 3 + 1, "place": f"第{self.count}处", "detail": f"事{self.count}"}
            rows.append({**given, **row, **dict.fromkeys(STEPS, day), "verifier": 2, "department": 1})
        add(self.township, "hazard", *rows)

    @rule(days=st.integers(1, 40))
    def time_passes(self, days: int) -> None:
        self.township.working_day = self.township.today() + timedelta(days=days)

    @rule(
        size=st.sampled_from(["2", "30%", "100%"]), seed=st.none() | st.integers(0, 999), again=st.booleans()
    )
    def a_draw_is_made(self, size: str, seed: int | None, again: bool) -> None:
        pool = spot_check.pool(self.township, "hazard", again=again)
        if not pool:
            return
        kept = spot_check.draw_items(self.township, "hazard", size, seed, again=again)
        drawn = {item.record for item in kept.items}
        assert drawn <= {item for items in pool.values() for item in items}
        assert not drawn & self.sent_back, "what is being rectified is not drawn"
        if self.made and not again:
            assert not drawn & {item.record for item in self.made[-1].items}, "not twice in a row"
        self.made.append(kept)

    @precondition(lambda self: self.made)
    @rule(passed=st.booleans(), chance=st.randoms(use_true_random=False))
    def a_result_is_noted(self, passed: bool, chance: Any) -> None:
        kept = self.made[-1]
        left = [each.record for each in kept.items if (kept.id, each.record) not in self.noted]
        if not left:
            return
        record = chance.choice(left)
        spot_check.note_result(self.township, kept.id, record, passed, words="" if passed else "又被占用")
        self.noted[kept.id, record] = passed
        if not passed:
            self.sent_back.add(record)

    @precondition(lambda self: self.sent_back)
    @rule()
    def one_is_rectified_and_closed_again(self) -> None:
        record, today = self.sent_back.pop(), self.township.today()
        photos = tuple(attach.add(self.township, f"{n}.txt", f"{record} {n}".encode()) for n in (1, 2))
        for wanted in (
            WantedStep(Deed.REPORT, today, "已改", evidence=photos),
            WantedStep(Deed.PASS, today, person=2),
            WantedStep(Deed.CLOSE, today),
        ):
            take_one(self.township, "hazard", record, wanted)

    @invariant()
    def every_draw_is_as_it_was_made_and_repeats(self) -> None:
        for kept in self.made:
            now = spot_check.one_draw(self.township, kept.id)
            assert (now.seed, now.size, now.pool, now.day) == (kept.seed, kept.size, kept.pool, kept.day)
            assert [each.record for each in now.items] == [each.record for each in kept.items]
            assert spot_check.repeats(now)
            found = {each.record: each.passed for each in now.items}
            assert found == {each.record: self.noted.get((kept.id, each.record)) for each in kept.items}

    @invariant()
    def what_failed_is_rectified_before_it_counts_as_closed(self) -> None:
        failed = {record for (_draw, record), passed in self.noted.items() if not passed}
        for record in failed:
            standing = course(self.township, "hazard", record).standing
            assert standing.state == (RECTIFYING if record in self.sent_back else DONE)
            assert (standing.closed_on is None) == (record in self.sent_back)

    @invariant()
    def the_rates_count_what_was_noted(self) -> None:
        for kept in self.made[-1:]:
            found = spot_check.rates(self.township, kept.id)
            noted = [passed for (draw, _record), passed in self.noted.items() if draw == kept.id]
            assert sum(rate.drawn for rate in found) == len(kept.items)
            assert (sum(r.checked for r in found), sum(r.passed for r in found)) == (len(noted), sum(noted))


SpotCheckMachine.TestCase.settings = SHORT
TestSpotCheckMachine = SpotCheckMachine.TestCase


class MonthsMachine(RuleBasedStateMachine):
    """Vaccinations are entered and deeds noted through a year; months are issued; the same rows give the same ranks."""

    KEY = "vaccination_ranking"

    def __init__(self) -> None:
        super().__init__()
        self.township = new_office(3)
        self.township.working_day = date(2021, 12, 31)
        goal = {"band": "18至59岁", "dose": "全程", "set_on": date(2021, 1, 4), "due_on": date(2021, 12, 31)}
        #: Every row as it was entered, for an office that has them in another order.
        self.rows: list[tuple[str, dict[str, Any]]] = [
            ("vaccination_target", {**goal, "village": n, "people": n * 400}) for n in (1, 2, 3)
        ]
        for ledger, row in self.rows:
            add(self.township, ledger, row)
        self.issued: dict[int, Month] = {}

    def teardown(self) -> None:
        self.township.close()

    @rule(village=st.integers(1, 3), month=st.integers(1, 12), people=st.integers(1, 120))
    def people_are_vaccinated(self, village: int, month: int, people: int) -> None:
        row = {"band": "18至59岁", "dose": "全程", "date": date(2021, month, 9), "people": people}
        self.rows.append(("vaccination_progress", {**row, "village": village}))
        add(self.township, *self.rows[-1])

    @rule(village=st.integers(1, 3), month=st.integers(1, 12), points=st.integers(1, 9), kind=st.booleans())
    def a_deed_is_noted(self, village: int, month: int, points: int, kind: bool) -> None:
        row = {
            "village": village,
            "ranking": "疫苗接种",
            "reason": "流动接种车进村",
            "points": Decimal(points),
        }
        row |= {"date": date(2021, month, 2), "kind": "加分" if kind else "扣分"}
        self.rows.append(("assessment_item", row))
        add(self.township, *self.rows[-1])

    @rule(month=st.integers(1, 11))
    def a_month_is_issued(self, month: int) -> None:
        number = 202100 + month
        live = month_ranking(self.township, self.KEY, number)
        if number in self.issued or not any(each.rank for each in live.marked):
            return
        self.issued[number] = issue_month(self.township, self.KEY, number)
        assert self.issued[number].marked == live.marked

    @invariant()
    def what_was_issued_stays(self) -> None:
        for number, month in self.issued.items():
            assert month_ranking(self.township, self.KEY, number) == month

    @invariant()
    def no_village_earns_more_than_there_is(self) -> None:
        found = month_ranking(self.township, self.KEY, 202112)
        whole = sum(item.scale.weight for item in found.items)
        for each in found.marked:
            assert each.total is None or -found.bonus <= each.total <= whole + found.bonus

    @rule(chance=st.randoms(use_true_random=False))
    def an_office_with_the_rows_in_another_order_ranks_alike(self, chance: Any) -> None:
        mixed = list(self.rows)
        chance.shuffle(mixed)
        other = new_office(3)
        other.working_day = self.township.today()
        for ledger, row in mixed:
            add(other, ledger, row)
        # Nothing of what was issued is known there: the last month is compared as the records tell it.
        months = [n for n in (202106, 202112) if n not in self.issued and n - 1 not in self.issued]
        for number in months:
            one, two = (month_ranking(each, self.KEY, number) for each in (self.township, other))
            assert one.marked == two.marked
        other.close()


MonthsMachine.TestCase.settings = SHORT
TestMonthsMachine = MonthsMachine.TestCase
