"""An item shared out among villages comes to its goal, shows who is behind, and can be shared out anew."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.fresh import fresh_township
from zhengui.figures.plan_pace import Light
from zhengui.services.entry.record import save
from zhengui.services.paper.schedule_sheet import save_sheet, target_sheet
from zhengui.services.plan import schedule_plan, share_ways
from zhengui.services.plan.report_progress import add_report
from zhengui.services.plan.target_schedule import (
    behind,
    spread_anew,
    take_back,
    target_curve,
    target_schedule,
)
from zhengui.services.plan.track_plan import Tracked, track_item
from zhengui.services.plan.village_curve import village_curve
from zhengui.services.township.township import Township
from zhengui.services.township.work_calendar import calendar_of, in_words, keep_notice
from zhengui.storage.problem import StorageProblem
from zhengui.storage.records import record as records

START = date(2020, 12, 31)
PEOPLE = {"青石村": 1200, "白沙村": 800, "柳湾村": 400}


@pytest.fixture
def township(tmp_path: Path) -> Iterator[Township]:
    """An invented office with three villages."""
    made = fresh_township(tmp_path / "invented.zgdb", "云岭镇", "李文娟")
    made.working_day = date(2021, 6, 30)
    save(made, "department", {"name": "农业站", "active": True})
    for name, people in PEOPLE.items():
        save(made, "village", {"name": name, "kind": "村", "active": True, "population": people})
    yield made
    made.close()


def item(township: Township, **values: object) -> Tracked:
    given = {
        "part": "民生",
        "plan_year": 2021,
        "wording": "新建高标准农田2400亩。",
        "department": 1,
        "due_on": date(2021, 12, 31),
        "status": "未开始",
        "operator": "至少",
        "target": Decimal(2400),
        "unit": "亩",
    }
    return track_item(township, save(township, "plan_item", {**given, **values}).id)


def test_shared_by_people_the_villages_come_to_the_goal(township: Township) -> None:
    shared = schedule_plan.draft(township, item(township), start=START)
    assert [part.goal for part in shared.parts] == [1200, 800, 400]
    assert all(sum(amount for _day, amount in part.steps) == part.goal for part in shared.parts)
    assert [day.month for day, _amount in shared.parts[0].steps] == list(range(1, 13))
    assert shared.id == 0
    assert shared.unit == "亩"


def test_days_that_the_office_has_off_get_no_work(township: Township) -> None:
    field = item(township)
    usual = schedule_plan.draft(township, field, start=START).parts[0].steps
    with pytest.raises(ValueError, match="没有读到"):
        keep_notice(township, 2021, "以后再填")
    assert "程序已有这一年的安排" in in_words(township, 2021)
    keep_notice(township, 2021, "3月1日至31日放假，1月2日上班")
    assert in_words(township, 2021) == "按填入的通知：放假 31 天，调休上班 1 天。"
    own = schedule_plan.draft(township, field, start=START).parts[0].steps
    assert own[2][1] == 0 < usual[2][1]
    assert sum(amount for _day, amount in own) == sum(amount for _day, amount in usual)
    add_report(township, field.id, date(2021, 6, 30), value=Decimal(900))
    field = track_item(township, field.id)
    assert field.course is not None
    assert field.course.calendar == calendar_of(township)
    keep_notice(township, 2021, "")
    assert schedule_plan.draft(township, field, start=START).parts[0].steps == usual


def test_whoever_is_behind_is_named_the_worst_first(township: Township) -> None:
    field = item(township)
    schedule_plan.keep(township, schedule_plan.draft(township, field, start=START))
    for village, value in ((1, 700), (2, 370), (3, 40)):
        add_report(township, field.id, date(2021, 6, 30), value=Decimal(value), village=village)
    field = track_item(township, field.id)
    held = schedule_plan.current(township, field)
    assert field.value == 1110
    assert held is not None
    assert [part.light for part in held.parts] == [Light.ON_TIME, Light.NEAR, Light.BEHIND]
    assert [part.village.name for part in schedule_plan.behind(held)] == ["柳湾村", "白沙村"]
    assert field.shared


def test_shared_out_anew_what_is_left_is_due_from_today(township: Township) -> None:
    field = item(township)
    schedule_plan.keep(township, schedule_plan.draft(township, field, start=START))
    add_report(township, field.id, date(2021, 6, 30), value=Decimal(900), village=1)
    field = track_item(township, field.id)
    own = schedule_plan.reallocate(township, field)
    assert own.start == date(2021, 6, 30)
    assert [part.goal for part in own.parts] == [1200, 800, 400]
    assert [sum(a for _d, a in part.steps) for part in own.parts] == [300, 800, 400]
    assert all(part.due == part.done for part in own.parts)
    again = schedule_plan.reallocate(township, field, own_goals=False, by="equal")
    assert [part.goal for part in again.parts] == [1400, 500, 500]
    kept = schedule_plan.keep(township, again)
    assert schedule_plan.current(township, field).goal == 2400
    schedule_plan.take_back(township, kept)
    assert [part.goal for part in schedule_plan.current(township, field).parts] == [1200, 800, 400]


def test_own_numbers_leave_out_who_has_none(township: Township) -> None:
    shared = schedule_plan.draft(
        township, item(township), by="own", own={1: Decimal(3), 3: Decimal(1)}, step=schedule_plan.WEEK
    )
    assert [(part.village.name, part.goal) for part in shared.parts] == [("青石村", 1800), ("柳湾村", 600)]
    assert shared.start == date(2021, 6, 30)


def test_of_a_share_each_village_reaches_the_same_share(township: Township) -> None:
    rate = next(
        key for key, each in township.catalogue.indicators.items() if each.over and "加强" in each.title
    )
    for village, people in ((1, 1000), (2, 500), (3, 101)):
        common = {"village": village, "band": "18至59岁", "dose": "加强"}
        save(
            township,
            "vaccination_target",
            {**common, "people": people, "set_on": date(2021, 5, 1), "due_on": date(2021, 9, 30)},
        )
        save(township, "vaccination_progress", {**common, "date": date(2021, 6, 15), "people": 100})
    booster = item(
        township, target=Decimal(80), unit="%", indicator=rate, due_on=date(2021, 9, 30), wording="接种。"
    )
    shared = schedule_plan.draft(township, booster)
    assert [part.goal for part in shared.parts] == [800, 400, 81]
    assert [part.done for part in shared.parts] == [100, 100, 100]
    assert shared.unit == "人"
    assert [part.light for part in shared.parts] == [Light.ON_TIME, Light.ON_TIME, Light.DONE]
    assert share_ways.by_records(township, booster)


def test_what_has_no_goal_can_t_be_shared_out(township: Township) -> None:
    with pytest.raises(StorageProblem, match="目标"):
        schedule_plan.draft(township, item(township, operator=None, target=None, unit=None))
    with pytest.raises(StorageProblem, match="户数"):
        schedule_plan.draft(township, item(township, wording="再建一处。"), by="households")


def test_a_rate_is_never_divided(township: Township) -> None:
    insured = item(township, target=Decimal(97), unit="%", wording="参保率达到97%。")
    shared = schedule_plan.draft(township, insured, by="equal", start=START)
    assert shared.by == share_ways.RATE
    assert {part.village.name: (part.goal, part.weight) for part in shared.parts} == {
        "青石村": (97, 1200),
        "白沙村": (97, 800),
        "柳湾村": (97, 400),
    }
    assert shared.goal == 97
    assert all(sum(amount for _day, amount in part.steps) == 97 for part in shared.parts)
    schedule_plan.keep(township, shared)
    for village, rate in ((1, 100), (2, 80), (3, 50)):
        add_report(township, insured.id, date(2021, 6, 30), value=Decimal(rate), village=village)
    again = track_item(township, insured.id)
    held = schedule_plan.current(township, again)
    assert held is not None
    assert held.done == again.value == (1200 * 100 + 800 * 80 + 400 * 50) / Decimal(2400)
    anew = schedule_plan.reallocate(township, again, own_goals=False, by="equal")
    assert {part.goal for part in anew.parts} == {97, 100}
    assert share_ways.by_words(township, anew.by) == "各村（居）同一比率"


def test_villages_are_weighed_by_an_indicator(township: Township) -> None:
    for village, yuan in ((1, 10_000), (2, 30_000)):
        income = {"kind": "光伏", "date": date(2021, 2, 1), "amount": yuan * 100}
        save(township, "collective_income", {"village": village, **income})
    weighable = {each.key: each.title for each in share_ways.weighable(township, 2021)}
    assert "collective_total" in weighable
    shared = schedule_plan.draft(township, item(township), by="indicator:collective_total", start=START)
    assert [(part.village.name, part.goal) for part in shared.parts] == [("青石村", 600), ("白沙村", 1800)]
    assert share_ways.by_words(township, shared.by) == f"按{weighable['collective_total']}"


def test_a_village_is_told_how_far_it_lags_and_what_a_day_takes(township: Township) -> None:
    field = item(township)
    schedule_plan.keep(township, schedule_plan.draft(township, field, start=START))
    add_report(township, field.id, date(2021, 6, 30), value=Decimal(100), village=1)
    held = schedule_plan.current(township, track_item(township, field.id))
    assert held is not None
    first = held.parts[0]
    calendar = calendar_of(township)
    assert 0 < first.behind <= calendar.working_days(START, date(2021, 6, 30))
    assert first.daily is not None
    left = calendar.working_days(date(2021, 6, 30), date(2021, 12, 31))
    assert first.daily * left >= first.goal - 100 > (first.daily - 1) * left


def test_targets_are_worked_back_from_their_own_due_days(township: Township, tmp_path: Path) -> None:
    for village, people in ((1, 1000), (2, 500)):
        common = {"village": village, "band": "18至59岁", "dose": "全程"}
        span = {"set_on": date(2021, 3, 22), "due_on": date(2021, 10, 31)}
        save(township, "vaccination_target", {**common, "people": people, **span})
        save(township, "vaccination_progress", {**common, "date": date(2021, 6, 15), "people": 450})
    slow, quick = target_schedule(township)
    assert (slow.name, slow.what, slow.pace.done) == ("青石村", "18至59岁 全程", 450)
    assert slow.pace.behind == 0 or slow.pace.missing > 0
    assert quick.pace.behind == 0
    assert [line.village for line in target_schedule(township, [2])] == [2]
    with township.reading() as reading:
        document = target_sheet(reading, [slow, quick])
        # Each village has its targets and, under them, what is left of them month by month.
        assert save_sheet(reading, document, tmp_path / "sheet.pdf") == 2
    assert document.text().count("余下的人数按工作日排到各自的期限") == 1
    assert "青石村" in document.text()


def answered(township: Township, village: int, late: int, in_time: int) -> None:
    """Petitions of a village that were answered after their day, and in time."""
    for place in range(late + in_time):
        due, closed = date(2021, 3, 31), date(2021, 4, 20) if place < late else date(2021, 3, 20)
        given = {"village": village, "received_on": date(2021, 2, 1), "matter": f"第{place}件"}
        row = {**given, "level": "镇级", "due_on": due, "closed_on": closed}
        with township.database.writing() as conn:
            records.insert(conn, township.tables, "petition", row, "李文娟")


def test_a_level_is_the_same_for_every_village_and_never_climbs(township: Township) -> None:
    answered(township, 1, late=3, in_time=7)
    answered(township, 2, late=0, in_time=4)
    level = item(township, target=Decimal(90), unit="%", indicator="petition_on_time", wording="按期答复。")
    assert not level.goal.grows  # type: ignore[union-attr]
    schedule_plan.keep(township, schedule_plan.draft(township, level, by="equal"))
    held = schedule_plan.current(township, track_item(township, level.id))
    assert held is not None
    assert (held.by, held.unit, held.heads) == (share_ways.LEVEL, "%", "件")
    assert [(part.goal, part.weight, part.done, part.due) for part in held.parts] == [
        (90, 10, 70, 90),
        (90, 4, 100, 90),
        (90, 0, 0, 0),  # nothing was to be answered there, so nothing is lacking
    ]
    assert [part.light for part in held.parts] == [Light.BEHIND, Light.DONE, Light.ON_TIME]
    assert held.goal == 90
    assert held.done == level.value
    assert held.parts[0].steps == ()
    first = village_curve(township, level, held, 1)
    assert {value for _day, value in first.planned} == {90}
    assert first.actual[-1] == (date(2021, 6, 30), 70)
    assert schedule_plan.reallocate(township, level).by == share_ways.LEVEL
    assert share_ways.by_words(township, held.by) == "各村（居）同一比率"


def test_a_curve_tells_what_a_village_should_have_done_and_did(township: Township) -> None:
    field = item(township)
    schedule_plan.keep(township, schedule_plan.draft(township, field, start=START))
    for month, value in ((2, 150), (5, 420)):
        add_report(township, field.id, date(2021, month, 10), value=Decimal(value), village=1)
    field = track_item(township, field.id)
    held = schedule_plan.current(township, field)
    assert held is not None
    found = village_curve(township, field, held, 1)
    assert found.planned[0] == (START, 0)
    assert found.planned[-1] == (date(2021, 12, 31), 1200)
    assert dict(found.actual)[date(2021, 2, 10)] == 150
    assert found.actual[-1] == (date(2021, 6, 30), held.parts[0].done) == (date(2021, 6, 30), 420)
    assert village_curve(township, field, held, 99).planned == ()


def test_what_is_left_of_a_target_is_spread_anew_and_taken_back(township: Township) -> None:
    common = {"village": 1, "band": "18至59岁", "dose": "全程"}
    span = {"set_on": date(2021, 3, 22), "due_on": date(2021, 10, 31)}
    target = save(township, "vaccination_target", {**common, "people": 1000, **span}).id
    save(township, "vaccination_progress", {**common, "date": date(2021, 6, 15), "people": 120})
    (before,) = behind(target_schedule(township))
    assert sum(amount for _day, amount in before.steps) == 880
    curve = target_curve(township, target)
    assert curve.planned[-1] == (date(2021, 10, 31), 1000)
    assert curve.actual[-2:] == ((date(2021, 6, 15), 120), (date(2021, 6, 30), 120))
    begun = spread_anew(township, [target])
    (anew,) = target_schedule(township)
    assert (anew.start, anew.base, anew.pace.behind, anew.pace.expected) == (date(2021, 6, 30), 120, 0, 120)
    assert anew.steps == before.steps
    # Before that day the target stood as it did.
    assert target_schedule(township, on=date(2021, 6, 29))[0].start == before.start
    township.working_day = date(2021, 7, 30)
    (late,) = target_schedule(township)
    assert late.pace.behind == calendar_of(township).working_days(date(2021, 6, 30), date(2021, 7, 30))
    assert target_curve(township, target).planned[0] == (date(2021, 6, 30), 120)
    take_back(township, begun)
    assert target_schedule(township)[0].start == before.start
    with pytest.raises(StorageProblem, match="没有可以重新分配的"):
        spread_anew(township, [])
