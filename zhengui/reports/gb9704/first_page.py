"""Settle the first page so that it shows text (GB/T 9704-2012, 7.2.4, 7.3.2 and 7.3.3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from zhengui.reports.document import Document, Imprint
from zhengui.reports.gb9704.faces import Faces
from zhengui.reports.gb9704.grid import grid_of
from zhengui.reports.gb9704.last_pages import chunks_of
from zhengui.reports.gb9704.paragraphs import Builder, Flow, PagedSection, Strip
from zhengui.reports.gb9704.red_head import Tight, head_rows
from zhengui.reports.gb9704.signature import signature
from zhengui.reports.page_settings import PageSettings

LEAST_LINES = 2
"""Lines of text the first page shows, a heading among them."""
CLOSEST = 2
"""Rows by which the space between the red rule and the title may shrink."""
SHORT = 6
"""A document of more blocks is not tried on a single page."""


@dataclass(frozen=True, slots=True)
class FirstPage:
    """The document as it is printed, the row on which its title stands, how far its red head is drawn together."""

    document: Document
    row: int
    tight: Tight = Tight.STANDARD


def settled(document: Document, builder: Builder) -> FirstPage:
    """What the first page asks for.

    Where red head, title and addressees leave no room for text, the space over the title shrinks, then addressees of
    several lines move to the imprint, then the head is drawn together, and in the end any addressee moves.
    """
    rows = builder.grid.rows
    if not (builder.settings.red_head and document.head):
        # Without a head the title leaves a row free: its larger characters would stand out of the type area.
        crowded = document.addressee and 1 + _above(_body(document, builder)) > rows
        return FirstPage(_moved(document) if crowded else document, 1)
    tried, first, tight, needed = document, 0, Tight.STANDARD, 0
    for tried, tight in _ways(document, builder):
        body = _body(tried, builder)
        first = head_rows(document.head, builder.grid, tight)
        needed = first + _above(body) - rows
        if needed <= CLOSEST:
            # A short text that just misses the page with its signature is given the rest of that space, too.
            whole = first + _whole(tried, body, builder) - rows
            needed = whole if whole <= CLOSEST else needed
            break
    return FirstPage(tried, first - min(max(needed, 0), CLOSEST), tight)


def as_printed(document: Document, settings: PageSettings, faces: Faces) -> FirstPage:
    """The same for a writer that has no builder."""
    return settled(document, Builder(grid_of(settings), faces, settings))


def _ways(document: Document, builder: Builder) -> Iterator[tuple[Document, Tight]]:
    """The document and its head from the standard's form to the closest one."""
    yield document, Tight.STANDARD
    if document.addressee:
        addressee = _body(document, builder).flows[int(bool(document.title))]
        if isinstance(addressee, Strip) and len(addressee.lines) > 1:
            document = _moved(document)
            yield document, Tight.STANDARD
    for tight in list(Tight)[1:]:
        yield document, tight
    if document.addressee:
        yield _moved(document), list(Tight)[-1]


def _body(document: Document, builder: Builder) -> PagedSection:
    """The opening with the first blocks; all blocks of a short document."""
    apart = Builder(builder.grid, builder.faces, builder.settings)
    few = document.blocks if len(document.blocks) <= SHORT else document.blocks[:3]
    return apart.body(replace(document, blocks=few))


def _above(body: PagedSection) -> int:
    """The rows of title and addressee and of the least text under them."""
    rows, lines = _rows(body.flows[: body.opening]), 0
    text = [strip for strip in body.flows[body.opening :] if isinstance(strip, Strip)]
    for chunk in chunks_of(text):
        if lines >= LEAST_LINES:
            break
        rows += chunk.blank + chunk.rows
        lines += chunk.rows
    return rows


def _whole(document: Document, body: PagedSection, builder: Builder) -> int:
    """The rows of everything; very many where it does not fit on one page anyway."""
    if len(document.blocks) > SHORT or not all(isinstance(flow, Strip) for flow in body.flows):
        return 10 * builder.grid.rows
    apart = Builder(builder.grid, builder.faces, builder.settings)
    return _rows([*body.flows, *body.tail, *signature(document, apart)])


def _rows(flows: Iterable[Flow]) -> int:
    return sum(flow.blank_before + len(flow.lines) for flow in flows if isinstance(flow, Strip))


def _moved(document: Document) -> Document:
    """The document with its addressees in the imprint."""
    own = document.imprint or Imprint("", document.office, document.date)
    return replace(document, addressee="", imprint=replace(own, sent_to=document.addressee))
