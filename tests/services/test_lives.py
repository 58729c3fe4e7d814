"""Villages and people live in years: what was counted of a year stays, whoever is retired, merged or ended later."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.fresh import fresh_township
from zhengui.catalogue.load import load_catalogue
from zhengui.figures.period import Period, half, month, year
from zhengui.reports.document import Table
from zhengui.services.counting.compute_figures import compute
from zhengui.services.counting.entered_values import enter, entered_values
from zhengui.services.counting.judge_claims import judge_all
from zhengui.services.entry import referring
from zhengui.services.entry.record import Mistakes, check, delete, load, save
from zhengui.services.entry.referring import StillReferredTo
from zhengui.services.paper.compose_attachments import attachments_of
from zhengui.services.returns.report_month import mark
from zhengui.services.returns.report_status import (
    missing_reports,
    report_status,
    set_start_month,
    start_month,
)
from zhengui.services.township.township import Township
from zhengui.services.watch.rank_villages import rank_villages

CATALOGUE = load_catalogue()
VILLAGE = {"kind": "村", "active": True}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Township]:
    township = fresh_township(tmp_path / "office.zgdb", "试验镇", "甲", CATALOGUE)
    township.working_day = date(2022, 3, 1)
    for name in ("白沙村", "青石村", "云门村"):
        save(township, "village", {"name": name} | VILLAGE)
    yield township
    township.close()


def everybody_reports(
    office: Township, ledger: str, number: int, villages: tuple[int, ...] = (1, 2, 3)
) -> None:
    for each in range(1, 13):
        mark(office, ledger, villages, number * 100 + each, zero=True)


def change(office: Township, ledger: str, record: int, **values: object) -> None:
    held, version = load(office, ledger, record)
    save(office, ledger, held | values, record, version)


def test_a_retired_village_changes_no_earlier_year(office: Township) -> None:
    everybody_reports(office, "accident", 2021)
    keys = ["accidents", "work_accidents"]
    before = compute(office, year(2021), (), keys), judge_all(office, year(2021), (), ["no_accident"])
    assert before[0]["accidents"].value == 0
    assert before[1]["no_accident"].state == "holds"
    change(office, "village", 3, until_on=date(2021, 12, 31), active=False, merged_into=1)
    after = compute(office, year(2021), (), keys), judge_all(office, year(2021), (), ["no_accident"])
    assert after == before
    assert [row.name for row in report_status(office, "accident", 2021).rows] == [
        "白沙村",
        "青石村",
        "云门村",
    ]
    assert [row.name for row in report_status(office, "accident", 2022).rows] == ["白沙村", "青石村"]
    everybody_reports(office, "accident", 2022, (1, 2))
    assert judge_all(office, year(2022), (), ["no_accident"])["no_accident"].state == "holds"


def test_a_village_owes_the_months_on_whose_last_day_it_was_there(office: Township) -> None:
    change(office, "village", 3, until_on=date(2021, 6, 15), active=False)
    change(office, "village", 2, from_on=date(2021, 3, 10))
    rows = {
        row.name: [cell.state for cell in row.cells] for row in report_status(office, "letter", 2021).rows
    }
    assert rows["云门村"] == ["missing"] * 5 + ["not_owed"] * 7
    assert rows["青石村"] == ["not_owed"] * 2 + ["missing"] * 10
    for each in range(1, 13):
        mark(office, "letter", [1], 202100 + each, zero=True)
    assert compute(office, month(2021, 7), (1, 3), ["letters"])["letters"].value == 0
    assert compute(office, month(2021, 5), (1, 3), ["letters"])["letters"].value is None
    assert missing_reports(office, "letter", (202102,)) == [("云门村", [202102])]


def test_covers_ask_for_the_villages_of_the_period(office: Township) -> None:
    save(
        office,
        "safety_officer",
        {"level": "镇", "unit": "应急所", "person": "周一", **since()},
    )
    for village in (1, 2):
        save(
            office,
            "safety_officer",
            {"level": "村", "village": village, "person": f"周{village}甲", **since()},
        )
    told = judge_all(office, year(2021), (), ["supervision_complete"])["supervision_complete"]
    assert (told.state, told.count) == ("fails", 1)
    change(office, "village", 3, until_on=date(2021, 6, 30), active=False)
    assert (
        judge_all(office, year(2021), (), ["supervision_complete"])["supervision_complete"].state == "holds"
    )
    assert (
        judge_all(office, half(2021, 1), (), ["supervision_complete"])["supervision_complete"].state
        == "fails"
    )


def test_a_village_owes_only_its_own_officers(office: Township) -> None:
    firm = save(office, "enterprise", {"name": "云门建材厂", "village": 1, "listed": True, "active": True}).id
    person = "周三"
    save(office, "safety_officer", {"level": "企业", "enterprise": firm, "person": person, **since()})
    save(office, "safety_officer", {"level": "村", "village": 1, "person": person, **since()})
    told = judge_all(office, year(2021), (1,), ["supervision_complete"])["supervision_complete"]
    assert told.state == "holds", "the firm's officer counts, the township's own isn't asked of a village"


def since() -> dict[str, object]:
    return {"from_on": date(2020, 1, 1)}


def test_posts_in_two_records_are_one_person_s(office: Township) -> None:
    for village in (1, 2, 3):
        person = save(office, "person", {"name": f"李{village}", "sex": "男"}).id
        for post in ("书记", "主任"):
            day = date(2021, 1, 8 if post == "书记" else 9)
            values = {"person": person, "village": village, "posts": (post,), "elected_on": day}
            save(office, "committee_member", values)
    assert judge_all(office, year(2021), (), ["one_shoulder"])["one_shoulder"].state == "holds"
    figures = compute(office, year(2021), (), ["committee_people", "committee_women_share"])
    assert figures["committee_people"].value == 3
    woman = save(office, "person", {"name": "王丽", "sex": "女"}).id
    save(
        office,
        "committee_member",
        {"person": woman, "village": 1, "posts": ("其他",), "elected_on": date(2021, 1, 8)},
    )
    assert compute(office, year(2021), (), ["committee_women_share"])["committee_women_share"].value == 25


def test_a_past_year_counts_who_was_a_member_then(office: Township) -> None:
    def members(period: Period, villages: tuple[int, ...] = ()) -> object:
        return compute(office, period, villages, ["party_members"])["party_members"].value

    for village in (1, 2):
        branch = {"name": f"第{village}支部", "kind": "村（居）", "village": village, "members": 90}
        save(office, "party_branch", branch | {"founded_on": date(2000, 7, 1)})
    assert members(year(2021)) is None, "what a branch counts today says nothing of a year"
    people = [save(office, "person", {"name": f"李{n}", "sex": "男"}).id for n in range(5)]
    spans = (
        (date(1999, 7, 1), None, None),  # always
        (date(1999, 7, 1), date(2020, 12, 31), "去世"),  # to the last day of 2020, which belongs to it
        (date(1999, 7, 1), date(2021, 3, 1), "转出"),
        (date(2021, 6, 30), None, None),  # joined in 2021
        (date(2020, 5, 1), None, None),  # came in 2020
    )
    for person, (begun, left, why) in zip(people, spans, strict=True):
        row = {"person": person, "branch": "第1支部", "village": 1, "joined_on": min(begun, date(2010, 7, 1))}
        save(office, "party_member", row | {"from_on": begun, "left_on": left, "left_as": why})
    moved = {"person": people[0], "branch": "第2支部", "village": 2, "joined_on": date(1999, 7, 1)}
    save(office, "party_member", moved | {"from_on": date(2021, 9, 1)})
    assert [members(year(n)) for n in (2019, 2020, 2021)] == [3, 4, 3]
    assert members(Period(date(2021, 1, 1), date(2021, 3, 1))) == 3
    assert [members(year(n), (1,)) for n in (2019, 2020, 2021)] == [3, 4, 2]
    assert members(year(2021), (2,)) == 1, "who moved within the township is counted where he is, and once"
    first = load(office, "party_member", 1)[0]
    assert first["left_on"] == date(2021, 8, 31), "the branch that he came from lets him go the day before"


def test_a_firm_is_asked_for_its_officer_in_the_years_in_which_it_was_listed(office: Township) -> None:
    firm = save(office, "enterprise", {"name": "云门建材厂", "village": 1, "listed": True, "active": True}).id
    save(office, "safety_officer", {"level": "镇", "unit": "应急所", "person": "周一", **since()})
    for village in (1, 2, 3):
        person = {"level": "村", "village": village, "person": f"周{village}甲"}
        save(office, "safety_officer", {**person, **since()})

    def told(number: int) -> str:
        return judge_all(office, year(number), (), ["supervision_complete"])["supervision_complete"].state

    assert [told(2020), told(2021)] == ["fails", "fails"]
    change(office, "enterprise", firm, listed_from_on=date(2021, 4, 1))
    assert [told(2020), told(2021)] == ["holds", "fails"]
    change(office, "enterprise", firm, listed=False, listed_until_on=date(2021, 12, 31))
    assert [told(2020), told(2021)] == ["holds", "fails"], (
        "no longer listed since, it was so to the year's last day"
    )


def household(office: Township, head: str, village: int = 1) -> int:
    return save(office, "household", {"village": village, "head": head, "members": 3, "active": True}).id


def test_a_household_is_in_one_class_at_a_time(office: Township) -> None:
    home = household(office, "赵一")
    first = {"household": home, "class": "脱贫户", "from_on": date(2020, 1, 1), "members": 3}
    old = save(office, "monitored_household", first).id
    second = first | {"class": "脱贫不稳定户", "from_on": date(2021, 5, 1)}
    (remark,) = check(office, "monitored_household", second)
    assert remark.severity == "check"
    save(office, "monitored_household", second)
    assert load(office, "monitored_household", old)[0]["released_on"] == date(2021, 4, 30)
    with pytest.raises(Mistakes, match="只能按一个类别在册"):
        save(office, "monitored_household", first | {"class": "边缘易致贫户", "from_on": date(2020, 6, 1)})
    closed = {"class": "边缘易致贫户", "from_on": date(2019, 6, 1), "released_on": date(2020, 1, 1)}
    with pytest.raises(Mistakes, match="只能按一个类别在册"):
        save(office, "monitored_household", first | closed)
    keys = ["monitored_relieved", "contact_households"]
    assert compute(office, year(2021), (), keys)["monitored_relieved"].value == 1
    assert compute(office, year(2020), (), keys)["monitored_relieved"].value == 0


def test_a_claim_counts_households_not_their_problems(office: Township) -> None:
    home = household(office, "钱二")
    for problem in ("渗漏", "管道堵塞"):
        values = {"household": home, "found_on": date(2021, 3, 1)}
        save(office, "toilet_problem", values | {"problem": problem})
    told = judge_all(office, year(2021), (), ["toilets_rectified"])["toilets_rectified"]
    assert (told.state, told.count) == ("fails", 1)
    assert "还有1户" in told.sentence
    assert compute(office, year(2022), (), ["problem_toilets"])["problem_toilets"].value == 1, "found by then"


def test_where_there_was_nothing_the_sentence_praises_nobody(office: Township) -> None:
    everybody_reports(office, "toilet_problem", 2021)
    told = judge_all(office, year(2021), (), ["toilets_rectified"])["toilets_rectified"]
    assert (told.state, told.sentence) == ("nothing", "经排查，没有发现问题厕所")


def test_drowning_is_no_work_accident(office: Township) -> None:
    everybody_reports(office, "accident", 2021)
    drowned = {"date": date(2021, 7, 3), "village": 1, "kind": "溺水", "grade": "一般", "place": "青石水库"}
    save(office, "accident", drowned)
    assert judge_all(office, year(2021), (), ["no_accident"])["no_accident"].state == "holds"
    figures = compute(office, year(2021), (), ["accidents", "work_accidents", "other_accidents"])
    assert {key: figure.value for key, figure in figures.items()} == {
        "accidents": 1,
        "work_accidents": 0,
        "other_accidents": 1,
    }


def test_what_others_refer_to_is_ended_or_merged_not_deleted(office: Township) -> None:
    twin = save(office, "village", {"name": "白沙"} | VILLAGE).id
    home = household(office, "孙三", twin)
    mark(office, "letter", [twin, 1], 202101, zero=True)
    mark(office, "letter", [twin], 202102, zero=True)
    for village, value in ((twin, 30), (1, 40)):
        enter(office, "refuse", 2019 + village % 2, Decimal(value), "台账", village=village)
    enter(office, "refuse", 2018, Decimal(5), "台账", village=twin)
    with pytest.raises(StillReferredTo, match="农户 1 条"):
        delete(office, "village", [twin])
    merged = referring.merge(office, "village", twin, 1)
    assert merged.count == 1
    assert load(office, "household", home)[0]["village"] == 1
    assert compute(office, month(2021, 2), (1,), ["letters"])["letters"].value == 0
    assert [(each.year, each.village, each.value) for each in entered_values(office)] == [
        (2018, 1, 5),
        (2019, 1, 30),
        (2020, 1, 40),
    ], "what was entered of earlier years"
    referring.take_back_merge(office, merged)
    assert {(each.year, each.village) for each in entered_values(office)} == {
        (2018, twin),
        (2019, twin),
        (2020, 1),
    }
    assert load(office, "household", home)[0]["village"] == twin
    assert compute(office, month(2021, 2), (1,), ["letters"])["letters"].value is None
    assert compute(office, month(2021, 1), (1, twin), ["letters"])["letters"].value == 0
    ended = referring.end(office, "village", twin, date(2021, 6, 30))
    assert load(office, "village", twin)[0]["active"] is False
    referring.take_back_end(office, ended)
    assert load(office, "village", twin)[0]["until_on"] is None
    delete(office, "village", [2])


def test_reports_are_owed_from_a_month_on(office: Township) -> None:
    set_start_month(office, 202103)
    assert {cell.state for row in report_status(office, "letter", 2020).rows for cell in row.cells} == {
        "not_owed"
    }
    states = [cell.state for cell in report_status(office, "letter", 2021).rows[0].cells]
    assert states == ["not_owed"] * 2 + ["missing"] * 10
    for each in range(3, 13):
        mark(office, "letter", [1, 2, 3], 202100 + each, zero=True)
    assert compute(office, year(2021), (), ["letters"])["letters"].value == 0
    assert compute(office, year(2020), (), ["letters"])["letters"].value is None, "nobody owed anything"
    area = CATALOGUE.ledgers["letter"].area
    set_start_month(office, 202101, area=area)
    assert compute(office, year(2021), (), ["letters"])["letters"].value is None
    set_start_month(office, 202104, ledger="letter")
    assert compute(office, year(2021), (), ["letters"])["letters"].value == 0
    assert (start_month(office), start_month(office, area=area), start_month(office, "letter")) == (
        202103,
        202101,
        202104,
    )


def test_a_duplicate_among_several_is_merged_and_brought_back(office: Township) -> None:
    first, twin, other = (
        save(office, "department", {"name": name, "active": True}).id
        for name in ("应急所", "应急办", "环保站")
    )
    day = {"date": date(2021, 5, 6), "field": "校园", "level": "镇", "places": 3}
    both = save(office, "inspection", day | {"partners": (twin, other, first)}).id
    alone = save(office, "inspection", day | {"places": 4, "partners": (twin,)}).id
    with pytest.raises(StillReferredTo, match="排查整治 2 条"):
        delete(office, "department", [twin])
    merged = referring.merge(office, "department", twin, first)
    assert load(office, "inspection", both)[0]["partners"] == (first, other)
    assert load(office, "inspection", alone)[0]["partners"] == (first,)
    referring.take_back_merge(office, merged)
    assert load(office, "inspection", both)[0]["partners"] == (twin, other, first)
    assert load(office, "inspection", alone)[0]["partners"] == (twin,)


def test_villages_stand_side_by_side_as_long_as_they_were_there(office: Township) -> None:
    for number in (2020, 2021, 2022):
        for village in (1, 2, 3):
            values = {"village": village, "date": date(number, 2, 1), "kind": "生活垃圾", "unit": "吨"}
            save(office, "cleanup", values | {"quantity": Decimal(100 * village)})
    change(office, "village", 3, until_on=date(2021, 6, 30), active=False, merged_into=1)
    change(office, "village", 2, from_on=date(2021, 3, 10))

    def named(number: int) -> list[str]:
        attached = next(each for each in attachments_of(office, year(number)) if "各村" in each.title)
        (table,) = (block for block in attached.blocks if isinstance(block, Table))
        return [row[0].text for row in table.rows]

    # What a village did outside its life still belongs to the township's number, and stands in no village's row.
    assert [named(number)[:3] for number in (2020, 2021, 2022)] == [
        ["白沙村", "云门村", "镇直（不分村）"],
        ["白沙村", "青石村", "云门村"],
        ["白沙村", "青石村", "镇直（不分村）"],
    ]
    assert [each.name for each in rank_villages(office, "refuse", year(2022))] == ["白沙村", "青石村"]
