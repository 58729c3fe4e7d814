"""What the page of 报送情况 shows: one plain state that its parts share, none of which knows the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from zhengui.catalogue.model import Area, Ledger
from zhengui.figures.period import Period
from zhengui.gui.desk.desk import Desk
from zhengui.gui.returns.facts import LedgerFacts, YearFacts
from zhengui.gui.returns.matrix_table import MatrixTable

Counted = tuple[Period, tuple[int, ...]]


@dataclass
class ReturnsShown:
    """The matrix in hand: of one ledger (`mode` village) or of areas. `host` is what questions open over."""

    desk: Desk
    host: QWidget
    table: MatrixTable
    areas: Sequence[tuple[Area, Sequence[Ledger]]]
    ledger: Ledger
    mode: str = "village"
    facts: LedgerFacts | None = None
    year_facts: YearFacts | None = None
    _before: Counted | None = None
    _drilled: Counted | None = None

    def month(self) -> int:
        """The month in hand."""
        column = self.table.place()[1]
        return int(column) if self.mode == "village" and column else 1

    def drill(self, period: Period, village: int) -> None:
        """Count only what a cell counts, until one comes back."""
        scope = self.desk.scope
        self._before = (scope.period, scope.villages)
        scope.set_both(period, [village] if village else scope.villages)
        self._drilled = (scope.period, scope.villages)

    def come_back(self) -> None:
        """Coming back from a cell's records, count what was counted before, unless it was changed there."""
        scope = self.desk.scope
        if self._before is not None and self._drilled == (scope.period, scope.villages):
            before, self._before, self._drilled = self._before, None, None
            scope.set_both(*before)
