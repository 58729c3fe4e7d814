"""The curve of a plan item: what should be reached dashed, what is reached solid and blue, the forecast dotted."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from zhengui.gui.kit.chart_grid import grid_step
from zhengui.gui.kit.painted import CENTRE, LEFT, RIGHT, draw_text, width_of
from zhengui.gui.kit.style import colour
from zhengui.services.plan.plan_curve import Curve
from zhengui.services.plan.tell_plan import number

TOP, FOOT, EDGE, END = 10, 22, 8, 12
#: So many months are named at most.
NAMED = 7
Points = tuple[tuple[date, Decimal], ...]


class PlanChart(QWidget):
    """Painted; its accessible name tells the last values."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._curve = Curve((), (), ())
        self._first, self._last = date(2000, 1, 1), date(2000, 12, 31)
        self.setFixedHeight(146)

    def show_curve(self, curve: Curve, year: int, unit: str) -> None:
        """Show a curve through a year."""
        self.show_span(curve, date(year, 1, 1), date(year, 12, 31), unit)

    def show_span(self, curve: Curve, first: date, last: date, unit: str) -> None:
        """Show a curve from a day to another."""
        self._curve, self._first, self._last = curve, first, max(last, first + timedelta(days=1))
        ends = (("应完成", curve.planned), ("实际", curve.actual), ("预计", curve.forecast))
        told = (f"{name} {number(points[-1][1])}{unit}" for name, points in ends if points)
        self.setAccessibleName("进度曲线：" + "，".join(told))
        self.setVisible(bool(curve.actual or curve.planned))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        points = (*self._curve.actual, *self._curve.planned, *self._curve.forecast)
        if not points:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        highest = float(max(value for _day, value in points))
        step = grid_step(highest)
        top = step * max(1, -(-highest // step))
        left = EDGE + width_of(f"{top:,.10g}", "caption")
        plot = QRect(left, TOP, self.width() - left - END, self.height() - TOP - FOOT)
        self._draw_grid(painter, plot, step, top)
        self._draw_line(painter, plot, top, self._curve.planned, "ink2", Qt.PenStyle.DashLine, 1.2)
        self._draw_line(painter, plot, top, self._curve.forecast, "act", Qt.PenStyle.DotLine, 1.8)
        self._draw_line(painter, plot, top, self._curve.actual, "act", Qt.PenStyle.SolidLine, 2.2)
        if self._curve.actual:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("act"))
            painter.drawEllipse(self._point(plot, top, *self._curve.actual[-1]), 4, 4)
        self._draw_names(painter, plot, top)
        painter.end()

    def _point(self, plot: QRect, top: float, day: date, value: Decimal) -> QPointF:
        return QPointF(self._across(plot, day), plot.bottom() - plot.height() * max(0.0, float(value)) / top)

    def _across(self, plot: QRect, day: date) -> float:
        share = min(1.0, max(0.0, (day - self._first).days / (self._last - self._first).days))
        return plot.left() + plot.width() * share

    def _months(self) -> list[date]:
        """The last days of the months that are named."""
        ends, day = [], self._first.replace(day=1)
        while day <= self._last:
            day = (day + timedelta(days=32)).replace(day=1)
            if self._first < day - timedelta(days=1) <= self._last:
                ends.append(day - timedelta(days=1))
        every = next(step for step in (1, 2, 3, 6, 12, 24, 60) if len(ends) <= NAMED * step)
        return [end for end in ends if (end.year * 12 + end.month) % every == 0]

    def _draw_grid(self, painter: QPainter, plot: QRect, step: float, top: float) -> None:
        value = 0.0
        while value <= top + step / 100:
            y = round(plot.bottom() - plot.height() * value / top)
            painter.fillRect(plot.left(), y, plot.width(), 1, colour("line2" if value == 0 else "line"))
            area = QRect(0, y - 9, plot.left() - 6, 18)
            draw_text(painter, area, f"{value:,.10g}", "ink3", "caption", align=RIGHT)
            value += step
        for end in self._months():
            x = round(self._across(plot, end))
            area = QRect(min(x - 24, self.width() - 40), plot.bottom() + 4, 48, 18)
            draw_text(painter, area, f"{end.month}月", "ink3", "caption", align=CENTRE)

    def _draw_line(
        self,
        painter: QPainter,
        plot: QRect,
        top: float,
        points: Points,
        tone: str,
        style: Qt.PenStyle,
        width: float,
    ) -> None:
        if len(points) < 2:
            return
        pen = QPen(colour(tone), width)
        pen.setStyle(style)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF([self._point(plot, top, *each) for each in points]))

    def _draw_names(self, painter: QPainter, plot: QRect, top: float) -> None:
        """The names stand at the lines themselves: one above, one below."""
        planned, actual = self._curve.planned, self._curve.actual
        if planned:
            at = self._point(plot, top, *planned[len(planned) // 2])
            # Above the line, or just under it where the line runs along the top.
            high = round(at.y()) - 22
            name = QRect(round(at.x()) - 64, high if high >= 0 else round(at.y()) + 6, 58, 18)
            draw_text(painter, name, "应完成", "ink2", "caption", align=RIGHT)
        if actual:
            at = self._point(plot, top, *actual[max(1, len(actual) * 2 // 3) - 1])
            below = min(round(at.y()) + 8, plot.bottom() - 18)
            draw_text(painter, QRect(round(at.x()) + 8, below, 60, 18), "实际", "act", "caption", True, LEFT)
