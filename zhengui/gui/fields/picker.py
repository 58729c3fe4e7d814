"""A line of text with a list or calendar under it; the keyboard stays in the line."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from zhengui.catalogue.model import Field
from zhengui.gui.fields.context import EditorContext
from zhengui.gui.fields.field_editor import LineEditor
from zhengui.gui.fields.popover import FieldPopover, ListPopover, ListRow
from zhengui.gui.kit.icons import icon
from zhengui.gui.kit.plain import plain

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PAGE = 7


class PickerEditor(LineEditor):
    """Alt+↓, F4 or the sign at the right opens the box; Esc closes it without leaving the form."""

    sign = "chevron_down"
    sign_says = "打开列表（Alt+↓）"

    def __init__(self, field: Field, context: EditorContext, parent: QWidget | None = None) -> None:
        super().__init__(field, context, parent)
        self._box: FieldPopover | None = None
        self._opener = QAction(icon(self.sign, 16, "ink3"), self.sign_says, self)
        self._opener.setToolTip(plain(self.sign_says))
        self._opener.triggered.connect(self._toggle)
        self.line.addAction(self._opener, QLineEdit.ActionPosition.TrailingPosition)

    def make_box(self) -> FieldPopover:
        """Make the box; done when it is first opened."""
        raise NotImplementedError

    def open_box(self) -> None:
        """Fill and show the box."""
        raise NotImplementedError

    def box_pressed(self, event: QKeyEvent) -> bool:
        """Take a key while the box is open; true if it was used."""
        raise NotImplementedError

    @property
    def popover(self) -> FieldPopover:
        """The box under the line."""
        if self._box is None:
            self._box = self.make_box()
            self.destroyed.connect(self._box.deleteLater)
        return self._box

    @property
    def is_open(self) -> bool:
        """Whether the box is open."""
        return self._box is not None and self._box.isVisible()

    def close_box(self) -> None:
        """Close the box, if it is open."""
        if self._box is not None:
            self._box.close_box()

    def _toggle(self) -> None:
        if self.is_open:
            self.close_box()
        elif not self.line.isReadOnly():
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
            self.open_box()

    def pressed(self, event: QKeyEvent) -> bool:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if self.is_open:
            if event.key() == Qt.Key.Key_Escape or (alt and event.key() == Qt.Key.Key_Up):
                self.close_box()
                return True
            if self.box_pressed(event):
                return True
        elif not self.line.isReadOnly() and (
            (alt and event.key() == Qt.Key.Key_Down) or event.key() in (Qt.Key.Key_F4, Qt.Key.Key_Down)
        ):
            self.open_box()
            return True
        return super().pressed(event)

    def overrides(self, event: QKeyEvent) -> bool:
        if self.is_open and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return False

    def unfocused(self, reason: Qt.FocusReason) -> None:
        self.close_box()
        super().unfocused(reason)

    def set_read_only(self, read_only: bool) -> None:
        self._opener.setVisible(not read_only)
        super().set_read_only(read_only)


class ListEditor(PickerEditor):
    """A picker whose box is a list; clicking the line opens it, typing filters it."""

    def make_box(self) -> FieldPopover:
        box = ListPopover(self.line)
        box.chosen.connect(self.take)
        return box

    def rows(self, query: str) -> list[ListRow]:
        """The rows that fit what was typed; all for an empty query."""
        raise NotImplementedError

    def take(self, key: object) -> None:
        """The person chose a row."""
        raise NotImplementedError

    def current_key(self) -> object:
        """The key of the row that stands in the line."""
        return self.text()

    def foot(self, rows: list[ListRow], query: str) -> str:
        """A line under the list."""
        return "" if rows else "没有相符的内容"

    def first_choice(self, rows: list[ListRow], query: str) -> object:
        """The row that Enter takes right after typing; None where the person should look first."""
        return rows[0].key if rows else None

    def query(self) -> str:
        """What the list is filtered by while typing."""
        return self.line.text()

    def open_box(self) -> None:
        self._show("")

    def _show(self, query: str) -> None:
        box = self.popover
        if isinstance(box, ListPopover):
            rows = self.rows(query)
            marked = self.first_choice(rows, query) if query.strip() else self.current_key()
            box.show_rows(rows, marked, self.foot(rows, query))

    def edited(self, text: str) -> None:
        super().edited(text)
        if self.query().strip():
            self._show(self.query())
        else:
            self.close_box()

    def box_pressed(self, event: QKeyEvent) -> bool:
        box = self.popover
        if not isinstance(box, ListPopover):
            return False
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _PAGE, Qt.Key.Key_PageUp: -_PAGE}
        step = steps.get(Qt.Key(event.key()))
        if step is not None:
            box.move_by(step)
            row = box.current()
            self.line.setAccessibleDescription(row.title if row else "")
            return True
        if event.key() == Qt.Key.Key_Tab and self.query().strip():
            return self.entered_in_box(box)
        if event.key() in _ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return self.entered_in_box(box)
        return False

    def entered_in_box(self, box: ListPopover) -> bool:
        """Enter takes the marked row; the key then goes on to the next field."""
        box.choose()
        self.close_box()
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            ready = not self.line.isReadOnly() and not self.is_open and not self.line.hasSelectedText()
            if event.button() == Qt.MouseButton.LeftButton and ready:
                self.open_box()
        return super().eventFilter(watched, event)


class TickedListEditor(ListEditor):
    """A picker of several: the blank ticks the marked row, and the list stays open."""

    wide = True

    def box_pressed(self, event: QKeyEvent) -> bool:
        box = self.popover
        if event.key() == Qt.Key.Key_Space and isinstance(box, ListPopover) and box.current():
            box.choose()
            return True
        return super().box_pressed(event)
