"""The groups of a list as round choices with their numbers, in as many rows as the width asks for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from zhengui.gui.kit.sheet_tabs import SegmentChoice

GAP = 4
Chip = tuple[str, str, int, str]


class ChipRow(QWidget):
    """`chosen` carries the key of the choice; of all chips one holds."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chips: dict[str, SegmentChoice] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_chips(self, chips: Sequence[Chip], current: str) -> None:
        """Show these, as (key, title, count, tone); the focus stays on the chip it was on."""
        focused = next((key for key, chip in self.chips.items() if chip.hasFocus()), None)
        for old in self.chips.values():
            old.hide()
            old.deleteLater()
        self.chips = {}
        for key, title, count, tone in chips:
            chip = SegmentChoice(title, count, tone, self)
            chip.setChecked(key == current)
            chip.clicked.connect(lambda _checked=False, key=key: self.chosen.emit(key))
            chip.show()
            self.chips[key] = chip
        self._place()
        if focused in self.chips:
            self.chips[focused].setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        x = y = 0
        height = 0
        for chip in self.chips.values():
            hint = chip.sizeHint()
            if x and x + hint.width() > self.width():
                x, y = 0, y + hint.height() + GAP
            chip.setGeometry(QRect(x, y, hint.width(), hint.height()))
            x += hint.width() + GAP
            height = y + hint.height()
        self.setFixedHeight(height)

    def sizeHint(self) -> QSize:
        return QSize(200, self.height())
