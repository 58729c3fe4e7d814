"""The main window: rail, context bar, page and status bar, wired together once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from zhengui.gui.desk import tabs as rail_tabs
from zhengui.gui.desk.actions import Bound, bind_keys, bound
from zhengui.gui.desk.page import Page
from zhengui.gui.desk.place import Place
from zhengui.gui.desk.tabs import Group
from zhengui.gui.frame.command_centre import CommandCentre
from zhengui.gui.frame.context_bar import ContextBar
from zhengui.gui.frame.giving_way import GivingWay
from zhengui.gui.frame.rail import Rail
from zhengui.gui.frame.status_bar import StatusBar
from zhengui.gui.frame.ways import Ways

if TYPE_CHECKING:
    from zhengui.gui.desk.desk import Desk
    from zhengui.gui.frame.navigation import Navigation
    from zhengui.gui.frame.search import Search
    from zhengui.gui.kit.toast import Toast

#: Work under way for less than this shows nothing, so that nothing flickers.
PATIENCE = 300
LEAST = (880, 420)  # what the window needs


class MainWindow(QMainWindow):
    """Paints at once from its tabs alone; `attach` brings the township."""

    help_asked = Signal(str)

    def __init__(self, groups: Sequence[Group]) -> None:
        super().__init__()
        self.setWindowTitle("政规")
        # A window of a screen that is scaled up can't be larger than it.
        self.setMinimumSize(*LEAST)
        self.rail = Rail(groups, rail_tabs.PINNED, self)
        self.giving_way = GivingWay(self.rail)
        self.fold_rail = self.giving_way.fold_by_hand
        self.context = ContextBar(self)
        self.stack = QStackedWidget(self)
        self.stack.setObjectName("pages")
        self.status = StatusBar(self)
        self._busy = QProgressBar(self)
        self._busy.setObjectName("thin")
        self._busy.setTextVisible(False)
        self._busy.setRange(0, 0)
        self._lay_out()
        self.navigation: Navigation | None = None
        self.desk: Desk | None = None
        self.toast: Toast | None = None
        self._search: Search | None = None
        self._impatient = QTimer(self)
        self._impatient.setSingleShot(True)
        self._impatient.timeout.connect(self._busy.show)
        self.rail.chosen.connect(lambda page: self.go(Place(page)))
        self.rail.show_current("home")
        self.status.help_asked.connect(self.ask_help)
        self.ways = Ways(self, self.rail, self.context)
        self.ways.asked.connect(self.go)
        self.commands = CommandCentre(self, self.own_actions)
        bind_keys(self, self.own_actions(), whole_window=True)
        self.setFocus()
        self.resize_to_screen()

    def _lay_out(self) -> None:
        whole, right = QWidget(self), QWidget(self)
        whole.setObjectName("app")
        column = QVBoxLayout(right)
        row, rows = QHBoxLayout(), QVBoxLayout(whole)
        for layout in (column, row, rows):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        column.addWidget(self.context)
        column.addWidget(self.stack, 1)
        row.addWidget(self.rail)
        row.addWidget(right, 1)
        rows.addLayout(row, 1)
        rows.addWidget(self.status)
        self.setCentralWidget(whole)
        self._busy.setParent(right)
        self._busy.setGeometry(0, 47, 4000, 2)
        self._busy.hide()

    def resize_to_screen(self) -> None:
        """Fill a screen that has no room for the window and its title bar, leave air on a large one."""
        room = QGuiApplication.primaryScreen().availableGeometry()
        self.resize(min(1440, room.width()), min(900, room.height()))
        if room.width() <= 1440 or room.height() <= 940:
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the window is narrow the rail shows icons alone, until it is unfolded by hand."""
        super().resizeEvent(event)
        self.giving_way.follow(event.size().width())

    def attach(self, desk: Desk) -> None:
        """Open a township in the window."""
        from zhengui.gui.frame.navigation import Navigation
        from zhengui.gui.kit.toast import Toast

        if self.navigation is not None:
            self.navigation.close()
        self.desk = desk
        self.toast = self.toast or Toast(self)
        self.navigation = Navigation(desk, self.stack)
        self.navigation.arrived.connect(self._arrived)
        self.ways.attach(self.navigation)
        self.commands.attach(desk, self.navigation)
        desk.asked_for.connect(self.go)
        desk.back_asked.connect(partial(self.navigation.step, -1))
        desk.said.connect(self.toast.say)
        desk.offered.connect(self.toast.offer)
        desk.told.connect(self.status.tell_selection)
        desk.saved.connect(lambda _ledger: self.status.tell_saved(datetime.now()))
        desk.scope.changed.connect(self._tell_scope)
        desk.background.busy.connect(self._show_busy)
        self.context.attach(desk.scope, desk.township.today)
        self._search = None
        self.go(Place("home"))

    def tell_office(self, name: str, office: str, operator: str, backup: str, year: int) -> None:
        """Show whose ledgers these are."""
        self.setWindowTitle(f"{name} {year}年工作台账 — 政规")
        self.rail.set_name(office)
        self.status.tell_office(operator, backup)

    def go(self, place: Place) -> None:
        """Show a place, unless something unsaved keeps the user where he is."""
        if self.navigation is None or not self.navigation.go(place):
            self._mark_tab()

    def _arrived(self, place: Place, page: Page) -> None:
        if not page.property("heard"):
            page.setProperty("heard", True)
            page.heading_changed.connect(lambda: self._show_heading(page))
        self.status.tell_selection("")
        self._mark_tab()
        self._show_heading(page)

    def _mark_tab(self) -> None:
        place = self.navigation.place if self.navigation else None
        page = self.navigation.current if self.navigation else None
        # A figure has no tab of its own: the tab of its area stays marked.
        self.rail.show_current(str(page.property("tab") or place.page) if place and page else "home")

    def _show_heading(self, page: Page) -> None:
        if self.navigation is not None and page is self.navigation.current:
            self.context.set_heading(*page.heading())
            self.context.show_choosers(page.scoped)
            self._mark_tab()

    def _tell_scope(self) -> None:
        if self.desk is not None:
            self.status.tell_scope(self.desk.scope.status_words())

    def _show_busy(self, busy: bool) -> None:
        if busy:
            self._impatient.start(PATIENCE)
        else:
            self._impatient.stop()
            self._busy.hide()

    def own_actions(self) -> list[Bound]:
        """What can be done wherever one is."""
        own = (("help", self.ask_help), ("search", self.start_search), ("fold", self.fold_rail))
        return [*self.commands.actions(), *(bound(id, deed) for id, deed in own), *self.ways.actions()]

    def start_search(self) -> None:
        """Put the keyboard into the search over everything."""
        if self.desk is not None and self._search is None:
            from zhengui.gui.frame.search import Search

            self._search = Search(self, self.context.search, self.desk)
        self.context.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.context.search.selectAll()

    def ask_help(self) -> None:
        """Ask for help about the page in front."""
        place = self.navigation.place if self.navigation else None
        self.help_asked.emit(place.page if place else "home")

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.navigation is not None and not self.navigation.can_close():
            event.ignore()
            return
        if self.desk is not None:
            self.desk.background.close()
        event.accept()
