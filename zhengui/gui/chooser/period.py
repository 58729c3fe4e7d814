"""The panel that chooses the period: year, halves, quarters, months, two dates, and what to compare with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QWidget

from zhengui.figures import period as periods
from zhengui.figures.period import Period
from zhengui.gui.desk.scope import COMPARISONS, ChosenScope
from zhengui.gui.kit import icons
from zhengui.gui.kit.labels import button, label
from zhengui.gui.kit.painted import CENTRE, PaintedButton, draw_box, draw_text
from zhengui.gui.kit.plain import plain
from zhengui.gui.kit.popover import Popover
from zhengui.gui.kit.segment import Segment
from zhengui.gui.kit.style import mark
from zhengui.values.moment import read_date

QUARTERS = ("一季度", "二季度", "三季度", "四季度")


class PeriodCell(PaintedButton):
    """One period to choose."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.setCheckable(True)
        self.now = False

    def sizeHint(self) -> QSize:
        return QSize(74, 30)

    def focus_tone(self) -> str:
        return "ink1" if self.isChecked() else "act"

    def draw(self, painter: QPainter, rect: QRect) -> None:
        checked = self.isChecked()
        if checked:
            draw_box(painter, rect, "act")
        elif self.hovered:
            draw_box(painter, rect, "hover")
        if self.now and not checked:
            draw_box(painter, rect, border="line3")
        draw_text(painter, rect, self.text(), "onfill" if checked else "ink1", bold=checked, align=CENTRE)


def line(parent: QWidget, name: str = "hline") -> QFrame:
    """A hairline."""
    made = QFrame(parent)
    made.setObjectName(name)
    return made


class PeriodPopover(Popover):
    """Changes the scope at once; stays open until left, so that one can look and choose again."""

    def __init__(self, window: QWidget, scope: ChosenScope, today: Callable[[], date]) -> None:
        super().__init__(window)
        self._scope, self._today = scope, today
        self._year = scope.year
        self._cells: list[tuple[PeriodCell, Callable[[int], Period]]] = []
        self._add_year_row()
        self._add_cells(
            [("全年", periods.year), ("上半年", _half(1)), ("下半年", _half(2)), ("年初至今", self._so_far)]
        )
        self.column.addWidget(line(self))
        self._add_cells([(title, _quarter(n)) for n, title in enumerate(QUARTERS, 1)])
        self.column.addWidget(line(self))
        self._add_cells([(f"{n}月", _month(n)) for n in range(1, 13)])
        self.column.addWidget(line(self))
        self._add_dates()
        self.column.addWidget(line(self))
        self._add_compare()
        self.column.addWidget(label("在所有页面生效，程序关闭后恢复为全年", self, "cap"))

    def _add_year_row(self) -> None:
        row = QHBoxLayout()
        back, on = button("", self, "icon"), button("", self, "icon")
        for widget, name, tip, by in (
            (back, "chevron_left", "上一年", -1),
            (on, "chevron_right", "下一年", 1),
        ):
            widget.setIcon(icons.icon(name))
            widget.setAccessibleName(tip)
            widget.setToolTip(plain(tip))
            widget.clicked.connect(lambda _checked=False, by=by: self._turn(by))
        self._title = label("", self, "h2")
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row.addWidget(back)
        row.addWidget(self._title, 1)
        row.addWidget(on)
        self.column.addLayout(row)

    def _add_cells(self, cells: list[tuple[str, Callable[[int], Period]]]) -> None:
        grid = QGridLayout()
        grid.setSpacing(4)
        for place, (text, make) in enumerate(cells):
            cell = PeriodCell(text, self)
            cell.clicked.connect(lambda _checked=False, make=make: self._choose(make(self._year)))
            self._cells.append((cell, make))
            grid.addWidget(cell, place // 4, place % 4)
        self.column.addLayout(grid)

    def _add_dates(self) -> None:
        self.column.addWidget(label("自定日期", self, "cap"))
        row = QHBoxLayout()
        self._from, self._to = QLineEdit(self), QLineEdit(self)
        for field, name in ((self._from, "开始日期"), (self._to, "结束日期")):
            field.setAccessibleName(name)
            field.setFixedWidth(138)
            field.setToolTip("可写 2021-03-05、20210305 或 3.5，按回车生效")
            field.returnPressed.connect(self._take_dates)
        row.addWidget(self._from)
        row.addWidget(label("至", self), 1, Qt.AlignmentFlag.AlignCenter)
        row.addWidget(self._to)
        self.column.addLayout(row)
        self._mistake = label("", self, "err", wrap=True)
        self._mistake.hide()
        self.column.addWidget(self._mistake)

    def _add_compare(self) -> None:
        row = QHBoxLayout()
        row.addWidget(label("对比", self), 1)
        segment = Segment(tuple(COMPARISONS.values()), self, "对比")
        segment.chosen.connect(lambda at: self._scope.set_compare(list(COMPARISONS)[at]))
        self._compare = dict(zip(COMPARISONS, segment.buttons, strict=True))
        row.addWidget(segment)
        self.column.addLayout(row)

    def refresh(self) -> None:
        """Show the scope as it is."""
        self._title.setText(f"{self._year}年")
        today, period = self._today(), self._scope.period
        for cell, make in self._cells:
            cell.setChecked(make(self._year) == period)
            cell.now = make(self._year) == periods.month(today.year, today.month)
            cell.update()
        self._from.setText(str(period.start))
        self._to.setText(str(period.end))
        self._compare[self._scope.compare].setChecked(True)
        self._complain("")

    def open_under(self, opener: QWidget, align_right: bool = False) -> None:
        self._year = self._scope.year
        self.refresh()
        super().open_under(opener, align_right)

    def focus_first(self) -> None:
        chosen = [cell for cell, _make in self._cells if cell.isChecked()]
        (chosen or [self._cells[0][0]])[0].setFocus(Qt.FocusReason.PopupFocusReason)

    def _turn(self, by: int) -> None:
        self._year += by
        matching = [make for _cell, make in self._cells if make(self._year - by) == self._scope.period]
        if matching:
            self._scope.set_period(matching[0](self._year))
        self.refresh()

    def _choose(self, period: Period) -> None:
        self._scope.set_period(period)
        self.refresh()

    def _so_far(self, year: int) -> Period:
        today = self._today()
        end = date(year, today.month, min(today.day, 28) if today.month == 2 else today.day)
        return periods.between(date(year, 1, 1), end)

    def _take_dates(self) -> None:
        start = read_date(self._from.text(), self._today(), self._year)
        end = read_date(self._to.text(), self._today(), self._year)
        for field, day in ((self._from, start), (self._to, end)):
            mark(field, look="error" if day is None else "")
        if start is None or end is None:
            self._complain("这不是一个日期，请写成 2021-03-05 或 3.5")
        elif end < start:
            self._complain("结束日期早于开始日期，请改一下")
        else:
            self._choose(periods.between(start, end))

    def _complain(self, text: str) -> None:
        self._mistake.setText(text)
        self._mistake.setVisible(bool(text))
        if not text:
            for field in (self._from, self._to):
                mark(field, look="")
        self.adjustSize()


def _half(number: int) -> Callable[[int], Period]:
    return lambda year: periods.half(year, number)


def _quarter(number: int) -> Callable[[int], Period]:
    return lambda year: periods.quarter(year, number)


def _month(number: int) -> Callable[[int], Period]:
    return lambda year: periods.month(year, number)
