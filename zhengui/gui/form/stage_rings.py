"""How far a closed-loop record is: five rings from 登记 to 销号, and the ring of one stage."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from zhengui.catalogue.closed_loop import LOOP_STATES
from zhengui.gui.kit import icons
from zhengui.gui.kit.painted import CENTRE, draw_text, width_of
from zhengui.gui.kit.plain import plain
from zhengui.gui.kit.style import colour, text_size

STAGES = ("登记", "交办", "整改", "验收", "销号")
_RADIUS = 7.5


def stage_of(state: str) -> int:
    """The number of the stage a record stands at; five when it is closed."""
    return LOOP_STATES.index(state) + 1 if state in LOOP_STATES else 1


def draw_ring(painter: QPainter, middle: QPointF, stage: int, now: int, overdue: bool) -> None:
    """The ring of a stage: ticked when it is past, partly filled when it is now, dashed when it is to come."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if stage < now:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("okfill"))
        painter.drawEllipse(middle, _RADIUS, _RADIUS)
        icons.paint(painter, "checkmark", middle.x() - 6, middle.y() - 6, 12, "onfill")
    elif stage == now:
        tone = colour("over" if overdue else "act")
        painter.setBrush(colour("surf"))
        painter.setPen(QPen(tone, 2))
        painter.drawEllipse(middle, _RADIUS - 0.5, _RADIUS - 0.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tone)
        inner = QRectF(middle.x() - 4.5, middle.y() - 4.5, 9, 9)
        painter.drawPie(inner, 90 * 16, -stage * 90 * 16)
    else:
        painter.setBrush(colour("surf"))
        painter.setPen(QPen(colour("line3"), 1.4, Qt.PenStyle.CustomDashLine))
        pen = painter.pen()
        pen.setDashPattern([2, 1.6])
        painter.setPen(pen)
        painter.drawEllipse(middle, _RADIUS - 0.5, _RADIUS - 0.5)
    painter.restore()


class StageRings(QWidget):
    """All five stages in a line, the present one in bold."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now, self._overdue = 1, False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(300, 26 + text_size("caption") + 8)

    @property
    def now(self) -> int:
        """The number of the stage the record stands at."""
        return self._now

    def show_state(self, state: str, overdue_days: int) -> None:
        """Show the state of a record; days over the due date, or 0."""
        self._now, self._overdue = stage_of(state), overdue_days > 0
        late = f"，逾期 {overdue_days} 天" if overdue_days else ""
        self.setAccessibleName(f"流转：{state}{late}")
        self.setToolTip(plain(f"{state}{late}"))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step = self.width() / len(STAGES)
        middles = [QPointF(step * (n + 0.5), 12) for n in range(len(STAGES))]
        for number in range(len(STAGES) - 1):
            painter.setPen(QPen(colour("act" if number < self._now else "line2"), 2))
            painter.drawLine(
                middles[number] + QPointF(_RADIUS + 4, 0), middles[number + 1] - QPointF(_RADIUS + 4, 0)
            )
        for number, (title, middle) in enumerate(zip(STAGES, middles, strict=True)):
            draw_ring(painter, middle, number, self._now, self._overdue)
            bold = number == self._now
            width = width_of(title, "caption", bold) + 8
            area = QRectF(middle.x() - width / 2, 24, width, text_size("caption") + 8)
            draw_text(painter, area, title, "ink1" if bold else "ink2", "caption", bold, CENTRE)
        painter.end()
