"""A chosen figure on 总览: through the year as a line, or village by village as a grid."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from zhengui.figures import period as periods
from zhengui.figures.period import Period
from zhengui.gui.desk.desk import Desk
from zhengui.gui.home.facts import Trend, read_trend
from zhengui.gui.home.trend_chart import TrendChart
from zhengui.gui.home.village_grid import VillageGrid
from zhengui.gui.kit.labels import button, label
from zhengui.gui.kit.segment import Segment
from zhengui.services.watch.rank_villages import Placed, rank_villages, rankable

TREND, GRID = "trend.indicator", "grid.indicator"


class FigureCard(QFrame):
    """Each of the two has its own figure, which the office keeps."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.desk = desk
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(6)
        head = QHBoxLayout()
        self.kind = Segment(("趋势", desk.words("各村（居）")), self, "看什么")
        self.kind.chosen.connect(lambda _place: self._turn())
        head.addWidget(self.kind)
        self.note = label("", self, "cap")
        self.note.setMinimumWidth(1)
        head.addWidget(self.note, 1)
        self.trend_choice, self.grid_choice = self._choice("看哪个指标的趋势"), self._choice("按哪个指标排名")
        head.addWidget(self.trend_choice)
        head.addWidget(self.grid_choice)
        self.behind = button("看记录", self, "link")
        self.behind.setToolTip("打开这个指标和它背后的记录")
        self.behind.clicked.connect(self._open_figure)
        head.addWidget(self.behind)
        column.addLayout(head)
        self.chart, self.grid = TrendChart(self), VillageGrid(self)
        self.grid.opened.connect(self._open_village)
        self.chart.opened.connect(self._open_months)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.chart)
        self._stack.addWidget(self.grid)
        column.addWidget(self._stack, 1)
        self._fill()
        self._turn()

    def _choice(self, name: str) -> QComboBox:
        made = QComboBox(self)
        made.setAccessibleName(name)
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(14)
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        made.activated.connect(self._choose)
        return made

    def _fill(self) -> None:
        """Offer the figures that add up over a year, and those that can be told for a village."""
        catalogue, township = self.desk.catalogue, self.desk.township
        self._catalogue = catalogue
        self.trend_choice.clear()
        self.grid_choice.clear()
        for indicator in catalogue.live_indicators.values():
            added = indicator.measure is not None and indicator.measure.kind in ("count", "sum", "distinct")
            over_time = indicator.measure is not None and indicator.measure.timing.kind == "during"
            if added and over_time and indicator.over is None and indicator.n is not None:
                self.trend_choice.addItem(f"{indicator.title}（累计，{indicator.unit}）", indicator.key)
        for indicator in rankable(township, self.desk.scope.period):
            self.grid_choice.addItem(f"{indicator.title}（{indicator.unit}）", indicator.key)
        for box, key in ((self.trend_choice, TREND), (self.grid_choice, GRID)):
            kept = township.setting(key) or self._usual(box)
            box.setCurrentIndex(max(0, box.findData(kept)))

    def _usual(self, box: QComboBox) -> str:
        """What to show until somebody chooses: something that is worked off through the year."""
        catalogue = self.desk.catalogue
        keys = [str(box.itemData(n)) for n in range(box.count())]
        measures = {key: catalogue.indicators[key].measure for key in keys}
        looped = [k for k, m in measures.items() if m is not None and catalogue.ledgers[m.ledger].closed_loop]
        return (looped or keys or [""])[-1 if looped else 0]

    @property
    def by_village(self) -> bool:
        """Whether the grid is in front."""
        return self.kind.at == 1

    def key(self) -> str:
        """The figure in front; empty where there is none."""
        box = self.grid_choice if self.by_village else self.trend_choice
        return str(box.currentData() or "")

    def _turn(self) -> None:
        self._stack.setCurrentIndex(int(self.by_village))
        self.trend_choice.setVisible(not self.by_village)
        self.grid_choice.setVisible(self.by_village)
        self.reload()

    def _choose(self) -> None:
        key, setting, township = self.key(), GRID if self.by_village else TREND, self.desk.township
        self.desk.background.run(lambda _progress: township.keep_setting(setting, key), lambda _done: None)
        self.reload()

    def reload(self) -> None:
        """Read the figure in front in a worker, of those that the year knows."""
        if self._catalogue is not self.desk.catalogue:
            self._fill()
        key, scope, township = self.key(), self.desk.scope, self.desk.township
        if not key:
            return
        year, period, villages = scope.year, scope.period, scope.villages
        if self.by_village:
            self.desk.background.run(
                lambda _progress: rank_villages(township, key, period), self._show_grid, key=f"grid{id(self)}"
            )
        else:
            self.desk.background.run(
                lambda _progress: read_trend(township, key, year, villages),
                self._show_trend,
                key=f"trend{id(self)}",
            )

    def _show_trend(self, trend: Trend) -> None:
        self.chart.show_trend(trend)
        self.note.setText("")

    def _show_grid(self, placed: list[Placed]) -> None:
        indicator = self.desk.catalogue.indicators[self.key()]
        self.grid.show_placed(placed, indicator.title)
        order = "少的在前" if indicator.good == "down" else "多的在前"
        self.note.setText(f"{order}，颜色越深名次越前")

    def _open_figure(self) -> None:
        if self.key():
            self.desk.go("figure", self.key())

    def _open_months(self, year: int, month: int) -> None:
        """The figure's page from January to the end of a month: its records up to that point of the line."""
        whole = month == 12
        end = periods.month(year, month).end
        self.desk.scope.set_period(periods.year(year) if whole else Period(date(year, 1, 1), end))
        self._open_figure()

    def _open_village(self, village: int) -> None:
        """The figure's page of one village: its records."""
        self.desk.scope.set_villages([village])
        self._open_figure()
