"""Draws, sheets and contact duties on a small office."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from tests.fresh import fresh_township
from tests.services.written_office import add
from zhengui.figures.period import year
from zhengui.services.entry import attach, record
from zhengui.services.loops import duties, sheets, spot_check
from zhengui.services.loops.circular import make_circular
from zhengui.services.loops.duties import DutyRefused
from zhengui.services.loops.sheets import SheetRefused
from zhengui.services.loops.take_step import Deed, WantedStep, course, take_one
from zhengui.services.loops.village_duties import by_village
from zhengui.services.township.township import Township
from zhengui.storage.records import record as records
from zhengui.values.spot_draw import DrawRefused

TODAY = date(2021, 6, 30)
DONE = dict.fromkeys(("assigned_on", "rectified_on", "verified_on", "closed_on"), date(2021, 5, 1))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Township]:
    township = fresh_township(tmp_path / "office.zgdb", "试验镇", "管理员")
    township.working_day = TODAY
    add(township, "village", {"name": "白沙村"}, {"name": "青石村"})
    add(township, "department", {"name": "应急所"})
    add(township, "official", {"name": "李甲"}, {"name": "王乙"}, {"name": "赵丙"})
    for number in range(12):
        add(township, "hazard", hazard(number, **DONE, responsible=1, verifier=2, department=1))
    yield township
    township.close()


def hazard(number: int, **more: Any) -> dict[str, Any]:
    return {
        "found_on": date(2021, 3, 1), "village": 1 + number % 2, "field": "校园", "grade": "一般",
        "place": f"第{number}处", "detail": f"缺少标识{number}", "due_on": date(2021, 4, 1), **more,
    }  # fmt: skip


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    return "".join(page.get_textpage().get_text_range() for page in document).replace("\r\n", "")


def test_a_draw_is_kept_with_its_seed_and_repeats(office: Township) -> None:
    kept = spot_check.draw_items(office, "hazard", "50%", seed=42)
    assert len(kept.items) == 6
    assert {item.village for item in kept.items} == {1, 2}
    assert spot_check.repeats(spot_check.one_draw(office, kept.id))
    later = spot_check.draw_items(office, "hazard", "4")
    assert not {item.record for item in kept.items} & {item.record for item in later.items}, (
        "not twice in a row"
    )
    assert spot_check.repeats(later)
    everything = spot_check.draw_items(office, "hazard", "100%", again=True)
    assert len(everything.items) == 12


def test_the_draw_of_the_month_is_due_until_all_is_noted(office: Township) -> None:
    [due] = [each for each in spot_check.draws_due(office) if each.ledger == "hazard"]
    assert (due.month, due.draw) == (202106, None)
    kept = spot_check.draw_items(office, "hazard", "2", seed=1)
    [due] = [each for each in spot_check.draws_due(office) if each.ledger == "hazard"]
    assert (due.draw, due.open) == (kept.id, 2)
    for item in kept.items:
        spot_check.note_result(office, kept.id, item.record, True, checker=3)
    assert [each for each in spot_check.draws_due(office) if each.ledger == "hazard"] == []


def test_a_failed_item_goes_back_into_its_loop_and_is_told_of(office: Township) -> None:
    kept = spot_check.draw_items(office, "hazard", "4", seed=3)
    first, second = kept.items[0].record, kept.items[1].record
    with pytest.raises(DrawRefused, match="哪里不合格"):
        spot_check.note_result(office, kept.id, first, False)
    with pytest.raises(DrawRefused, match="自己办的事"):
        spot_check.note_result(office, kept.id, first, True, checker=1)
    photo = attach.add(office, "现场.txt", b"x")
    spot_check.note_result(
        office, kept.id, first, False, checker=3, words="又被占用", photos=(photo,), fraud=True
    )
    spot_check.note_result(office, kept.id, second, True, checker=3)
    with pytest.raises(DrawRefused, match="已经登记过"):
        spot_check.note_result(office, kept.id, first, True)
    values = record.load(office, "hazard", first)[0]
    assert (values["closed_on"], values["due_on"]) == (None, date(2021, 7, 15))
    told = course(office, "hazard", first)
    assert (told.standing.state, told.sent_back, told.steps[-1].fraud) == ("整改中", 1, True)
    rates = {
        rate.village: (rate.drawn, rate.checked, rate.passed) for rate in spot_check.rates(office, kept.id)
    }
    assert rates == {"白沙村": (2, 2, 1), "青石村": (2, 0, 0)}
    made = spot_check.make_check_sheet(office, kept.id)
    assert made.number == "抽查通报〔2021〕1号"
    page = text_of(made.pdf)
    assert "合格率50.0%" in page
    assert "又被占用" in page
    assert "种子数3" in page
    circular = make_circular(office, year(2021), ("hazard",))
    assert "弄虚作假：抽查不合格：又被占用" in text_of(circular.pdf)
    assert attach.sweep(office) == 0, "photos and pages that are named are kept"


def test_sheets_are_numbered_through_the_year_and_kept_with_the_item(office: Township) -> None:
    [open_one] = add(office, "hazard", hazard(50, due_on=None))
    with pytest.raises(SheetRefused, match="先交办"):
        sheets.make_sheet(office, "assign", "hazard", [open_one])
    take_one(
        office,
        "hazard",
        open_one,
        WantedStep(Deed.ASSIGN, date(2021, 6, 1), department=1, due=date(2021, 6, 20)),
    )
    numbers = [
        sheets.make_sheet(office, kind, "hazard", ids).number
        for kind, ids in (
            ("assign", [open_one]),
            ("urge", [open_one]),
            ("assign", [open_one]),
            ("close", [1, 2]),
        )
    ]
    assert numbers == ["交办单〔2021〕1号", "督办单〔2021〕1号", "交办单〔2021〕2号", "销号单〔2021〕1号"]
    kept = sheets.sheets_of(office, "hazard", open_one)
    assert [each.kind for each in kept] == ["assign", "urge", "assign"]
    urged = text_of(sheets.pages(office, kept[1]))
    assert "逾期10天" in urged
    assert "应急所：" in urged
    closing = text_of(sheets.pages(office, sheets.sheets_of(office, "hazard", 1)[0]))
    assert "验收2021年5月1日" in closing.replace(" ", "").replace("\u3000", "")
    with pytest.raises(SheetRefused, match="先销号"):
        sheets.make_sheet(office, "close", "hazard", [open_one])


def watched(township: Township) -> None:
    for number, (class_, visited) in enumerate(
        (
            ("脱贫户", date(2021, 6, 1)),
            ("脱贫不稳定户", date(2021, 5, 1)),
            ("突发严重困难户", date(2021, 6, 20)),
        )
    ):
        [home] = add(township, "household", {"village": 1, "head": f"户主{number}"})
        add(
            township,
            "monitored_household",
            {"household": home, "class": class_, "from_on": date(2021, 1, 1), "members": 3},
        )
        add(township, "visit", {"official": 1, "household": home, "date": visited})
        if number:
            add(
                township,
                "contact_duty",
                {"official": 1, "role": "包村干部", "household": home, "from_on": date(2021, 1, 1)},
            )


def test_visits_are_due_by_class_and_households_without_a_contact_are_told(office: Township) -> None:
    watched(office)
    pace = {charge.class_: charge.pace.left for charge in duties.charges(office)}
    assert pace == {"脱贫户": 31, "脱贫不稳定户": -30, "突发严重困难户": 5}
    assert [charge.class_ for charge in duties.visits_due(office)] == ["脱贫不稳定户", "突发严重困难户"]
    assert [charge.class_ for charge in duties.without_contact(office)] == ["脱贫户"]
    [load] = duties.loads(office)
    assert (load.name, load.households, load.people, load.late, load.soon) == ("李甲", 2, 6, 1, 1)
    with office.writing() as writing:
        writing.keep_setting("parameter.visit_days", "90")
    assert [charge.class_ for charge in duties.visits_due(office)] == ["突发严重困难户"]


def test_villages_tell_their_officials_by_role(office: Township) -> None:
    watched(office)
    with office.database.writing() as conn:
        records.update(conn, office.tables, "village", 1, {"contact_leader": 3, "contact_official": 1}, "甲")
    first = by_village(office)[0]
    told = [(each.role, each.name, each.households) for each in first.officials]
    assert told[0][0] == "包点领导"
    assert ("包村干部", "李甲", 0) in told
    assert sum(count for _role, _name, count in told) == sum(
        len(charge.contacts) for charge in duties.charges(office, (1,))
    )
    assert first.free == len(duties.without_contact(office, (1,)))
    assert sum(each.households for each in by_village(office)) == len(duties.charges(office))
    assert [each.village for each in by_village(office, (1,))] == [1]


def test_duties_are_handed_over_with_their_history(office: Township) -> None:
    watched(office)
    assert duties.hand_over(office, 1, 2, date(2021, 6, 15)) == 2
    [load] = duties.loads(office)
    assert (load.name, load.roles, load.households) == ("王乙", ("包村干部",), 2)
    past = duties.past_duties(office)[2]
    assert [(each.name, each.since, each.until) for each in past] == [
        ("王乙", date(2021, 6, 15), None),
        ("李甲", date(2021, 1, 1), date(2021, 6, 14)),
    ]
    with pytest.raises(DutyRefused, match="没有可以交接的"):
        duties.hand_over(office, 1, 2, TODAY)
    with pytest.raises(DutyRefused, match="同一个人"):
        duties.hand_over(office, 2, 2, TODAY)
    assert "包保2户6人" in text_of(duties.card(office, 2))
    listed = text_of(duties.visiting_list(office, 2))
    assert "应走访2户，其中已逾期1户" in listed
    with pytest.raises(DutyRefused):
        duties.card(office, 3)
