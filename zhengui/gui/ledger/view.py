"""One ledger on a page: the tools, the table with its totals, or what stands there instead of nothing."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from zhengui.catalogue.model import TIME_TYPES, Ledger
from zhengui.gui.desk.actions import Bound, bind_keys, bound
from zhengui.gui.desk.desk import Desk
from zhengui.gui.desk.place import BIN
from zhengui.gui.form.field_context import TownshipContext
from zhengui.gui.kit.empty_state import EmptyState
from zhengui.gui.ledger import review_marks
from zhengui.gui.ledger import source as ledger_source
from zhengui.gui.ledger.arrangement import LedgerArrangement
from zhengui.gui.ledger.bin_bar import BinBar
from zhengui.gui.ledger.cell_editing import CellEditing
from zhengui.gui.ledger.column_filter import WantedValues
from zhengui.gui.ledger.columns import Column
from zhengui.gui.ledger.deeds import LedgerDeeds
from zhengui.gui.ledger.empty import EmptyWays, tell_empty
from zhengui.gui.ledger.held_bar import HeldBar
from zhengui.gui.ledger.model import LedgerModel, LedgerRow
from zhengui.gui.ledger.pickers import LedgerPickers
from zhengui.gui.ledger.selection_words import SelectionWords
from zhengui.gui.ledger.shown import Shown
from zhengui.gui.ledger.source import Loaded
from zhengui.gui.ledger.table import LedgerTable
from zhengui.gui.ledger.tools import LedgerTools
from zhengui.gui.ledger.totals_row import TotalsRow
from zhengui.gui.ledger.wish import Wish
from zhengui.services.entry.browse_records import Selection
from zhengui.values.value import Value

#: A search or a sort in a ledger of so many records shows what it begins with before all is found or in order.
MANY = 50_000


class LedgerView(QWidget):
    """Shows one ledger after another; what it asks for is told by signals."""

    open_asked = Signal(str, int)
    new_asked = Signal(str, object)
    loaded = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._wanted_record = 0
        self._asked: Selection | None = None
        self._typed_in = False
        self.tools = LedgerTools(self)
        self.bin_bar = BinBar(self)
        self.table = LedgerTable(LedgerModel(self._fetch), self)
        self.totals = TotalsRow(self.table, self)
        self.held = HeldBar(self)
        self.empty = EmptyState(self)
        self.shown = Shown(desk, self, self.table, self.reload)
        self.deeds = LedgerDeeds(self.shown)
        self.pickers = LedgerPickers(self.shown)
        self.arrangement = LedgerArrangement(self.shown)
        self.words = SelectionWords(desk, self.table, self._fetch)
        self.editing = CellEditing(self.table)
        self._lay_out()
        self._connect()
        bind_keys(self, self.offered())
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self._nothing)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.activated.connect(self.deeds.paste_new)
        shortcut = QShortcut(QKeySequence("F8"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.next_held)

    def _lay_out(self) -> None:
        paper = QFrame(self)
        paper.setObjectName("white")
        inside = QVBoxLayout(paper)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.table, 1)
        inside.addWidget(self.held)
        inside.addWidget(self.totals)
        self._stack = QStackedWidget(self)
        self._nothing = nothing = QFrame(self)
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
        self.editing.typed.connect(self.deeds.cells.type)
        self.editing.record_asked.connect(self._open)
        self.table.cleared.connect(self.deeds.cells.clear)
        self.table.cut.connect(self.deeds.cells.cut)
        self.table.pasted.connect(self.deeds.cells.paste)
        self.deeds.cells.writing.connect(self._note_typing)
        self.deeds.cells.written.connect(self._tell_held)
        self.held.next_asked.connect(self.next_held)
        self.held.given_up.connect(lambda: self.deeds.cells.give_up(self.shown.current_record()))
        self.table.copied.connect(self.words.copy)
        self.table.menu_asked.connect(self.deeds.open_menu)
        self.table.filter_asked.connect(self.pickers.open_filter)
        self.deeds.new_asked.connect(self.new_asked)
        self.deeds.bin_asked.connect(lambda: self.show_bin(True))
        self.deeds.columns_asked.connect(lambda: self.pickers.open_columns(self.tools))
        self.pickers.filtered.connect(self.filter_by)
        self.pickers.sorted.connect(self.arrangement.sort_by)
        self.pickers.columns_chosen.connect(self.arrangement.choose)
        self._ways = EmptyWays(
            self.tools.enter.click, self.deeds.bring_in, self.deeds.report_zero, self.clear_filters
        )
        self.desk.scope.changed.connect(self.reload)
        self.desk.saved.connect(self._on_saved)

    def offered(self) -> list[Bound]:
        """Everything that can be done here."""
        own = [bound("new", lambda: self._ask_new(None)), bound("find", self._focus_search)]
        return [*own, *self.deeds.cell_tools(), *self.deeds.tools()]

    @property
    def ledger(self) -> Ledger | None:
        """The ledger that is shown."""
        return self.shown.ledger

    def show_ledger(self, ledger: Ledger, state: str = "", record: int = 0) -> None:
        """Show a ledger as it was left, or in a state, with a record in view."""
        changed = self.ledger is not ledger
        if not changed and not state and not record:
            return
        self.shown.ledger, self._wanted_record = ledger, record
        if state or record:
            self.shown.wishes[ledger.key] = Wish(bin=True) if state == BIN else Wish(state=state)
            self._show_bars(self.shown.wish.bin)
            changed = changed or state == BIN
        if changed:
            self.editing.finish()
            self.shown.last = None
            self.table.rows.pending = self.shown.pending_of(ledger.key)
            self.arrangement.read(ledger)
            live = ledger.key in self.shown.desk.catalogue.live_ledgers
            self.tools.show_ledger(f"登记{ledger.noun}", self._search_hint(), live)
            self.tools.set_search(self.shown.wish.search)
            self.table.rows.set_ids(type(self.table.rows.ids)("q"))
            self.table.setAccessibleName(f"{ledger.title}表格")
            self.arrangement.show(ledger)
        self.reload()

    def _search_hint(self) -> str:
        assert self.ledger is not None
        titles = [
            self.ledger[key].title for key in self.ledger.label if self.ledger[key].type not in TIME_TYPES
        ]
        return "、".join(titles[:2]) + "，可用拼音首字母" if titles else "查找，可用拼音首字母"

    def reload(self) -> None:
        """Ask for the records anew; what is shown stays until they are there."""
        if self.ledger is None:
            return
        selection, township = self.shown.selection(), self.desk.township
        again = selection == self._asked
        self.shown.typed_in = again and self._typed_in
        self._asked, self._typed_in = selection, False
        long = self.shown.last is not None and self.shown.last.everything > MANY
        # Asked for once more, the rows that are shown stay until all are there.
        if long and not again and (selection.search or selection.sort):
            self.desk.background.run(
                lambda progress: ledger_source.load_first(township, selection, lambda: progress.cancelled),
                lambda ids: self._show_first(selection, ids),
                key=self._first_work,
            )
        else:
            self.desk.background.cancel(self._first_work)
        self.desk.background.run(
            lambda progress: ledger_source.load_until(township, selection, lambda: progress.cancelled),
            self._show,
            key=f"table{id(self)}",
        )

    @property
    def _first_work(self) -> str:
        return f"table's first rows{id(self)}"

    def _show_first(self, selection: Selection, ids: array[int] | None) -> None:
        """What a search or a sort of a long ledger begins with, while the rest is still being found."""
        if not ids or selection != self._asked or self._wanted_record:
            return
        record, column = self.shown.current_record(), max(0, self.table.currentIndex().column())
        self.editing.finish()
        self.table.rows.set_ids(ids)
        if not self.table.show_record(record, column):
            self.table.setCurrentIndex(self.table.rows.index(0, column))
        rest = "正在给其余的记录排序" if selection.sort else "正在查找其余的记录"
        self.totals.tell(rest, {})
        self._stack.setCurrentIndex(0)

    def _show(self, found: Loaded) -> None:
        self.desk.background.cancel(self._first_work)
        if self.ledger is None or found.selection.ledger != self.ledger.key:
            return
        self.shown.last = found
        self.arrangement.show_review(found.reviewing is not None)
        self.table.sheet = not self.shown.wish.bin
        self.editing.context = TownshipContext(self.desk.township, self.shown.period)
        self._show_rows(found)
        self._tell_held()
        self._show_states(found)
        undated = f"　另有 {found.undated} 条没填日期" if found.undated else ""
        words = "；".join(wanted.words for wanted in self.shown.wish.filters.values())
        filtered = f"　筛选：{words}" if words else ""
        self.totals.tell(f"共 {len(found.ids):,} 条{undated}{filtered}", found.sums)
        self.bin_bar.tell(len(found.ids))
        if not found.ids:
            tell_empty(self.empty, self.shown, self._ways)
            self.desk.told.emit("")
        self._stack.setCurrentIndex(0 if found.ids else 1)
        untouched = not found.everything and not self.shown.wish.bin
        self.tools.setVisible(not untouched and not self.shown.wish.bin)
        self.loaded.emit(found)

    def _show_rows(self, found: Loaded) -> None:
        """Put the records into the table; the current cell stays where it was."""
        rows, current = self.table.rows, self.table.currentIndex()
        if self.shown.typed_in and len(found.ids) == len(rows.ids) and not self._wanted_record:
            # While one types in cells, no row runs away to where its new value would sort it.
            rows.forget()
            return
        row, column = max(0, current.row()), max(0, current.column())
        wanted, self._wanted_record = self._wanted_record, 0
        record = wanted or self.shown.current_record()
        self.editing.finish()
        rows.set_ids(found.ids)
        if wanted and rows.row_of(wanted) < 0:
            # No other row is lit in its place, as if it were the record in the form.
            self.table.setCurrentIndex(QModelIndex())
            if self.desk.scope.narrowed and not self.shown.wish.narrow:
                told, verb = map(self.desk.words, ("这条记录不在所选的时段和村（居）里", "看全年全镇"))
                self.desk.offer(told, verb, self.desk.scope.widen)
        elif not (record and self.table.show_record(record, column)) and found.ids:
            self.table.setCurrentIndex(rows.index(min(row, len(found.ids) - 1), column))

    def _show_states(self, found: Loaded) -> None:
        state, shown = self.shown.wish.state, len(found.ids)
        self.tools.show_states(review_marks.states(found.states, found.review_counts, state, shown), state)

    def keep_in_view(self, record: int) -> None:
        """Make a record current when the table is read anew, such as one that was just saved."""
        self._wanted_record = record

    def step(self, by: int) -> int:
        """Go to the record before or after the current one; returns its id, 0 at the end."""
        row = self.table.currentIndex().row() + by
        if not 0 <= row < len(self.table.rows.ids):
            return 0
        self.table.show_record(self.table.rows.ids[row])
        return self.table.rows.ids[row]

    def filter_by(self, key: str, wanted: WantedValues) -> None:
        """Filter by a column, or no longer."""
        if wanted.asks:
            self.shown.wish.filters[key] = wanted
        else:
            self.shown.wish.filters.pop(key, None)
        self.arrangement.mark(self.shown.open_ledger)
        self.reload()

    def clear_filters(self) -> None:
        """Show everything of the ledger in the period; the period too, where nothing else was filtered."""
        if not self.shown.wish.narrow:
            self.desk.scope.widen()
            return
        self.shown.wish_anew(self.shown.wish.bin)
        self.tools.set_search("")
        self.arrangement.mark(self.shown.open_ledger)
        self.reload()

    def choose_state(self, state: str) -> None:
        """Show only records in a state; empty for all."""
        self.shown.wish.state = state
        if self.shown.last is not None:
            self._show_states(self.shown.last)
        self.reload()

    def show_bin(self, shown: bool) -> None:
        """Show the recycle bin of the ledger, or the ledger again."""
        self.shown.wish_anew(shown)
        self.tools.set_search("")
        self._show_bars(shown)
        self.arrangement.show(self.shown.open_ledger)
        self.reload()

    def _note_typing(self) -> None:
        self._typed_in = True

    def _tell_held(self) -> None:
        """Say how many rows are kept back, and why the first is."""
        pending = self.table.rows.pending
        held = list(pending.held())
        self.held.tell(len(held), pending.message(held[0]) if held else "")
        self.table.verticalHeader().viewport().update()
        self.table.viewport().update()

    def next_held(self) -> None:
        """Go to the next row that is kept back, and open its first wrong cell."""
        rows, pending = self.table.rows, self.table.rows.pending
        places = sorted(row for row in map(rows.row_of, pending.held()) if row >= 0)
        if not places:
            return
        here = self.table.currentIndex().row()
        row = next((place for place in places if place > here), places[0])
        cells = pending.cells[rows.ids[row]]
        keys = [column.key for column in rows.columns]
        wrong = next((key for key, typed in cells.items() if typed.message and key in keys), "")
        self.table.go(rows.index(row, keys.index(wrong) if wrong else 0))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_bars(self, bin: bool) -> None:
        self.bin_bar.setVisible(bin)
        self.tools.setVisible(not bin)

    def _search(self, text: str) -> None:
        if text != self.shown.wish.search:
            self.shown.wish.search = text
            self.reload()

    def _focus_search(self) -> None:
        self.tools.search.setFocus()
        self.tools.search.selectAll()

    def _ask_new(self, values: dict[str, Value] | None) -> None:
        if self.ledger is not None and not self.shown.wish.bin:
            self.new_asked.emit(self.ledger.key, values)

    def _open(self, record: int) -> None:
        if self.ledger is not None and not self.shown.wish.bin:
            self.open_asked.emit(self.ledger.key, record)

    def _on_saved(self, ledger_key: str) -> None:
        if self.ledger is None:
            return
        names = {f.register for f in self.ledger.fields if f.register}
        if ledger_key == self.ledger.key or ledger_key in names:
            self.reload()

    def _fetch(self, ids: Sequence[int], columns: Sequence[Column]) -> list[LedgerRow]:
        assert self.ledger is not None
        rows = ledger_source.fetch(self.desk.township, self.ledger, ids, columns)
        return review_marks.decorated(
            rows, self.shown.last.reviewing if self.shown.last is not None else None
        )
