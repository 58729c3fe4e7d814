"""What a ledger's page shows and was asked for: one plain state that its parts share, none of which knows the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtWidgets import QWidget

from zhengui.catalogue.model import Ledger
from zhengui.figures.period import Period
from zhengui.gui.desk.desk import Desk
from zhengui.gui.ledger import source as ledger_source
from zhengui.gui.ledger.columns import Arrangement
from zhengui.gui.ledger.pending import Pending
from zhengui.gui.ledger.source import Loaded
from zhengui.gui.ledger.table import LedgerTable
from zhengui.gui.ledger.wish import Wish
from zhengui.services.entry.browse_records import Filter, Selection


@dataclass
class Shown:
    """The ledger in a table, with what its user wished and how he arranged it.

    `host` is the widget that questions open over. `reload` asks for the records anew.
    `fixed`, `own_period` and `own_sort` are what the page itself asks for, besides what the user does: some
    records, another period or order.
    """

    desk: Desk
    host: QWidget
    table: LedgerTable
    reload: Callable[[], None]
    ledger: Ledger | None = None
    last: Loaded | None = None
    wishes: dict[str, Wish] = field(default_factory=dict)
    arrangement: Arrangement = field(default_factory=Arrangement)
    fixed: tuple[Filter, ...] = ()
    own_period: Period | None = None
    own_sort: str = ""
    #: Whether the records are read anew only because cells of them were typed in.
    typed_in: bool = False
    _pending: dict[str, Pending] = field(default_factory=dict)

    def pending_of(self, ledger: str) -> Pending:
        """What was typed into the cells of a ledger and is not in the file yet."""
        return self._pending.setdefault(ledger, Pending())

    @property
    def open_ledger(self) -> Ledger:
        """The ledger that is shown."""
        if self.ledger is None:
            raise LookupError("no ledger is shown")
        return self.ledger

    @property
    def wish(self) -> Wish:
        """What was asked of the ledger shown."""
        return self.wishes.setdefault(self.ledger.key if self.ledger else "", Wish())

    @property
    def period(self) -> Period:
        """The days whose records are shown."""
        return self.own_period or self.desk.scope.period

    def wish_anew(self, bin: bool) -> None:
        """Ask for everything of the ledger, or of its recycle bin."""
        self.wishes[self.ledger.key if self.ledger else ""] = Wish(bin=bin)

    def selection(self) -> Selection:
        """What the table is to show, as storage understands it."""
        ledger, wish, scope = self.open_ledger, self.wish, self.desk.scope
        filters = tuple(ledger_source.filter_of(key, wanted) for key, wanted in wish.filters.items())
        sort = self.arrangement.sort if self.arrangement.sort in ledger.by_key else self.own_sort
        return Selection(
            ledger.key,
            self.period if ledger.period and not wish.bin else None,
            scope.villages if not wish.bin else (),
            wish.state,
            wish.search,
            (*self.fixed, *filters),
            sort,
            self.arrangement.descending,
            wish.bin,
            today=self.desk.township.today(),
        )

    def current_record(self) -> int:
        """The id of the current row's record, 0 without one."""
        row = self.table.currentIndex().row()
        ids = self.table.rows.ids
        return ids[row] if 0 <= row < len(ids) else 0
