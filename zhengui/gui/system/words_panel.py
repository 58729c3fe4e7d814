"""称呼与落款: the office's kind, what its villages and activities are called, who signs; all of it is printed."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout

from zhengui.gui.desk.desk import Desk
from zhengui.gui.kit.allowing import UNCHANGED, allow
from zhengui.gui.kit.dialogs import ask
from zhengui.gui.kit.labels import button, label
from zhengui.gui.system.panel import Panel
from zhengui.services.township import own_words
from zhengui.services.township.own_words import CHOICES, SIGNED
from zhengui.services.township.rights import Right


class WordsPanel(Panel):
    """Saved with its button; what was said before is said otherwise once the file is opened anew."""

    needs = Right.MANAGE

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        column = self.card(
            "称呼", "文稿、统计表和窗口里照这里的称呼写。已经起草的文稿是办公室自己的文字，不会跟着改。"
        )
        self.lists: dict[str, QComboBox] = {}
        self.lines: dict[str, QLineEdit] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(8)
        for place, choice in enumerate(CHOICES):
            cell = QVBoxLayout()
            cell.setContentsMargins(0, 0, 0, 0)
            cell.setSpacing(8)
            grid.addLayout(cell, place // 2, place % 2)
            if choice.offered:
                self.lists[choice.key] = self._list(cell, choice.title, choice.offered)
                continue
            line = self.field(cell, f"{choice.title}（可以不填）")
            line.setPlaceholderText(choice.usual())
            line.setMaxLength(20)
            line.textEdited.connect(lambda _text: self._show_state())
            self.lines[choice.key] = line
        column.addLayout(grid)
        column = self.card("落款", "新起草的文稿照这里落款；在“版面设置”里选过的文稿照它自己的。")
        self.signed = self._list(column, "总结由谁落款", SIGNED)
        row = QHBoxLayout()
        self.save = button("保存", self, "primary")
        self.save.clicked.connect(self._save)
        row.addWidget(self.save)
        row.addStretch(1)
        column.addLayout(row)

    def _list(self, column: QVBoxLayout, title: str, offered: tuple[str, ...]) -> QComboBox:
        column.addWidget(label(title, self, "fld"))
        made = QComboBox(self)
        made.setAccessibleName(title)
        made.setMaximumWidth(320)
        made.addItems(offered)
        made.currentIndexChanged.connect(lambda _index: self._show_state())
        column.addWidget(made)
        return made

    def refresh(self) -> None:
        with self.desk.township.reading() as reading:
            self._kept = own_words.words_of(reading)
            self._signed = own_words.signed_by(reading)
        for key, offered in self.lists.items():
            offered.setCurrentText(self._kept[key])
        for key, line in self.lines.items():
            line.setText(self._kept[key])
        self.signed.setCurrentIndex(self._signed)
        self._show_state()

    def _written(self) -> dict[str, str]:
        lists = {key: offered.currentText() for key, offered in self.lists.items()}
        return {**lists, **{key: line.text().strip() for key, line in self.lines.items()}}

    def _changed(self) -> bool:
        return (self._written(), self.signed.currentIndex()) != (self._kept, self._signed)

    def _show_state(self) -> None:
        if hasattr(self, "save") and hasattr(self, "_kept"):
            allow(self.save, self._changed(), UNCHANGED)

    def can_leave(self) -> bool:
        if not self.isVisible() or not self._changed():
            return True
        told = "离开后，刚才改的内容不保留。"
        if not ask(self, "称呼改过还没保存，要离开吗？", told, "离开", "继续修改", False):
            return False
        self.refresh()
        return True

    def _save(self) -> None:
        township, written, before = self.desk.township, self._written(), self._kept
        with township.writing() as writing:
            for key, word in written.items():
                own_words.keep_word(writing, key, word)
            if self.signed.currentIndex() >= 0:
                own_words.sign_by(writing, self.signed.currentIndex())
        township.speak()
        self.desk.scope.speech = township.speech
        self.refresh()
        self.desk.saved.emit("")
        if written == before:
            self.desk.say("已保存落款")
            return
        told = "已保存称呼，重新打开后处处照新的称呼"
        self.desk.offer(told, "现在重新打开", lambda: self.desk.opened.emit(township.path))
