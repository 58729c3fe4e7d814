"""The text of an issue exactly as it was issued; figures that would be others today are marked."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal
from PySide6.QtWidgets import QTextBrowser, QWidget

from zhengui.catalogue.source import of_claim, of_figure
from zhengui.gui.kit.plain import plain
from zhengui.gui.kit.style import colour, text_size

if TYPE_CHECKING:
    from zhengui.services.issue.drift import Drift
    from zhengui.storage.writing.issues import Block, IssueContent


class FrozenText(QTextBrowser):
    """Nothing can be typed; a click on a figure opens its records as they are today."""

    source_clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setAccessibleName("签发的文稿")
        self.anchorClicked.connect(lambda url: self.source_clicked.emit(url.toString()))
        self.highlighted.connect(self._hovered)
        self._tips: dict[str, str] = {}

    def show_issue(self, content: IssueContent, drift: Drift | None = None) -> None:
        """Show an issue; `drift` marks what would differ today."""
        place = self.verticalScrollBar().value()
        self._tips = _tips(content, drift)
        drifted = _drifted(drift)
        size = text_size("title")
        lines = [_block(block, drifted) for block in content.blocks]
        style = f"font-size:{size}px; line-height:180%; color:{colour('ink1').name()}"
        self.setHtml(f'<body style="{style}">{"".join(lines)}</body>')
        self.document().setDocumentMargin(20)
        self.verticalScrollBar().setValue(place)

    def go_to(self, key: str) -> None:
        """Bring a part into view by its key."""
        self.scrollToAnchor(key)

    def show_source(self, source: str) -> None:
        """Bring the first place of a figure or claim into view."""
        block = self.document().begin()
        while block.isValid():
            walk = block.begin()
            while not walk.atEnd():
                if walk.fragment().charFormat().anchorHref() == source:
                    cursor = self.textCursor()
                    cursor.setPosition(walk.fragment().position())
                    self.setTextCursor(cursor)
                    self.ensureCursorVisible()
                    return
                walk += 1
            block = block.next()

    def _hovered(self, url: QUrl) -> None:
        self.viewport().setToolTip(plain(self._tips.get(url.toString(), "")))


def _drifted(drift: Drift | None) -> set[str]:
    if drift is None:
        return set()
    found = {of_figure(each.key) for each in drift.figures}
    return found | {of_claim(each.key) for each in drift.claims}


def _tips(content: IssueContent, drift: Drift | None) -> dict[str, str]:
    tips = {
        of_figure(f.key): f"{f.title}：{f.display}\n{f.how}\n签发时 {f.records} 条记录"
        for f in content.figures
    }
    tips |= {of_claim(claim.key): f"{claim.title}\n{claim.reason}" for claim in content.claims}
    now: Mapping[str, str] = {}
    if drift is not None:
        now = {of_figure(each.key): f"签发时 {each.then}，现在 {each.now}" for each in drift.figures}
        now |= {of_claim(each.key): f"现在会写：{each.now_sentence}" for each in drift.claims}
    return {source: f"{tip}\n{now[source]}" if source in now else tip for source, tip in tips.items()}


def _block(block: Block, drifted: set[str]) -> str:
    words = escape(block.number) + "".join(_run(text, source, drifted) for text, source in block.runs)
    anchor = f'<a name="{escape(block.key)}"></a>'
    if block.kind == "title":
        return f'<p align="center" style="font-size:{text_size("heading")}px"><b>{words}</b></p>'
    if block.kind == "heading":
        return f"<p>{anchor}<b>{words}</b></p>"
    return f'<p style="text-indent:{2 * text_size("title")}px">{anchor}{words}</p>'


def _run(text: str, source: str, drifted: set[str]) -> str:
    if not source:
        return escape(text)
    ground, ink = ("warnbg", "warn") if source in drifted else ("hover", "ink1")
    style = f"text-decoration:none; color:{colour(ink).name()}; background-color:{colour(ground).name()}"
    sign = "⇄" if source in drifted else ""
    return f'<a href="{escape(source)}" style="{style}">\u2009{sign}{escape(text)}\u2009</a>'
