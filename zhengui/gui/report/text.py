"""The document's text with a chip on every figure and claim: what is printed, and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal
from PySide6.QtWidgets import QTextBrowser, QWidget

from zhengui.gui.style import colour, text_size
from zhengui.reports.document import Heading, Level, Paragraph, Run

if TYPE_CHECKING:
    from zhengui.services.compose_report import Composed

#: Lines far enough apart to read a chip in its box; Qt wants it said of each paragraph.
PITCH = "line-height:128%"
#: Ground and ink of a chip by what it stands for.
TONES = {
    "figure": ("actbg", "act"),
    "unknown": ("warnbg", "warn"),
    "holds": ("okbg", "ok"),
    "fails": ("overbg", "over"),
    "claim_unknown": ("warnbg", "warn"),
}


class DocumentText(QTextBrowser):
    """Read like the page; every chip can be clicked or reached with Tab and opened with Enter."""

    source_clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setStyleSheet("QTextBrowser { border: 0; border-radius: 0; }")
        self.setOpenLinks(False)
        self.setAccessibleName("文稿正文")
        self.anchorClicked.connect(self._clicked)
        self.highlighted.connect(self._hovered)
        self._tips: Mapping[str, str] = {}

    def show_composed(self, composed: Composed, tips: Mapping[str, str]) -> None:
        """Show a document; `tips` says for every source what it is and how it is computed."""
        self._tips = tips
        place = self.verticalScrollBar().value()
        size = text_size("title")
        blocks = [
            f'<p align="center" style="font-size:{size + 4}px"><b>{escape(composed.document.title_text)}</b></p>'
        ]
        for block in composed.document.blocks:
            if isinstance(block, Heading):
                blocks.append(self._heading(block, composed))
            elif isinstance(block, Paragraph):
                runs = "".join(self._run(run, composed) for run in (*block.lead, *block.runs))
                blocks.append(f'<p style="text-indent:{2 * size}px; {PITCH}">{runs}</p>')
        signature = f"{escape(composed.document.office)}<br>{escape(composed.document.date)}"
        blocks.append(f'<p align="right">{signature}</p>')
        style = f"font-size:{size}px; color:{colour('ink1').name()}"
        self.setHtml(f'<body style="{style}">{"".join(blocks)}</body>')
        self.document().setDocumentMargin(20)
        self.verticalScrollBar().setValue(place)

    def go_to(self, key: str) -> None:
        """Bring a heading to the top."""
        self.scrollToAnchor(key)

    def show_source(self, source: str) -> None:
        """Bring the first chip of a figure or claim into view."""
        cursor = self.document().begin()
        while cursor.isValid():
            pieces = cursor.begin()
            while not pieces.atEnd():
                if pieces.fragment().charFormat().anchorHref() == source:
                    found = self.textCursor()
                    found.setPosition(pieces.fragment().position())
                    self.setTextCursor(found)
                    self.ensureCursorVisible()
                    return
                pieces += 1
            cursor = cursor.next()

    def _heading(self, block: Heading, composed: Composed) -> str:
        words = escape(block.number) + "".join(self._run(run, composed) for run in block.runs)
        big = text_size("title") + (2 if block.level is Level.FIRST else 0)
        return f'<p style="font-size:{big}px; {PITCH}"><a name="{escape(block.key)}"></a><b>{words}</b></p>'

    def _run(self, run: Run, composed: Composed) -> str:
        if not run.source:
            return escape(run.text)
        ground, ink = TONES[_tone(run.source, composed)]
        style = f"text-decoration:none; color:{colour(ink).name()}; background-color:{colour(ground).name()}"
        # Spaces that never break are the chip's padding; the marks after it may follow on the same line.
        return f'<a href="{escape(run.source)}" style="{style}">\u00a0{escape(run.text)}\u00a0</a>'

    def _clicked(self, url: QUrl) -> None:
        self.source_clicked.emit(url.toString())

    def _hovered(self, url: QUrl) -> None:
        self.viewport().setToolTip(self._tips.get(url.toString(), ""))


def _tone(source: str, composed: Composed) -> str:
    kind, _, key = source.partition(":")
    if kind == "claim":
        verdict = composed.verdicts.get(key)
        state = verdict.state if verdict else "unknown"
        return "claim_unknown" if state == "unknown" else state
    figure = composed.figures.get(key)
    return "figure" if figure is not None and figure.value is not None else "unknown"
