from __future__ import annotations

import re
from io import BytesIO
from itertools import pairwise

import pdfplumber
import pytest
from hypothesis import HealthCheck, given, settings

from tests.long import as_many
from tests.reports.gb9704.documents import SENTENCE, documents, full_document, pdf
from zhengui.reports.document import Heading, Level, Paragraph, Run
from zhengui.reports.inspect import inspect_pdf

MM = 72 / 25.4


def rows(page) -> dict[float, list[dict]]:
    """The page's characters by their baselines in millimetres from the top."""
    found: dict[float, list[dict]] = {}
    for char in page.chars:
        found.setdefault(round((page.height - char["matrix"][5]) / MM, 2), []).append(char)
    return {y: sorted(chars, key=lambda char: char["x0"]) for y, chars in sorted(found.items())}


def text_of(chars: list[dict]) -> str:
    return "".join(char["text"] for char in chars)


def plain_document():
    return full_document(0, blocks=(Paragraph((Run(SENTENCE * 60),)),), attachments=(), imprint=None)


def test_full_lines_span_28_to_184_mm_and_full_pages_have_22_baselines():
    with pdfplumber.open(BytesIO(pdf(plain_document()))) as document:
        for page in document.pages[1:-2]:  # the last but one may leave lines to the page of the signature
            body = {y: chars for y, chars in rows(page).items() if y < 263}
            assert len(body) == 22
            for before, after in pairwise(body):
                assert (after - before) * MM == pytest.approx(29.61, abs=0.15)
            for chars in body.values():
                assert chars[0]["x0"] / MM == pytest.approx(28, abs=0.05)
                assert chars[-1]["x1"] / MM == pytest.approx(184, abs=0.3)


def test_first_lines_start_two_cells_in():
    with pdfplumber.open(BytesIO(pdf(plain_document()))) as document:
        found = [chars for chars in rows(document.pages[0]).values() if text_of(chars).startswith("坚持党建")]
        assert found[0][0]["x0"] / MM == pytest.approx(39.14, abs=0.05)


def test_page_numbers_stand_7_mm_under_the_type_area_outside():
    with pdfplumber.open(BytesIO(pdf(plain_document()))) as document:
        for number, page in enumerate(document.pages, 1):
            y, chars = list(rows(page).items())[-1]
            assert re.fullmatch(rf"—\s*{number}\s*—", text_of(chars))
            assert y == pytest.approx(270.32, abs=0.05)
            if number % 2:
                assert chars[-1]["x1"] / MM == pytest.approx(184 - 156 / 28, abs=0.1)
            else:
                assert chars[0]["x0"] / MM == pytest.approx(28 + 156 / 28, abs=0.1)


def signed(office: str, sealed: bool) -> tuple[list[dict], list[dict]]:
    document = full_document(
        0, blocks=(Paragraph((Run(SENTENCE),)),), attachments=(), imprint=None, office=office, sealed=sealed
    )
    with pdfplumber.open(BytesIO(pdf(document))) as opened:
        found = list(rows(opened.pages[0]).values())
    return found[-3], found[-2]


def test_signed_without_a_seal_the_date_stands_two_cells_right_of_the_name():
    name, date = signed("中共某某镇委员会", False)
    cell = 156 / 28
    assert 184 - name[-1]["x1"] / MM == pytest.approx(2 * cell, abs=0.3)
    assert (date[0]["x0"] - name[0]["x0"]) / MM == pytest.approx(2 * cell, abs=0.05)


def test_a_date_longer_than_the_name_takes_the_gap():
    name, date = signed("某某局", False)
    cell = 156 / 28
    assert 184 - date[-1]["x1"] / MM == pytest.approx(2 * cell, abs=0.3)
    assert (date[0]["x0"] - name[0]["x0"]) / MM == pytest.approx(2 * cell, abs=0.05)


def test_signed_with_a_seal_the_name_is_centred_on_the_date():
    name, date = signed("中共某某镇委员会", True)
    assert 184 - date[-1]["x1"] / MM == pytest.approx(4 * 156 / 28, abs=0.3)
    assert (name[0]["x0"] + name[-1]["x1"]) / 2 == pytest.approx(
        (date[0]["x0"] + date[-1]["x1"]) / 2, abs=0.5
    )


def test_text_that_was_set_copies_out_in_its_order():
    document = plain_document()
    with pdfplumber.open(BytesIO(pdf(document))) as opened:
        body = "".join(text_of(chars) for page in opened.pages for y, chars in rows(page).items() if y < 263)
    assert SENTENCE * 60 in body


@pytest.mark.parametrize("lines", range(12, 30))
def test_a_heading_is_never_last_and_the_signature_never_alone(lines):
    head = Heading(Level.FIRST, "一、", (Run("夯实根基"),))
    body = (Paragraph((Run("严" * (26 + 28 * (lines - 1))),)), head, Paragraph((Run("实" * 60),)))
    data = pdf(full_document(0, blocks=body, imprint=None))
    assert [found for found in inspect_pdf(data) if not found.ok] == []


@settings(max_examples=as_many(60, 200), deadline=None, suppress_health_check=list(HealthCheck))
@given(documents)
def test_generated_documents_pass_every_rule(document):
    faults = [(found.name, found.measured) for found in inspect_pdf(pdf(document)) if not found.ok]
    assert faults == []
