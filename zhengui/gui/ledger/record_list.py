"""Records of one ledger as a plain table: a heading, a search, totals; used where a figure shows its rows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from zhengui.catalogue.model import TIME_TYPES, Ledger
from zhengui.gui.desk.desk import Desk
from zhengui.gui.kit import icons
from zhengui.gui.ledger import source as ledger_source
from zhengui.gui.ledger.columns import STATE, Arrangement, Column, arranged
from zhengui.gui.ledger.model import LedgerModel, LedgerRow
from zhengui.gui.ledger.selection_words import SelectionWords
from zhengui.gui.ledger.source import Loaded
from zhengui.gui.ledger.table import LedgerTable
from zhengui.gui.ledger.totals_row import TotalsRow
from zhengui.services.entry.browse_records import Selection


class RecordList(QWidget):
    """Shows exactly the given records; they can be searched, sorted, selected and opened, not changed."""

    opened = Signal(str, int)
    loaded = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ledger: Ledger | None = None
        self._ids: tuple[int, ...] = ()
        self._sort, self._descending = "", True
        self.search = QLineEdit(self)
        self.search.addAction(icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setFixedWidth(176)
        self.search.setAccessibleName("在这些记录里查找")
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(180)
        self._rest.timeout.connect(self._reload)
        self.search.textChanged.connect(lambda _text: self._rest.start())
        self.table = LedgerTable(LedgerModel(self._fetch), self)
        self.table.heading.filterable = False
        self.table.link_column = 0
        self.totals = TotalsRow(self.table, self)
        self.words = SelectionWords(desk, self.table, self._fetch)
        self.table.copied.connect(self.words.copy)
        self.table.opened.connect(
            lambda record: self.opened.emit(self._ledger.key if self._ledger else "", record)
        )
        self.table.heading.sort_asked.connect(self._sort_by)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(self.totals)

    def show_first(self, ledger: Ledger, ids: Sequence[int]) -> None:
        """Show these records at once, in this order, until `show_records` tells of all there are."""
        self._desk.background.cancel(f"list{id(self)}")
        self._turn_to(ledger)
        self._ids = tuple(ids)
        self.table.rows.set_ids(type(self.table.rows.ids)("q", ids))
        self.totals.tell("正在读取全部记录", {})

    def show_records(self, ledger: Ledger, ids: Sequence[int]) -> None:
        """Show these records of a ledger."""
        self._turn_to(ledger)
        self._ids = tuple(ids)
        self.search.setPlaceholderText(f"在 {len(self._ids)} 条中搜索")
        self._reload()

    def _turn_to(self, ledger: Ledger) -> None:
        if self._ledger is not ledger:
            self._sort = ""
            self._ledger = ledger
            self.table.rows.set_ids(type(self.table.rows.ids)("q"))
            self.table.show_columns(arranged(ledger, Arrangement()))

    def selection(self) -> Selection | None:
        """What is shown, for an export."""
        if self._ledger is None:
            return None
        text = self.search.text().strip()
        return Selection(
            self._ledger.key,
            search=text,
            sort=self._sort,
            descending=self._descending,
            ids=self._ids,
            today=self._desk.township.today(),
        )

    def _reload(self) -> None:
        selection, township = self.selection(), self._desk.township
        if selection is not None:
            self._desk.background.run(
                lambda progress: ledger_source.load_until(township, selection, lambda: progress.cancelled),
                self._show,
                key=f"list{id(self)}",
            )

    def _show(self, found: Loaded) -> None:
        if self._ledger is None or found.selection.ledger != self._ledger.key:
            return
        self.table.rows.set_ids(found.ids)
        keys = [c.key for c in self.table.rows.columns]
        usual = self._ledger.period[0] if self._ledger.period else ""
        sort = self._sort or usual
        self.table.heading.sort_column = keys.index(sort) if sort in keys else -1
        self.table.heading.descending = self._descending
        self.loaded.emit(found)

    def _sort_by(self, section: int) -> None:
        column = self.table.rows.columns[section]
        if column.field is None or column.key == STATE:
            return
        again = self._sort == column.key
        first = column.is_number or column.field.type in TIME_TYPES
        self._sort, self._descending = column.key, not self._descending if again else first
        self._reload()

    def _fetch(self, ids: Sequence[int], columns: Sequence[Column]) -> list[LedgerRow]:
        assert self._ledger is not None
        return ledger_source.fetch(self._desk.township, self._ledger, ids, columns)
