"""A line at the bottom that says what was done, for five seconds, with 撤销 or what can be done with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from zhengui.gui.kit import icons
from zhengui.gui.kit.labels import label
from zhengui.gui.kit.painted import draw_box
from zhengui.gui.kit.style import colour, size

SECONDS = 5
UNDO = "撤销 Ctrl+Z"


class Toast(QWidget):
    """One toast at a time; the newest takes the place of the one before."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setFixedHeight(40)
        self._undo: Callable[[], None] | None = None
        self._deed: Callable[[], object] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 14, 0)
        row.setSpacing(8)
        sign = label("", self)
        sign.setPixmap(icons.pixmap("checkmark_circle", 16, "toast"))
        self._text = label("", self)
        self._text.setStyleSheet(f"color: {colour('onfill').name()};")
        self._button = QPushButton(UNDO, self)
        self._button.setProperty("kind", "link")
        self._button.setStyleSheet(f"color: {colour('toast').name()}; font-weight: bold;")
        self._button.clicked.connect(self._act)
        row.addWidget(sign)
        row.addWidget(self._text, 1)
        row.addSpacing(24)
        row.addWidget(self._button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        window.installEventFilter(self)
        self.hide()

    def say(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Show a sentence; with `undo` it can be taken back, here or with Ctrl+Z."""
        self._undo, self._deed = undo, None
        self._show(text, UNDO if undo is not None else "")

    def offer(self, text: str, verb: str, deed: Callable[[], object]) -> None:
        """Show a sentence with a button, such as 打开; Ctrl+Z does not press it."""
        self._undo, self._deed = None, deed
        self._show(text, verb)

    def _show(self, text: str, verb: str) -> None:
        self._text.setText(text)
        self.setAccessibleName(text)
        self._button.setText(verb)
        self._button.setVisible(bool(verb))
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        self._timer.start(SECONDS * 1000)

    def undo(self) -> None:
        """Take back what the newest toast told."""
        call, self._undo = self._undo, None
        self.hide()
        if call is not None:
            call()

    def _act(self) -> None:
        deed, self._deed = self._deed, None
        if deed is None:
            self.undo()
            return
        self.hide()
        deed()

    @property
    def text(self) -> str:
        """What is said at present."""
        return self._text.text()

    def _place(self) -> None:
        host = self.parentWidget()
        assert host is not None
        # In the middle, or left of it: at the right stand the form's buttons, and those of what waits to be done.
        free = host.width() - size("form_panel") - self.width() - 16
        x = max(16, min((host.width() - self.width()) // 2, free))
        self.move(x, host.height() - self.height() - size("status_bar") - 12)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        self._timer.start(SECONDS * 1000)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_box(painter, self.rect(), "ink1", radius=6)
        painter.end()
        self.setCursor(Qt.CursorShape.ArrowCursor)
