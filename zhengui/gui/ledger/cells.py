"""How the cells of a ledger's table are drawn: text, ring, label, ground, line and focus."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QToolTip

from zhengui.gui.kit import icons
from zhengui.gui.kit.loop_ring import draw_ring
from zhengui.gui.kit.painted import draw_label, draw_text, width_of
from zhengui.gui.kit.plain import plain
from zhengui.gui.kit.row_drawing import TableRows
from zhengui.gui.kit.style import colour, font, size
from zhengui.gui.ledger.model import TableRole

MARGIN = 8
Index = QModelIndex | QPersistentModelIndex


class TableGrid(Protocol):
    """What the drawing asks of its table."""

    link_column: int

    def currentIndex(self) -> QModelIndex: ...
    def hasFocus(self) -> bool: ...
    def lit_row(self) -> int: ...
    def is_selected(self, index: Index) -> bool: ...
    def is_first_column(self, column: int) -> bool: ...
    def attachment_columns(self) -> set[int]: ...


class CellPainter(TableRows):
    """Draws without the style sheet, which would cost more than the drawing itself."""

    def __init__(self, table: TableGrid, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._table = table

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        text = index.data() or ""
        label = index.data(TableRole.LABEL)
        ring = 20 if index.data(TableRole.STATE) else 0
        extra = width_of(label[0], "caption") + 20 if label else 0
        return QSize(width_of(text) + 2 * MARGIN + 4 + ring + extra, size("row"))

    def is_lit(self, index: Index) -> bool:
        return index.row() == self._table.lit_row()

    def is_chosen(self, index: Index) -> bool:
        return self._table.is_selected(index)

    def is_first(self, column: int) -> bool:
        return self._table.is_first_column(column)

    def draw_cell(self, painter: QPainter, rect: QRect, index: Index) -> None:
        self._draw_content(painter, rect.adjusted(MARGIN, 0, -MARGIN, -1), index)
        if index.data(TableRole.WRONG):
            painter.fillRect(rect.adjusted(0, 0, 0, -1), colour("overbg"))
            painter.fillRect(rect.left(), rect.bottom() - 2, rect.width(), 2, colour("over"))
            self._draw_content(painter, rect.adjusted(MARGIN, 0, -MARGIN, -1), index)

    def _draw_content(self, painter: QPainter, area: QRect, index: Index) -> None:
        text = index.data() or ""
        align = Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole))
        state = index.data(TableRole.STATE)
        if state is not None and state[0]:
            draw_ring(painter, area.left(), area.center().y() - 7, state[0], state[1])
            area = area.adjusted(20, 0, 0, 0)
            if state[1]:
                draw_text(painter, area, text, "over")
                return
        if index.column() in self._table.attachment_columns():
            if text:
                icons.paint(painter, "image", area.left(), area.center().y() - 8)
                draw_text(painter, area.adjusted(22, 0, 0, 0), text.removesuffix(" 个"))
            return
        label = index.data(TableRole.LABEL)
        if label is not None:
            x = area.left() + width_of(text) + 8
            draw_label(painter, x, area.center().y() + 1, *label)
        tone = "act" if index.column() == self._table.link_column else "ink1"
        draw_text(painter, area, text, tone, align=align)

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return False
        wrong = index.data(TableRole.WRONG)
        if wrong:
            QToolTip.showText(event.globalPos(), plain(wrong), view)
            return True
        text = index.data() or ""
        room = option.rect.width() - 2 * MARGIN
        whole = QFontMetrics(font()).horizontalAdvance(text) <= room
        QToolTip.showText(event.globalPos(), "" if whole else plain(text), view)
        return True
