"""The question whether to keep what was typed."""

from __future__ import annotations

from enum import Enum

from PySide6.QtWidgets import QPushButton, QWidget

from zhengui.gui.kit.dialogs import Dialog


class Answer(Enum):
    """What to do with what was typed."""

    SAVE = "保存"
    DISCARD = "不保存"
    STAY = "继续填写"


class UnsavedQuestion(Dialog):
    """保存, 不保存 or 继续填写; Esc goes on filling in."""

    def __init__(self, parent: QWidget, noun: str, count: int) -> None:
        told = f"改过 {count} 处。选“不保存”，这些内容就不留了。"
        super().__init__(parent, f"这条{noun}还没保存，要保存吗？", told, Answer.SAVE.value)
        self.answer = Answer.STAY
        assert self.deed is not None
        self.buttons: dict[Answer, QPushButton] = {
            Answer.SAVE: self.deed,
            Answer.DISCARD: self.add_verb(
                Answer.DISCARD.value, lambda: self._answer(Answer.DISCARD), before=self.deed
            ),
            Answer.STAY: self.add_verb(Answer.STAY.value, self.reject),
        }

    def take(self) -> None:
        self._answer(Answer.SAVE)

    def _answer(self, answer: Answer) -> None:
        self.answer = answer
        self.accept()


def ask_unsaved(parent: QWidget, noun: str, count: int) -> Answer:
    """Ask what to do with what was typed."""
    question = UnsavedQuestion(parent, noun, count)
    question.exec()
    return question.answer
