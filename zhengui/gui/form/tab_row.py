"""The tabs of the form: 内容, 流转, 历史, 用于, each with its count."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from zhengui.gui.kit.painted import PaintedButton, draw_text, width_of
from zhengui.gui.kit.style import colour

_HEIGHT = 36


class _Tab(PaintedButton):
    """One tab; the chosen one is bold over a bar in the office's red."""

    stepped = Signal(int)

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(title, parent)
        self.count = -1
        self.setCheckable(True)

    def sizeHint(self) -> QSize:
        number = width_of(str(self.count), "caption") + 6 if self.count >= 0 else 0
        return QSize(width_of(self.text(), bold=True) + number + 8, _HEIGHT)

    def set_count(self, count: int) -> None:
        """Show how many there are; below zero, none is shown."""
        self.count = count
        self.setAccessibleName(f"{self.text()}，{count} 条" if count >= 0 else self.text())
        self.updateGeometry()
        self.update()

    def draw(self, painter: QPainter, rect: QRect) -> None:
        chosen = self.isChecked()
        width = width_of(self.text(), bold=chosen) + 2
        draw_text(painter, rect.adjusted(4, 0, 0, -4), self.text(), "ink1" if chosen else "ink2", bold=chosen)
        if self.count >= 0:
            draw_text(painter, rect.adjusted(4 + width + 4, 1, 0, -3), str(self.count), "ink3", "caption")
        if chosen:
            painter.fillRect(QRect(0, rect.height() - 3, rect.width(), 3), colour("brand"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)


class TabRow(QWidget):
    """Tabs in a line; ← and → move between them."""

    chosen = Signal(str)

    def __init__(self, titles: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        self._tabs = {key: _Tab(title, self) for key, title in titles.items()}
        for key, tab in self._tabs.items():
            tab.clicked.connect(lambda _checked=False, key=key: self.choose(key))
            tab.stepped.connect(self._step)
            row.addWidget(tab)
        row.addStretch(1)
        self.current = ""
        self.choose(next(iter(titles)))

    def choose(self, key: str) -> None:
        """Go to a tab."""
        for name, tab in self._tabs.items():
            tab.setChecked(name == key)
            tab.setFocusPolicy(Qt.FocusPolicy.StrongFocus if name == key else Qt.FocusPolicy.ClickFocus)
        if key != self.current:
            self.current = key
            self.chosen.emit(key)

    def set_count(self, key: str, count: int) -> None:
        """Show a count beside a title."""
        self._tabs[key].set_count(count)

    def set_shown(self, key: str, shown: bool) -> None:
        """Offer a tab or not."""
        self._tabs[key].setVisible(shown)

    def _step(self, step: int) -> None:
        shown = [key for key, tab in self._tabs.items() if not tab.isHidden()]
        key = shown[(shown.index(self.current) + step) % len(shown)]
        self.choose(key)
        self._tabs[key].setFocus(Qt.FocusReason.OtherFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), colour("line"))
        painter.end()
