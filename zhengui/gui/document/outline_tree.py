"""The outline at the left: sections with their paragraphs, to go to, move, rename, switch off and take out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QColor, QDropEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from zhengui.gui.document import order
from zhengui.gui.kit import icons, style
from zhengui.gui.kit.labels import label
from zhengui.gui.kit.plain import plain
from zhengui.storage.writing.documents import HEADING, ITEMS, Part

WIDTH, ROW = 224, 28
HEAD = 0
_ID = Qt.ItemDataRole.UserRole
_Place = QAbstractItemView.DropIndicatorPosition


class OutlineTree(QTreeWidget):
    """Says what is asked; the editor does it."""

    chosen = Signal(int)
    moved = Signal(int, object)  # a part, and the part after which it shall stand (None: at the front)
    stepped = Signal(int, int)
    deed = Signal(str, int)
    menu_asked = Signal(int, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("提纲")
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        self.header().resizeSection(1, 26)
        self.setIndentation(12)
        self.setMinimumWidth(160)
        self.setUniformRowHeights(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.itemClicked.connect(lambda item, _column: self._choose(item))
        self.itemActivated.connect(lambda item, _column: self._choose(item))
        self.customContextMenuRequested.connect(self._ask_menu)
        self._parts: list[Part] = []
        self._items: dict[int, QTreeWidgetItem] = {}
        self._editable = True

    def set_editable(self, editable: bool) -> None:
        """Let parts be moved, or only be gone to."""
        self._editable = editable
        self.setDragEnabled(editable)

    def show_parts(
        self,
        parts: Sequence[Part],
        numbers: Mapping[int, str],
        names: Mapping[int, str],
        open_parts: set[int],
        silent: Collection[int] = (),
    ) -> None:
        """List the parts; sections stay folded or open as they were, those of another document begin open.

        `open_parts` need attention.
        """
        unfolded = {key for key, item in self._items.items() if item.isExpanded()}
        first = not any(part.id in self._items for part in parts)
        current = self.current()
        self._parts = list(parts)
        self._items = {}
        self.clear()
        head = QTreeWidgetItem(self, ["标题与开头"])
        head.setData(0, _ID, HEAD)
        head.setSizeHint(0, QSize(0, ROW))
        head.setFont(0, style.font("body", bold=True))
        above: list[tuple[int, QTreeWidgetItem]] = []
        for part in parts:
            if part.kind == HEADING:
                while above and above[-1][0] >= part.level:
                    above.pop()
            parent = above[-1][1] if above else self.invisibleRootItem()
            item = self._item(
                parent, part, numbers.get(part.id, "") + names[part.id], part.on and part.id not in silent
            )
            if part.kind == HEADING:
                above.append((part.level, item))
        self._mark(parts, open_parts, silent)
        for key, item in self._items.items():
            part = parts[order.index_of(parts, key)]
            item.setExpanded(part.kind == HEADING and (part.level == 1 if first else key in unfolded))
        self.show_current(current)

    def _item(self, parent: QTreeWidgetItem, part: Part, words: str, printed: bool) -> QTreeWidgetItem:
        item = QTreeWidgetItem(parent, [words])
        item.setData(0, _ID, part.id)
        item.setToolTip(0, plain(words + ("" if printed else "（不印）")))
        item.setFont(0, style.font("body", bold=part.kind == HEADING and part.level == 1))
        tone = "inkd" if not printed else "ink1" if part.kind == HEADING else "ink2"
        item.setForeground(0, QColor(style.colour(tone)))
        flags = item.flags()
        if part.kind != HEADING:
            flags &= ~Qt.ItemFlag.ItemIsDropEnabled
        item.setFlags(flags)
        self._items[part.id] = item
        return item

    def _mark(self, parts: Sequence[Part], open_parts: set[int], silent: Collection[int]) -> None:
        """A sign on each section that has, or has under it, something to look at; what is not printed has none."""
        off = {each.id for part in parts if not part.on for each in order.block_of(parts, part.id)} | set(
            silent
        )
        for part in parts:
            item = self._items[part.id]
            block = order.block_of(parts, part.id)
            if any(each.id in open_parts - off for each in block):
                item.setIcon(1, icons.icon("warning", 16, "warn"))
                item.setToolTip(1, "有待核对的内容")
            elif part.kind == HEADING and part.level > 1 and part.id not in off:
                item.setIcon(1, icons.icon("checkmark_circle", 16, "okfill", filled=True))
            elif part.kind == ITEMS:
                item.setIcon(1, icons.icon("target", 16, "ink3"))

    def current(self) -> int:
        """The part that is marked, or 0."""
        item = self.currentItem()
        return int(item.data(0, _ID)) if item is not None else HEAD

    def show_current(self, part: int) -> None:
        """Mark a part, or the folded section it is in, without going there."""
        item = self._items.get(part)
        while item is not None and (parent := item.parent()) is not None and not parent.isExpanded():
            item = parent
        if item is not None and item is not self.currentItem():
            self.setCurrentItem(item)

    def _choose(self, item: QTreeWidgetItem) -> None:
        self.chosen.emit(int(item.data(0, _ID)))

    def _ask_menu(self, place: QPoint) -> None:
        item = self.itemAt(place)
        if item is not None and self._editable:
            self.setCurrentItem(item)
            self.menu_asked.emit(int(item.data(0, _ID)), self.viewport().mapToGlobal(place))

    def event(self, event: QEvent) -> bool:
        """Keep the outline's own keys from the window's shortcuts."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._asked(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def _asked(self, event: QKeyEvent) -> str:
        both = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
        if event.modifiers() & both == both:
            return {Qt.Key.Key_Up: "up", Qt.Key.Key_Down: "down"}.get(Qt.Key(event.key()), "")
        if event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            return {Qt.Key.Key_Z: "undo", Qt.Key.Key_Y: "redo"}.get(Qt.Key(event.key()), "")
        return {Qt.Key.Key_F2: "rename", Qt.Key.Key_Delete: "remove", Qt.Key.Key_Space: "switch"}.get(
            Qt.Key(event.key()), ""
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with Alt+Shift+↑/↓, rename with F2, take out with Delete, print or not with Space."""
        asked = self._asked(event)
        if not asked:
            super().keyPressEvent(event)
        elif self._editable and (self.current() or asked in ("undo", "redo")):
            self.deed.emit(asked, self.current())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the top where nothing is marked yet, so that the keyboard is seen."""
        super().focusInEvent(event)
        first = self.topLevelItem(0)
        if self.currentItem() is None and first is not None:
            self.setCurrentItem(first)

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask for the move; the outline is drawn anew once it is made."""
        target = self.itemAt(event.position().toPoint())
        part = self.current()
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if target is None or not part:
            return
        self.drop_on(part, int(target.data(0, _ID)), self.dropIndicatorPosition())

    def drop_on(self, part: int, target: int, place: _Place) -> None:
        """Ask for a part to stand over, under or in another."""
        if target == HEAD:
            self.moved.emit(part, order.FRONT)
            return
        at = order.index_of(self._parts, target)
        if place is _Place.AboveItem:
            after = order.before(self._parts, at)
        elif place is _Place.OnItem:
            after = target
        else:
            item = self._items[target]
            folded = self._parts[at].kind == HEADING and not item.isExpanded()
            after = order.block_of(self._parts, target)[-1].id if folded else target
        if after != part:
            self.moved.emit(part, after)


def outline_panel(outline: OutlineTree, add: QWidget) -> QFrame:
    """The outline under its heading, with the button that adds to it."""
    made = QFrame()
    made.setObjectName("sub")
    box = QVBoxLayout(made)
    box.setContentsMargins(0, 4, 0, 0)
    box.setSpacing(2)
    head = QHBoxLayout()
    head.setContentsMargins(16, 0, 8, 0)
    head.addWidget(label("提纲", made, "cap"))
    head.addStretch(1)
    head.addWidget(add)
    box.addLayout(head)
    box.addWidget(outline, 1)
    return made
