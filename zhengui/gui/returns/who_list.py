"""Who is missing in a month and who was late, a line each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyleOptionViewItem,
    QWidget,
)

from zhengui.gui.kit.painted import draw_label, draw_text, width_of
from zhengui.gui.kit.plain import plain
from zhengui.gui.kit.row_drawing import Index, ListLines

ROW = 27
_WHO = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Who:
    """A village, who looks after it, and a label such as 第 2 次 or 12月8日报."""

    village: int
    name: str
    contact: str = ""
    label: str = ""
    tone: str = "warn"


class _WhoPainter(ListLines):
    lit_ground = ""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, ROW)

    def draw_line(self, painter: QPainter, rect: QRect, index: Index) -> None:
        who = index.data(_WHO)
        end = rect.right() - 4
        if who.label:
            width = width_of(who.label, "caption") + 12
            draw_label(painter, end - width, rect.center().y() + 1, who.label, who.tone)
            end -= width + 6
        name = min(width_of(who.name) + 2, end - rect.left() - 4)
        draw_text(painter, QRect(rect.left() + 4, rect.top(), name, rect.height()), who.name)
        left = rect.left() + 4 + name + 8
        if end - left > 20:
            draw_text(
                painter, QRect(left, rect.top(), end - left, rect.height()), who.contact, "ink2", "caption"
            )


class WhoList(QListWidget):
    """Clicking a line is told by the list's own signal `itemClicked`."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(_WhoPainter(self))
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("未报和迟报的村（居）")

    def show_people(self, people: Sequence[Who]) -> None:
        """Show these lines."""
        self.clear()
        for who in people:
            item = QListWidgetItem(self)
            item.setData(_WHO, who)
            words = "，".join(part for part in (who.name, who.contact, who.label) if part)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, words)
            item.setToolTip(plain(words))

    def lines(self) -> list[Who]:
        """What is shown."""
        return [self.item(row).data(_WHO) for row in range(self.count())]

    @staticmethod
    def village_of(item: QListWidgetItem) -> int:
        """The village of a line."""
        who: Who = item.data(_WHO)
        return who.village
