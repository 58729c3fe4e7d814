"""Where the document is typed: chips go as one, numbers and fixed lines stay, a paragraph never runs into another by itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QWidget

from zhengui.gui.document import marks
from zhengui.gui.document.keys import KeyDeed, deed_of, deleted_by
from zhengui.gui.document.manuscript import Manuscript
from zhengui.gui.document.reading_area import WORDING, ReadingArea

TRIGGERS = "{#｛＃"
_Keep = QTextCursor.MoveMode.KeepAnchor


class WritingArea(ReadingArea):
    """Signals ask for everything that changes more than the wording of a paragraph."""

    paragraphs_asked = Signal(int, list)  # a part, and the texts it becomes
    joined = Signal(int)  # a part to be put to the end of the one before
    deed = Signal(str)
    grouped = Signal(bool)
    triggered = Signal(int)

    def __init__(self, manuscript: Manuscript, parent: QWidget | None = None) -> None:
        super().__init__(manuscript, parent)
        #: Who is asked before the text gets a key: the list under { and #.
        self.first_asked: Callable[[QKeyEvent], bool] = lambda _event: False

    def insert_chip(self, code: str, start: int | None = None) -> None:
        """Put a chip at the caret, in place of what stands between `start` and the caret."""
        if not self._ready():
            return
        cursor = self.textCursor()
        self.grouped.emit(True)
        if start is not None and start < cursor.position():
            cursor.setPosition(start, _Keep)
            cursor.removeSelectedText()
        plain = self.manuscript.plain_format(cursor.block())
        cursor.insertText(marks.THING, marks.thing(marks.CHIP, code, plain))
        cursor.setCharFormat(plain)
        self.setTextCursor(cursor)
        self.grouped.emit(False)

    def replace_chip(self, position: int, code: str) -> None:
        """Put another chip in the place of one."""
        cursor = self.textCursor()
        cursor.setPosition(position)
        cursor.setPosition(position + 1, _Keep)
        self.setTextCursor(cursor)
        self.insert_chip(code)

    # What the keys do

    def event(self, event: QEvent) -> bool:
        """Keep the editor's own keys from the window's shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and deed_of(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type, delete and split within what may be edited."""
        if self.first_asked(event):
            return
        asked = deed_of(event)
        if asked in (KeyDeed.CUT, KeyDeed.PASTE, KeyDeed.SPLIT, KeyDeed.DELETE):
            if not self.isReadOnly():
                self._edit(asked, event)
        elif asked is not None:
            self.deed.emit(asked.value)
        elif self._types(event):
            if self._ready():
                super().keyPressEvent(event)
                self._look_for_trigger()
        else:
            super().keyPressEvent(event)

    def _types(self, event: QKeyEvent) -> bool:
        """Whether a key puts something into the text."""
        held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        return not self.isReadOnly() and bool(event.text()) and event.text().isprintable() and not held

    def _edit(self, asked: KeyDeed, event: QKeyEvent) -> None:
        if asked is KeyDeed.CUT:
            self.copy()
            self.remove_selected()
        elif asked is KeyDeed.PASTE:
            self.paste()
        elif asked is KeyDeed.SPLIT:
            self._split()
        else:
            self._delete(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Take what an input method gives, where something may be typed."""
        if (event.commitString() or event.preeditString()) and not self._ready():
            return
        super().inputMethodEvent(event)
        if event.commitString():
            self._look_for_trigger()

    def _ready(self) -> bool:
        """Make sure that the caret stands where something may be typed; false where it can't."""
        if self.isReadOnly():
            return False
        if self.textCursor().hasSelection():
            self.remove_selected()
        cursor = self.textCursor()
        block = cursor.block()
        if not self.manuscript.can_type(block):
            return False
        if cursor.position() < marks.typed_from(block):
            cursor.setPosition(marks.typed_from(block))
            self.setTextCursor(cursor)
        made = self.textCursor().charFormat()
        if made.hasProperty(marks.KIND):
            self.setCurrentCharFormat(self.manuscript.plain_format(block))
        return True

    def remove_selected(self) -> None:
        """Take out what is selected, in each paragraph what may be edited of it."""
        chosen = self.textCursor()
        start, end = chosen.selectionStart(), chosen.selectionEnd()
        self.grouped.emit(True)
        block = self.document().findBlock(end)
        while block.isValid() and block.position() + block.length() > start:
            if self.manuscript.can_type(block):
                first = max(start, marks.typed_from(block))
                last = min(end, marks.typed_to(block))
                if first < last:
                    cursor = QTextCursor(block)
                    cursor.setPosition(first)
                    cursor.setPosition(last, _Keep)
                    cursor.removeSelectedText()
            block = block.previous()
        self.grouped.emit(False)
        chosen = self.textCursor()
        chosen.setPosition(min(start, self.document().characterCount() - 1))
        self.setTextCursor(chosen)

    def _delete(self, event: QKeyEvent) -> None:
        cursor = self.textCursor()
        if cursor.hasSelection():
            self.remove_selected()
            return
        block = cursor.block()
        if not self.manuscript.can_type(block):
            return
        start, end = marks.typed_from(block), marks.typed_to(block)
        cursor.movePosition(deleted_by(event), _Keep)
        backwards = cursor.position() < cursor.anchor()
        if backwards and cursor.anchor() <= start:
            self.joined.emit(block.userState())
            return
        if not backwards and cursor.anchor() >= end:
            following = block.next()
            if self.manuscript.can_type(following):
                self.joined.emit(following.userState())
            return
        anchor = max(start, min(cursor.anchor(), end))
        target = max(start, min(cursor.position(), end))
        cursor.setPosition(anchor)
        cursor.setPosition(target, _Keep)
        cursor.removeSelectedText()
        self.setTextCursor(cursor)

    def _split(self) -> None:
        if not self._ready():
            return
        before, after = self._around()
        self.paragraphs_asked.emit(self.part(), [before, after])

    def _around(self) -> tuple[str, str]:
        """The wording before and after the caret in its part."""
        block, at = self.textCursor().block(), self.textCursor().position()
        before = marks.wording_between(block, marks.typed_from(block), at)
        return before, marks.wording_between(block, at, marks.typed_to(block))

    # Clipboard

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return bool(source.hasText())

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste wording; more than one line becomes more than one paragraph."""
        own = source.hasFormat(WORDING)
        text = bytes(source.data(WORDING).data()).decode() if own else source.text()
        lines = [line.strip() for line in text.replace("\r", "\n").split("\n")]
        lines = [line for line in lines if line]
        if not lines or not self._ready():
            return
        part = self.manuscript.part(self.part())
        if len(lines) > 1 and part is not None and part.kind == "paragraph":
            before, after = self._around()
            self.paragraphs_asked.emit(part.id, [before + lines[0], *lines[1:-1], lines[-1] + after])
            return
        cursor = self.textCursor()
        marks.insert_wording(cursor, "".join(lines), self.manuscript.plain_format(cursor.block()))
        self.setTextCursor(cursor)

    def _look_for_trigger(self) -> None:
        cursor = self.textCursor()
        at = cursor.position() - 1
        if at >= 0 and self.document().characterAt(at) in TRIGGERS:
            self.triggered.emit(at)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.deed.emit(KeyDeed.REST.value)
