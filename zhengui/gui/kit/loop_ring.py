"""The ring that stands for a state of the closed loop: it fills up step by step, so that colour is not needed."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from zhengui.gui.kit.style import colour

#: How much of the ring is filled, in quarters; 4 is done.
QUARTERS = {"待交办": 0, "整改中": 2, "待验收": 3, "待销号": 3, "已销号": 4}


def draw_ring(
    painter: QPainter, x: float, y: float, state: str, overdue: bool = False, size: float = 14
) -> None:
    """Draw the ring of a state with its top left corner at (x, y); overdue makes it orange-red."""
    filled = QUARTERS.get(state, 0)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(x + 1, y + 1, size - 2, size - 2)
    if filled == 4:
        _draw_done(painter, box)
    else:
        tone = colour("over" if overdue else "act" if filled else "line3")
        pen = QPen(tone, 1.5)
        if not filled and not overdue:
            pen.setStyle(Qt.PenStyle.CustomDashLine)
            pen.setDashPattern([1.6, 1.4])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(box)
        if filled:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tone)
            inner = box.adjusted(2.6, 2.6, -2.6, -2.6)
            painter.drawPie(inner, 90 * 16, -90 * 16 * filled)
    painter.restore()


def _draw_done(painter: QPainter, box: QRectF) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour("okfill"))
    painter.drawEllipse(box)
    painter.setPen(QPen(colour("onfill"), 1.6))
    width, left, top = box.width(), box.left(), box.top()
    points = [(0.28, 0.52), (0.44, 0.68), (0.73, 0.35)]
    painter.drawPolyline([QPointF(left + a * width, top + b * width) for a, b in points])
