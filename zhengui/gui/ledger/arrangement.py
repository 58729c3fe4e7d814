"""How a ledger's table is arranged: its columns, their widths, the sorting; remembered with the township."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer

from zhengui.catalogue.model import TIME_TYPES, Ledger
from zhengui.gui.ledger import review_marks
from zhengui.gui.ledger.columns import DELETED, STATE, Column, arranged, read_arrangement
from zhengui.gui.ledger.shown import Shown

#: Dragging and widening come to rest before they are kept.
REST = 600


class LedgerArrangement(QObject):
    """Arranges the table of one state; the arrangement itself is a part of that state."""

    def __init__(self, shown: Shown) -> None:
        super().__init__(shown.host)
        self._shown = shown
        self._reviewed = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self._keep)
        shown.table.arranged.connect(self._rest.start)
        shown.table.heading.sort_asked.connect(self._sort_by_section)

    def read(self, ledger: Ledger) -> None:
        """Recall how the ledger's table was left."""
        if self._rest.isActive():
            self._rest.stop()
        self._shown.arrangement = read_arrangement(self._shown.desk.township.setting(f"table.{ledger.key}"))

    def columns(self, ledger: Ledger) -> list[Column]:
        """The columns to show."""
        found = arranged(ledger, self._shown.arrangement)
        if self._reviewed and not self._shown.wish.bin:
            found.insert(1, review_marks.COLUMN)
        return [Column(DELETED, "删除时间和人", None, 210), *found] if self._shown.wish.bin else found

    def show(self, ledger: Ledger) -> None:
        """Show the columns as arranged, and mark the sorted and filtered ones."""
        self._shown.table.show_columns(self.columns(ledger))
        self.mark(ledger)

    def show_review(self, reviewed: bool) -> None:
        """Show the column of review, or leave it out."""
        if reviewed != self._reviewed:
            self._reviewed = reviewed
            if self._shown.ledger is not None:
                self.show(self._shown.ledger)

    def mark(self, ledger: Ledger) -> None:
        """Show by which column the table is sorted, and which columns are filtered."""
        shown = self._shown
        heading, keys = shown.table.heading, [c.key for c in shown.table.rows.columns]
        usual = ledger.period[0] if ledger.period and not shown.wish.bin else ""
        sort = self._shown.arrangement.sort or usual
        heading.sort_column = keys.index(sort) if sort in keys else -1
        heading.descending = self._shown.arrangement.descending if self._shown.arrangement.sort else True
        heading.filtered = {n for n, key in enumerate(keys) if key in shown.wish.filters}
        heading.viewport().update()

    def sort_by(self, key: str, descending: bool) -> None:
        """Sort by a column."""
        shown = self._shown
        self._shown.arrangement = replace(self._shown.arrangement, sort=key, descending=descending)
        if shown.ledger is not None:
            self.mark(shown.ledger)
            shown.reload()
            self._rest.start()

    def _sort_by_section(self, section: int) -> None:
        shown = self._shown
        column, heading = shown.table.rows.columns[section], shown.table.heading
        if column.key in (STATE, DELETED) or column.field is None:
            return
        again = heading.sort_column == section
        first = column.is_number or column.field.type in TIME_TYPES
        self.sort_by(column.key, not heading.descending if again else first)

    def choose(self, keys: list[str]) -> None:
        """Show other columns; none means the usual ones."""
        shown = self._shown
        self._shown.arrangement = replace(
            self._shown.arrangement, shown=tuple(keys), widths=self._shown.arrangement.widths if keys else ()
        )
        if shown.ledger is not None:
            self.show(shown.ledger)
            self._rest.start()

    def _keep(self) -> None:
        shown = self._shown
        if shown.ledger is None or shown.wish.bin:
            return
        keys, widths = shown.table.arrangement()
        merged = dict(self._shown.arrangement.widths) | dict(widths)
        self._shown.arrangement = replace(self._shown.arrangement, shown=keys, widths=tuple(merged.items()))
        key, text, township = (
            f"table.{shown.ledger.key}",
            self._shown.arrangement.to_text(),
            shown.desk.township,
        )
        shown.desk.background.run(
            lambda _progress: township.keep_setting(key, text), lambda _done: None, key=key
        )
