"""An area on 总览: a ring for the share of closed items, its title, and what is still open."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from zhengui.gui.home.facts import AreaProgress
from zhengui.gui.kit import icons
from zhengui.gui.kit.painted import CENTRE, PaintedButton, draw_box, draw_text
from zhengui.gui.kit.style import colour

RING = 42


class AreaRing(PaintedButton):
    """Opens the area; an area without a closed loop shows its drawing and its records instead of a share."""

    def __init__(self, area: AreaProgress, drawing: str, parent: QWidget) -> None:
        super().__init__(area.title, parent)
        self._area, self._drawing = area, drawing
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{area.title}，{self._share_words()}，{self.words()[0]}")

    def sizeHint(self) -> QSize:
        return QSize(120, 50)

    def _share(self) -> int | None:
        """Per cent of closed items, rounded down so that not quite all never reads as all."""
        return self._area.closed * 100 // self._area.items if self._area.items else None

    def _share_words(self) -> str:
        share = self._share()
        return f"销号 {share}%" if share is not None else f"{self._area.records} 条记录"

    def words(self) -> tuple[str, str]:
        """The line under the title and its tone."""
        area = self._area
        if area.overdue:
            return f"{area.overdue} 项逾期", "over"
        if area.unknown:
            return f"{area.unknown} 个指标未知", "warn"
        if area.items:
            return ("全部销号", "ok") if area.closed == area.items else ("全部按期", "ink3")
        return f"{area.records} 条记录", "ink3"

    def draw(self, painter: QPainter, rect: QRect) -> None:
        if self.hovered:
            draw_box(painter, rect, "hover")
        ring = QRectF(6, (rect.height() - RING) / 2 + 2, RING - 4, RING - 4)
        share = self._share()
        if share is None:
            icons.paint(painter, self._drawing, ring.center().x() - 10, ring.center().y() - 10, 20)
        else:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour("press"), 5))
            painter.drawEllipse(ring)
            pen = QPen(colour("act"), 5)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            painter.drawArc(ring, 90 * 16, -round(share * 57.6))
            draw_text(painter, ring, str(share), "ink1", "caption", True, CENTRE)
        left = RING + 16
        draw_text(painter, QRect(left, 5, rect.width() - left - 4, 22), self.text())
        words, tone = self.words()
        draw_text(painter, QRect(left, 26, rect.width() - left - 4, 18), words, tone, "caption")
