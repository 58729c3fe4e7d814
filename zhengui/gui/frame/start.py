"""Start the window: paint first, then open the township behind the first frame."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from zhengui.gui.desk import tabs as rail_tabs
from zhengui.gui.frame.garbage import Garbage
from zhengui.gui.frame.main_window import MainWindow
from zhengui.gui.kit import memory, style
from zhengui.gui.kit.background import Background
from zhengui.gui.kit.patience import wait_in_window
from zhengui.paths import resource
from zhengui.problem import Problem

if TYPE_CHECKING:
    from zhengui.catalogue.model import Catalogue
    from zhengui.gui.desk.desk import Desk
    from zhengui.gui.frame.guard import Guard
    from zhengui.gui.frame.opening import FrameNames
    from zhengui.gui.frame.rescue import Rescue
    from zhengui.gui.kit.background import Task
    from zhengui.services.township.township import Township
    from zhengui.services.whole.found_office import NewOffice


#: A window that starts hidden is never painted; its township opens after so many milliseconds all the same.
HIDDEN = 1500


class Session:
    """One run of the window: which township is open, and how to open another."""

    def __init__(self, app: QApplication) -> None:
        kept = memory.recall()
        style.put_on(app, kept.large)
        self.app = app
        self.catalogue: Catalogue | None = None
        tabs = rail_tabs.from_text(kept.tabs)
        self.background = Background()
        self.background.troubled.connect(self._trouble)
        self.window = MainWindow(tabs or rail_tabs.groups(self._read_catalogue()))
        self.window.help_asked.connect(self._help)
        self.desk: Desk | None = None
        self._recovery = ""
        self._imports_ahead = False
        if kept.geometry:
            self.window.restoreGeometry(QByteArray.fromHex(kept.geometry.encode()))
        if kept.folded:
            self.window.fold_rail()
        app.aboutToQuit.connect(self.remember)

    @cached_property
    def rescue(self) -> Rescue:
        """What to do with a file that doesn't open; made behind the first frame, as the guard is."""
        from zhengui.gui.frame.rescue import Rescue

        return Rescue(self.window, self.background, self.open, self.ask, self._township)

    @cached_property
    def guard(self) -> Guard:
        """Who sits before the window."""
        from zhengui.gui.frame.guard import Guard

        return Guard(self.window, self.background, self.open, self.ask, self._township)

    def _township(self) -> Township | None:
        return self.desk.township if self.desk is not None else None

    def _read_catalogue(self) -> Catalogue:
        """The catalogue, read once."""
        if self.catalogue is None:
            from zhengui.catalogue.load import load_catalogue

            self.catalogue = load_catalogue()
        return self.catalogue

    def begin(self, path: Path | None) -> None:
        """Open a data file, the last one, or ask on the first start."""
        from zhengui.services.township.township import wait_with

        wait_with(wait_in_window)
        # From now on keys and the mouse tell that somebody is here.
        _ = self.guard
        found = rail_tabs.groups(self._read_catalogue())
        self.window.rail.show_groups(found, rail_tabs.PINNED)
        memory.remember(tabs=rail_tabs.to_text(found))
        last = memory.recall().last
        # The last file is opened even where it isn't there any more: what is missing is told and looked for.
        chosen = path or (Path(last) if last else None)
        if chosen is not None:
            self.open(chosen)
        else:
            self.ask()
        QTimer.singleShot(0, lambda: style.add_rare_characters(self.app))

    def open(self, path: Path) -> None:
        """Open a data file in a worker; the window stays free."""
        if (
            self.desk is not None
            and not self.desk.township.database.closed
            and self.desk.township.path == path
        ):
            return
        if self.rescue.is_answered(path):
            starting = self.desk is None
            task = self._in_background(
                lambda: _open(path, self._read_catalogue(), starting),
                lambda error: self._not_opened(path, error),
            )
            if starting:
                from zhengui.gui.opening.opening_card import OpeningCard

                task.ended.connect(OpeningCard(self.window.stack, path).finish)

    def ask(self) -> None:
        """Ask whose ledgers these are."""
        from zhengui.gui.opening.first_start import FirstStart
        from zhengui.services.township.own_catalogue import areas_of

        dialog = FirstStart(self.window, areas=areas_of(self._read_catalogue()))
        if not dialog.exec() or dialog.choice is None:
            self.window.close()
            return
        choice = dialog.choice
        office = choice.office
        if choice.path is not None:
            self.open(choice.path)
        elif office is not None:
            self._in_background(lambda: self._found(office), self._ask_again)
        else:
            self.open_demo()

    def _found(self, office: NewOffice) -> Township:
        """Make the office's file, behind its first password where it chose one."""
        township = _found(office, self._read_catalogue())
        if not office.password:
            return township
        from zhengui.services.township import people
        from zhengui.services.township.township import open_township

        path = township.path
        self._recovery = people.begin_with_passwords(township, office.operator, office.password)
        return open_township(path, catalogue=self._read_catalogue())

    def _ask_again(self, error: Exception) -> None:
        """Tell what went wrong, and do not leave the person in front of an empty window."""
        self._trouble(error)
        if self.desk is None:
            self.ask()

    def open_demo(self) -> None:
        """Make the demo township, if it is not there yet, and open it."""
        from zhengui.gui.opening.demo_progress import make_demo_with_progress

        make_demo_with_progress(self.window, self.background, self.open)

    def _in_background(self, work: Callable[[], Township], failed: Callable[[Exception], None]) -> Task:
        return self.background.run(lambda _progress: _with_names(work()), self._opened, failed, key="open")

    def _opened(self, found: tuple[Township, FrameNames | None]) -> None:
        from zhengui.gui.frame.opening import desk_for

        township, names = found
        old = self.desk
        self.desk = desk_for(township, self.window, self.background, names)
        self.desk.opened.connect(self._open_other)
        self.desk.restore_asked.connect(self._restore)
        self.desk.broken.connect(self.rescue.broken)
        self.desk.guard_asked.connect(self.guard.asked)
        self.window.attach(self.desk)
        memory.remember(last=str(township.path))
        if township.catalogue.flaws:
            where = partial(self.desk.go, "system", "catalogue")
            told = f"目录里有 {len(township.catalogue.flaws)} 处写得不对，那几条暂时没有显示。"
            self.desk.offer(told, "看看", where)
        if old is not None:
            old.township.close()
        if not self._imports_ahead:
            self.background.afterwards(self._import_ahead)
        self.rescue.tell_findings(township)
        if self._recovery:
            recovery, self._recovery = self._recovery, ""
            self.guard.show_recovery(recovery, township)

    def _import_ahead(self) -> None:
        from zhengui.gui.frame.ahead import Ahead

        self._imports_ahead = True
        Ahead(self.window)

    def _restore(self, backup: Path) -> None:
        if self.desk is not None and (self.window.navigation is None or self.window.navigation.can_close()):
            self.rescue.restore(backup, self.desk.township.path)

    def _open_other(self, path: Path | None) -> None:
        if self.window.navigation is not None and not self.window.navigation.can_close():
            return
        if path is None:
            self.open_demo()
        elif self.desk is not None and self.desk.township.path == path:
            # What the file says of the office has changed, and everything is to be read by it.
            self.background.rest()
            self.desk.township.close()
            self.open(path)
        else:
            self.open(path)

    def _not_opened(self, path: Path, error: Exception) -> None:
        from zhengui.services.problem import Locked

        if isinstance(error, _InFront):
            self.window.close()
        elif isinstance(error, Locked):
            self.guard.log_in(error.path, lambda: self.open(path))
        else:
            self.rescue.not_opened(path, error)

    def _trouble(self, error: Exception) -> None:
        from zhengui.gui.frame.house import House
        from zhengui.gui.kit.trouble import show_trouble
        from zhengui.services.problem import Damaged

        house = self.window.property("house")
        if isinstance(error, Damaged) and isinstance(house, House) and house.tells:
            return
        show_trouble(self.window, error)

    def _help(self, page: str) -> None:
        from zhengui.gui.frame.selftest_dialog import show_selftest
        from zhengui.gui.help.window import show_help

        show_help(self.window, page, show_selftest)

    def remember(self) -> None:
        geometry = bytes(self.window.saveGeometry().toHex().data()).decode()
        memory.remember(
            geometry=geometry, folded=self.window.rail.folded and not self.window.giving_way.gave_way
        )
        self.background.close()
        if self.desk is not None:
            self.desk.township.close()


class _InFront(Exception):
    """The window that has the file open came to the front; this one is of no use."""


def _with_names(township: Township) -> tuple[Township, FrameNames | None]:
    """An open township and what the frame tells of it; None where the file is too broken to tell."""
    from zhengui.gui.frame.opening import read_names

    try:
        return township, read_names(township)
    except Problem:
        # Read once more from the window, which tells what is wrong and the way out of it.
        return township, None


def _open(path: Path, catalogue: Catalogue | None, starting: bool) -> Township:
    """Open a file; a program that is just starting gives way to the window on this computer that has it open."""
    from zhengui.gui.frame.front import bring_to_front
    from zhengui.services.township.township import holder_of, open_township

    # Before anybody is asked for a password: the window that is there has been given one.
    holder = holder_of(path) if starting else None
    if holder is not None and holder.here and bring_to_front(holder.process):
        raise _InFront
    return open_township(path, catalogue=catalogue)


def _found(office: NewOffice, catalogue: Catalogue | None) -> Township:
    from zhengui.gui.frame.opening import free_path
    from zhengui.services.whole.found_office import found_office

    return found_office(free_path(office.name), office, catalogue)


def application(arguments: list[str] | None = None) -> QApplication:
    """The application, made once, speaking Chinese."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    # Asked for here the style costs nothing; `setStyle` would first wrap all of QStyle for Python.
    app = QApplication([*(sys.argv[:1] if arguments is None else arguments), "-style", "Fusion"])
    style.came_with(app)
    app.setApplicationName("政规")
    app.setWindowIcon(QIcon(str(resource("icons/zhengui.ico"))))
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    return app


def start(path: Path | None) -> int:
    """Show the window on a data file, the last one used, or the first-start questions; returns the status."""
    app = application()
    session = Session(app)
    session.window.show()

    def begin() -> None:
        from zhengui.gui.frame.front import Front
        from zhengui.gui.kit.crash import Watch
        from zhengui.gui.kit.trouble import keep_log

        Garbage(session.window)
        Front(session.window)
        keep_log()
        watch = Watch(session.window)
        app.aboutToQuit.connect(watch.stop)
        watch.watch_for_the_end()
        session.begin(path)

    after_first_frame(session.window, begin)
    return app.exec()


def after_first_frame(window: MainWindow, action: Callable[[], None]) -> None:
    """Do something once the window stands on the screen, so that nobody waits for it in front of nothing."""
    soon = QTimer(window)
    soon.setSingleShot(True)
    soon.timeout.connect(action)
    soon.start(HIDDEN)
    # A timer of no time comes too early by itself: some systems ask for the first frame only later.
    window.rail.painted.connect(lambda: soon.start(0) if soon.isActive() else None)
