"""A person at the keyboard: keys one after another into whatever has the keyboard, dialogs and menus included."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_NONE = Qt.KeyboardModifier.NoModifier
#: Milliseconds between two keys.
PACE = 1
#: A condition that is not met after so many looks is never met.
PATIENCE = 20_000

#: What a script yields: pause until this holds.
Until = Callable[[], bool]


class Typist(QObject):
    """Runs a script, a generator that presses keys and yields what it waits for; counts every key and letter.

    It works from a timer, so that it goes on inside the loops of dialogs and menus.
    """

    def __init__(self, home: QWidget, resting: Callable[[], bool]) -> None:
        super().__init__()
        self._home = home
        self.keys = self.letters = 0
        self.done = False
        self.trouble: Exception | None = None
        self._resting = resting
        self._script: Iterator[Until] = iter(())
        self._waits: Until = lambda: True
        self._looked = 0
        self._busy = False
        self._timer = QTimer(self)
        self._timer.setInterval(PACE)
        self._timer.timeout.connect(self._go_on)

    def begin(self, script: Iterator[Until]) -> None:
        """Begin to type."""
        self._script = script
        self._timer.start()

    def _go_on(self) -> None:
        # A key that opens a dialog returns only when the dialog is closed; meanwhile the timer goes on.
        if self.done or not self._resting() or not self._met() or not self._is_in_front():
            return
        try:
            self._waits, self._looked = next(self._script), 0
        except StopIteration:
            self._end()
        except (AssertionError, AttributeError, LookupError, TypeError) as trouble:  # the test raises it
            self.trouble = trouble
            self._end()

    def _met(self) -> bool:
        self._looked += 1
        if self._looked > PATIENCE and not self._waits():
            self.trouble = TimeoutError(f"{self.front()} after {self.keys} keys")
            self._end()
        return self._waits()

    def _end(self) -> None:
        self.done = True
        self._timer.stop()
        while (modal := QApplication.activeModalWidget()) is not None and self.trouble is not None:
            modal.close()

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = _NONE) -> None:
        """Press a key, after the script has given way: a dialog that it opens is typed into by the rest of the script."""
        self.keys += 1
        target = self.front()
        QTimer.singleShot(0, lambda: QTest.keyClick(target, key, modifiers))

    def write(self, text: str) -> None:
        """Type letters; Chinese ones come from an input method as they are."""
        for letter in text:
            self.letters += 1
            target = self.front()
            event = QKeyEvent(QEvent.Type.KeyPress, 0, _NONE, letter)
            QApplication.sendEvent(target, event)

    def front(self) -> QWidget:
        """What has the keyboard: a menu, else what is ringed in the window in front."""
        popup = QApplication.activePopupWidget()
        if popup is not None:
            return popup
        window = self._window()
        return window.focusWidget() or window

    def _window(self) -> QWidget:
        return QApplication.activeModalWidget() or self._home

    def _is_in_front(self) -> bool:
        """Whether the window is active; no manager of windows sees to it here after a dialog is closed."""
        window = self._window()
        if not window.isActiveWindow():
            window.activateWindow()
        return window.isActiveWindow()
