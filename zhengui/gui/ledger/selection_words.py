"""Tells the status bar about the selected cells, and copies them."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from zhengui.gui.desk.desk import Desk
from zhengui.gui.ledger import selection_sums
from zhengui.gui.ledger.blocks import Block, put_on_clipboard
from zhengui.gui.ledger.model import Fetch
from zhengui.gui.ledger.selection_sums import AT_ONCE, Sums
from zhengui.gui.ledger.table import LedgerTable

#: More rows than Excel's sheet or a clipboard takes well; 导出 is for those.
MOST_ROWS = 100_000


class SelectionWords(QObject):
    """Watches one table."""

    def __init__(self, desk: Desk, table: LedgerTable, fetch: Fetch) -> None:
        super().__init__(table)
        self._desk, self._table, self._fetch = desk, table, fetch
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(60)
        self._rest.timeout.connect(self._tell)
        table.ranged.connect(self._rest.start)

    def _tell(self) -> None:
        if not self._table.isVisible():
            return
        ids, columns, ranges = self._table.rows.ids, tuple(self._table.rows.columns), self._table.ranges()
        rows, cells = selection_sums.size_of(ranges)
        if rows <= AT_ONCE:
            self._show(selection_sums.sums_of(ids, columns, ranges, self._fetch))
            return
        self._desk.told.emit(f"选中 {cells} 格　正在求和…")
        self._desk.background.run(
            lambda progress: selection_sums.sums_of(ids, columns, ranges, self._fetch, progress),
            self._show,
            key=f"sums{id(self)}",
        )

    def _show(self, sums: Sums) -> None:
        self._desk.told.emit(sums.words())

    def copy(self) -> None:
        """Copy the selected cells, with headings unless it is a single one."""
        ids, columns, ranges = self._table.rows.ids, tuple(self._table.rows.columns), self._table.ranges()
        rows, cells = selection_sums.size_of(ranges)
        if rows > MOST_ROWS:
            self._desk.say(f"选中了 {rows:,} 行，太多了，请用“导出”存成表格")
        elif cells:
            self._desk.background.run(
                lambda progress: selection_sums.block_of(ids, columns, ranges, self._fetch, progress),
                lambda block: self._copied(block, rows, cells),
                key=f"copy{id(self)}",
            )

    def _copied(self, block: Block, rows: int, cells: int) -> None:
        put_on_clipboard(block, headed=cells > 1)
        if cells > 1:
            self._desk.say(f"已复制 {rows} 行和标题，可粘贴到 Excel")
