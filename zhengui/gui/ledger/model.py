"""A ledger as a table model: a vector of record ids, and pages of records read when they come into view."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from zhengui.gui.kit.plain import plain
from zhengui.gui.ledger.columns import STATE, Column
from zhengui.gui.ledger.pending import Pending
from zhengui.values.value import Value

PAGE = 128
KEPT = 64


class TableRole(IntEnum):
    """What the table asks beyond the text."""

    ID = Qt.ItemDataRole.UserRole + 1
    VALUE = Qt.ItemDataRole.UserRole + 2
    STATE = Qt.ItemDataRole.UserRole + 3
    LABEL = Qt.ItemDataRole.UserRole + 4
    WRONG = Qt.ItemDataRole.UserRole + 5


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A record ready to be shown: texts by column key, raw values, and the labels beside them."""

    id: int
    texts: Mapping[str, str]
    values: Mapping[str, Value]
    state: str = ""
    overdue: bool = False
    labels: Mapping[str, tuple[str, str]] = field(default_factory=dict)


Fetch = Callable[[Sequence[int], Sequence[Column]], Sequence[LedgerRow]]
Index = QModelIndex | QPersistentModelIndex
_GONE = LedgerRow(0, {}, {})
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class LedgerModel(QAbstractTableModel):
    """Knows only ids until a row is looked at; a page of rows costs one look-up by key.

    `fetch` turns ids into rows in their order; a record that is gone by then shows as an empty row.
    """

    def __init__(self, fetch: Fetch, columns: Sequence[Column] = ()) -> None:
        super().__init__()
        self._fetch = fetch
        self._columns = list(columns)
        self._ids = array("q")
        self._pages: OrderedDict[int, list[LedgerRow]] = OrderedDict()
        #: What was typed and is not in the file yet; shown in place of what is.
        self.pending = Pending()
        self.sheet = False

    @property
    def ids(self) -> array[int]:
        """All ids in the order shown; not to be changed."""
        return self._ids

    @property
    def columns(self) -> Sequence[Column]:
        """The columns shown."""
        return self._columns

    def set_ids(self, ids: array[int]) -> None:
        """Show other records."""
        self.beginResetModel()
        self._ids = ids
        self._pages.clear()
        self.endResetModel()

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns."""
        self.beginResetModel()
        self._columns = list(columns)
        self._pages.clear()
        self.endResetModel()

    def forget(self) -> None:
        """Read all rows anew, as records changed while their order stays."""
        self._pages.clear()
        if self._ids and self._columns:
            last = self.index(len(self._ids) - 1, len(self._columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def row(self, number: int) -> LedgerRow:
        """The record in a row of the table."""
        page, place = divmod(number, PAGE)
        rows = self._pages.get(page)
        if rows is None:
            rows = self._read(page)
        else:
            self._pages.move_to_end(page)
        return rows[place]

    def _read(self, page: int) -> list[LedgerRow]:
        wanted = self._ids[page * PAGE : (page + 1) * PAGE]
        found = {row.id: row for row in self._fetch(wanted, self._columns)}
        rows = [found.get(record, _GONE) for record in wanted]
        self._pages[page] = rows
        while len(self._pages) > KEPT:
            self._pages.popitem(last=False)
        return rows

    def row_of(self, record: int) -> int:
        """The row of a record, or -1."""
        try:
            return self._ids.index(record)
        except ValueError:
            return -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._ids) or index.column() >= len(self._columns):
            return None
        column = self._columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.is_number else _LEFT
        if role == TableRole.ID:
            return self._ids[index.row()]
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, *TableRole):
            return None
        typed = self.pending.typed(self._ids[index.row()], column.key) if self.pending.cells else None
        if role == TableRole.WRONG:
            return typed.message if typed is not None else ""
        if typed is not None and role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return (
                f"{typed.text}，{typed.message}"
                if role != Qt.ItemDataRole.DisplayRole and typed.message
                else typed.text
            )
        row = self.row(index.row())
        if role == TableRole.VALUE:
            return row.values.get(column.key)
        if role == TableRole.STATE:
            return (row.state, row.overdue) if column.key == STATE else None
        if role == TableRole.LABEL:
            return row.labels.get(column.key)
        text = row.texts.get(column.key, "")
        if role == Qt.ItemDataRole.AccessibleTextRole and column.key in row.labels:
            return f"{text} {row.labels[column.key][0]}"
        return text

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cells of a sheet can be typed in, which tells input methods to come up."""
        found = super().flags(index)
        return found | Qt.ItemFlag.ItemIsEditable if self.sheet and index.isValid() else found

    def touch(self, records: Iterable[int]) -> None:
        """Draw the rows of these records anew."""
        for record in records:
            row = self.row_of(record)
            if row >= 0 and self._columns:
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(self._columns) - 1))

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Value:
        if orientation is Qt.Orientation.Vertical:
            return str(section + 1) if role == Qt.ItemDataRole.DisplayRole else None
        if not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.heading
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.is_number else _LEFT
        if role == Qt.ItemDataRole.ToolTipRole and column.field is not None:
            return plain(column.field.help or column.heading)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Nothing: the database sorts, see `LedgerView.sort_by`."""
