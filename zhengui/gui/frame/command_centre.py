"""What the window does with actions and steps: search among them, take back and do again, keep favourites."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from zhengui.gui.desk.actions import Bound, bound
from zhengui.gui.desk.place import Place
from zhengui.gui.kit import icons
from zhengui.gui.kit.menu import Menu

if TYPE_CHECKING:
    from zhengui.gui.desk.desk import Desk
    from zhengui.gui.frame.commands import CommandPanel
    from zhengui.gui.frame.navigation import Navigation
    from zhengui.gui.frame.tour import Tour
    from zhengui.gui.frame.visited import Visited
    from zhengui.services.entry.drafts import Draft

#: So many steps are listed each way.
LISTED = 30
RECENT_ASKED, RECENT_NONE = "打开哪一份文稿、哪一个文件？可用拼音首字母", "还没有文稿，也还没有保存过文件"


class CommandCentre(QObject):
    """Works on the township that is open."""

    def __init__(self, window: QWidget, offered: Callable[[], list[Bound]]) -> None:
        super().__init__(window)
        self._window, self._offered = window, offered
        self._desk: Desk | None = None
        self._navigation: Navigation | None = None
        self._panel: CommandPanel | None = None
        self.visited: Visited | None = None
        self.tour: Tour | None = None
        self._demo = False

    def attach(self, desk: Desk, navigation: Navigation) -> None:
        """Work on a township that was opened."""
        from zhengui.gui.frame.visited import Visited
        from zhengui.gui.kit.trouble import show_trouble
        from zhengui.services.entry import drafts
        from zhengui.services.township.township import WORKING_DAY

        self._desk, self._navigation = desk, navigation
        if self.tour is not None:
            self.tour.finish()
        self.visited = Visited(desk)
        navigation.arrived.connect(self._arrived)
        desk.steps.refused.connect(partial(show_trouble, self._window))
        township = desk.township
        self._demo = False
        desk.background.run(
            lambda _progress: (drafts.left(township), bool(township.setting(WORKING_DAY))),
            self._greet,
            key="drafts left",
        )

    def _greet(self, found: tuple[list[Draft], bool]) -> None:
        """Tell what was left, else what a demo has to show."""
        left, self._demo = found
        if self._demo and not left and self._desk is not None:
            self._desk.offer("这是演示镇，可以随意改动", "跟着做一遍", self.begin_tour)
        self._tell_drafts(left)

    def _tell_drafts(self, left: list[Draft]) -> None:
        """Say at once, after a crash or a hurried close, that something typed is still there."""
        if not left or self._desk is None:
            return
        desk, newest = self._desk, left[0]
        ledger = desk.catalogue.ledgers.get(newest.ledger)
        if ledger is None:
            return
        more = f"，一共 {len(left)} 份" if len(left) > 1 else ""
        words = f"{newest.at.month}月{newest.at.day}日 {newest.at:%H:%M} 有一份没写完的{ledger.noun}{more}"
        desk.offer(words, "接着写", lambda: self.go_on_with(newest))

    def go_on_with(self, draft: Draft) -> None:
        """Open the record, or the new one, that a draft is of, with what was typed and the keyboard in it."""
        if self._desk is None or self._navigation is None:
            return
        self._desk.go_to_ledger(draft.ledger, draft.record or 0)
        page = self._navigation.current
        if page is not None:
            page.go_on_typing(draft.ledger, draft.record)

    def _arrived(self, place: Place, page: object) -> None:
        if self.visited is not None:
            self.visited.note(place)

    def actions(self) -> list[Bound]:
        """Undo and its kin, the search over actions, favourites."""
        return [
            bound("undo", self.undo, when=lambda: bool(self._desk and self._desk.steps.done)),
            bound("redo", self.redo, when=lambda: bool(self._desk and self._desk.steps.undone)),
            bound("steps", self.open_steps),
            bound("commands", self.open),
            bound("recent", self.open_recent),
            bound("favourite", self.toggle_favourite),
            bound("tour", self.begin_tour, when=self._in_demo),
        ]

    def _in_demo(self) -> bool:
        return self._demo

    def begin_tour(self) -> None:
        """Begin the tour of the demo, or bring the one that was begun to the front."""
        from zhengui.gui.frame.tour import Tour

        if self._desk is None or self._navigation is None:
            return
        if self.tour is None:
            self.tour = Tour(self._window, self._desk, self._navigation)
            self.tour.ended.connect(self._tour_ended)
        self.tour.raise_()

    def _tour_ended(self) -> None:
        self.tour = None

    def undo(self) -> None:
        """Take back what was done last, if it can be."""
        if self._desk is not None:
            self._desk.steps.undo()

    def redo(self) -> None:
        """Do again what was taken back last."""
        if self._desk is not None:
            self._desk.steps.redo()

    def open(self) -> None:
        """Search among all that can be done and all places."""
        from zhengui.gui.frame.commands import CommandPanel, choices
        from zhengui.gui.frame.recent import recent_choices

        if self._desk is None or self._navigation is None or self.visited is None:
            return
        page = self._navigation.current
        offered = [*(page.offered() if page is not None else []), *self._offered()]
        papers = recent_choices(self._desk, self.visited.files)
        self._panel = self._panel or CommandPanel(self._window)
        self._panel.open([*choices(self._desk, offered, self.visited), *papers])

    def open_recent(self) -> None:
        """Search among the documents and files that were worked on last."""
        from zhengui.gui.frame.commands import CommandPanel
        from zhengui.gui.frame.recent import recent_choices

        if self._desk is None or self.visited is None:
            return
        self._panel = self._panel or CommandPanel(self._window)
        self._panel.open(recent_choices(self._desk, self.visited.files), RECENT_ASKED, RECENT_NONE)

    def toggle_favourite(self) -> None:
        """Keep the place in front as a favourite, or no longer."""
        page = self._navigation.current if self._navigation is not None else None
        place = (page.where() if page is not None else None) or (
            self._navigation.place if self._navigation is not None else None
        )
        if self._desk is None or self.visited is None or place is None:
            return
        kept = self.visited.toggle(place)
        verb = "已收藏，按 Ctrl+Shift+P 就在最前面" if kept else "不再收藏"
        self._desk.say(f"{verb}：{self.visited.title(place)}")

    def steps_menu(self) -> QMenu:
        """The steps that can be done again, then those that can be taken back, the latest nearest to the middle."""
        menu = Menu(self._window)
        steps = self._desk.steps if self._desk is not None else None
        if steps is None or not (steps.done or steps.undone):
            menu.addAction("还没有可以撤销的步骤").setEnabled(False)
            return menu
        again = list(enumerate(reversed(steps.undone[-LISTED:]), start=1))
        for number, done in reversed(again):
            words = f"重做　{done.at:%H:%M}　{done.words}"
            menu.addAction(icons.icon("arrow_sync"), words, partial(_several, self.redo, number))
        menu.addSeparator()
        for number, done in enumerate(reversed(steps.done[-LISTED:]), start=1):
            words = f"撤销　{done.at:%H:%M}　{done.words}"
            menu.addAction(icons.icon("arrow_undo"), words, partial(_several, self.undo, number))
        return menu

    def open_steps(self) -> None:
        """Show the list of steps; choosing one goes back, or on, as far as it."""
        menu, window = self.steps_menu(), self._window
        left = (window.width() - menu.sizeHint().width()) // 2
        menu.exec(window.mapToGlobal(QPoint(max(0, left), 60)))


def _several(deed: Callable[[], None], times: int) -> None:
    for _time in range(times):
        deed()
