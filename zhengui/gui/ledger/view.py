"""One ledger on a page: the tools, the table with its totals, or what stands there instead of nothing."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from zhengui.catalogue.model import TIME_TYPES, Ledger
from zhengui.figures.period import Period
from zhengui.gui.desk.desk import Desk
from zhengui.gui.desk.place import BIN
from zhengui.gui.kit.empty_state import EmptyState
from zhengui.gui.ledger import review_marks
from zhengui.gui.ledger import source as ledger_source
from zhengui.gui.ledger.arrangement import LedgerArrangement
from zhengui.gui.ledger.bin_bar import BinBar
from zhengui.gui.ledger.column_filter import Wanted
from zhengui.gui.ledger.deeds import LedgerDeeds
from zhengui.gui.ledger.empty import tell_empty
from zhengui.gui.ledger.model import LedgerModel
from zhengui.gui.ledger.pickers import LedgerPickers
from zhengui.gui.ledger.selection_words import SelectionWords
from zhengui.gui.ledger.source import Loaded
from zhengui.gui.ledger.table import LedgerTable
from zhengui.gui.ledger.tools import LedgerTools
from zhengui.gui.ledger.totals_row import TotalsRow
from zhengui.gui.ledger.wish import Wish
from zhengui.services.entry.browse_records import Filter, Selection


class LedgerView(QWidget):
    """Shows one ledger after another; what it asks for is told by signals."""

    open_asked = Signal(str, int)
    new_asked = Signal(str, object)
    loaded = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.ledger: Ledger | None = None
        self.last: Loaded | None = None
        self._wishes: dict[str, Wish] = {}
        self._wanted_record = 0
        #: What the page itself asks for, besides what the user does: some records, another period or order.
        self.fixed: tuple[Filter, ...] = ()
        self.own_period: Period | None = None
        self.own_sort = ""
        self.tools = LedgerTools(self)
        self.bin_bar = BinBar(self)
        self.table = LedgerTable(LedgerModel(self._fetch), self)
        self.totals = TotalsRow(self.table, self)
        self.empty = EmptyState(self)
        self.deeds = LedgerDeeds(self)
        self.pickers = LedgerPickers(self)
        self.arrangement = LedgerArrangement(self)
        self.words = SelectionWords(desk, self.table, self._fetch)
        self._lay_out()
        self._connect()
        self._bind_keys()

    def _lay_out(self) -> None:
        paper = QFrame(self)
        paper.setObjectName("white")
        inside = QVBoxLayout(paper)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.table, 1)
        inside.addWidget(self.totals)
        self._stack = QStackedWidget(self)
        nothing = QFrame(self)
        nothing.setObjectName("white")
        QVBoxLayout(nothing).addWidget(self.empty)
        self._stack.addWidget(paper)
        self._stack.addWidget(nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tools)
        column.addWidget(self.bin_bar)
        column.addWidget(self._stack, 1)
        self.bin_bar.hide()

    def _connect(self) -> None:
        self.tools.set_tools(self.deeds.tools())
        self.tools.entered.connect(lambda: self._ask_new(None))
        self.tools.searched.connect(self._search)
        self.tools.state_chosen.connect(self.choose_state)
        self.bin_bar.left.connect(lambda: self.show_bin(False))
        self.bin_bar.restored.connect(self.deeds.restore)
        self.table.opened.connect(self._open)
        self.table.removed.connect(self.deeds.remove)
        self.table.copied.connect(self.words.copy)
        self.table.menu_asked.connect(self.deeds.open_menu)
        self.table.filter_asked.connect(self.pickers.open_filter)
        self.desk.scope.changed.connect(self.reload)
        self.desk.saved.connect(self._on_saved)

    def _bind_keys(self) -> None:
        keys = {
            "Ctrl+N": lambda: self._ask_new(None),
            "Ctrl+F": self._focus_search,
            "Ctrl+D": self.deeds.copy_record,
            "Ctrl+E": self.deeds.edit_many,
        }
        for sequence, call in keys.items():
            shortcut = QShortcut(QKeySequence(sequence), self)
            shortcut.activated.connect(lambda call=call: call() if self.isVisible() else None)

    @property
    def wish(self) -> Wish:
        """What was asked of the ledger shown."""
        return self._wishes.setdefault(self.ledger.key if self.ledger else "", Wish())

    def show_ledger(self, ledger: Ledger, state: str = "", record: int = 0) -> None:
        """Show a ledger as it was left, or in a state, with a record in view."""
        changed = self.ledger is not ledger
        if not changed and not state and not record:
            return
        self.ledger, self._wanted_record = ledger, record
        if state or record:
            self._wishes[ledger.key] = Wish(bin=True) if state == BIN else Wish(state=state)
            self._show_bars(self.wish.bin)
            changed = changed or state == BIN
        if changed:
            self.last = None
            self.arrangement.read(ledger)
            self.tools.show_ledger(f"登记{ledger.noun}", self._search_hint(), ledger.retired is None)
            self.tools.set_search(self.wish.search)
            self.table.rows.set_ids(type(self.table.rows.ids)("q"))
            self.table.setAccessibleName(f"{ledger.title}表格")
            self.arrangement.show(ledger)
        self.reload()

    def _ledger(self) -> Ledger:
        assert self.ledger is not None
        return self.ledger

    def _search_hint(self) -> str:
        assert self.ledger is not None
        titles = [
            self.ledger[key].title for key in self.ledger.label if self.ledger[key].type not in TIME_TYPES
        ]
        return "、".join(titles[:2]) + "，可用拼音首字母" if titles else "查找，可用拼音首字母"

    def selection(self) -> Selection:
        """What the table is to show, as storage understands it."""
        assert self.ledger is not None
        wish, scope, ledger = self.wish, self.desk.scope, self.ledger
        filters = tuple(ledger_source.filter_of(key, wanted) for key, wanted in wish.filters.items())
        arrangement = self.arrangement.now
        sort = arrangement.sort if arrangement.sort in ledger.by_key else self.own_sort
        return Selection(
            ledger.key,
            (self.own_period or scope.period) if ledger.period and not wish.bin else None,
            scope.villages if not wish.bin else (),
            wish.state,
            wish.search,
            (*self.fixed, *filters),
            sort,
            arrangement.descending,
            wish.bin,
            today=self.desk.township.today(),
        )

    def reload(self) -> None:
        """Ask for the records anew; what is shown stays until they are there."""
        if self.ledger is None:
            return
        selection, township = self.selection(), self.desk.township
        self.desk.background.run(
            lambda _progress: ledger_source.load(township, selection), self._show, key=f"table{id(self)}"
        )

    def _show(self, found: Loaded) -> None:
        if self.ledger is None or found.selection.ledger != self.ledger.key:
            return
        self.last = found
        self.arrangement.show_review(found.reviewing is not None)
        record = self._wanted_record or self.current_record()
        self._wanted_record = 0
        self.table.rows.set_ids(found.ids)
        if not (record and self.table.show_record(record)) and found.ids:
            self.table.setCurrentIndex(self.table.rows.index(0, 0))
        self._show_states(found)
        undated = f"　另有 {found.undated} 条没填日期" if found.undated else ""
        words = "；".join(wanted.words for wanted in self.wish.filters.values())
        filtered = f"　筛选：{words}" if words else ""
        self.totals.tell(f"共 {len(found.ids):,} 条{undated}{filtered}", found.sums)
        self.bin_bar.tell(len(found.ids))
        if not found.ids:
            tell_empty(self)
            self.desk.told.emit("")
        self._stack.setCurrentIndex(0 if found.ids else 1)
        untouched = not found.everything and not self.wish.bin
        self.tools.setVisible(not untouched and not self.wish.bin)
        self.loaded.emit(found)

    def _show_states(self, found: Loaded) -> None:
        state, shown = self.wish.state, len(found.ids)
        self.tools.show_states(review_marks.states(found.states, found.review_counts, state, shown), state)
        self.deeds.reviews.show_tools()

    def keep_in_view(self, record: int) -> None:
        """Make a record current when the table is read anew, such as one that was just saved."""
        self._wanted_record = record

    def current_record(self) -> int:
        """The id of the current row's record, 0 without one."""
        row = self.table.currentIndex().row()
        ids = self.table.rows.ids
        return ids[row] if 0 <= row < len(ids) else 0

    def step(self, by: int) -> int:
        """Go to the record before or after the current one; returns its id, 0 at the end."""
        row = self.table.currentIndex().row() + by
        if not 0 <= row < len(self.table.rows.ids):
            return 0
        self.table.show_record(self.table.rows.ids[row])
        return self.table.rows.ids[row]

    def filter_by(self, key: str, wanted: Wanted) -> None:
        """Filter by a column, or no longer."""
        if wanted.asks:
            self.wish.filters[key] = wanted
        else:
            self.wish.filters.pop(key, None)
        self.arrangement.mark(self._ledger())
        self.reload()

    def clear_filters(self) -> None:
        """Show everything of the ledger in the period; the period too, where nothing else was filtered."""
        if not self.wish.narrow:
            self.desk.scope.widen()
            return
        self._wishes[self.ledger.key if self.ledger else ""] = Wish(bin=self.wish.bin)
        self.tools.set_search("")
        self.arrangement.mark(self._ledger())
        self.reload()

    def choose_state(self, state: str) -> None:
        """Show only records in a state; empty for all."""
        self.wish.state = state
        if self.last is not None:
            self._show_states(self.last)
        self.reload()

    def show_bin(self, shown: bool) -> None:
        """Show the recycle bin of the ledger, or the ledger again."""
        self._wishes[self.ledger.key if self.ledger else ""] = Wish(bin=shown)
        self.tools.set_search("")
        self._show_bars(shown)
        self.arrangement.show(self._ledger())
        self.reload()

    def _show_bars(self, bin: bool) -> None:
        self.bin_bar.setVisible(bin)
        self.tools.setVisible(not bin)

    def _search(self, text: str) -> None:
        if text != self.wish.search:
            self.wish.search = text
            self.reload()

    def _focus_search(self) -> None:
        self.tools.search.setFocus()
        self.tools.search.selectAll()

    def _ask_new(self, values: dict[str, Any] | None) -> None:
        if self.ledger is not None and not self.wish.bin:
            self.new_asked.emit(self.ledger.key, values)

    def _open(self, record: int) -> None:
        if self.ledger is not None and not self.wish.bin:
            self.open_asked.emit(self.ledger.key, record)

    def _on_saved(self, ledger_key: str) -> None:
        if self.ledger is None:
            return
        names = {str(f.type) for f in self.ledger.fields if f.is_reference}
        if ledger_key == self.ledger.key or ledger_key in names:
            self.reload()

    def _fetch(self, ids: Any, columns: Any) -> Any:
        assert self.ledger is not None
        rows = ledger_source.fetch(self.desk.township, self.ledger, ids, columns)
        return review_marks.decorated(rows, self.last.reviewing if self.last is not None else None)
