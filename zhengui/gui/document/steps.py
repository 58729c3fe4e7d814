"""How far a document is: 起草, 送审, 签发, as rings that fill up, with words."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from zhengui.gui.kit import icons, style
from zhengui.gui.kit.style import colour

STEPS = (("draft", "起草"), ("review", "送审"), ("issued", "签发"))
RING, GAP, LINE = 14, 5, 14


class StepsToIssue(QWidget):
    """Painted, and told to those who can't see it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = "draft"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.show_state("draft")

    def show_state(self, state: str) -> None:
        """Show where the document is."""
        self._state = state
        words = dict(STEPS)[state]
        self.setAccessibleName(f"文稿进度：{words}")
        self.setToolTip("起草 → 送审 → 签发")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the three words."""
        width = sum(RING + GAP + self._width(words, True) for _state, words in STEPS)
        return QSize(width + 2 * (LINE + 2 * GAP) + 8, 32)

    def minimumSizeHint(self) -> QSize:
        """Never cut off."""
        return self.sizeHint()

    def _width(self, words: str, bold: bool) -> int:
        from PySide6.QtGui import QFontMetrics

        return QFontMetrics(style.font("segment", bold)).horizontalAdvance(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        at = [state for state, _words in STEPS].index(self._state)
        x, middle = 4.0, self.height() / 2
        for number, (_state, words) in enumerate(STEPS):
            self._ring(painter, x, middle, number, at)
            x += RING + GAP
            current = number == at
            painter.setFont(style.font("segment", current))
            painter.setPen(colour("ink1" if current else "ink3"))
            width = self._width(words, current)
            box = QRectF(x, 0, width + 2, self.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)
            x += width + GAP
            if number < len(STEPS) - 1:
                painter.setPen(QPen(colour("line2"), 1))
                painter.drawLine(round(x), round(middle), round(x + LINE), round(middle))
                x += LINE + GAP
        painter.end()

    def _ring(self, painter: QPainter, x: float, middle: float, number: int, at: int) -> None:
        """Done: filled with a tick; current: half filled; still to come: dashed."""
        if number < at or self._state == "issued":
            icons.paint(painter, "checkmark_circle", x - 1, middle - 8, 16, "okfill", filled=True)
            return
        box = QRectF(x + 1, middle - RING / 2 + 1, RING - 2, RING - 2)
        pen = QPen(colour("act" if number == at else "line3"), 1.6)
        if number > at:
            pen.setStyle(Qt.PenStyle.DotLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(box)
        if number == at:
            painter.setBrush(colour("act"))
            painter.drawPie(box, 90 * 16, -180 * 16)
