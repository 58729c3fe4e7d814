"""A ledger's records as a formal table on paper: what the screen shows, in the official faces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

from zhengui.figures.numerals import on_paper
from zhengui.reports.document import Attachment, Cell, Document, Paragraph, Run, Table
from zhengui.services.township.reading import Reading, reads
from zhengui.services.township.rights import Right
from zhengui.whole_file import write_whole

#: Longer lists are for a workbook; so many rows are about fifty pages.
MOST_ROWS = 2000
#: Columns that come to more than this, in the pixels of the screen, need the page turned.
WIDEST_UPRIGHT = 800


@dataclass(frozen=True, slots=True)
class ListSheet:
    """The list before it is laid out. `widths` are relative, `numbers` the columns that stand at the right."""

    title: str
    lead: str
    header: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()
    totals: tuple[str, ...] = ()


@reads
def document_of(reading: Reading, sheet: ListSheet) -> Document:
    """The list as an official document, its rows numbered; a wide one goes across the page, attached to it."""

    def cells(row: Sequence[str], first: str) -> tuple[Cell, ...]:
        own = (Cell(text, "right" if n in sheet.numbers else "left") for n, text in enumerate(row))
        return (Cell(first, "centre"), *own)

    rows = tuple(cells(row, str(number)) for number, row in enumerate(sheet.rows, start=1))
    totals = cells(sheet.totals, "合计") if any(sheet.totals) else ()
    name, today = reading.profile(), reading.today
    narrow = max(sum(sheet.widths) * 0.045, 1.0)
    wide = sum(sheet.widths) > WIDEST_UPRIGHT
    table = Table(("序号", *sheet.header), rows, (narrow, *sheet.widths), totals, "", wide)
    lead = Paragraph((Run(on_paper(sheet.lead)),))
    day = f"{today.year}年{today.month}月{today.day}日"
    made = Document((name.name, sheet.title), (lead,) if wide else (lead, table), name.office, day)
    return replace(made, attachments=(Attachment(sheet.title, (table,)),)) if wide else made


@reads(Right.EXPORT)
def save_pdf(reading: Reading, sheet: ListSheet, path: Path) -> int:
    """Write the list as PDF and return its pages."""
    from zhengui.reports.gb9704 import render
    from zhengui.services.township.page_settings import settings_of

    buffer = BytesIO()
    rendered = render(document_of(reading, sheet), buffer, settings_of(reading).page())
    write_whole(path, buffer.getvalue())
    return rendered.pages
