"""报送情况: village × month of one ledger, or areas at a glance, with who is missing at the right."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from zhengui.catalogue.model import Area, Ledger
from zhengui.gui.desk.desk import Desk
from zhengui.gui.desk.page import Page
from zhengui.gui.desk.place import Place
from zhengui.gui.ledger.requirements import Requirements
from zhengui.gui.returns import grid as grids
from zhengui.gui.returns.deeds import Deeds
from zhengui.gui.returns.facts import LedgerFacts, YearFacts, read_ledger, read_year
from zhengui.gui.returns.ledger_menus import area_menu, ledger_menu
from zhengui.gui.returns.matrix_table import MatrixTable
from zhengui.gui.returns.shown import ReturnsShown
from zhengui.gui.returns.side_panel import SidePanel
from zhengui.gui.returns.tool_line import MODES, ToolLine
from zhengui.gui.returns.totals_line import TotalsLine
from zhengui.services.returns import report_year

Areas = Sequence[tuple[Area, Sequence[Ledger]]]
HINT = "（空格键标记零报告，Enter 打开记录）"


class ReportingPage(Page):
    """Shows the working year; the villages chosen above narrow the rows."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._wanted_cell, self._wanted_month = ("", ""), 0
        self.tools = ToolLine(self)
        self.table = MatrixTable(self)
        areas = report_year.monthly_ledgers(desk.township, desk.scope.year)
        self.shown = ReturnsShown(desk, self, self.table, areas, self._first_ledger(areas))
        self.deeds = Deeds(self.shown)
        self.totals = TotalsLine(self.table, self)
        self.side = SidePanel(self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        row, left = QHBoxLayout(), QVBoxLayout()
        for layout in (whole, row, left):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        paper = QFrame(self)
        paper.setObjectName("white")
        paper.setLayout(left)
        left.setContentsMargins(8, 2, 4, 0)
        left.addWidget(self.table, 1)
        left.addWidget(self.totals)
        row.addWidget(paper, 1)
        row.addWidget(self.side)
        whole.addWidget(self.tools)
        whole.addLayout(row, 1)

    def _connect(self) -> None:
        self.deeds.cell_opened.connect(self.open_cell)
        deeds, side, tools = self.deeds, self.side, self.tools
        self.table.moved.connect(self._tell_cell)
        self.table.opened.connect(deeds.open_records)
        self.table.marked.connect(deeds.mark_zero)
        self.table.copied.connect(deeds.copy)
        self.table.menu_asked.connect(deeds.open_menu)
        side.notice_asked.connect(lambda: deeds.remind([self.shown.ledger.key], self.shown.month()))
        side.zero_asked.connect(deeds.mark_month_zero)
        side.wanted_asked.connect(self.change_requirements)
        side.document_asked.connect(lambda: self.desk.go("report"))
        side.village_chosen.connect(lambda village: self.choose_cell(str(village), str(self.shown.month())))
        tools.mode_chosen.connect(self.show_mode)
        tools.area_asked.connect(lambda corner: area_menu(self.shown, self.show_ledger).exec(corner))
        tools.ledger_asked.connect(lambda corner: ledger_menu(self.shown, self.show_ledger).exec(corner))
        tools.export_asked.connect(deeds.export)
        tools.notice_asked.connect(self._remind_all)
        tools.requirements_asked.connect(self.change_requirements)
        self.desk.scope.changed.connect(self._reload_if_seen)
        self.desk.saved.connect(lambda _ledger: self._reload_if_seen())
        for keys, by in (("Ctrl+PgUp", -1), ("Ctrl+PgDown", 1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(partial(self._step, by))

    def _first_ledger(self, areas: Areas) -> Ledger:
        """The first ledger whose months are owed."""
        wanted = report_year.wanted_ledgers(self.desk.township, self.desk.scope.year)
        known = [ledger for _area, ledgers in areas for ledger in ledgers]
        return next((ledger for ledger in known if ledger.key in wanted), known[0])

    def heading(self) -> tuple[str, str]:
        if self.shown.mode != "village" or self.shown.facts is None:
            return "报送情况", f"{self.desk.scope.year}年 · {MODES[self.shown.mode]}"
        rows = grids.shown_rows(self.shown.facts.status, self.desk.scope.villages)
        cells = [cell for row in rows for cell in row.cells]
        count = {state: sum(c.state == state for c in cells) for state in ("reported", "zero", "missing")}
        unit = self.shown.ledger.measure_word
        whole = f"合计 {sum(cell.count for cell in cells)} {unit}"
        if not self.shown.facts.wanted:
            return "报送情况", f"不要求按月报送 · {whole}"
        told = f"已报 {count['reported']} · 零报告 {count['zero']} · 未报 {count['missing']} · {whole}"
        return "报送情况", told

    def where(self) -> Place:
        return Place("reporting", self.shown.ledger.key)

    def regions(self) -> list[QWidget]:
        return [self.tools, self.table, self.side]

    def arrive(self, place: Place) -> None:
        self.shown.come_back()
        known = {ledger.key: ledger for _area, ledgers in self.shown.areas for ledger in ledgers}
        if place.of in known:
            self.shown.ledger = known[place.of]
        if place.state in MODES:
            self.shown.mode = place.state
        if place.record and place.state == "area":
            self._wanted_cell = (place.of, str(place.record))
        self._wanted_month = place.record if place.state == "village" else 0
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reload()

    def _reload_if_seen(self) -> None:
        if self.isVisible():
            self.reload()

    def reload(self) -> None:
        """Read the matrix of the ledger, then those of the year, each in a worker."""
        self._follow_year()
        desk, ledger, year = self.desk, self.shown.ledger.key, self.desk.scope.year
        self.tools.show_choice(self.shown.mode, self._area_title(), self.shown.ledger.title)
        desk.background.run(
            lambda _progress: read_ledger(desk.township, ledger, year), self._show_ledger, key="reporting"
        )
        desk.background.run(
            lambda progress: read_year(desk.township, year, lambda: progress.cancelled),
            self._show_year,
            key="reporting year",
        )

    def _follow_year(self) -> None:
        """Offer what the year that is looked at knows, and show something of it."""
        areas = report_year.monthly_ledgers(self.desk.township, self.desk.scope.year)
        self.shown.areas = areas
        if self.shown.ledger.key not in {ledger.key for _area, ledgers in areas for ledger in ledgers}:
            self.shown.ledger = self._first_ledger(areas)

    def _area_title(self) -> str:
        return self.desk.catalogue.by_area[self.shown.ledger.area].short

    def _show_ledger(self, facts: LedgerFacts) -> None:
        if facts.status.ledger != self.shown.ledger.key:
            return
        self.shown.facts = facts
        if self.shown.mode == "village":
            self._show_grid()

    def _show_year(self, facts: YearFacts) -> None:
        self.shown.year_facts = facts
        if self.shown.mode != "village":
            self._show_grid()

    def _show_grid(self) -> None:
        villages = self.desk.scope.villages
        if self.shown.mode == "village":
            if self.shown.facts is None:
                return
            grid = grids.village_grid(
                self.shown.facts.status, self.shown.ledger, self.shown.facts.wanted, villages
            )
        else:
            if self.shown.year_facts is None:
                return
            make = grids.area_grid if self.shown.mode == "area" else grids.village_area_grid
            grid = make(self.shown.areas, self.shown.year_facts.statuses, villages)
        self.table.show_grid(grid)
        self.table.setAccessibleName(f"报送情况：{self.shown.ledger.title}，{MODES[self.shown.mode]}")
        self.totals.tell()
        if self._wanted_month or (
            not self.table.go_to(*self._wanted_cell) and self.table.place() == ("", "")
        ):
            self._choose_first(self._wanted_month)
        self._wanted_cell, self._wanted_month = ("", ""), 0
        self._tell_cell()
        self.heading_changed.emit()

    def _choose_first(self, month: int = 0) -> None:
        """Begin where somebody is missing, in this month or the latest such; else in the last month that is due."""
        grid = self.table.matrix.grid
        months = list(range(len(grid.columns) - 1, -1, -1))
        for place in [n for n in months if grid.columns[n][0] == str(month)] or months:
            for row in grid.rows:
                if row.cells[place].kind == grids.MISSING:
                    self.table.go_to(row.key, grid.columns[place][0])
                    return
        if grid.rows:
            due = [
                n for n, cell in enumerate(grid.rows[0].cells) if cell.kind not in (grids.NOT_DUE, grids.NONE)
            ]
            self.table.go_to(grid.rows[0].key, grid.columns[due[-1] if due else 0][0])

    def _tell_cell(self) -> None:
        index = self.table.currentIndex()
        cell = self.table.matrix.cell(index)
        chosen = len(self.table.selectedIndexes())
        if cell is not None and self.isVisible():
            title = self.table.matrix.grid.columns[index.column() - 1][1]
            where = (
                f"选中 {chosen} 格"
                if chosen > 1
                else f"{self.table.matrix.row(index).name} · {title} · {cell.told}"
            )
            self.desk.told.emit(f"{where}　{HINT if self.shown.mode == 'village' else '（Enter 打开）'}")
        if self.shown.mode != "village":
            unit = "村（居）" if self.shown.mode == "area" else "月份"
            nobody = "还没有要求按月报送的台账。选一个台账，点“要求…”设定。"
            empty = self.shown.year_facts is not None and not self.shown.year_facts.statuses
            told = (
                nobody
                if empty
                else f"数字为要求按月报送的台账里，未报或迟报的{unit}个数。Enter 打开所在的台账。"
            )
            self.side.show_areas(MODES[self.shown.mode], told)
        elif self.shown.facts is not None:
            self.side.show_month(
                self.shown.facts, self.shown.month(), self.desk.township.today(), self.desk.scope.villages
            )

    def choose_cell(self, row: str, column: str) -> None:
        """Make a cell current."""
        if self.table.go_to(row, column):
            self.table.setFocus()

    def show_mode(self, mode: str) -> None:
        """Show villages × months, areas × months or villages × areas."""
        self.shown.mode = mode
        self.tools.show_choice(mode, self._area_title(), self.shown.ledger.title)
        self._show_grid()

    def show_ledger(self, ledger: Ledger) -> None:
        """Show another ledger's matrix."""
        self.shown.ledger, self.shown.mode = ledger, "village"
        self.reload()

    def open_cell(self, row: str, column: str) -> None:
        """From a matrix of areas to the ledger that lacks most there."""
        area = row if self.shown.mode == "area" else column
        ledgers = next((found for each, found in self.shown.areas if each.key == area), [])
        facts = self.shown.year_facts
        if not ledgers or facts is None:
            return
        wanted = [ledger for ledger in ledgers if ledger.key in facts.statuses] or list(ledgers)
        self._wanted_cell = ("", "") if self.shown.mode == "area" else (row, "1")
        self.show_ledger(max(wanted, key=lambda ledger: facts.missing(ledger.key)))

    def _step(self, by: int) -> None:
        known = [ledger for _area, ledgers in self.shown.areas for ledger in ledgers]
        self.show_ledger(known[(known.index(self.shown.ledger) + by) % len(known)])

    def _remind_all(self) -> None:
        """Remind of everything owed: the ledger shown, or all of them in the matrices of areas."""
        if self.shown.mode == "village":
            self.deeds.remind([self.shown.ledger.key])
        elif self.shown.year_facts is not None:
            self.deeds.remind(list(self.shown.year_facts.statuses))

    def change_requirements(self) -> None:
        """Ask what is wanted of the ledger shown."""
        dialog = Requirements(self, self.desk, self.shown.ledger)
        if dialog.exec():
            self.desk.say(dialog.told)
            self.desk.saved.emit(self.shown.ledger.key)
