"""Labels and buttons in the roles and kinds of the style sheet, as every page and dialog uses them."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
#: Letters and digits in a row that a line can't be broken within; longer ones may be broken after so many.
_UNBROKEN = re.compile(r"[!-~]{18,}")
_PIECE = 9
_BREAK = "\u200b"


class PlainWords(QLabel):
    """Plain text of which nothing is cut: a run without blanks is broken too. `text()` is what was set."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(_UNBROKEN.sub(_breakable, text) if self.wordWrap() else text)

    def text(self) -> str:
        return super().text().replace(_BREAK, "")

    def setWordWrap(self, on: bool) -> None:
        text = self.text()
        super().setWordWrap(on)
        self.setText(text)


def _breakable(run: re.Match[str]) -> str:
    text = run[0]
    return _BREAK.join(text[at : at + _PIECE] for at in range(0, len(text), _PIECE))


class Button(QPushButton):
    """A push button that Enter presses while it is ringed, wherever it stands."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)


def button(text: str, parent: QWidget | None = None, kind: str = "", small: str = "") -> QPushButton:
    """A push button of a kind of the style sheet: primary, ghost, icon, link or issue."""
    made = Button(text, parent)
    if kind:
        made.setProperty("kind", kind)
    if small:
        made.setProperty("size", small)
    made.setAutoDefault(False)
    return made


def label(text: str, parent: QWidget | None = None, role: str = "", wrap: bool = False) -> QLabel:
    """A label in a role of the style sheet: cap, sec, ttl, h2, big, err, fld."""
    made = PlainWords(text, parent)
    if role:
        made.setProperty("role", role)
    made.setWordWrap(wrap)
    return made
