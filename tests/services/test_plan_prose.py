"""The plan is told once: prose with targets and dates woven in, and who answers for it in the sheet of tasks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.services.drafts import new_document
from tests.services.whole_office import make_office
from zhengui.figures.period import year
from zhengui.reports.document import Paragraph
from zhengui.services.document.compose_document import compose_document, lay_out_document
from zhengui.services.document.edit_document import open_document, set_head, switch
from zhengui.services.entry import record
from zhengui.services.issue.preflight import preflight
from zhengui.services.plan.list_plan import OTHERS
from zhengui.services.township.township import Township
from zhengui.storage.writing.documents import HEADING, ITEMS

PART, TOPIC = "常态化疫情防控", "有序推进加强免疫"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Township]:
    township = make_office(tmp_path / "office.zgdb")
    for topic, wording, due in (
        (TOPIC, "加强免疫接种率达到90%以上。", date(2022, 6, 30)),
        (TOPIC, "对老年人上门接种。", date(2022, 12, 31)),
        (None, "备足防疫物资。", date(2022, 3, 31)),
    ):
        values = {"part": PART, "plan_year": 2022, "wording": wording, "due_on": due, "status": "未开始"}
        record.save(township, "plan_item", {**values, "topic": topic, "department": 1, "leader": 1})
    yield township
    township.close()


def told(township: Township, document: int) -> list[str]:
    """The paragraphs of the document as they are read."""
    blocks = compose_document(township, document).document.blocks
    return ["".join(r.text for r in (*b.lead, *b.runs)) for b in blocks if isinstance(b, Paragraph)]


def test_items_go_on_in_their_paragraph_with_their_dates(office: Township) -> None:
    paragraphs = told(office, new_document(office, year(2021)))
    (topic,) = [text for text in paragraphs if TOPIC in text]
    assert topic.endswith("6月30日前，加强免疫接种率达到90%以上。对老年人上门接种。")
    (others,) = [text for text in paragraphs if OTHERS in text]
    assert others == f"4.{OTHERS}。3月31日前，备足防疫物资。"
    assert not any("（责任部门" in text for text in paragraphs)


def test_an_item_whose_paragraph_is_switched_off_is_told_by_itself(office: Township) -> None:
    document = new_document(office, year(2021))
    parts = open_document(office, document).parts
    switch(office, document, next(part.id for part in parts if part.title == TOPIC), False)
    paragraphs = told(office, document)
    assert sum("加强免疫接种率达到90%以上" in text for text in paragraphs) == 1
    assert f"3.{TOPIC}。6月30日前，加强免疫接种率达到90%以上。对老年人上门接种。" in paragraphs


def test_what_is_switched_off_as_well_joins_the_others(office: Township) -> None:
    document = new_document(office, year(2021))
    parts = open_document(office, document).parts
    for part in parts:
        if part.title == TOPIC or (part.kind == ITEMS and part.text.endswith(TOPIC)):
            switch(office, document, part.id, False)
    (others,) = [text for text in told(office, document) if OTHERS in text]
    assert "加强免疫接种率达到90%以上。对老年人上门接种。" in others


def test_a_plan_says_nothing_twice(office: Township) -> None:
    text = "".join(told(office, new_document(office, year(2021))))
    sentences = re.findall(r"[^。]{8,}。", text.partition("年工作计划")[2] or text)
    assert len(sentences) == len(set(sentences))


def test_no_section_at_all_is_found_before_printing(office: Township) -> None:
    document = new_document(office, year(2021))
    assert not [each for each in preflight(office, document) if "一个方面也没有" in each.title]
    inside = ""
    for part in open_document(office, document).parts:
        if part.kind == HEADING and part.level == 1:
            inside = part.key
        if part.kind == HEADING and part.level == 2 and inside == "summary":
            switch(office, document, part.id, False)
    (found,) = [each for each in preflight(office, document) if "一个方面也没有" in each.title]
    assert found.severity == "stop"
    published = lay_out_document(office, document)
    attached = published.composed.document.attachments
    captions = [getattr(b, "caption", "") for a in attached for b in a.blocks]
    assert not set(captions) & {area.title for area in office.catalogue.areas if area.section is not None}


def test_the_paper_bears_no_day_that_is_yet_to_come(office: Township) -> None:
    document = new_document(office, year(2021))
    office.working_day = date(2021, 11, 24)
    assert compose_document(office, document).document.date == "2021年11月24日"
    office.working_day = date(2022, 1, 10)
    assert compose_document(office, document).document.date == "2021年12月31日"
    set_head(office, document, title="总结", addressee="", signed_on=date(2022, 1, 5))
    assert compose_document(office, document).document.date == "2022年1月5日"


def test_an_item_in_a_paragraph_of_another_part_is_not_lost(office: Township) -> None:
    values = {
        "part": "民生",
        "topic": TOPIC,
        "plan_year": 2022,
        "wording": "建成两处老年食堂。",
        "department": 1,
    }
    record.save(office, "plan_item", {**values, "due_on": date(2022, 9, 30), "status": "未开始"})
    paragraphs = told(office, new_document(office, year(2021)))
    assert f"4.{OTHERS}。9月30日前，建成两处老年食堂。" in paragraphs
