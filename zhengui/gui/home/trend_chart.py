"""The line of a figure through the year: this year solid and blue, last year dashed and grey, labels at the ends."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QToolTip, QWidget

from zhengui.gui.home.facts import Trend
from zhengui.gui.kit.chart_grid import grid_step
from zhengui.gui.kit.painted import CENTRE, RIGHT, draw_focus, draw_text, width_of
from zhengui.gui.kit.plain import plain
from zhengui.gui.kit.style import colour

LEFT_EDGE, RIGHT_EDGE, FOOT, TOP = 48, 104, 24, 10
#: What a mark behind a number needs besides.
MARKED = 44
_LAST = 11


class TrendChart(QWidget):
    """Painted; its accessible name tells the last values.

    `opened` carries year and month of the point that was pressed. Left and right go from month to month, up and down
    between the two years, Enter opens.
    """

    opened = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._trend: Trend | None = None
        #: The point with the keyboard: whether it is last year's, and its month from 0.
        self.current: tuple[bool, int] | None = None
        self.setMinimumHeight(96)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    def show_trend(self, trend: Trend) -> None:
        """Show a figure through the year."""
        self._trend = trend
        if self.current not in self.points():
            self.current = None
        now, before = _end(trend.now) + trend.now_mark, _end(trend.before) + trend.before_mark
        self.setAccessibleName(f"{trend.year}年 {now}，{trend.year - 1}年 {before}")
        self.update()

    def points(self) -> list[tuple[bool, int]]:
        """What can be opened: every month of either year whose value is known."""
        if self._trend is None:
            return []
        both = ((False, self._trend.now), (True, self._trend.before))
        return [(last, month) for last, line in both for month, value in enumerate(line) if value is not None]

    def _value(self, point: tuple[bool, int]) -> float:
        assert self._trend is not None
        return (self._trend.before if point[0] else self._trend.now)[point[1]] or 0.0

    def _mark(self, point: tuple[bool, int]) -> str:
        """（录入） of the year's end, where that is all that is known of the year."""
        assert self._trend is not None
        if point[1] < _LAST:
            return ""
        return self._trend.before_mark if point[0] else self._trend.now_mark

    def _top(self) -> float:
        highest = max((self._value(point) for point in self.points()), default=0.0)
        step = grid_step(highest)
        return step * max(1, -(-highest // step))

    def place_of(self, point: tuple[bool, int]) -> QPointF:
        """Where a point is painted."""
        return self._point(point[1], self._value(point), self._top())

    def at(self, place: QPointF) -> tuple[bool, int] | None:
        """The point nearest to a place, this year's where both are as near."""
        known = self.points()
        if not known or not self._plot().adjusted(-20, -TOP, 20, FOOT).contains(place.toPoint()):
            return None
        return min(known, key=lambda point: _distance(self.place_of(point), place))

    def _open(self, point: tuple[bool, int]) -> None:
        assert self._trend is not None
        self.current = point
        self.update()
        self.opened.emit(self._trend.year - point[0], point[1] + 1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = self.at(event.position())
        self.setCursor(Qt.CursorShape.ArrowCursor if point is None else Qt.CursorShape.PointingHandCursor)
        if point is None:
            QToolTip.hideText()
        else:
            QToolTip.showText(event.globalPosition().toPoint(), plain(self._words(point)), self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        point = self.at(event.position())
        if point is not None:
            self._open(point)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._take_up()
        self.update()

    def _take_up(self) -> None:
        """Begin at this year's last point."""
        known = [point for point in self.points() if not point[0]] or self.points()
        if self.current is None and known:
            self.current = known[-1]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        known, key = self.points(), Qt.Key(event.key())
        sideways = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        self._take_up()
        if self.current is None or self.current not in known:
            super().keyPressEvent(event)
            return
        last, month = self.current
        if key in sideways:
            wanted = (last, month + sideways[key])
            self.current = wanted if wanted in known else self.current
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.current = (not last, month) if (not last, month) in known else self.current
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.current)
        else:
            super().keyPressEvent(event)
            return
        self.update()

    def _words(self, point: tuple[bool, int]) -> str:
        assert self._trend is not None
        year = self._trend.year - point[0]
        return f"{year}年1至{point[1] + 1}月：{self._value(point):,.10g}{self._trend.unit}{self._mark(point)}（点开看记录）"

    def _draw_current(self, painter: QPainter) -> None:
        """The point with the keyboard and what it says."""
        if not self.hasFocus() or self.current not in self.points():
            return
        assert self.current is not None
        at = self.place_of(self.current)
        draw_focus(painter, QRect(round(at.x()) - 6, round(at.y()) - 6, 12, 12), "ink1", radius=6)
        assert self._trend is not None
        year = self._trend.year - self.current[0]
        words = (
            f"{year}年1至{self.current[1] + 1}月 {self._value(self.current):,.10g}{self._mark(self.current)}"
        )
        wide = width_of(words, "caption") + 8
        plot = self._plot()
        left = min(max(plot.left(), round(at.x()) - wide // 2), plot.right() - wide)
        high = round(at.y()) - 26 if round(at.y()) - 26 >= 0 else round(at.y()) + 8
        painter.fillRect(left, high, wide, 18, colour("surf"))
        draw_text(painter, QRect(left, high, wide, 18), words, "ink1", "caption", align=CENTRE)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._trend is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = self._top()
        step = grid_step(max((self._value(point) for point in self.points()), default=0))
        self._draw_grid(painter, step, top)
        self._draw_line(painter, self._trend.before, top, "chart2", dashed=True)
        self._draw_line(painter, self._trend.now, top, "act", dashed=False)
        self._draw_labels(painter, top)
        self._draw_current(painter)
        painter.end()

    def _plot(self) -> QRect:
        marked = self._trend is not None and (self._trend.now_mark or self._trend.before_mark)
        right = RIGHT_EDGE + (MARKED if marked else 0)
        return QRect(LEFT_EDGE, TOP, self.width() - LEFT_EDGE - right, self.height() - TOP - FOOT)

    def _point(self, month: int, value: float, top: float) -> QPointF:
        plot = self._plot()
        return QPointF(plot.left() + plot.width() * month / 11, plot.bottom() - plot.height() * value / top)

    def _draw_grid(self, painter: QPainter, step: float, top: float) -> None:
        plot, value = self._plot(), 0.0
        while value <= top + step / 100:
            y = round(self._point(0, value, top).y())
            painter.fillRect(plot.left(), y, plot.width(), 1, colour("line"))
            draw_text(
                painter, QRect(0, y - 9, LEFT_EDGE - 10, 18), f"{value:,.10g}", "ink3", "caption", align=RIGHT
            )
            value += step
        for month in (0, 2, 4, 6, 8, 10):
            x = round(self._point(month, 0, top).x())
            area = QRect(x - 24, plot.bottom() + 4, 48, 18)
            draw_text(painter, area, f"{month + 1}月", "ink3", "caption", align=CENTRE)

    def _draw_line(
        self, painter: QPainter, values: Sequence[float | None], top: float, tone: str, dashed: bool
    ) -> None:
        points = [self._point(month, v, top) for month, v in enumerate(values) if v is not None]
        if not points:
            return
        pen = QPen(colour(tone), 1.4 if dashed else 2.2)
        if dashed:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(points))
        if not dashed or len(points) == 1:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(tone))
            painter.drawEllipse(points[-1], 3.5, 3.5)

    def _draw_labels(self, painter: QPainter, top: float) -> None:
        assert self._trend is not None
        ends = [
            (self._point(0, known[-1], top).y(), f"{year}年 {known[-1]:,.10g}{mark}", current)
            for values, year, current, mark in (
                (self._trend.now, self._trend.year, True, self._trend.now_mark),
                (self._trend.before, self._trend.year - 1, False, self._trend.before_mark),
            )
            if (known := [v for v in values if v is not None])
        ]
        if len(ends) == 2 and abs(ends[0][0] - ends[1][0]) < 17:
            middle = (ends[0][0] + ends[1][0]) / 2
            shift = -8.5 if ends[0][0] <= ends[1][0] else 8.5
            ends = [(middle + shift, *ends[0][1:]), (middle - shift, *ends[1][1:])]
        for y, text, current in ends:
            width = max(RIGHT_EDGE - 12, width_of(text, "caption", current))
            area = QRect(self._plot().right() + 10, round(y) - 9, width, 18)
            draw_text(painter, area, text, "act" if current else "ink3", "caption", current)


def _distance(one: QPointF, other: QPointF) -> float:
    return (one.x() - other.x()) ** 2 + (one.y() - other.y()) ** 2


def _end(values: Sequence[float | None]) -> str:
    known = [v for v in values if v is not None]
    return f"{known[-1]:g}" if known else "未知"
