"""A sheet of a form as a grid: merged cells, widths, bold and lines as in the file, marked cells tinted."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem, QWidget

from zhengui.gui.kit.plain import plain
from zhengui.gui.kit.style import colour, font
from zhengui.services.county_forms.keep_forms import SheetGrid, block_of, column_letters, place_name

#: Pixels of a character's width and of a point, as sheets are usually shown.
CHARACTER, POINT = 7.2, 1.34
LEAST_WIDTH, LEAST_HEIGHT, USUAL_WIDTH, USUAL_HEIGHT = 26, 22, 9.0, 15.0
#: Empty columns and rows shown beyond what is filled, so that a cell beside the table can be chosen.
BEYOND = 2
ALIGN = {"center": Qt.AlignmentFlag.AlignHCenter, "right": Qt.AlignmentFlag.AlignRight}


class GridView(QTableWidget):
    """`block_chosen` tells the place of the cells that were chosen, `opened` a cell that was double-clicked."""

    block_chosen = Signal(str)
    opened = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("表样")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setTabKeyNavigation(False)
        self.verticalHeader().setMinimumSectionSize(0)
        self.horizontalHeader().setMinimumSectionSize(0)
        self.verticalHeader().setFixedWidth(34)
        self.itemSelectionChanged.connect(self._tell)
        self.cellDoubleClicked.connect(lambda row, column: self.opened.emit(row + 1, column + 1))
        self._grid: SheetGrid | None = None

    def show_grid(self, grid: SheetGrid) -> None:
        """Show a sheet."""
        self._grid = grid
        self.blockSignals(True)
        self.clear()
        self.clearSpans()
        self.setRowCount(grid.rows + BEYOND)
        self.setColumnCount(grid.columns + BEYOND)
        self.setHorizontalHeaderLabels([column_letters(n + 1) for n in range(self.columnCount())])
        self.setVerticalHeaderLabels([str(n + 1) for n in range(self.rowCount())])
        for column in range(self.columnCount()):
            width = grid.widths.get(column + 1, USUAL_WIDTH)
            self.setColumnWidth(column, max(LEAST_WIDTH, round(width * CHARACTER) + 5) if width else 0)
        for row in range(self.rowCount()):
            height = grid.heights.get(row + 1, USUAL_HEIGHT)
            self.setRowHeight(row, max(LEAST_HEIGHT, round(height * POINT)) if height else 0)
        for top, left, bottom, right in grid.merges:
            self.setSpan(top - 1, left - 1, bottom - top + 1, right - left + 1)
        self._show_cells(grid)
        self.blockSignals(False)

    def _show_cells(self, grid: SheetGrid) -> None:
        for row in range(1, self.rowCount() + 1):
            for column in range(1, self.columnCount() + 1):
                cell = grid.cells.get((row, column))
                item = QTableWidgetItem(cell.text if cell else "")
                if cell is not None:
                    face = QFont(font())
                    face.setBold(cell.look.bold)
                    face.setPixelSize(max(11, min(26, round(cell.look.points * 1.2))))
                    item.setFont(face)
                    usual = ALIGN["right"] if cell.number is not None else Qt.AlignmentFlag.AlignLeft
                    item.setTextAlignment(ALIGN.get(cell.look.align, usual) | Qt.AlignmentFlag.AlignVCenter)
                    if cell.formula:
                        item.setForeground(colour("ink3"))
                        item.setText(cell.text or "（公式）")
                        item.setToolTip(plain(f"公式：{cell.formula.lstrip('=')}"))
                self.setItem(row - 1, column - 1, item)

    def show_marks(self, told: Mapping[tuple[int, int], str], chosen: str = "") -> None:
        """Tint the marked cells and write what they stand for; `chosen` is the mark that is being looked at."""
        strong = set()
        if chosen:
            top, left, bottom, right = block_of(chosen)
            strong = {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)}
        for place, words in told.items():
            item = self._item(place)
            if item is not None:
                item.setText(words)
                item.setToolTip(plain(words))
                item.setBackground(colour("actbg2" if place in strong else "actbg"))
                item.setForeground(colour("act"))

    def show_values(self, values: Mapping[tuple[int, int], str]) -> None:
        """Write what the cells are filled with."""
        for place, words in values.items():
            item = self._item(place)
            if item is not None:
                item.setText(words or "（空）")
                item.setBackground(colour("actbg" if words else "warnbg"))
                item.setForeground(colour("ink1" if words else "warn"))
                item.setToolTip(plain("双击看这个数的来历" if words else "还不知道，空着"))

    def show_formulas(self, worked: SheetGrid) -> None:
        """Write what the formulas come to, now that the cells are filled."""
        for place, cell in self._grid.cells.items() if self._grid is not None else ():
            item = self._item(place)
            if cell.formula and item is not None:
                item.setText(worked.cells[place].text)

    def _item(self, place: tuple[int, int]) -> QTableWidgetItem | None:
        return self.item(place[0] - 1, place[1] - 1)

    def block(self) -> str:
        """The chosen cells as C5 or C5:C28; empty without any. Merged cells count as their first."""
        found = self.selectedRanges()
        if not found or self._grid is None:
            return ""
        top = min(r.topRow() for r in found) + 1
        left = min(r.leftColumn() for r in found) + 1
        bottom = max(r.bottomRow() for r in found) + 1
        right = max(r.rightColumn() for r in found) + 1
        first = self._grid.first_of((top, left))
        whole = [m for m in self._grid.merges if (m[0], m[1]) == first]
        if whole and (bottom, right) <= (whole[0][2], whole[0][3]):
            return place_name(first)
        return (
            place_name((top, left))
            if (top, left) == (bottom, right)
            else (f"{place_name((top, left))}:{place_name((bottom, right))}")
        )

    def choose(self, block: str) -> None:
        """Choose cells without telling of it."""
        top, left, bottom, right = block_of(block)
        self.blockSignals(True)
        self.clearSelection()
        flag = QItemSelectionModel.SelectionFlag.Select
        model = self.model()
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                self.selectionModel().select(model.index(row - 1, column - 1), flag)
        self.blockSignals(False)

    def _tell(self) -> None:
        block = self.block()
        if block:
            self.block_chosen.emit(block)
