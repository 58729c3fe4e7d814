"""Bind the evidence of a document or an issue, and lay beside it the document whose figures lead into the book."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from zhengui.catalogue.source import FIGURE, of_figure, source_of
from zhengui.reports.document import Heading, Paragraph
from zhengui.reports.gb9704 import Spot, linked
from zhengui.services.document.compose_document import compose_document, lay_out_document
from zhengui.services.issue.bind_evidence import BoundBook, bind_document, bind_issue
from zhengui.services.issue.issue_document import issued_content, issued_pages
from zhengui.services.township.reading import Reading, reads
from zhengui.services.township.rights import Right
from zhengui.whole_file import write_whole
from zhengui.work import Progress


@dataclass(frozen=True, slots=True)
class PrintedFigure:
    """A figure of a document: its name and the words that are printed for it."""

    key: str
    title: str
    shown: str


@dataclass(frozen=True, slots=True)
class EvidenceSection:
    """A heading with the figures that are printed first under it."""

    title: str
    figures: tuple[PrintedFigure, ...]


@dataclass(frozen=True, slots=True)
class LinkedBook:
    """A bound book, the document beside it, and how many of the document's numbers lead into the book."""

    bound: BoundBook
    copy: Path
    links: int


@reads
def figures_by_section(reading: Reading, document: int, issue: int = 0) -> list[EvidenceSection]:
    """The figures that a document (or, where given, its issue) prints, each once, under their headings."""
    if issue:
        content = issued_content(reading, issue)
        told = {each.key: (each.title, each.display) for each in content.figures}
        frozen = ((b.kind == "heading", b.number + b.text, [s for _, s in b.runs]) for b in content.blocks)
        return list(_sections(frozen, told))
    composed = compose_document(reading, document)
    indicators = reading.catalogue.indicators
    told = {key: (indicators[key].title, each.marked) for key, each in composed.figures.items()}
    blocks = [
        (
            isinstance(block, Heading),
            (block.number if isinstance(block, Heading) else "") + "".join(run.text for run in block.runs),
            [run.source for run in (*getattr(block, "lead", ()), *block.runs)],
        )
        for block in composed.document.blocks
        if isinstance(block, Heading | Paragraph)
    ]
    return list(_sections(blocks, told))


def _sections(
    blocks: Iterable[tuple[bool, str, Sequence[str]]], told: Mapping[str, tuple[str, str]]
) -> Iterator[EvidenceSection]:
    """Of (is it a heading, its text, its sources); headings without figures are left out."""
    title, found, seen = "开头", list[PrintedFigure](), set[str]()
    for is_heading, text, sources in blocks:
        if is_heading:
            if found:
                yield EvidenceSection(title, tuple(found))
            title, found = text, []
        for source in sources:
            led = source_of(source)
            key = led.key
            if led.kind == FIGURE and key in told and key not in seen:
                seen.add(key)
                found.append(PrintedFigure(key, *told[key]))
    if found:
        yield EvidenceSection(title, tuple(found))


def copy_beside(book: Path) -> Path:
    """Where the document that leads into a book is kept."""
    return book.with_name(f"{book.stem}（带链接的文稿）.pdf")


@reads(Right.EXPORT)
def bind_with_document(
    reading: Reading,
    document: int,
    path: Path,
    keys: Sequence[str] = (),
    masked: bool = True,
    progress: Progress | None = None,
    issue: int = 0,
) -> LinkedBook:
    """Bind the evidence of a document, or of an issue as it was, with a copy of its pages that leads into it.

    The pages of the copy are those of the document; an issue itself stays as it is. No keys: all its figures.
    """
    pdf, spots = _pages(reading, document, progress, issue)
    if issue:
        bound = bind_issue(reading, issue, path, keys, masked, progress)
    else:
        bound = bind_document(reading, document, path, keys, masked, progress)
    links = {of_figure(key): (path.name, page) for key, page in bound.first_pages.items()}
    copy = copy_beside(path)
    write_whole(copy, linked(pdf, spots, links))
    return LinkedBook(bound, copy, sum(spot.source in links for spot in spots))


def _pages(
    reading: Reading, document: int, progress: Progress | None, issue: int
) -> tuple[bytes, tuple[Spot, ...]]:
    """The pages and where the figures stand on them, before anything is written."""
    if issue:
        printed = issued_pages(reading, issue)
        return printed.pdf, tuple(Spot(*spot) for spot in printed.spots)

    def tell(page: int, _pages: int, _what: str = "", /) -> None:
        if progress is not None:
            progress(0, 0, f"排印文稿第 {page} 页")

    published = lay_out_document(reading, document, tell)
    return published.pdf, published.spots
