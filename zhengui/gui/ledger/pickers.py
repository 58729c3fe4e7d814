"""Opens the panels of a ledger's table: the filter under a heading, and the choice of columns."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from zhengui.catalogue.model import SHORT_TYPES, Field, FieldType
from zhengui.gui.ledger import source as ledger_source
from zhengui.gui.ledger.column_filter import ColumnFilter
from zhengui.gui.ledger.columns import all_columns
from zhengui.gui.ledger.columns_popover import ColumnsPopover
from zhengui.gui.ledger.shown import Shown
from zhengui.values.value import Value

#: Columns whose values are few enough to be ticked.
TICKED = SHORT_TYPES | {FieldType.CHOICE, FieldType.CHOICES, FieldType.YES_NO, FieldType.INDICATOR}


class _NoNames:
    """The spans of a filter are numbers and days, which refer to no register."""

    def find(self, register: str, text: str) -> list[tuple[int, str]]:
        """Nothing."""
        return []

    def label(self, register: str, id: int) -> str | None:
        """Nothing."""
        return None


class LedgerPickers(QObject):
    """Tells what was picked."""

    filtered = Signal(str, object)  # a field's key and what is wanted of it
    sorted = Signal(str, bool)  # a field's key, and whether from the greatest down
    columns_chosen = Signal(list)

    def __init__(self, shown: Shown) -> None:
        super().__init__(shown.host)
        self._shown = shown
        self._columns: ColumnsPopover | None = None

    def open_filter(self, section: int) -> None:
        """Open the panel under a column's heading; a derived column has none."""
        shown = self._shown
        column = shown.table.rows.columns[section] if 0 <= section < len(shown.table.rows.columns) else None
        if column is None or column.field is None or column.field.type is FieldType.ATTACHMENT:
            return
        field = column.field
        if field.type not in TICKED:
            self._open(field, section, [])
            return
        selection, township = shown.selection(), shown.desk.township
        shown.desk.background.run(
            lambda _progress: ledger_source.choices(township, selection, field.key),
            lambda choices: self._open(field, section, choices),
            key=f"choices{id(self)}",
        )

    def _open(self, field: Field, section: int, choices: list[tuple[Value, str]]) -> None:
        shown = self._shown
        if section >= len(shown.table.rows.columns) or shown.table.rows.columns[section].key != field.key:
            return
        now = shown.wish.filters.get(field.key)
        today = shown.desk.township.today
        panel = ColumnFilter(
            shown.host.window(), field, now, _NoNames(), today, choices, shown.desk.scope.year
        )
        panel.wanted.connect(lambda wanted: self.filtered.emit(field.key, wanted))
        panel.sorted.connect(lambda descending: self.sorted.emit(field.key, descending))
        panel.closed.connect(panel.deleteLater)
        panel.open_at(shown.table.heading.viewport(), shown.table.heading.section_rect(section))

    def open_columns(self, opener: QWidget) -> None:
        """Open the choice of columns."""
        shown = self._shown
        if shown.ledger is None:
            return
        if self._columns is None:
            self._columns = ColumnsPopover(shown.host.window())
            self._columns.chosen.connect(self.columns_chosen)
        keys, _widths = shown.table.arrangement()
        self._columns.fill(all_columns(shown.ledger), keys)
        self._columns.open_under(opener, align_right=True)
