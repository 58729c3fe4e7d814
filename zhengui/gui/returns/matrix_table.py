"""The matrix as a table: keyboard and selection are the table's own, the cells are painted."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPoint,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from zhengui.gui.kit.painted import RIGHT, draw_focus, draw_text
from zhengui.gui.kit.plain import plain
from zhengui.gui.kit.row_drawing import Index, TableRows
from zhengui.gui.kit.style import LARGE_ROW, colour, is_large, size
from zhengui.gui.returns.drawing import draw_cell
from zhengui.gui.returns.grid import EMPTY, GridRow, ReturnsCell, ReturnsGrid
from zhengui.values.value import Value

NAME_WIDTH, END_WIDTH, CELL_LEAST = 100, 54, 34
_NO_FLAGS = Qt.ItemFlag.NoItemFlags


class MatrixModel(QAbstractTableModel):
    """The name, the cells, then the columns at the end."""

    def __init__(self) -> None:
        super().__init__()
        self.grid: ReturnsGrid = EMPTY

    def show_grid(self, grid: ReturnsGrid) -> bool:
        """Show other cells; False where the selection could stay, as rows and columns are the same."""
        same = [row.key for row in grid.rows] == [row.key for row in self.grid.rows]
        same = same and grid.columns == self.grid.columns and grid.ends == self.grid.ends
        if same and grid.rows:
            self.grid = grid
            self.dataChanged.emit(self.index(0, 0), self.index(len(grid.rows) - 1, self.columnCount() - 1))
            return False
        self.beginResetModel()
        self.grid = grid
        self.endResetModel()
        return True

    def cell(self, index: Index) -> ReturnsCell | None:
        """The cell of an index, None for a name or an end."""
        place = index.column() - 1
        if not index.isValid() or not 0 <= place < len(self.grid.columns):
            return None
        return self.grid.rows[index.row()].cells[place]

    def row(self, index: Index) -> GridRow:
        """The row of an index."""
        return self.grid.rows[index.row()]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.grid.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        grid = self.grid
        return 0 if parent.isValid() or not grid.columns else 1 + len(grid.columns) + len(grid.ends)

    def flags(self, index: Index) -> Qt.ItemFlag:
        usable = Qt.ItemFlag.ItemIsEnabled
        return usable | Qt.ItemFlag.ItemIsSelectable if self.cell(index) is not None else usable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Value:
        if not index.isValid():
            return None
        cell, row = self.cell(index), self.row(index)
        if role == Qt.ItemDataRole.DisplayRole:
            if cell is not None:
                return cell.text
            return row.name if index.column() == 0 else row.ends[index.column() - 1 - len(self.grid.columns)]
        told = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
        if role in told and cell is not None:
            words = f"{row.name} {self.grid.columns[index.column() - 1][1]}：{cell.told}"
            return plain(words) if role == Qt.ItemDataRole.ToolTipRole else words
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Value:
        if orientation is Qt.Orientation.Vertical or not 0 <= section < self.columnCount():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            # Two spaces stand for the edge that the heading's cells are too narrow for.
            titles = [
                f"\u2002{self.grid.corner}",
                *(title for _key, title in self.grid.columns),
                *self.grid.ends,
            ]
            return titles[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            return int(left if section == 0 else Qt.AlignmentFlag.AlignCenter)
        return None


class _CellPainter(TableRows):
    """Squares of the matrix; names and numbers beside them are cells of a table like any other."""

    def __init__(self, table: MatrixTable) -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        table, rect = self._table, option.rect
        cell = table.matrix.cell(index)
        if cell is None:
            super().paint(painter, option, index)
            return
        box = QRectF(rect).adjusted(1.5, 1.5, -1.5, -1.5)
        if table.selectionModel().isSelected(index):
            painter.fillRect(rect, colour("actbg2"))
        draw_cell(painter, box, cell)
        if index == table.currentIndex() and table.hasFocus():
            draw_focus(painter, rect, "ink1" if cell.kind == "missing" else "act", radius=4)

    def draw_cell(self, painter: QPainter, rect: QRect, index: Index) -> None:
        text = str(index.data() or "")
        if index.column() == 0:
            lit = self.is_lit(index)
            draw_text(painter, rect.adjusted(8, 0, -4, 0), text, "ink1", "segment", bold=lit)
            return
        plain = index.column() == 1 + len(self._table.matrix.grid.columns)
        tone = "ink3" if text == "—" else "ink1" if plain else "over"
        draw_text(painter, rect.adjusted(0, 0, -10, 0), text, tone, "segment", align=RIGHT)


class MatrixTable(QTableView):
    """Space marks, Enter opens; a heading chooses its column, a name its row.

    Where it becomes too narrow for the usual widths, names and cells shrink to `narrowest` before it scrolls.
    """

    moved = Signal()
    opened = Signal()
    marked = Signal()
    copied = Signal()
    menu_asked = Signal(QPoint)

    def __init__(
        self, parent: QWidget | None = None, narrowest: tuple[int, int] = (NAME_WIDTH, CELL_LEAST)
    ) -> None:
        super().__init__(parent)
        self._narrowest = narrowest
        self.matrix = MatrixModel()
        self.setModel(self.matrix)
        self.setItemDelegate(_CellPainter(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        heading, names = self.horizontalHeader(), self.verticalHeader()
        heading.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        heading.setHighlightSections(False)
        heading.setStyleSheet("QHeaderView::section { padding: 0 2px; }")
        heading.setMinimumSectionSize(narrowest[1])
        names.hide()
        names.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        names.setMinimumSectionSize(10)
        names.setDefaultSectionSize(size("matrix_row") + (LARGE_ROW if is_large() else 0))
        self.clicked.connect(self._clicked)
        self.doubleClicked.connect(lambda index: self.opened.emit() if self.matrix.cell(index) else None)
        self.selectionModel().currentChanged.connect(lambda *_: self._changed())
        self.selectionModel().selectionChanged.connect(lambda *_: self._changed())

    def show_grid(self, grid: ReturnsGrid) -> None:
        """Show other cells; the same row and column stay current where they are still there."""
        kept = self.place()
        if self.matrix.show_grid(grid):
            self._fit()
            self.go_to(*kept)
        self.moved.emit()

    def place(self) -> tuple[str, str]:
        """The keys of the current row and column, empty without one."""
        index, grid = self.currentIndex(), self.matrix.grid
        if self.matrix.cell(index) is None:
            return "", ""
        return grid.rows[index.row()].key, grid.columns[index.column() - 1][0]

    def go_to(self, row: str, column: str) -> bool:
        """Make a cell current by its keys; False where it is not there."""
        grid = self.matrix.grid
        rows, columns = [each.key for each in grid.rows], [key for key, _title in grid.columns]
        if row not in rows or column not in columns:
            return False
        index = self.matrix.index(rows.index(row), columns.index(column) + 1)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        return True

    def chosen(self) -> list[tuple[str, str, ReturnsCell]]:
        """The selected cells from top to bottom, as (row, column, cell); the current one without a selection."""
        indexes = [index for index in self.selectedIndexes() if self.matrix.cell(index) is not None]
        indexes = indexes or [self.currentIndex()]
        grid, found = self.matrix.grid, []
        for index in sorted(indexes, key=lambda each: (each.row(), each.column())):
            cell = self.matrix.cell(index)
            if cell is not None:
                found.append((grid.rows[index.row()].key, grid.columns[index.column() - 1][0], cell))
        return found

    def choose_column(self, column: str) -> None:
        """Select all cells of a column."""
        keys = [key for key, _title in self.matrix.grid.columns]
        if column in keys:
            self.selectColumn(keys.index(column) + 1)

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == 0:
            self.selectRow(index.row())
            first = self.matrix.index(index.row(), 1)
            self.selectionModel().setCurrentIndex(first, self.selectionModel().SelectionFlag.NoUpdate)

    def _changed(self) -> None:
        self.viewport().update()
        self.moved.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
        elif event.key() == Qt.Key.Key_Space:
            self.marked.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_asked.emit(event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Share the width among the cells."""
        grid = self.matrix.grid
        if not grid.columns:
            return
        wide = len(grid.ends) == 1 and len(grid.ends[0]) > 2
        end = 120 if wide else END_WIDTH
        ends = [72 if title == "本年合计" else end for title in grid.ends]
        width, cells = self.viewport().width() - sum(ends), len(grid.columns)
        usual = width - NAME_WIDTH >= CELL_LEAST * cells
        name, least = (NAME_WIDTH, CELL_LEAST) if usual else self._narrowest
        each, rest = divmod(max(width - name, least * cells), cells)
        self.setColumnWidth(0, name)
        for place in range(cells):
            self.setColumnWidth(place + 1, each + (place < rest))
        for place, end_width in enumerate(ends):
            self.setColumnWidth(1 + cells + place, end_width)
