"""The head of the form: what is open, its label, and the way to the records beside it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from zhengui.gui.kit.icons import icon
from zhengui.gui.kit.labels import button, label
from zhengui.gui.kit.painted import width_of
from zhengui.gui.kit.plain import plain
from zhengui.gui.kit.style import font, mark

_HEIGHT = 44


class FormHeader(QWidget):
    """Title, label, previous and next, ⋯ and close."""

    previous = Signal()
    next = Signal()
    closing = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(_HEIGHT)
        self._title = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(4)
        self._words = label("", role="h2")
        self._words.setFont(font("body", bold=True))
        self._words.setMinimumWidth(40)
        self._tag = label("")
        mark(self._tag, tone="mute")
        self._tag.hide()
        row.addWidget(self._words)
        row.addSpacing(4)
        row.addWidget(self._tag)
        row.addStretch(1)
        self._previous = _sign("chevron_left", "上一条", row)
        self._next = _sign("chevron_right", "下一条", row)
        self.more = _sign("more_horizontal", "更多", row)
        self._close = _sign("dismiss", "关闭（Esc）", row)
        self._previous.clicked.connect(self.previous)
        self._next.clicked.connect(self.next)
        self._close.clicked.connect(self.closing)
        self.menu = QMenu(self)
        self.more.clicked.connect(self._open_menu)

    def say(self, title: str, tag: str, tone: str, beside: bool) -> None:
        """Show the title and its label; `beside` offers the records before and after."""
        self._title = title
        self._tag.setText(tag)
        self._tag.setVisible(bool(tag))
        mark(self._tag, tone=tone)
        self._previous.setVisible(beside)
        self._next.setVisible(beside)
        self._fit()

    @property
    def tag(self) -> str:
        """The label beside the title."""
        return self._tag.text() if not self._tag.isHidden() else ""

    @property
    def title(self) -> str:
        """The whole title, also where it is cut on screen."""
        return self._title

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Cut the title with … where the buttons need the room."""
        signs = 4 if not self._previous.isHidden() else 2
        room = self.width() - 28 - signs * 32 - 12
        if not self._tag.isHidden():
            room -= width_of(self._tag.text(), "caption") + 20
        metrics = self._words.fontMetrics()
        self._words.setText(metrics.elidedText(self._title, Qt.TextElideMode.ElideRight, max(40, room)))
        self._words.setToolTip(plain(self._title))
        self._words.setAccessibleName(self._title)

    def _open_menu(self) -> None:
        self.menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))


def _sign(drawing: str, name: str, row: QHBoxLayout) -> QPushButton:
    made = button("", kind="icon")
    made.setIcon(icon(drawing))
    made.setIconSize(QSize(16, 16))
    made.setAccessibleName(name)
    made.setToolTip(plain(name))
    made.setAutoDefault(True)
    row.addWidget(made)
    return made
