"""The lights of the plan, each with a shape of its own: green circle, amber triangle, red square."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPolygonF

from zhengui.figures.plan_pace import Light
from zhengui.gui.kit.painted import draw_box
from zhengui.gui.kit.style import colour

#: The colour that fills shapes and bars, and the one that text has.
FILLS = {Light.DONE: "okfill", Light.ON_TIME: "okfill", Light.NEAR: "warnfill", Light.BEHIND: "over"}
TONES = {Light.DONE: "ink1", Light.ON_TIME: "ink1", Light.NEAR: "warn", Light.BEHIND: "over"}
LABELS = {Light.DONE: "ok", Light.ON_TIME: "ok", Light.NEAR: "warn", Light.BEHIND: "over"}
SIZE = 11
BAR = 6


def draw_light(painter: QPainter, left: float, middle: float, light: Light) -> None:
    """The shape of a light."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(FILLS[light]))
    box = QRectF(left, middle - SIZE / 2, SIZE, SIZE)
    if light is Light.NEAR:
        corners = (
            QPointF(left + SIZE / 2, box.top()),
            QPointF(box.right(), box.bottom()),
            QPointF(left, box.bottom()),
        )
        painter.drawPolygon(QPolygonF(corners))
    elif light is Light.BEHIND:
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
    else:
        painter.drawEllipse(box)
    painter.restore()


def draw_bar(
    painter: QPainter, area: QRect, percent: float, expected: float | None, light: Light, ground: str = "line"
) -> None:
    """A bar as full as the work is done, with a mark where it should be."""
    middle = area.center().y() + 1
    track = QRect(area.left(), middle - BAR // 2, area.width(), BAR)
    draw_box(painter, track, ground, radius=BAR / 2)
    width = round(area.width() * min(100.0, percent) / 100)
    if width:
        draw_box(painter, QRect(area.left(), track.top(), max(BAR, width), BAR), FILLS[light], radius=BAR / 2)
    if expected is not None:
        x = area.left() + round((area.width() - 2) * min(100.0, max(0.0, expected)) / 100)
        painter.fillRect(QRect(x, middle - 6, 2, 12), colour("ink1"))
