"""Buttons that draw themselves, with the hover, focus and label drawing they share."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from zhengui.gui.kit.style import colour, font

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter


def width_of(text: str, role: str = "body", bold: bool = False) -> int:
    """The width of a text in a role."""
    return QFontMetrics(font(role, bold)).horizontalAdvance(text)


def draw_text(
    painter: QPainter,
    rect: QRect | QRectF,
    text: str,
    tone: str = "ink1",
    role: str = "body",
    bold: bool = False,
    align: Qt.AlignmentFlag = LEFT,
) -> None:
    """One line of text, cut with … where it does not fit."""
    face = font(role, bold)
    painter.setFont(face)
    painter.setPen(colour(tone))
    area = rect.toRect() if isinstance(rect, QRectF) else rect
    shown = QFontMetrics(face).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, align | Qt.TextFlag.TextSingleLine, shown)


def draw_box(
    painter: QPainter,
    rect: QRect | QRectF,
    ground: str = "",
    border: str = "",
    radius: float = 4,
    width: float = 1,
) -> None:
    """A rounded box on whole pixels."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    half = width / 2 if border else 0.0
    painter.setPen(QPen(colour(border), width) if border else Qt.PenStyle.NoPen)
    painter.setBrush(colour(ground) if ground else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(rect).adjusted(half, half, -half, -half), radius, radius)
    painter.restore()


def draw_focus(painter: QPainter, rect: QRect | QRectF, tone: str = "act", radius: float = 4) -> None:
    """The focus ring: two pixels inside the edge."""
    draw_box(painter, rect, border=tone, radius=radius, width=2)


def draw_label(painter: QPainter, x: float, middle: float, text: str, tone: str) -> float:
    """A small label such as 逾期 6 天; returns its width."""
    grounds = {
        "over": "overbg",
        "warn": "warnbg",
        "ok": "okbg",
        "act": "actbg",
        "rev": "revbg",
        "brand": "brandbg",
    }
    width = width_of(text, "caption") + 12
    box = QRectF(x, middle - 10, width, 20)
    draw_box(painter, box, grounds.get(tone, "hover"))
    draw_text(painter, box, text, tone if tone in grounds else "ink2", "caption", align=CENTRE)
    return width


def draw_count(painter: QPainter, right: float, middle: float, count: int, tone: str = "over") -> float:
    """A round badge whose right edge is at `right`; returns its width."""
    text = str(count) if count < 1000 else "999+"
    width = max(18, width_of(text, "caption") + 11)
    box = QRectF(right - width, middle - 9, width, 18)
    draw_box(painter, box, "overbg" if tone == "over" else "hover", radius=9)
    draw_text(painter, box, text, tone, "caption", align=CENTRE)
    return width


class PaintedButton(QAbstractButton):
    """A button that subclasses draw; keyboard, mouse and screen readers treat it as any button."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setAccessibleName(text)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.draw(painter, QRect(QPointF(0, 0).toPoint(), self.size()))
        if self.hasFocus():
            draw_focus(painter, self.focus_rect(), self.focus_tone())
        painter.end()

    def draw(self, painter: QPainter, rect: QRect) -> None:
        """Draw the button without its focus ring."""
        raise NotImplementedError

    def focus_rect(self) -> QRect:
        """Where the focus ring goes."""
        return self.rect()

    def focus_tone(self) -> str:
        """The colour of the focus ring."""
        return "act"

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @property
    def hovered(self) -> bool:
        """Whether the pointer is over the button."""
        return self.underMouse() and self.isEnabled()
