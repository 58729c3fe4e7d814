"""Settle the last pages so that the signature stands under text (GB/T 9704-2012, 7.3.5.5).

Where the signature does not fit under the last line, the standard lets the pitch of the lines be adjusted: a few
pages before it hold a row more, so that it fits, or a row less, so that whole lines of text go with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from zhengui.reports.gb9704.paragraphs import Strip

CLOSER, WIDER = 3, 2
"""How many rows the page of the last line may gain or lose; those before it one each."""
PAGES = 8
LEAST_LINES = 2
FEW_LINES = 3


@dataclass(frozen=True, slots=True)
class Chunk:
    """Rows that stay on one page: a line, or headings with the first line under them, `blank` above them."""

    rows: int
    blank: int


def chunks_of(strips: list[Strip]) -> list[Chunk]:
    """The rows of some strips in pieces between which a page may end."""
    found: list[Chunk] = []
    rows = blank = 0
    for strip in strips:
        for number, _ in enumerate(strip.lines):
            above = strip.blank_before if number == 0 else 0
            if rows:
                rows += above
            else:
                blank = above
            rows += 1
            last = number == len(strip.lines) - 1
            held = strip.keep_next if last else strip.keep_next or strip.whole
            if not held:
                found.append(Chunk(rows, blank))
                rows = 0
    if rows:
        found.append(Chunk(rows, blank))
    return found


def fill(chunks: list[Chunk], row: int, rows_of: Callable[[int], int]) -> tuple[int, int, int]:
    """The page (from 0) on which the last chunk ends, its next free row, and how many rows of text it holds."""
    page, held = 0, 0
    for chunk in chunks:
        above = chunk.blank if row else 0
        if row and row + above + chunk.rows > rows_of(page):
            page, row, above, held = page + 1, 0, 0, 0
        row += above + chunk.rows
        held += chunk.rows
    return page, row, held


def settle(strips: list[Strip], row: int, tail: int, rows: int, fixed: int) -> dict[int, int] | None:
    """How many rows each page that differs has, from the current page 0 on; None where none of these ways helps.

    `row` is the next free row of the current page, `tail` the rows of what follows the text, blank rows included;
    the pages before `fixed` keep their rows.
    """
    chunks = chunks_of(strips)
    page, end, held = fill(chunks, row, lambda _page: rows)
    if end + tail <= rows and (page == 0 or held >= LEAST_LINES):
        return {}
    best: dict[int, int] | None = None
    least = float("inf")
    for cost, changes in _ways(page, fixed):
        if cost >= least:
            continue
        pages = {at: rows + change for at, change in changes.items()}
        last, end, held = fill(chunks, row, lambda at, pages=pages: pages.get(at, rows))  # type: ignore[misc]
        if held < LEAST_LINES or end + tail > pages.get(last, rows):
            continue
        cost += 3.0 * max(0, FEW_LINES - held)
        if cost < least:
            best, least = {at: count for at, count in pages.items() if at <= last}, cost
    return best


def _ways(page: int, fixed: int) -> Iterator[tuple[float, dict[int, int]]]:
    """What each way costs and by how many rows it changes pages."""
    free = range(max(fixed, page - PAGES + 1), page)
    for sign, most in ((1, CLOSER), (-1, WIDER)):
        for own in range(most + 1 if page >= fixed else 1):
            for others in range(len(free) + 1):
                if own or others:
                    changes = dict.fromkeys(list(free)[len(free) - others :], sign)
                    changes |= {page: sign * own} if own else {}
                    yield 3.0 * own**2 + others, changes
