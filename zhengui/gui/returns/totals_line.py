"""The line fixed under the matrix: the sum of each month, and how many villages it lacks."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from zhengui.gui.kit.painted import CENTRE, RIGHT, draw_text
from zhengui.gui.kit.style import colour, is_large
from zhengui.gui.returns.grid import MISSING
from zhengui.gui.returns.matrix_table import MatrixTable


class TotalsLine(QWidget):
    """Stands under the columns of the table; hidden where the matrix has no sums."""

    def __init__(self, table: MatrixTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self.setFixedHeight(46 if is_large() else 40)
        table.horizontalHeader().sectionResized.connect(self.update)
        table.horizontalScrollBar().valueChanged.connect(self.update)
        table.matrix.dataChanged.connect(lambda *_: self.tell())
        table.matrix.modelReset.connect(self.tell)

    def tell(self) -> None:
        """Show the sums of the matrix."""
        grid = self._table.matrix.grid
        self.setVisible(bool(grid.totals))
        titles = [*(title for _key, title in grid.columns), *grid.ends]
        words = [
            f"{title} {total}{'，' + gap if gap else ''}"
            for title, (total, gap) in zip(titles, grid.totals, strict=False)
        ]
        self.setAccessibleName("合计：" + "；".join(words))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        table, grid = self._table, self._table.matrix.grid
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("surf2"))
        painter.fillRect(0, 0, self.width(), 1, colour("line2"))
        half = self.height() // 2
        draw_text(painter, QRect(8, 2, 90, half), "合计", "ink1", "segment", True)
        if any(gap for _total, gap in grid.totals):
            draw_text(painter, QRect(8, half, 90, half - 3), "其中未报", "ink3", "caption")
        owed = any(cell.kind == MISSING for row in grid.rows for cell in row.cells)
        tone = "over" if owed else "ink3"
        for place, (total, gap) in enumerate(grid.totals):
            column = place + 1
            left, width = table.columnViewportPosition(column), table.columnWidth(column)
            if place < len(grid.columns):
                draw_text(painter, QRect(left, 2, width, half), total, "ink1", "segment", True, CENTRE)
                draw_text(
                    painter,
                    QRect(left, half, width, half - 3),
                    gap.split()[-1] if gap else "",
                    tone,
                    "caption",
                    align=CENTRE,
                )
            else:
                draw_text(painter, QRect(left, 2, width - 10, half), total, "ink1", "segment", True, RIGHT)
        painter.end()
