"""Ground, line and focus of rows, painted alike wherever there are rows; what stands in them is for each to draw."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from zhengui.gui.kit.painted import draw_box, draw_focus
from zhengui.gui.kit.style import colour

Index = QModelIndex | QPersistentModelIndex


class TableRows(QStyledItemDelegate):
    """Cells of a table: a line under each row, the current row lit with a mark before it, a ring round what has the keys."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._rows_of = view

    def is_lit(self, index: Index) -> bool:
        """Whether the row is the current one."""
        return self._rows_of.currentIndex().row() == index.row()

    def is_chosen(self, index: Index) -> bool:
        """Whether the cell is chosen, though its row may not be the current one."""
        return False

    def is_first(self, column: int) -> bool:
        """Whether the column stands first, where the mark goes."""
        return column == 0

    def has_keys(self, index: Index) -> bool:
        """Whether the keyboard acts on the cell."""
        current = self._rows_of.currentIndex()
        return (
            self._rows_of.hasFocus() and index.row() == current.row() and index.column() == current.column()
        )

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        lit = self.is_lit(index)
        painter.fillRect(rect, colour("actbg" if lit or self.is_chosen(index) else "surf"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, colour("line"))
        if lit and self.is_first(index.column()):
            painter.fillRect(rect.left(), rect.top(), 3, rect.height() - 1, colour("act"))
        self.draw_cell(painter, rect, index)
        if self.has_keys(index):
            draw_focus(painter, rect.adjusted(0, 0, 0, -1), radius=2)

    def draw_cell(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Draw what stands in a cell."""
        raise NotImplementedError


class ListLines(QStyledItemDelegate):
    """Lines of a list: lit under the pointer and where one is, with a ring while the list has the keys."""

    #: The ground of the current line.
    lit_ground = "hover"

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._lines_of = view

    def is_line(self, index: Index) -> bool:
        """Whether it can be acted on; a heading cannot."""
        return True

    def place(self, rect: QRect) -> QRect:
        """Where the ground lies within the room for a line."""
        return rect

    def draw_ground(self, painter: QPainter, rect: QRect, current: bool, over: bool) -> None:
        """Draw what lies under a line: where one is, and where the pointer is."""
        ground = (self.lit_ground if current else "") or ("hover" if over else "")
        if ground:
            draw_box(painter, rect, ground)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = self.place(option.rect)
        if not self.is_line(index):
            self.draw_line(painter, rect, index)
            return
        current = bool(option.state & QStyle.StateFlag.State_Selected)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        self.draw_ground(painter, rect, current, over)
        self.draw_line(painter, rect, index)
        if self._lines_of.hasFocus() and index.row() == self._lines_of.currentIndex().row():
            draw_focus(painter, rect)

    def draw_line(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Draw what stands in a line."""
        raise NotImplementedError
