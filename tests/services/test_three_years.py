"""Three years through the services: 2019 is issued, its plan is carried out, 2020 is issued, and 2021 begins."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.services.drafts import new_document
from tests.services.test_issue_document import TEXT
from tests.services.written_office import make_office
from zhengui.figures.period import year
from zhengui.services.document import edit_document as write
from zhengui.services.document.compose_document import compose_document
from zhengui.services.entry.record import load, save
from zhengui.services.issue.bind_evidence import bind_issue
from zhengui.services.issue.compare_documents import compare_issues
from zhengui.services.issue.drift import drift
from zhengui.services.issue.issue_document import all_issues, issue, issued_pages, submit
from zhengui.services.issue.preflight import preflight
from zhengui.services.plan.carry_over import settle, unsettled
from zhengui.services.plan.track_plan import track_item
from zhengui.services.township.page_settings import ReportSettings, keep_settings
from zhengui.services.township.township import Township
from zhengui.services.whole.open_next_year import open_next_year


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Township]:
    township = make_office(tmp_path, years=(2018, 2019, 2020))
    township.working_day = date(2019, 12, 31)
    yield township
    township.close()


def issue_year(township: Township, document: int, on: date) -> int:
    township.working_day = on
    write.set_head(township, document, signed_on=on)
    submit(township, document)
    return issue(township, document).id


def shorten(township: Township, document: int) -> None:
    """Leave the parts whose figures this small office knows."""
    for part in write.open_document(township, document).parts:
        if part.key.partition(".")[0] not in ("summary", "summary_lead", "plan", "plan_lead"):
            write.switch(township, document, part.id, on=False)
        if part.key.startswith("plan.") and part.kind == "paragraph":
            write.switch(township, document, part.id, on=False)
    lead = write.open_document(township, document).part("summary_lead")
    write.set_text(township, document, lead.id, TEXT)
    keep_settings(township, ReportSettings(attachments=False, charts=False))


def test_three_years(office: Township, tmp_path: Path) -> None:
    first = new_document(office, year(2019))
    shorten(office, first)
    goal = {"indicator": "hazards_removed", "operator": "至少", "target": Decimal(99), "unit": "处"}
    base = {
        "part": "服务型政府",
        "plan_year": 2020,
        "department": 1,
        "due_on": date(2020, 12, 31),
        "status": "未开始",
    }
    hazards = save(office, "plan_item", {**base, **goal, "wording": "消除安全隐患 99 处"}).id
    assert "消除安全隐患 99 处。" in text(office, first)
    issue_2019 = issue_year(office, first, date(2019, 12, 31))
    pdf_2019 = issued_pages(office, issue_2019).pdf

    turned = open_next_year(office)
    assert (turned.year, turned.new_document, turned.plan_items) == (2020, True, 1)
    second = turned.document
    kinds = {finding.kind for finding in preflight(office, second)}
    assert "rethink" in kinds
    office.working_day = date(2020, 12, 31)
    assert track_item(office, hazards).value == 16
    [missed] = unsettled(office, 2020)
    carried = settle(office, missed, "资金没有到位", carry=True).carried
    assert carried is not None
    assert load(office, "plan_item", carried)[0]["plan_year"] == 2021
    for part in write.open_document(office, second).parts:
        if part.rethink:
            write.thought_over(office, second, part.id)
    assert "消除安全隐患 99 处" in text(office, second), "the carried item is printed in the plan of 2021"
    issue_2020 = issue_year(office, second, date(2020, 12, 31))

    compared = compare_issues(office, issue_2019, issue_2020)
    letters = next(row for row in compared.figures if row.key == "letters")
    assert (letters.before, letters.after) == ("1900余份", "2500余份")
    changed = [row.key for row in compared.paragraphs if row.difference.kind != "same"]
    assert "summary_lead" in changed

    save(office, "letter", {"copies": 5000}, 13)
    assert [figure.key for figure in drift(office, issue_2019).figures] == ["letters"]
    assert not drift(office, issue_2020).figures
    third = open_next_year(office).document
    lead = write.open_document(office, third).part("summary_lead")
    write.set_text(office, third, lead.id, "上年发放公开信{letters.last}。")
    assert issued_pages(office, issue_2019).pdf == pdf_2019
    assert bind_issue(office, issue_2020, tmp_path / "e.pdf", ["letters"]).records == 24
    assert [each.period.year for each in all_issues(office)] == [2020, 2019]
    document = write.open_document(office, third).document
    assert (document.period, document.based_on) == (year(2021), second)


def text(township: Township, document: int) -> str:
    return compose_document(township, document).document.text()
