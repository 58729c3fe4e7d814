"""The text of the manual: a page of resources/help in the program's look, with pictures as wide as it is."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QImage, QResizeEvent, QTextBlock, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from zhengui.gui.help.pages import path_of
from zhengui.gui.kit.style import colour, text_size
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
        self.setObjectName("editor")  # the style sheet's frameless text
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(MARGIN)
        self._words = ""
        self._here = QUrl()
        self._width = 0
        self._rest = QTimer(self, singleShot=True, interval=120)
        self._rest.timeout.connect(self._fit)
        self.sourceChanged.connect(self._arrived)

    def show_place(self, name: str, anchor: str = "", words: str = "") -> None:
        """Show a page from a heading on, with some words lit."""
        self._words = words
        self.document().setDefaultStyleSheet(look())
        place = QUrl.fromLocalFile(str(path_of(name)))
        place.setFragment(anchor)
        self.setSource(place)

    @property
    def page(self) -> str:
        """The name of the page that is shown."""
        return Path(self._here.path()).stem

    def loadResource(self, kind: int, name: QUrl) -> object:  # type: ignore[override]
        if kind != _IMAGE:
            return super().loadResource(kind, name)
        picture = QImage(str(resource(f"help/pictures/{Path(name.path()).name}")))
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
        return max(120, min(WIDEST, self.viewport().width()) - 2 * MARGIN - 4)

    def _fit(self) -> None:
        """Scale the pictures anew, and stay where one was reading."""
        self._width = self._room()
        if not self._here.isEmpty():
            bar = self.verticalScrollBar()
            share = bar.value() / max(1, bar.maximum())
            self.document().setDefaultStyleSheet(look())
            self.reload()
            self._dress()
            bar.setValue(round(share * bar.maximum()))

    def _arrived(self, place: QUrl) -> None:
        """Begin at the heading that was asked for, or at the top, once the text has its final sizes."""
        self._here = place  # `source` still tells the page before
        self._dress()
        self.document().size()  # lays out to the end, so that the heading's place is known
        self.verticalScrollBar().setValue(0)
        if place.fragment():
            self.scrollToAnchor(place.fragment())

    def _dress(self) -> None:
        """Give headings the size of the style sheet alone, for Qt enlarges them once more; light what was sought."""
        block = self.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel():
                _keep_size(block)
            block = block.next()
        self._light()

    def _light(self) -> None:
        """Light the words that were searched for."""
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


def _keep_size(block: QTextBlock) -> None:
    """Take away the enlargement of a heading's text."""
    pieces, step = [], block.begin()
    while not step.atEnd():
        pieces.append(step.fragment())
        step += 1
    for piece in pieces:
        cursor = QTextCursor(block)
        cursor.setPosition(piece.position())
        cursor.setPosition(piece.position() + piece.length(), QTextCursor.MoveMode.KeepAnchor)
        shape = piece.charFormat()
        shape.clearProperty(QTextCharFormat.Property.FontSizeAdjustment)
        cursor.setCharFormat(shape)


def _lit(cursor: QTextCursor, shape: QTextCharFormat) -> QTextEdit.ExtraSelection:
    made = QTextEdit.ExtraSelection()
    made.cursor, made.format = cursor, shape
    return made
