"""The rows of the check before issuing: sign, what it is, why, and at the right what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from zhengui.catalogue.source import source_of
from zhengui.figures.finding import Finding
from zhengui.gui.kit import icons
from zhengui.gui.kit.painted import draw_text, width_of
from zhengui.gui.kit.row_drawing import ListLines

FINDING = int(Qt.ItemDataRole.UserRole) + 1
ROW, LEFT, RIGHT = 30, 34, 14
#: What the words at the right lead to, by what a finding is about.
_DEEDS = {
    "figure": "看记录",
    "claim": "看记录",
    "report": "看报送",
    "review": "去审核",
    "part": "去修改",
    "outline": "加进来",
    "plan": "去核对",
}

_Index = QModelIndex | QPersistentModelIndex


def deed_words(finding: Finding) -> str:
    """What can be done about a finding."""
    if finding.kind == "unknown_figure":
        return "去补填"
    return _DEEDS.get(source_of(finding.jump).kind, "")


class FindingRows(ListLines):
    """A click on the words at the right does it; anywhere else it leads to the place in the text."""

    acted = Signal(str)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Every row is as high as a list's."""
        return QSize(100, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one finding; a line of plain words is drawn as any list's."""
        if isinstance(index.data(FINDING), Finding):
            super().paint(painter, option, index)
        else:
            QStyledItemDelegate.paint(self, painter, option, index)

    def draw_line(self, painter: QPainter, area: QRect, index: _Index) -> None:
        """Draw the sign, what was found and why, and at the right what can be done."""
        finding: Finding = index.data(FINDING)
        stop = finding.severity == "stop"
        icon, tone = ("error_circle", "over") if stop else ("warning", "warn")
        icons.paint(painter, icon, area.left() + 12, area.top() + (area.height() - 16) / 2, 16, tone)
        deed = self.deed_area(area, finding)
        room = QRect(area.left() + LEFT, area.top(), deed.left() - area.left() - LEFT - 8, area.height())
        draw_text(painter, room, finding.title)
        rest = room.adjusted(width_of(finding.title) + 10, 0, 0, 0)
        if rest.width() > 40:
            draw_text(painter, rest, finding.reason, "ink3", "caption")
        draw_text(painter, deed, deed_words(finding), "act", "caption")

    def deed_area(self, row: QRect, finding: Finding) -> QRect:
        """Where the words at the right stand."""
        width = 42 if deed_words(finding) else 0
        return QRect(row.right() - RIGHT - width, row.top(), width, row.height())

    def editorEvent(self, event: QEvent, model: object, option: QStyleOptionViewItem, index: _Index) -> bool:
        """Take a click on the words at the right."""
        finding = index.data(FINDING)
        if (
            event.type() == QEvent.Type.MouseButtonRelease
            and isinstance(event, QMouseEvent)
            and isinstance(finding, Finding)
        ):
            area = self.deed_area(option.rect, finding)
            if area.contains(event.position().toPoint()):
                self.acted.emit(finding.jump)
                return True
        return False
