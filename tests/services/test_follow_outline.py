"""A draft begun before a section came into the catalogue is told that it lacks it, and can take it over."""

from __future__ import annotations

import pytest

from tests.services.drafts import new_document
from zhengui.figures.period import year
from zhengui.services.document import edit_document as write
from zhengui.services.document.compose_document import compose_document
from zhengui.services.document.follow_outline import add_lacking, lacking, outdated
from zhengui.services.issue.preflight import preflight
from zhengui.services.township.township import Township
from zhengui.storage.problem import StorageProblem


def text(township: Township, document: int) -> str:
    return compose_document(township, document).document.text()


def never_held(township: Township, document: int, section: str) -> None:
    """Make the draft look as if it had been begun before the section was in the catalogue."""
    with township.writing() as writing:
        writing.conn.exec_driver_sql(
            "DELETE FROM document_part WHERE document = ? AND (key = ? OR key LIKE ?)",
            (document, section, f"{section}.%"),
        )


def told(township: Township, document: int, kind: str) -> list[str]:
    return [each.title for each in preflight(township, document) if each.kind == kind]


def test_a_whole_document_lacks_nothing(written: Township) -> None:
    document = new_document(written, year(2021))
    assert lacking(written, document) == []
    assert outdated(written, document) == []


@pytest.mark.parametrize("section", ["party", "environment", "safety"])
def test_a_section_that_came_later_is_told_and_added_in_its_place(written: Township, section: str) -> None:
    document = new_document(written, year(2021))
    before = text(written, document)
    never_held(written, document, section)
    assert text(written, document) != before
    assert [each.key for each in lacking(written, document)] == [section]
    assert len(told(written, document, "lacks_section")) == 1
    edit = add_lacking(written, document, section)
    assert text(written, document) == before
    assert told(written, document, "lacks_section") == []
    write.take_back(written, edit)
    assert text(written, document) != before
    with pytest.raises(StorageProblem):
        add_lacking(written, document, section)


def test_a_paragraph_that_came_later_is_added_alone(written: Township) -> None:
    document = new_document(written, year(2021))
    before = text(written, document)
    never_held(written, document, "safety.inspection")
    assert [each.key for each in lacking(written, document)] == ["safety.inspection"]
    add_lacking(written, document, "safety.inspection")
    assert text(written, document) == before


def test_what_somebody_took_out_is_not_asked_for_again(written: Township) -> None:
    document = new_document(written, year(2021))
    part = write.open_document(written, document).part
    write.remove_part(written, document, part("safety").id)
    assert lacking(written, document) == []


def test_what_the_outline_has_no_more_is_told_once_for_a_section(written: Township) -> None:
    document = new_document(written, year(2021))
    with written.writing() as writing:
        writing.conn.exec_driver_sql(
            "UPDATE document_part SET key = 'campaign' || substr(key, 7) WHERE key = 'safety' OR key LIKE 'safety.%'"
        )
    part = write.open_document(written, document).part("campaign")
    write.add_part(written, document, part.id, text="自己写的一段。")
    assert len(told(written, document, "left_section")) == 1
    assert outdated(written, document)[0].id == part.id
