"""Rows of a dialog that are filled in with the form's own editors: read, judged and marked as there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from zhengui.catalogue.model import Field
from zhengui.gui.fields.context import EditorContext
from zhengui.gui.fields.field_editor import FieldEditor
from zhengui.gui.fields.registry import editor_for
from zhengui.gui.kit.dialogs import Dialog
from zhengui.values.parse import Value, ValueMistake


class FieldRows:
    """A row for each of the fields, added to the dialog in order; each is asked for by its key."""

    def __init__(self, dialog: Dialog, context: EditorContext, asked: Sequence[Field]) -> None:
        self._editors = {field.key: editor_for(field, context) for field in asked}
        for editor in self._editors.values():
            dialog.add_under(editor.field.title, editor)

    def __contains__(self, key: str) -> bool:
        return key in self._editors

    def __getitem__(self, key: str) -> FieldEditor:
        return self._editors[key]

    def set(self, key: str, value: Value) -> None:
        """Fill in what is likely meant."""
        self._editors[key].set_value(value)

    def mistake(self, dialog: Dialog, needed: Sequence[str] = ()) -> str:
        """What can't be read of what was typed, or which of the needed is empty; it is marked there."""
        for key, editor in self._editors.items():
            editor.normalise()
            try:
                value = editor.value()
            except ValueMistake as wrong:
                return dialog.wrong(editor.input(), wrong.message)
            if key in needed and value in (None, "", ()):
                return dialog.wrong(editor.input(), f"请填写{editor.field.title}")
        return ""

    def value(self, key: str) -> Value:
        """What was filled in, once nothing is wrong; None for a field that isn't asked for."""
        return self._editors[key].value() if key in self._editors else None

    def day(self, key: str) -> date | None:
        """The day in a field of days."""
        found = self.value(key)
        return found if isinstance(found, date) else None

    def number(self, key: str) -> int | None:
        """The record that is chosen in a field that names one."""
        found = self.value(key)
        return found if isinstance(found, int) else None

    def words(self, key: str) -> str:
        """The text in a field of text, empty where there is none."""
        found = self.value(key)
        return found if isinstance(found, str) else ""

    def numbers(self, key: str) -> tuple[int, ...]:
        """The attachments, or the records of a field that names several."""
        found = self.value(key)
        return tuple(each for each in found if isinstance(each, int)) if isinstance(found, tuple) else ()
