"""The list beside the manual's text: headings, pages, and pieces of text where words were found."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyleOptionViewItem,
    QWidget,
)

from zhengui.gui.kit.painted import draw_box, draw_text
from zhengui.gui.kit.plain import plain
from zhengui.gui.kit.row_drawing import Index, ListLines
from zhengui.gui.kit.style import text_size

PAGE, ANCHOR, AROUND = (Qt.ItemDataRole.UserRole + n for n in range(3))
_MARGIN = 8


class _LinePainter(ListLines):
    """A heading is small and grey; the page in front is white with the bar of the rail."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line, small = text_size("body") + 6, text_size("caption") + 6
        if index.data(PAGE) is None:
            return QSize(100, small + 10)
        return QSize(100, line + small + 10 if index.data(AROUND) else line + 6)

    def is_line(self, index: Index) -> bool:
        return index.data(PAGE) is not None

    def place(self, rect: QRect) -> QRect:
        return rect.adjusted(_MARGIN, 1, -_MARGIN, -1)

    def draw_ground(self, painter: QPainter, rect: QRect, current: bool, over: bool) -> None:
        if not current:
            super().draw_ground(painter, rect, current, over)
            return
        draw_box(painter, rect, "surf", "line")
        draw_box(painter, QRect(rect.left(), rect.top() + 6, 3, rect.height() - 12), "brand", radius=1)

    def draw_line(self, painter: QPainter, rect: QRect, index: Index) -> None:
        title, around = str(index.data()), str(index.data(AROUND) or "")
        if not self.is_line(index):
            draw_text(painter, rect.adjusted(8, 8, 0, 0), title, "ink3", "caption")
            return
        current = index.row() == self._lines_of.currentIndex().row()
        inside = rect.adjusted(12, 0, -6, 0)
        if not around:
            draw_text(painter, inside, title, bold=current)
            return
        below = text_size("caption") + 6
        draw_text(painter, inside.adjusted(0, 4, 0, -below), title, bold=current)
        draw_text(painter, inside.adjusted(0, rect.height() - below - 4, 0, -4), around, "ink3", "caption")


class HelpList(QListWidget):
    """Lines lead to a page and a place on it; headings lead nowhere."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setItemDelegate(_LinePainter(self))

    def add_heading(self, text: str) -> None:
        """Add a line that only divides."""
        QListWidgetItem(text, self).setFlags(Qt.ItemFlag.NoItemFlags)

    def add_line(self, title: str, page: str, anchor: str = "", around: str = "") -> None:
        """Add a line that leads to a place of a page."""
        item = QListWidgetItem(title, self)
        item.setData(PAGE, page)
        item.setData(ANCHOR, anchor)
        item.setData(AROUND, around)
        item.setToolTip(plain(around))

    def mark(self, page: str) -> None:
        """Show which page is in front, without going there."""
        self.blockSignals(True)
        for row in range(self.count()):
            if self.item(row).data(PAGE) == page:
                self.setCurrentRow(row)
        self.blockSignals(False)

    def move_by(self, step: int) -> None:
        """Choose the next line that leads somewhere."""
        row = self.currentRow() + step
        while 0 <= row < self.count() and self.item(row).data(PAGE) is None:
            row += step
        if 0 <= row < self.count():
            self.setCurrentRow(row)
