"""A work area: its figures on top, its ledgers as sheet tabs, the chosen one as a table, the form at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from zhengui.catalogue.model import Area, Ledger
from zhengui.gui.area.figure_strip import FigureStrip, StripFigure
from zhengui.gui.area.figures import read_figures
from zhengui.gui.desk.actions import Bound, bind_keys, bound
from zhengui.gui.desk.desk import Desk
from zhengui.gui.desk.page import Page
from zhengui.gui.desk.place import Place, area_page
from zhengui.gui.form.form_panel import FormPanel
from zhengui.gui.kit.sheet_tabs import SheetTabs, TabSheet
from zhengui.gui.kit.style import size
from zhengui.gui.ledger.view import LedgerView
from zhengui.values.value import Value


class AreaPage(Page):
    """The registers use the same page without the strip."""

    def __init__(self, desk: Desk, area: Area, with_figures: bool = True) -> None:
        super().__init__(desk)
        self.area = area
        self._ledgers = {ledger.key: ledger for ledger in area.ledgers}
        self._with_figures = with_figures
        self._figures = [i for i in area.indicators if i.strip] if with_figures else []
        self._counts: dict[str, int] = {}
        self._late: dict[str, int] = {}
        self.strip = FigureStrip(self)
        self.strip.setVisible(bool(self._figures))
        self.tabs = SheetTabs(self)
        self.view = LedgerView(desk, self)
        self.form: FormPanel | None = None
        self._left = QVBoxLayout()
        self._left.setSpacing(0)
        self._left.addWidget(self.strip)
        self._left.addWidget(self.tabs)
        self._left.addWidget(self.view, 1)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addLayout(self._left, 1)
        self._connect()

    def _connect(self) -> None:
        self.strip.chosen.connect(lambda key: self.desk.go("figure", key))
        self.tabs.chosen.connect(self._choose)
        self.view.open_asked.connect(self.open_record)
        self.view.new_asked.connect(self.open_new)
        self.desk.scope.changed.connect(self._follow_year)
        self.desk.saved.connect(lambda _ledger: self.refresh())
        bind_keys(self, self._turns())
        self._show_tabs()

    def _follow_year(self) -> None:
        """Show the ledgers, fields and figures that the year knows."""
        area = self.desk.catalogue.by_area[self.area.key]
        if area is not self.area:
            self.area = area
            self._ledgers = {ledger.key: ledger for ledger in area.ledgers}
            self._figures = [i for i in area.indicators if i.strip] if self._with_figures else []
            self._show_tabs()
            shown = self.view.ledger
            now = self._ledgers.get(shown.key) if shown else None
            if now is None:
                now = next(iter(self._ledgers.values()), None)
            if now is not None and now is not shown and self.can_leave():
                self._close_form()
                self._show_ledger(now)
        self.refresh()

    def _turns(self) -> list[Bound]:
        return [
            bound("previous_ledger", lambda: self._choose(self.tabs.neighbour(-1))),
            bound("next_ledger", lambda: self._choose(self.tabs.neighbour(1))),
        ]

    def offered(self) -> list[Bound]:
        return [*self.view.offered(), *self._turns()]

    def heading(self) -> tuple[str, str]:
        period = self.desk.scope.period.title if self._figures else ""
        return self.area.title, " · ".join(part for part in (self.area.department, period) if part)

    def where(self) -> Place:
        ledger = self.view.ledger
        return Place(self._page_key(), ledger.key if ledger else "")

    def _page_key(self) -> str:
        return area_page(self.area.key)

    def regions(self) -> list[QWidget]:
        found: list[QWidget] = [self.strip, self.tabs, self.view.tools, self.view.table]
        return [*found, self.form] if self.form is not None else found

    def can_leave(self) -> bool:
        return self.form is None or not self.form.isVisible() or self.form.can_leave()

    def arrive(self, place: Place) -> None:
        ledger = self._ledgers.get(place.of) or self.view.ledger or next(iter(self._ledgers.values()), None)
        if ledger is None:
            return
        self._show_ledger(ledger, place.state, place.record)
        if place.begin is not None:
            self.open_new(ledger.key, dict(place.begin))
        elif place.record:
            self.open_record(ledger.key, place.record)
        else:
            self.view.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.refresh()

    def _choose(self, key: str) -> None:
        if key in self._ledgers and self.can_leave():
            self._close_form()
            self._show_ledger(self._ledgers[key])

    def _show_ledger(self, ledger: Ledger, state: str = "", record: int = 0) -> None:
        self.tabs.choose(ledger.key)
        self.view.show_ledger(ledger, state, record)
        self.heading_changed.emit()

    def refresh(self) -> None:
        """Count and compute anew what stands over the table."""
        if not self.isVisible() and self.view.ledger is None:
            return
        desk, scope = self.desk, self.desk.scope
        keys, indicators = list(self._ledgers), list(self._figures)
        period, villages, compared = scope.period, scope.villages, scope.compared_period()
        self.heading_changed.emit()

        desk.background.run(
            lambda _progress: read_figures(desk.township, keys, indicators, period, villages, compared),
            self._show_counts,
            key=f"area{id(self)}",
        )

    def _show_counts(self, found: tuple[dict[str, int], dict[str, int], list[StripFigure]]) -> None:
        self._counts, self._late, figures = found
        self._show_tabs()
        self.strip.show_figures(figures)

    def _show_tabs(self) -> None:
        sheets = [
            TabSheet(key, ledger.title, self._counts.get(key), self._late.get(key, 0))
            for key, ledger in self._ledgers.items()
        ]
        self.tabs.show_sheets(sheets)

    def _panel(self) -> FormPanel:
        """The form's panel, made when it is first needed."""
        if self.form is None:
            self.form = FormPanel(self.desk.township, self)
            self.form.setFixedWidth(size("form_panel"))
            self.form.note_steps(self.desk.note)
            self.form.note_loop(self.view.deeds.loop.tell)
            self.desk.saved.connect(self.form.follow)
            self.form.saved.connect(self._saved)
            self.form.deleted.connect(self._deleted)
            self.form.closed.connect(self._close_form)
            self.form.figure_requested.connect(lambda key: self.desk.go("figure", key))
            self.form.document_requested.connect(lambda document: self.desk.go("report", record=document))
            self.form.about_requested.connect(lambda of, record: self.desk.go("about", of, record))
            self.form.previous_requested.connect(lambda: self._step(-1))
            self.form.next_requested.connect(lambda: self._step(1))
            self._row.addWidget(self.form)
        self.form.set_period(self.desk.scope.period)
        self.form.show()
        return self.form

    def open_record(self, ledger_key: str, record: int) -> None:
        """Show a record in the form."""
        self._panel().open_record(ledger_key, record)

    def open_new(self, ledger_key: str, values: dict[str, Value] | None) -> None:
        """Begin a new record in the form."""
        self._panel().open_new(ledger_key, values)

    def go_on_typing(self, ledger_key: str, record: int | None) -> None:
        if record is None:
            self.open_new(ledger_key, None)
        self._panel().take_draft()

    def _saved(self, ledger_key: str, record: int) -> None:
        self.view.keep_in_view(record)
        self.desk.saved.emit(ledger_key)

    def _deleted(self, ledger_key: str, _record: int) -> None:
        self._close_form()
        self.desk.saved.emit(ledger_key)

    def _step(self, by: int) -> None:
        if self.form is None or self.view.ledger is None or not self.form.can_leave():
            return
        record = self.view.step(by)
        if record:
            self.form.open_record(self.view.ledger.key, record)

    def _close_form(self) -> None:
        if self.form is not None:
            self.form.hide()
        self.view.table.setFocus()
