"""A Chinese calendar of days, and one of months, moved with the arrow keys from the field."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from zhengui.gui.fields.popover import FieldPopover
from zhengui.gui.kit.icons import icon
from zhengui.gui.kit.labels import label
from zhengui.gui.kit.painted import CENTRE, draw_box, draw_text
from zhengui.gui.kit.plain import plain
from zhengui.gui.kit.style import mark
from zhengui.values.moment import FIRST_YEAR, LAST_YEAR, add_months

_WEEK = "一二三四五六日"
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Grid(QWidget):
    """Cells that can be pointed at; the calendar says what stands in them."""

    picked = Signal(object)

    def __init__(self, columns: int, rows: int, cell: QSize, heading: int = 0) -> None:
        super().__init__()
        self.columns, self.rows, self.cell, self.heading = columns, rows, cell, heading
        self.cells: list[tuple[date, str, str]] = []  # the day, its words, its tone
        self.current, self.today = date.min, date.min
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedSize(columns * cell.width(), rows * cell.height() + heading)

    def place(self, number: int) -> QRectF:
        """Where a cell is."""
        row, column = divmod(number, self.columns)
        x, y = column * self.cell.width(), row * self.cell.height() + self.heading
        return QRectF(x, y, self.cell.width(), self.cell.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.heading:
            for column, word in enumerate(_WEEK):
                area = QRectF(column * self.cell.width(), 0, self.cell.width(), self.heading)
                draw_text(painter, area, word, "ink3", "caption", align=CENTRE)
        for number, (day, words, tone) in enumerate(self.cells):
            area = self.place(number)
            if day == self.current:
                draw_box(painter, area.adjusted(2, 1, -2, -1), "act")
            elif day == self.today:
                draw_box(painter, area.adjusted(2, 1, -2, -1), "", "act")
            draw_text(painter, area, words, "onfill" if day == self.current else tone, align=CENTRE)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = QPointF(event.position())
        for number, (day, _words, _tone) in enumerate(self.cells):
            if self.place(number).contains(point):
                self.picked.emit(day)
                return


class CalendarPopover(FieldPopover):
    """Days of one month, or the months of one year; `picked` gives the day (the first of a month)."""

    picked = Signal(object)

    def __init__(self, anchor: QWidget, today: date, months: bool = False) -> None:
        super().__init__(anchor)
        self.months, self.today, self.day = months, today, today
        self.grid = _Grid(3, 4, QSize(76, 36)) if months else _Grid(7, 6, QSize(34, 30), 24)
        self.grid.today = today.replace(day=1) if months else today
        self.grid.picked.connect(self.picked)
        self.title = label("")
        self.title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        mark(self.title, role="h2")
        head = QHBoxLayout()
        head.setSpacing(0)
        back, on = ("上一年", "下一年") if months else ("上个月", "下个月")
        step = 12 if months else 1
        head.addWidget(self._button("chevron_left", back, -step))
        head.addWidget(self.title, 1)
        head.addWidget(self._button("chevron_right", on, step))
        self.box.setContentsMargins(16, 12, 16, 14)
        self.box.addLayout(head)
        self.box.addWidget(self.grid, 0, Qt.AlignmentFlag.AlignHCenter)

    def _button(self, drawing: str, name: str, months: int) -> QPushButton:
        button = QPushButton()
        mark(button, kind="icon")
        button.setIcon(icon(drawing))
        button.setAccessibleName(name)
        button.setToolTip(plain(name))
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self.turn(months))
        return button

    def show_day(self, day: date) -> None:
        """Open with a day marked."""
        self._go(day)
        self.open(QSize(self.grid.width(), self.grid.height() + 30))

    def turn(self, months: int) -> None:
        """Go some months on or back."""
        self._go(add_months(self.day, months))

    def pressed(self, event: QKeyEvent) -> bool:
        """Take a key of the field; true if it was used."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        key = Qt.Key(event.key())
        if key in _ENTER:
            self.picked.emit(self.day)
            return False
        across, down = (1, 3) if self.months else (1, 7)
        steps = {
            Qt.Key.Key_Left: -across,
            Qt.Key.Key_Right: across,
            Qt.Key.Key_Up: -down,
            Qt.Key.Key_Down: down,
        }
        if key in steps:
            step = steps[key]
            self._go(add_months(self.day, step) if self.months else self.day + timedelta(days=step))
            return True
        pages = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        if key in pages:
            self.turn(pages[key] * (12 if self.months else 1))
            return True
        return False

    def _go(self, day: date) -> None:
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            return
        self.day = day.replace(day=1) if self.months else day
        self.grid.current = self.day
        if self.months:
            self.title.setText(f"{day.year}年")
            self.grid.cells = [(date(day.year, n, 1), f"{n}月", "ink1") for n in range(1, 13)]
        else:
            self.title.setText(f"{day.year}年{day.month}月")
            self.grid.cells = [self._cell(d, day.month) for d in _days(day)]
        self.grid.update()

    @staticmethod
    def _cell(day: date, month: int) -> tuple[date, str, str]:
        return day, str(day.day), "ink1" if day.month == month else "inkd"


def _days(day: date) -> list[date]:
    """The six weeks around a month, from Monday."""
    first = day.replace(day=1)
    start = first - timedelta(days=calendar.weekday(first.year, first.month, 1))
    return [start + timedelta(days=n) for n in range(42)]
