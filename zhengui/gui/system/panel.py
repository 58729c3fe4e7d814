"""A panel of 系统: cards one under another, read anew whenever it is shown."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from zhengui.gui.desk.desk import Desk
from zhengui.gui.kit.dialogs import label

WIDTH = 720


class Panel(QScrollArea):
    """Subclasses fill `cards` and read their values in `refresh`."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget(self)
        inside.setObjectName("page")
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(12)
        self.cards = QVBoxLayout()
        self.cards.setSpacing(12)
        column.addLayout(self.cards)
        column.addStretch(1)
        self.setWidget(inside)

    def refresh(self) -> None:
        """Read what is shown anew."""

    def can_leave(self) -> bool:
        """Whether nothing typed would be lost."""
        return True

    def card(self, title: str, text: str = "") -> QVBoxLayout:
        """A card with a title and a sentence; returns where its content goes."""
        made = QFrame(self)
        made.setObjectName("card")
        made.setMaximumWidth(WIDTH)
        column = QVBoxLayout(made)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addWidget(label(title, made, "h2"))
        if text:
            column.addWidget(label(text, made, "sec", wrap=True))
        self.cards.addWidget(made)
        return column

    def field(self, column: QVBoxLayout, title: str, width: int = 320) -> QLineEdit:
        """A labelled line to type in."""
        column.addWidget(label(title, self, "fld"))
        made = QLineEdit(self)
        made.setAccessibleName(title)
        made.setMaximumWidth(width)
        column.addWidget(made)
        return made
