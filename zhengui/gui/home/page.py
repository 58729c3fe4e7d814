"""总览: what is to be done today, how far the areas are, what the figures still lack; or the first day."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from zhengui.gui.desk.desk import Desk
from zhengui.gui.desk.page import Page
from zhengui.gui.desk.place import Place
from zhengui.gui.home.facts import HomeFacts, Trend, read_home, read_trend
from zhengui.gui.home.first_day import FirstDay
from zhengui.gui.home.progress_ring import AreaRing
from zhengui.gui.home.task_list import TaskList
from zhengui.gui.home.trend_chart import TrendChart
from zhengui.gui.kit.dialogs import button, label
from zhengui.gui.returns.month_card import MonthCard

WEEKDAYS = "一二三四五六日"
#: Under this height the trend is left out first.
LOW = 560
UNKNOWN_SHOWN = 6
TREND = "trend.indicator"


class HomePage(Page):
    """Counts the whole township and the working year, whatever is chosen elsewhere."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._facts: HomeFacts | None = None
        self._stack = QStackedWidget(self)
        self.first_day = FirstDay(desk, self)
        self._overview = QWidget(self)
        self._stack.addWidget(self._overview)
        self._stack.addWidget(self.first_day)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)
        row = QHBoxLayout(self._overview)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(12)
        self.tasks = TaskList(desk, self)
        self.tasks.opened.connect(lambda ledger, record: desk.go_to_ledger(ledger, record))
        row.addWidget(self.tasks, 40)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self._make_areas())
        right.addWidget(self._make_figures())
        self.months = MonthCard(desk, self)
        right.addWidget(self.months)
        self._trend_card = self._make_trend()
        right.addWidget(self._trend_card, 1)
        right.addStretch(0)
        row.addLayout(right, 60)
        desk.scope.changed.connect(self._reload)
        desk.saved.connect(lambda _ledger: self._reload())

    def _card(self, title: str) -> tuple[QFrame, QVBoxLayout, QHBoxLayout]:
        card = QFrame(self)
        card.setObjectName("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(label(title, card, "h2"), 1)
        column.addLayout(head)
        return card, column, head

    def _make_areas(self) -> QWidget:
        card, column, head = self._card("各领域进度")
        head.addWidget(label("环内为销号率 %", card, "cap"))
        self._areas = QGridLayout()
        self._areas.setSpacing(4)
        column.addLayout(self._areas)
        return card

    def _make_figures(self) -> QWidget:
        card, column, head = self._card("文稿指标")
        self._known = label("", card, "cap")
        head.addWidget(self._known)
        self._unknown = QGridLayout()
        self._unknown.setHorizontalSpacing(24)
        self._unknown.setVerticalSpacing(2)
        column.addLayout(self._unknown)
        return card

    def _make_trend(self) -> QWidget:
        card, column, head = self._card("趋势")
        self._choice = QComboBox(card)
        self._choice.setAccessibleName("看哪个指标的趋势")
        for indicator in self.desk.catalogue.indicators.values():
            added = indicator.measure is not None and indicator.measure.kind in ("count", "sum", "distinct")
            over_time = indicator.measure is not None and indicator.measure.timing.kind == "during"
            if added and over_time and indicator.over is None and indicator.n is not None:
                self._choice.addItem(f"{indicator.title}（累计，{indicator.unit}）", indicator.key)
        kept = self.desk.township.setting(TREND) or self._usual_trend()
        self._choice.setCurrentIndex(max(0, self._choice.findData(kept)))
        self._choice.activated.connect(self._choose_trend)
        head.addWidget(self._choice)
        self.chart = TrendChart(card)
        column.addWidget(self.chart, 1)
        return card

    def _usual_trend(self) -> str:
        """What to show until somebody chooses: something that is worked off through the year."""
        catalogue = self.desk.catalogue
        keys = [str(self._choice.itemData(n)) for n in range(self._choice.count())]
        measures = {key: catalogue.indicators[key].measure for key in keys}
        looped = [k for k, m in measures.items() if m is not None and catalogue.ledgers[m.ledger].closed_loop]
        return (looped or keys or [""])[-1 if looped else 0]

    def heading(self) -> tuple[str, str]:
        today = self.desk.township.today()
        title = f"{today.month}月{today.day}日 星期{WEEKDAYS[today.weekday()]}"
        if self._facts is not None and not self._facts.begun:
            return title, "从这里开始"
        return title, self.desk.words(f"{self.desk.scope.year}年 · 全镇")

    def regions(self) -> list[QWidget]:
        return [self.tasks.list, self._overview]

    def arrive(self, place: Place) -> None:
        self._reload()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._trend_card.setVisible(self.height() >= LOW and self._choice.count() > 0)

    def _reload(self) -> None:
        township, year = self.desk.township, self.desk.scope.year
        self.desk.background.run(
            lambda _progress: read_home(township, year), self._show, key=f"home{id(self)}"
        )

    def _show(self, facts: HomeFacts) -> None:
        self._facts = facts
        self._stack.setCurrentIndex(0 if facts.begun else 1)
        self.scoped = facts.begun
        if facts.begun:
            self.tasks.show_tasks(facts.tasks)
            self._show_areas(facts)
            self._show_unknown(facts)
            self.months.reload()
            self._load_trend()
        else:
            self.first_day.show_facts(facts)
        self.heading_changed.emit()

    def _show_areas(self, facts: HomeFacts) -> None:
        _clear(self._areas)
        for place, area in enumerate(facts.areas):
            ring = AreaRing(area, self.desk.catalogue.by_area[area.key].icon, self)
            ring.clicked.connect(lambda _checked=False, key=area.key: self.desk.go(f"area:{key}"))
            self._areas.addWidget(ring, place // 4, place % 4)

    def _show_unknown(self, facts: HomeFacts) -> None:
        _clear(self._unknown)
        whole = facts.known + len(facts.unknown)
        self._known.setText(f"{whole} 个指标，{facts.known} 个有数")
        if not facts.unknown:
            self._unknown.addWidget(label("所有指标都有数，可以去写总结了。", self, "sec"), 0, 0)
            return
        shown = facts.unknown[:UNKNOWN_SHOWN]
        for place, (key, title) in enumerate(shown):
            made = button(f"{title}：未知", self, "link")
            made.setToolTip("看看还缺什么记录")
            made.clicked.connect(lambda _checked=False, key=key: self.desk.go("figure", key))
            self._unknown.addWidget(made, place // 2, place % 2, Qt.AlignmentFlag.AlignLeft)
        if len(facts.unknown) > len(shown):
            rest = label(
                f"另有 {len(facts.unknown) - len(shown)} 个指标未知，在各领域的指标条里标为“未知”。",
                self,
                "cap",
            )
            self._unknown.addWidget(rest, len(shown) // 2 + 1, 0, 1, 2)

    def _choose_trend(self) -> None:
        key, township = str(self._choice.currentData()), self.desk.township
        self.desk.background.run(lambda _progress: township.keep_setting(TREND, key), lambda _done: None)
        self._load_trend()

    def _load_trend(self) -> None:
        key = self._choice.currentData()
        if key is None:
            return
        township, year = self.desk.township, self.desk.scope.year

        def show(trend: Trend) -> None:
            self.chart.show_trend(trend)

        self.desk.background.run(
            lambda _progress: read_trend(township, key, year), show, key=f"trend{id(self)}"
        )


def _clear(layout: QGridLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
