"""Typing in a cell: the field's own editor over the cell, Enter down, Tab right, Esc back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from zhengui.catalogue.model import FieldType
from zhengui.gui.fields.context import EditorContext
from zhengui.gui.fields.field_editor import FieldEditor
from zhengui.gui.fields.registry import editor_for
from zhengui.gui.ledger.columns import editable
from zhengui.gui.ledger.model import TableRole
from zhengui.gui.ledger.pending import TypedCell
from zhengui.gui.ledger.table import Index, LedgerTable
from zhengui.values.parse import ValueMistake
from zhengui.values.show import show

#: Narrower cells get an editor of this width, long texts one of this size.
LEAST, LONG_WIDTH, LONG_HEIGHT = 132, 340, 100
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CellEditing(QObject):
    """Belongs to one table; at most one cell is open."""

    typed = Signal(int, str, object)  # the record, the field's key and a `TypedCell`
    record_asked = Signal(int)

    def __init__(self, table: LedgerTable) -> None:
        super().__init__(table)
        self._table = table
        self.context: EditorContext | None = None
        self.editor: FieldEditor | None = None
        self._record = 0
        self._before = ""
        table.edit_asked.connect(self.open)
        table.verticalScrollBar().valueChanged.connect(lambda _at: self._follow())
        table.horizontalScrollBar().valueChanged.connect(lambda _at: self._follow())
        table.heading.sectionResized.connect(lambda *_sizes: self._follow())

    def open(self, index: Index, text: str | None = None, state: str | None = None) -> bool:
        """Put the editor over a cell; `text` takes the place of what stands there, `state` of a draft of it."""
        self.finish()
        if not index.isValid() or self.context is None:
            return False
        column = self._table.rows.columns[index.column()]
        if column.field is None or not editable(column.field):
            return False
        self._table.scrollTo(index)
        editor = editor_for(column.field, self.context)
        editor.setParent(self._table.viewport())
        editor.setAutoFillBackground(True)
        held = self._table.rows.pending.typed(index.data(TableRole.ID), column.key)
        if held is not None:
            editor.restore(held.state)
        else:
            editor.set_value(index.data(TableRole.VALUE))
        self.editor, self._record, self._before = editor, index.data(TableRole.ID), editor.state()
        if held is not None and held.message:
            editor.show_look("error")
        editor.next_wanted.connect(lambda: self.finish(down=1))
        editor.back_wanted.connect(lambda: self.finish(down=-1))
        for part in {editor.input(), *editor.looking(), *editor.findChildren(QWidget)}:
            part.installEventFilter(self)
        self._follow()
        editor.show()
        if text is not None:
            editor.set_text(text)
        editor.input().setFocus(Qt.FocusReason.MouseFocusReason)
        if isinstance(editor.input(), QLineEdit):
            editor.input().end(False)  # type: ignore[attr-defined]
        return True

    def _follow(self) -> None:
        """Stay over the cell while the table moves under it."""
        if self.editor is None:
            return
        index = self._table.currentIndex()
        cell, room = self._table.visualRect(index), self._table.viewport().rect()
        field = self.editor.field
        wide = field.many or field.type in (FieldType.LONG_TEXT, FieldType.CHOICES)
        width = min(max(cell.width(), LONG_WIDTH if wide else LEAST), room.width())
        height = LONG_HEIGHT if self.editor.field.type is FieldType.LONG_TEXT else cell.height()
        x = max(0, min(cell.left(), room.width() - width))
        y = max(0, min(cell.top(), room.height() - height))
        self.editor.setGeometry(QRect(x, y, width, height))

    def finish(self, down: int = 0, right: int = 0) -> None:
        """Take what was typed and go on to another cell."""
        editor = self.editor
        if editor is None:
            return
        editor.normalise()
        key, state = editor.field.key, editor.state()
        typed = None if state == self._before else _typed(editor)
        record = self._record
        self._close()
        if typed is not None:
            self.typed.emit(record, key, typed)
        if down or right:
            self._table.step_cell(down, right)

    def cancel(self) -> None:
        """Leave the cell as it was."""
        if self.editor is not None:
            self._close()

    def _close(self) -> None:
        editor, self.editor = self.editor, None
        if editor is None:
            return
        inside = editor.isAncestorOf(QApplication.focusWidget() or self._table)
        for part in editor.findChildren(QWidget):
            part.removeEventFilter(self)
        if getattr(editor, "is_open", False):
            editor.close_box()  # type: ignore[attr-defined]
        editor.hide()
        editor.deleteLater()
        if inside:
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.editor is None:
            return False
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride:
                # Keys of the table do nothing to the table while a cell is open.
                if (
                    event.modifiers() & Qt.KeyboardModifier.ControlModifier
                    or event.key() == Qt.Key.Key_Escape
                ):
                    event.accept()
                return False
            if event.type() == QEvent.Type.KeyPress:
                return self._pressed(event)
        elif event.type() == QEvent.Type.FocusOut:
            QTimer.singleShot(0, self._look_whether_left)
        return False

    def _pressed(self, event: QKeyEvent) -> bool:
        editor = self.editor
        assert editor is not None
        key, open_box = event.key(), bool(getattr(editor, "is_open", False))
        if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            editor.pressed(event)  # a list that is open gives its row
            self.finish(right=1 if key == Qt.Key.Key_Tab else -1)
            return True
        if key == Qt.Key.Key_Escape and not open_box:
            self.cancel()
            return True
        if key in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            record = self._record
            self.finish()
            self.record_asked.emit(record)
            return True
        return False

    def _look_whether_left(self) -> None:
        focused = QApplication.focusWidget()
        if self.editor is None or QApplication.activePopupWidget() is not None or focused is None:
            return
        if focused is not self.editor and not self.editor.isAncestorOf(focused):
            self.finish()


def _typed(editor: FieldEditor) -> TypedCell:
    try:
        value = editor.value()
    except ValueMistake as mistake:
        return TypedCell(editor.state(), editor.text(), unread=mistake.message)
    shown = show(editor.field, value, editor.context.lookup) if value is not None else ""
    return TypedCell(editor.state(), shown, value)
