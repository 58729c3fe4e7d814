"""A document's figures lead into its book of evidence, draft or issue, and what was issued stays as it is."""

from __future__ import annotations

from pathlib import Path

import pdfplumber
import pytest

from tests.services.test_issue_document import KEYS, issued, short_document
from zhengui.services.document.compose_document import lay_out_document
from zhengui.services.entry.record import save
from zhengui.services.issue.issue_document import find_issue, issued_pages
from zhengui.services.issue.link_evidence import bind_with_document, copy_beside, figures_by_section
from zhengui.services.township.township import Township
from zhengui.work import Cancelled, Progress


def targets(copy: Path, book: str) -> list[int]:
    """The pages (from 1) that the links of a copy lead to; all of them in the book beside it."""
    with pdfplumber.open(copy) as pdf:
        actions = [annotation["data"]["A"] for page in pdf.pages for annotation in page.annots]
    assert {action["S"].name for action in actions} == {"GoToR"}
    assert {action["F"]["UF"].decode("utf-16") for action in actions} == {book}
    return [action["D"][0] + 1 for action in actions]


def test_every_figure_of_the_document_leads_to_its_chapter(written: Township, tmp_path: Path) -> None:
    document = short_document(written)
    made = bind_with_document(written, document, tmp_path / "佐证材料.pdf")
    published = lay_out_document(written, document)
    assert made.copy == copy_beside(tmp_path / "佐证材料.pdf")
    assert made.copy.read_bytes().startswith(published.pdf)
    spots = [spot for spot in published.spots if spot.source.startswith("figure:")]
    first = made.bound.first_pages
    wanted = [first[spot.source.removeprefix("figure:")] for spot in spots]
    assert targets(made.copy, "佐证材料.pdf") == wanted
    assert made.links == len(spots) >= len(KEYS)
    with pdfplumber.open(tmp_path / "佐证材料.pdf") as pdf:
        for key, page in first.items():
            title = written.catalogue.indicators[key].title
            assert title in (pdf.pages[page - 1].extract_text() or "").replace("\n", "")


def test_an_issue_s_copy_begins_with_the_very_bytes_that_were_issued(
    written: Township, tmp_path: Path
) -> None:
    number = issued(written)
    before = issued_pages(written, number)
    document = find_issue(written, number).document
    first = bind_with_document(written, document, tmp_path / "a.pdf", issue=number)
    save(written, "letter", {"copies": 9999}, 13)
    again = bind_with_document(written, document, tmp_path / "b.pdf", issue=number)
    assert issued_pages(written, number) == before
    assert again.copy.read_bytes().startswith(before.pdf)
    assert first.bound == again.bound
    assert targets(again.copy, "b.pdf") == targets(first.copy, "a.pdf")


def test_only_the_chosen_figures_lead_on(written: Township, tmp_path: Path) -> None:
    document = short_document(written)
    made = bind_with_document(written, document, tmp_path / "b.pdf", ["letters"])
    assert list(made.bound.first_pages) == ["letters"]
    assert set(targets(made.copy, "b.pdf")) == {made.bound.first_pages["letters"]}


def test_figures_stand_under_their_headings_in_draft_and_issue(written: Township) -> None:
    number = issued(written)
    document = find_issue(written, number).document
    sections = figures_by_section(written, document)
    assert [figure.key for section in sections for figure in section.figures] == list(KEYS)
    assert sections[-1].title.startswith("一、")
    letters = next(figure for section in sections for figure in section.figures)
    assert letters.title == written.catalogue.indicators["letters"].title
    assert letters.shown
    save(written, "letter", {"copies": 9999}, 13)
    assert figures_by_section(written, document, number) == sections
    assert figures_by_section(written, document) != sections


def stopping_at(words: str) -> Progress:
    def tell(_done: int, _whole: int, what: str = "", /) -> None:
        if words in what:
            raise Cancelled

    return tell


def test_stopping_leaves_neither_book_nor_copy(written: Township, tmp_path: Path) -> None:
    document = short_document(written)
    for stop in ("排印文稿第", written.catalogue.indicators["letters"].title):
        with pytest.raises(Cancelled):
            bind_with_document(
                written,
                document,
                tmp_path / "b.pdf",
                progress=stopping_at(stop),
            )
    assert not list(tmp_path.glob("b*"))
