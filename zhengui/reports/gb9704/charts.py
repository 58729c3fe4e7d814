"""Charts as vectors that stay readable in black and white: a trend over years, villages compared."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from math import ceil, cos, floor, log10, pi, sin

from zhengui.reports.document import Chart
from zhengui.reports.gb9704.faces import Faces, clean
from zhengui.reports.gb9704.grid import ASCENT
from zhengui.reports.gb9704.items import GREY, Area, Item, Piece, Role, Rule, Shape, Text

SIZE = 10.5
TREND_HEIGHT = 208.0
BAR, BAR_GAP = 11.0, 7.0
MOST_BARS = 30
FILLS = (0.25, 0.75, 0.5, 0.95)
DASHES = (0.0, 4.0, 1.5, 7.0)


def parts(chart: Chart) -> list[Chart]:
    """The chart, or the charts a page can hold when there are too many bars: alike in length and in scale."""
    if chart.kind == "trend":
        return [chart]
    most = max(1, MOST_BARS // max(1, len(chart.series)))
    pages = max(1, ceil(len(chart.categories) / most))
    step = max(1, ceil(len(chart.categories) / pages))
    span = _span(chart)
    found = []
    for start in range(0, max(1, len(chart.categories)), step):
        series = tuple(type(one)(one.name, one.values[start : start + step]) for one in chart.series)
        found.append(
            Chart(
                chart.kind,
                chart.categories[start : start + step],
                series,
                chart.unit,
                chart.caption if start == 0 else f"{chart.caption}（续）",
                chart.source,
                span,
            )
        )
    return found


def _span(chart: Chart) -> tuple[float, float]:
    """The least and the greatest value that the scale must hold, zero always among them."""
    known = [value for one in chart.series for value in one.values if value is not None]
    least, greatest = chart.span or (0.0, 0.0)
    return min([0.0, least, *known]), max([0.0, greatest, *known])


def height_of(chart: Chart) -> float:
    """How high a chart is with its caption and its legend."""
    if chart.kind == "trend":
        return TREND_HEIGHT
    return 2 * SIZE * 1.8 + len(chart.categories) * (len(chart.series) * BAR + BAR_GAP) + 14


def items_of(chart: Chart, x: float, y: float, width: float, faces: Faces) -> list[Item]:
    """The chart's items; the top-left corner of its box is at (x, y)."""
    return list(_Drawing(chart, x, y, width, faces).items())


class _Drawing:
    """One chart being drawn."""

    def __init__(self, chart: Chart, x: float, y: float, width: float, faces: Faces) -> None:
        self.chart = chart
        self.x, self.y, self.width = x, y, width
        self.measures = {role: faces.measure(SIZE, SIZE, role) for role in (Role.FANG, Role.HEI)}
        self.measure = self.measures[Role.FANG]
        self.low, self.step, self.count = _scale(*_span(chart))

    def items(self) -> Iterator[Item]:
        caption = clean(self.chart.caption) + (f"（{clean(self.chart.unit)}）" if self.chart.unit else "")
        yield self._text(self.x + self.width / 2, self.y + SIZE, caption, "centre", Role.HEI)
        yield from self._legend()
        yield from self._trend() if self.chart.kind == "trend" else self._bars()
        if self.chart.source:
            yield Area(self.x, self.y, self.width, height_of(self.chart), self.chart.source)

    def _text(self, x: float, middle: float, text: str, align: str = "left", role: Role = Role.FANG) -> Text:
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
                yield Rule(x, y, x + 24, y, 1.2, dash=DASHES[index % len(DASHES)])
                yield _marker(index, x + 12, y)
            else:
                yield _box(x + 8, y - 4, 16, 8, FILLS[index % len(FILLS)])
            yield self._text(x + 28, y, name)
            x += self.measure.width(name) + 44

    def _trend(self) -> Iterator[Item]:
        top, bottom = self.y + 3.8 * SIZE, self.y + TREND_HEIGHT - 2 * SIZE
        ticks = [self.low + self.step * index for index in range(self.count + 1)]
        left = self.x + max(self.measure.width(_number(tick)) for tick in ticks) + 6
        right = self.x + self.width - 8

        def place(value: float) -> float:
            return bottom - (value - self.low) / (self.step * self.count) * (bottom - top)

        for tick in ticks:
            yield Rule(left, place(tick), right, place(tick), 0.4, GREY)
            yield self._text(left - 4, place(tick), _number(tick), "right")
        yield Rule(left, top, left, bottom, 0.8)
        yield Rule(left, place(max(self.low, 0.0)), right, place(max(self.low, 0.0)), 0.8)
        span = (right - left) / max(1, len(self.chart.categories))
        places = [left + span * (index + 0.5) for index in range(len(self.chart.categories))]
        for at, name in zip(places, self.chart.categories, strict=True):
            yield self._text(at, bottom + SIZE * 0.9, clean(name), "centre")
        for index, one in enumerate(self.chart.series):
            points = [
                None if value is None else (at, place(value), value)
                for at, value in zip(places, one.values, strict=False)
            ]
            for before, after in pairwise(points):
                if before and after:  # an unknown year leaves a gap: a line across it would claim a value
                    yield Rule(*before[:2], *after[:2], 1.2, dash=DASHES[index % len(DASHES)])
            for at, height, value in filter(None, points):
                yield _marker(index, at, height)
                if len(self.chart.series) == 1:
                    yield self._text(at, height - SIZE, _number(value), "centre")

    def _bars(self) -> Iterator[Item]:
        names = [clean(name) for name in self.chart.categories]
        left = self.x + min(max(map(self.measure.width, names), default=0.0) + 6, self.width / 3)
        right = self.x + self.width - 54
        top = self.y + SIZE * (3.6 if len(self.chart.series) > 1 else 2.2)
        high = len(self.chart.series) * BAR
        scale = (right - left) / (self.step * self.count)
        zero = left + max(0.0, -self.low) * scale
        for row, name in enumerate(names):
            y = top + row * (high + BAR_GAP)
            yield self._text(left - 4, y + high / 2, name, "right")
            for index, one in enumerate(self.chart.series):
                value = one.values[row] if row < len(one.values) else None
                at = y + index * BAR
                if value is None:
                    yield self._text(zero + 4, at + BAR / 2, "暂缺")
                    continue
                start, end = sorted((zero, zero + value * scale))
                yield _box(start, at, max(end - start, 0.3), BAR, FILLS[index % len(FILLS)])
                yield self._text(max(end, zero) + 4, at + BAR / 2, _number(value))
        yield Rule(zero, top - 3, zero, top + len(names) * (high + BAR_GAP) - BAR_GAP + 3, 0.8)


def _box(x: float, y: float, width: float, height: float, fill: float) -> Shape:
    return Shape(((x, y), (x + width, y), (x + width, y + height), (x, y + height)), fill, 0.5)


def _marker(index: int, x: float, y: float) -> Shape:
    """A marker by which a line is known without colour: disc, square, triangle, diamond."""
    corners, turn = ((16, 0.0), (4, pi / 4), (3, -pi / 2), (4, 0.0))[index % 4]
    return Shape(
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
