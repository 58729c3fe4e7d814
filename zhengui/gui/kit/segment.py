"""A few choices in one frame, of which one holds: which of two lists, which view, which state."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QWidget


class _Choice(QPushButton):
    """As wide as its words in bold, so that nothing moves or is cut off when it is chosen."""

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        bold = QFont(self.font())
        bold.setBold(True)
        wider = QFontMetrics(bold).horizontalAdvance(self.text()) - self.fontMetrics().horizontalAdvance(
            self.text()
        )
        return QSize(hint.width() + max(0, wider), hint.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class Segment(QFrame):
    """`chosen` carries the place of the choice, from 0; the first holds at the start."""

    chosen = Signal(int)

    def __init__(self, choices: Sequence[str], parent: QWidget | None = None, name: str = "") -> None:
        super().__init__(parent)
        self.setObjectName("seg")
        self.setAccessibleName(name)
        self._choices = tuple(choices)
        self.group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 0, 1, 0)
        row.setSpacing(0)
        for place, words in enumerate(self._choices):
            made = _Choice(words, self)
            made.setCheckable(True)
            made.setAutoDefault(False)
            made.setChecked(place == 0)
            self.group.addButton(made, place)
            row.addWidget(made)
        self.group.idClicked.connect(self.chosen)

    @property
    def at(self) -> int:
        """The place of the choice that holds."""
        return self.group.checkedId()

    @property
    def buttons(self) -> list[QPushButton]:
        """The buttons from left to right."""
        return [button for button in self.group.buttons() if isinstance(button, QPushButton)]

    def choose(self, place: int) -> None:
        """Let a choice hold, as a click does."""
        self.group.button(place).click()

    def mark(self, place: int) -> None:
        """Show that a choice holds, without telling."""
        self.group.button(place).setChecked(True)

    def say(self, place: int, words: str) -> None:
        """Give a choice other words."""
        self.group.button(place).setText(words)

    def set_counts(self, counts: Sequence[int]) -> None:
        """Say behind each choice how many there are."""
        for place, count in enumerate(counts):
            self.say(place, f"{self._choices[place]} {count}")
