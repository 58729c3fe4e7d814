"""Import what the pages need while nobody asks for anything, so that the first visit of a page is as quick as later ones."""

from __future__ import annotations

import gc
import importlib
import pkgutil
import sys
from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer

#: How long after the township was opened, in milliseconds: the first page is filled first.
SOON = 400
#: Rooms whose modules pages are made of, those that others rest on first, so that each import is short.
ROOMS = (
    "services",
    *(f"gui.{room}" for room in "kit desk chooser fields form ledger area figure home worklist".split()),
    *(f"gui.{room}" for room in "returns ranking plan document report sheets system".split()),
)


def modules_of(rooms: tuple[str, ...] = ROOMS) -> Iterator[str]:
    """The names of all modules in some rooms, in the order in which they are best imported."""
    for room in rooms:
        name = f"zhengui.{room}"
        for found in pkgutil.walk_packages(importlib.import_module(name).__path__, f"{name}."):
            if not found.ispkg:
                yield found.name


class Ahead(QObject):
    """Imports one module at a time in the window's thread; whatever is typed or clicked goes first."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._left = modules_of()
        self._timer = QTimer(self)
        self._timer.setInterval(SOON)
        self._timer.timeout.connect(self._step)
        self._timer.start()

    @property
    def done(self) -> bool:
        """Whether everything was imported."""
        return not self._timer.isActive()

    def _step(self) -> None:
        self._timer.setInterval(0)
        name = next((each for each in self._left if each not in sys.modules), None)
        if name is None:
            self._timer.stop()
            # Modules live as long as the program; to look through them for garbage would hold up the window.
            gc.freeze()
        else:
            importlib.import_module(name)
