"""Halves of characters and code points that are none can be typed anywhere and stop nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.services.drafts import new_document
from zhengui.figures.period import year
from zhengui.services.counting.entered_values import enter
from zhengui.services.county_forms.asked_forms import AskedForm, save_asked
from zhengui.services.document import edit_document as write
from zhengui.services.document.compose_document import compose_document
from zhengui.services.entry import drafts, find_records
from zhengui.services.entry.find_reference import find
from zhengui.services.entry.import_matches import ImportMatch, keep_match
from zhengui.services.entry.record import load, save
from zhengui.services.entry.recycle_bin import would_go
from zhengui.services.loops.take_step import WantedStep, take
from zhengui.services.plan.report_progress import add_report
from zhengui.services.township.township import Township, create_township
from zhengui.storage.problem import StorageProblem
from zhengui.values.clean import seen
from zhengui.values.loop_steps import Deed

ODD = "白\ud800沙\ufffe村\U0001fffe"
DAY = date(2021, 12, 30)
WORSE = f"{ODD}\x00\u202e"


@pytest.fixture
def office(tmp_path: Path):
    township = create_township(tmp_path / "office.zgdb", "试验镇", "李试")
    township.working_day = date(2021, 12, 31)
    save(township, "village", {"name": "白沙村", "kind": "村", "active": True})
    yield township
    township.close()


def test_in_a_document(office: Township) -> None:
    document = new_document(office, year(2021))
    part = write.open_document(office, document).part("summary_lead")
    write.set_text(office, document, part.id, f"{ODD}的工作。\n第二行")
    write.rename(office, document, part.id, ODD)
    opened = write.open_document(office, document).part("summary_lead")
    assert (opened.text, opened.title) == ("白沙村的工作。\n第二行", "白沙村")
    assert "白沙村的工作。" in compose_document(office, document).document.text()


def test_in_settings_drafts_and_search(office: Township) -> None:
    office.keep_setting("township.office", ODD)
    assert office.setting("township.office") == "白沙村"
    drafts.keep(office, "village", None, {"name": ODD})
    kept = drafts.find(office, "village", None)
    assert kept is not None
    assert kept.texts["name"] == "白沙村"
    assert find(office, "village", ODD)
    assert find_records.find_records(office, "\ud800", 5, lambda: False, 2021) == []


def test_wherever_somebody_writes_words(office: Township, tmp_path: Path) -> None:
    """Each way in which words of the office come to a table of the program, and what stands in the file then."""
    department = save(office, "department", {"name": "党政办", "active": True}).id
    hazard = save(
        office,
        "hazard",
        {"found_on": DAY, "village": 1, "field": "校园", "grade": "一般", "place": "一处", "detail": "无"},
    )
    wording = {
        "part": "民生",
        "plan_year": 2021,
        "wording": "修路。",
        "status": "未开始",
        "due_on": DAY,
        "department": department,
    }
    item = save(office, "plan_item", wording)
    document = new_document(office, year(2021))
    part = write.open_document(office, document).part("summary_lead").id
    write.give_source(office, document, part, "12", WORSE)
    write.keep_version(office, document, WORSE)
    enter(office, "commended_members", 2019, Decimal(98), WORSE)
    save_asked(office, AskedForm(WORSE, WORSE, "month", WORSE, remark=WORSE, due_day=5))
    add_report(office, item.id, DAY, WORSE, Decimal(1), who=WORSE)
    take(office, "hazard", [hazard.id], WantedStep(Deed.ASSIGN, DAY, WORSE, department=department, due=DAY))
    keep_match(office, ImportMatch(0, WORSE, "hazard", (WORSE,), {WORSE: "place"}))
    office.keep_setting("township.office", f"{WORSE}\n镇")
    drafts.keep(office, "hazard", None, {"place": WORSE})
    save(office, "department", {"name": WORSE, "active": True})
    with office.reading() as reading:
        conn = reading.conn
        names = [
            row[0] for row in conn.exec_driver_sql("SELECT name FROM sqlite_schema WHERE type = 'table'")
        ]
        held = [
            (name, value)
            for name in names
            if not name.startswith("search_")
            for row in conn.exec_driver_sql(f'SELECT * FROM "{name}"')
            for value in row
            if isinstance(value, str)
        ]
    assert sum("白沙村" in value for _name, value in held) > 12
    assert [(name, value) for name, value in held if seen(value) != value or r"\u0000" in value] == []


def test_half_a_character_in_a_statement_of_its_own(office: Township) -> None:
    with office.database.reading() as conn:
        bare = conn.connection.dbapi_connection
        assert bare is not None
        assert bare.execute("SELECT ?", ("白\ud800",)).fetchone() == ("白",)
        assert bare.execute("SELECT :a", {"a": "白\ud800"}).fetchone() == ("白",)
        with pytest.raises(UnicodeEncodeError):
            # Some of several may be written already: they are never begun again.
            bare.executemany("SELECT ?", [("白\ud800",)])


def test_a_number_that_no_column_holds_is_told(office: Township) -> None:
    """A mistyped number of a record ends in a sentence, not in a fault."""
    for deed in (
        lambda: load(office, "village", 10**25),
        lambda: save(office, "village", {"name": "青石村"}, 10**25),
    ):
        with pytest.raises(StorageProblem, match=r"。$"):
            deed()
    assert would_go(office, 10**25).gone == {}
