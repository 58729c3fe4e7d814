"""How wide the columns of a table are, and how its headings are broken: by what stands in them."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import cache

from zhengui.reports.document import Table
from zhengui.reports.gb9704.faces import Faces, clean
from zhengui.reports.gb9704.items import FaceRole
from zhengui.reports.gb9704.lines import CharacterWidths, break_text, pieces_of

SIZES = (12.0, 10.5, 9.0, 7.5, 6.5)
READABLE = SIZES[:3]
"""In these sizes a column is made wide enough for two words of its heading."""
TWO_WORDS = 4.0
PAD = 3.5
EDGE = 0.5
LONG = 14
"""A column need not be so many characters wide for a text that can be broken."""
SHORT = 6.5
"""A text of no more characters (a date, a goal with its unit, a name) stays on one line where there is room."""
BETWEEN = 0.22
"""What Word leaves free, in ems, between a Chinese character and a Latin one; the columns are Word's, too."""
HEADING_LINES = 3
"""A heading may take so many lines where its column would else be wider than its numbers ask."""
_MEETING = re.compile(r"(?<=[!-~])(?=[^!-~])|(?<=[^!-~])(?=[!-~])")
_UNIT = re.compile(r"[（(][^（）()]{1,8}[）)]$")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a column asks for, in ems: for what can't be broken, for two words of its heading, for short texts whole,
    and what suits it.
    """

    least: float
    words: float
    short: float
    suits: float


def columns_of(table: Table, count: int, width: float, faces: Faces) -> tuple[float, list[float]]:
    """The type size and the columns' widths: each as wide as its content asks, what is left shared out alike."""
    measures = {role: faces.measure(1.0, 1.0, role) for role in (FaceRole.FANG, FaceRole.HEI)}
    asked = [_asked(table, column, measures, width / SIZES[-1]) for column in range(count)]
    room = width - count * (2 * PAD + EDGE)
    least = [one.least for one in asked]
    wishes = [[one.short for one in asked], [one.words for one in asked]]
    size, wish = next(
        ((size, wish) for size in READABLE for wish in wishes if sum(wish) * size <= room), (0.0, least)
    )
    if size:
        least = wish
    else:
        size = next((size for size in SIZES if sum(least) * size <= room), SIZES[-1])
    least = [one * size for one in least]
    suits = [max(one.suits * size, low) for one, low in zip(asked, least, strict=True)]
    if sum(least) >= room:
        found = [room * low / sum(least) for low in least]
    elif sum(suits) <= room:
        found = [one + (room - sum(suits)) * one / sum(suits) for one in suits]
    else:
        part = (room - sum(least)) / (sum(suits) - sum(least))
        found = [low + (one - low) * part for low, one in zip(least, suits, strict=True)]
    return size, [one + 2 * PAD + EDGE for one in found]


def _asked(table: Table, column: int, measures: dict[FaceRole, CharacterWidths], width: float) -> _Asked:
    """The column's widest text, its widest piece, and what its heading needs on a few lines."""
    least, suits, words, short = 1.0, 1.0, 0.0, 0.0
    for role, rows in ((FaceRole.FANG, table.rows), (FaceRole.HEI, (table.totals,))):
        measure = measures[role]
        for text in {row[column].text for row in rows if column < len(row)}:
            for part in map(clean, text.split("\n")):
                wide = measure.width(part) + BETWEEN * len(_MEETING.findall(part))
                suits = max(suits, min(wide, LONG))
                short = max(short, wide if wide <= SHORT else 0.0)
                if part.isascii() or len(part) > 1:
                    pieces = pieces_of(part, measure, width)
                    least = max([least, *(measure.width(one.rstrip(" ")) for one in pieces)])
    if column < len(table.header):
        heading = clean(table.header[column])
        own = max((measures[FaceRole.HEI].width(one) for one in _words(heading)), default=0.0)
        least = max(least, own)
        suits = max(suits, own, measures[FaceRole.HEI].width(heading) / HEADING_LINES)
        words = min(TWO_WORDS, measures[FaceRole.HEI].width(heading))
    words = max(least, words)
    return _Asked(least, words, max(words, short), max(words, suits, short))


def _words(heading: str) -> list[str]:
    """The pieces of a heading: its unit in brackets is one, of the rest each that no line break may part."""
    unit = _UNIT.search(heading)
    if unit and unit.start():
        return [*_words(heading[: unit.start()]), unit[0]]
    return re.findall(r"[!-~]+|.[，。、；：）》”％%]*", heading)


def heading_lines(heading: str, measure: CharacterWidths, room: float) -> list[str]:
    """A heading on as few lines as it needs, alike in length, broken between words of two characters if it can be."""
    if measure.width(heading) <= room + 0.01:
        return [heading]
    words = _words(heading)
    if any(measure.width(word) > room + 0.01 for word in words):
        return [heading[line.start : line.end] for line in break_text(heading, measure, room, justify=False)]
    widths = [measure.width(word) for word in words]
    count = len(words)

    @cache
    def go(start: int) -> tuple[int, float, tuple[int, ...]]:
        """Lines, cost and ends from a word on; fewer lines first, then what costs least."""
        if start == count:
            return 0, 0.0, ()
        best: tuple[int, float, tuple[int, ...]] = (10**6, 0.0, ())
        for end in range(start + 1, count + 1):
            wide = sum(widths[start:end])
            if wide > room + 0.01:
                break
            lines, cost, ends = go(end)
            odd = end < count and end % 2 == 1 and len(words[end]) == 1
            own = (room - wide) ** 2 + (measure.size**2 * 4 if odd else 0.0)
            best = min(best, (lines + 1, cost + own, (end, *ends)), key=lambda one: one[:2])
        return best

    starts = (0, *go(0)[2])
    return ["".join(words[start:end]) for start, end in itertools.pairwise(starts)]
