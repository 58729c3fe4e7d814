"""报送情况 on 总览: areas × months at a glance; a cell opens the matrix that holds the same number."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from zhengui.gui.desk.desk import Desk
from zhengui.gui.kit.labels import button, label
from zhengui.gui.returns.facts import YearFacts, read_year
from zhengui.gui.returns.grid import ReturnsGrid, area_grid
from zhengui.gui.returns.matrix_table import MatrixTable
from zhengui.services.returns.report_year import monthly_ledgers

#: Lower than in the matrix itself, for the page has to hold more.
ROW, HEADING = 18, 24
#: A magnified screen of 1366x768 shows all twelve months with a name and a cell as narrow as these.
NARROWEST = (90, 28)


class MonthCard(QFrame):
    """Shows the areas that owe reports; `reload` reads anew."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._desk = desk
        self._areas = monthly_ledgers(desk.township, desk.scope.year)
        self._facts: YearFacts | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(label("报送情况", self, "h2"), 1)
        self.told = label("", self, "cap")
        head.addWidget(self.told)
        column.addLayout(head)
        self.table = MatrixTable(self, NARROWEST)
        self.table.horizontalHeader().setStyleSheet("QHeaderView::section { padding: 0; }")
        self.table.setAccessibleName("各领域每月报送情况")
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.verticalHeader().setDefaultSectionSize(ROW)
        self.table.horizontalHeader().setFixedHeight(HEADING)
        self.table.opened.connect(self._open)
        column.addWidget(self.table)
        self.begin = button("选择要按月报送的台账", self, "link")
        self.begin.clicked.connect(lambda: desk.go("reporting"))
        column.addWidget(self.begin)
        self.begin.hide()
        column.addStretch(1)

    def reload(self) -> None:
        """Read the year in a worker."""
        desk, year = self._desk, self._desk.scope.year
        self._areas = monthly_ledgers(desk.township, year)
        desk.background.run(
            lambda progress: read_year(desk.township, year, lambda: progress.cancelled),
            self._show,
            key=f"months{id(self)}",
        )

    def _show(self, facts: YearFacts) -> None:
        self._facts = facts
        owing = [
            (area, ledgers)
            for area, ledgers in self._areas
            if any(ledger.key in facts.statuses for ledger in ledgers)
        ]
        grid = area_grid(owing, facts.statuses, self._desk.scope.villages)
        rows = tuple(replace(row, ends=()) for row in grid.rows)
        self.table.show_grid(ReturnsGrid(grid.corner, grid.columns, (), rows))
        self.table.setFixedHeight(HEADING + self.table.verticalHeader().defaultSectionSize() * len(rows) + 2)
        self.table.setVisible(bool(rows))
        self.begin.setVisible(not rows)
        missing = sum(facts.missing(key, self._desk.scope.villages) for key in facts.statuses)
        count = len(facts.statuses)
        words = f"{count} 个台账按月报送，" + (f"未报 {missing} 村（居）次" if missing else "到期的都已报送")
        self.told.setText(words if rows else "还没有要求按月报送的台账")

    def _open(self) -> None:
        area, month = self.table.place()
        facts = self._facts
        if facts is None or not area:
            return
        ledgers = next(found for each, found in self._areas if each.key == area)
        owed = [ledger.key for ledger in ledgers if ledger.key in facts.statuses]
        if len(owed) == 1:
            self._desk.go("reporting", owed[0], int(month), "village")
        else:
            # What several ledgers lack is told together; from there a cell leads to the ledger that lacks most.
            self._desk.go("reporting", area, int(month), "area")
