"""Line breaking on the grid: whole paragraphs at once, marks squeezed or gaps widened as little as can be.

A line that is too full draws its full-width marks together, down to half a cell each; one that is too empty moves
its characters apart. Of all ways to break a paragraph the one with the least demerits wins, after Knuth and Plass,
“Breaking Paragraphs into Lines” (1981); `breaks` says where a break is allowed and what it costs.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from operator import add, sub
from typing import NamedTuple

from zhengui.reports.gb9704.breaks import FORBIDDEN, LATIN, RUNT, WIDEST_CLUSTER, breaks_of, clusters
from zhengui.work import give_way

_LATIN_RUN = re.compile(rf"[{LATIN}]+")
_REAL = re.compile(r"[^\W_]")
_PAIR = re.compile(r"[，。、；：！？”’）》】〕〉」』］｝][“‘（《【〔〈「『［｛]")
"""Two marks that together give a whole cell; the one would be drawn before the other if they stood closer still."""
LEAST_LAST_LINE = 3
SHRINK = 0.009
"""By how much, in ems, the characters of a squeezed line may stand closer than their cells: nobody sees it."""
CLOSEST, CLOSE = 0.05, 0.013
"""How close they may stand where a date would else be cut or a gap be wide, and what counts as bad as LOOSE."""
LOOSE = 0.06
"""The gap, in ems, that counts as bad as squeezing every mark of a line to half its width."""
TOLERANCES = (0.09, 0.30)
"""How loose a line may be for the first search, and for the second where the first finds nothing good."""
GOOD = 1e6
"""A paragraph that costs less needs no second search."""
_ROUNDING = 0.01
_NEVER = float("inf")


class CharacterWidths(dict[str, float]):
    """The width of each character at one size: a full-width one takes its cell, a Latin one what its face says.

    `narrow` answers the width, in ems, of an odd character that takes no cell. `before` and `after` say how much of a
    mark's cell is free at its left and right and may be squeezed, in points.
    """

    def __init__(
        self,
        latin_widths: dict[str, float],
        size: float,
        cell: float,
        rooms: dict[str, tuple[float, float]] | None = None,
        narrow: Callable[[str], float | None] = lambda _char: None,
    ) -> None:
        super().__init__((char, width * size) for char, width in latin_widths.items())
        self.size = size
        self.cell = cell
        self.pieces = Pieces(self)
        self._narrow = narrow
        self.before = {char: room[0] * size for char, room in (rooms or {}).items() if room[0]}
        self.after = {char: room[1] * size for char, room in (rooms or {}).items() if room[1]}

    def __missing__(self, char: str) -> float:
        narrow = self._narrow(char)
        width = self[char] = self.cell if narrow is None else narrow * self.size
        return width

    def __hash__(self) -> int:  # type: ignore[override]
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other

    def width(self, text: str) -> float:
        """The width of a text on one line, without slack."""
        return sum(map(self.__getitem__, text))


class WholePiece(NamedTuple):
    """What a piece that is not broken adds to a line, in points and in places for slack inside it.

    `free` and `spaces` are the width and the number of the spaces at its end; `room` is what its marks can give up,
    `start_room` and `end_room` what of it they can't where it starts or ends a line.
    """

    wide: float
    free: float
    room: float
    places: int
    spaces: int
    start_room: float
    end_room: float
    starts_latin: bool
    ends_latin: bool


class Pieces(dict[str, WholePiece]):
    """Each piece once it was measured: in Chinese text nearly all are characters that come again."""

    def __init__(self, measure: CharacterWidths) -> None:
        super().__init__()
        self._measure = measure

    def __missing__(self, text: str) -> WholePiece:
        measure = self._measure
        bare = text.rstrip(" ") or text
        spaces = len(text) - len(bare)
        made = self[text] = WholePiece(
            measure.width(text),
            spaces * measure[" "],
            sum(measure.before.get(char, 0.0) + measure.after.get(char, 0.0) for char in text),
            gaps(text),
            spaces,
            measure.before.get(text[0], 0.0),
            measure.after.get(bare[-1], 0.0),
            bool(_LATIN_RUN.match(text[0])),
            bool(_LATIN_RUN.match(text[-1])),
        )
        return made


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text: its characters are [start:end], `width` is theirs without slack.

    `gap` is the slack after each stretchable character, a hair less than none where squeezing alone is not enough,
    `squeeze` the part of their rooms that the marks give up;
    the first and the last character of a line keep their width.
    """

    start: int
    end: int
    width: float
    gap: float = 0.0
    squeeze: float = 0.0


def break_text(
    text: str,
    measure: CharacterWidths,
    width: float,
    first: float = 0.0,
    rest: float = 0.0,
    justify: bool = True,
) -> list[Line]:
    """Break a text into lines of `width`; `first` and `rest` are the indents of the first and the other lines.

    Every line but the last is set to the full width when `justify` is set.
    """
    give_way()
    first, rest = width - first, width - rest
    if measure.width(text) <= first + _ROUNDING:
        return [_line(text, measure, 0, len(text))]
    return list(_justified(text, measure, first, rest)) if justify else _filled(text, measure, first, rest)


@lru_cache(maxsize=2048)
def _justified(text: str, measure: CharacterWidths, first: float, rest: float) -> tuple[Line, ...]:
    """The lines, kept for the next time: a preview lays the same paragraphs out again at every change."""
    paragraph = _Paragraph(text, measure, first, rest)
    ends = paragraph.ends()
    lines = []
    start = 0
    for number, end in enumerate(ends):
        last = number == len(ends) - 1
        lines.append(_set(text, measure, start, end, first if start == 0 else rest, last))
        start = end
    return tuple(lines)


def _filled(text: str, measure: CharacterWidths, first: float, rest: float) -> list[Line]:
    """Lines that are filled one after another and not set to the full width, for cells and captions."""
    lines: list[Line] = []
    start = at = 0
    used, room = 0.0, first + _ROUNDING
    get = measure.__getitem__
    for piece in pieces_of(text, measure, min(first, rest)):
        wide = sum(map(get, piece))
        if used + wide > room and at > start:
            trimmed = piece.rstrip(" ")
            if trimmed == piece or used + measure.width(trimmed) > room:
                lines.append(_line(text, measure, start, at))
                start, used, room = at, 0.0, rest + _ROUNDING
        used += wide
        at += len(piece)
    lines.append(_line(text, measure, start, at))
    return lines


def pieces_of(text: str, measure: CharacterWidths, width: float) -> list[str]:
    """The text in pieces that are not broken; one too wide for any line is broken between its marks or anywhere."""
    limit = min(WIDEST_CLUSTER * measure.cell, width)
    found = clusters(text)
    if all(len(one) * measure.cell <= limit or measure.width(one) <= limit for one in found):
        return found
    mended: list[str] = []
    for one in found:
        mended += [one] if measure.width(one) <= limit else _parts(one, measure, width)
    return mended


def _parts(cluster: str, measure: CharacterWidths, width: float) -> list[str]:
    parts: list[str] = []
    for token in re.findall(rf"[{LATIN}]{{1,40}}|.", cluster, re.DOTALL):
        if measure.width(token) <= width:
            parts.append(token)
        else:
            parts += token
    return parts


def _line(text: str, measure: CharacterWidths, start: int, end: int) -> Line:
    """A line without slack; spaces at its end take no room."""
    while end > start + 1 and text[end - 1] == " ":
        end -= 1
    return Line(start, end, measure.width(text[start:end]))


def _set(text: str, measure: CharacterWidths, start: int, end: int, room: float, last: bool) -> Line:
    """A line set to its room: squeezed when it is too full, stretched when it is too empty and not the last."""
    line = _line(text, measure, start, end)
    over = line.width - room
    shown = text[line.start : line.end]
    if over > _ROUNDING:
        rooms, places = squeezable(shown, measure), gaps(shown)
        if over <= rooms:
            return Line(line.start, line.end, line.width, 0.0, over / rooms)
        # The marks first; only what they can't give is taken from between the characters.
        closer = min((over - rooms) / places, CLOSEST * measure.size) if places else 0.0
        return Line(line.start, line.end, line.width, -closer, 1.0)
    places = 0 if last else gaps(shown)
    return Line(line.start, line.end, line.width, -over / places) if places else line


def squeezable(text: str, measure: CharacterWidths) -> float:
    """By how much the marks of a line can be squeezed; its first and its last character keep their width."""
    inner = text[1:-1]
    rooms = sum(measure.before.get(char, 0.0) + measure.after.get(char, 0.0) for char in inner)
    if len(text) > 1:
        rooms += measure.after.get(text[0], 0.0) + measure.before.get(text[-1], 0.0)
    return rooms


def gaps(text: str) -> int:
    """How many places of a line can take slack: after each character but the last, never inside a number."""
    if text.isascii() and " " not in text:
        return 0
    return len(text) - 1 - sum(len(run) - 1 for run in _LATIN_RUN.findall(text))


class _Paragraph:
    """One paragraph and the sums that price each of its lines in a few steps."""

    def __init__(self, text: str, measure: CharacterWidths, first: float, rest: float) -> None:
        self.first, self.rest, self.size = first, rest, measure.size
        self.paired = bool(_PAIR.search(text))
        places = breaks_of(text)
        self.at, self.prices = places.at, places.prices
        self._add_up(places.pieces, measure)
        self.most = int(1.5 * rest / min(self.size, measure["i"])) + 2
        real = [found.start() for found in _REAL.finditer(text)]
        self.runt_from = real[-LEAST_LAST_LINE] + 1 if len(real) >= LEAST_LAST_LINE else 0

    def _add_up(self, pieces: list[str], measure: CharacterWidths) -> None:
        """Widths, rooms and gaps up to each break; what a line gains or loses by starting or ending there."""
        known = list(map(measure.pieces.__getitem__, pieces))
        wide, free, room, places, spaces, start_room, end_room, starts, ends = zip(*known, strict=True)
        after = [1] * len(known)
        for index in [index for index, latin in enumerate(ends[:-1]) if latin]:
            if starts[index + 1]:  # inside a number or a word nothing is moved apart
                after[index] = 0
        self.wide = [0.0, *accumulate(wide)]
        self.trimmed = [0.0, *map(sub, self.wide[1:], free)]
        self.rooms = [0.0, *accumulate(room)]
        self.gaps = [0, *accumulate(map(add, places, after))]
        self.end_gaps = [0, *map(add, spaces, after)]
        self.end_room = [0.0, *end_room]
        self.start_room = [*start_room, 0.0]

    def ends(self) -> list[int]:
        """Where the lines of the best way end, in characters."""
        found, cost = self._search(TOLERANCES[0], SHRINK)
        if cost > GOOD:
            found, _ = self._search(TOLERANCES[1], SHRINK if self.paired else CLOSEST)
        return [self.at[place] for place in found]

    def _search(self, tolerance: float, closest: float) -> tuple[list[int], float]:
        """The best way with lines no looser than `tolerance` and no closer than `closest`, and what it costs."""
        last = len(self.at) - 1
        self.best = [_NEVER] * (last + 1)
        self.back = [0] * (last + 1)
        self.best[0] = 0.0
        for start in range(last):
            if self.best[start] < self.best[last]:
                self._extend(start, last, tolerance * self.size, closest * self.size)
        way = [last]
        while self.back[way[-1]]:
            way.append(self.back[way[-1]])
        return way[::-1], self.best[last]

    def _extend(self, start: int, last: int, tolerance: float, closest: float) -> None:
        """Try every line that starts here; this is the inner loop, so it reaches for nothing twice."""
        best, back, trimmed, prices = self.best, self.back, self.trimmed, self.prices
        gaps, end_gaps, rooms, end_room = self.gaps, self.end_gaps, self.rooms, self.end_room
        base, loose, count = best[start], LOOSE * self.size, gaps[start]
        target = self.wide[start] + (self.rest if start else self.first)
        full = bisect_right(trimmed, target + _ROUNDING, start + 1, min(last + 1, start + self.most)) - 1
        runt = RUNT if self.at[start] >= self.runt_from else 0.0
        if full == last:
            best[last], back[last] = min((best[last], back[last]), (base + 100.0 + runt, start))
            return
        if full == start:
            full += 1
            base += FORBIDDEN
        for end in range(full, start, -1):
            places = gaps[end] - end_gaps[end] - count
            gap = (target - trimmed[end]) / places if places > 0 else max(0.0, target - trimmed[end]) / 4
            if gap > tolerance and end < full:
                break
            cost = base + prices[end] + (10.0 + 100.0 * (gap / loose) ** 3) ** 2
            if cost < best[end]:
                best[end], back[end] = cost, start
        taken, closer = rooms[start] + self.start_room[start], SHRINK * self.size
        for end in range(full + 1, last + 1):
            over, places = trimmed[end] - target, gaps[end] - end_gaps[end] - count
            marks = rooms[end] - end_room[end] - taken
            if over > marks + places * closest + _ROUNDING:
                break
            room = marks + places * closer
            bad = (over / room) ** 3 if over <= room + _ROUNDING else self._crowded(over - marks, places)
            cost = base + prices[end] + (10.0 + 100.0 * bad) ** 2 + (runt if end == last else 0.0)
            if cost < best[end]:
                best[end], back[end] = cost, start

    def _crowded(self, over: float, places: int) -> float:
        """How bad a line is whose characters give up what its marks can't: as a loose one, and never better than full."""
        return 1.0 + (over / places / (CLOSE * self.size)) ** 3
