"""Judges the wording: every placeholder names a figure, a claim or one of the few fixed words."""

from __future__ import annotations

from collections.abc import Iterator

from zhengui.catalogue.check_figures import CLAIM_NUMBERS
from zhengui.catalogue.model import Catalogue, Claim, Outline, Section
from zhengui.catalogue.wording import chips, wording_faults


def claim_wording_faults(claim: Claim, catalogue: Catalogue) -> Iterator[str]:
    """What is wrong with a claim's sentences."""
    for part in ("holds", "fails", "unknown", "nothing"):
        text: str = getattr(claim, part)
        for fault in wording_faults(text, catalogue, CLAIM_NUMBERS):
            yield f"{part} 里的{fault}"
        if part in ("unknown", "nothing"):
            for chip in chips(text):
                if chip.is_claim and chip.part in CLAIM_NUMBERS:
                    yield f"{part} 里不能用 {chip.text}，说不清时没有这个数，请改正"


def section_texts(section: Section | None) -> Iterator[tuple[str, str]]:
    """Every text of a section with its place in the file."""
    if section is None:
        return
    yield "section", section.title
    for paragraph in section.paragraphs:
        yield f"section 段落 {paragraph.key}", paragraph.title
        yield f"section 段落 {paragraph.key}", paragraph.text


def outline_texts(outline: Outline | None) -> Iterator[tuple[str, str]]:
    """Every text of the frame with its place in the file."""
    if outline is None:
        return
    single = (outline.title, outline.addressee, outline.summary_title, outline.summary_lead)
    for text in (*single, outline.plan_title, outline.plan_lead, *outline.opening, *outline.closing):
        yield "outline", text
    for part in outline.plan:
        for place, text in section_texts(part):
            yield f"outline 计划 {part.key}{place.removeprefix('section')}", text


def unknown_parts(catalogue: Catalogue) -> Iterator[str]:
    """Parts of the plan whose items no plan ledger can hold."""
    if catalogue.outline is None:
        return
    plans = [area for area in catalogue.areas if area.kind == "plan"]
    parts = {
        choice
        for area in plans
        for ledger in area.ledgers
        if "part" in ledger.by_key
        for choice in ledger["part"].choices
    }
    for part in catalogue.outline.plan:
        if plans and part.items and part.items not in parts:
            yield f"计划 {part.key} 的 items“{part.items}”不是计划事项的所属部分，请核对"
