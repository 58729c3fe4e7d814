"""The villages of a shared item as bars: name, how much is done, and the mark of what is due today."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from zhengui.gui.kit.painted import RIGHT, draw_text, width_of
from zhengui.gui.plan.lights import draw_bar
from zhengui.services.plan.schedule_plan import VillagePart
from zhengui.services.plan.tell_plan import amount, number

LINE, NAME = 30, 60


class VillageBars(QWidget):
    """Painted; its accessible name tells every village."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: Sequence[VillagePart] = ()
        self._unit = ""

    def show_parts(self, parts: Sequence[VillagePart], unit: str) -> None:
        """Show these villages from top to bottom."""
        self._parts, self._unit = parts, unit
        self.setFixedHeight(LINE * len(parts))
        told = (f"{part.village.name} {self._words(part)}，{part.light}" for part in parts)
        self.setAccessibleName("；".join(told))
        self.update()

    def _words(self, part: VillagePart) -> str:
        return f"{number(part.done)} / {amount(part.goal, self._unit)}"

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        words = max((width_of(self._words(part)) for part in self._parts), default=0) + 4
        for place, part in enumerate(self._parts):
            top = place * LINE
            draw_text(painter, QRect(0, top, NAME, LINE), part.village.name)
            bar = QRect(NAME, top, max(40, self.width() - NAME - words - 10), LINE)
            goal = float(part.goal) or 1.0
            draw_bar(painter, bar, float(part.done) / goal * 100, float(part.due) / goal * 100, part.light)
            area = QRect(self.width() - words, top, words, LINE)
            draw_text(painter, area, self._words(part), align=RIGHT)
        painter.end()
