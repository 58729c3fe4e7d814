"""The line of a figure through the year: this year solid and blue, last year dashed and grey, labels at the ends."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from zhengui.gui.home.facts import Trend
from zhengui.gui.kit.chart_grid import grid_step
from zhengui.gui.kit.painted import CENTRE, RIGHT, draw_text, width_of
from zhengui.gui.kit.style import colour

LEFT_EDGE, RIGHT_EDGE, FOOT, TOP = 48, 104, 24, 10


class TrendChart(QWidget):
    """Painted; its accessible name tells the last values."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._trend: Trend | None = None
        self.setMinimumHeight(96)

    def show_trend(self, trend: Trend) -> None:
        """Show a figure through the year."""
        self._trend = trend
        self.setAccessibleName(f"{trend.year}年 {_end(trend.now)}，{trend.year - 1}年 {_end(trend.before)}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._trend is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        values = [v for v in (*self._trend.now, *self._trend.before) if v is not None]
        step = grid_step(max(values, default=0))
        top = step * max(1, -(-max(values, default=0) // step))
        self._draw_grid(painter, step, top)
        self._draw_line(painter, self._trend.before, top, "chart2", dashed=True)
        self._draw_line(painter, self._trend.now, top, "act", dashed=False)
        self._draw_labels(painter, top)
        painter.end()

    def _plot(self) -> QRect:
        return QRect(LEFT_EDGE, TOP, self.width() - LEFT_EDGE - RIGHT_EDGE, self.height() - TOP - FOOT)

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
        if not dashed:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(tone))
            painter.drawEllipse(points[-1], 3.5, 3.5)

    def _draw_labels(self, painter: QPainter, top: float) -> None:
        assert self._trend is not None
        ends = [
            (self._point(0, known[-1], top).y(), f"{year}年 {known[-1]:,.10g}", current)
            for values, year, current in (
                (self._trend.now, self._trend.year, True),
                (self._trend.before, self._trend.year - 1, False),
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


def _end(values: Sequence[float | None]) -> str:
    known = [v for v in values if v is not None]
    return f"{known[-1]:g}" if known else "未知"
