"""The table of a ledger: rows as paper, ranges selected as in Excel, everything within reach of the keyboard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from zhengui.catalogue.model import FieldType
from zhengui.gui.cells import CellPainter
from zhengui.gui.ledger_columns import Column
from zhengui.gui.ledger_heading import LedgerHeading
from zhengui.gui.ledger_model import LedgerModel
from zhengui.gui.style import size

Index = QModelIndex | QPersistentModelIndex


class LedgerTable(QTableView):
    """Shows a `LedgerModel`; what keys and clicks mean is told by signals."""

    opened = Signal(int)  # the id of the record to open
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
        self.heading = LedgerHeading(self)
        self.setHorizontalHeader(self.heading)
        self.setModel(model)
        self.setItemDelegate(CellPainter(self))
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
        rows = self.verticalHeader()
        rows.hide()
        rows.setMinimumSectionSize(size("row"))
        rows.setDefaultSectionSize(size("row"))
        rows.setSectionResizeMode(rows.ResizeMode.Fixed)
        self.verticalScrollBar().setSingleStep(size("row"))
        self.heading.sectionResized.connect(self._tell_arranged)
        self.heading.sectionMoved.connect(self._tell_arranged)
        self.heading.filter_asked.connect(self.filter_asked)
        self.doubleClicked.connect(lambda index: self._open(index.row()))

    @property
    def rows(self) -> LedgerModel:
        """The model."""
        model = self.model()
        assert isinstance(model, LedgerModel)
        return model

    def show_columns(self, columns: Sequence[Column]) -> None:
        """Show these columns in this order with their widths."""
        self._silent = True
        self.rows.set_columns(columns)
        header = self.heading
        for section, column in enumerate(columns):
            header.moveSection(header.visualIndex(section), section)
            header.resizeSection(section, column.width)
        self._attachments = {
            n for n, c in enumerate(columns) if c.field is not None and c.field.type is FieldType.ATTACHMENT
        }
        self._silent = False

    def arrangement(self) -> tuple[tuple[str, ...], tuple[tuple[str, int], ...]]:
        """The keys of the columns from left to right, and their widths."""
        header, columns = self.heading, self.rows.columns
        order = [header.logicalIndex(place) for place in range(len(columns))]
        widths = tuple((columns[n].key, header.sectionSize(n)) for n in range(len(columns)))
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
        return self.selectionModel().isSelected(QModelIndex(index))

    def is_first_column(self, column: int) -> bool:
        """Whether a column stands leftmost on the screen."""
        return column == self.columnAt(0)

    def _is_range(self) -> bool:
        ranges = self.selectionModel().selection()
        if len(ranges) != 1:
            return len(ranges) > 1
        only = ranges[0]
        return only.width() > 1 or only.height() > 1

    def ranges(self) -> list[tuple[int, int, int, int]]:
        """The selected blocks as (top, bottom, left, right)."""
        return [(r.top(), r.bottom(), r.left(), r.right()) for r in self.selectionModel().selection()]

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
        self.setCurrentIndex(place)
        self.scrollTo(place)
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

    def _tell_arranged(self) -> None:
        if not self._silent:
            self.arranged.emit()
