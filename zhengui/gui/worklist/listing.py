"""The items as a list with columns to sort by, and as a tree whose branches tell their progress."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QWidget

from zhengui.gui.kit.plain import plain
from zhengui.gui.kit.style import colour
from zhengui.gui.worklist.cards import due_words
from zhengui.services.loops.list_items import Branch, LoopItem

_LIST = ("台账", "事项", "村（居）", "责任部门", "责任人", "状态", "期限", "时间")
_TREE = ("大类、问题、内容、任务", "进度", "逾期", "责任部门", "责任人", "期限")
_SORT = Qt.ItemDataRole.UserRole + 1
#: What rows are put under. The first ones are given to the model itself: what its invisible root was given stays in
#: memory when the model is cleared.
Rows = QStandardItem | QStandardItemModel


class ItemTree(QTreeView):
    """Rows that stand for an item, or for a branch of them; Enter opens, the menu acts."""

    opened = Signal()
    forward = Signal()
    back = Signal()
    menu_asked = Signal(object)
    moved = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(False)
        self.setUniformRowHeights(True)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.rows = QStandardItemModel(self)
        self.rows.setSortRole(_SORT)
        self.setModel(self.rows)
        self.activated.connect(lambda _index: self.opened.emit())
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(
            lambda at: self.menu_asked.emit(self.viewport().mapToGlobal(at))
        )
        self.selectionModel().selectionChanged.connect(lambda *_changed: self.moved.emit())

    def chosen(self) -> list[LoopItem]:
        """The selected items; a branch stands for none."""
        found = []
        for index in self.selectionModel().selectedRows(0):
            item = index.data(Qt.ItemDataRole.UserRole)
            if isinstance(item, LoopItem):
                found.append(item)
        return found

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Left: self.back, Qt.Key.Key_Right: self.forward}.get(Qt.Key(event.key()))
        if by is not None and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            by.emit()
        else:
            super().keyPressEvent(event)

    def show_list(self, items: Sequence[LoopItem]) -> None:
        """Show items one under the other."""
        kept = {(item.ledger, item.id) for item in self.chosen()}
        self.rows.clear()
        self.rows.setHorizontalHeaderLabels(list(_LIST))
        for item in items:
            words, tone = due_words(item)
            row = [
                _cell(item.noun),
                _cell(item.title),
                _cell(item.village),
                _cell(item.department),
                _cell(item.responsible),
                _cell(item.state),
                _cell(item.due.isoformat() if item.due else ""),
                _cell(words, item.left if item.left is not None else 10_000, tone),
            ]
            row[0].setData(item, Qt.ItemDataRole.UserRole)
            self.rows.appendRow(row)
        self._arrange((90, 0, 90, 90, 80, 70, 96, 90), 1)
        self.setRootIsDecorated(False)
        self.setSortingEnabled(True)
        self.header().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self._keep(kept)

    def show_tree(self, root: Branch, wanted: Callable[[LoopItem], bool]) -> None:
        """Show the branches of a ledger, each with what is closed under it."""
        kept = {(item.ledger, item.id) for item in self.chosen()}
        self.rows.clear()
        self.rows.setHorizontalHeaderLabels(list(_TREE))
        for branch in root.branches:
            self._grow(self.rows, branch, wanted)
        self._arrange((0, 190, 60, 100, 90, 100), 0)
        self.setRootIsDecorated(True)
        self.expandToDepth(0)
        self._keep(kept)

    def _grow(self, above: Rows, branch: Branch, wanted: Callable[[LoopItem], bool]) -> None:
        item = branch.item
        if item is not None and not wanted(item):
            return
        if item is not None:
            words, tone = due_words(item)
            progress = f"{item.state}　{words}".strip()
            row = [_cell(branch.title), _cell(progress, tone=tone), _cell("")]
            row += [_cell(item.department), _cell(item.responsible), _cell(f"{item.due or ''}")]
            row[0].setData(item, Qt.ItemDataRole.UserRole)
        else:
            share = round(100 * branch.closed / branch.items) if branch.items else 0
            told = f"{branch.closed}/{branch.items} 已销号（{share}%）"
            late = _cell(str(branch.overdue) if branch.overdue else "", tone="over")
            row = [_cell(branch.title), _cell(told), late, _cell(""), _cell(""), _cell("")]
        for below in branch.branches:
            self._grow(row[0], below, wanted)
        if item is not None or row[0].rowCount():
            above.appendRow(row)

    def _arrange(self, widths: Sequence[int], wide: int) -> None:
        head = self.header()
        head.setStretchLastSection(False)
        for column, width in enumerate(widths):
            if column == wide:
                head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
            else:
                head.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
                self.setColumnWidth(column, width)

    def _keep(self, kept: set[tuple[str, int]]) -> None:
        """Let the row that was current be current again, or the first."""
        for row in range(self.rows.rowCount()):
            item = self.rows.item(row).data(Qt.ItemDataRole.UserRole)
            if isinstance(item, LoopItem) and (item.ledger, item.id) in kept:
                self.setCurrentIndex(self.rows.index(row, 0))
                return
        if self.rows.rowCount():
            self.setCurrentIndex(self.rows.index(0, 0))


def _cell(text: str, order: object = None, tone: str = "") -> QStandardItem:
    made = QStandardItem(text)
    made.setData(text if order is None else order, _SORT)
    made.setToolTip(plain(text))
    if tone in ("over", "warn"):
        made.setForeground(colour(tone))
    return made
