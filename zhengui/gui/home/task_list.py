"""今天要办: what is overdue, what waits for somebody, what falls due, each a line that opens its record."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from zhengui.gui.desk.desk import Desk
from zhengui.gui.home.facts import GROUPS, Task
from zhengui.gui.kit.dialogs import label
from zhengui.gui.kit.loop_ring import draw_ring
from zhengui.gui.kit.painted import draw_box, draw_focus, draw_label, draw_text, width_of
from zhengui.gui.kit.sheet_tabs import Segment

ITEM, HEADING = 42, 30
DATA = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


def due_words(task: Task) -> tuple[str, str]:
    """The label at the right of a task and its tone."""
    if task.item.overdue and task.days is not None:
        return f"逾期 {-task.days} 天", "over"
    if task.days is not None and task.days <= 7 and task.group != "等我办理":
        return ("今天到期" if task.days == 0 else f"余 {task.days} 天"), "warn"
    return task.item.state, "act"


class _TaskPainter(QStyledItemDelegate):
    def __init__(self, desk: Desk, parent: QListWidget) -> None:
        super().__init__(parent)
        self._desk, self._list = desk, parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, ITEM if isinstance(index.data(DATA), Task) else HEADING)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        task = index.data(DATA)
        if not isinstance(task, Task):
            title, count = task
            draw_text(painter, rect.adjusted(0, 6, 0, 0), title, "ink1", "caption", True)
            place = rect.adjusted(width_of(title, "caption", True) + 8, 6, 0, 0)
            draw_text(painter, place, f"{count} 项", "ink3", "caption")
            return
        current = bool(option.state & QStyle.StateFlag.State_Selected)
        if current or option.state & QStyle.StateFlag.State_MouseOver:
            draw_box(painter, rect, "hover")
        draw_ring(painter, rect.left() + 6, rect.center().y() - 8, task.item.state, task.item.overdue, 16)
        words, tone = due_words(task)
        width = width_of(words, "caption") + 12
        draw_label(painter, rect.right() - width - 4, rect.center().y() + 1, words, tone)
        room = rect.width() - 32 - width - 16
        ledger = self._desk.catalogue.ledgers[task.item.ledger]
        due = f" · 期限 {task.item.due.month}月{task.item.due.day}日" if task.item.due else ""
        draw_text(painter, QRect(rect.left() + 32, rect.top() + 2, room, 22), task.item.label or ledger.noun)
        below = QRect(rect.left() + 32, rect.top() + 22, room, 18)
        draw_text(painter, below, f"{ledger.noun} · {task.item.state}{due}", "ink3", "caption")
        if current and self._list.hasFocus():
            draw_focus(painter, rect)


class TaskList(QFrame):
    """`opened` tells the ledger and the record of a line."""

    opened = Signal(str, int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._tasks: Sequence[Task] = ()
        self._group = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 10)
        column.setSpacing(8)
        column.addWidget(label("今天要办", self, "h2"))
        self._row = QHBoxLayout()
        self._row.setSpacing(4)
        column.addLayout(self._row)
        self.list = QListWidget(self)
        self.list.setAccessibleName("今天要办")
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.setItemDelegate(_TaskPainter(desk, self.list))
        self.list.itemActivated.connect(self._open)
        self.list.itemClicked.connect(self._open)
        self._nothing = label("没有要办的事项。逾期和快到期的整改会出现在这里。", self, "sec", wrap=True)
        column.addWidget(self._nothing)
        column.addWidget(self.list, 1)

    def show_tasks(self, tasks: Sequence[Task]) -> None:
        """Show what is to be done."""
        self._tasks = tasks
        self._nothing.setVisible(not tasks)
        self.list.setVisible(bool(tasks))
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        counts = {group: sum(1 for task in tasks if task.group == group) for group in GROUPS}
        tones = {"逾期": "over", "本周到期": "warn"}
        for key, title, count in [("", "全部", len(tasks)), *((g, g, counts[g]) for g in GROUPS)]:
            if count:
                chip = Segment(title, count, tones.get(key, "ink2"), self)
                chip.setChecked(key == self._group)
                chip.clicked.connect(lambda _checked=False, key=key: self._choose(key))
                self._row.addWidget(chip)
        self._row.addStretch(1)
        self._fill()

    def _choose(self, group: str) -> None:
        self._group = group
        self._fill()

    def _fill(self) -> None:
        self.list.clear()
        for group in GROUPS:
            tasks = [t for t in self._tasks if t.group == group]
            if not tasks or self._group not in ("", group):
                continue
            heading = QListWidgetItem(self.list)
            heading.setData(DATA, (group, len(tasks)))
            heading.setFlags(Qt.ItemFlag.NoItemFlags)
            for task in tasks:
                item = QListWidgetItem(self.list)
                item.setData(DATA, task)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{task.item.label}，{due_words(task)[0]}")

    def _open(self, item: QListWidgetItem) -> None:
        task = item.data(DATA)
        if isinstance(task, Task):
            self.opened.emit(task.item.ledger, task.item.id)
