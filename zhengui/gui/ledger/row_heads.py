"""The heads of a table's rows: their numbers, a sign where a row is kept back; a double click opens the record."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QTableView

from zhengui.gui.kit import icons
from zhengui.gui.kit.painted import CENTRE, draw_text, width_of
from zhengui.gui.kit.style import colour
from zhengui.gui.ledger.model import LedgerModel

LEAST, EDGES = 34, 14


class RowHeads(QHeaderView):
    """Drawn without the style sheet, as the cells are."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(Qt.Orientation.Vertical, table)
        self._table = table
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setAccessibleName("行号")
        self.setToolTip("点一下选中整行，双击打开这条记录")

    def sizeHint(self) -> QSize:
        return QSize(max(LEAST, width_of(str(self.count()), "caption") + EDGES), super().sizeHint().height())

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        current = self._table.currentIndex().row() == section
        painter.fillRect(rect, colour("actbg" if current else "surf2"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, colour("line"))
        painter.fillRect(rect.right(), rect.top(), 1, rect.height(), colour("line2"))
        model = self.model()
        if isinstance(model, LedgerModel) and model.pending.cells and section < len(model.ids):
            record = model.ids[section]
            if model.pending.message(record):
                icons.paint(painter, "error_circle", rect.center().x() - 7, rect.center().y() - 8, 16, "over")
                return
        tone = "act" if current else "ink3"
        draw_text(painter, rect.adjusted(0, 0, 0, -1), str(section + 1), tone, "caption", current, CENTRE)
