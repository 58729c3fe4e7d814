"""The list under { or #: figures and claims whose name, or pinyin initials, begin with what is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout

from zhengui.gui.document.marks import THING
from zhengui.gui.kit.labels import label

if TYPE_CHECKING:
    from zhengui.gui.desk.desk import Desk
    from zhengui.gui.document.writing_area import WritingArea
    from zhengui.gui.kit.background import JobProgress
    from zhengui.services.counting.chips_of import Suggestion
    from zhengui.storage.writing.documents import StoredDocument

WIDTH, ROW, ROWS = 330, 30, 8
#: Height of the list's frame and the line under it.
BESIDES = 44
LONGEST = 16


class Suggestions(QFrame):
    """Lies over the text and never takes the keyboard: typing goes on, ↑ ↓ Enter and Esc are its own."""

    def __init__(self, desk: Desk, area: WritingArea) -> None:
        super().__init__(area)
        self.setObjectName("card")
        self._desk, self._area = desk, area
        self._stored: StoredDocument | None = None
        self._start = -1
        self._asked = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 6)
        column.setSpacing(2)
        self.list = QListWidget(self)
        self.list.setAccessibleName("插入指标或断言")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(lambda _item: self._choose())
        column.addWidget(self.list)
        column.addWidget(label("　打名称或拼音首字母 · Enter 插入 · Esc 不用", self, "cap"))
        area.triggered.connect(self.begin)
        area.document().contentsChanged.connect(self._follow)
        area.cursorPositionChanged.connect(self._follow)
        self.hide()

    @property
    def open(self) -> bool:
        """Whether something is being looked up."""
        return self._start >= 0

    def set_document(self, stored: StoredDocument) -> None:
        """Suggest with the values of this document's period and scope."""
        self._stored = stored
        self.end()

    def begin(self, position: int) -> None:
        """Begin where the trigger stands in the text."""
        self._start = position
        self._asked = "\0"
        self._follow()

    def end(self) -> None:
        """Stop; what was typed stays as it is."""
        self._start = -1
        self.hide()

    def take_key(self, event: QKeyEvent) -> bool:
        """Take a key that belongs to the list; false where typing goes on."""
        if not self.open:
            return False
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.end()
            return True
        if not self.list.count() or not self.isVisible():
            return False
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            self.list.setCurrentRow((self.list.currentRow() + step) % self.list.count())
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            self._choose()
            return True
        return False

    def _typed(self) -> str | None:
        """What was typed after the trigger; None where the search is over."""
        cursor = self._area.textCursor()
        at = cursor.position()
        block = cursor.block()
        if at <= self._start or self._start < block.position() or at - self._start > LONGEST:
            return None
        found: str = block.text()[self._start + 1 - block.position() : at - block.position()]
        return None if THING in found or " " in found or "}" in found else found

    def _follow(self) -> None:
        if not self.open:
            return
        typed = self._typed()
        if typed is None:
            self.end()
        elif typed != self._asked:
            self._asked = typed
            self._look_up(typed)

    def _look_up(self, typed: str) -> None:
        from zhengui.services.counting.chips_of import suggest

        stored, township = self._stored, self._desk.township
        if stored is None:
            return

        def work(_progress: JobProgress) -> list[Suggestion]:
            return suggest(township, typed, stored.period, stored.villages)

        self._desk.background.run(work, self._fill, key="suggest")

    def _fill(self, found: list[Suggestion]) -> None:
        if not self.open:
            return
        self.list.clear()
        for each in found:
            number = f"{each.n}　" if each.n else ""
            item = QListWidgetItem(f"{number}{each.title}　{each.preview}")
            item.setSizeHint(QSize(0, ROW))
            item.setData(Qt.ItemDataRole.UserRole, each.insert)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        if not found:
            self.hide()
            return
        self._place()

    def _place(self) -> None:
        """Under the line that is typed in, or over it; never on it."""
        under = self._area.place_of(self._start)
        room = self._area.viewport().rect()
        below, above = room.height() - under.bottom() - 4, under.top() - 4
        wanted = min(ROWS, self.list.count()) * ROW + BESIDES
        side = below if below >= min(wanted, above) else above
        rows = max(1, min(ROWS, self.list.count(), (side - BESIDES) // ROW))
        self.list.setFixedHeight(rows * ROW + 4)
        self.setFixedWidth(WIDTH)
        self.adjustSize()
        x = max(4, min(under.left(), room.width() - WIDTH - 4))
        y = under.bottom() + 4 if side == below else under.top() - self.height() - 4
        self.move(QPoint(x, y))
        self.show()
        self.raise_()

    def _choose(self) -> None:
        chosen = self.list.selectedItems()
        if not chosen:
            return
        code, start = str(chosen[0].data(Qt.ItemDataRole.UserRole)), self._start
        self.end()
        self._area.insert_chip(code, start)
