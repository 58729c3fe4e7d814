"""Three years in one run: a plan is made, reported on, settled and carried over, and the next one grows out of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.services.drafts import new_document
from zhengui.figures.period import year as whole_year
from zhengui.figures.plan_pace import Light
from zhengui.services.document.edit_document import find_documents, open_document, set_text
from zhengui.services.entry.record import Mistakes, delete, load, save
from zhengui.services.paper.plan_sheet import document_of, quarter_sheet, save_pdf, save_workbook, year_sheet
from zhengui.services.plan.carry_over import origin_chain, review, settle, take_back, unsettled
from zhengui.services.plan.propose_plan import (
    OPEN,
    TREND,
    UNFINISHED,
    YEARLY,
    accept,
    propose,
    propose_again,
    set_aside,
)
from zhengui.services.plan.report_progress import add_report, bring_back_report, remove_report, reports_of
from zhengui.services.plan.tell_plan import sentence, tell
from zhengui.services.plan.track_plan import track, track_item
from zhengui.services.township.township import Township, create_township
from zhengui.services.township.working_year import working_year
from zhengui.services.whole.open_next_year import close_next_year, may_open, open_next_year
from zhengui.storage.problem import StorageProblem

LIVELIHOOD, ECOLOGY = "民生", "生态宜居"


@pytest.fixture
def township(tmp_path: Path) -> Iterator[Township]:
    """An invented office with two villages and some toilets a year."""
    made = create_township(tmp_path / "invented.zgdb", "云岭镇", "李文娟")
    made.working_day = date(2019, 12, 31)
    save(made, "department", {"name": "城建办", "active": True})
    for name, people in (("青石村", 1200), ("白沙村", 800)):
        save(made, "village", {"name": name, "kind": "村", "active": True, "population": people})
    yield made
    made.close()


def item(township: Township, year: int, wording: str, **values: object) -> int:
    given = {
        "part": ECOLOGY,
        "plan_year": year,
        "wording": wording,
        "department": 1,
        "due_on": date(year, 12, 31),
        "status": "未开始",
    }
    return save(township, "plan_item", {**given, **values}).id


def problem_toilet(township: Township, found: date, **values: object) -> int:
    household = save(
        township, "household", {"village": 1, "head": f"张大{found:%m%d}", "members": 3, "active": True}
    ).id
    given = {"household": household, "problem": "渗漏", "found_on": found}
    return save(township, "toilet_problem", {**given, **values}).id


def raise_money(township: Township, day: date, yuan: int, village: int = 1) -> None:
    township.working_day = max(day, township.today())
    save(township, "fund_raising", {"village": village, "date": day, "amount": yuan * 100})


def test_three_years_of_plan_progress_and_carrying_over(township: Township, tmp_path: Path) -> None:
    for year, yuan in ((2017, 80_000), (2018, 90_000), (2019, 100_000)):
        township.working_day = date(2019, 12, 31)
        save(township, "fund_raising", {"village": 1, "date": date(year, 5, 1), "amount": yuan * 100})
    goal = {"operator": "比上年增加", "target": Decimal(10), "unit": "%", "indicator": "funds_raised"}
    key = next(
        k
        for k, i in township.catalogue.indicators.items()
        if i.measure and i.measure.ledger == "fund_raising"
    )
    money = item(township, 2020, "群众筹资比上年增加10%。", **{**goal, "indicator": key})
    road = item(
        township,
        2020,
        "新改建农村公路18公里。",
        operator="至少",
        target=Decimal(18),
        unit="公里",
        part=LIVELIHOOD,
    )
    quiet = item(township, 2020, "做好秸秆禁烧。")

    assert may_open(township) == ""
    opened = open_next_year(township)
    assert (opened.year, opened.plan_items, opened.unsettled) == (2020, 3, 0)
    assert working_year(township) == 2020

    raise_money(township, date(2020, 6, 1), 60_000)
    assert track_item(township, money).goal is not None
    assert track_item(township, money).value == 6
    township.working_day = date(2020, 8, 31)
    add_report(township, road, date(2020, 8, 31), "路基完成", Decimal(9))
    assert "开启" in may_open(township)
    with pytest.raises(StorageProblem):
        open_next_year(township)

    raise_money(township, date(2020, 12, 1), 55_000, village=2)
    township.working_day = date(2020, 12, 31)
    save(township, "plan_item", {"status": "已完成", "done_on": date(2020, 12, 20)}, quiet)
    lights = {each.id: each.light for each in track(township, 2020)}
    assert lights == {money: Light.DONE, road: Light.BEHIND, quiet: Light.DONE}

    [missed] = unsettled(township, 2020)
    assert missed.item.id == road
    assert missed.words == "至少 18 公里，实际 9 公里，差 9 公里"
    with pytest.raises(Mistakes, match="原因"):
        settle(township, missed, carry=True)
    settled = settle(township, missed, "征地进度慢", carry=True)
    assert settled.carried is not None
    assert load(township, "plan_item", road)[0]["status"] == "结转下年"
    carried = load(township, "plan_item", settled.carried)[0]
    assert (carried["plan_year"], carried["due_on"], carried["origin"]) == (
        2021,
        date(2021, 12, 31),
        "上年结转",
    )
    assert unsettled(township, 2020) == []
    sheet = year_sheet(township, 2020)
    assert "其中结转下年 1 项" in sheet.lead

    problem_toilet(township, date(2020, 10, 8))
    made = {each.kind: each for each in propose(township, 2021)}
    assert UNFINISHED not in made
    assert made[OPEN].values["target"] == 1
    assert made[YEARLY].wording == "做好秸秆禁烧。"
    assert made[TREND].values["target"] > Decimal("11.5")
    taken = accept(township, made[TREND], 2021)
    set_aside(township, made[YEARLY], 2021)
    states = {each.key: (each.item, each.aside) for each in propose(township, 2021)}
    assert states[made[TREND].key] == (taken, False)
    assert states[made[YEARLY].key] == (None, True)
    propose_again(township, made[YEARLY], 2021)
    delete(township, "plan_item", [taken])
    states = {each.key: (each.item, each.aside) for each in propose(township, 2021)}
    assert states[made[TREND].key] == states[made[YEARLY].key] == (None, False)

    assert open_next_year(township).year == 2021
    township.working_day = date(2021, 12, 31)
    add_report(township, settled.carried, date(2021, 11, 30), "主体完工", Decimal(12))
    again = next(each for each in review(township, 2021) if each.item.id == settled.carried)
    third = settle(township, again, "连续阴雨", carry=True)
    assert third.carried is not None
    assert origin_chain(township, third.carried) == [(2021, settled.carried), (2020, road)]
    assert load(township, "plan_item", third.carried)[0]["plan_year"] == 2022


def test_settling_is_taken_back_whole(township: Township) -> None:
    road = item(township, 2020, "新改建农村公路。", operator="至少", target=Decimal(18), unit="公里")
    township.working_day = date(2020, 12, 31)
    before = load(township, "plan_item", road)[0]
    [missed] = review(township, 2020)
    settled = settle(township, missed, "征地进度慢", carry=True)
    take_back(township, settled)
    assert load(township, "plan_item", road)[0] == before
    assert track(township, 2021) == []
    assert len(unsettled(township, 2020)) == 1


def test_an_item_that_the_next_plan_has_is_linked_and_not_doubled(township: Township) -> None:
    item(township, 2020, "修桥。")
    there = item(township, 2021, "修桥。")
    township.working_day = date(2020, 12, 31)
    [missed] = review(township, 2020)
    settled = settle(township, missed, "汛期停工", carry=True)
    assert settled.carried == there
    take_back(township, settled)
    assert [each.id for each in track(township, 2021)] == [there]


def test_corrected_and_removed_reports_stay_in_the_history(township: Township) -> None:
    road = item(township, 2020, "修路。", operator="至少", target=Decimal(18), unit="公里")
    township.working_day = date(2020, 6, 30)
    first = add_report(township, road, date(2020, 5, 1), "五公里", Decimal(5))
    second = add_report(township, road, date(2020, 5, 1), "四公里", Decimal(4), replaces=first)
    assert track_item(township, road).value == 4
    assert load(township, "plan_item", road)[0]["status"] == "进行中"
    remove_report(township, second)
    assert track_item(township, road).value is None
    told = reports_of(township, road)
    assert [(each.id, each.value, each.replaces, each.removed_at is None) for each in told] == [
        (second, 4, first, False),
        (first, 5, None, False),
    ]
    bring_back_report(township, second)
    assert track_item(township, road).value == 4
    with pytest.raises(StorageProblem):
        remove_report(township, first)
    with pytest.raises(StorageProblem):
        add_report(township, road, date(2020, 7, 1), "明天的事")
    with pytest.raises(StorageProblem):
        add_report(township, road, date(2020, 6, 1), "  ")


def test_nobody_knows_what_nobody_reported(township: Township) -> None:
    road = item(township, 2020, "修路。", operator="至少", target=Decimal(18), unit="公里")
    township.working_day = date(2020, 6, 30)
    unknown = track_item(township, road)
    assert (unknown.light, unknown.value) == (Light.NEAR, None)
    assert tell(township, unknown).state == "未知"
    assert "登记进展" in sentence(unknown)


def test_the_sheet_tells_the_plan_as_it_was_at_the_quarter_s_end(township: Township, tmp_path: Path) -> None:
    road = item(township, 2020, "修路。", operator="至少", target=Decimal(18), unit="公里")
    township.working_day = date(2020, 12, 31)
    add_report(township, road, date(2020, 3, 20), "开工", Decimal(2))
    add_report(township, road, date(2020, 9, 20), "过半", Decimal(10))
    first, third = quarter_sheet(township, 2020, 1), quarter_sheet(township, 2020, 3)
    assert (first.on, third.on) == (date(2020, 3, 31), date(2020, 9, 30))
    assert "现 2 公里" in first.parts[0][1][0][5]
    assert third.parts[0][1][0][-1] == "9月20日：过半"
    paper = document_of(township, third)
    assert paper.title_text == "云岭镇2020年工作计划三季度进度情况"
    assert paper.text().endswith("全年计划1项：临近1。") or "全年计划1项" in paper.text()
    # The table goes across the page, so it is attached: the signature stands upright under the text.
    assert [each.title for each in paper.attachments] == ["2020年工作计划三季度进度表"]
    assert save_pdf(township, third, tmp_path / "sheet.pdf") >= 1
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    assert save_workbook(third, tmp_path / "sheet.xlsx") == 1


def test_the_new_year_begins_with_last_year_s_words(township: Township) -> None:
    old = new_document(township, whole_year(2019))
    first = next(part for part in open_document(township, old).parts if part.kind == "paragraph")
    set_text(township, old, first.id, "今年的开头。")
    turned = open_next_year(township)
    parts = open_document(township, turned.document).parts
    same = next(part for part in parts if part.key == first.key)
    assert same.text == "今年的开头。"
    assert all(part.rethink == (part.kind == "paragraph") for part in parts)
    assert [part.key for part in parts] == [part.key for part in open_document(township, old).parts]
    assert find_documents(township, whole_year(2020))[0].based_on == old
    assert close_next_year(township) == 2019
    assert open_next_year(township).new_document is False
