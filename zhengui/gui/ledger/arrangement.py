"""How a ledger's table is arranged: its columns, their widths, the sorting; remembered with the township."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from zhengui.catalogue.model import TIME_TYPES, Ledger
from zhengui.gui.ledger import review_marks
from zhengui.gui.ledger.columns import DELETED, STATE, Arrangement, Column, arranged, read_arrangement

if TYPE_CHECKING:
    from zhengui.gui.ledger.view import LedgerView

#: Dragging and widening come to rest before they are kept.
REST = 600


class LedgerArrangement(QObject):
    """Belongs to one view."""

    def __init__(self, view: LedgerView) -> None:
        super().__init__(view)
        self._view = view
        self.now = Arrangement()
        self._reviewed = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self._keep)
        view.table.arranged.connect(self._rest.start)
        view.table.heading.sort_asked.connect(self._sort_by_section)

    def read(self, ledger: Ledger) -> None:
        """Recall how the ledger's table was left."""
        if self._rest.isActive():
            self._rest.stop()
        self.now = read_arrangement(self._view.desk.township.setting(f"table.{ledger.key}"))

    def columns(self, ledger: Ledger) -> list[Column]:
        """The columns to show."""
        found = arranged(ledger, self.now)
        if self._reviewed and not self._view.wish.bin:
            found.insert(1, review_marks.COLUMN)
        return [Column(DELETED, "删除时间和人", None, 210), *found] if self._view.wish.bin else found

    def show(self, ledger: Ledger) -> None:
        """Show the columns as arranged, and mark the sorted and filtered ones."""
        self._view.table.show_columns(self.columns(ledger))
        self.mark(ledger)

    def show_review(self, reviewed: bool) -> None:
        """Show the column of review, or leave it out."""
        if reviewed != self._reviewed:
            self._reviewed = reviewed
            if self._view.ledger is not None:
                self.show(self._view.ledger)

    def mark(self, ledger: Ledger) -> None:
        """Show by which column the table is sorted, and which columns are filtered."""
        view = self._view
        heading, keys = view.table.heading, [c.key for c in view.table.rows.columns]
        usual = ledger.period[0] if ledger.period and not view.wish.bin else ""
        sort = self.now.sort or usual
        heading.sort_column = keys.index(sort) if sort in keys else -1
        heading.descending = self.now.descending if self.now.sort else True
        heading.filtered = {n for n, key in enumerate(keys) if key in view.wish.filters}
        heading.viewport().update()

    def sort_by(self, key: str, descending: bool) -> None:
        """Sort by a column."""
        view = self._view
        self.now = replace(self.now, sort=key, descending=descending)
        if view.ledger is not None:
            self.mark(view.ledger)
            view.reload()
            self._rest.start()

    def _sort_by_section(self, section: int) -> None:
        view = self._view
        column, heading = view.table.rows.columns[section], view.table.heading
        if column.key in (STATE, DELETED) or column.field is None:
            return
        again = heading.sort_column == section
        first = column.is_number or column.field.type in TIME_TYPES
        self.sort_by(column.key, not heading.descending if again else first)

    def choose(self, keys: list[str]) -> None:
        """Show other columns; none means the usual ones."""
        view = self._view
        self.now = replace(self.now, shown=tuple(keys), widths=self.now.widths if keys else ())
        if view.ledger is not None:
            self.show(view.ledger)
            self._rest.start()

    def _keep(self) -> None:
        view = self._view
        if view.ledger is None or view.wish.bin:
            return
        shown, widths = view.table.arrangement()
        merged = dict(self.now.widths) | dict(widths)
        self.now = replace(self.now, shown=shown, widths=tuple(merged.items()))
        key, text, township = f"table.{view.ledger.key}", self.now.to_text(), view.desk.township
        view.desk.background.run(
            lambda _progress: township.keep_setting(key, text), lambda _done: None, key=key
        )
