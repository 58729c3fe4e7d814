"""Small dialogs of the editor: a part's title, the title and ending of the document, a reason, the wordings of a paragraph."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtWidgets import (
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from zhengui.catalogue.model import Catalogue
from zhengui.catalogue.source import TREND, Source, of_claim, source_of
from zhengui.figures.readable_wording import readable
from zhengui.figures.readable_wording import stored as stored_wording
from zhengui.gui.kit.dialogs import Dialog
from zhengui.gui.kit.labels import label
from zhengui.gui.kit.row_fields import choice_field, text_field
from zhengui.storage.writing.documents import Part, StoredDocument

#: The wordings besides the first, by the kind of switch.
WORDINGS = {
    "": (),
    "claim": (("fails", "不成立时"), ("unknown", "尚不能定时")),
    "trend": (("level", "持平时"), ("down", "下降时"), ("unknown", "没有数时")),
}
_FIRST = {"": "正文", "claim": "成立时", "trend": "上升时"}


class WordsDialog(Dialog):
    """One line of words, which may not be empty where `needed`."""

    def __init__(
        self,
        parent: QWidget,
        question: str,
        title: str,
        verb: str,
        text: str = "",
        told: str = "",
        needed: bool = False,
    ) -> None:
        super().__init__(parent, question, told, verb, "不改了", 460)
        self._title, self._needed = title, needed
        self.words = self.add_line(title, text)
        self.words.selectAll()

    def mistake(self) -> str:
        lacking = self._needed and not self.words.text().strip()
        return self.wrong(self.words, f"请先写明{self._title}" if lacking else "")


class HeadDialog(Dialog):
    """Title, addressee and date of signature."""

    def __init__(self, parent: QWidget, stored: StoredDocument, catalogue: Catalogue, day: date) -> None:
        super().__init__(parent, "标题与落款怎么写？", "", "改好了", "不改了", 460)
        self._catalogue = catalogue
        self.title = self.add_line("标题（用 | 标出可以换行的地方）", readable(stored.title, catalogue))
        self.addressee = self.add_line("主送机关（可以不填）", readable(stored.addressee, catalogue))
        self.date = self.add_day("落款日期", day)


class WordingsDialog(Dialog):
    """The wordings of a paragraph, of which a claim or a trend chooses one."""

    def __init__(self, parent: QWidget, part: Part, catalogue: Catalogue) -> None:
        super().__init__(parent, "这一段按什么选写法？", "", "改好了", "不改了", 620)
        self._catalogue = catalogue
        self._variants: Mapping[str, str] = part.variants
        claims = [(f"断言：{claim.title}", of_claim(key)) for key, claim in catalogue.live_claims.items()]
        trends = [
            (f"增减：{indicator.title}", str(Source(TREND, key)))
            for key, indicator in catalogue.live_indicators.items()
            if indicator.display.style not in ("month", "day")
        ]
        self.switch = choice_field(self, [("只有一种写法", ""), *claims, *trends], part.switch)
        self.switch.setAccessibleName("按什么选写法")
        self.switch.currentIndexChanged.connect(self._fill)
        self.rows.addWidget(self.switch)
        self._rows = QVBoxLayout()
        self.rows.addLayout(self._rows)
        self.first = self._text(readable(part.text, catalogue))
        self.others: dict[str, QPlainTextEdit] = {}
        self._fill()

    def _text(self, text: str) -> QPlainTextEdit:
        return text_field(self, text)

    def kind(self) -> str:
        """claim, trend or nothing."""
        return source_of(str(self.switch.currentData())).kind

    def _fill(self) -> None:
        kept = {**self._variants, **self.variants()}
        self._variants = kept
        while self._rows.count():
            item = self._rows.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None and widget is not self.first:
                widget.deleteLater()
        self.others = {}
        self._rows.addWidget(label(_FIRST[self.kind()], self, "fld"))
        self.first.setAccessibleName(_FIRST[self.kind()])
        self._rows.addWidget(self.first)
        for state, title in WORDINGS[self.kind()]:
            self._rows.addWidget(label(title, self, "fld"))
            self.others[state] = self._text(readable(kept.get(state, ""), self._catalogue))
            self.others[state].setAccessibleName(title)
            self._rows.addWidget(self.others[state])
        if self.kind():
            self._rows.addWidget(label("没有写的那一种会印成空白，定稿前检查会提醒。", self, "cap"))

    def variants(self) -> dict[str, str]:
        """The wordings besides the first that were written."""
        texts = {
            state: _stored(field.toPlainText(), self._catalogue)
            for state, field in getattr(self, "others", {}).items()
        }
        return {state: text for state, text in texts.items() if text}

    def text(self) -> str:
        """The first wording."""
        return _stored(self.first.toPlainText(), self._catalogue)


class ReasonDialog(WordsDialog):
    """A deed that needs a reason."""

    def __init__(self, parent: QWidget, question: str, told: str, verb: str, text: str = "") -> None:
        super().__init__(parent, question, "原因", verb, text, told, needed=True)


def _stored(text: str, catalogue: Catalogue) -> str:
    return stored_wording(text.replace("\n", "").strip(), catalogue)
