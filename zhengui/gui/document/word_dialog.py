"""What was changed in Word, each difference against the draft side by side, to be taken over one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from PySide6.QtWidgets import QTextBrowser, QWidget

from zhengui.gui.document import side_by_side
from zhengui.gui.kit.allowing import allow
from zhengui.gui.kit.dialogs import Dialog
from zhengui.gui.kit.labels import label
from zhengui.gui.kit.row_fields import ThingList
from zhengui.services.document.word_edits import WordChange
from zhengui.services.issue.compare_documents import ParagraphRow

_NAMES = {"changed": "改动", "added": "新增", "removed": "删去", "moved": "移动", "head": "改动"}
_TAKEN, _HELD = "已采用", "不能在这里采用"
_FIRST_WORDS = 11
#: Takes a change over and answers the part it made or changed; None where it could not be taken.
Take = Callable[[WordChange, dict[int, int]], int | None]


class WordDialog(Dialog):
    """Nothing is taken without being asked for; what was taken can be undone in the draft."""

    def __init__(self, changes: Sequence[WordChange], take: Take, parent: QWidget) -> None:
        super().__init__(parent, verb="采用这一处", keep="关闭", width=940, height=500, title="Word 里的改动")
        self._changes, self._take_over = tuple(changes), take
        self._made: dict[int, int] = {}
        self._told = label("", self, "sec", wrap=True)
        self.rows.addWidget(self._told)
        self.list: ThingList[WordChange] = ThingList(self, "改动", 260)
        self.view = QTextBrowser(self)
        self.view.setAccessibleName("前后对照")
        self.add_list_beside(self.list, self.view)
        self.every = self.add_verb("采用全部", self.take_all)
        self.list.show_things(self._changes, self._words, lambda change: change.after or change.before)
        self.list.currentRowChanged.connect(lambda _row: self._show())
        self._show()

    def take(self) -> None:
        """Take the chosen change over and go on to the next that is open."""
        change = self._chosen()
        if change is None or not self._is_open(change):
            return
        self._take_one(change)
        following = [*self._changes[change.number :], *self._changes[: change.number]]
        self.list.setCurrentRow(
            next((each.number - 1 for each in following if self._is_open(each)), change.number - 1)
        )
        self._show()

    def take_all(self) -> None:
        """Take over everything that is still open, in order."""
        for change in self._changes:
            if self._is_open(change):
                self._take_one(change)
        self._show()

    def _take_one(self, change: WordChange) -> None:
        part = self._take_over(change, self._made)
        if part is not None:
            self._made[change.number] = part
            self.list.item(change.number - 1).setText(self._words(change))

    def _is_open(self, change: WordChange) -> bool:
        return change.number not in self._made and not change.hindrance

    def _chosen(self) -> WordChange | None:
        return self.list.chosen()

    def _words(self, change: WordChange) -> str:
        whole = change.after or change.before
        words = whole if len(whole) <= _FIRST_WORDS else f"{whole[:_FIRST_WORDS]}…"
        state = _TAKEN if change.number in self._made else _HELD if change.hindrance else ""
        return f"{_NAMES[change.kind]}　{words}" + (f"\n{state}" if state else "")

    def _show(self) -> None:
        open_ones = sum(map(self._is_open, self._changes))
        taken = len(self._made)
        self._told.setText(
            f"与文稿有 {len(self._changes)} 处不同，已采用 {taken} 处，还有 {open_ones} 处没有采用"
        )
        allow(self.every, bool(open_ones), "每一处都已采用，或要在文稿里改")
        change = self._chosen()
        if self.deed is not None:
            allow(self.deed, change is not None and self._is_open(change), "这一处已经采用，或要在文稿里改")
        self.view.setHtml(_page(change) if change is not None else "")


def _page(change: WordChange) -> str:
    """Both texts sentence by sentence, and what becomes of the figures in them."""
    if change.kind == "moved":
        rows = [f"<tr><td>移到了别处，文字没有变：{escape(change.after)}</td></tr>"]
    else:
        paragraph = ParagraphRow.of(change.before, change.after)
        rows = side_by_side.sentence_rows([paragraph], ("文稿里", "Word 里"), True)
    told = []
    if change.hindrance:
        told.append(change.hindrance)
    if change.lost:
        told.append(f"改成手写的，不再跟着台账变：{'、'.join(change.lost)}。")
    if change.kept:
        told.append(f"仍跟着台账变：{'、'.join(change.kept)}。")
    rows += [f'<tr><td colspan="2">{escape(words)}</td></tr>' for words in told]
    return side_by_side.page(rows, "没有差别。")
