"""Steps with items of the closed loop: the ledger and its steps agree, and what is open stays in the list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.fresh import fresh_township
from tests.services.written_office import add
from zhengui.catalogue.closed_loop import OVERDUE
from zhengui.catalogue.load import load_catalogue
from zhengui.services.entry import record
from zhengui.services.loops import list_items
from zhengui.services.loops.take_step import (
    Deed,
    StepRefused,
    WantedStep,
    course,
    deeds,
    take,
    take_one,
    undo,
)
from zhengui.services.township import overview
from zhengui.services.township.township import Township
from zhengui.storage.writing import loop_steps
from zhengui.values.loop_steps import Standing, replay

TODAY = date(2021, 6, 30)
#: The ledgers whose items move, as the issue of closed loops names them.
LOOPED = {
    "rectification_item",
    "toilet_problem",
    "hazard",
    "livelihood_problem",
    "public_deed",
    "petition",
    "hotline",
    "suggestion",
}


def test_every_ledger_of_work_that_moves_declares_the_loop() -> None:
    ledgers = load_catalogue().ledgers
    assert {key for key in LOOPED if ledgers[key].closed_loop} == LOOPED
    for key in LOOPED:
        loop = ledgers[key].loop
        assert loop.evidence or loop.needs, f"{key} asks for nothing before it is verified"
    assert ledgers["hazard"].loop.draw
    assert ledgers["toilet_problem"].loop.draw
    assert ledgers["rectification_item"].loop.tree == ("category", "problem", "content")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Township]:
    township = fresh_township(tmp_path / "office.zgdb", "试验镇", "管理员")
    township.working_day = TODAY
    add(township, "village", {"name": "白沙村"}, {"name": "青石村"})
    add(township, "department", {"name": "应急所"})
    add(township, "official", {"name": "李甲"}, {"name": "王乙"})
    yield township
    township.close()


def task(number: int, listed: date = date(2021, 3, 1), **more: Any) -> dict[str, Any]:
    return {
        "category": "党建",
        "problem": "制度",
        "content": f"内容{number % 2}",
        "task": f"任务{number}",
        "listed_on": listed,
        **more,
    }


def values_of(township: Township, id: int, ledger: str = "rectification_item") -> dict[str, Any]:
    return record.load(township, ledger, id)[0]


def photo(township: Township) -> int:
    from zhengui.services.entry import attach

    return attach.add(township, "整改.txt", "已整改".encode())


def go(
    township: Township, id: int, deed: Deed, day: date, ledger: str = "rectification_item", **more: Any
) -> None:
    take_one(township, ledger, id, WantedStep(deed, day, **more))


def test_an_item_goes_the_whole_way_and_back(office: Township) -> None:
    [id] = add(office, "rectification_item", task(1))
    go(office, id, Deed.ASSIGN, date(2021, 3, 2), person=1, due=date(2021, 4, 1))
    with pytest.raises(StepRefused, match="佐证材料"):
        go(office, id, Deed.REPORT, date(2021, 3, 20), words="修订了制度")
    go(office, id, Deed.EXTEND, date(2021, 3, 20), words="材料未齐", due=date(2021, 5, 1))
    go(office, id, Deed.REPORT, date(2021, 3, 25), words="修订了制度", evidence=(photo(office),))
    assert values_of(office, id)["rectified_on"] == date(2021, 3, 25)
    with pytest.raises(StepRefused, match="自己办的事"):
        go(office, id, Deed.PASS, date(2021, 3, 26), person=1)
    with pytest.raises(StepRefused, match="不能销号"):
        go(office, id, Deed.CLOSE, date(2021, 3, 26))
    go(office, id, Deed.RETURN, date(2021, 3, 28), words="台账是后补的", fraud=True)
    back = values_of(office, id)
    assert (back["rectified_on"], back["due_on"]) == (None, date(2021, 5, 1))
    go(office, id, Deed.REPORT, date(2021, 4, 10), words="重新修订")
    go(office, id, Deed.PASS, date(2021, 4, 12), person=2)
    go(office, id, Deed.CLOSE, date(2021, 4, 13))
    assert values_of(office, id)["closed_on"] == date(2021, 4, 13)

    told = course(office, "rectification_item", id)
    assert told.standing.state == "已销号"
    assert told.sent_back == 1
    titles = ["登记", "交办", "延期", "申请验收", "退回", "申请验收", "验收通过", "销号"]
    assert [step.title for step in told.steps] == titles
    assert told.steps[4].fraud
    assert [(stay.state, stay.days(TODAY)) for stay in told.stays] == [
        ("待交办", 1),
        ("整改中", 23),
        ("待验收", 3),
        ("整改中", 13),
        ("待验收", 2),
        ("待销号", 1),
        ("已销号", 78),
    ]


def test_a_slip_is_taken_back_and_both_stay_written_down(office: Township) -> None:
    ids = add(office, "rectification_item", task(1), task(2))
    give = WantedStep(Deed.ASSIGN, date(2021, 3, 2), person=1, due=date(2021, 4, 1))
    assert take(office, "rectification_item", ids, give).done == tuple(ids)
    assert deeds(office, "rectification_item", ids)[Deed.UNDO] == 2
    assert undo(office, "rectification_item", ids).done == tuple(ids)
    assert values_of(office, ids[0])["assigned_on"] is None
    told = course(office, "rectification_item", ids[0])
    assert [(step.title, step.undone) for step in told.steps] == [
        ("登记", False),
        ("交办", True),
        ("撤回上一步", False),
    ]
    assert undo(office, "rectification_item", ids).refused.keys() == set(ids)


def test_of_many_items_those_that_can_move_do_and_the_others_say_why(office: Township) -> None:
    free, given = add(
        office, "rectification_item", task(1), task(2, assigned_on=date(2021, 3, 2), due_on=date(2021, 4, 1))
    )
    wanted = WantedStep(Deed.ASSIGN, date(2021, 3, 5), department=1, due=date(2021, 4, 1))
    taken = take(office, "rectification_item", [free, given, 999], wanted)
    assert taken.done == (free,)
    assert "整改中" in taken.refused[given]
    assert "已不在台账中" in taken.refused[999]


def test_what_was_typed_into_the_ledger_is_where_the_item_stands(office: Township) -> None:
    [id] = add(office, "rectification_item", task(1))
    go(office, id, Deed.ASSIGN, date(2021, 3, 2), person=1, due=date(2021, 4, 1))
    record.save(office, "rectification_item", {**values_of(office, id), "due_on": date(2021, 4, 20)}, id)
    go(office, id, Deed.EXTEND, date(2021, 3, 3), words="雨天", due=date(2021, 5, 1))
    with office.reading() as reading:
        kept = loop_steps.of_records(reading.conn, reading.tables, "rectification_item", [id])[id]
    assert [each.step.deed for each in kept] == [Deed.ENTER, Deed.ASSIGN, Deed.ENTER, Deed.EXTEND]
    standings = replay([each.step for each in kept], Standing(), TODAY)
    assert [each.after for each in kept] == standings[1:], "every history replays to what was kept"
    assert standings[-1].values["due_on"] == values_of(office, id)["due_on"] == date(2021, 5, 1)


def test_the_operator_does_not_verify_what_he_was_responsible_for(office: Township) -> None:
    row = task(1, assigned_on=date(2021, 3, 2), due_on=date(2021, 4, 1), responsible=1)
    [id] = add(office, "rectification_item", {**row, "rectified_on": date(2021, 3, 9), "measure_taken": "改"})
    values = values_of(office, id) | {"evidence": (photo(office),)}
    record.save(office, "rectification_item", values, id)
    office.operator = "李甲"
    with pytest.raises(StepRefused, match="李甲是这一项的责任人"):
        go(office, id, Deed.PASS, date(2021, 3, 10), person=2)


def test_what_an_earlier_year_left_open_stays_in_the_list(office: Township) -> None:
    due = date(2021, 1, 31)
    old, done, new = add(
        office,
        "rectification_item",
        task(1, date(2020, 12, 1), assigned_on=date(2020, 12, 2), due_on=due),
        task(
            2,
            date(2020, 12, 1),
            **dict.fromkeys(("assigned_on", "rectified_on", "verified_on", "closed_on"), date(2020, 12, 20)),
        ),
        task(3),
    )
    listed = {item.id for item in list_items.items(office, 2021)}
    assert listed == {old, new}
    assert {item.id for item in list_items.items(office, 2020)} == {old, done}
    assert [item.id for item in list_items.overdue(office)] == [old]
    assert overview.overdue_by_ledger(office, 2021)["rectification_item"] == 1
    assert overview.state_counts(office, "rectification_item", 2021)[OVERDUE] == 1
    assert [each.id for each in overview.pending(office, 2021)] == [old, new]


def test_the_tree_rolls_its_progress_up(office: Township) -> None:
    closed = dict.fromkeys(("assigned_on", "rectified_on", "verified_on", "closed_on"), date(2021, 3, 20))
    add(office, "rectification_item", task(1), task(2, **closed), task(3, due_on=date(2021, 4, 1)))
    root = list_items.tree(office, "rectification_item", 2021)
    assert (root.items, root.closed, root.overdue) == (3, 1, 1)
    contents = root.branches[0].branches[0].branches
    assert {branch.title: (branch.items, branch.closed) for branch in contents} == {
        "内容1": (2, 0),
        "内容0": (1, 1),
    }
    assert [leaf.title for leaf in contents[0].branches] == ["任务1", "任务3"]
