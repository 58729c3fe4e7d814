"""Opens the panels of a ledger's table: the filter under a heading, and the choice of columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from zhengui.catalogue.model import Field, FieldType
from zhengui.gui.ledger import source as ledger_source
from zhengui.gui.ledger.column_filter import ColumnFilter
from zhengui.gui.ledger.columns import all_columns
from zhengui.gui.ledger.columns_popover import ColumnsPopover

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from zhengui.gui.ledger.view import LedgerView

#: Columns whose values are few enough to be ticked.
TICKED = (
    FieldType.CHOICE,
    FieldType.CHOICES,
    FieldType.YES_NO,
    FieldType.VILLAGE,
    FieldType.DEPARTMENT,
    FieldType.OFFICIAL,
    FieldType.INDICATOR,
)


class _NoNames:
    """The spans of a filter are numbers and days, which refer to no register."""

    def find(self, register: str, text: str) -> list[tuple[int, str]]:
        """Nothing."""
        return []

    def label(self, register: str, id: int) -> str | None:
        """Nothing."""
        return None


class LedgerPickers(QObject):
    """Belongs to one view."""

    def __init__(self, view: LedgerView) -> None:
        super().__init__(view)
        self._view = view
        self._columns: ColumnsPopover | None = None

    def open_filter(self, section: int) -> None:
        """Open the panel under a column's heading; a derived column has none."""
        view = self._view
        column = view.table.rows.columns[section] if 0 <= section < len(view.table.rows.columns) else None
        if column is None or column.field is None or column.field.type is FieldType.ATTACHMENT:
            return
        field = column.field
        if field.type not in TICKED:
            self._open(field, section, [])
            return
        selection, township = view.selection(), view.desk.township
        view.desk.background.run(
            lambda _progress: ledger_source.choices(township, selection, field.key),
            lambda choices: self._open(field, section, choices),
            key=f"choices{id(self)}",
        )

    def _open(self, field: Field, section: int, choices: list[tuple[Any, str]]) -> None:
        view = self._view
        if section >= len(view.table.rows.columns) or view.table.rows.columns[section].key != field.key:
            return
        now = view.wish.filters.get(field.key)
        today = view.desk.township.today
        panel = ColumnFilter(view.window(), field, now, _NoNames(), today, choices, view.desk.scope.year)
        panel.wanted.connect(lambda wanted: view.filter_by(field.key, wanted))
        panel.sorted.connect(lambda descending: view.arrangement.sort_by(field.key, descending))
        panel.closed.connect(panel.deleteLater)
        panel.open_at(view.table.heading.viewport(), view.table.heading.section_rect(section))

    def open_columns(self, opener: QWidget) -> None:
        """Open the choice of columns."""
        view = self._view
        if view.ledger is None:
            return
        if self._columns is None:
            self._columns = ColumnsPopover(view.window())
            self._columns.chosen.connect(view.arrangement.choose)
        shown, _widths = view.table.arrangement()
        self._columns.fill(all_columns(view.ledger), shown)
        self._columns.open_under(opener, align_right=True)
