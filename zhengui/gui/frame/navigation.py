"""Going from place to place: pages made on first visit, back and on, and asking before leaving."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget

from zhengui.gui.desk.desk import Desk
from zhengui.gui.desk.page import Page
from zhengui.gui.desk.place import Place
from zhengui.gui.frame import pages
from zhengui.gui.frame.regions import enter

REMEMBERED = 100
#: Milliseconds in which a page is painted empty, and a key or click heard, before it is filled.
_A_FRAME = 30


class Navigation(QObject):
    """Keeps the pages of one open township and the way through them."""

    arrived = Signal(object, object)  # the Place and its Page

    def __init__(self, desk: Desk, stack: QStackedWidget) -> None:
        super().__init__(stack)
        self._desk, self._stack = desk, stack
        self._pages: dict[str, Page] = {}
        self._way: list[Place] = []
        self._at = -1

    @property
    def current(self) -> Page | None:
        """The page that is shown."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, Page) else None

    @property
    def place(self) -> Place | None:
        """Where one is."""
        return self._way[self._at] if self._at >= 0 else None

    def go(self, place: Place) -> bool:
        """Show a place and remember the way; False where the page in front would rather stay."""
        if not self._may_leave():
            return False
        self._note_where()
        if self._at < 0 or self._way[self._at] != place:
            del self._way[self._at + 1 :]
            self._way.append(place)
            del self._way[:-REMEMBERED]
            self._at = len(self._way) - 1
        self._show(place)
        return True

    def step(self, by: int) -> None:
        """Go back (-1) or on (1) the way one came."""
        target = self._at + by
        if 0 <= target < len(self._way) and self._may_leave():
            self._note_where()
            self._at = target
            self._show(self._way[target])

    def can_close(self) -> bool:
        """Whether no page has anything to lose; asks where one has."""
        return all(page.can_leave() for page in self._pages.values())

    def close(self) -> None:
        """Drop all pages, for another township."""
        for page in self._pages.values():
            self._stack.removeWidget(page)
            page.deleteLater()
        self._pages.clear()
        self._way.clear()
        self._at = -1

    def _may_leave(self) -> bool:
        page = self.current
        return page is None or page.can_leave()

    def _note_where(self) -> None:
        page = self.current
        known = page.where() if page is not None else None
        if known is not None and self._at >= 0 and self._way[self._at].page == known.page:
            self._way[self._at] = known

    def _show(self, place: Place) -> None:
        page = self._pages.get(place.page)
        made = page is None
        if page is None:
            page = pages.make(place.page, self._desk)
            self._pages[place.page] = page
            self._stack.addWidget(page)
        page.before = self._way[self._at - 1] if self._at > 0 else None
        # Seen before it is filled, for until then nobody knows how wide its parts are.
        self._stack.setCurrentWidget(page)
        if made and page.fills_later:
            QTimer.singleShot(_A_FRAME, page, partial(self._fill, page, place))
        else:
            page.arrive(place)
        self._give_keyboard(page)
        self.arrived.emit(place, page)

    def _fill(self, page: Page, place: Place) -> None:
        """Arrive at a page that was painted empty, unless one has gone on since; then it is filled on coming back."""
        if self.current is page and self.place == place:
            page.arrive(place)
            self._give_keyboard(page)

    @staticmethod
    def _give_keyboard(page: Page) -> None:
        """To the page one came to, where it did not take it by itself: nobody goes somewhere to stay in the rail."""
        focused = QApplication.focusWidget()
        if focused is None or not page.isAncestorOf(focused):
            for region in page.regions()[:1]:
                enter(region)
