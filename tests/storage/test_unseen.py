"""Halves of characters and code points that are none can be typed anywhere and stop nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.services.drafts import new_document
from zhengui.figures.period import year
from zhengui.services.document import edit_document as write
from zhengui.services.document.compose_document import compose_document
from zhengui.services.entry import drafts, find_records
from zhengui.services.entry.find_reference import find
from zhengui.services.entry.record import save
from zhengui.services.township.township import Township, create_township

ODD = "白\ud800沙\ufffe村\U0001fffe"


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
    assert find_records.find_records(office, "\ud800", 5, lambda: False) == []
