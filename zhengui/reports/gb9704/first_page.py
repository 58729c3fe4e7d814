"""Settle the first page so that it shows text (GB/T 9704-2012, 7.3.2 and 7.3.3)."""

from __future__ import annotations

from dataclasses import replace

from zhengui.reports.document import Document, Imprint
from zhengui.reports.gb9704.faces import Faces
from zhengui.reports.gb9704.grid import grid_of
from zhengui.reports.gb9704.last_pages import chunks_of
from zhengui.reports.gb9704.paragraphs import Builder, Strip
from zhengui.reports.gb9704.red_head import head_rows
from zhengui.reports.gb9704.settings import PageSettings

LEAST_LINES = 2
"""Lines of text the first page shows, a heading among them."""
CLOSEST = 2
"""Rows by which the space between the red rule and the title may shrink."""


def settled(document: Document, builder: Builder) -> tuple[Document, int]:
    """The document as it is printed, and the row on which its title stands.

    Where the addressees leave no room for text on the first page they move to the imprint; where the red head and
    the title do, the space over the title shrinks.
    """
    head = document.head if builder.settings.red_head else None
    # Without a head the title leaves a row free: its larger characters would stand out of the type area.
    first = head_rows(head, builder.grid) if head else 1
    rows = builder.grid.rows
    if document.addressee and first + _above(document, builder) > rows:
        document = _moved(document)
    over = first + _above(document, builder) - rows
    return document, first - min(max(over, 0), CLOSEST if head else 0)


def as_printed(document: Document, settings: PageSettings, faces: Faces) -> Document:
    """The document with its addressees where the printed page has them."""
    return settled(document, Builder(grid_of(settings), faces, settings))[0]


def _above(document: Document, builder: Builder) -> int:
    """The rows of title and addressee and of the least text under them."""
    apart = Builder(builder.grid, builder.faces, builder.settings)
    body = apart.body(replace(document, blocks=document.blocks[:3]))
    rows, lines = 0, 0
    for strip in body.flows:
        if not isinstance(strip, Strip):
            break
        if body.opening <= body.flows.index(strip):
            break
        rows += strip.blank_before + len(strip.lines)
    text = [strip for strip in body.flows[body.opening :] if isinstance(strip, Strip)]
    for chunk in chunks_of(text):
        if lines >= LEAST_LINES:
            break
        rows += chunk.blank + chunk.rows
        lines += chunk.rows
    return rows


def _moved(document: Document) -> Document:
    """The document with its addressees in the imprint."""
    own = document.imprint or Imprint("", document.office, document.date)
    return replace(document, addressee="", imprint=replace(own, sent_to=document.addressee))
