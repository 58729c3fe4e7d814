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
"""A column need not be so many characters wide for a text that can be broken, unless its texts are longer on average."""
SHORT = 6.5
"""A text of no more characters (a date, a goal with its unit, a name) stays on one line where there is room."""
NUMBER = 12.0
"""The same of a number with what stands beside it: 57.11（99.04）."""
BY_HAND = 8.0
"""A column that is empty is to be filled in by hand."""
BETWEEN = 0.22
"""What Word leaves free, in ems, between a Chinese character and a Latin one; the columns are Word's, too."""
PARTED = 1.5
"""A word of a heading that is parted between two lines is worth so many lines."""
HEADING_LINES = 3
"""A heading may take so many lines where its column would else be wider than its numbers ask."""
_MEETING = re.compile(r"(?<=[!-~])(?=[^!-~])|(?<=[^!-~])(?=[!-~])")
_EACH = re.compile(r"每[十百千万]+[人户亩村]|[!-~]+|.[，。、；：）》”％%]*")
_UNIT = re.compile(r"[（(][^（）()]{1,8}[）)]$")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a column asks for, in ems: for what can't be broken, for two words of its heading, for its numbers and for
    its short texts whole, what suits it, and for every text on one line.
    """

    least: float
    words: float
    numbers: float
    short: float
    suits: float
    whole: float


def columns_of(table: Table, count: int, width: float, faces: Faces) -> tuple[float, list[float]]:
    """The type size and the columns' widths: each as wide as its content asks, what is left shared out alike."""
    measures = {role: faces.measure(1.0, 1.0, role) for role in (FaceRole.FANG, FaceRole.HEI)}
    asked = [_asked(table, column, measures, width / SIZES[-1]) for column in range(count)]
    room = width - count * (2 * PAD + EDGE)
    least = [one.least for one in asked]
    size, wish = next(
        ((size, wish) for size, wish in _wishes(asked) if sum(wish) * size <= room), (0.0, least)
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
        found = _shared_out(suits, [one.whole * size for one in asked], room)
    else:
        part = (room - sum(least)) / (sum(suits) - sum(least))
        found = [low + (one - low) * part for low, one in zip(least, suits, strict=True)]
    return size, [one + 2 * PAD + EDGE for one in found]


def _wishes(asked: list[_Asked]) -> list[tuple[float, list[float]]]:
    """What the columns would like, the best first: whole texts in a smaller size before a number on two lines."""
    short, words = [one.short for one in asked], [one.words for one in asked]
    numbers = [one.numbers for one in asked]
    large, middle, small = READABLE
    whole = [
        (large, short),
        (middle, short),
        (large, numbers),
        (middle, numbers),
        (small, short),
        (small, numbers),
    ]
    return whole + [(size, words) for size in READABLE]


def _shared_out(suits: list[float], whole: list[float], room: float) -> list[float]:
    """The columns that suit with what is left: first for texts that would be broken, the rest alike."""
    wanted = [max(own - one, 0.0) for one, own in zip(suits, whole, strict=True)]
    part = min(1.0, (room - sum(suits)) / sum(wanted)) if any(wanted) else 0.0
    found = [one + more * part for one, more in zip(suits, wanted, strict=True)]
    return [one * room / sum(found) for one in found]


def _asked(table: Table, column: int, measures: dict[FaceRole, CharacterWidths], width: float) -> _Asked:
    """The column's widest text, its widest piece, and what its heading needs on a few lines."""
    least, words, short, numbers = 1.0, 0.0, 0.0, 0.0
    texts: list[float] = []
    for role, rows in ((FaceRole.FANG, table.rows), (FaceRole.HEI, (table.totals,))):
        measure = measures[role]
        cells = {(row[column].text, row[column].align) for row in rows if column < len(row)}
        for text, align in cells:
            brief = NUMBER if align == "right" else SHORT
            for part in map(clean, text.split("\n")):
                wide = measure.width(part) + BETWEEN * len(_MEETING.findall(part))
                texts.append(wide)
                short = max(short, wide if wide <= brief else 0.0)
                numbers = max(numbers, wide if wide <= brief and align == "right" else 0.0)
                if part.isascii() or len(part) > 1:
                    pieces = pieces_of(part, measure, width)
                    least = max([least, *(measure.width(one.rstrip(" ")) for one in pieces)])
    whole = max(texts, default=0.0)
    suits = max(1.0, min(whole, max(LONG, sum(texts) / max(len(texts), 1))))
    if texts and not whole:
        whole = BY_HAND
    if column < len(table.header):
        heading = clean(table.header[column])
        own = max((measures[FaceRole.HEI].width(one) for one in _words(heading)), default=0.0)
        least = max(least, own)
        suits = max(suits, own, measures[FaceRole.HEI].width(heading) / HEADING_LINES)
        words = min(TWO_WORDS, measures[FaceRole.HEI].width(heading))
    words = max(least, words)
    return _Asked(
        least, words, max(words, numbers), max(words, short), max(words, suits, short, numbers), whole
    )


def _words(heading: str) -> list[str]:
    """The pieces of a heading: its unit in brackets is one, of the rest each that no line break may part."""
    unit = _UNIT.search(heading)
    if unit and unit.start():
        return [*_words(heading[: unit.start()]), unit[0]]
    return _EACH.findall(heading)


def heading_lines(heading: str, measure: CharacterWidths, room: float) -> list[str]:
    """A heading on as few lines as it needs, alike in length, broken between words of two characters if it can be."""
    if measure.width(heading) <= room + 0.01:
        return [heading]
    words = _words(heading)
    if any(measure.width(word) > room + 0.01 for word in words):
        return [heading[line.start : line.end] for line in break_text(heading, measure, room, justify=False)]
    widths = [measure.width(word) for word in words]
    count = len(words)
    since = [0]  # characters since the last piece of several, by which words of two characters are told
    for word in words:
        since.append(since[-1] + 1 if len(word) == 1 else 0)

    @cache
    def go(start: int) -> tuple[float, float, tuple[int, ...]]:
        """Lines, cost and ends from a word on; fewer lines first, then what costs least. A word parted is worse than a line."""
        if start == count:
            return 0.0, 0.0, ()
        best: tuple[float, float, tuple[int, ...]] = (1e6, 0.0, ())
        for end in range(start + 1, count + 1):
            wide = sum(widths[start:end])
            if wide > room + 0.01:
                break
            lines, cost, ends = go(end)
            odd = end < count and len(words[end]) == 1
            odd = odd and (since[end] % 2 == 1 or end + 1 == count or len(words[end + 1]) > 1)
            own = cost + (room - wide) ** 2
            best = min(best, (lines + (1 + PARTED if odd else 1), own, (end, *ends)), key=lambda one: one[:2])
        return best

    starts = (0, *go(0)[2])
    return ["".join(words[start:end]) for start, end in itertools.pairwise(starts)]
