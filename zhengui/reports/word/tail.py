"""What ends the text: the note of the attachments, the office and the date at their printed places."""

from __future__ import annotations

from zhengui.reports.document import Attachment, Document
from zhengui.reports.gb9704.faces import clean
from zhengui.reports.gb9704.lines import CharacterWidths
from zhengui.reports.gb9704.signature import NARROWEST, SEAL_ROWS
from zhengui.reports.word.layout import Layout
from zhengui.reports.word.markup import indent, paragraph, run, spacing, tab, twips
from zhengui.reports.word.styles import DATE, NOTE, OFFICE


def note(attachments: tuple[Attachment, ...], layout: Layout, measure: CharacterWidths) -> list[str]:
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


def signature(document: Document, layout: Layout, measure: CharacterWidths) -> list[str]:
    """Office and date, as they stand with a seal or without."""
    pitch = layout.pitch
    office, date = clean(document.office), clean(document.date)
    names = [office, *map(clean, document.joint)] if office else []
    if document.sealed and len(names) > 1:
        found = _sealed_together(names, date, layout, measure)
    else:
        widest = max(map(measure.width, names), default=0.0)
        name_right, date_right = _rights(widest, measure.width(date), layout.cell, document.sealed)
        first = 2 * pitch if document.sealed else pitch
        found = []
        for number, name in enumerate(names):
            # Without seals all names begin where the widest does.
            own = indent(right=name_right + widest - measure.width(name))
            found.append(paragraph(OFFICE, run(name), spacing(pitch, 0.0 if number else first) + own))
        if date:
            own = spacing(pitch, 0 if office else pitch) + indent(right=date_right)
            found.append(paragraph(DATE, run(date), own))
    remark = clean(document.remark).strip("（）()")
    if remark:
        found.append(paragraph(NOTE, run(f"（{remark}）"), spacing(pitch) + indent(left=2 * layout.cell)))
    return found


def _sealed_together(names: list[str], date: str, layout: Layout, measure: CharacterWidths) -> list[str]:
    """Names that are sealed, two a row where there is room, an odd one over the date; each row with room for seals."""
    width, pitch, right = layout.grid.width, layout.pitch, 4 * layout.cell
    middle = width - right - measure.width(date) / 2
    room = 2 * middle - width - layout.cell
    paired = room >= NARROWEST * layout.cell and all(measure.width(name) <= room for name in names)
    each = 2 if paired else 1
    found = []
    for start in range(0, len(names), each):
        group = names[start : start + each]
        places = [middle] if len(group) == 1 else [width - middle, middle]
        stops = "".join(f'<w:tab w:val="center" w:pos="{twips(place)}"/>' for place in places)
        before = (SEAL_ROWS - 1 if start else 2) * pitch
        own = f'<w:tabs>{stops}</w:tabs>{spacing(pitch, before)}<w:jc w:val="left"/>'
        found.append(paragraph(OFFICE, "".join(tab() + run(name) for name in group), own))
    if date:
        found.append(paragraph(DATE, run(date), spacing(pitch) + indent(right=right)))
    return found


def _rights(name: float, date: float, cell: float, sealed: bool) -> tuple[float, float]:
    """How far the name and the date end from the right margin."""
    if sealed:
        return max(0.0, 4 * cell + (date - name) / 2), 4 * cell
    if date > name:
        return 2 * cell + date - name + 2 * cell, 2 * cell
    return 2 * cell, max(0.0, 2 * cell + name - date - 2 * cell)
