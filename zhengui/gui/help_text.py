"""The text of the manual: a page of resources/help in the program's look, with pictures as wide as it is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QImage, QResizeEvent, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from zhengui.gui.help_pages import path_of
from zhengui.gui.style import colour, text_size
from zhengui.paths import resource

MARGIN = 24
#: Lines longer than this are hard to follow, and pictures larger than this show nothing more.
WIDEST = 820
_IMAGE = QTextDocument.ResourceType.ImageResource.value


def look() -> str:
    """The style sheet of the pages, with colours and sizes filled in."""
    text = resource("help/manual.css").read_text(encoding="utf-8")
    text = re.sub(r"@(\w+)", lambda m: colour(m[1]).name(), text)
    return re.sub(r"#(\w+)#", lambda m: f"{text_size(m[1])}px", text)


class HelpText(QTextBrowser):
    """Follows links between pages and goes back the way one came; opens nothing outside the manual."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("帮助正文")
        self.setOpenExternalLinks(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.document().setDocumentMargin(MARGIN)
        self._words = ""
        self._width = 0
        self._rest = QTimer(self, singleShot=True, interval=120)
        self._rest.timeout.connect(self._fit)
        self.sourceChanged.connect(lambda _source: self._light())

    def show_place(self, name: str, anchor: str = "", words: str = "") -> None:
        """Show a page from a heading on, with some words lit."""
        self._words = words
        self.document().setDefaultStyleSheet(look())
        place = QUrl.fromLocalFile(str(path_of(name)))
        place.setFragment(anchor)
        self.setSource(place)
        self._light()

    @property
    def page(self) -> str:
        """The name of the page that is shown."""
        return Path(self.source().path()).stem

    def loadResource(self, kind: int, name: QUrl) -> Any:
        if kind != _IMAGE:
            return super().loadResource(kind, name)
        picture = QImage(self.source().resolved(name).toLocalFile())
        room = self._room()
        if picture.isNull() or picture.width() <= room:
            return picture
        ratio = self.devicePixelRatioF()
        fitted = picture.scaledToWidth(
            min(picture.width(), round(room * ratio)), Qt.TransformationMode.SmoothTransformation
        )
        fitted.setDevicePixelRatio(fitted.width() / room)
        return fitted

    def resizeEvent(self, event: QResizeEvent) -> None:
        side = max(0, (event.size().width() - WIDEST) // 2)
        self.setViewportMargins(side, 0, side, 0)
        super().resizeEvent(event)
        if self._room() != self._width:
            self._rest.start()

    def _room(self) -> int:
        return max(120, min(WIDEST, self.viewport().width()) - 2 * MARGIN)

    def _fit(self) -> None:
        """Scale the pictures anew, and stay where one was reading."""
        self._width = self._room()
        if not self.source().isEmpty():
            bar = self.verticalScrollBar()
            share = bar.value() / max(1, bar.maximum())
            self.document().setDefaultStyleSheet(look())
            self.reload()
            bar.setValue(round(share * bar.maximum()))
            self._light()

    def _light(self) -> None:
        """Light the words that were searched for, and bring the first under the heading into view."""
        lit = []
        shape = QTextCharFormat()
        shape.setBackground(colour("warnbg"))
        shape.setForeground(colour("warn"))
        for word in self._words.split():
            cursor = self.document().find(word)
            while not cursor.isNull():
                lit.append(_lit(cursor, shape))
                cursor = self.document().find(word, cursor)
        self.setExtraSelections(lit)


def _lit(cursor: QTextCursor, shape: QTextCharFormat) -> QTextEdit.ExtraSelection:
    made = QTextEdit.ExtraSelection()
    made.cursor, made.format = cursor, shape
    return made
