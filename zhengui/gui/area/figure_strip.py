"""The strip of an area's figures: name, value and unit, change; a click shows exactly the records behind one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from zhengui.gui.kit.menu import Menu
from zhengui.gui.kit.painted import CENTRE, PaintedButton, draw_box, draw_text, width_of
from zhengui.gui.kit.plain import plain
from zhengui.gui.kit.style import size

#: A figure gets at least this width; beyond the widest one the strip stays left.
NARROW, WIDE, MORE = 112, 200, 64
EDGE = 12


@dataclass(frozen=True, slots=True)
class StripFigure:
    """One figure as shown; `note` takes the place of the change where the figure is unknown."""

    key: str
    title: str
    number: str
    unit: str
    change: str = ""
    more: str = ""
    note: str = ""
    known: bool = True
    tip: str = ""


class FigureCell(PaintedButton):
    """One figure."""

    def __init__(self, figure: StripFigure, parent: QWidget) -> None:
        super().__init__(figure.title, parent)
        self.figure = figure
        self.show_figure(figure)

    def show_figure(self, figure: StripFigure) -> None:
        """Show another value."""
        self.figure = figure
        below = figure.change or figure.note
        self.setAccessibleName(f"{figure.title} {figure.number} {figure.unit} {below}".strip())
        line = " · ".join(part for part in (figure.change, figure.more) if part)
        self.setToolTip(plain("\n".join(part for part in (figure.tip, line) if part)))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(NARROW, size("figure_strip") - 2)

    def focus_rect(self) -> QRect:
        return self.rect().adjusted(1, 4, -1, -3)

    def draw(self, painter: QPainter, rect: QRect) -> None:
        figure = self.figure
        if self.hovered:
            draw_box(painter, self.focus_rect(), "hover")
        room = rect.width() - 2 * EDGE + 4
        draw_text(painter, QRect(EDGE, 9, room, 20), figure.title, "ink2", "caption")
        width = width_of(figure.number, "heading", True)
        tone = "ink1" if figure.known else "warn"
        draw_text(painter, QRect(EDGE, 28, min(width + 2, room), 28), figure.number, tone, "heading", True)
        unit = QRect(EDGE + width + 5, 31, max(0, room - width - 5), 24)
        draw_text(painter, unit, figure.unit, "ink3", "caption")
        below = QRect(EDGE, 55, room, 18)
        if figure.note:
            draw_text(painter, below, figure.note, "ink3" if figure.known else "warn", "caption")
            return
        line = " · ".join(part for part in (figure.change, figure.more) if part)
        fits = width_of(line, "caption") <= room
        draw_text(painter, below, line if fits else figure.change or figure.more, "ink3", "caption")


class _MoreCell(PaintedButton):
    """Opens the figures that do not fit."""

    def sizeHint(self) -> QSize:
        return QSize(MORE, size("figure_strip") - 2)

    def draw(self, painter: QPainter, rect: QRect) -> None:
        draw_box(painter, rect.adjusted(6, 18, -6, -18), "hover" if self.hovered else "surf", "line2")
        draw_text(painter, rect, self.text(), "ink2", "caption", align=CENTRE)


class FigureStrip(QFrame):
    """`chosen` tells the key of the figure that was clicked."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self.setAccessibleName("指标")
        self.setFixedHeight(size("figure_strip"))
        self._cells: list[FigureCell] = []
        self._lines: list[QFrame] = []
        self._more = _MoreCell("更多", self)
        self._more.clicked.connect(self._open_more)
        self._more.hide()

    def show_figures(self, figures: Sequence[StripFigure]) -> None:
        """Show these figures; cells that stay keep the focus."""
        if [c.figure.key for c in self._cells] == [f.key for f in figures]:
            for cell, figure in zip(self._cells, figures, strict=True):
                cell.show_figure(figure)
            return
        for old in (*self._cells, *self._lines):
            old.deleteLater()
        self._cells = [self._make(figure) for figure in figures]
        self._lines = [self._line() for _figure in figures[1:]]
        self._place()

    def _make(self, figure: StripFigure) -> FigureCell:
        cell = FigureCell(figure, self)
        cell.clicked.connect(lambda: self.chosen.emit(cell.figure.key))
        cell.show()
        return cell

    def _line(self) -> QFrame:
        made = QFrame(self)
        made.setObjectName("vline")
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        count = len(self._cells)
        if not count:
            self._more.hide()
            return
        room = self.width() - 16
        fits = min(count, max(1, room // NARROW))
        if fits < count:
            fits = max(1, (room - MORE) // NARROW)
        space = room - (MORE if fits < count else 0)
        width = min(WIDE, space // fits)
        for number, cell in enumerate(self._cells):
            cell.setVisible(number < fits)
            cell.setGeometry(8 + number * width, 1, width, self.height() - 2)
        for number, line in enumerate(self._lines):
            line.setVisible(number < fits - 1)
            line.setGeometry(8 + (number + 1) * width - 1, 18, 1, self.height() - 34)
        self._more.setVisible(fits < count)
        self._more.setText(f"另 {count - fits} 项")
        self._more.setAccessibleName(f"另外 {count - fits} 项指标")
        self._more.setGeometry(8 + fits * width, 1, MORE, self.height() - 2)

    def _open_more(self) -> None:
        menu = Menu(self)
        for cell in self._cells:
            if not cell.isVisible():
                figure = cell.figure
                text = f"{figure.title}　{figure.number} {figure.unit}".rstrip()
                menu.addAction(text, partial(self.chosen.emit, figure.key))
        menu.exec(self._more.mapToGlobal(self._more.rect().bottomLeft()))
