"""The dashed amber line under typed numbers without a source; and marks after a chip, which the chip draws itself."""

from __future__ import annotations

import re

from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from zhengui.figures.typed_numbers import typed_numbers
from zhengui.gui.document.marks import THING
from zhengui.gui.kit.style import colour

#: Marks that never begin a line, right after a chip. Qt may break a line after anything that is drawn, so they
#: are drawn with it.
AFTER_THING = re.compile(rf"(?<={THING})[，。；：、！？”）》〕%]{{1,2}}")


def _unseen() -> QTextCharFormat:
    """As good as no width: the chip before it draws the mark and keeps the room for it."""
    made = QTextCharFormat()
    made.setProperty(QTextCharFormat.Property.FontPixelSize, 1)
    made.setForeground(QColor(0, 0, 0, 0))
    return made


class NumberLines(QSyntaxHighlighter):
    """Looks only at the paragraph that changed; a chip counts as one character that is no number."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._sourced: frozenset[tuple[int, str]] = frozenset()
        #: How many paragraphs were looked at.
        self.looked_at = 0

    def set_sourced(self, sourced: frozenset[tuple[int, str]]) -> None:
        """Take the numbers, by part and text, whose source was given."""
        if sourced != self._sourced:
            self._sourced = sourced
            self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        """Underline what was typed in one paragraph."""
        self.looked_at += 1
        for mark in AFTER_THING.finditer(text):
            start = _place(text, mark.start())
            self.setFormat(start, mark.end() - mark.start(), _unseen())
        part = self.currentBlock().userState()
        for typed in typed_numbers(text):
            if (part, typed.text) in self._sourced:
                continue
            made = QTextCharFormat()
            made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashUnderline)
            made.setUnderlineColor(colour("warnfill"))
            start = _place(text, typed.start)
            self.setFormat(start, _place(text, typed.end) - start, made)


def _place(text: str, at: int) -> int:
    """A position as the text control counts it, rare characters twice."""
    return len(text[:at].encode("utf-16-le")) // 2
