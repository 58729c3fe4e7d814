"""The row fixed under a table: how many records, and the sums of its number columns under their headings."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from zhengui.gui.kit.painted import RIGHT, draw_text, width_of
from zhengui.gui.kit.plain import plain
from zhengui.gui.kit.style import colour, size
from zhengui.gui.ledger.table import LedgerTable


class TotalsRow(QWidget):
    """Sums stand under their columns where they fit, else in one line at the left."""

    def __init__(self, table: LedgerTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self._lead = ""
        self._sums: dict[str, str] = {}
        self.setFixedHeight(size("totals"))
        table.horizontalScrollBar().valueChanged.connect(self.update)
        table.heading.sectionResized.connect(self.update)
        table.heading.sectionMoved.connect(self.update)

    def tell(self, lead: str, sums: Mapping[str, str]) -> None:
        """Show the count, such as 共 170 条, and sums by column key."""
        self._lead, self._sums = lead, dict(sums)
        self.setAccessibleName(self._line())
        self.setToolTip(plain(self._line()))
        self.update()

    def _line(self) -> str:
        parts = [self._lead]
        for column in self._table.rows.columns:
            if column.key in self._sums:
                unit = column.heading.removeprefix(column.title).strip("（）")
                parts.append(f"{column.title} {self._sums[column.key]} {unit}".rstrip())
        return "　".join(parts)

    def _places(self, lead_width: int) -> list[tuple[QRect, str]] | None:
        """Where each sum goes under its column; None where one would not be seen whole."""
        heading, found = self._table.heading, []
        room = self._table.viewport().width()
        for section, column in enumerate(self._table.rows.columns):
            text = self._sums.get(column.key)
            if text is None:
                continue
            rect = heading.section_rect(section)
            needed = width_of(text, bold=True) + 8
            left = rect.right() - 8 - needed
            if left < lead_width or rect.right() > room or rect.width() < needed + 8:
                return None
            found.append((QRect(left, 0, needed, self.height()), text))
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("surf2"))
        painter.fillRect(0, 0, self.width(), 1, colour("line2"))
        lead = f"{self._lead}　合计" if self._sums else self._lead
        places = self._places(width_of(lead, bold=True) + 16)
        area = QRect(8, 0, self.width() - 16, self.height())
        if places is None:
            draw_text(painter, area, self._line(), bold=True)
        else:
            draw_text(painter, area, lead, bold=True)
            for rect, text in places:
                draw_text(painter, rect, text, bold=True, align=RIGHT)
        painter.end()
