"""A button that opens a panel: drawing, words and a small arrow; blue where what it chose narrows the view."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from zhengui.gui.kit import icons
from zhengui.gui.kit.painted import PaintedButton, draw_box, draw_text, width_of
from zhengui.gui.kit.plain import plain
from zhengui.gui.kit.style import size

EDGE, DRAWING, ARROW, GAP = 10, 16, 12, 8


class Chooser(PaintedButton):
    """`purpose` is what screen readers hear before the words."""

    def __init__(self, purpose: str, drawing: str, parent: QWidget) -> None:
        super().__init__("", parent)
        self._purpose, self._drawing = purpose, drawing
        self.narrowed = False
        self.setToolTip(plain(purpose))

    def show_choice(self, text: str, narrowed: bool = False) -> None:
        """Show what is chosen."""
        self.setText(text)
        self.narrowed = narrowed
        self.setAccessibleName(f"{self._purpose}：{text}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        drawing = DRAWING + GAP - 2 if self._drawing else 0
        return QSize(2 * EDGE + drawing + width_of(self.text()) + 2 + GAP + ARROW, size("control"))

    def draw(self, painter: QPainter, rect: QRect) -> None:
        tone = "act" if self.narrowed else "ink2"
        ground = "actbg" if self.narrowed else "surf2" if self.hovered else "surf"
        border = "act" if self.narrowed else "line3" if self.hovered else "line2"
        draw_box(painter, rect, ground, border)
        x, middle = EDGE, rect.height() / 2
        if self._drawing:
            icons.paint(painter, self._drawing, x, middle - DRAWING / 2, DRAWING, tone)
            x += DRAWING + GAP - 2
        room = rect.width() - x - EDGE - ARROW - 4
        draw_text(painter, QRect(x, 0, room, rect.height()), self.text(), "act" if self.narrowed else "ink1")
        icons.paint(painter, "chevron_down", rect.width() - EDGE - ARROW, middle - ARROW / 2, ARROW, tone)
