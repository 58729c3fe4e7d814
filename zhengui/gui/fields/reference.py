"""Editors that name a record of a register, or a figure, by its name or pinyin."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from zhengui.catalogue.model import LONG_TYPES, PEOPLE_TYPES, Field
from zhengui.gui.fields.context import Candidate, EditorContext
from zhengui.gui.fields.fitting import fitting
from zhengui.gui.fields.picker import ListEditor
from zhengui.gui.fields.popover import ListRow
from zhengui.values.parse import Value, ValueMistake
from zhengui.values.show import show

#: More rows than this help nobody; the foot asks for another letter instead.
MOST_ROWS = 50
#: Registers where one name may mean several, so that none of several is taken unseen.


class ReferenceEditor(ListEditor):
    """A village, department, official, household, person or enterprise.

    The line shows the record's label; the id is kept beside it and let go as soon as the text is changed.
    """

    def __init__(self, field: Field, context: EditorContext, parent: QWidget | None = None) -> None:
        super().__init__(field, context, parent)
        self.wide = field.type in LONG_TYPES
        self._id: int | None = None
        self._found: dict[int, Candidate] = {}

    def value(self) -> Value:
        if self._id is not None:
            return self._id
        try:
            return super().value()
        except ValueMistake as mistake:
            if "吗？" in mistake.message:
                raise ValueMistake(f"{mistake.message}按 ↓ 选择") from None
            raise

    def set_value(self, value: Value) -> None:
        self._id = value if isinstance(value, int) else None
        self.set_text(show(self.field, value, self.context.lookup))
        self._id = value if isinstance(value, int) else None

    def set_text(self, text: str) -> None:
        if text != self.text():
            self._id = None
        super().set_text(text)

    def state(self) -> str:
        return f"{self._id}\t{self.text()}" if self._id is not None else self.text()

    def restore(self, state: str) -> None:
        number, tab, label = state.partition("\t")
        if tab and number.isdigit():
            self.set_text(label)
            self._id = int(number)
        else:
            self.set_text(state)

    def normalise(self) -> None:
        """Initials that mean one record only stand for it even where the list was never used."""
        if self._id is not None:
            return
        super().normalise()
        text = self.text().strip()
        if self._id is None and text and text.isascii():
            found = self.context.candidates(self.field.register, text)
            if len(found) == 1 and fitting([found[0].label], text):
                self.set_value(found[0].id)

    def first_choice(self, rows: list[ListRow], query: str) -> object:
        """Not a name that is merely near, and not the first of several people."""
        if not rows or not fitting([rows[0].title], query):
            return None
        alone = len(rows) == 1 or self.field.type not in PEOPLE_TYPES
        return rows[0].key if alone else None

    def edited(self, text: str) -> None:
        self._id = None
        super().edited(text)

    def rows(self, query: str) -> list[ListRow]:
        found = self.context.candidates(self.field.register, query.strip())
        self._found = {candidate.id: candidate for candidate in found}
        return [ListRow(candidate.id, candidate.label, candidate.note) for candidate in found[:MOST_ROWS]]

    def open_box(self) -> None:
        """The whole list, or what fits a text that names no record yet."""
        self._show("" if self._id is not None else self.text())

    def current_key(self) -> object:
        return self._id

    def foot(self, rows: list[ListRow], query: str) -> str:
        if not rows:
            return "没有相符的，请先在基础信息中登记" if query.strip() else "请输入名称或拼音首字母"
        return "只列出一部分，请再输入几个字" if len(rows) >= MOST_ROWS else ""

    def take(self, key: object) -> None:
        candidate = self._found.get(key) if isinstance(key, int) else None
        if candidate is not None:
            self.set_text(candidate.label)
            self._id = candidate.id
        self.close_box()
        self.changed.emit()


class IndicatorEditor(ListEditor):
    """A figure, by its title; the value is its key."""

    wide = True
    _held = ""

    def value(self) -> Value:
        text = self.text().strip()
        if not text:
            return None
        for key, title in self.context.indicators().items():
            if text in (key, title):
                return key
        if self._held and text == self.context.indicator_title(self._held):
            return self._held  # of an earlier year: what is there already stays
        raise ValueMistake(f"没有“{text[:20]}”这个指标，请从列表中选择。")

    def set_value(self, value: Value) -> None:
        self._held = str(value or "")
        self.set_text(self.context.indicator_title(self._held) if value else "")

    def rows(self, query: str) -> list[ListRow]:
        by_title = {title: key for key, title in self.context.indicators().items()}
        return [ListRow(by_title[title], title) for title in fitting(by_title, query)]

    def current_key(self) -> object:
        try:
            return self.value()
        except ValueMistake:
            return None

    def take(self, key: object) -> None:
        self.set_value(str(key))
        self.close_box()
        self.changed.emit()
