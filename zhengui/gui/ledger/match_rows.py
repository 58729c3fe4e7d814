"""What is remembered of a kind of file, row by row, to be changed: the field of each column, what is read for a text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from zhengui.catalogue.model import FieldType, Ledger
from zhengui.gui.kit.plain import plain
from zhengui.gui.ledger.import_columns import LEAVE_WORDS, NOTHING, ColumnChoice, choice_of_texts, cut
from zhengui.services.entry.import_matches import ImportMatch
from zhengui.services.entry.incoming import LEAVE


class MatchRows(QWidget):
    """The match that is shown; `changed` carries it as it was changed."""

    changed = Signal(object)

    def __init__(self, parent: QWidget, ledger: Ledger, choices: Callable[[str], Sequence[str]]) -> None:
        super().__init__(parent)
        self._ledger, self._choices = ledger, choices
        self._match: ImportMatch | None = None
        self.fields: dict[str, ColumnChoice] = {}
        self.texts: dict[tuple[str, str], ColumnChoice] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(1, 1)

    def show_match(self, match: ImportMatch | None) -> None:
        """Show another one, or none."""
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._match, self.fields, self.texts = match, {}, {}
        if match is None:
            return
        for title in match.titles:
            if title:
                self.fields[title] = self._add(title, self._field_choice(title, match.columns.get(title, "")))
        for key, texts in match.values.items():
            field = self._ledger.by_key.get(key)
            for text, told in texts.items() if field is not None else ():
                assert field is not None
                box = choice_of_texts(self, f"“{text}”改为", [LEAVE_WORDS, *self._choices(key)], self._take)
                box.setCurrentText(LEAVE_WORDS if told == LEAVE else told)
                self.texts[key, text] = self._add(f"{field.title}：{text}", box)
        self._grid.setRowStretch(self._grid.rowCount(), 1)

    def _add(self, name: str, box: ColumnChoice) -> ColumnChoice:
        row = self._grid.rowCount()
        self._grid.addWidget(cut(name, 20, self), row, 0)
        self._grid.addWidget(box, row, 1)
        return box

    def _field_choice(self, title: str, key: str) -> ColumnChoice:
        box = ColumnChoice(self)
        box.setAccessibleName(f"“{title}”导入到")
        box.setToolTip(plain(title))
        box.addItem(NOTHING, "")
        for field in self._ledger.live_fields:
            if field.type is not FieldType.ATTACHMENT:
                box.addItem(field.title, field.key)
        box.setCurrentIndex(max(0, box.findData(key)))
        box.activated.connect(lambda _index: self._take_field(box))
        return box

    def _take_field(self, chosen: ColumnChoice) -> None:
        """A field has one column: the one that had it before stays out."""
        for box in self.fields.values():
            if box is not chosen and chosen.currentData() and box.currentData() == chosen.currentData():
                box.setCurrentIndex(0)
        self._take()

    def _take(self) -> None:
        if self._match is None:
            return
        columns = {title: str(box.currentData() or "") for title, box in self.fields.items()}
        values: dict[str, dict[str, str]] = {}
        for (key, text), box in self.texts.items():
            # A text that nothing is read for any more is forgotten, and asked about at the next import.
            if told := box.currentText().strip():
                values.setdefault(key, {})[text] = LEAVE if told == LEAVE_WORDS else told
        made = replace(self._match, columns=columns, values=values)
        if made != self._match:
            self._match = made
            self.changed.emit(made)
