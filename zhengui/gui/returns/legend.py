"""What the cells of the matrix mean, drawn as the cells are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from zhengui.gui.kit.painted import draw_text
from zhengui.gui.returns.drawing import draw_cell
from zhengui.gui.returns.grid import ReturnsCell

ROW = 22
VILLAGES: tuple[tuple[ReturnsCell, str], ...] = (
    (ReturnsCell("reported", "3"), "已报，数字为条数"),
    (ReturnsCell("zero", "零"), "零报告：确认没有"),
    (ReturnsCell("reported", "", True), "右上黄角：迟报"),
    (ReturnsCell("missing", "未报"), "已过截止日仍未报"),
    (ReturnsCell("not_due"), "未到报送期"),
    (ReturnsCell("none"), "空白：不用报送"),
)
QUIET: tuple[tuple[ReturnsCell, str], ...] = (
    (ReturnsCell("reported", "3"), "有记录，数字为条数"),
    (ReturnsCell("zero", "零"), "零报告：确认没有"),
    (ReturnsCell("quiet", "未报"), "没有记录，有没有不知道"),
    (ReturnsCell("not_due"), "未到报送期"),
)
AREAS: tuple[tuple[ReturnsCell, str], ...] = (
    (ReturnsCell("full"), "到期的都已报送"),
    (ReturnsCell("late", "2"), "都报了，其中迟报的个数"),
    (ReturnsCell("missing", "2"), "未报的个数"),
    (ReturnsCell("not_due"), "未到报送期"),
    (ReturnsCell("none"), "空白：不要求按月报送"),
)


class Legend(QWidget):
    """Told to screen readers in one sentence."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._lines: Sequence[tuple[ReturnsCell, str]] = ()

    def show_lines(self, lines: Sequence[tuple[ReturnsCell, str]]) -> None:
        """Show what these cells mean."""
        self._lines = lines
        self.setFixedHeight(ROW * len(lines))
        self.setAccessibleName("图例：" + "；".join(words for _cell, words in lines))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for place, (cell, words) in enumerate(self._lines):
            draw_cell(painter, QRectF(0, place * ROW + 2, 34, ROW - 4), cell)
            draw_text(painter, QRect(44, place * ROW, self.width() - 44, ROW), words, "ink2", "caption")
        painter.end()
