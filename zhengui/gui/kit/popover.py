"""A small panel over the page under the button that opened it, with the one painted shadow of the program."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QHideEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from zhengui.gui.kit.style import colour

SHADOW = 10


class Popover(QWidget):
    """Shown over the window; Esc, a click elsewhere or a resize of the window closes it."""

    closed = Signal()

    def __init__(self, window: QWidget, margins: tuple[int, int, int, int] = (14, 12, 14, 12)) -> None:
        super().__init__(window)
        self.hide()
        left, top, right, bottom = margins
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(left + SHADOW, top + SHADOW, right + SHADOW, bottom + SHADOW)
        self.column.setSpacing(8)
        self._opener: QWidget | None = None

    def host(self) -> QWidget:
        """The window the panel lies on."""
        host = self.parentWidget()
        assert host is not None
        return host

    def open_under(self, opener: QWidget, align_right: bool = False) -> None:
        """Show under a widget, moved inward where it would leave the window."""
        self._opener = opener
        self.adjustSize()
        corner = opener.mapTo(self.host(), QPoint(opener.width() if align_right else 0, opener.height() + 6))
        x = corner.x() - (self.width() - SHADOW if align_right else SHADOW)
        self._place(x, corner.y() - SHADOW)

    def open_at(self, opener: QWidget, area: QRect) -> None:
        """Show under a rectangle of a widget, such as one column's heading."""
        self._opener = opener
        self.adjustSize()
        corner = opener.mapTo(self.host(), area.bottomLeft())
        self._place(corner.x() - SHADOW, corner.y() - SHADOW + 6)

    def _place(self, x: int, y: int) -> None:
        host = self.host()
        x = max(2 - SHADOW, min(x, host.width() - self.width() + SHADOW - 4))
        y = max(2 - SHADOW, min(y, host.height() - self.height() + SHADOW - 4))
        self.move(x, y)
        self.raise_()
        self.show()
        _application().installEventFilter(self)
        self.focus_first()

    def focus_first(self) -> None:
        """Put the keyboard into the panel."""
        first = self.nextInFocusChain()
        while first is not None and first is not self:
            if (
                self.isAncestorOf(first)
                and first.isVisible()
                and first.focusPolicy() != Qt.FocusPolicy.NoFocus
            ):
                first.setFocus(Qt.FocusReason.PopupFocusReason)
                return
            if not self.isAncestorOf(first):
                break
            first = first.nextInFocusChain()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget):
            inside = watched is self or self.isAncestorOf(watched)
            same_window = watched.window() is self.window()
            if not inside and same_window:
                self.hide()
                return watched is self._opener
        elif event.type() == QEvent.Type.Resize and watched is self.parentWidget():
            self.hide()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        _application().removeEventFilter(self)
        if self._opener is not None and self._opener.isVisible():
            focused = QApplication.focusWidget()
            if focused is None or self.isAncestorOf(focused):
                self._opener.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        painter.setPen(Qt.PenStyle.NoPen)
        for step in range(SHADOW, 0, -1):
            painter.setBrush(QColor(40, 60, 80, 5))
            painter.drawRoundedRect(box.adjusted(-step, -step + 2, step, step), 8 + step, 8 + step)
        painter.setBrush(colour("surf"))
        painter.setPen(QPen(colour("line2"), 1))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.end()


def _application() -> QCoreApplication:
    app = QCoreApplication.instance()
    assert app is not None
    return app
