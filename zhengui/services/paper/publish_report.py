"""Lay out the yearly document as the office has chosen and save it as PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from zhengui.reports.document import Block, Document, Heading, Paragraph
from zhengui.reports.gb9704 import MissingCharacter, Spot, check_characters, render
from zhengui.services.paper.composed import Composed, Remark
from zhengui.services.township.page_settings import ReportSettings
from zhengui.services.township.reading import Reading, reads
from zhengui.whole_file import write_whole
from zhengui.work import Progress

if TYPE_CHECKING:
    from zhengui.reports.inspect import Verdict


#: So many characters fill five pages.
_BEGINNING = 3000


@dataclass(frozen=True, slots=True)
class Published:
    """A laid out document: its bytes, where each figure stands on the page, what to look at again."""

    title: str
    pdf: bytes
    pages: int
    spots: tuple[Spot, ...]
    remarks: tuple[Remark, ...]
    composed: Composed
    settings: ReportSettings


@reads
def lay_out_composed(
    reading: Reading, composed: Composed, chosen: ReportSettings, progress: Progress | None = None
) -> Published:
    """Lay out a document that was composed before."""
    buffer = BytesIO()
    rendered = render(composed.document, buffer, chosen.page(), progress)
    remarks = composed.remarks(reading.catalogue)
    remarks += [_missing(missing) for missing in check_characters(composed.document, chosen.system_faces)]
    return Published(
        composed.document.title_text,
        buffer.getvalue(),
        rendered.pages,
        rendered.spots,
        tuple(remarks),
        composed,
        chosen,
    )


def lay_out_beginning(document: Document, chosen: ReportSettings) -> bytes:
    """A PDF whose first page is that of the whole document, laid out from its first few pages' text alone."""
    buffer = BytesIO()
    beginning = replace(document, blocks=_first_blocks(document.blocks), attachments=())
    # A list of what it holds would need all pages; it never is the first of them.
    render(beginning, buffer, replace(chosen.page(), contents=False))
    return buffer.getvalue()


def _first_blocks(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Enough for the first page to be followed by others: the last ones are spaced by what stands under them."""
    found: list[Block] = []
    length = 0
    for block in blocks:
        if length > _BEGINNING:
            break
        found.append(block)
        if isinstance(block, Heading | Paragraph):
            length += sum(len(run.text) for run in block.runs)
    return tuple(found)


def save(published: Published, path: Path) -> None:
    """Write the very bytes of the preview."""
    write_whole(path, published.pdf)


def check_layout(published: Published) -> list[Verdict]:
    """What the rules of the official document say about the pages as they would be printed."""
    from zhengui.reports.inspect import inspect_pdf

    return inspect_pdf(published.pdf)


def _missing(missing: MissingCharacter) -> Remark:
    where = f"在{missing.place}：…{missing.around}…。请换一个写法"
    return Remark("", f"“{missing.character}”字库里没有，印出来会缺字", where)
