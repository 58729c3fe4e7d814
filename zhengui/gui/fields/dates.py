"""Editors for a day, a month and a year: typed in any usual way, or picked."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from zhengui.gui.fields.calendar_popover import CalendarPopover
from zhengui.gui.fields.picker import ListEditor, PickerEditor
from zhengui.gui.fields.popover import FieldPopover, ListRow
from zhengui.values.parse import Value, ValueMistake

_YEARS_BACK, _YEARS_ON = 12, 3


class _CalendarEditor(PickerEditor):
    """A line with a calendar under it."""

    sign = "calendar_ltr"
    sign_says = "打开日历（Alt+↓）"
    months = False

    def make_box(self) -> FieldPopover:
        box = CalendarPopover(self.line, self.context.today(), self.months)
        box.picked.connect(self._picked)
        return box

    def open_box(self) -> None:
        box = self.popover
        if isinstance(box, CalendarPopover):
            box.show_day(self._day())

    def box_pressed(self, event: QKeyEvent) -> bool:
        box = self.popover
        return isinstance(box, CalendarPopover) and box.pressed(event)

    def edited(self, text: str) -> None:
        super().edited(text)
        self.close_box()

    def _day(self) -> date:
        """The day to begin with: what is typed, else today or the end of the working year."""
        try:
            value = self.value()
        except ValueMistake:
            value = None
        if value is not None:
            return self.day_of(value)
        today, year = self.context.today(), self.context.year()
        return today if today.year == year else date(year, 12 if year < today.year else 1, 1)

    def day_of(self, value: Value) -> date:
        """The day that stands for a value."""
        raise NotImplementedError

    def value_of(self, day: date) -> Value:
        """The value that a day stands for."""
        raise NotImplementedError

    def _picked(self, day: date) -> None:
        self.set_value(self.value_of(day))
        self.close_box()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()


class DateEditor(_CalendarEditor):
    """A day: 20210305, 2021-3-5, 3.5, 3月5日, 今天, or picked."""

    def day_of(self, value: Value) -> date:
        return value if isinstance(value, date) else self.context.today()

    def value_of(self, day: date) -> Value:
        return day


class MonthEditor(_CalendarEditor):
    """A month: 202103, 2021-3, 3月, or picked."""

    sign = "calendar_month"
    months = True

    def day_of(self, value: Value) -> date:
        number = int(value) if isinstance(value, int) else 0
        return date(number // 100, number % 100, 1) if number else self.context.today()

    def value_of(self, day: date) -> Value:
        return day.year * 100 + day.month


class YearEditor(ListEditor):
    """A year, typed or chosen."""

    def rows(self, query: str) -> list[ListRow]:
        middle = self.context.today().year
        years = [str(year) for year in range(middle + _YEARS_ON, middle - _YEARS_BACK, -1)]
        return [ListRow(year, f"{year}年") for year in years if query.strip() in year]

    def current_key(self) -> object:
        return self.text() or str(self.context.year())

    def edited(self, text: str) -> None:
        self.text_shown()
        self.changed.emit()
        self.close_box()

    def take(self, key: object) -> None:
        self.set_text(str(key))
        self.close_box()
        self.changed.emit()
