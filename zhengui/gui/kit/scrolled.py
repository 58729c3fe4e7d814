"""What is higher than its place: it scrolls, and a card in it is as wide as others."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from zhengui.gui.kit.labels import label


class Scrolled(QScrollArea):
    """As wide as its place and scrolled up and down; Tab passes over it, for nothing would show that it stops there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


def clear_scrolled(parent: QWidget) -> tuple[Scrolled, QWidget]:
    """A place without a frame or a ground of its own that scrolls, and what stands in it."""
    scrolled, inside = Scrolled(parent), QWidget(parent)
    scrolled.setFrameShape(QFrame.Shape.NoFrame)
    for each in (scrolled, inside):
        each.setObjectName("clear")
    scrolled.setWidget(inside)
    return scrolled, inside


class CardColumn(Scrolled):
    """Cards one under another; `cards` takes more than cards."""

    #: How wide a card becomes at most, in pixels.
    widest = 720

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
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

    def card(self, title: str, text: str = "") -> QVBoxLayout:
        """A card with a title and a sentence; returns where its content goes."""
        made = QFrame(self)
        made.setObjectName("card")
        made.setMaximumWidth(self.widest)
        column = QVBoxLayout(made)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addWidget(label(title, made, "h2"))
        if text:
            column.addWidget(label(text, made, "sec", wrap=True))
        self.cards.addWidget(made)
        return column
