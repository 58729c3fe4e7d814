"""The document's text to be read: chips with their facts, and what lies under the mouse."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QMouseEvent
from PySide6.QtWidgets import QTextEdit, QToolTip, QWidget

from zhengui.catalogue.source import CLAIM, source_of
from zhengui.gui.document import marks
from zhengui.gui.document.manuscript import Manuscript
from zhengui.gui.kit.mime import new_mime_data
from zhengui.gui.kit.plain import plain

#: Wording with its chips, for pasting within the program.
WORDING = "application/x-zhengui-wording"


class ReadingArea(QTextEdit):
    """Shows a manuscript; a click on a chip, Alt+↓ beside it, or the menu key asks for its facts."""

    chip_opened = Signal(str, QRect)
    fixed_opened = Signal(str)
    lead_opened = Signal(int)
    part_entered = Signal(int)
    menu_asked = Signal(str, QPoint)

    def __init__(self, manuscript: Manuscript, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.manuscript = manuscript
        self.setObjectName("editor")
        self.setAccessibleName("文稿正文")
        self.setFrameShape(QTextEdit.Shape.NoFrame)
        self.setDocument(manuscript.document)
        self.setAcceptDrops(False)
        self.setTabChangesFocus(True)
        self.setCursorWidth(2)
        self.viewport().setMouseTracking(True)
        self._pressed = -1
        self._entered = 0
        self._kept = (0, 0, 0)
        manuscript.leaving.connect(self._leave)
        manuscript.filled.connect(self._put_caret)
        manuscript.built.connect(self._scroll_back)
        self.cursorPositionChanged.connect(self._moved)

    def part(self) -> int:
        """The part the caret is in, or 0."""
        state = self.textCursor().block().userState()
        return state if self.manuscript.part(state) is not None else 0

    def go_to(self, part: int, offset: int = 0) -> None:
        """Put the caret into a part and bring it to the upper third of the view."""
        block = self.manuscript.block(part)
        if block is None:
            return
        cursor = self.textCursor()
        cursor.setPosition(min(marks.typed_from(block) + offset, marks.typed_to(block)))
        self.setTextCursor(cursor)
        shift = self.cursorRect().top() - self.viewport().height() // 4
        if not 0 <= self.cursorRect().top() < self.viewport().height() - 40:
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + shift)

    def offset(self) -> int:
        """How far the caret is into its part."""
        return self.textCursor().position() - marks.typed_from(self.textCursor().block())

    def go_to_chip(self, source: str) -> bool:
        """Bring the first chip of a figure:key or claim:key into view."""
        led = source_of(source)
        wanted = f"{{claim.{led.key}}}" if led.kind == CLAIM else f"{{{led.key}"
        block = self.manuscript.document.begin()
        while block.isValid():
            for at, kind, code, _text in marks.pieces(block):
                if (
                    kind == marks.CHIP
                    and code.startswith(wanted)
                    and code[len(wanted) :][:1] in ("", ".", "|", "}")
                ):
                    self.go_to(block.userState(), at - marks.typed_from(block))
                    self.manuscript.drawing.hovered = at
                    self.viewport().update()
                    return True
            block = block.next()
        return False

    def chip_under(self, point: QPoint) -> tuple[int, str, str]:
        """(position, kind, code) of the thing at a point of the view, or (-1, "", "")."""
        layout = self.document().documentLayout()
        place = point + QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        at = layout.hitTest(place, Qt.HitTestAccuracy.ExactHit)
        if at < 0:
            return -1, "", ""
        for position, kind, code, _text in marks.pieces(self.document().findBlock(at)):
            if position == at and kind:
                return position, kind, code
        return -1, "", ""

    def place_of(self, position: int) -> QRect:
        """Where the character at a position stands in the view."""
        cursor = self.textCursor()
        cursor.setPosition(position)
        return self.cursorRect(cursor)

    def createMimeDataFromSelection(self) -> QMimeData:
        """What is printed, and beside it the wording with its chips."""
        cursor = self.textCursor()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        wordings, printed = [], []
        block = self.document().findBlock(start)
        while block.isValid() and block.position() < end:
            text = marks.wording_between(block, max(start, block.position()), end)
            wordings.append(text)
            printed.append(self.manuscript.printed(text))
            block = block.next()
        made = new_mime_data()
        made.setText("\n".join(printed))
        made.setData(WORDING, "\n".join(wordings).encode())
        return made

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        if event.button() == Qt.MouseButton.LeftButton and self.textCursor().hasSelection():
            # Dragging a selection away would tear paragraphs apart.
            cursor = self.textCursor()
            cursor.clearSelection()
            self.setTextCursor(cursor)
        self._pressed = self.chip_under(place)[0]
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        place = event.position().toPoint()
        at, kind, code = self.chip_under(place)
        pressed = event.button() == Qt.MouseButton.LeftButton and at == self._pressed
        if pressed and kind == marks.CHIP and not self.textCursor().hasSelection():
            self.open_chip(at, code)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at, kind, code = self.chip_under(event.position().toPoint())
        if kind == marks.FIXED:
            self.fixed_opened.emit(code)
        elif kind in (marks.LEAD, marks.NOTE):
            self.lead_opened.emit(self.document().findBlock(at).userState())
        elif kind != marks.CHIP:
            super().mouseDoubleClickEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        at, kind, _code = self.chip_under(event.position().toPoint())
        hand = kind == marks.CHIP
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.IBeamCursor)
        hovered = at if hand else -1
        if hovered != self.manuscript.drawing.hovered:
            self.manuscript.drawing.hovered = hovered
            self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), plain(self._tip(event.pos())), self)
            return True
        return super().viewportEvent(event)

    def _tip(self, point: QPoint) -> str:
        _at, kind, code = self.chip_under(point)
        if kind == marks.CHIP:
            return self.manuscript.tip(code)
        return {marks.FIXED: "双击修改", marks.LEAD: "双击改标题", marks.NOTE: "双击看各种写法"}.get(kind, "")

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        at, kind, code = self.chip_under(event.pos())
        if kind == marks.CHIP:
            cursor = self.textCursor()
            cursor.setPosition(at)
            self.setTextCursor(cursor)
        self.menu_asked.emit(code if kind == marks.CHIP else "", event.globalPos())

    def open_chip(self, at: int, code: str) -> None:
        """Open a chip's facts under it, with the caret in front of it."""
        cursor = self.textCursor()
        cursor.setPosition(at)
        self.setTextCursor(cursor)
        self.chip_opened.emit(code, self.place_of(at))

    def chip_by_caret(self) -> tuple[int, str]:
        """The chip right after the caret, or right before it."""
        cursor = self.textCursor()
        for at in (cursor.position(), cursor.position() - 1):
            code = marks.chip_at(cursor.block(), at)
            if code:
                return at, code
        return -1, ""

    def _leave(self) -> None:
        self._kept = (self.part(), self.offset(), self.verticalScrollBar().value())

    def _put_caret(self) -> None:
        """Put the caret where it was; at the front where that part is gone.

        Before anything is laid out, for where the caret stands now, at the end, Qt would lay out all that is before it.
        """
        part, offset, _scroll = self._kept
        block = self.manuscript.block(part)
        cursor = self.textCursor()
        cursor.setPosition(
            0 if block is None else min(marks.typed_from(block) + offset, marks.typed_to(block))
        )
        self.setTextCursor(cursor)

    def _scroll_back(self) -> None:
        scroll = self._kept[2]
        if scroll:
            # How far there is to scroll is known once everything is laid out.
            self.document().documentLayout().documentSize()
        self.verticalScrollBar().setValue(scroll)

    def _moved(self) -> None:
        part = self.part()
        if part != self._entered:
            self._entered = part
            self.part_entered.emit(part)
