"""The villages as a grid of tiles shaded by the rank of a chosen figure: darker is better placed, in print too."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from zhengui.gui.kit.painted import CENTRE, draw_focus, draw_text
from zhengui.gui.kit.plain import plain
from zhengui.gui.kit.style import colour
from zhengui.services.watch.rank_villages import SHADES, Placed

GAP, LEAST_WIDE, LEAST_HIGH = 3, 74, 26


class VillageGrid(QWidget):
    """`opened` carries the village whose tile was pressed. Arrows move, Enter opens."""

    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.placed: Sequence[Placed] = ()
        self.current = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("各村（居）的名次")

    def sizeHint(self) -> QSize:
        return QSize(300, 120)

    def show_placed(self, placed: Sequence[Placed], title: str) -> None:
        """Show the villages with their ranks."""
        self.placed, self.current = placed, min(self.current, max(0, len(placed) - 1))
        self._tell(title)
        self.update()

    def _tell(self, title: str) -> None:
        first = [each.name for each in self.placed if each.rank == 1]
        self.setAccessibleName(f"{title}，各村（居）的名次，第一：{'、'.join(first) or '还不知道'}")

    def columns(self) -> int:
        """How many tiles stand side by side."""
        return max(1, min(len(self.placed) or 1, (self.width() + GAP) // (LEAST_WIDE + GAP)))

    def tile(self, place: int) -> QRect:
        """Where a tile is."""
        columns = self.columns()
        rows = max(1, -(-len(self.placed) // columns))
        width = (self.width() - GAP * (columns - 1)) / columns
        height = max(LEAST_HIGH, min(40.0, (self.height() - GAP * (rows - 1)) / rows))
        row, column = divmod(place, columns)
        return QRect(round(column * (width + GAP)), round(row * (height + GAP)), round(width), round(height))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for place, each in enumerate(self.placed):
            rect = self.tile(place)
            ground = shade(each.shade)
            painter.fillRect(rect, ground)
            if not each.shade:
                painter.setPen(colour("line3"))
                painter.drawRect(rect.adjusted(0, 0, -1, -1))
            tone = "onfill" if ground.lightness() < 140 else "ink1"
            rank = f"{each.rank} " if each.rank else "— "
            draw_text(painter, rect.adjusted(3, 0, -3, 0), rank + each.name, tone, "caption", align=CENTRE)
            if place == self.current and self.hasFocus():
                draw_focus(painter, rect, "ink1")
        painter.end()

    def at(self, x: int, y: int) -> int | None:
        """The tile under a point."""
        return next((n for n in range(len(self.placed)) if self.tile(n).contains(x, y)), None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self.at(event.position().toPoint().x(), event.position().toPoint().y())
        if place is None:
            QToolTip.hideText()
        else:
            each = self.placed[place]
            rank = f"第 {each.rank} 名" if each.rank else "没有名次"
            told = f"{each.name}：{each.shown}，{rank}"
            QToolTip.showText(event.globalPosition().toPoint(), plain(told), self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = self.at(event.position().toPoint().x(), event.position().toPoint().y())
        if place is not None:
            self.current = place
            self.update()
            self.opened.emit(self.placed[place].village)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self.columns(),
            Qt.Key.Key_Down: self.columns(),
        }
        key = Qt.Key(event.key())
        if key in steps and self.placed:
            self.current = max(0, min(len(self.placed) - 1, self.current + steps[key]))
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.placed:
            self.opened.emit(self.placed[self.current].village)
        else:
            super().keyPressEvent(event)


def shade(place: int) -> QColor:
    """The ground of a fifth: the first is the darkest, the unknown is paper."""
    if not place:
        return colour("surf")
    dark, light = colour("act"), colour("actbg")
    part = (place - 1) / (SHADES - 1)

    def between(one: int, other: int) -> int:
        return round(one + (other - one) * part)

    return QColor(
        between(dark.red(), light.red()),
        between(dark.green(), light.green()),
        between(dark.blue(), light.blue()),
    )
