"""The notice names exactly those who owe a month, and marks set together are taken back together."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pdfplumber
import pytest
from openpyxl import load_workbook

from tests.services.written_office import add
from zhengui.services.returns.remind_missing import (
    NothingOwed,
    compose_reminder,
    notice_text,
    owed,
    save_reminder,
)
from zhengui.services.returns.report_month import unmark
from zhengui.services.returns.report_status import report_status
from zhengui.services.returns.report_year import (
    can_mark_zero,
    export_status,
    missing_count,
    month_words,
    monthly_ledgers,
    set_marks,
    take_back,
    want_reports,
    wanted_ledgers,
    year_status,
)
from zhengui.services.township.township import Township
from zhengui.storage.records import reporting

ACCIDENT = {"kind": "火灾", "grade": "一般", "place": "仓库"}


@pytest.fixture
def owing(written: Township) -> Township:
    """An office where two villages owe months of the accidents."""
    written.working_day = date(2021, 12, 6)
    unmark(written, "accident", [1, 3], 202111)
    unmark(written, "accident", [3], 202106)
    return written


def test_the_notice_names_those_who_owe_and_nobody_else(owing: Township) -> None:
    found = owed(owing, 2021, ["accident"], months=[11])
    assert [each.missing for each in found] == [(("白沙村", (11,)), ("云门社区", (11,)))]
    document = compose_reminder(owing, 2021, found)
    assert document.title_text == "关于催报2021年11月安全事故台账的通知"
    assert document.addressee == "白沙村、云门社区："
    text = notice_text(document)
    assert "还有2个单位未报：白沙村、云门社区。" in text
    assert "12月9日前补报" in text
    assert "青石村" not in text
    assert not document.attachments


def test_several_months_are_listed_in_a_table(owing: Township, tmp_path: Path) -> None:
    document = compose_reminder(owing, 2021, owed(owing, 2021, ["accident"]), date(2021, 12, 15))
    assert "云门社区：安全事故（6月、11月）" in notice_text(document)
    path = tmp_path / "通知.pdf"
    save_reminder(owing, document, path)
    with pdfplumber.open(path) as pdf:
        printed = "".join(page.extract_text() for page in pdf.pages).replace("\n", "").replace(" ", "")
    assert "12月15日前补报" in printed
    assert "6月、11月" in printed


def test_a_village_chosen_leaves_the_others_out(owing: Township) -> None:
    assert owed(owing, 2021, ["accident"], villages=[3])[0].missing == (("云门社区", (6, 11)),)


def test_nobody_is_reminded_who_owes_nothing(owing: Township) -> None:
    with pytest.raises(NothingOwed):
        compose_reminder(owing, 2021, owed(owing, 2021, ["accident"], months=[2]))


def test_marks_set_together_come_back_with_their_time_and_writer(owing: Township) -> None:
    at = datetime(2021, 3, 3, 9, 30)
    with owing.database.writing() as conn:
        reporting.mark(conn, owing.tables, "accident", 2, 202102, True, "乙", at)
    places = [(2, 202102), (3, 202106)]
    marked = set_marks(owing, "accident", places, zero=False)
    row = report_status(owing, "accident", 2021).rows
    assert (row[1].cells[1].who, row[2].cells[5].state) == ("甲", "reported")
    take_back(owing, marked)
    row = report_status(owing, "accident", 2021).rows
    assert (row[1].cells[1].at, row[1].cells[1].who, row[1].cells[1].state) == (at, "乙", "zero")
    assert row[2].cells[5].state == "missing"


def test_nothing_is_known_of_a_month_before_it_ends(owing: Township) -> None:
    cells = report_status(owing, "dispute", 2021).rows[0].cells
    assert can_mark_zero(cells[10], date(2021, 12, 6))
    assert not can_mark_zero(cells[11], date(2021, 12, 6))
    assert can_mark_zero(cells[11], date(2021, 12, 31))


def test_claims_decide_what_is_owed_until_the_office_does(owing: Township) -> None:
    assert set(wanted_ledgers(owing)) == {"accident", "petition", "monitored_household", "fire_point"}
    assert missing_count(owing, 2021) == 3
    want_reports(owing, "accident", False)
    assert missing_count(owing, 2021) == 0
    want_reports(owing, "letter", True)
    assert missing_count(owing, 2021) > 0
    assert set(year_status(owing, 2021)) == {"petition", "monitored_household", "fire_point", "letter"}


def test_only_ledgers_with_months_are_offered(owing: Township) -> None:
    offered = {ledger.key for _area, ledgers in monthly_ledgers(owing) for ledger in ledgers}
    assert {"accident", "economic_return"} <= offered
    assert not {"village", "centre_village", "plan_item"} & offered


def test_the_workbook_keeps_unknown_apart_from_zero(owing: Township, tmp_path: Path) -> None:
    add(owing, "accident", {"village": 3, "date": date(2021, 5, 9), **ACCIDENT})
    path = tmp_path / "报送.xlsx"
    assert export_status(owing, report_status(owing, "accident", 2021), path) == 3
    rows = list(load_workbook(path).active.iter_rows(values_only=True))
    last = dict(zip(rows[0], rows[3], strict=True))
    assert (last["4月"], last["5月"], last["6月"]) == (0, 1, None)
    assert (last["本年合计"], last["未报"]) == (1, "6月、11月")
    assert export_status(owing, report_status(owing, "accident", 2021), path, [1]) == 1


def test_neighbouring_months_are_drawn_together() -> None:
    assert month_words([1, 2, 5, 6, 7, 12]) == "1月、2月、5至7月、12月"
