"""What all editors have in common: a text, a value, a look, and Enter to the next field."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from zhengui.catalogue.model import Field
from zhengui.gui.fields.context import EditorContext
from zhengui.gui.kit.style import mark
from zhengui.values.parse import Beside, Value, ValueMistake, parse
from zhengui.values.show import show

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
#: Losing the focus for these reasons is no leaving: the person comes back to the same field.
_STAYS = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class FieldEditor(QWidget):
    """An editor of one field.

    `value` reads what stands in it and raises ValueMistake; `state` and `restore` keep it as text for a draft.
    The look (`error`, `warn`, `calc` or empty) is put aside while the person types.
    """

    changed = Signal()  # by the person, not by the program
    left = Signal()
    next_wanted = Signal()
    back_wanted = Signal()
    note_changed = Signal(str)
    rearranged = Signal()  # other widgets inside it take the keyboard now

    #: Whether the editor needs the full width of the form.
    wide = False

    def __init__(self, field: Field, context: EditorContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.context = context
        #: The record that the field belongs to, as far as it is typed; nothing where an editor stands alone.
        self.beside: Callable[[], Beside | None] = lambda: None
        self._look = ""
        self._note = ""
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(0)

    # What stands in the editor

    def text(self) -> str:
        """What the person sees or typed."""
        raise NotImplementedError

    def set_text(self, text: str) -> None:
        """Put a text in, as if it had been there from the start."""
        raise NotImplementedError

    def value(self) -> Value:
        """The value of the text; raises ValueMistake."""
        context = self.context
        return parse(self.field, self.text(), context.lookup, context.today(), context.year(), self.beside())

    def set_value(self, value: Value) -> None:
        """Show a value."""
        self.set_text(show(self.field, value, self.context.lookup, masked=False))

    def state(self) -> str:
        """Everything in the editor as text, for a draft and for telling whether anything changed."""
        return self.text()

    def restore(self, state: str) -> None:
        """Put back what `state` gave."""
        self.set_text(state)

    def normalise(self) -> None:
        """Write what was typed the usual way, once the person has left the field."""
        try:
            value = self.value()
        except ValueMistake:
            return
        self.set_value(value)

    # How it looks

    def input(self) -> QWidget:
        """The widget that takes the keyboard."""
        raise NotImplementedError

    def looking(self) -> list[QWidget]:
        """The widgets that show the look."""
        return [self.input()]

    def show_look(self, look: str) -> None:
        """Show the field as wrong (`error`), to be checked (`warn`), calculated (`calc`) or plain."""
        self._look = look
        shown = "" if self.input().hasFocus() and look in ("error", "warn") else look
        for widget in self.looking():
            mark(widget, look=shown)

    def describe(self, name: str, description: str) -> None:
        """Tell screen readers the field's name and what is wrong with it."""
        self.input().setAccessibleName(name)
        self.input().setAccessibleDescription(description)

    def set_read_only(self, read_only: bool) -> None:
        """Let the value be seen but not changed."""
        self.setEnabled(not read_only)

    def note(self) -> str:
        """A short remark to the right of the label, such as 1.86 万元."""
        return self._note

    def set_note(self, note: str) -> None:
        """Show a remark to the right of the label."""
        if note != self._note:
            self._note = note
            self.note_changed.emit(note)

    # Keyboard and focus

    def watch(self, widget: QWidget) -> None:
        """Listen to the keys and the focus of the widget that takes them."""
        widget.installEventFilter(self)
        self.setFocusProxy(widget)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self.pressed(event)
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            return self.overrides(event)
        if event.type() == QEvent.Type.FocusIn and isinstance(event, QFocusEvent):
            self.focused(event.reason())
        elif event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            self.unfocused(event.reason())
        return False

    def pressed(self, event: QKeyEvent) -> bool:
        """Take a key; true if it was used."""
        if event.key() not in _ENTER:
            return False
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.back_wanted.emit()
        elif event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier):
            self.next_wanted.emit()
        else:
            return False
        return True

    def overrides(self, event: QKeyEvent) -> bool:
        """Whether a key that is a shortcut elsewhere belongs to the editor now."""
        return False

    def focused(self, reason: Qt.FocusReason) -> None:
        """The editor got the keyboard."""
        for widget in self.looking():
            mark(widget, look="" if self._look in ("error", "warn") else self._look)

    def unfocused(self, reason: Qt.FocusReason) -> None:
        """The editor lost the keyboard."""
        if reason in _STAYS:
            return
        self.normalise()
        for widget in self.looking():
            mark(widget, look=self._look)
        self.left.emit()


class LineEditor(FieldEditor):
    """An editor with one line of text."""

    def __init__(self, field: Field, context: EditorContext, parent: QWidget | None = None) -> None:
        super().__init__(field, context, parent)
        self.line = QLineEdit()
        self.line.textEdited.connect(self.edited)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.line)
        self.box.addLayout(row)
        self.watch(self.line)

    def input(self) -> QWidget:
        return self.line

    def text(self) -> str:
        return self.line.text()

    def set_text(self, text: str) -> None:
        if text != self.line.text():
            self.line.setText(text)
            self.line.setCursorPosition(0)
        self.text_shown()

    def edited(self, text: str) -> None:
        """The person changed the text."""
        self.text_shown()
        self.changed.emit()

    def text_shown(self) -> None:
        """Another text stands in the editor."""

    def set_read_only(self, read_only: bool) -> None:
        self.line.setReadOnly(read_only)
        self.show_look("calc" if read_only else "")

    def focused(self, reason: Qt.FocusReason) -> None:
        super().focused(reason)
        if reason not in (Qt.FocusReason.MouseFocusReason, *_STAYS):
            self.line.selectAll()

    def unfocused(self, reason: Qt.FocusReason) -> None:
        super().unfocused(reason)
        if reason not in _STAYS:
            self.line.deselect()
