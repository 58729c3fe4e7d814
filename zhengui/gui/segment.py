"""A few choices in one frame, of which one holds: which of two lists, which view."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QWidget


class Segment(QFrame):
    """`chosen` carries the place of the choice, from 0; the first holds at the start."""

    chosen = Signal(int)

    def __init__(self, choices: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("seg")
        self._choices = tuple(choices)
        self.group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 0, 1, 0)
        row.setSpacing(0)
        for place, words in enumerate(self._choices):
            made = QPushButton(words, self)
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

    def choose(self, place: int) -> None:
        """Let a choice hold, as a click does."""
        self.group.button(place).click()

    def set_counts(self, counts: Sequence[int]) -> None:
        """Say behind each choice how many there are."""
        for place, count in enumerate(counts):
            self.group.button(place).setText(f"{self._choices[place]} {count}")
