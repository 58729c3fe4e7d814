"""The outline at the left of the document: its headings, each with what is still to be looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from zhengui.gui import icons, style
from zhengui.reports.document import Heading, Level

if TYPE_CHECKING:
    from zhengui.services.compose_report import Composed


#: Enough for a heading of ten characters with its sign.
WIDTH = 196


class Outline(QListWidget):
    """A click, or Enter, brings the heading's text into view."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("提纲")
        self.setFixedWidth(WIDTH)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemClicked.connect(self._choose)
        self.itemActivated.connect(self._choose)

    def show_composed(self, composed: Composed) -> None:
        """List the headings; one with an unknown figure or a claim not made carries a sign."""
        row = self.currentRow()
        self.clear()
        open_keys = _unsettled(composed)
        for block in composed.document.blocks:
            if not isinstance(block, Heading):
                continue
            first = block.level is Level.FIRST
            text = block.number + "".join(run.text for run in block.runs)
            item = QListWidgetItem(text if first else f"　{text}")
            item.setFont(style.font("body", bold=first))
            item.setToolTip(text)
            item.setSizeHint(QSize(0, style.size("control")))
            item.setData(Qt.ItemDataRole.UserRole, block.key)
            if block.key in open_keys:
                item.setIcon(icons.icon("warning", 16, "warn"))
                item.setToolTip(f"{text}：有待核对的内容")
            elif not first:
                item.setIcon(icons.icon("checkmark_circle", 16, "okfill", filled=True))
            self.addItem(item)
        self.setCurrentRow(row)

    def _choose(self, item: QListWidgetItem) -> None:
        self.chosen.emit(str(item.data(Qt.ItemDataRole.UserRole)))


def _unsettled(composed: Composed) -> set[str]:
    """Keys of the headings under which a figure is unknown or a claim is not made."""
    found: set[str] = set()
    heading = ""
    for block in composed.document.blocks:
        if isinstance(block, Heading):
            heading = block.key
            continue
        for run in getattr(block, "runs", ()):
            kind, _, key = run.source.partition(":")
            figure, verdict = composed.figures.get(key), composed.verdicts.get(key)
            if kind == "figure" and figure is not None and figure.value is None:
                found.add(heading)
            if kind == "claim" and verdict is not None and verdict.state != "holds":
                found.add(heading)
    return found
