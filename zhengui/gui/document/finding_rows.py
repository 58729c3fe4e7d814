"""The rows of the check before issuing: sign, what it is, why, and at the right what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from zhengui.figures.finding import Finding
from zhengui.gui.kit import icons, style
from zhengui.gui.kit.style import colour

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
    return _DEEDS.get(finding.jump.partition(":")[0], "")


class FindingRows(QStyledItemDelegate):
    """A click on the words at the right does it; anywhere else it leads to the place in the text."""

    acted = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Every row is as high as a list's."""
        return QSize(100, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one finding."""
        finding = index.data(FINDING)
        if not isinstance(finding, Finding):
            super().paint(painter, option, index)
            return
        area = option.rect
        state = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, colour("hover"))
        stop = finding.severity == "stop"
        icon, tone = ("error_circle", "over") if stop else ("warning", "warn")
        icons.paint(painter, icon, area.left() + 12, area.top() + (area.height() - 16) / 2, 16, tone)
        deed = self.deed_area(area, finding)
        room = QRect(area.left() + LEFT, area.top(), deed.left() - area.left() - LEFT - 8, area.height())
        centre = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(style.font("body"))
        painter.setPen(colour("ink1"))
        title = painter.fontMetrics().elidedText(finding.title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, centre, title)
        used = painter.fontMetrics().horizontalAdvance(title) + 10
        painter.setFont(style.font("caption"))
        painter.setPen(colour("ink3"))
        rest = room.adjusted(used, 0, 0, 0)
        if rest.width() > 40:
            told = painter.fontMetrics().elidedText(finding.reason, Qt.TextElideMode.ElideRight, rest.width())
            painter.drawText(rest, centre, told)
        painter.setPen(colour("act"))
        painter.drawText(deed, centre, deed_words(finding))
        painter.restore()

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
