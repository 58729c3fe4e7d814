"""Editor for 是 and 否: a segment, moved with the arrows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from zhengui.catalogue.model import Field
from zhengui.gui.fields.context import EditorContext
from zhengui.gui.fields.field_editor import FieldEditor
from zhengui.gui.kit.style import mark, named

_KEYS = {
    Qt.Key.Key_Y: "是", Qt.Key.Key_1: "是", Qt.Key.Key_Left: "是", Qt.Key.Key_Up: "是",
    Qt.Key.Key_N: "否", Qt.Key.Key_0: "否", Qt.Key.Key_Right: "否", Qt.Key.Key_Down: "否",
    Qt.Key.Key_Delete: "", Qt.Key.Key_Backspace: "",
}  # fmt: skip


class YesNoEditor(FieldEditor):
    """Two buttons; 退格 clears the answer, for not answered is not 否."""

    def __init__(self, field: Field, context: EditorContext, parent: QWidget | None = None) -> None:
        super().__init__(field, context, parent)
        self._text = ""
        self._name = field.title
        self.frame = QFrame()
        named(self.frame, "seg")
        row = QHBoxLayout(self.frame)
        row.setContentsMargins(2, 0, 2, 0)
        row.setSpacing(0)
        self.buttons = {word: QPushButton(word) for word in ("是", "否")}
        for word, button in self.buttons.items():
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setToolTip("左右键选择，退格键清除")
            button.clicked.connect(lambda _checked=False, word=word: self._choose(word))
            button.installEventFilter(self)
            row.addWidget(button, 1)
        self.box.addWidget(self.frame)
        self._show()

    def input(self) -> QWidget:
        return self.buttons["否" if self._text == "否" else "是"]

    def looking(self) -> list[QWidget]:
        return [self.frame]

    def text(self) -> str:
        return self._text

    def set_text(self, text: str) -> None:
        self._text = text.strip()
        self._show()

    def describe(self, name: str, description: str) -> None:
        self._name = name
        for word, button in self.buttons.items():
            button.setAccessibleName(f"{name}：{word}")
            button.setAccessibleDescription(description)

    def pressed(self, event: QKeyEvent) -> bool:
        word = _KEYS.get(Qt.Key(event.key())) if not event.modifiers() else None
        if word is not None:
            self._choose(word, clear=False)
            self.input().setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return super().pressed(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and watched in self.buttons.values():
            inside = self.focusWidget() is not None and self.window().focusWidget() in self.buttons.values()
            if inside:
                return False
        return super().eventFilter(watched, event)

    def _choose(self, word: str, clear: bool = True) -> None:
        """Take the answer; a click on the answer given takes it back."""
        word = "" if clear and word == self._text else word
        if word != self._text:
            self._text = word
            self._show()
            self.changed.emit()
        else:
            self._show()

    def _show(self) -> None:
        for word, button in self.buttons.items():
            button.setChecked(word == self._text)
            stop = button is self.input()
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if stop else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(self.input())
        mark(self.frame, look=self._look)
