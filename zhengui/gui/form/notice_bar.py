"""A bar over the form: what is still to be changed, a draft that was found, or why nothing was saved."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from zhengui.gui.kit import icons
from zhengui.gui.kit.labels import button, label
from zhengui.gui.kit.style import colour, mark

Action = tuple[str, Callable[[], None]]
_GROUNDS = {"over": "overbg", "warn": "warnbg", "act": "actbg"}
_SIGNS = {"over": "error_circle", "warn": "warning", "act": "history"}


class NoticeBar(QWidget):
    """A sentence on a coloured ground with what can be done about it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = "over"
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(2)
        row = QHBoxLayout()
        row.setSpacing(8)
        self._sign = label("")
        self._sign.setFixedSize(16, 16)
        self._words = label("", wrap=True)
        row.addWidget(self._sign)
        row.addWidget(self._words, 1)
        self._beside = QHBoxLayout()
        row.addLayout(self._beside)
        column.addLayout(row)
        self._under = QHBoxLayout()
        self._under.setSpacing(16)
        self._under.setContentsMargins(24, 0, 0, 0)
        column.addLayout(self._under)
        self.hide()

    @property
    def text(self) -> str:
        """What the bar says."""
        return self._words.text()

    def say(self, tone: str, text: str, *actions: Action) -> None:
        """Show a sentence; a single action stands beside it, several stand under it."""
        self._tone = tone
        self._sign.setPixmap(icons.pixmap(_SIGNS[tone], 16, tone))
        self._words.setText(text)
        self._words.setStyleSheet(f"color: {colour(tone if tone != 'act' else 'ink1').name()};")
        self._words.setAccessibleName(text)
        for layout in (self._beside, self._under):
            while layout.count():
                item = layout.takeAt(0)
                widget = item.widget() if item is not None else None
                if widget is not None:
                    widget.hide()
                    widget.deleteLater()
        place = self._beside if len(actions) == 1 else self._under
        for words, act in actions:
            link = button(words, kind="link")
            mark(link, kind="link")
            link.clicked.connect(lambda _checked=False, act=act: act())
            place.addWidget(link)
        if len(actions) > 1:
            self._under.addStretch(1)
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(_GROUNDS[self._tone]))
        painter.fillRect(QRect(0, 0, 3, self.height()), colour(self._tone))
        painter.end()
