"""An area on 总览: a ring for the share of closed items, its title, and what is still open."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from zhengui.gui.kit import icons
from zhengui.gui.kit.painted import CENTRE, PaintedButton, draw_box, draw_text
from zhengui.gui.kit.style import colour
from zhengui.services.watch.show_progress import ProgressRing

RING, HEIGHT = 36, 42


class AreaRing(PaintedButton):
    """Leads to what it tells of; an area without a closed loop shows its drawing and its records instead of a share."""

    def __init__(self, progress: ProgressRing, parent: QWidget) -> None:
        super().__init__(progress.title, parent)
        self.progress = progress
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{progress.title}，{self._share_words()}，{self.words()[0]}")

    def sizeHint(self) -> QSize:
        return QSize(120, HEIGHT)

    def _share_words(self) -> str:
        done = "完成" if self.progress.key == "plan" else "销号"
        share = self.progress.share
        return f"{done} {share}%" if share is not None else f"{self.progress.records} 条记录"

    def words(self) -> tuple[str, str]:
        """The line under the title and its tone."""
        found = self.progress
        if found.key == "plan":
            if not found.items:
                return "还没有计划", "ink3"
            return (f"{found.overdue} 项落后", "over") if found.overdue else ("没有落后", "ok")
        if found.overdue:
            return f"{found.overdue} 项逾期", "over"
        if found.items:
            return ("全部销号", "ok") if found.closed == found.items else ("全部按期", "ink3")
        return f"{found.records} 条记录", "ink3"

    def draw(self, painter: QPainter, rect: QRect) -> None:
        if self.hovered:
            draw_box(painter, rect, "hover")
        ring = QRectF(5, (rect.height() - RING) / 2 + 2, RING - 4, RING - 4)
        share = self.progress.share
        if share is None:
            icons.paint(painter, self.progress.icon, ring.center().x() - 10, ring.center().y() - 10, 20)
        else:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour("press"), 4))
            painter.drawEllipse(ring)
            pen = QPen(colour("act"), 4)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            painter.drawArc(ring, 90 * 16, -round(share * 57.6))
            draw_text(painter, ring, str(share), "ink1", "caption", True, CENTRE)
        left = RING + 12
        draw_text(painter, QRect(left, 1, rect.width() - left - 4, 22), self.text())
        words, tone = self.words()
        draw_text(painter, QRect(left, 22, rect.width() - left - 4, 18), words, tone, "caption")
