"""The panel beside the plan's table: one item with its curve, what the pace leads to, and the villages behind."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from zhengui.gui.kit import icons
from zhengui.gui.kit.labels import button, label
from zhengui.gui.kit.menu import Menu
from zhengui.gui.kit.plain import plain
from zhengui.gui.kit.scrolled import Scrolled
from zhengui.gui.kit.style import mark
from zhengui.gui.plan.chart import PlanChart
from zhengui.gui.plan.facts import REPORTS, VILLAGES, Details
from zhengui.gui.plan.lights import LABELS
from zhengui.gui.plan.rows import PlanRow
from zhengui.gui.plan.village_bars import VillageBars
from zhengui.services.plan.tell_plan import amount, number
from zhengui.storage.writing.plan_progress import Report

WIDTH = 300


class PlanPanel(QFrame):
    """What is asked for is told by `asked`: report, share, schedule, edit, history, figure, done or close."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self.setAccessibleName("计划事项")
        self.setFixedWidth(WIDTH)
        #: The names of the villages, for reports of one.
        self.villages: Mapping[int, str] = {}
        self.row: PlanRow | None = None
        self.details: Details | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        area = Scrolled(self)
        inside = QFrame(area)
        inside.setObjectName("white")
        self._inside = QVBoxLayout(inside)
        self._inside.setContentsMargins(16, 12, 16, 12)
        self._inside.setSpacing(6)
        self._make_head(inside)
        self._make_body(inside)
        area.setWidget(inside)
        column.addWidget(area, 1)
        column.addWidget(self._make_foot())

    def _make_head(self, inside: QWidget) -> None:
        head = QHBoxLayout()
        self._title = label("", inside, "ttl", wrap=True)
        close = button("", inside, "icon")
        close.setIcon(icons.icon("dismiss"))
        close.setAccessibleName("关闭")
        close.setToolTip("关闭（Esc）")
        close.clicked.connect(lambda: self.asked.emit("close"))
        head.addWidget(self._title, 1)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self._inside.addLayout(head)
        value = QHBoxLayout()
        value.setSpacing(6)
        self._value, self._of = label("", inside, "big"), label("", inside, "sec")
        self._state = label("", inside)
        value.addWidget(self._value)
        value.addWidget(self._of, 0, Qt.AlignmentFlag.AlignBottom)
        value.addStretch(1)
        value.addWidget(self._state)
        self._inside.addLayout(value)
        self._origin = label("", inside, "cap", wrap=True)
        self._inside.addWidget(self._origin)

    def _make_body(self, inside: QWidget) -> None:
        self._chart = PlanChart(inside)
        self._inside.addWidget(self._chart)
        self._sentence = label("", inside, wrap=True)
        self._inside.addWidget(self._sentence)
        self._inside.addSpacing(4)
        self._villages_title = label("落后的村（居）", inside, "h2")
        self._bars = VillageBars(inside)
        self._all = button("", inside, "link")
        self._all.setIcon(icons.icon("arrow_right", 16, "act"))
        self._all.clicked.connect(lambda: self.asked.emit("schedule"))
        for widget in (self._villages_title, self._bars, self._all):
            self._inside.addWidget(widget)
        self._inside.addSpacing(4)
        self._reports_title = label("最近进展", inside, "h2")
        self._inside.addWidget(self._reports_title)
        self._reports = [label("", inside, "sec", wrap=True) for _place in range(REPORTS)]
        for line in self._reports:
            self._inside.addWidget(line)
        self._history = button("", inside, "link")
        self._history.clicked.connect(lambda: self.asked.emit("history"))
        self._inside.addWidget(self._history)
        self._inside.addStretch(1)

    def _make_foot(self) -> QWidget:
        foot = QFrame(self)
        foot.setObjectName("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 8, 12, 8)
        self.report = button("登记进展", foot, "primary")
        self.report.setToolTip("登记进展（Ctrl+R）")
        self.report.clicked.connect(lambda: self.asked.emit("report"))
        self.share = button("", foot)
        self.share.clicked.connect(lambda: self.asked.emit("share"))
        self.more = button("", foot, "icon")
        self.more.setIcon(icons.icon("more_horizontal"))
        self.more.setAccessibleName("更多")
        self.more.setToolTip("更多")
        self.more.clicked.connect(self._open_more)
        row.addWidget(self.report)
        row.addWidget(self.share)
        row.addStretch(1)
        row.addWidget(self.more)
        return foot

    def show_row(self, row: PlanRow) -> None:
        """Show at once what the table knows; the rest follows with `show_details`."""
        same = self.row is not None and self.row.item.id == row.item.id
        self.row = row
        item, told = row.item, row.told
        self._title.setText(told.brief)
        self._title.setToolTip(plain(item.wording))
        if item.value is not None and item.goal is not None and item.goal.value is not None:
            self._value.setText(number(item.value))
            self._of.setText(f"/ {amount(item.goal.value, item.goal.unit)}")
        else:
            self._value.setText("")
            self._of.setText(told.goal if item.goal is None else "现在未知")
        self._state.setText(told.state)
        mark(self._state, tone=LABELS[item.light])
        if not same:
            self.details = None
            self._show_rest(None)

    def show_details(self, details: Details) -> None:
        """Show the rest of the item that is in the panel."""
        if self.row is None or details.row.item.id != self.row.item.id:
            return
        self.details = details
        self._show_rest(details)

    def _show_rest(self, details: Details | None) -> None:
        unit = self.row.item.goal.unit if self.row is not None and self.row.item.goal is not None else ""
        self._origin.setText(details.origin if details else "")
        self._origin.setVisible(bool(details and details.origin))
        if details is None:
            self._chart.hide()
        else:
            self._chart.show_curve(details.curve, details.year, unit)
        self._sentence.setText(details.sentence if details else "")
        self._show_villages(details)
        self._show_reports(details)
        can_share = details is not None and details.can_share
        self.share.setVisible(can_share)
        self.share.setText(
            "重新分配…" if details is not None and details.schedule is not None else "分解到村（居）…"
        )

    def _show_villages(self, details: Details | None) -> None:
        held = details.schedule if details is not None else None
        late = details.behind if details is not None else ()
        self._villages_title.setVisible(held is not None)
        words = f"落后的村（居）{len(late)} 个" if late else "各村（居）都按工期推进"
        self._villages_title.setText(words)
        self._bars.setVisible(bool(late))
        self._all.setVisible(held is not None)
        if held is not None:
            self._bars.show_parts(late[:VILLAGES], held.unit)
            self._all.setText(f"查看全部 {len(held.parts)} 个村（居）的倒排工期")

    def _show_reports(self, details: Details | None) -> None:
        found = details.reports if details is not None else ()
        self._reports_title.setVisible(bool(found))
        for place, line in enumerate(self._reports):
            line.setVisible(place < len(found))
            if place < len(found):
                line.setText(report_words(found[place], self.villages))
        self._history.setVisible(bool(found))
        self._history.setText("全部进展记录")

    def menu(self) -> QMenu:
        """What ⋯ opens."""
        made = Menu(self)
        item = self.row.item if self.row is not None else None
        made.addAction("修改事项", lambda: self.asked.emit("edit"))
        made.addAction("进展记录", lambda: self.asked.emit("history"))
        if item is not None and item.goal is not None and item.goal.indicator:
            made.addAction("查看指标的记录", lambda: self.asked.emit("figure"))
        if item is not None and not item.told_done:
            made.addAction("登记完成", lambda: self.asked.emit("done"))
        return made

    def _open_more(self) -> None:
        menu = self.menu()
        corner = self.more.mapToGlobal(self.more.rect().topRight())
        corner.setX(corner.x() - menu.sizeHint().width())
        corner.setY(corner.y() - menu.sizeHint().height())
        menu.exec(corner)

    def buttons(self) -> list[QPushButton]:
        """The buttons at the foot."""
        return [self.report, self.share, self.more]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.asked.emit("close")
        else:
            super().keyPressEvent(event)


def report_words(report: Report, villages: Mapping[int, str]) -> str:
    """A report in a line: 11月26日 李文娟：白沙村累计 302，完成阶段任务。"""
    village = "" if report.village is None else villages.get(report.village, "")
    value = "" if report.value is None else f"{village}累计 {number(report.value)}"
    words = "，".join(part for part in (value, report.words) if part)
    return f"{report.day.month}月{report.day.day}日 {report.who}：{words}"
