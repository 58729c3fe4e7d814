"""All fields of one ledger as editors, filled with one record; knows what was changed since it was filled."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from zhengui.catalogue.closed_loop import DUE, is_overdue, state_of
from zhengui.catalogue.model import Field, FieldType, Ledger, RuleKind
from zhengui.gui.fields.context import EditorContext
from zhengui.gui.fields.personal import PersonalEditor
from zhengui.gui.form.field_grid import FieldGrid
from zhengui.gui.form.field_row import FieldRow
from zhengui.gui.form.flow_page import FLOW_KEYS, FlowPage
from zhengui.gui.form.stage_rings import StageRings
from zhengui.gui.form.typed_values import TypedValues
from zhengui.values.check import Mistake
from zhengui.values.completing import told_by
from zhengui.values.parse import Beside, Value, ValueMistake
from zhengui.values.show import show

Values = Mapping[str, Value]


class RecordSheet(QObject):
    """The pages 内容 and 流转 of a ledger, used for one record after the other."""

    changed = Signal(str)
    left = Signal(str)
    rearranged = Signal()
    next_wanted = Signal(str)
    back_wanted = Signal(str)
    seen = Signal(str)  # a personal number is on the screen whole

    def __init__(self, ledger: Ledger, context: EditorContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ledger = ledger
        self._context = context
        self.content = QWidget()
        self.content.setObjectName("clear")
        column = QVBoxLayout(self.content)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(8)
        self.rings = StageRings() if ledger.closed_loop else None
        self.flow = FlowPage(ledger, context) if ledger.closed_loop else None
        if self.rings is not None:
            column.addWidget(self.rings)
        self._grid = FieldGrid(self._content_fields(), context)
        column.addWidget(self._grid)
        column.addStretch(1)
        self.rows: dict[str, FieldRow] = {**self._grid.rows, **(self.flow.rows if self.flow else {})}
        self._baseline: dict[str, str] = {}
        self._dirty: set[str] = set()
        self._new = False
        beside = Beside(ledger, TypedValues(self.rows))
        for key, row in self.rows.items():
            row.editor.beside = lambda: beside
            self._listen(key, row)

    def _content_fields(self) -> list[Field]:
        """The fields under 内容; photos and files come last, where their strip has room."""
        kept = [f for f in self.ledger.live_fields if self.flow is None or f.key not in FLOW_KEYS]
        return sorted(kept, key=lambda field: field.type is FieldType.ATTACHMENT)

    def _listen(self, key: str, row: FieldRow) -> None:
        editor = row.editor
        editor.changed.connect(lambda: self._edited(key))
        editor.rearranged.connect(self.rearranged)
        editor.left.connect(lambda: self._left(key))
        editor.next_wanted.connect(lambda: self.next_wanted.emit(key))
        editor.back_wanted.connect(lambda: self.back_wanted.emit(key))
        if isinstance(editor, PersonalEditor):
            editor.seen.connect(lambda: self.seen.emit(key))

    def _edited(self, key: str) -> None:
        self._note_change(key)
        if self._new:
            self._guess(key)
        self.changed.emit(key)

    def _guess(self, key: str) -> None:
        """Let a field that nobody has touched follow the one by which it can be guessed."""
        for other, row in self.rows.items():
            if row.field.guess[:1] == (key,) and other not in self._dirty:
                told = row.field.default_for({key: self.rows[key].editor.text()})
                row.editor.set_text(row.field.said(told))
                row.editor.normalise()
                self._baseline[other] = row.editor.state()
                self._dirty.discard(other)

    def _left(self, key: str) -> None:
        """Put in order on leaving, a text may be the saved one again; what it tells of others is filled in."""
        self._note_change(key)
        self._fill_told(key)
        self.left.emit(key)

    def _note_change(self, key: str) -> None:
        if self.rows[key].editor.state() == self._baseline.get(key, ""):
            self._dirty.discard(key)
        else:
            self._dirty.add(key)

    def _fill_told(self, key: str) -> None:
        """Fill in birth date and sex from the ID number, the unit from the kind."""
        for rule in self.ledger.rules:
            if rule.kind not in (RuleKind.IDENTITY, RuleKind.FOLLOWS) or rule.fields[0] != key:
                continue
            values, _unread = self.collect()
            for told, value in told_by(rule, values).items():
                row = self.rows.get(told)
                # A unit goes with its kind; a birth date that somebody typed is left for the rule to ask about.
                free = rule.kind is RuleKind.FOLLOWS and key in self._dirty
                if row is not None and (not row.editor.text().strip() or free):
                    row.editor.set_value(value)
                    self._note_change(told)

    # Filling and reading

    def fill(self, values: Values) -> None:
        """Show a record as it is kept."""
        self._new = False
        self._show_rings(True)
        for key, row in self.rows.items():
            row.show_mistake(None)
            row.editor.set_value(values.get(key))
        self.settle()

    def fill_new(self, values: Values) -> None:
        """Begin a record with some values and the defaults of the other fields."""
        self._new = False
        self._show_rings(False)
        for key, row in self.rows.items():
            row.show_mistake(None)
            if values.get(key) is not None:
                row.editor.set_value(values[key])
            else:
                row.editor.set_value(None)
                row.editor.set_text(row.field.said(row.field.default_for(values)))
                row.editor.normalise()
        self.settle()
        self._new = True

    def _show_rings(self, shown: bool) -> None:
        """A record that is not there yet stands at no stage."""
        if self.rings is not None:
            self.rings.setVisible(shown)

    def settle(self) -> None:
        """What stands here now counts as saved."""
        self._baseline = {key: row.editor.state() for key, row in self.rows.items()}
        self._dirty.clear()

    def rebase(self, values: Values) -> None:
        """Take a newer record under what the person changed, which stays."""
        kept = self.changes()
        self.fill(values)
        self.restore(kept)

    def restore(self, texts: Mapping[str, str]) -> None:
        """Put drafted texts over what is shown."""
        for key, text in texts.items():
            if key in self.rows:
                self.rows[key].editor.restore(text)
                self._note_change(key)

    @property
    def dirty(self) -> bool:
        """Whether anything differs from what is saved."""
        return bool(self._dirty)

    def changes(self) -> dict[str, str]:
        """The states of the fields that differ, for a draft."""
        return {key: self.rows[key].editor.state() for key in self.rows if key in self._dirty}

    def collect(self) -> tuple[dict[str, Value], list[Mistake]]:
        """The values of all fields, and what can't be read."""
        values: dict[str, Value] = {}
        mistakes = []
        for key, row in self.rows.items():
            if row.field.system:
                continue
            try:
                values[key] = row.editor.value()
            except ValueMistake as mistake:
                values[key] = None
                mistakes.append(Mistake(key, row.field.title, mistake.message))
        return values, mistakes

    def order(self, flow: bool) -> list[str]:
        """The fields of a page in the order of Enter."""
        rows = self.flow.rows if flow and self.flow is not None else self._grid.rows
        return [key for key, row in rows.items() if not row.field.system]

    def in_flow(self, key: str) -> bool:
        """Whether a field stands under 流转."""
        return self.flow is not None and key in self.flow.rows

    def set_columns(self, columns: int) -> None:
        """Lay the fields out in so many columns."""
        self._grid.set_columns(columns)
        if self.flow is not None:
            self.flow.set_columns(columns)

    # What the values say

    def label(self) -> str:
        """What stands for the record in the head of the form."""
        keys = [key for key in self.ledger.label if key in self.rows] or list(self.rows)[:1]
        values, _mistakes = self.collect()
        value = values.get(keys[0]) if keys else None
        return show(self.ledger[keys[0]], value, self._context.lookup) if keys and value is not None else ""

    def show_loop(self) -> tuple[str, int]:
        """Fill the rings; gives the state and the days over the due date (empty without a loop)."""
        if self.rings is None or self.flow is None:
            return "", 0
        values, _mistakes = self.collect()
        state, today = state_of(values), self._context.today()
        due = values.get(DUE)
        late = (today - due).days if is_overdue(values, today) and due is not None else 0  # type: ignore[operator]
        self.rings.show_state(state, late)
        first = self.ledger.period[0] if self.ledger.period else ""
        begun = show(self.ledger[first], values.get(first), self._context.lookup) if first else ""
        self.flow.show_stage(self.rings.now, late > 0, begun)
        return state, late
