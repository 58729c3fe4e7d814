"""The headings of a ledger's table: sort by a click, filter by the funnel, drag to move or widen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from zhengui.gui.kit import icons
from zhengui.gui.kit.painted import LEFT, RIGHT, draw_text, width_of
from zhengui.gui.kit.style import colour, size

MARGIN, SIGN = 8, 16


class LedgerHeading(QHeaderView):
    """`sort_asked` and `filter_asked` carry the column's number in the model."""

    sort_asked = Signal(int)
    filter_asked = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMouseTracking(True)
        self.setMinimumSectionSize(40)
        self.setFixedHeight(size("heading"))
        self.setAccessibleName("表头")
        self.sort_column = -1
        self.descending = True
        self.filtered: set[int] = set()
        self.filterable = True
        self._hovered = -1
        self._pressed_funnel = -1
        self.sectionClicked.connect(self._clicked)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), size("heading"))

    def funnel_rect(self, section: int) -> QRect:
        """Where the funnel of a column is."""
        right = self.sectionViewportPosition(section) + self.sectionSize(section)
        return QRect(right - MARGIN - SIGN, (self.height() - SIGN) // 2, SIGN, SIGN)

    def section_rect(self, section: int) -> QRect:
        """Where the heading of a column is."""
        return QRect(self.sectionViewportPosition(section), 0, self.sectionSize(section), self.height())

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.fillRect(rect, colour("surf2"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, colour("line2"))
        if self.visualIndex(section) < self.count() - 1:
            painter.fillRect(rect.right(), rect.center().y() - 6, 1, 14, colour("line2"))
        text = self.model().headerData(section, Qt.Orientation.Horizontal) or ""
        align = self.model().headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        sorted_here, filtered = section == self.sort_column, section in self.filtered
        tone = "act" if filtered else "ink1" if sorted_here else "ink2"
        funnel = filtered or (self.filterable and section == self._hovered)
        area = rect.adjusted(MARGIN, 0, -MARGIN - (SIGN + 2 if funnel else 0), 0)
        sign = SIGN if sorted_here else 0
        room = min(width_of(text, "caption", sorted_here), area.width() - sign)
        right = align is not None and bool(Qt.AlignmentFlag(align) & Qt.AlignmentFlag.AlignRight)
        words = QRect(
            area.right() - room - sign + 1 if right else area.left(), area.top(), room + 1, area.height()
        )
        draw_text(painter, words, text, tone, "caption", sorted_here, RIGHT if right else LEFT)
        if sorted_here:
            drawing = "arrow_down" if self.descending else "arrow_up"
            icons.paint(painter, drawing, words.right() + 3, rect.center().y() - 6, 13, tone)
        if funnel:
            place = self.funnel_rect(section)
            icons.paint(painter, "filter", place.left(), place.top(), SIGN, "act" if filtered else "ink3")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        section = self.logicalIndexAt(event.position().toPoint())
        on_funnel = section >= 0 and self.funnel_rect(section).contains(event.position().toPoint())
        self._pressed_funnel = section if on_funnel and self.filterable else -1
        if self._pressed_funnel < 0:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed_funnel >= 0:
            section, self._pressed_funnel = self._pressed_funnel, -1
            self.filter_asked.emit(section)
            return
        super().mouseReleaseEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.logicalIndexAt(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, section: int) -> None:
        if section != self._hovered:
            self._hovered = section
            self.viewport().update()

    def _clicked(self, section: int) -> None:
        self.sort_asked.emit(section)
