"""Departments sign their own part of a draft; a later change takes it back, and the issue keeps what stood."""

from __future__ import annotations

from datetime import date

import pytest

from tests.services.test_issue_document import short_document
from zhengui.services.document import edit_document as write
from zhengui.services.entry.record import save
from zhengui.services.issue.issue_document import issue, submit
from zhengui.services.issue.preflight import preflight
from zhengui.services.issue.sign_off import (
    SignOffSheet,
    is_wanted,
    sheets,
    sign,
    signatures_of_issue,
    take_back,
    want,
)
from zhengui.services.township.township import Township
from zhengui.storage.problem import StorageProblem


def sheet(township: Township, document: int, department: str) -> SignOffSheet:
    return next(each for each in sheets(township, document) if each.department == department)


@pytest.fixture
def document(written: Township) -> int:
    """A draft whose lead prints a figure of 应急所 and one of 纪委."""
    made = short_document(written)
    part = write.open_document(written, made).part("summary_lead")
    write.set_text(written, made, part.id, "排查整治{inspection_rounds}，发放公开信{letters}。")
    return made


def departments(township: Township) -> tuple[str, str]:
    areas = township.catalogue.by_area
    return areas["safety"].department, areas["rectification"].department


def test_each_department_answers_for_its_own_figures(written: Township, document: int) -> None:
    safety, rectification = departments(written)
    ours = {piece.key for piece in sheet(written, document, safety).pieces}
    assert "figure:inspection_rounds" in ours
    assert "figure:letters" not in ours
    assert "figure:letters" in {piece.key for piece in sheet(written, document, rectification).pieces}
    assert "text:summary_lead" in ours


def test_a_later_record_takes_only_that_signature_back_and_says_which(
    written: Township, document: int
) -> None:
    safety, rectification = departments(written)
    for department in (safety, rectification):
        assert sign(written, document, department).stands
    save(written, "letter", {"village": 1, "date": date(2021, 5, 30), "copies": 5, "suggestions": 0})
    assert sheet(written, document, safety).stands
    broken = sheet(written, document, rectification)
    assert not broken.stands
    assert broken.who == "甲"
    assert any("“发放公开信”" in words for words in broken.taken_back)
    assert sign(written, document, rectification).stands


def test_a_word_of_the_paragraph_takes_it_back_too(written: Township, document: int) -> None:
    safety, _other = departments(written)
    sign(written, document, safety)
    part = write.open_document(written, document).part("summary_lead")
    write.set_text(written, document, part.id, "全年排查整治{inspection_rounds}，发放公开信{letters}。")
    assert any("的文字改过" in words for words in sheet(written, document, safety).taken_back)


def test_the_check_lists_who_has_not_signed_where_it_is_wanted(written: Township, document: int) -> None:
    def unsigned() -> list[str]:
        return [each.title for each in preflight(written, document) if each.kind == "unsigned"]

    safety, rectification = departments(written)
    assert unsigned() == []
    want(written, True)
    assert is_wanted(written)
    assert {f"“{safety}”未会签", f"“{rectification}”未会签"} <= set(unsigned())
    sign(written, document, safety)
    assert f"“{safety}”未会签" not in unsigned()
    take_back(written, document, safety)
    assert f"“{safety}”未会签" in unsigned()


def test_the_issue_keeps_the_signatures_that_stood(written: Township, document: int) -> None:
    safety, rectification = departments(written)
    sign(written, document, safety)
    sign(written, document, rectification)
    save(written, "letter", {"village": 1, "date": date(2021, 5, 30), "copies": 5, "suggestions": 0})
    submit(written, document)
    made = issue(written, document)
    kept = signatures_of_issue(written, made.id)
    assert [(department, who) for department, who, _at in kept] == [(safety, "甲")]
    with pytest.raises(StorageProblem, match="已经签发"):
        sign(written, document, rectification)


def test_a_department_without_a_part_need_not_sign(written: Township, document: int) -> None:
    with pytest.raises(StorageProblem, match="不用会签"):
        sign(written, document, "没有这个部门")
