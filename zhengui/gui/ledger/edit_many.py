"""The dialog that gives several records the same value in one field."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from zhengui.catalogue.model import Field, FieldType, Ledger
from zhengui.gui.desk.desk import Desk
from zhengui.gui.fields.field_editor import FieldEditor
from zhengui.gui.fields.registry import editor_for
from zhengui.gui.form.township_office import TownshipOffice
from zhengui.gui.kit.dialogs import button, label
from zhengui.values.parse import ValueMistake

#: Values that belong to one record alone are not offered.
SINGLE = (FieldType.ATTACHMENT, FieldType.ID_NUMBER)


class EditMany(QDialog):
    """`changes` is what to write, by field key, after the dialog was accepted."""

    def __init__(self, parent: QWidget, desk: Desk, ledger: Ledger, count: int, first: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle("政规")
        self.setFixedWidth(440)
        self.changes: dict[str, Any] = {}
        self._office = TownshipOffice(desk.township, desk.scope.period)
        self._fields = [f for f in ledger.live_fields if f.type not in SINGLE]
        self._editor: FieldEditor | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(8)
        column.addWidget(label(f"把这 {count} 条{ledger.noun}改成什么？", self, "ttl"))
        column.addWidget(label("只改选定的一个字段，其他内容不动。改错了可以撤销。", self, "sec", wrap=True))
        column.addSpacing(4)
        column.addWidget(label("字段", self, "fld"))
        self._choice = QComboBox(self)
        self._choice.setAccessibleName("字段")
        for field in self._fields:
            self._choice.addItem(field.title, field.key)
        column.addWidget(self._choice)
        column.addWidget(label("改成（留空即清除）", self, "fld"))
        self._place = QVBoxLayout()
        column.addLayout(self._place)
        self._mistake = label("", self, "err", wrap=True)
        column.addWidget(self._mistake)
        row = QHBoxLayout()
        row.addStretch(1)
        keep, deed = button("不改了", self), button(f"修改 {count} 条", self, "primary")
        keep.clicked.connect(self.reject)
        deed.clicked.connect(self._take)
        deed.setDefault(True)
        row.addWidget(keep)
        row.addWidget(deed)
        column.addLayout(row)
        self._choice.currentIndexChanged.connect(self._show_editor)
        self._choice.setCurrentIndex(
            max(0, next((n for n, f in enumerate(self._fields) if f.key == first), 0))
        )
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
            self._editor.deleteLater()
        self._editor = editor_for(self.field, self._office)
        self._place.addWidget(self._editor)
        self._mistake.clear()

    def _take(self) -> None:
        try:
            self.changes = {self.field.key: self.editor.value()}
        except ValueMistake as mistake:
            self._mistake.setText(mistake.message)
            self.editor.show_look("error")
            return
        self.accept()
