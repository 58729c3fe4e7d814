"""Dialogs that ask: the title is a question, the buttons are verbs, Esc changes nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget


def button(text: str, parent: QWidget | None = None, kind: str = "", small: str = "") -> QPushButton:
    """A push button of a kind of the style sheet: primary, ghost, icon, link or issue."""
    made = QPushButton(text, parent)
    if kind:
        made.setProperty("kind", kind)
    if small:
        made.setProperty("size", small)
    made.setAutoDefault(False)
    return made


def label(text: str, parent: QWidget | None = None, role: str = "", wrap: bool = False) -> QLabel:
    """A label in a role of the style sheet: cap, sec, ttl, h2, big, err, fld."""
    made = QLabel(text, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    made.setWordWrap(wrap)
    return made


class Question(QDialog):
    """One decision: the safe way and the deed, or only one way on."""

    def __init__(
        self,
        parent: QWidget | None,
        question: str,
        text: str,
        verb: str,
        keep: str = "",
        undoable: bool = True,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("政规")
        self.setMinimumWidth(360)
        self.setMaximumWidth(520)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(8)
        column.addWidget(label(question, self, "ttl", wrap=True))
        body = label(text, self, "sec", wrap=True)
        body.setMinimumWidth(320)
        body.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(body)
        column.addSpacing(8)
        row = QHBoxLayout()
        row.addStretch(1)
        self.keep = button(keep, self) if keep else None
        self.deed = button(verb, self, "primary")
        if self.keep is not None:
            row.addWidget(self.keep)
            self.keep.clicked.connect(self.reject)
        row.addWidget(self.deed)
        self.deed.clicked.connect(self.accept)
        column.addLayout(row)
        safe = self.keep is not None and not undoable
        chosen = self.keep if safe and self.keep is not None else self.deed
        chosen.setDefault(True)
        chosen.setFocus()


def ask(parent: QWidget, question: str, text: str, verb: str, keep: str, undoable: bool = True) -> bool:
    """Ask whether to do it; Enter does it only where it can be undone."""
    return Question(parent, question, text, verb, keep, undoable).exec() == QDialog.DialogCode.Accepted


def tell(parent: QWidget, what: str, then: str, verb: str = "知道了") -> None:
    """Say what is wrong and what to do."""
    Question(parent, what, then, verb).exec()
