"""What ends the text: the note of the attachments, the office and the date at their printed places."""

from __future__ import annotations

from zhengui.reports.document import Attachment, Document
from zhengui.reports.gb9704.faces import clean
from zhengui.reports.gb9704.lines import Measure
from zhengui.reports.word.layout import Layout
from zhengui.reports.word.markup import indent, paragraph, run, spacing
from zhengui.reports.word.styles import DATE, NOTE, OFFICE


def note(attachments: tuple[Attachment, ...], layout: Layout, measure: Measure) -> list[str]:
    """附件：1.×××, each name's turn-over lines under its first character."""
    cell, pitch = layout.cell, layout.pitch
    found = []
    for index, attachment in enumerate(attachments):
        number = f"{index + 1}." if len(attachments) > 1 else ""
        label = ("附件：" if index == 0 else "") + number
        first = (2.0 if index == 0 else 5.0) * cell
        hang = measure.width(label)
        own = spacing(pitch, 0 if index else pitch) + indent(left=first + hang, first=-hang)
        text = label + attachment.title.rstrip("。；;.")
        found.append(paragraph(NOTE, run(text), own, keep=True))
    return found


def signature(document: Document, layout: Layout, measure: Measure) -> list[str]:
    """Office and date, as they stand with a seal or without."""
    pitch = layout.pitch
    office, date = clean(document.office), clean(document.date)
    names = [office, *map(clean, document.joint)] if office else []
    widest = max(map(measure.width, names), default=0.0)
    name_right, date_right = _rights(widest, measure.width(date), layout.cell, document.sealed)
    found = []
    for number, name in enumerate(names):
        # With seals each name leaves the room of one; without, all begin where the widest does.
        first = 2 * pitch if document.sealed else pitch
        before = (3 * pitch if document.sealed else 0.0) if number else first
        aside = (widest - measure.width(name)) / (2 if document.sealed else 1)
        found.append(paragraph(OFFICE, run(name), spacing(pitch, before) + indent(right=name_right + aside)))
    if date:
        own = spacing(pitch, 0 if office else pitch) + indent(right=date_right)
        found.append(paragraph(DATE, run(date), own))
    remark = clean(document.remark).strip("（）()")
    if remark:
        found.append(paragraph(NOTE, run(f"（{remark}）"), spacing(pitch) + indent(left=2 * layout.cell)))
    return found


def _rights(name: float, date: float, cell: float, sealed: bool) -> tuple[float, float]:
    """How far the name and the date end from the right margin."""
    if sealed:
        return max(0.0, 4 * cell + (date - name) / 2), 4 * cell
    if date > name:
        return 2 * cell + date - name + 2 * cell, 2 * cell
    return 2 * cell, max(0.0, 2 * cell + name - date - 2 * cell)
