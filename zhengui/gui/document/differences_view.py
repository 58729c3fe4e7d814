"""Texts in two versions, set as one: what was taken out struck through, what was put in underlined."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from PySide6.QtWidgets import QTextBrowser, QWidget

from zhengui.figures.differences import Difference
from zhengui.gui.kit.style import colour, text_size

_SIGNS = {"added": "新增", "removed": "删去", "changed": "改动", "same": ""}


class DifferencesView(QTextBrowser):
    """Never colour alone: every paragraph says what happened to it, and each change is underlined or struck through."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setAccessibleName("前后差别")

    def show_differences(self, found: Iterable[Difference], same: str = "没有差别") -> None:
        """Show what differs, leaving out paragraphs that don't."""
        lines = [line_of(each) for each in found if each.kind != "same" or each.moved]
        style = f"font-size:{text_size('body')}px; line-height:160%; color:{colour('ink1').name()}"
        body = "".join(lines) or f"<p>{escape(same)}</p>"
        self.setHtml(f'<body style="{style}">{body}</body>')


def line_of(each: Difference) -> str:
    """One paragraph or sentence in two versions, as HTML."""
    sign = "移动" if each.moved and each.kind == "same" else _SIGNS[each.kind]
    mark = f'<span style="color:{colour("ink3").name()}">【{sign}】</span>'
    return f"<p>{mark}{''.join(span_of(span.op, span.text) for span in each.spans)}</p>"


def span_of(op: str, text: str) -> str:
    """A stretch that is in both versions, was put in or was taken out, as HTML."""
    if op == "added":
        style = f"background-color:{colour('okbg').name()}; color:{colour('ok').name()}"
        return f'<u style="{style}">{escape(text)}</u>'
    if op == "removed":
        style = f"background-color:{colour('overbg').name()}; color:{colour('over').name()}"
        return f'<s style="{style}">{escape(text)}</s>'
    return escape(text)
