"""The table of a ledger: rows as paper, ranges selected as in Excel, everything within reach of the keyboard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QInputMethodEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTableView, QWidget

from zhengui.catalogue.model import LONG_TYPES, FieldType
from zhengui.gui.kit.style import size
from zhengui.gui.ledger.cells import CellPainter
from zhengui.gui.ledger.columns import Column, editable
from zhengui.gui.ledger.heading import LedgerHeading
from zhengui.gui.ledger.model import LedgerModel
from zhengui.gui.ledger.moving import ARROWS, block_end
from zhengui.gui.ledger.row_heads import RowHeads

Index = QModelIndex | QPersistentModelIndex
#: Columns that use spare room well, and how much of it each.
MOST_EXTRA = 240


class LedgerTable(QTableView):
    """Shows a `LedgerModel`; what keys and clicks mean is told by signals."""

    opened = Signal(int)  # the id of the record to open
    edit_asked = Signal(object, object)  # the cell to type in, and the text that takes its place or None
    cleared = Signal()
    cut = Signal()
    pasted = Signal()
    removed = Signal()
    copied = Signal()
    ranged = Signal()  # the selection changed
    arranged = Signal()  # columns were moved or widened
    menu_asked = Signal(object)  # a global position
    filter_asked = Signal(int)

    def __init__(self, model: LedgerModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.link_column = -1
        self._attachments: set[int] = set()
        self._silent = False
        self._anchor = QPersistentModelIndex()
        self._chosen_widths: list[int] = []
        self.heading = LedgerHeading(self)
        self.setHorizontalHeader(self.heading)
        self.setModel(model)
        self.setItemDelegate(CellPainter(self, self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setAccessibleName("台账表格")
        rows = RowHeads(self)
        self.setVerticalHeader(rows)
        rows.hide()
        rows.sectionDoubleClicked.connect(self._open)
        rows.setMinimumSectionSize(size("row"))
        rows.setDefaultSectionSize(size("row"))
        rows.setSectionResizeMode(rows.ResizeMode.Fixed)
        self.verticalScrollBar().setSingleStep(size("row"))
        self.heading.sectionResized.connect(self._widened)
        self.heading.sectionMoved.connect(self._tell_arranged)
        self.heading.filter_asked.connect(self.filter_asked)
        self.doubleClicked.connect(self._double_clicked)

    @property
    def rows(self) -> LedgerModel:
        """The model."""
        model = self.model()
        assert isinstance(model, LedgerModel)
        return model

    @property
    def sheet(self) -> bool:
        """Whether cells can be typed in as in a workbook; else Enter opens the record."""
        return self.rows.sheet

    @sheet.setter
    def sheet(self, on: bool) -> None:
        self.rows.sheet = on
        self.verticalHeader().setVisible(on)

    def show_columns(self, columns: Sequence[Column]) -> None:
        """Show these columns in this order with their widths."""
        self._silent = True
        self.rows.set_columns(columns)
        header = self.heading
        for section, _column in enumerate(columns):
            header.moveSection(header.visualIndex(section), section)
        self._chosen_widths = [column.width for column in columns]
        self._attachments = {
            n for n, c in enumerate(columns) if c.field is not None and c.field.type is FieldType.ATTACHMENT
        }
        self._silent = False
        self.fill_width()

    def fill_width(self) -> None:
        """Give room that is left over to columns of text first, then to all alike, so that no table stops short of its page.

        It is taken back when it is gone.
        """
        columns, header = self.rows.columns, self.heading
        if not columns or len(columns) != len(self._chosen_widths):
            return
        spare = max(0, self.viewport().width() - sum(self._chosen_widths))
        wide = [n for n, c in enumerate(columns) if c.field is not None and c.field.type in LONG_TYPES]
        first = min(MOST_EXTRA, spare // len(wide)) if wide else 0
        each, odd = divmod(spare - first * len(wide), len(columns))
        last = header.logicalIndex(len(columns) - 1)
        self._silent = True
        for section, width in enumerate(self._chosen_widths):
            extra = each + (first if section in wide else 0) + (odd if section == last else 0)
            header.resizeSection(section, width + extra)
        self._silent = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fill_width()

    def arrangement(self) -> tuple[tuple[str, ...], tuple[tuple[str, int], ...]]:
        """The keys of the columns from left to right, and their widths."""
        header, columns = self.heading, self.rows.columns
        order = [header.logicalIndex(place) for place in range(len(columns))]
        widths = tuple((column.key, self._chosen_widths[n]) for n, column in enumerate(columns))
        return tuple(columns[n].key for n in order), widths

    def attachment_columns(self) -> set[int]:
        """The columns that hold photos and files."""
        return self._attachments

    def lit_row(self) -> int:
        """The row that is lit as a whole: the current one, while no range is selected."""
        current = self.currentIndex().row()
        return -1 if self._is_range() else current

    def is_selected(self, index: Index) -> bool:
        """Whether a cell belongs to the selection."""
        return bool(self.selectionModel().isSelected(index))

    def is_first_column(self, column: int) -> bool:
        """Whether a column stands leftmost on the screen."""
        return column == self.columnAt(0)

    def _is_range(self) -> bool:
        found = self.ranges()
        if len(found) != 1:
            return len(found) > 1
        top, bottom, left, right = found[0]
        return bottom > top or right > left

    def ranges(self) -> list[tuple[int, int, int, int]]:
        """The selected blocks as (top, bottom, left, right)."""
        chosen = self.selectionModel().selection()
        found = [chosen.at(place) for place in range(chosen.count())]
        return [(r.top(), r.bottom(), r.left(), r.right()) for r in found]

    def selected_ids(self) -> list[int]:
        """The records that the selection touches, in the order of the table, each once."""
        found: dict[int, None] = {}
        for top, bottom, _left, _right in sorted(self.ranges()):
            found.update(dict.fromkeys(self.rows.ids[top : bottom + 1]))
        return list(found)

    def show_record(self, record: int, column: int = -1) -> bool:
        """Make a record current and bring it into view; False if it is not in the table."""
        row = self.rows.row_of(record)
        if row < 0:
            return False
        place = self.rows.index(row, max(0, column if column >= 0 else self.currentIndex().column()))
        self.go(place)
        return True

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        # The lit row reaches over cells that Qt does not count as changed.
        self.viewport().update()
        self.ranged.emit()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.sheet and self._pressed_in_sheet(event):
            return
        key, control = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) and not control:
            self._open(self.currentIndex().row())
        elif key == Qt.Key.Key_Delete:
            self.removed.emit()
        elif control and key == Qt.Key.Key_C:
            self.copied.emit()
        elif key == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.filter_asked.emit(self.currentIndex().column())
        elif key == Qt.Key.Key_Space and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._select_rows()
        elif event.modifiers() & Qt.KeyboardModifier.AltModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _pressed_in_sheet(self, event: QKeyEvent) -> bool:
        """The keys of a workbook; true if one of them was it."""
        key, current = event.key(), self.currentIndex()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            return False
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if control:
                self._open(current.row())
            else:
                self.step_cell(-1 if shift else 1, 0)
        elif key == Qt.Key.Key_Space and not control and not shift:
            self._open(current.row())
        elif key == Qt.Key.Key_F2:
            self.edit_asked.emit(current, None)
        elif key == Qt.Key.Key_Delete:
            self.cleared.emit()
        elif key == Qt.Key.Key_Backspace:
            self.edit_asked.emit(current, "")
        elif control and key in (Qt.Key.Key_X, Qt.Key.Key_V):
            (self.cut if key == Qt.Key.Key_X else self.pasted).emit()
        elif control and key in ARROWS:
            self._jump(*ARROWS[Qt.Key(key)], shift)
        elif not control and event.text() and event.text().isprintable() and key != Qt.Key.Key_Space:
            self.edit_asked.emit(current, "")
            self._hand_on(event)
        else:
            return False
        return True

    def _hand_on(self, event: QKeyEvent) -> None:
        """Let the editor that was just opened have the key that opened it."""
        focused = QApplication.focusWidget()
        if focused is not None and self.viewport().isAncestorOf(focused):
            QApplication.sendEvent(focused, event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Chinese typed over a cell goes into its editor, from the first letter of its spelling on."""
        if not self.sheet or not (event.commitString() or event.preeditString()):
            super().inputMethodEvent(event)
            return
        self.edit_asked.emit(self.currentIndex(), "")
        focused = QApplication.focusWidget()
        if focused is not None and self.viewport().isAncestorOf(focused):
            QApplication.sendEvent(focused, event)

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab goes from cell to cell; F6 leaves the table."""
        if self.sheet and self.hasFocus() and self.currentIndex().isValid():
            self.step_cell(0, 1 if next else -1)
            return True
        return super().focusNextPrevChild(next)

    def go(self, target: QModelIndex) -> None:
        """Make one cell current and bring it into view, whatever keys are held down."""
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(target, flags.ClearAndSelect)
        self.scrollTo(target)

    def step_cell(self, down: int, right: int) -> None:
        """Go to the cell below or beside, at a row's end to the next row."""
        current, header = self.currentIndex(), self.heading
        columns, rows = len(self.rows.columns), len(self.rows.ids)
        if not current.isValid() or not columns:
            return
        row, place = current.row() + down, header.visualIndex(current.column()) + right
        if not 0 <= place < columns:
            row, place = row + (1 if place > 0 else -1), place % columns
        if 0 <= row < rows:
            self.go(self.rows.index(row, header.logicalIndex(place)))

    def _jump(self, down: int, right: int, widen: bool) -> None:
        """Ctrl and an arrow: to the end of the block of filled cells, or to the next one."""
        current, header = self.currentIndex(), self.heading
        columns, rows = len(self.rows.columns), len(self.rows.ids)
        if not current.isValid():
            return

        def index(row: int, place: int) -> QModelIndex:
            return self.rows.index(row, header.logicalIndex(place))

        row, place = current.row(), header.visualIndex(current.column())
        place = (
            block_end(place, right, columns, lambda at: bool(self._filled(index(row, at))))
            if right
            else place
        )
        row = block_end(row, down, rows, lambda at: bool(self._filled(index(at, place)))) if down else row
        target = index(row, place)
        if widen:
            if not self._anchor.isValid() or not self._is_range():
                self._anchor = QPersistentModelIndex(current)
            anchor = self.rows.index(self._anchor.row(), self._anchor.column())
            self.selectionModel().setCurrentIndex(target, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.selectionModel().select(
                QItemSelection(anchor, target), QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
            self.scrollTo(target)
        else:
            self.go(target)

    def _filled(self, index: QModelIndex) -> bool:
        return index.data() not in (None, "", "—")

    def _double_clicked(self, index: QModelIndex) -> None:
        if not self.sheet:
            self._open(index.row())
        elif editable(self.rows.columns[index.column()].field):
            self.edit_asked.emit(index, None)
        else:
            self._open(index.row())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos())
        if index.isValid() and not self.selectionModel().isSelected(index):
            self.setCurrentIndex(index)
        self.menu_asked.emit(event.globalPos())

    def _select_rows(self) -> None:
        """Widen the selection to whole rows, as Shift+Space does in Excel."""
        chosen = QItemSelection()
        last = len(self.rows.columns) - 1
        for top, bottom, _left, _right in self.ranges():
            chosen.select(self.rows.index(top, 0), self.rows.index(bottom, last))
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _open(self, row: int) -> None:
        if 0 <= row < len(self.rows.ids):
            self.opened.emit(self.rows.ids[row])

    def _widened(self, section: int, _before: int, width: int) -> None:
        if not self._silent and section < len(self._chosen_widths):
            self._chosen_widths[section] = width
            self.arranged.emit()

    def _tell_arranged(self) -> None:
        if not self._silent:
            self.arranged.emit()
