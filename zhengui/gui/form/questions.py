"""The question whether to keep what was typed."""

from __future__ import annotations

from enum import Enum

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from zhengui.gui.kit.dialogs import button, label


class Answer(Enum):
    """What to do with what was typed."""

    SAVE = "保存"
    DISCARD = "不保存"
    STAY = "继续填写"


class UnsavedQuestion(QDialog):
    """保存, 不保存 or 继续填写; Esc goes on filling in."""

    def __init__(self, parent: QWidget, noun: str, count: int) -> None:
        super().__init__(parent)
        self.setWindowTitle("政规")
        self.answer = Answer.STAY
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(8)
        column.addWidget(label(f"这条{noun}还没保存，要保存吗？", role="ttl", wrap=True))
        body = label(f"改过 {count} 处。选“不保存”，这些内容就不留了。", role="sec", wrap=True)
        body.setMinimumWidth(340)
        column.addWidget(body)
        column.addSpacing(8)
        row = QHBoxLayout()
        self.buttons = {answer: button(answer.value) for answer in Answer}
        self.buttons[Answer.SAVE].setProperty("kind", "primary")
        self.buttons[Answer.SAVE].setDefault(True)
        row.addWidget(self.buttons[Answer.STAY])
        row.addStretch(1)
        row.addWidget(self.buttons[Answer.DISCARD])
        row.addWidget(self.buttons[Answer.SAVE])
        column.addLayout(row)
        for answer, made in self.buttons.items():
            made.clicked.connect(lambda _checked=False, answer=answer: self._take(answer))
        self.buttons[Answer.SAVE].setFocus()

    def _take(self, answer: Answer) -> None:
        self.answer = answer
        self.accept()


def ask_unsaved(parent: QWidget, noun: str, count: int) -> Answer:
    """Ask what to do with what was typed."""
    question = UnsavedQuestion(parent, noun, count)
    question.exec()
    return question.answer
