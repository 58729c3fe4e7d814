"""Use the window at random for a while, and see that widgets and memory do not grow.

What was seen in the first minutes is the measure: by then every page and library is there.
"""

from __future__ import annotations

import gc
import os
import random
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QToolButton, QWidget

from zhengui.figures import period

if TYPE_CHECKING:
    from zhengui.gui.desk.desk import Desk
    from zhengui.gui.frame.main_window import MainWindow
    from zhengui.gui.kit.background import Background

#: What may be more at the end than after the first minutes.
GROWTH = 1.05
FIRST_MINUTES = 5
#: What leads out of the window, to another file, or to a program that is not ours.
_NOT_PRESSED = (
    "打开",
    "退出",
    "关闭",
    "演示",
    "密码",
    "锁定",
    "换人",
    "恢复",
    "另建",
    "打印",
    "备份",
    "帮助",
    "自检",
)
_PANELS = ("words", "parameters", "earlier", "holidays", "catalogue", "data", "bin", "people", "check")


@dataclass(frozen=True, slots=True)
class Seen:
    """Seconds since the beginning, actions so far, widgets, memory in MB."""

    seconds: float
    actions: int
    widgets: int
    memory: float


class Hand:
    """Somebody who does now this and now that."""

    def __init__(self, window: MainWindow, desk: Desk, background: Background, seed: int = 1) -> None:
        self._window, self._desk, self._background = window, desk, background
        self._chance = random.Random(seed)
        self._ways: tuple[Callable[[], None], ...] = (
            *((self._page,) * 4),
            *((self._ledger,) * 4),
            self._figure,
            self._panel,
            self._type,
            self._period,
            *((self._press,) * 3),
        )
        self.actions = 0
        # What asks a question is answered by leaving it.
        self._timer = QTimer()
        self._timer.timeout.connect(_leave)
        self._timer.start(60)

    def act(self) -> None:
        """Do one thing and let it come to rest."""
        self._chance.choice(self._ways)()
        self.actions += 1
        self.rest()

    def everywhere(self) -> None:
        """Each page and panel once, each ledger with a record in its form, and a figure.

        A form is made when the first record of its ledger is opened, and kept: what is there after this round grows
        only by what nobody lets go.
        """
        for page in self._window.rail.order:
            self._desk.go(page)
            self.rest()
        for panel in _PANELS:
            self._desk.go("system", panel)
            self.rest()
        for key in self._desk.catalogue.ledgers:
            self._desk.go_to_ledger(key, 1)
            self.rest()
        self._desk.go("figure", next(iter(self._desk.catalogue.indicators)))
        self.rest()

    def rest(self) -> None:
        """Until nothing is under way."""
        app = QApplication.instance()
        assert app is not None
        until = time.monotonic() + 20
        quiet = 0
        while quiet < 3 and time.monotonic() < until:
            app.processEvents()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            quiet = quiet + 1 if self._background.resting else 0
            time.sleep(0.002)

    def again(self, seed: int = 1) -> None:
        """The same list of actions from its beginning, on the first page."""
        self._chance = random.Random(seed)
        self._desk.go("home")
        self.rest()

    def stop(self) -> None:
        """Nothing is answered any more."""
        self._timer.stop()

    def _page(self) -> None:
        self._desk.go(self._chance.choice(list(self._window.rail.order)))

    def _ledger(self) -> None:
        key = self._chance.choice(list(self._desk.catalogue.ledgers))
        self._desk.go_to_ledger(key, self._chance.choice((0, 1, 2, 3, self._chance.randrange(1, 60))))

    def _figure(self) -> None:
        self._desk.go("figure", self._chance.choice(list(self._desk.catalogue.indicators)))

    def _panel(self) -> None:
        self._desk.go("system", self._chance.choice(_PANELS))

    def _type(self) -> None:
        fields = [each for each in self._on_page(QLineEdit) if each.isEnabled() and not each.isReadOnly()]
        if fields:
            field = self._chance.choice(fields)
            before = field.text()
            field.setText(self._chance.choice(("白", "青石", "2021", "")))
            self.rest()
            field.setText(before)

    def _period(self) -> None:
        year = self._desk.scope.year
        chosen = (period.year(year), period.half(year, 1), period.quarter(year, 3), period.month(year, 5))
        self._desk.scope.set_period(self._chance.choice(chosen))

    def _press(self) -> None:
        kinds: tuple[Any, ...] = (QPushButton, QToolButton)
        buttons = [each for kind in kinds for each in self._on_page(kind) if each.isEnabled()]
        harmless = [each for each in buttons if not any(word in each.text() for word in _NOT_PRESSED)]
        if harmless:
            self._chance.choice(harmless).click()

    def _on_page(self, kind: Any) -> list[Any]:
        page = self._window.navigation.current if self._window.navigation is not None else None
        return [each for each in page.findChildren(kind) if each.isVisible()] if page is not None else []


def _leave() -> None:
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.close()
        return
    modal = QApplication.activeModalWidget()
    if isinstance(modal, QDialog):
        modal.reject()
    elif isinstance(modal, QWidget):
        modal.close()


def memory() -> float:
    """What this process holds, in MB; 0 where the system does not tell."""
    told = Path("/proc/self/statm")
    return int(told.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6 if told.exists() else 0.0


def seen(hand: Hand, begun: float) -> Seen:
    """Count now."""
    gc.collect()
    hand.rest()
    return Seen(time.monotonic() - begun, hand.actions, len(QApplication.allWidgets()), memory())


def held() -> Counter[str]:
    """How many objects there are of each class of the program, and widgets of each class of Qt."""
    gc.collect()
    kinds = (type(each) for each in gc.get_objects())
    found = Counter(f"{kind.__module__}.{kind.__qualname__}" for kind in kinds)
    own = Counter({name: count for name, count in found.items() if name.startswith("zhengui.")})
    return own + Counter(type(each).__name__ for each in QApplication.allWidgets())


def used(hand: Hand, minutes: float) -> Iterator[Seen]:
    """Use the window for so many minutes, counting after each."""
    begun = time.monotonic()
    for minute in range(1, int(minutes) + 1):
        while time.monotonic() - begun < minute * 60:
            hand.act()
        yield seen(hand, begun)


def wrong_with(first: Seen, last: Seen) -> list[str]:
    """What has grown by more than it may."""
    found = []
    for what in ("widgets", "memory"):
        before, after = getattr(first, what), getattr(last, what)
        if after > before * GROWTH:
            found.append(f"{what} grew from {before:.0f} to {after:.0f}")
    return found


@contextmanager
def window_of(source: Path | None) -> Iterator[Hand]:
    """A hand at the window of a copy of the demo, or of another file."""
    import dev
    from zhengui.gui.form import record_form
    from zhengui.gui.form.questions import Answer
    from zhengui.gui.frame.start import Session, application

    source = source or dev.demo()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ZHENGUI_HOME"] = folder
        path = Path(folder) / source.name
        for each in (source, source.with_name(f"{source.name}.key")):
            shutil.copy(each, path.with_name(each.name))
        session = Session(application([]))
        session.window.show()
        session.window.resize(1366, 700)
        session.open(path)
        while session.desk is None:
            QApplication.processEvents()
        hand = Hand(session.window, session.desk, session.background)
        yield hand
        # What was typed is given up: a window that asks would wait for somebody for ever.
        record_form.ask_unsaved = lambda *_told: Answer.DISCARD  # type: ignore[assignment]
        session.window.close()
        hand.stop()


def run(minutes: int, source: Path | None = None) -> list[str]:
    """Use a copy of the demo, or of another file, for so many minutes; prints each minute and returns what grew."""
    with window_of(source) as hand:
        hand.everywhere()
        measured, before = [], held()
        for each in used(hand, minutes):
            measured.append(each)
            if len(measured) == FIRST_MINUTES:
                before = held()
            print(
                f"{each.seconds / 60:.0f} min, {each.actions} actions: {each.widgets} widgets, "
                f"{each.memory:.0f} MB",
                flush=True,
            )
        more = (held() - before).most_common(12)
        print("more than after the first minutes:", ", ".join(f"{name} +{count}" for name, count in more))
        first = measured[min(FIRST_MINUTES, len(measured)) - 1]
        return wrong_with(first, measured[-1])
