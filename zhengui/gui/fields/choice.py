"""Editors for one choice and for several, filtered while typing."""

from __future__ import annotations

import re

from PySide6.QtWidgets import QWidget

from zhengui.catalogue.model import Field
from zhengui.gui.fields.context import EditorContext
from zhengui.gui.fields.fitting import fitting
from zhengui.gui.fields.picker import ListEditor, TickedListEditor
from zhengui.gui.fields.popover import ListPopover, ListRow
from zhengui.values.parse import ValueMistake

_SEPARATOR = re.compile(r"[、，,;；]")
#: Choices with longer names need the whole width.
_SHORT_CHOICE = 8


class ChoiceEditor(ListEditor):
    """One of the field's choices; typing part of it or its pinyin initials narrows the list."""

    def __init__(self, field: Field, context: EditorContext, parent: QWidget | None = None) -> None:
        super().__init__(field, context, parent)
        self.wide = max(map(len, field.said_choices), default=0) > _SHORT_CHOICE

    def rows(self, query: str) -> list[ListRow]:
        return [ListRow(choice, choice) for choice in fitting(self.field.said_choices, query)]

    def take(self, key: object) -> None:
        self.set_text(str(key))
        self.close_box()
        self.changed.emit()

    def normalise(self) -> None:
        """Initials that mean one choice only stand for it even where the list was never opened."""
        super().normalise()
        text = self.text().strip()
        if text and text not in self.field.said_choices:
            found = fitting(self.field.said_choices, text)
            if len(found) == 1:
                self.set_text(found[0])


class ChoicesEditor(TickedListEditor):
    """Several of the field's choices: ticked in the list, or typed one after the other."""

    def rows(self, query: str) -> list[ListRow]:
        chosen = self._chosen()
        return [
            ListRow(choice, choice, ticked=choice in chosen)
            for choice in fitting(self.field.said_choices, query)
        ]

    def current_key(self) -> object:
        row = self.popover.current() if isinstance(self.popover, ListPopover) else None
        return row.key if row else self.field.said_choices[0] if self.field.said_choices else ""

    def query(self) -> str:
        return _SEPARATOR.split(self.line.text())[-1]

    def foot(self, rows: list[ListRow], query: str) -> str:
        return "空格勾选，回车确定" if rows else "没有相符的内容"

    def take(self, key: object) -> None:
        chosen = self._chosen()
        chosen ^= {str(key)}
        self._put(chosen)
        if self.is_open:
            self._show("")
            box = self.popover
            if isinstance(box, ListPopover) and key in self.field.said_choices:
                box.go_to(self.field.said_choices.index(str(key)))

    def entered_in_box(self, box: ListPopover) -> bool:
        """Enter completes what was typed; with nothing half typed it goes on."""
        row, half = box.current(), self.query().strip()
        self.close_box()
        if row is None or not half or half in self.field.said_choices:
            return False
        self._put(self._chosen() | {str(row.key)})
        return True

    def _chosen(self) -> set[str]:
        """The choices that stand complete in the line."""
        try:
            value = self.value()
        except ValueMistake:
            parts = {part.strip() for part in _SEPARATOR.split(self.text())}
            return {choice for choice in self.field.said_choices if choice in parts}
        return {self.field.said(str(part)) for part in value} if isinstance(value, tuple) else set()

    def _put(self, chosen: set[str]) -> None:
        self.line.setText("、".join(choice for choice in self.field.said_choices if choice in chosen))
        self.text_shown()
        self.changed.emit()
