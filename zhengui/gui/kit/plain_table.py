"""A table of words: rows to choose from, numbers at the right, what is wrong in its colour."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from zhengui.gui.kit.plain import plain
from zhengui.gui.kit.style import colour, size

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class PlainTable(QTableWidget):
    """`picked` tells the place of the row that was chosen, `opened` of one that was double-clicked or entered."""

    picked = Signal(int)
    opened = Signal(int)

    def __init__(self, titles: Sequence[tuple[str, int]], name: str, parent: QWidget | None = None) -> None:
        """`titles` are the columns' names with their widths in pixels; 0 takes what is left."""
        super().__init__(0, len(titles), parent)
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels([title for title, _width in titles])
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(size("row"))
        self.verticalHeader().setDefaultSectionSize(size("row"))
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, (_title, width) in enumerate(titles):
            if width:
                self.setColumnWidth(column, width)
            else:
                head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.currentCellChanged.connect(lambda row, _c, _r, _d: self.picked.emit(row))
        self.cellDoubleClicked.connect(lambda row, _column: self.opened.emit(row))

    def show_rows(self, rows: Sequence[Sequence[object]], tones: Sequence[str] = ()) -> None:
        """Show these rows; whole numbers stand at the right, `tones` colour the words of each row."""
        before = self.currentRow()
        self.blockSignals(True)
        self.setRowCount(len(rows))
        for row, cells in enumerate(rows):
            tone = tones[row] if row < len(tones) else ""
            for column, cell in enumerate(cells):
                number = isinstance(cell, int)
                item = QTableWidgetItem(f"{cell:,}" if number else str(cell))
                if number:
                    item.setTextAlignment(RIGHT)
                    if not cell:
                        item.setForeground(colour("ink3"))
                if tone and (not number or cell):
                    item.setForeground(colour(tone))
                if len(str(cell)) > 6:
                    item.setToolTip(plain(str(cell)))
                self.setItem(row, column, item)
        self.blockSignals(False)
        if rows:
            self.setCurrentCell(min(max(before, 0), len(rows) - 1), 0)
        self.picked.emit(self.currentRow() if rows else -1)
