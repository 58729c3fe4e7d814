"""What happens when a township opens in the window: its scope, its villages, its names, its badges."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QTimer

from zhengui.gui.desk import tabs
from zhengui.gui.desk.desk import Desk
from zhengui.gui.desk.place import area_page
from zhengui.gui.desk.scope import ChosenScope
from zhengui.gui.frame.house import House
from zhengui.gui.frame.main_window import MainWindow
from zhengui.gui.kit.background import Background
from zhengui.paths import user_folder
from zhengui.services.township.reading import Profile
from zhengui.services.township.township import Township
from zhengui.services.township.working_year import working_year

#: Badges are counted anew this long after the last change.
REST = 400


def free_path(name: str) -> Path:
    """Where a new township's file goes: the user's folder, under the township's name."""
    plain = "".join(c for c in name if c not in '<>:"/\\|?*').strip(" .") or "台账"
    path = user_folder() / f"{plain}.zgdb"
    number = 2
    while path.exists():
        path = user_folder() / f"{plain}{number}.zgdb"
        number += 1
    return path


def desk_for(
    township: Township, window: MainWindow, background: Background, names: FrameNames | None = None
) -> Desk:
    """The desk of a township just opened, with everything that keeps itself up to date.

    `names` as read when it was opened; without them they are read in a worker.
    """
    scope = ChosenScope(working_year(township))
    scope.speech = township.speech
    desk = Desk(township, scope, background)
    refresh = Refresh(desk, window)
    show_tabs(desk, window)
    scope.changed.connect(lambda: show_tabs(desk, window))
    scope.changed.connect(refresh.follow_year)
    desk.saved.connect(refresh.soon)
    window.setProperty("refresh", refresh)
    if names is not None:
        refresh.show(names)
        # Whose ledgers are open is seen before their first page is there, each word in its new place.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        window.repaint()
    else:
        refresh.names()
    # What the file before this one still waited for would look at a closed file.
    background.forget_afterwards()
    background.afterwards(refresh.now)
    before = window.property("house")
    if isinstance(before, House):
        before.rest()
    house = House(township, background, desk.broken.emit, refresh.soon, desk)
    window.setProperty("house", house)
    # The first page is what somebody waits for; to check the file and to back it up beside it would slow it down.
    background.afterwards(house.begin)
    return desk


def show_tabs(desk: Desk, window: MainWindow) -> None:
    """The tabs of the rail as the year that is looked at knows its areas."""
    found = tabs.groups(desk.catalogue)
    if found == window.rail.groups:
        return
    window.rail.show_groups(found, tabs.PINNED)
    refresh = window.property("refresh")
    if isinstance(refresh, Refresh):
        refresh.soon()
    if window.navigation is not None and window.navigation.place is not None:
        window.rail.show_current(window.navigation.place.page)


@dataclass(frozen=True, slots=True)
class FrameNames:
    """What the window's frame tells of an open township."""

    villages: dict[int, str]
    profile: Profile
    backup: str


def read_names(township: Township) -> FrameNames:
    """Whose ledgers these are and which villages there are."""
    from zhengui.services.township import overview

    villages = {village.id: village.name for village in overview.villages(township)}
    return FrameNames(villages, township.profile(), overview.backup_words(township))


class Refresh:
    """Counts badges and reads names anew after something was saved."""

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        self._desk, self._window = desk, window
        self._year = desk.scope.year
        self._timer = QTimer(window)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST)
        self._timer.timeout.connect(self.now)

    def soon(self, _ledger: str = "") -> None:
        """Count when saving has come to rest."""
        self._timer.start()

    def follow_year(self) -> None:
        """The window's title and the marks of the rail are those of the year that is looked at."""
        if self._desk.scope.year != self._year:
            self.soon()

    def now(self) -> None:
        """Read the names and count, in a worker."""
        self._year = self._desk.scope.year
        self.names()
        self._desk.background.run(lambda _progress: self._count(), self._mark, key="badges")

    def names(self) -> None:
        """Read whose ledgers these are and which villages there are, in a worker."""
        township = self._desk.township
        self._desk.background.run(lambda _progress: read_names(township), self.show, key="names")

    def show(self, names: FrameNames) -> None:
        """Tell whose ledgers these are, in the title, the rail and the status bar."""
        self._desk.scope.set_all_villages(names.villages)
        self._window.context.refresh()
        operator = self._desk.township.operator
        self._window.tell_office(
            names.profile.name, names.profile.office, operator, names.backup, self._desk.scope.year
        )

    def _count(self) -> dict[str, int]:
        from zhengui.services.returns import report_year
        from zhengui.services.township import overview

        township, year = self._desk.township, self._desk.scope.year
        overdue = overview.overdue_by_area(township, year)
        badges = {area_page(area): count for area, count in overdue.items()}
        badges["worklist"] = sum(overdue.values())
        return {**badges, "reporting": report_year.missing_count(township, year)}

    def _mark(self, badges: dict[str, int]) -> None:
        self._window.rail.set_badges(badges)
