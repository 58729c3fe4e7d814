"""Judges the wording: every placeholder names a figure, a claim or one of the few fixed words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhengui.catalogue.check_figures import CLAIM_NUMBERS
from zhengui.catalogue.model import Catalogue, Claim, Outline, Section

#: Placeholders that always stand for something.
FIXED = frozenset({"year", "next_year", "township", "summary_sections", "plan_sections"})
#: Placeholders of a claim's own sentences.
OF_CLAIM = frozenset(f"claim.{name}" for name in CLAIM_NUMBERS)

_CLAIM = "claim."
_PART = re.compile(r"|villages|names[1-9]?")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def placeholders(text: str) -> list[str]:
    """The names between braces, in their order."""
    return _PLACEHOLDER.findall(text)


def text_faults(text: str, catalogue: Catalogue) -> Iterator[str]:
    """Placeholders that name nothing, and braces that do not pair."""
    if re.search(r"[{}]", _PLACEHOLDER.sub("", text)):
        yield "花括号没有成对，请核对"
    for name in placeholders(text):
        if name.startswith(_CLAIM):
            if name.removeprefix(_CLAIM) not in catalogue.claims:
                yield f"{{{name}}} 不是已有的论断，请核对"
        elif name not in FIXED:
            yield from _figure_faults(name, catalogue)


def _figure_faults(name: str, catalogue: Catalogue) -> Iterator[str]:
    """A placeholder that should name a figure, or the villages of one."""
    key, _, part = name.partition(".")
    indicator = catalogue.indicators.get(key)
    if indicator is None:
        yield f"{{{name}}} 不是已有的指标，请核对"
    elif not _PART.fullmatch(part):
        yield f"{{{name}}} 只能写 {{{key}}}、{{{key}.villages}} 或 {{{key}.names}}，请改正"
    elif part.startswith("names"):
        ledger = catalogue.ledgers.get(indicator.measure.ledger) if indicator.measure else None
        if ledger is None or not ledger.named_by:
            yield f"{{{name}}} 的台账没有可以列举的名称，请改正"
    elif part:
        ledger = catalogue.ledgers.get(indicator.measure.ledger) if indicator.measure else None
        if ledger is None or not ledger.village:
            yield f"{{{name}}} 的台账没有村（居），列不出村名，请改正"


def claim_wording_faults(claim: Claim, catalogue: Catalogue) -> Iterator[str]:
    """What is wrong with a claim's sentences."""
    for part in ("holds", "fails", "unknown", "nothing"):
        text: str = getattr(claim, part)
        if re.search(r"[{}]", _PLACEHOLDER.sub("", text)):
            yield f"{part} 里的花括号没有成对，请核对"
        for name in placeholders(text):
            if name in OF_CLAIM:
                if part in ("unknown", "nothing"):
                    yield f"{part} 里不能用 {{{name}}}，说不清时没有这个数，请改正"
            elif name not in FIXED:
                yield from (f"{part} 里的{fault}" for fault in _figure_faults(name, catalogue))


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
