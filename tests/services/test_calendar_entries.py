"""What stands on which day: due dates, plan, reports, meetings, visits, warnings that come back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from zhengui.figures.warning_states import WarningStanding
from zhengui.services.loops.duties import charges
from zhengui.services.township.township import Township, create_township
from zhengui.services.watch.calendar_entries import CalendarEntry, calendar_entries
from zhengui.services.watch.decide_warnings import decide
from zhengui.services.watch.export_calendar import export_calendar
from zhengui.services.watch.find_warnings import find_warnings
from zhengui.storage.records import record as records


def add(township: Township, ledger: str, **values: object) -> int:
    with township.database.writing() as conn:
        return records.insert(conn, township.tables, ledger, values, "甲")


@pytest.fixture
def township(tmp_path: Path) -> Iterator[Township]:
    """One of each, in December."""
    made = create_township(tmp_path / "office.zgdb", "试验镇", "甲")
    made.working_day = date(2021, 12, 6)
    add(made, "village", name="白沙村", kind="村", active=True)
    household = add(made, "household", village=1, head="许有田", members=3, active=True)
    official = add(made, "official", name="何桂兰", active=True)
    department = add(made, "department", name="农业站", active=True)
    hazard = {"village": 1, "field": "校园", "grade": "一般", "detail": "缺少标识"}
    add(made, "hazard", found_on=date(2021, 11, 2), place="小学", due_on=date(2021, 12, 20), **hazard)
    late = {"found_on": date(2021, 11, 1), "due_on": date(2021, 12, 1), "place": "渡口"}
    add(made, "hazard", **hazard, **late)
    done = {"found_on": date(2021, 11, 1), "due_on": date(2021, 12, 9), "place": "仓库"}
    add(made, "hazard", assigned_on=date(2021, 11, 2), rectified_on=date(2021, 11, 9), **hazard, **done)
    item = {"part": "民生", "plan_year": 2021, "wording": "修路。", "status": "未开始"}
    add(made, "plan_item", department=department, due_on=date(2021, 12, 31), **item)
    kind = made.catalogue.ledgers["meeting"]["kind"].choices[0]
    add(made, "meeting", kind=kind, date=date(2021, 12, 3), title="动员会")
    for day in (2, 2, 4):
        add(made, "visit", official=official, household=household, date=date(2021, 12, day))
    add(made, "risk_event", household=household, kind="大病", date=date(2021, 3, 2), amount=1_200_000)
    yield made
    made.close()


def december(township: Township, *kinds: str) -> list[CalendarEntry]:
    found = calendar_entries(township, date(2021, 12, 1), date(2021, 12, 31))
    return [each for each in found if not kinds or each.kind in kinds]


def test_due_dates_of_what_is_not_rectified(township: Township) -> None:
    assert [(each.day.day, each.kind) for each in december(township, "逾期", "期限")] == [
        (1, "逾期"),
        (20, "期限"),
    ]


def test_plan_meetings_visits_and_reports(township: Township) -> None:
    assert [each.day.day for each in december(township, "计划")] == [31]
    assert [each.day.day for each in december(township, "会议")] == [3]
    assert [(each.day.day, each.title) for each in december(township, "走访")] == [
        (2, "入户 2 次"),
        (4, "入户 1 次"),
    ]
    assert [(each.day.day, each.title[:5]) for each in december(township, "报送")] == [(5, "11月台账")]


def test_visits_that_are_to_be_made_stand_on_their_days(township: Township) -> None:
    watched = {"household": 1, "class": "脱贫户", "from_on": date(2021, 1, 1), "members": 3}
    add(township, "monitored_household", **watched)
    idle = add(township, "household", village=1, head="孙秀英", members=2, active=True)
    add(township, "monitored_household", **{**watched, "household": idle, "from_on": date(2021, 2, 1)})
    due = {charge.household: charge.pace.due for charge in charges(township)}
    first, last = date(2021, 12, 1), max(due.values())
    found = [e for e in calendar_entries(township, first, last) if "户到期" in e.title]
    # Who was visited on the 4th has time; who never was is overdue, and stands on today.
    assert due[idle] < township.today() < due[1]
    assert [(each.day, each.title) for each in found] == [
        (township.today(), "1 户到期，已逾期 1 户"),
        (due[1], "1 户到期"),
    ]
    assert (found[0].page, found[0].state, found[0].record) == ("worklist", "包保", idle)
    assert "许有田" in found[1].note
    elsewhere = calendar_entries(township, first, last, [99])
    assert not [each for each in elsewhere if "户到期" in each.title]


def test_a_warning_that_was_put_off_stands_on_its_day(township: Township) -> None:
    (warned,) = find_warnings(township, (), ["medical_outlay"])
    decide(township, [warned], WarningStanding.PUT_OFF, "外出", date(2021, 12, 28))
    (entry,) = december(township, "预警")
    assert (entry.day, entry.of, entry.state) == (date(2021, 12, 28), "warnings", warned.key)


def test_the_file_has_every_entry_once(township: Township, tmp_path: Path) -> None:
    path = tmp_path / "日历.ics"
    count = export_calendar(township, date(2021, 12, 1), date(2021, 12, 31), path)
    entries = december(township)
    assert count == len(entries) == len({each.key for each in entries})
    assert path.read_bytes().count(b"BEGIN:VEVENT") == count
