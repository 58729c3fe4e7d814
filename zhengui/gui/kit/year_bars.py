"""A small bar chart of a figure over the years: grey bars, the current one blue, zero at the base."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from zhengui.gui.kit.painted import CENTRE, draw_text
from zhengui.gui.kit.style import colour

BAR, TOP, FOOT = 34, 18, 22


@dataclass(frozen=True, slots=True)
class YearValue:
    """A year, its value (None where unknown) and the value in words."""

    year: int
    value: Decimal | int | None
    text: str


class YearBars(QWidget):
    """Painted; its accessible name tells all values."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: Sequence[YearValue] = ()
        self.setFixedHeight(112)

    def show_values(self, values: Sequence[YearValue]) -> None:
        """Show these years from left to right; the last one is the current."""
        self._values = values
        self.setAccessibleName("历年：" + "，".join(f"{v.year}年 {v.text}" for v in values))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        base = self.height() - FOOT
        painter.fillRect(0, base, self.width(), 1, colour("line2"))
        highest = max((Decimal(v.value) for v in self._values if v.value), default=Decimal(0))
        slot = self.width() / max(1, len(self._values))
        for number, each in enumerate(self._values):
            current = number == len(self._values) - 1
            left = round(number * slot)
            known = each.value is not None
            height = round(float(Decimal(each.value or 0) / highest) * (base - TOP)) if highest > 0 else 0
            height = max(0, height)
            bar = QRect(left + round((slot - BAR) / 2), base - height, BAR, height)
            painter.fillRect(bar, colour("act" if current else "chart3"))
            tone = "warn" if not known else "ink1" if current else "ink2"
            words = QRect(left, base - height - TOP, round(slot), TOP)
            draw_text(painter, words, each.text, tone, "caption", current, CENTRE)
            foot = QRect(left, base + 3, round(slot), FOOT - 3)
            draw_text(painter, foot, f"{each.year}年", "ink3", "caption", align=CENTRE)
        painter.end()
