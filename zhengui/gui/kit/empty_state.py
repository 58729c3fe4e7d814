"""What a table shows instead of nothing: what belongs here, which figure it feeds, and up to three actions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from zhengui.gui.kit import icons
from zhengui.gui.kit.labels import button, label
from zhengui.gui.kit.painted import CENTRE, PaintedButton, draw_box, draw_text, width_of
from zhengui.gui.kit.style import colour

CARD_WIDTH, CARD_HEIGHT, TEXT_WIDTH = 460, 62, 520


@dataclass(frozen=True, slots=True)
class EmptyAction:
    """One thing to do from here."""

    title: str
    text: str
    icon: str
    call: Callable[[], None]
    key: str = ""


class ActionCard(PaintedButton):
    """An action as a card; the first of an empty state is outlined in blue."""

    def __init__(self, action: EmptyAction, first: bool, parent: QWidget) -> None:
        super().__init__(action.title, parent)
        self.setAccessibleDescription(action.text)
        self._action, self._first = action, first
        self.clicked.connect(lambda: action.call())

    def sizeHint(self) -> QSize:
        return QSize(CARD_WIDTH, CARD_HEIGHT)

    def draw(self, painter: QPainter, rect: QRect) -> None:
        draw_box(painter, rect, "surf2" if self.hovered else "surf", "act" if self._first else "line2", 6)
        icons.paint(painter, self._action.icon, 17, (rect.height() - 24) / 2, 24, "act")
        draw_text(painter, QRect(55, 12, rect.width() - 150, 22), self._action.title, bold=True)
        draw_text(painter, QRect(55, 33, rect.width() - 75, 18), self._action.text, "ink3", "caption")
        if self._action.key:
            width = width_of(self._action.key, "caption") + 18
            key = QRect(rect.width() - width - 15, rect.center().y() - 9, width, 20)
            draw_box(painter, key, "hover")
            draw_text(painter, key, self._action.key, "ink2", "caption", align=CENTRE)


class _Drawing(QWidget):
    """A small sheet of paper with a plus sign."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(104, 80)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_box(painter, QRect(2, 2, 90, 68), "surf", "line2", 4)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour("line2"), 1.4))
        painter.drawLine(3, 18, 91, 18)
        for top, right in ((32, 80), (46, 62), (60, 76)):
            painter.drawLine(14, top, right, top)
        draw_box(painter, QRect(75, 51, 26, 26), "act", radius=13)
        painter.setPen(QPen(colour("onfill"), 1.8))
        painter.drawLine(82, 64, 94, 64)
        painter.drawLine(88, 58, 88, 70)
        painter.end()


class EmptyState(QWidget):
    """A title, a sentence or two, and cards; or, for a filter that finds nothing, one button."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("clear")
        self.cards: list[ActionCard] = []
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addStretch(2)
        self._drawing = _Drawing(self)
        column.addWidget(self._drawing, 0, Qt.AlignmentFlag.AlignHCenter)
        self._title = label("", self, "ttl")
        self._text = label("", self, "sec", wrap=True)
        self._text.setFixedWidth(TEXT_WIDTH)
        for widget in (self._title, self._text):
            widget.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(10)
        column.addLayout(self._cards)
        self._row = QHBoxLayout()
        column.addLayout(self._row)
        column.addStretch(3)

    def show_actions(self, title: str, text: str, actions: Sequence[EmptyAction]) -> None:
        """Say what belongs here and what can be done."""
        self._tell(title, text, True)
        self.cards = [ActionCard(action, number == 0, self) for number, action in enumerate(actions[:3])]
        for card in self.cards:
            self._cards.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)

    def show_filtered(self, title: str, text: str, verb: str, call: Callable[[], None]) -> None:
        """Say which filter leaves nothing, and offer to clear it."""
        self._tell(title, text, False)
        made = button(verb, self)
        made.clicked.connect(lambda: call())
        self._row.addStretch(1)
        self._row.addWidget(made)
        self._row.addStretch(1)

    def show_plain(self, title: str, text: str) -> None:
        """Say only that there is nothing."""
        self._tell(title, text, False)

    def _tell(self, title: str, text: str, drawing: bool) -> None:
        self.cards = []
        for layout in (self._cards, self._row):
            while (item := layout.takeAt(0)) is not None:
                widget = item.widget()
                if widget is not None:
                    widget.hide()
                    widget.deleteLater()
        self._drawing.setVisible(drawing)
        self._title.setText(title)
        self._text.setText(text)
        # A centred label that wraps would else get the height of one line.
        self._text.setFixedHeight(self._text.heightForWidth(TEXT_WIDTH))
        self._text.setVisible(bool(text))
