"""What was sent back waits for its writer; a change makes it wait for review again."""

from __future__ import annotations

from datetime import date, datetime

from tests.services.written_office import add
from zhengui.catalogue.load import load_catalogue
from zhengui.figures.period import year
from zhengui.services.counting.compute_figures import compute, compute_by_village
from zhengui.services.entry import record, review_records, review_rows
from zhengui.services.entry.review_rows import RETURNED, WAITING, approve, resolved, reviewing, send_back
from zhengui.services.returns.report_month import mark
from zhengui.services.returns.report_status import report_status
from zhengui.services.returns.report_year import wanted_ledgers
from zhengui.services.township.township import Township
from zhengui.services.whole.demo_reports import report
from zhengui.storage.browse.pages import Selection
from zhengui.storage.records import record as records


def test_states_of_review_follow_the_record(written: Township) -> None:
    review_records.require_review(written, "letter", "count")
    assert reviewing(written, "letter").waiting == frozenset(), "earlier ones count as reviewed"
    row = {"village": 1, "date": date(2021, 5, 9), "copies": 1, "suggestions": 0}
    first, second = add(written, "letter", row, {**row, "village": 2})
    written.operator = "乙"
    assert send_back(written, "letter", [first], "份数不对").ids == (first,)
    found = reviewing(written, "letter")
    assert found.ids(WAITING) == (second,)
    assert found.ids(RETURNED) == (first,)
    assert (found.returned[first].who, found.returned[first].reason) == ("乙", "份数不对")
    written.operator = "甲"
    record.save(written, "letter", {"copies": 3}, first)
    assert set(reviewing(written, "letter").ids(WAITING)) == {first, second}
    assert approve(written, "letter", [first, second]).own == 2
    written.operator = "乙"
    assert set(approve(written, "letter", [first, second]).ids) == {first, second}
    assert reviewing(written, "letter").waiting == frozenset()


def test_a_zero_report_says_nothing_while_records_wait(written: Township) -> None:
    where, keys = (None, (1,)), ["letters", "letter_suggestions"]
    for month in range(202101, 202113):
        mark(written, "letter", [1, 2, 3], month, zero=True)
    assert compute(written, year(2021), (), keys)["letters"].value == 1926
    review_records.require_review(written, "letter", "hold", accept_existing=False)
    for villages in where:
        figure = compute(written, year(2021), villages or (), keys)["letters"]
        assert figure.value is None
        assert "条记录等待审核" in figure.reason
    for figures in compute_by_village(written, year(2021), (1, 2), keys).values():
        assert figures["letters"].value is None
    written.operator = "乙"
    waiting = reviewing(written, "letter")
    assert waiting is not None
    approve(written, "letter", waiting.ids(WAITING))
    assert compute(written, year(2021), (), keys)["letters"].value == 1926
    with written.database.writing() as conn:
        records.delete(conn, written.tables, "letter", list(range(1, 100)), "乙")
    assert compute(written, year(2021), (), keys)["letters"].value == 0, (
        "nothing waits, and zero was reported"
    )


def test_a_selection_in_a_state_is_turned_into_records(written: Township) -> None:
    chosen = Selection("letter", state=WAITING)
    assert resolved(written, chosen).ids == (), "nothing waits where nobody asks"
    review_records.require_review(written, "letter", "count", accept_existing=False)
    assert len(resolved(written, chosen).ids or ()) == len(reviewing(written, "letter").waiting) > 10
    assert resolved(written, Selection("letter", state=WAITING, ids=[1])).ids == (1,)
    assert resolved(written, Selection("letter")).ids is None
    assert review_rows.reviewing(written, "hazard") is None


def test_the_demo_reports_in_time_but_for_a_few(written: Township) -> None:
    ledger = load_catalogue().ledgers["dispute"].key
    silent = [(ledger, village, 202100 + month) for village in (1, 2, 3) for month in range(1, 11)]
    report(written, silent, "演示", datetime(2021, 12, 31, 16, 30))
    assert ledger in wanted_ledgers(written)
    cells = [cell for row in report_status(written, ledger, 2021).rows for cell in row.cells]
    assert sum(cell.state == "zero" for cell in cells) == 30
    assert 0 < sum(cell.late for cell in cells) < 6
    assert [cell.state for cell in cells if cell.month == 202111] == ["missing"] * 3
