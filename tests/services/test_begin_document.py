"""A new document begins with the office's own wording: its year's, or last year's, told for its span and scope."""

from __future__ import annotations

import pytest

from tests.services.drafts import new_document
from zhengui.figures.period import half, quarter, year
from zhengui.reports.document import Heading
from zhengui.services.document import edit_document as write
from zhengui.services.document.begin_document import begin_document
from zhengui.services.document.compose_document import compose_document
from zhengui.services.document.outline_parts import parts_for
from zhengui.services.township.township import Township

OWN = "{year}年全镇上下齐心协力，本段由办公室自己写。"


@pytest.fixture
def yearly(written: Township) -> int:
    """The document of 2021 with a section of the office's own, one that is switched off and one renamed."""
    document = new_document(written, year(2021))
    opened = write.open_document(written, document)
    edit = write.add_part(
        written, document, opened.part("safety").id - 1, "heading", title="自己加的一节", level=2
    )
    write.add_part(written, document, edit.part, text=OWN)
    write.switch(written, document, opened.part("epidemic").id, on=False)
    write.rename(written, document, opened.part("party").id, "改过的党建标题")
    return document


def text_of(township: Township, document: int) -> str:
    return compose_document(township, document).document.text()


def test_without_any_document_the_outline_is_the_start(written: Township) -> None:
    document = begin_document(written, year(2021))
    outline = [part["key"] for part in parts_for(written, year(2021), (), "")]
    assert [part.key for part in write.open_document(written, document).parts] == outline


@pytest.mark.parametrize("period", [half(2021, 1), quarter(2021, 3), half(2022, 1)])
def test_a_shorter_document_tells_the_year_s_wording_for_its_span(
    written: Township, yearly: int, period
) -> None:
    document = begin_document(written, period)
    text = text_of(written, document)
    assert f"{period.title}全镇上下齐心协力" in text
    assert "自己加的一节" in text
    assert "改过的党建标题" in text
    assert "坚持人民至上" not in text
    assert "全年" not in text
    opened = write.open_document(written, document)
    assert opened.document.based_on == yearly
    assert all(part.rethink == (part.kind == "paragraph") for part in opened.parts)


def test_an_area_s_document_takes_its_section_from_the_year_s(written: Township, yearly: int) -> None:
    document = begin_document(written, year(2021), area="party")
    blocks = compose_document(written, document).document.blocks
    assert [block.key for block in blocks if isinstance(block, Heading)] == ["summary", "party"]
    assert "改过的党建标题" in text_of(written, document)


def test_a_village_s_document_speaks_of_the_village(written: Township, yearly: int) -> None:
    document = begin_document(written, half(2021, 1), villages=(1,))
    assert "2021年上半年全村上下齐心协力" in text_of(written, document)


def test_the_next_year_begins_with_the_same_words(written: Township, yearly: int) -> None:
    document = begin_document(written, year(2022))
    assert "2022年全镇上下齐心协力" in text_of(written, document)
    assert write.open_document(written, document).document.based_on == yearly


def test_the_lead_counts_the_sections_that_are_printed(written: Township, yearly: int) -> None:
    assert "以下八个方面" in text_of(written, yearly), "one switched off and one added"
    assert "以下五个方面" in text_of(written, yearly)
    opened = write.open_document(written, yearly)
    for key in ("plan.epidemic", "plan.livelihood", "plan.government"):
        write.switch(written, yearly, opened.part(key).id, on=False)
    write.switch(written, yearly, opened.part("party").id, on=False)
    assert "以下七个方面" in text_of(written, yearly)
    assert "以下两个方面" in text_of(written, yearly)
