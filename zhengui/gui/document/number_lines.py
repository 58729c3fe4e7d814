"""The dashed amber line under numbers that were typed by hand and have no source."""

from __future__ import annotations

from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextDocument

from zhengui.figures.typed_numbers import typed_numbers
from zhengui.gui.kit.style import colour


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
