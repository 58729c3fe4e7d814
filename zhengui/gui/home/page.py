"""总览: what is to be done today, the warnings, the calendar, what changed lately; or the first day."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from zhengui.gui.desk.actions import Bound, bind_keys, bound
from zhengui.gui.desk.desk import Desk
from zhengui.gui.desk.page import Page
from zhengui.gui.desk.place import Place
from zhengui.gui.desk.tabs import inner_titles
from zhengui.gui.home.calendar_view import CalendarView
from zhengui.gui.home.changes_view import ChangesView
from zhengui.gui.home.facts import HomeFacts, read_home
from zhengui.gui.home.first_day import FirstDay
from zhengui.gui.home.today_view import TodayView
from zhengui.gui.home.warnings_view import WarningsView
from zhengui.gui.kit.sheet_tabs import SheetTabs, TabSheet

WEEKDAYS = "一二三四五六日"
TODAY, WARNINGS, CALENDAR, CHANGES = "today", "warnings", "calendar", "changes"


class HomePage(Page):
    """Follows the period and the villages that are lit up."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._facts: HomeFacts | None = None
        self._waiting: int | None = None
        self._stack = QStackedWidget(self)
        self.first_day = FirstDay(desk, self)
        self._overview = QWidget(self)
        self._stack.addWidget(self._overview)
        self._stack.addWidget(self.first_day)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)
        self.tabs = SheetTabs(self, "总览的几个方面")
        self.tabs.chosen.connect(self.choose)
        self.today = TodayView(desk, self)
        self.warnings = WarningsView(desk, self)
        self.warnings.counted.connect(self._count_warnings)
        self.changes = ChangesView(desk, self)
        self.calendar = CalendarView(desk, self)
        self._views = QStackedWidget(self)
        self._by_key = {
            TODAY: self.today,
            WARNINGS: self.warnings,
            CALENDAR: self.calendar,
            CHANGES: self.changes,
        }
        for view in self._by_key.values():
            self._views.addWidget(view)
        column = QVBoxLayout(self._overview)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(self._views, 1)
        self.tabs.current = TODAY
        self._show_tabs()
        desk.scope.changed.connect(self._reload_if_seen)
        desk.saved.connect(lambda _ledger: self._reload_if_seen())
        bind_keys(self, self.offered())

    @property
    def tasks(self) -> QWidget:
        """The list of what is to be done."""
        return self.today.tasks

    def _show_tabs(self) -> None:
        counts = {WARNINGS: self._waiting}
        inner = [TabSheet(key, title, counts.get(key)) for key, title in inner_titles("home").items()]
        self.tabs.show_sheets([TabSheet(TODAY, "今天"), *inner])

    def _count_warnings(self, count: int) -> None:
        self._waiting = count
        self._show_tabs()

    def choose(self, key: str) -> None:
        """Show a view."""
        self.tabs.choose(key)
        self._views.setCurrentWidget(self._by_key[key])

    @property
    def chosen(self) -> str:
        """The key of the view in front."""
        return next(key for key, view in self._by_key.items() if view is self._views.currentWidget())

    def heading(self) -> tuple[str, str]:
        today = self.desk.township.today()
        title = f"{today.month}月{today.day}日 星期{WEEKDAYS[today.weekday()]}"
        if self._facts is not None and not self._facts.begun:
            return title, "从这里开始"
        scope = self.desk.scope
        where = scope.village_words() if scope.villages else self.desk.words("全镇")
        return title, f"{scope.period.title} · {where}"

    def regions(self) -> list[QWidget]:
        if self._is_first_day:
            return [self.first_day]
        first: dict[str, QWidget] = {
            TODAY: self.today.tasks.list,
            WARNINGS: self.warnings.list,
            CALENDAR: self.calendar.grid,
            CHANGES: self.changes.table,
        }
        return [self.tabs, first[self.chosen], self._overview]

    def offered(self) -> list[Bound]:
        return [
            bound("weekly", self.today.print_reminder),
            bound("previous_ledger", lambda: self.choose(self.tabs.neighbour(-1))),
            bound("next_ledger", lambda: self.choose(self.tabs.neighbour(1))),
        ]

    def where(self) -> Place:
        return Place("home", "" if self.chosen == TODAY else self.chosen)

    def arrive(self, place: Place) -> None:
        self.choose(place.of if place.of in self._by_key else TODAY)
        if place.of == WARNINGS and place.state:
            self.warnings.want(place.state)
        self._focus()
        self._reload()

    @property
    def _is_first_day(self) -> bool:
        return self._stack.currentWidget() is self.first_day

    def _focus(self) -> None:
        """On the first day to what is to be done next, not to the demo beside it; else to the list in front."""
        first = self.first_day.next if self._is_first_day else self.regions()[1]
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _reload_if_seen(self) -> None:
        if self.isVisible():
            self._reload()

    def _reload(self) -> None:
        township, scope = self.desk.township, self.desk.scope
        period, villages = scope.period, scope.villages
        self.desk.background.run(
            lambda _progress: read_home(township, period, villages), self._show, key=f"home{id(self)}"
        )

    def _show(self, facts: HomeFacts) -> None:
        self._facts = facts
        self._stack.setCurrentIndex(0 if facts.begun else 1)
        self.scoped = facts.begun
        if facts.begun:
            self.today.show_facts(facts)
            self.warnings.reload()
            if self.chosen == CHANGES:
                self.changes.reload()
            if self.chosen == CALENDAR:
                self.calendar.reload()
        else:
            self.first_day.show_facts(facts)
            focused = QApplication.focusWidget()
            if self.isVisible() and (focused is None or self.isAncestorOf(focused)):
                self._focus()
        self.heading_changed.emit()
