"""The dialog that gives several records the same value in one field, or empties it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from zhengui.catalogue.model import Field, FieldType, Ledger
from zhengui.gui.desk.desk import Desk
from zhengui.gui.fields.field_editor import FieldEditor
from zhengui.gui.fields.registry import editor_for
from zhengui.gui.form.field_context import TownshipContext
from zhengui.gui.kit.allowing import allow
from zhengui.gui.kit.dialogs import Dialog, ask
from zhengui.gui.kit.labels import label
from zhengui.gui.kit.plain import plain
from zhengui.values.parse import ValueMistake
from zhengui.values.value import Value

#: Values that belong to one record alone are not offered.
SINGLE = (FieldType.ATTACHMENT, FieldType.ID_NUMBER)


class EditMany(Dialog):
    """`changes` is what to write, by field key, after the dialog was accepted."""

    def __init__(self, parent: QWidget, desk: Desk, ledger: Ledger, count: int, first: str = "") -> None:
        told = "只改选定的一个字段，其他内容不动。改错了可以撤销。"
        question = f"把这 {count} 条{ledger.noun}改成什么？"
        super().__init__(parent, question, told, f"修改 {count} 条", "不改了", 440)
        self.changes: dict[str, Value] = {}
        self._ledger, self._count = ledger, count
        self._office = TownshipContext(desk.township, desk.scope.period)
        self._fields = [f for f in ledger.live_fields if f.type not in SINGLE and not f.system]
        self._editor: FieldEditor | None = None
        self._choice = self.add_choice("字段", [(field.title, field.key) for field in self._fields], first)
        self.rows.addWidget(label("改成", self, "fld"))
        self._place = QVBoxLayout()
        self.rows.addLayout(self._place)
        self.clearing = self.add_verb("清空…", self._clear)
        self._choice.currentIndexChanged.connect(self._show_editor)
        self._show_editor()

    @property
    def field(self) -> Field:
        """The field to change."""
        return self._fields[max(0, self._choice.currentIndex())]

    @property
    def editor(self) -> FieldEditor:
        """The editor of that field."""
        assert self._editor is not None
        return self._editor

    def choose(self, key: str) -> None:
        """Change another field."""
        self._choice.setCurrentIndex(self._choice.findData(key))

    def _show_editor(self) -> None:
        if self._editor is not None:
            if self._editor.field.key == self.field.key:
                return
            self._editor.hide()
            self._place.removeWidget(self._editor)
            self._editor.deleteLater()
        self._editor = editor_for(self.field, self._office)
        self._editor.describe(f"{self.field.title}改成", self.field.help)
        self._editor.next_wanted.connect(self._go_on)
        self._place.addWidget(self._editor)
        self._editor.show()
        allow(self.clearing, not self.field.required, "这一项必须填写，不能清空")
        self.clearing.setToolTip(
            plain(f"“{self.field.title}”是必填项，不能清空" if self.field.required else "先说清楚，再清空")
        )
        self.complain("")

    def _go_on(self) -> None:
        """Enter in the new value goes to the verb, which then stands ringed."""
        if self.deed is not None:
            self.deed.setFocus(Qt.FocusReason.TabFocusReason)

    def mistake(self) -> str:
        try:
            value = self.editor.value()
        except ValueMistake as mistake:
            return self.wrong(self.editor.input(), mistake.message)
        empty = f"请填写新的{self.field.title}；要把这一项清空，请按“清空…”"
        return self.wrong(self.editor.input(), empty if value in (None, ()) else "")

    def take(self) -> None:
        self.changes = {self.field.key: self.editor.value()}
        self.accept()

    def _clear(self) -> None:
        """Emptying is a deed of its own, asked for with the count."""
        question = f"要清空这 {self._count} 条{self._ledger.noun}的“{self.field.title}”吗？"
        text = "清空以后，用到这一项的指标也会跟着变。可以撤销。"
        if ask(self, question, text, f"清空 {self._count} 条", "不清空", undoable=False):
            self.changes = {self.field.key: None}
            self.accept()
