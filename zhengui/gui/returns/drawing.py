"""How a cell of a matrix looks: blue with a number, white with 零, red 未报, empty, and a corner where it was late."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPolygonF

from zhengui.gui.kit.painted import CENTRE, draw_box, draw_text
from zhengui.gui.kit.style import colour
from zhengui.gui.returns.grid import ReturnsCell

CORNER = 8
#: Ground, border, colour of the text, and whether it is bold.
LOOKS = {
    "reported": ("matrix", "", "ink1", False),
    "zero": ("surf", "line", "ink2", False),
    "missing": ("overbg", "over", "over", True),
    "not_due": ("surf2", "", "ink3", False),
    "quiet": ("surf2", "line", "ink3", False),
    "full": ("matrix2", "", "ink1", False),
    "late": ("warnbg", "warnfill", "warn", True),
    "none": ("", "", "ink3", False),
}


def draw_cell(painter: QPainter, box: QRectF, cell: ReturnsCell) -> None:
    """Draw a cell into a box."""
    ground, border, tone, bold = LOOKS[cell.kind]
    if ground:
        draw_box(painter, box, ground, border, radius=3)
    if cell.text:
        small = cell.kind in ("zero", "missing", "quiet")
        draw_text(painter, box, cell.text, tone, "caption" if small else "segment", bold, CENTRE)
    if cell.late:
        right, top = box.right(), box.top()
        corner = [QPointF(right - CORNER, top), QPointF(right, top), QPointF(right, top + CORNER)]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("warnfill"))
        painter.drawPolygon(QPolygonF(corner))
        painter.restore()
