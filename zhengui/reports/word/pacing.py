"""Let Word break lines where the printed page does: the characters of each line stand as far apart as there.

Word fills a line before it begins the next, the page breaks a paragraph as a whole. With the printed line's own
distance between characters, filling ends it at the same place; what is typed later flows on as usual.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zhengui.reports.gb9704.breaks import LATIN
from zhengui.reports.gb9704.faces import Faces, clean
from zhengui.reports.gb9704.items import FaceRole
from zhengui.reports.gb9704.lines import break_text
from zhengui.reports.word.layout import KEPT_FREE, Layout

_SPARE = KEPT_FREE + 8
"""Twips left free on a line; programs also differ in how wide an indent of two characters is."""
_GAP = 0.29
"""How much that is, in ems, with what rounding adds."""
_WIDEST = 120
"""No line is set looser than this, in twips."""

#: Where Word, WPS and LibreOffice leave a quarter of a character free: between Chinese and Latin.
_BETWEEN = re.compile(rf"(?<=[{LATIN}])(?![{LATIN}\s]|$)|(?<![{LATIN}\s])(?<!^)(?=[{LATIN}])")


@dataclass(frozen=True, slots=True)
class RunStretch:
    """A part of a run on one line; `closer` are the twips between its characters, None the style's own."""

    text: str
    style: str
    bold: bool
    closer: int | None


def paced(
    runs: Sequence[tuple[str, str, bool]], layout: Layout, faces: Faces, role: FaceRole = FaceRole.FANG
) -> Iterator[RunStretch]:
    """The runs (text, style, bold) of a paragraph that begins two characters in, line by line as they are printed."""
    cleaned = [(clean(text), style, bold) for text, style, bold in runs]
    text = "".join(part for part, _, _ in cleaned)
    grid = layout.grid
    lines = break_text(text, faces.measure(grid.size, grid.cell, role), grid.width, 2 * grid.cell)
    ends = [line.start for line in lines[1:]]
    closers: list[int | None] = []
    for index, (start, end) in enumerate(zip([0, *ends], [*ends, len(text)], strict=True)):
        room = grid.width - (2 * grid.size if index == 0 else 0.0)
        closer = _closer(text[start:end], room, layout, faces)
        # The last line is not spread over the whole width; it is only kept from running over.
        last = end == len(text)
        closers.append(None if last and closer is not None and closer > layout.closer else closer)
    bounds = [*ends, len(text)]
    at = line = 0
    for part, style, bold in cleaned:
        stop = at + len(part)
        while at < stop:
            while at >= bounds[line]:
                line += 1
            end = min(stop, bounds[line])
            yield RunStretch(text[at:end], style, bold, closers[line])
            at = end


def _closer(text: str, room: float, layout: Layout, faces: Faces) -> int | None:
    """The distance at which a line's characters fill it, in twips; None where that is the style's own."""
    size = layout.size
    latin = faces.latin
    wide = sum(latin.width(char) * size if char.isascii() and latin.has(char) else size for char in text)
    wide += len(_BETWEEN.findall(text)) * size * _GAP
    found = int(((room - wide) * 20 - _SPARE) // max(1, len(text)))
    return None if found == layout.closer else min(found, _WIDEST)
