"""今天要办: what is overdue, what warns, what waits for somebody, each a line that leads to where it is done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from zhengui.gui.home.chip_row import ChipRow
from zhengui.gui.kit import icons
from zhengui.gui.kit.labels import button, label
from zhengui.gui.kit.loop_ring import draw_ring
from zhengui.gui.kit.painted import draw_label, draw_text, width_of
from zhengui.gui.kit.plain import plain
from zhengui.gui.kit.row_drawing import ListLines
from zhengui.services.watch import today
from zhengui.services.watch.today import GROUPS, TodayLine

ITEM, HEADING = 42, 30
DATA = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
_ICONS = {
    today.WARNED: "alert",
    today.REVIEW: "eye",
    today.UNREPORTED: "grid",
    today.PLAN: "target",
    today.DRAWS: "clipboard_checkmark",
    today.VISITS: "people_community",
    today.FORMS: "arrow_swap",
    today.UNKNOWN: "question_circle",
}
_TONES = {today.OVERDUE: "over", today.UNREPORTED: "over", today.WARNED: "warn", today.SOON: "warn"}


class LinePainter(ListLines):
    """Draws a line, or the heading of a group with its number."""

    def is_line(self, index: Index) -> bool:
        return isinstance(index.data(DATA), TodayLine)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, ITEM if self.is_line(index) else HEADING)

    def draw_line(self, painter: QPainter, rect: QRect, index: Index) -> None:
        line = index.data(DATA)
        if not isinstance(line, TodayLine):
            title, count = line
            draw_text(painter, rect.adjusted(0, 6, 0, 0), title, "ink1", "caption", True)
            place = rect.adjusted(width_of(title, "caption", True) + 8, 6, 0, 0)
            draw_text(painter, place, f"{count} 项", "ink3", "caption")
            return
        left, middle = rect.left() + 6, rect.center().y()
        if line.loop:
            draw_ring(painter, left, middle - 8, line.loop, line.overdue, 16)
        else:
            icons.paint(painter, _ICONS.get(line.group, "clock"), left, middle - 8, 16, "ink2")
        width = width_of(line.tag, "caption") + 12
        draw_label(painter, rect.right() - width - 4, middle + 1, line.tag, line.tone)
        room = rect.width() - 32 - width - 16
        draw_text(painter, QRect(rect.left() + 32, rect.top() + 2, room, 22), line.title)
        draw_text(painter, QRect(rect.left() + 32, rect.top() + 22, room, 18), line.below, "ink3", "caption")


class TaskList(QFrame):
    """`opened` tells the line that was pressed; `printing` asks for the week's sheet."""

    opened = Signal(object)
    printing = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.lines: Sequence[TodayLine] = ()
        self.group = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(label("今天要办", self, "h2"), 1)
        self.sheet = button("打印工作提醒", self, "ghost")
        self.sheet.setIcon(icons.icon("print"))
        self.sheet.clicked.connect(self.printing)
        head.addWidget(self.sheet)
        column.addLayout(head)
        self.chips = ChipRow(self)
        self.chips.chosen.connect(self.choose)
        column.addWidget(self.chips)
        self.list = QListWidget(self)
        self.list.setAccessibleName("今天要办")
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.setItemDelegate(LinePainter(self.list))
        self.list.itemActivated.connect(self._open)
        self.list.itemClicked.connect(self._open)
        self._nothing = label(
            "没有要办的事项。逾期和快到期的整改、预警、未报会出现在这里。", self, "sec", wrap=True
        )
        # Until it was read, nobody knows whether there is nothing.
        self._nothing.hide()
        column.addWidget(self._nothing)
        column.addWidget(self.list, 1)

    def show_lines(self, lines: Sequence[TodayLine]) -> None:
        """Show what is to be done; the group that was chosen stays while it has lines."""
        self.lines = lines
        self._nothing.setVisible(not lines)
        self.list.setVisible(bool(lines))
        found = today.counts(lines)
        if self.group not in found:
            self.group = ""
        chips = [("", "全部", len(lines), "ink2")]
        chips += [(group, group, count, _TONES.get(group, "ink2")) for group, count in found.items()]
        self.chips.show_chips(chips if lines else [], self.group)
        self._fill()

    def choose(self, group: str) -> None:
        """Show one group, or all."""
        self.group = group
        self._fill()

    def shown(self) -> list[TodayLine]:
        """The lines that are listed now."""
        return [line for line in self.lines if self.group in ("", line.group)]

    def _fill(self) -> None:
        row = max(0, self.list.currentRow())
        self.list.clear()
        for group in GROUPS:
            lines = [line for line in self.shown() if line.group == group]
            if not lines:
                continue
            heading = QListWidgetItem(self.list)
            heading.setData(DATA, (group, len(lines)))
            heading.setFlags(Qt.ItemFlag.NoItemFlags)
            for line in lines:
                item = QListWidgetItem(self.list)
                item.setData(DATA, line)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{line.title}，{line.below}，{line.tag}")
                item.setToolTip(plain(f"{line.title}\n{line.below}"))
        if self.list.count():
            self.list.setCurrentRow(max(1, min(row, self.list.count() - 1)))

    def _open(self, item: QListWidgetItem) -> None:
        line = item.data(DATA)
        if isinstance(line, TodayLine):
            self.opened.emit(line)
