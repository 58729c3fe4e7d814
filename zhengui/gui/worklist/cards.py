"""One column of the board: the items of a state as cards, to be opened, sent on, sent back, or dragged."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QPainter,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from zhengui.gui.kit import icons
from zhengui.gui.kit.mime import new_mime_data
from zhengui.gui.kit.painted import draw_box, draw_focus, draw_label, draw_text, width_of
from zhengui.gui.kit.plain import plain
from zhengui.gui.kit.style import text_size
from zhengui.services.loops.list_items import SOON, LoopItem

Index = QModelIndex | QPersistentModelIndex
_MIME = "application/x-zhengui-item"
_GAP, _EDGE = 8, 10
#: Marks that begin no line.
_NOT_FIRST = tuple("，。：；、）”")


def due_words(item: LoopItem) -> tuple[str, str]:
    """What the corner of a card says, and its tone."""
    if item.closed is not None:
        return f"{item.closed:%m-%d} 销号", "ink3"
    if item.left is not None and item.left < 0:
        return f"逾期 {-item.left} 天", "over"
    if item.left is not None:
        return f"余 {item.left} 天", "warn" if item.left <= SOON else "ink3"
    if item.listed is not None and item.due is None:
        return f"{item.listed:%m-%d} 登记", "ink3"
    return "", "ink3"


class Cards(QAbstractListModel):
    """The items of one state."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.items: list[LoopItem] = []

    def show_items(self, items: Sequence[LoopItem]) -> None:
        """Show these items."""
        self.beginResetModel()
        self.items = list(items)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        item = self.items[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return item
        if role == Qt.ItemDataRole.DisplayRole:
            return item.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain(item.title)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            told = [item.noun, item.village, item.title, item.responsible, item.state, due_words(item)[0]]
            return "，".join(each for each in told if each)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        return [_MIME]

    def mimeData(self, indexes: Sequence[Index]) -> QMimeData:
        made = new_mime_data()
        made.setData(_MIME, b"1")
        return made


class CardPainter(QStyledItemDelegate):
    """Draws a card: what and where, its title on two lines, who, how many photos, when it is due."""

    def __init__(self, view: CardList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, 4 * text_size("body") + 44)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item: LoopItem = index.data(Qt.ItemDataRole.UserRole)
        box: QRect = option.rect.adjusted(0, 0, -2, -_GAP)
        chosen = self._view.selectionModel().isSelected(index)
        draw_box(painter, box, "actbg" if chosen else "surf", "act" if chosen else "line2", 6)
        if self._view.hasFocus() and index.row() == self._view.currentIndex().row():
            draw_focus(painter, box, radius=6)
        area = box.adjusted(_EDGE, 8, -_EDGE, -8)
        line = text_size("caption") + 6
        above = " · ".join(each for each in (item.noun, item.village or item.department) if each)
        draw_text(painter, QRect(area.left(), area.top(), area.width(), line), above, "ink3", "caption")
        self._draw_title(
            painter, QRect(area.left(), area.top() + line, area.width(), 2 * (text_size("body") + 5)), item
        )
        self._draw_foot(painter, QRect(area.left(), area.bottom() - line, area.width(), line + 2), item)

    def _draw_title(self, painter: QPainter, area: QRect, item: LoopItem) -> None:
        first = item.title
        while first and width_of(first) > area.width():
            first = first[: max(1, len(first) * area.width() // width_of(first))]
            if width_of(first) > area.width():
                first = first[:-1]
        if item.title[len(first) : len(first) + 1] in _NOT_FIRST:
            first = first[:-1]
        half = area.height() // 2
        draw_text(painter, QRect(area.left(), area.top(), area.width() + 2, half), first)
        rest = item.title[len(first) :]
        if rest:
            draw_text(painter, QRect(area.left(), area.top() + half, area.width(), half), rest)

    def _draw_foot(self, painter: QPainter, area: QRect, item: LoopItem) -> None:
        words, tone = due_words(item)
        end = area.right()
        middle = area.center().y() + 1
        if words and tone in ("over", "warn"):
            width = width_of(words, "caption") + 12
            draw_label(painter, end - width, middle, words, tone)
            end -= width + 6
        elif words:
            width = width_of(words, "caption") + 2
            draw_text(painter, QRect(end - width, area.top(), width, area.height()), words, tone, "caption")
            end -= width + 6
        if item.evidence:
            width = width_of(str(item.evidence), "caption") + 18
            if area.left() + width_of(item.responsible, "caption") + width + 8 < end:
                icons.paint(painter, "image", end - width, middle - 7, 14, "ink3")
                count = QRect(end - width + 17, area.top(), width, area.height())
                draw_text(painter, count, str(item.evidence), "ink3", "caption")
                end -= width + 6
        who = item.responsible or item.leader or item.department
        draw_text(
            painter, QRect(area.left(), area.top(), end - area.left(), area.height()), who, "ink2", "caption"
        )


class CardList(QListView):
    """The cards of a state; what a key or a drag asks for is told by signals, and who holds the board does it."""

    opened = Signal()
    forward = Signal()
    back = Signal()
    menu_asked = Signal(object)
    sideways = Signal(int)
    dropped = Signal(object)  # the list that the cards come from
    taken_up = Signal()

    def __init__(self, state: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.cards = Cards(self)
        self.setModel(self.cards)
        self.setItemDelegate(CardPainter(self))
        self.setAccessibleName(state)
        self.setObjectName("clear")
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.viewport().setAutoFillBackground(False)
        self.activated.connect(lambda _index: self.opened.emit())
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(
            lambda at: self.menu_asked.emit(self.viewport().mapToGlobal(at))
        )

    def chosen(self) -> list[LoopItem]:
        """The selected items, or the current one."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        if not rows and self.currentIndex().isValid():
            rows = [self.currentIndex().row()]
        return [self.cards.items[row] for row in rows if row < len(self.cards.items)]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if by is None:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            (self.forward if by > 0 else self.back).emit()
        else:
            self.sideways.emit(by)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if not self.currentIndex().isValid() and self.cards.items:
            self.setCurrentIndex(self.cards.index(0))
        super().focusInEvent(event)
        self.taken_up.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._judge(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._judge(event)

    def _judge(self, event: QDragMoveEvent) -> None:
        if isinstance(event.source(), CardList) and event.source() is not self:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        source = event.source()
        if isinstance(source, CardList) and source is not self:
            # Nothing is moved by the drag itself: the step is asked for first.
            event.setDropAction(Qt.DropAction.IgnoreAction)
            event.accept()
            self.dropped.emit(source)
