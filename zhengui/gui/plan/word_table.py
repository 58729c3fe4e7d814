"""A plain table of words with a column of lights, for lists that are looked through and decided line by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from zhengui.gui.kit.plain import plain
from zhengui.gui.kit.row_drawing import TableRows
from zhengui.gui.kit.style import colour, font, size

Index = QModelIndex | QPersistentModelIndex
ACROSS, DOWN = 8, 7
_WRAP = Qt.TextFlag.TextWordWrap


@dataclass(frozen=True, slots=True)
class WordCell:
    """A cell: its text, its tone, whether it is a number, and what is told when the pointer rests."""

    text: str
    tone: str = "ink1"
    right: bool = False
    tip: str = ""


class _WordPainter(TableRows):
    """Draws words with room around them, broken into lines, and a line under each row."""

    def __init__(self, table: QTableWidget) -> None:
        super().__init__(table)
        self._table = table

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self._table.columnWidth(index.column()) - 2 * ACROSS
        box = QFontMetrics(font()).boundingRect(QRect(0, 0, max(20, width), 2000), _WRAP, index.data() or "")
        return QSize(width, max(size("row"), box.height() + 2 * DOWN))

    def draw_cell(self, painter: QPainter, rect: QRect, index: Index) -> None:
        painter.setFont(font())
        painter.setPen(index.data(Qt.ItemDataRole.ForegroundRole).color())
        align = Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole))
        painter.drawText(rect.adjusted(ACROSS, 0, -ACROSS, -1), align | _WRAP, index.data() or "")


class WordTable(QTableWidget):
    """`opened` tells the row on Enter or a double click; `moved` whenever another row is current."""

    opened = Signal(int)
    moved = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setItemDelegate(_WordPainter(self))
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(size("row"))
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.currentCellChanged.connect(lambda row, _column, _old, _older: self.moved.emit(row))
        self.cellDoubleClicked.connect(lambda row, _column: self.opened.emit(row))

    def lay_out(
        self,
        titles: Sequence[str],
        widths: Sequence[int],
        stretched: Sequence[int],
        numbers: Sequence[int] = (),
    ) -> None:
        """Name the columns and give them widths; the stretched ones share the rest, `numbers` stand right."""
        self.setColumnCount(len(titles))
        self.setHorizontalHeaderLabels(list(titles))
        head = self.horizontalHeader()
        for column, width in enumerate(widths):
            mode = QHeaderView.ResizeMode
            head.setSectionResizeMode(column, mode.Stretch if column in stretched else mode.Interactive)
            self.setColumnWidth(column, width)
            head_item = self.horizontalHeaderItem(column)
            if head_item is not None and column in numbers:
                head_item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def fill(self, rows: Sequence[Sequence[WordCell]]) -> None:
        """Show these rows; the current one keeps its place."""
        current = self.currentRow()
        self.blockSignals(True)
        self.setRowCount(len(rows))
        for place, row in enumerate(rows):
            for column, words in enumerate(row):
                self.setItem(place, column, _item(words))
        self.blockSignals(False)
        self.fit()
        if rows:
            self.setCurrentCell(min(max(0, current), len(rows) - 1), 0)
        self.moved.emit(self.currentRow())

    def fit(self) -> None:
        """Give each row the height that its words need."""
        self.resizeRowsToContents()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentRow() >= 0:
            self.opened.emit(self.currentRow())
        else:
            super().keyPressEvent(event)


def _item(words: WordCell) -> QTableWidgetItem:
    made = QTableWidgetItem(words.text)
    made.setForeground(colour(words.tone))
    side = Qt.AlignmentFlag.AlignRight if words.right else Qt.AlignmentFlag.AlignLeft
    made.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
    if words.tip:
        made.setToolTip(plain(words.tip))
    return made
