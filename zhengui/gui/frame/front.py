"""A second start on the same file brings the first window to the front instead of opening a second one.

The second program leaves a note in the user's folder, named for the process of the first; that one takes it away.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from zhengui.paths import user_folder

#: How long the second program waits for the first to answer, and how often it looks, in seconds.
PATIENCE, LOOK = 3.0, 0.05


def _note(process: int) -> Path:
    return user_folder() / f"front-{process}"


class Front(QObject):
    """Waits for notes to this process."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._watcher = QFileSystemWatcher([str(user_folder())], self)
        self._watcher.directoryChanged.connect(lambda _folder: self._look())

    def _look(self) -> None:
        note = _note(os.getpid())
        if not note.exists():
            return
        with suppress(OSError):
            note.unlink()
        window: QWidget = self._window
        if not window.isVisible():
            # It is locked, or waits for another person: whoever leaves a note sees the question for the password only.
            window = QApplication.activeModalWidget() or window
            window.raise_()
            window.activateWindow()
            return
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()


def bring_to_front(process: int, patience: float = PATIENCE) -> bool:
    """Ask the window of another process to come to the front; whether it answered. Not for the window's thread."""
    note = _note(process)
    try:
        _allow(process)
        note.write_text("", "ascii")
        end = time.monotonic() + patience
        while time.monotonic() < end:
            if not note.exists():
                return True
            time.sleep(LOOK)
    except OSError:
        return False
    with suppress(OSError):
        note.unlink()
    return False


def _allow(process: int) -> None:
    """Windows lets a program come to the front only where the one in front allows it."""
    if sys.platform == "win32":
        import ctypes

        ctypes.WinDLL("user32").AllowSetForegroundWindow(process)
