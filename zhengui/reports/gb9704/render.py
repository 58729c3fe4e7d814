"""Set a document and write it as a PDF: paragraphs, lines, pages, drawing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from zhengui.debug_log import Timed
from zhengui.reports.document import Document
from zhengui.reports.gb9704.about_file import Properties
from zhengui.reports.gb9704.drawing import Spot, draw
from zhengui.reports.gb9704.faces import Faces, faces
from zhengui.reports.gb9704.first_page import settled
from zhengui.reports.gb9704.furniture import contents, cover, number_page
from zhengui.reports.gb9704.grid import grid_of
from zhengui.reports.gb9704.imprint import imprint_pages
from zhengui.reports.gb9704.items import DrawnShape, Item, LaidPage, RuledLine, Text
from zhengui.reports.gb9704.pages import Pager
from zhengui.reports.gb9704.paragraphs import Builder
from zhengui.reports.gb9704.red_head import head_items
from zhengui.reports.gb9704.signature import signature
from zhengui.reports.gb9704.spoken import in_front, tell_lines
from zhengui.reports.page_settings import STANDARD, PageSettings
from zhengui.whole_file import write_whole
from zhengui.work import Progress


@dataclass(frozen=True, slots=True)
class Rendered:
    """What was printed: how many pages, and where each figure is on them."""

    pages: int
    spots: tuple[Spot, ...]


def lay_out(document: Document, settings: PageSettings, found: Faces) -> list[LaidPage]:
    """The document's pages, numbered, before they are drawn."""
    grid = grid_of(settings)
    builder = Builder(grid, found, settings)
    pager = Pager(grid, found)
    first_page = settled(document, builder)
    document = first_page.document
    head = document.head if settings.red_head else None
    body = builder.body(document)
    signed = signature(document, builder)
    for strip in signed:
        builder.tell([*strip.lines, *(text for row in strip.beside.values() for text in row)])
    body.tail += signed
    body.first_row = first_page.row
    pager.section(body)
    if head:
        first = head_items(head, grid, found, first_page.tight)
        tell_lines(first, in_front(builder.structure))
        pager.pages[0].items[:0] = first
    for number, attachment in enumerate(document.attachments, 1):
        pager.section(builder.attachment(attachment, number, len(document.attachments)))
    pages = pager.pages
    for place, own in pager.adjusted.items():
        if place < len(pages):
            pages[place].rows = own.rows
    for number, page in enumerate(pages, 1):
        number_page(page, number, found)
    if document.imprint is not None:
        _add_imprint(pages, document, found, builder)
    front = contents(pages, builder) if settings.contents else []
    if settings.cover:
        front.insert(0, cover(document, builder))
    if len(front) % 2:  # page 1 is a right-hand page, so what stands before it fills whole sheets
        front.append(LaidPage())
    for page in pages:
        page.watermark = settings.watermark
    return [*front, *pages]


def _add_imprint(pages: list[LaidPage], document: Document, found: Faces, builder: Builder) -> None:
    """Put the imprint on the last even page; a page of its own after a blank one carries no number."""
    assert document.imprint is not None
    parts = imprint_pages(document.imprint, found)
    for part in parts:
        tell_lines(part, builder.structure)
    top = min(item.y1 for item in parts[0] if isinstance(item, RuledLine))
    last = pages[-1]
    if len(parts) == 1 and len(pages) % 2 == 0 and not last.turned and _lowest(last.items) < top - 8:
        last.items += parts[0]
        return
    follows = (len(pages) + len(parts)) % 2 == 0
    if not follows:
        pages.append(LaidPage())
    for items in parts:
        pages.append(LaidPage(items))
        if follows:
            number_page(pages[-1], len(pages), found)


def _lowest(items: list[Item]) -> float:
    lowest = 0.0
    for item in items:
        if isinstance(item, Text):
            lowest = max(lowest, item.y + item.size * 0.12)
        elif isinstance(item, RuledLine):
            lowest = max(lowest, item.y1, item.y2)
        elif isinstance(item, DrawnShape):
            lowest = max(lowest, *(y for _, y in item.points))
        else:
            lowest = max(lowest, item.y + item.height)
    return lowest


def render(
    document: Document,
    target: Path | str | BinaryIO,
    settings: PageSettings = STANDARD,
    progress: Progress | None = None,
) -> Rendered:
    """Write the document as a PDF to a path or an open binary file.

    `progress` gets the page and the number of pages; what it raises stops the work, and nothing is written. A file
    is replaced only when the new one is complete.
    """
    found = faces(settings.system_faces)
    with Timed("page", "lay out"):
        pages = lay_out(document, settings, found)
    subject = document.head.number if document.head else ""
    with Timed("page", f"draw {len(pages)} pages"):
        data, spots = draw(
            pages, found, Properties(document.title_text, document.office, subject, document.day), progress
        )
    if isinstance(target, (str, Path)):
        write_whole(Path(target), data)
    else:
        target.write(data)
    return Rendered(len(pages), spots)
