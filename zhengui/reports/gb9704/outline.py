"""The outline beside the pages, and the numbers by which a reader names them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from zhengui.reports.gb9704.grid import PAGE_HEIGHT
from zhengui.reports.gb9704.items import LaidPage
from zhengui.reports.gb9704.pdf_file import PdfFile, text


@dataclass(slots=True)
class _Entry:
    number: int
    words: str
    place: str
    level: int
    parts: list[_Entry] = field(default_factory=list)


def outline_of(file: PdfFile, pages: Sequence[LaidPage], numbers: Sequence[int]) -> int:
    """Write the outline of all marks; the number of its root, 0 where there are none. Only the top level is open."""
    root = _Entry(0, "", "", -1)
    open_entries = [root]
    for page, number in zip(pages, numbers, strict=True):
        for mark in page.marks:
            # A level that skips one (（一） before any 一、) is drawn up to where the outline is.
            level = min(mark.level, open_entries[-1].level + 1)
            del open_entries[level + 1 :]
            place = f"/Dest [ {number} 0 R /FitH {PAGE_HEIGHT - mark.y:.3f} ]"
            entry = _Entry(file.reserve(), mark.text, place, level)
            open_entries[-1].parts.append(entry)
            open_entries.append(entry)
    if not root.parts:
        return 0
    root.number = file.reserve()
    shown = len(root.parts) + sum(len(entry.parts) for entry in root.parts)
    file.put(root.number, f"<< /Type /Outlines {_ends(root)} /Count {shown} >>")
    _write(file, root)
    return root.number


def _write(file: PdfFile, above: _Entry) -> None:
    for place, entry in enumerate(above.parts):
        body = f"/Title {text(entry.words)} /Parent {above.number} 0 R {entry.place}"
        if place:
            body += f" /Prev {above.parts[place - 1].number} 0 R"
        if place + 1 < len(above.parts):
            body += f" /Next {above.parts[place + 1].number} 0 R"
        if entry.parts:
            count = len(entry.parts) if entry.level == 0 else -len(entry.parts)
            body += f" {_ends(entry)} /Count {count}"
        file.pack(entry.number, f"<< {body} >>")
        _write(file, entry)


def _ends(entry: _Entry) -> str:
    return f"/First {entry.parts[0].number} 0 R /Last {entry.parts[-1].number} 0 R"


def page_labels(pages: Sequence[LaidPage]) -> str:
    """The catalogue's entry: a page is called by the number that it prints, one without a number by none."""
    ranges, before = [], -2
    for index, page in enumerate(pages):
        if page.number and (before < 1 or page.number != before + 1):
            ranges.append(f"{index} << /S /D /St {page.number} >>")
        elif not page.number and before != 0:
            ranges.append(f"{index} << >>")
        before = page.number
    return f"/PageLabels << /Nums [ {' '.join(ranges)} ] >>"
