"""Charts as vectors that stay readable in black and white: a trend over years, villages compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from math import ceil, cos, floor, log10, pi, sin

from zhengui.reports.document import Chart, Series
from zhengui.reports.gb9704.faces import Faces, clean
from zhengui.reports.gb9704.grid import ASCENT, WIDTH
from zhengui.reports.gb9704.items import GREY, DrawnShape, FaceRole, Item, LinkArea, Piece, RuledLine, Text
from zhengui.reports.gb9704.lines import break_text

SIZE = 10.5
LEADING = 1.15
TREND_HEIGHT = 200.0
"""Three charts of years fill a page."""
BAR, BAR_GAP = 11.0, 7.0
MOST_BARS = 40
ONE_COLUMN = 14
"""More villages than these are compared in two columns, so that two charts have room on a page."""
GUTTER = 16.0
NAMES = 0.42
"""The part of a column that names of villages may take; a longer one is broken."""
MOST_HEIGHT = 590.0
UNKNOWN = "暂缺"
CAPTION, FOOT = 2 * SIZE * 1.8, 14.0
FILLS = (0.25, 0.75, 0.5, 0.95)
DASHES = (0.0, 4.0, 1.5, 7.0)


def parts(chart: Chart) -> list[Chart]:
    """The chart, or the charts a page can hold when there are too many bars: alike in length and in scale."""
    if chart.kind == "trend":
        return [chart]
    count = len(chart.categories)
    pages = max(1, ceil(count * max(1, len(chart.series)) / MOST_BARS))
    found = _split(chart, pages)
    while pages < count and max(map(height_of, found)) > MOST_HEIGHT:
        pages += 1
        found = _split(chart, pages)
    return found


def _split(chart: Chart, pages: int) -> list[Chart]:
    """The chart in so many parts at most."""
    step = max(1, ceil(len(chart.categories) / pages))
    span = _span(chart)
    return [
        replace(
            chart,
            categories=chart.categories[start : start + step],
            series=tuple(replace(one, values=one.values[start : start + step]) for one in chart.series),
            caption=chart.caption if start == 0 else f"{chart.caption}（续）",
            span=span,
        )
        for start in range(0, max(1, len(chart.categories)), step)
    ]


def _span(chart: Chart) -> tuple[float, float]:
    """The least and the greatest value that the scale must hold, zero always among them."""
    known = [value for one in chart.series for value in one.values if value is not None]
    least, greatest = chart.span or (0.0, 0.0)
    return min([0.0, least, *known]), max([0.0, greatest, *known])


def height_of(chart: Chart) -> float:
    """How high a chart is with its caption and its legend."""
    if chart.kind == "trend":
        return TREND_HEIGHT
    columns = _columns(chart)
    return CAPTION + max((sum(_row_heights(chart, column)) for column in columns), default=0.0) + FOOT


def _columns(chart: Chart) -> list[range]:
    """The places of the villages, in one column or in two."""
    count = len(chart.categories)
    if count <= ONE_COLUMN:
        return [range(count)]
    half = ceil(count / 2)
    return [range(half), range(half, count)]


def _column_width(chart: Chart, width: float = WIDTH) -> float:
    return width if len(_columns(chart)) == 1 else (width - GUTTER) / 2


def _name_room(chart: Chart, width: float = WIDTH) -> float:
    """The width for the names of villages, as if each character were a full one."""
    longest = max((len(clean(name)) for name in chart.categories), default=0)
    return min(longest * SIZE, NAMES * _column_width(chart, width))


def _row_heights(chart: Chart, column: range) -> list[float]:
    """How high each village's row is: its bars, or its name where that is broken."""
    room = _name_room(chart)
    fit = max(1, int(room / SIZE))
    bars = max(1, len(chart.series)) * BAR
    return [
        max(bars, ceil(len(clean(chart.categories[place])) / fit) * SIZE * LEADING) + BAR_GAP
        for place in column
    ]


def items_of(chart: Chart, x: float, y: float, width: float, faces: Faces) -> list[Item]:
    """The chart's items; the top-left corner of its box is at (x, y)."""
    return list(_Drawing(chart, x, y, width, faces).items())


class _Drawing:
    """One chart being drawn."""

    def __init__(self, chart: Chart, x: float, y: float, width: float, faces: Faces) -> None:
        self.chart = chart
        self.x, self.y, self.width = x, y, width
        self.measures = {role: faces.measure(SIZE, SIZE, role) for role in (FaceRole.FANG, FaceRole.HEI)}
        self.measure = self.measures[FaceRole.FANG]
        self.low, self.step, self.count = _scale(*_span(chart))

    def items(self) -> Iterator[Item]:
        caption = clean(self.chart.caption) + (f"（{clean(self.chart.unit)}）" if self.chart.unit else "")
        yield self._text(self.x + self.width / 2, self.y + SIZE, caption, "centre", FaceRole.HEI)
        yield from self._legend()
        yield from self._trend() if self.chart.kind == "trend" else self._bars()
        if self.chart.source:
            yield LinkArea(self.x, self.y, self.width, height_of(self.chart), self.chart.source)

    def _text(
        self, x: float, middle: float, text: str, align: str = "left", role: FaceRole = FaceRole.FANG
    ) -> Text:
        wide = self.measures[role].width(text)
        x -= {"left": 0.0, "centre": wide / 2, "right": wide}[align]
        return Text(x, middle + (ASCENT - 0.5) * SIZE, (Piece(text, role),), SIZE, SIZE)

    def _legend(self) -> Iterator[Item]:
        if len(self.chart.series) < 2:
            return
        names = [clean(one.name) for one in self.chart.series]
        x = self.x + (self.width - sum(map(self.measure.width, names)) - 44 * len(names)) / 2
        y = self.y + SIZE * 2.7
        for index, name in enumerate(names):
            if self.chart.kind == "trend":
                yield RuledLine(x, y, x + 24, y, 1.2, dash=DASHES[index % len(DASHES)])
                yield _marker(index, x + 12, y)
            else:
                yield _box(x + 8, y - 4, 16, 8, FILLS[index % len(FILLS)])
            yield self._text(x + 28, y, name)
            x += self.measure.width(name) + 44

    def _trend(self) -> Iterator[Item]:
        top, bottom = self.y + 3.8 * SIZE, self.y + TREND_HEIGHT - 2 * SIZE
        ticks = [self.low + self.step * index for index in range(self.count + 1)]
        left = self.x + max(self.measure.width(_number(tick)) for tick in ticks) + 6
        right = self.x + self.width

        def place(value: float) -> float:
            return bottom - (value - self.low) / (self.step * self.count) * (bottom - top)

        for tick in ticks:
            yield RuledLine(left, place(tick), right, place(tick), 0.4, GREY)
            yield self._text(left - 4, place(tick), _number(tick), "right")
        yield RuledLine(left, top, left, bottom, 0.8)
        yield RuledLine(left, place(max(self.low, 0.0)), right, place(max(self.low, 0.0)), 0.8)
        names = [clean(name) for name in self.chart.categories]
        places = self._across(left, right, names)
        for index in self._told(places, names):
            yield self._text(places[index], bottom + SIZE * 0.9, names[index], "centre")
        for index, one in enumerate(self.chart.series):
            yield from self._series(index, one, places, place)

    def _series(
        self, index: int, one: Series, places: list[float], place: Callable[[float], float]
    ) -> Iterator[Item]:
        """One line with its markers; alone on the chart it tells its values where they have room."""
        points = [
            None if value is None else (at, place(value), value)
            for at, value in zip(places, one.values, strict=False)
        ]
        for before, after in pairwise(points):
            if before and after:  # an unknown year leaves a gap: a line across it would claim a value
                yield RuledLine(*before[:2], *after[:2], 1.2, dash=DASHES[index % len(DASHES)])
        known = [point for point in points if point is not None]
        for at, height, _ in known:
            yield _marker(index, at, height)
        if len(self.chart.series) > 1 or not known:
            return
        told = self._told([at for at, _, _ in known], [_number(value) for _, _, value in known])
        for at, height, value in (known[number] for number in told):
            wide = self.measure.width(_number(value)) / 2
            yield self._text(min(at, self.x + self.width - wide), height - SIZE, _number(value), "centre")

    def _across(self, left: float, right: float, names: list[str]) -> list[float]:
        """Where the years stand: the first and the last as far out as their names allow."""
        edge = max(map(self.measure.width, names), default=0.0) / 2 + 2
        if len(names) < 2:
            return [(left + right) / 2 for _ in names]
        span = (right - left - 2 * edge) / (len(names) - 1)
        return [left + edge + span * index for index in range(len(names))]

    def _told(self, places: list[float], words: list[str]) -> list[int]:
        """Which of the words have room beside each other: all, or every so many to the last."""
        if len(places) < 2:
            return list(range(len(places)))
        near = min(after - before for before, after in pairwise(places))
        widest = max(map(self.measure.width, words)) + 4
        step = max(1, ceil(widest / near)) if near > 0 else len(places)
        return list(range((len(places) - 1) % step, len(places), step))

    def _bars(self) -> Iterator[Item]:
        columns = _columns(self.chart)
        wide = _column_width(self.chart, self.width)
        top = self.y + SIZE * (3.6 if len(self.chart.series) > 1 else 2.2)
        for number, column in enumerate(columns):
            yield from self._column(column, self.x + number * (wide + GUTTER), wide, top)

    def _column(self, column: range, x: float, width: float, y: float) -> Iterator[Item]:
        """Some villages one under the other: name, bars, values; the longest bar of the chart fills the column."""
        room = _name_room(self.chart, self.width)
        low, high = _span(self.chart)
        told = [_number(value) for one in self.chart.series for value in one.values if value is not None]
        left = x + room + 6
        right = x + width - max(map(self.measure.width, [*told, UNKNOWN])) - 6
        scale = (right - left) / ((high - low) or 1.0)
        zero = left - low * scale
        top, bars = y, len(self.chart.series) * BAR
        for place, high_row in zip(column, _row_heights(self.chart, column), strict=True):
            middle = y + (high_row - BAR_GAP) / 2
            yield from self._name(clean(self.chart.categories[place]), left - 4, middle, room)
            for index, one in enumerate(self.chart.series):
                value = one.values[place] if place < len(one.values) else None
                at = middle - bars / 2 + index * BAR
                if value is None:
                    yield self._text(zero + 4, at + BAR / 2, UNKNOWN)
                    continue
                start, end = sorted((zero, zero + value * scale))
                yield _box(start, at, max(end - start, 0.3), BAR, FILLS[index % len(FILLS)])
                yield self._text(max(end, zero) + 4, at + BAR / 2, _number(value))
            y += high_row
        yield RuledLine(zero, top - 3, zero, y - BAR_GAP + 3, 0.8)

    def _name(self, name: str, right: float, middle: float, room: float) -> Iterator[Item]:
        """A village's name, in as many lines as it needs."""
        lines = break_text(name, self.measure, room + 0.5, justify=False)
        y = middle - (len(lines) - 1) * SIZE * LEADING / 2
        for line in lines:
            yield self._text(right, y, name[line.start : line.end], "right")
            y += SIZE * LEADING


def _box(x: float, y: float, width: float, height: float, fill: float) -> DrawnShape:
    return DrawnShape(((x, y), (x + width, y), (x + width, y + height), (x, y + height)), fill, 0.5)


def _marker(index: int, x: float, y: float) -> DrawnShape:
    """A marker by which a line is known without colour: disc, square, triangle, diamond."""
    corners, turn = ((16, 0.0), (4, pi / 4), (3, -pi / 2), (4, 0.0))[index % 4]
    return DrawnShape(
        tuple(
            (x + 3 * cos(turn + 2 * pi * step / corners), y + 3 * sin(turn + 2 * pi * step / corners))
            for step in range(corners)
        ),
        FILLS[index % 4] if index else 0.0,
        0.6,
    )


def _scale(low: float, high: float) -> tuple[float, float, int]:
    """A round start, a round step and how many steps span the values."""
    span = (high - low) or 1.0
    raw = span / 4
    power = 10.0 ** floor(log10(raw))
    step = next(power * one for one in (1, 2, 2.5, 5, 10) if power * one >= raw - 1e-12)
    start = floor(low / step + 1e-9) * step
    return start, step, max(1, ceil((high - start) / step - 1e-9))


def _number(value: float) -> str:
    return f"{value:.10g}" if abs(value) < 1e9 else f"{value:.0f}"
