"""One field of the form: its label, its remark, its editor, and the sentence on what is wrong."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from zhengui.catalogue.model import Field, FieldType
from zhengui.gui.fields.field_editor import FieldEditor
from zhengui.gui.kit import icons
from zhengui.gui.kit.labels import label
from zhengui.gui.kit.plain import plain
from zhengui.gui.kit.style import colour, font, mark
from zhengui.values.check import Mistake


class FieldRow(QWidget):
    """A field with everything that is said about it."""

    def __init__(self, field: Field, editor: FieldEditor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.editor = editor
        self.mistake: Mistake | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(self._head())
        column.addWidget(editor)
        self._sentence = QWidget(self)
        column.addWidget(self._sentence)
        self._fill_sentence()
        column.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        editor.note_changed.connect(self._note.setText)
        if field.system:
            editor.set_read_only(True)
        self._describe("")

    @property
    def unit(self) -> str:
        """The unit after the title."""
        return self.field.unit or ("元" if self.field.type is FieldType.MONEY else "")

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        title = escape(self.field.title) + (f"（{escape(self.unit)}）" if self.unit else "")
        star = f' <span style="color:{colour("over").name()}">*</span>' if self.field.required else ""
        self._label = QLabel(title + star)
        self._label.setTextFormat(Qt.TextFormat.RichText)
        self._label.setFont(font("caption"))
        self._label.setStyleSheet(f"color: {colour('ink2').name()};")
        self._label.setToolTip(plain(self.field.help))
        self._label.setBuddy(self.editor)
        self._note = label(self.editor.note(), role="cap")
        row.addWidget(self._label)
        row.addStretch(1)
        row.addWidget(self._note)
        return row

    def _fill_sentence(self) -> None:
        row = QHBoxLayout(self._sentence)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self._sign = label("")
        self._sign.setFixedSize(16, 16)
        self._words = label("", role="err", wrap=True)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self._sentence.hide()

    def show_mistake(self, mistake: Mistake | None) -> None:
        """Say under the field what is wrong or to be checked; None takes it back."""
        if mistake == self.mistake:
            return
        self.mistake = mistake
        wrong = mistake is not None and mistake.severity == "error"
        if mistake is not None:
            drawing, tone = ("error_circle", "over") if wrong else ("warning", "warn")
            self._sign.setPixmap(icons.pixmap(drawing, 16, tone))
            self._words.setText(mistake.message.removesuffix("。"))
            mark(self._words, role="err" if wrong else "chk")
        self._sentence.setVisible(mistake is not None)
        calculated = "calc" if self.field.system else ""
        self.editor.show_look(("error" if wrong else "warn") if mistake else calculated)
        self._describe(mistake.message if mistake else "")

    def _describe(self, message: str) -> None:
        name = self.field.title + (f"，单位{self.unit}" if self.unit else "")
        name += "，必填" if self.field.required else ""
        self.editor.describe(name, message or self.field.help)
