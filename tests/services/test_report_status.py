"""The matrix says who reported, who said there was nothing, who was late and who is missing."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from tests.services.written_office import add
from zhengui.services.returns.report_month import mark, unmark
from zhengui.services.returns.report_status import (
    due_day,
    missing_reports,
    report_status,
    set_due_day,
)
from zhengui.services.township.township import Township
from zhengui.storage.records import record as records
from zhengui.storage.records import reporting


def states(township: Township, ledger: str, village: int) -> list[str]:
    row = next(r for r in report_status(township, ledger, 2021).rows if r.village == village)
    return [cell.state for cell in row.cells]


def test_marks_records_and_gaps(written: Township) -> None:
    written.working_day = date(2021, 12, 31)
    unmark(written, "accident", [2], 202103)
    unmark(written, "accident", [3], 202111)
    unmark(written, "accident", [3], 202112)
    add(
        written,
        "accident",
        {"village": 2, "date": date(2021, 3, 9), "kind": "火灾", "grade": "一般", "place": "仓库"},
    )
    status = report_status(written, "accident", 2021)
    assert [row.name for row in status.rows] == ["白沙村", "青石村", "云门社区"]
    march = status.rows[1].cells[2]
    assert (march.state, march.count) == ("reported", 1)
    assert status.rows[0].cells[2].state == "zero"
    assert status.missing == [("云门社区", [11])], "December is due only in January"
    assert status.rows[2].cells[11].state == "not_due"
    assert not status.complete
    assert missing_reports(written, "accident", (202111, 202112)) == [("云门社区", [202111, 202112])]
    assert missing_reports(written, "accident", (202111,), villages=(1,)) == []


def test_late_is_after_the_due_day_of_the_next_month(written: Township) -> None:
    with written.database.writing() as conn:
        for day, month in ((5, 202101), (6, 202102)):
            at = datetime(2021, month % 100 + 1, day, 23, 59)
            reporting.mark(conn, written.tables, "accident", 1, month, True, "乙", at)
        record = {"village": 1, "date": date(2021, 3, 9), "copies": 1, "suggestions": 0}
        records.insert(conn, written.tables, "letter", record, "乙", at=datetime(2021, 4, 20))
    cells = report_status(written, "accident", 2021).rows[0].cells
    assert [cell.late for cell in cells[:2]] == [False, True]
    assert cells[1].who == "乙"
    set_due_day(written, 8)
    assert not report_status(written, "accident", 2021).rows[0].cells[1].late
    set_due_day(written, 3, "accident")
    assert (due_day(written, "accident"), due_day(written, "letter")) == (3, 8)
    assert report_status(written, "accident", 2021).rows[0].cells[0].late
    with pytest.raises(ValueError, match="29"):
        set_due_day(written, 29)


def test_a_ledger_of_the_township_has_one_row(written: Township) -> None:
    mark(written, "meeting", [], 202102, zero=False)
    status = report_status(written, "meeting", 2021)
    assert [row.name for row in status.rows] == ["试验镇"]
    assert status.rows[0].cells[1].state == "reported"
    assert states(written, "meeting", 0).count("missing") == 10


def test_a_village_that_was_merged_owes_nothing(written: Township) -> None:
    with written.database.writing() as conn:
        records.update(conn, written.tables, "village", 2, {"active": False}, "甲")
    assert [row.village for row in report_status(written, "accident", 2021).rows] == [1, 3]
