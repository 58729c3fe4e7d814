"""The foot of the form: the next step of the loop, what is saved in words, and the two ways to save."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from zhengui.gui.kit import icons
from zhengui.gui.kit.labels import button, label
from zhengui.gui.kit.style import named


class FormFooter(QFrame):
    """Saved, draft and unsaved are said in words, never by colour alone."""

    saving = Signal()
    saving_and_new = Signal()
    stepping = Signal()
    other_steps = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "foot")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(4)
        self._above = label("", role="cap")
        column.addWidget(self._above)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.step = button("")
        self.other = button("", kind="icon")
        self.other.setIcon(icons.icon("more_horizontal"))
        self.other.setAccessibleName("退回、延期、撤回")
        self.other.setToolTip("退回、延期、撤回上一步")
        self._beside = label("", role="cap")
        self.save_and_new = button("保存并新建")
        self.save_and_new.setToolTip("保存后接着登记下一条（Ctrl+回车）")
        self.save = button("保存", kind="primary")
        self.save.setToolTip("保存（Ctrl+S）")
        for made in (self.step, self.other, self.save_and_new, self.save):
            made.setAutoDefault(True)
        row.addWidget(self.step)
        row.addWidget(self.other)
        row.addWidget(self._beside, 1)
        row.addStretch(1)
        row.addWidget(self.save_and_new)
        row.addWidget(self.save)
        column.addLayout(row)
        self.step.clicked.connect(self.stepping)
        self.other.clicked.connect(self.other_steps)
        self.save.clicked.connect(self.saving)
        self.save_and_new.clicked.connect(self.saving_and_new)
        self._said = ""
        self.show_step("")

    @property
    def said(self) -> str:
        """What the foot says about saving."""
        return self._said

    def say(self, text: str) -> None:
        """Say how far the record is saved."""
        self._said = text
        stepping = not self.step.isHidden() or not self.other.isHidden()
        self._above.setText(text)
        self._beside.setText(text)
        self._above.setVisible(stepping and bool(text))
        self._beside.setVisible(not stepping)

    def show_step(self, words: str, others: bool = False) -> None:
        """Offer the next step of the loop, or none, and whether there are others."""
        self.other.setVisible(others)
        self.step.setText(words)
        self.step.setAccessibleName(words)
        self.step.setVisible(bool(words))
        self.say(self._said)
