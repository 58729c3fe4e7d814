"""日历, a view of 总览: a month or a week of due dates, meetings, visits and reports, and the chosen day beside it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from zhengui.figures.period import Period
from zhengui.figures.period import month as whole_month
from zhengui.gui.desk.desk import Desk
from zhengui.gui.kit import icons
from zhengui.gui.kit.dialogs import tell
from zhengui.gui.kit.labels import button, label
from zhengui.gui.kit.painted import CENTRE, draw_box, draw_focus, draw_text
from zhengui.gui.kit.plain import plain
from zhengui.gui.kit.segment import Segment
from zhengui.gui.kit.style import colour
from zhengui.gui.kit.trouble import sentence
from zhengui.services.watch.calendar_entries import (
    OVERDUE,
    REPORT,
    VISIT,
    WARNING,
    CalendarEntry,
    calendar_entries,
)
from zhengui.services.watch.export_calendar import export_calendar

WEEKDAYS = "一二三四五六日"
HEAD, LINE = 24, 17
_TONES = {OVERDUE: "over", REPORT: "act", VISIT: "ink3", WARNING: "warn"}
_DATA = Qt.ItemDataRole.UserRole


class DayGrid(QWidget):
    """Days in weeks from Monday on. Arrows move, Enter goes to the day's list; `moved` carries the day."""

    moved = Signal(object)
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first, self.weeks, self.month = date(2000, 1, 3), 6, 1
        self.day = self.today = date(2000, 1, 3)
        self.entries: dict[date, list[CalendarEntry]] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(640, 420)

    def lay_out(self, day: date, today: date, weekly: bool) -> None:
        """Show the month or the week that a day lies in."""
        self.day, self.today, self.month = day, today, day.month
        start = day if weekly else day.replace(day=1)
        self.first = start - timedelta(days=start.weekday())
        last = whole_month(day.year, day.month).end
        self.weeks = 1 if weekly else ((last - self.first).days // 7) + 1
        self._tell()
        self.update()

    @property
    def last(self) -> date:
        """The last day that is seen."""
        return self.first + timedelta(days=7 * self.weeks - 1)

    def show_entries(self, entries: list[CalendarEntry]) -> None:
        """Show what there is on the days."""
        self.entries = {}
        for each in entries:
            self.entries.setdefault(each.day, []).append(each)
        self._tell()
        self.update()

    def _tell(self) -> None:
        count = len(self.entries.get(self.day, ()))
        self.setAccessibleName(f"日历，{self.day.month}月{self.day.day}日，{count} 项")

    def tile(self, day: date) -> QRect:
        """Where a day is."""
        row, column = divmod((day - self.first).days, 7)
        width, height = self.width() / 7, (self.height() - HEAD) / self.weeks
        return QRect(round(column * width), HEAD + round(row * height), round(width), round(height))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for column in range(7):
            place = self.tile(self.first + timedelta(days=column))
            head = QRect(place.left(), 0, place.width(), HEAD)
            draw_text(painter, head, f"周{WEEKDAYS[column]}", "ink3", "caption", align=CENTRE)
        for number in range(7 * self.weeks):
            self._draw_day(painter, self.first + timedelta(days=number))
        painter.end()

    def _draw_day(self, painter: QPainter, day: date) -> None:
        rect = self.tile(day).adjusted(1, 1, -1, -1)
        inside = self.weeks == 1 or day.month == self.month
        draw_box(painter, rect, "surf" if inside else "surf2", "line", radius=3)
        tone = "ink1" if inside else "ink3"
        name = f"{day.month}月{day.day}日" if day.day == 1 else str(day.day)
        if day == self.today:
            name += "　今天"
        own = self.entries.get(day, ())
        draw_text(
            painter,
            QRect(rect.left() + 6, rect.top() + 2, rect.width() - 12, 18),
            name,
            "act" if day == self.today else tone,
            "caption",
            day == self.today,
        )
        room = max(0, (rect.height() - 22) // LINE)
        for place, each in enumerate(own[:room]):
            line = QRect(rect.left() + 6, rect.top() + 20 + place * LINE, rect.width() - 10, LINE)
            more = len(own) - room + 1
            text = f"另有 {more} 项" if place == room - 1 and more > 1 else f"{each.kind} {each.title}"
            draw_text(painter, line, text, _TONES.get(each.kind, "ink2") if inside else "ink3", "caption")
        if day == self.day:
            draw_focus(painter, rect, "act" if self.hasFocus() else "line3", radius=3)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        for number in range(7 * self.weeks):
            day = self.first + timedelta(days=number)
            if self.tile(day).contains(point):
                self.moved.emit(day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
        key = Qt.Key(event.key())
        if key in steps:
            self.moved.emit(self.day + timedelta(days=steps[key]))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class CalendarView(QWidget):
    """Follows the villages that are lit up; the month is turned here."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(12)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addLayout(self._head())
        self.grid = DayGrid(self)
        self.grid.moved.connect(self.turn_to)
        self.grid.entered.connect(self._enter)
        left.addWidget(self.grid, 1)
        row.addLayout(left, 1)
        row.addWidget(self._side())
        self.grid.lay_out(desk.township.today(), desk.township.today(), False)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        self._title = label("", self, "h2")
        self.kind = Segment(("月", "周"), self, "看一个月还是一周")
        self.kind.chosen.connect(lambda _place: self.turn_to(self.grid.day))
        head.addWidget(self._title, 1)
        for icon, name, by in (("chevron_left", "往前", -1), ("chevron_right", "往后", 1)):
            made = button("", self, "icon")
            made.setIcon(icons.icon(icon))
            made.setAccessibleName(name)
            made.setToolTip(plain(name))
            made.clicked.connect(lambda _checked=False, by=by: self.step(by))
            head.addWidget(made)
        today = button("今天", self)
        today.clicked.connect(lambda: self.turn_to(self.desk.township.today()))
        head.addWidget(today)
        head.addWidget(self.kind)
        self.export = button("导出 .ics", self, "ghost")
        self.export.setIcon(icons.icon("arrow_export"))
        self.export.setToolTip("存成日历文件，手机、Outlook、WPS 日历都能打开")
        self.export.clicked.connect(self.ask_and_export)
        head.addWidget(self.export)
        return head

    def _side(self) -> QFrame:
        side = QFrame(self)
        side.setObjectName("card")
        side.setFixedWidth(320)
        column = QVBoxLayout(side)
        column.setContentsMargins(16, 10, 16, 10)
        self._day = label("", side, "h2")
        self._nothing = label("这一天没有事项。", side, "sec")
        self.list = QListWidget(side)
        self.list.setAccessibleName("这一天的事项")
        self.list.setWordWrap(True)
        self.list.itemActivated.connect(self._open)
        self.list.itemClicked.connect(self._open)
        column.addWidget(self._day)
        column.addWidget(self._nothing, 1, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.list, 1)
        return side

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.reload()

    def turn_to(self, day: date) -> None:
        """Make a day the chosen one, and show its month or week."""
        before = (self.grid.first, self.grid.weeks)
        self.grid.lay_out(day, self.desk.township.today(), self.kind.at == 1)
        if (self.grid.first, self.grid.weeks) == before:
            self._show_day()
        else:
            self.reload()

    def step(self, by: int) -> None:
        """Turn to the next or the last month or week."""
        day = self.grid.day
        if self.kind.at == 1:
            self.turn_to(day + timedelta(days=7 * by))
            return
        place = day.year * 12 + day.month - 1 + by
        span = whole_month(place // 12, place % 12 + 1)
        self.turn_to(span.start.replace(day=min(day.day, span.end.day)))

    def reload(self) -> None:
        """Read the days that are seen in a worker."""
        township, villages = self.desk.township, self.desk.scope.villages
        first, last = self.grid.first, self.grid.last
        self.desk.background.run(
            lambda _progress: calendar_entries(township, first, last, villages),
            self._show,
            key=f"calendar{id(self)}",
        )
        self._show_day()

    def _show(self, entries: list[CalendarEntry]) -> None:
        self.grid.show_entries(entries)
        self._show_day()

    def _show_day(self) -> None:
        day = self.grid.day
        self._title.setText(f"{day.year}年{day.month}月")
        self._day.setText(f"{day.month}月{day.day}日 星期{WEEKDAYS[day.weekday()]}")
        own = self.grid.entries.get(day, [])
        self.list.clear()
        for each in own:
            item = QListWidgetItem(f"{each.kind}　{each.title}\n{each.note}", self.list)
            item.setForeground(colour(_TONES.get(each.kind, "ink1")))
            item.setData(_DATA, each)
        self._nothing.setVisible(not own)
        self.list.setVisible(bool(own))

    def _enter(self) -> None:
        if self.list.count():
            self.list.setCurrentRow(0)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, item: QListWidgetItem) -> None:
        each: CalendarEntry = item.data(_DATA)
        if each.page == "ledger" and each.kind == VISIT:
            # What is told together is seen together: the ledger's rows of that day.
            self.desk.scope.set_period(Period(each.day, each.day))
            self.desk.go_to_ledger(each.of)
        elif each.page == "ledger":
            self.desk.go_to_ledger(each.of, each.record)
        else:
            self.desk.go(each.page, each.of, each.record, each.state)

    def ask_and_export(self) -> None:
        """Ask where to keep the calendar file of what is seen, and write it."""
        name = f"工作日历{self.grid.day.year}年{self.grid.day.month:02d}月.ics"
        chosen, _kind = QFileDialog.getSaveFileName(self, "导出日历", name, "日历文件 (*.ics)")
        if chosen:
            self.save_calendar(Path(chosen if chosen.lower().endswith(".ics") else f"{chosen}.ics"))

    def save_calendar(self, path: Path) -> None:
        """Write the days that are seen to this file."""
        township, villages = self.desk.township, self.desk.scope.villages
        first, last = self.grid.first, self.grid.last
        self.desk.background.run(
            lambda _progress: export_calendar(township, first, last, path, villages),
            lambda count: self.desk.offer_file(f"已导出 {count} 项：{path.name}", path),
            lambda error: tell(self, "没有导出", sentence(error)),
        )
