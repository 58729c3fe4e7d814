"""Line breaking on the grid: no forbidden starts or ends, numbers unbroken, slack between characters only."""

from __future__ import annotations

import re
from dataclasses import dataclass

NO_START = "，。、；：？！”’）》】〕〉」』］｝…—·％‰℃°～%,.;:!?)]}"
NO_END = "“‘（《【〔〈「『［｛([{￥¥$№"
LATIN = "!-~\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
LONGEST_TOKEN = 40
"""No number and no word of an office is longer; what is (a web address) may be broken."""

_CLOSE = re.escape(NO_START) + " "
_OPEN = re.escape(NO_END)
_CLUSTER = re.compile(rf"[{_OPEN}]*(?:[{LATIN}]{{1,{LONGEST_TOKEN}}}(?<![(\[{{])|.)[{_CLOSE}]*", re.DOTALL)
_TOKEN = re.compile(rf"[{LATIN}]{{1,{LONGEST_TOKEN}}}|.", re.DOTALL)
_LATIN_RUN = re.compile(rf"[{LATIN}]+")
WIDEST_CLUSTER = 20
LEAST_LAST_LINE = 3


class Measure(dict[str, float]):
    """The width of each character at one size: a full-width one takes its cell, a Latin one what its face says."""

    def __init__(self, latin_widths: dict[str, float], size: float, cell: float) -> None:
        super().__init__((char, width * size) for char, width in latin_widths.items())
        self.size = size
        self.cell = cell

    def __missing__(self, char: str) -> float:
        self[char] = self.cell
        return self.cell

    def width(self, text: str) -> float:
        """The width of a text on one line, without slack."""
        return sum(map(self.__getitem__, text))


@dataclass(slots=True)
class Line:
    """A line of a text: its characters are [start:end], `gap` is the slack after each stretchable character."""

    start: int
    end: int
    width: float
    gap: float = 0.0


def clusters(text: str, measure: Measure, width: float) -> list[str]:
    """The text in pieces which no line break may part, unless a piece is too long for any line."""
    found = _CLUSTER.findall(text)
    limit = min(WIDEST_CLUSTER * measure.cell, width)
    if all(len(cluster) * measure.cell <= limit or measure.width(cluster) <= limit for cluster in found):
        return found
    mended: list[str] = []
    for cluster in found:
        mended += [cluster] if measure.width(cluster) <= limit else _parts(cluster, measure, width)
    return mended


def _parts(cluster: str, measure: Measure, width: float) -> list[str]:
    """A cluster that is too wide, broken between its marks, and inside a word only where it must be."""
    parts: list[str] = []
    for token in _TOKEN.findall(cluster):
        if measure.width(token) <= width:
            parts.append(token)
        else:
            parts += token
    return parts


def break_text(
    text: str, measure: Measure, width: float, first: float = 0.0, rest: float = 0.0, justify: bool = True
) -> list[Line]:
    """Break a text into lines of `width`; `first` and `rest` are the indents of the first and the other lines.

    Every line but the last is stretched to the full width when `justify` is set.
    """
    lines = _fill(clusters(text, measure, width - max(first, rest)), text, measure, width, first, rest)
    if justify:
        _avoid_short_end(lines, text, measure, width, rest)
        for index, line in enumerate(lines[:-1]):
            _stretch(line, text, width - (rest if index else first))
    return lines


def _fill(
    pieces: list[str], text: str, measure: Measure, width: float, first: float, rest: float
) -> list[Line]:
    lines: list[Line] = []
    room, used, start, at = width - first + 0.01, 0.0, 0, 0
    get = measure.__getitem__
    for piece in pieces:
        wide = get(piece) if len(piece) == 1 else sum(map(get, piece))
        if used + wide > room and at > start:
            trimmed = piece.rstrip(" ")
            if trimmed == piece or used + measure.width(trimmed) > room:
                lines.append(_line(text, measure, start, at, used))
                start, used, room = at, 0.0, width - rest + 0.01
        used += wide
        at += len(piece)
    if at > start or not lines:
        lines.append(_line(text, measure, start, at, used))
    return lines


def _line(text: str, measure: Measure, start: int, end: int, used: float) -> Line:
    while end > start + 1 and text[end - 1] == " ":
        end -= 1
        used -= measure[" "]
    return Line(start, end, used)


def _avoid_short_end(lines: list[Line], text: str, measure: Measure, width: float, rest: float) -> None:
    """Give a last line of one or two characters a few more from the line above, if that line can spare them."""
    if len(lines) < 2:
        return
    last, above = lines[-1], lines[-2]
    short = last.end - last.start
    if short >= LEAST_LAST_LINE:
        return
    pieces = clusters(text[above.start : last.start], measure, width)
    cut = last.start
    while len(pieces) > 1 and last.end - cut < LEAST_LAST_LINE:
        cut -= len(pieces.pop())
    kept = measure.width(text[above.start : cut])
    moved = measure.width(text[cut : last.end])
    if kept < 0.8 * (width - rest) or moved > width - rest:
        return
    lines[-2] = _line(text, measure, above.start, cut, kept)
    lines[-1] = Line(cut, last.end, moved)


def gaps(text: str) -> int:
    """How many places of a line can take slack: after each character but the last, never inside a number."""
    inside = sum(len(run) - 1 for run in _LATIN_RUN.findall(text)) if not text.isascii() or " " in text else 0
    if text.isascii() and " " not in text:
        return 0
    return len(text) - 1 - inside


def _stretch(line: Line, text: str, width: float) -> None:
    places = gaps(text[line.start : line.end])
    if places > 0:
        line.gap = (width - line.width) / places
