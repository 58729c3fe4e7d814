"""Reads the wording of the yearly document: an area's section, and the frame with the plan's parts."""

from __future__ import annotations

from zhengui.catalogue.entry import Entry
from zhengui.catalogue.model import Outline, Section, WordingParagraph


def read_section(entry: Entry | None, key: str) -> Section | None:
    """An area's section of the summary, or None where the file has none."""
    if entry is None:
        return None
    entry.name = "section"
    return _section(entry, key)


def read_outline(entry: Entry) -> Outline | None:
    """The frame of the document; None where it does not hold."""
    entry.name = "outline"
    parts = [_section(part, part.text("key", required=True)) for part in entry.tables("plan", "计划")]
    outline = Outline(
        title=entry.text("title", required=True),
        addressee=entry.text("addressee"),
        opening=entry.texts("opening", required=True),
        summary_title=entry.text("summary_title", required=True),
        summary_lead=entry.text("summary_lead"),
        plan_title=entry.text("plan_title", required=True),
        plan_lead=entry.text("plan_lead"),
        plan=tuple(part for part in parts if part),
        closing=entry.texts("closing"),
    )
    return outline if entry.finish() else None


def _section(entry: Entry, key: str) -> Section | None:
    paragraphs = [_paragraph(inner) for inner in entry.tables("paragraph", "段落")]
    section = Section(
        key=key,
        title=entry.text("title", required=True),
        paragraphs=tuple(paragraph for paragraph in paragraphs if paragraph),
        items=entry.text("items"),
        life=entry.life(),
    )
    return section if entry.finish() else None


def _paragraph(entry: Entry) -> WordingParagraph | None:
    paragraph = WordingParagraph(
        key=entry.text("key", required=True),
        text=entry.text("text", required=True),
        title=entry.text("title"),
    )
    return paragraph if entry.finish() else None
