"""Editor for ID and phone numbers, which are masked unless one works on them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QWidget

from zhengui.catalogue.model import Field, FieldType
from zhengui.gui.fields.context import EditorContext
from zhengui.gui.fields.field_editor import LineEditor
from zhengui.gui.kit.icons import icon
from zhengui.values.check import check_field
from zhengui.values.parse import Value, ValueMistake, parse
from zhengui.values.show import show

_ID_LENGTH = 18


class PersonalEditor(LineEditor):
    """An ID or phone number: in full while it has the keyboard or 显示 is on, else masked once it is sound."""

    #: The whole number is on the screen.
    seen = Signal()

    def __init__(self, field: Field, context: EditorContext, parent: QWidget | None = None) -> None:
        super().__init__(field, context, parent)
        self.wide = field.type is FieldType.ID_NUMBER
        self._full = ""
        self._open = False
        self._eye = QAction(icon("eye", 16, "ink3"), "显示号码", self)
        self._eye.setCheckable(True)
        self._eye.setToolTip("显示号码")
        self._eye.toggled.connect(self.reveal)
        self.line.addAction(self._eye, QLineEdit.ActionPosition.TrailingPosition)

    def text(self) -> str:
        return self._full

    def set_text(self, text: str) -> None:
        self._full = text
        self._show()

    def value(self) -> Value:
        return parse(self.field, self._full, self.context.lookup, self.context.today())

    def reveal(self, shown: bool) -> None:
        """Show the whole number, or mask it again."""
        self._open = shown
        if shown and self._full:
            self.seen.emit()
        if self._eye.isChecked() != shown:
            self._eye.setChecked(shown)
        self._show()

    def edited(self, text: str) -> None:
        self._full = text
        super().edited(text)

    def focused(self, reason: Qt.FocusReason) -> None:
        self._show(focused=True)
        if self._full:
            self.seen.emit()
        super().focused(reason)

    def unfocused(self, reason: Qt.FocusReason) -> None:
        super().unfocused(reason)
        self._show(focused=False)

    def text_shown(self) -> None:
        typed = len("".join(self._full.split()))
        counting = self.field.type is FieldType.ID_NUMBER and 0 < typed < _ID_LENGTH
        self.set_note(f"{typed} / {_ID_LENGTH} 位" if counting else "")

    def _show(self, focused: bool | None = None) -> None:
        active = self.line.hasFocus() if focused is None else focused
        wanted = self._full if active or self._open else self._masked()
        if wanted != self.line.text():
            self.line.setText(wanted)
        self.text_shown()

    def _masked(self) -> str:
        """The masked number; one that is wrong stays readable, so that it can be put right."""
        try:
            value = self.value()
        except ValueMistake:
            return self._full
        if value is None or check_field(self.field, value, self.context.today()) is not None:
            return self._full
        return show(self.field, value, masked=True)
