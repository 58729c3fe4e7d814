"""指标溯源: one figure with its value, its wording, its years, how it is computed, and exactly its records."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from zhengui.gui.desk.actions import Bound, bind_keys, bound
from zhengui.gui.desk.desk import Desk
from zhengui.gui.desk.page import Page
from zhengui.gui.desk.place import Place, area_page
from zhengui.gui.desk.scope import COMPARISONS
from zhengui.gui.desk.tabs import title_of
from zhengui.gui.figure.evidence_dialog import ask_for_figure
from zhengui.gui.figure.facts import FigureFacts, First, read_facts, read_first
from zhengui.gui.figure.records import FigureRecords
from zhengui.gui.kit import icons
from zhengui.gui.kit.labels import button, label
from zhengui.gui.kit.menu import Menu
from zhengui.gui.kit.side_column import side_column
from zhengui.gui.kit.year_bars import YearBars


class FigurePage(Page):
    """Reached by a click on any figure."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._key = ""
        self._issue = 0
        self._came, self._arriving = False, False
        self._facts: FigureFacts | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._left = self._make_left()
        row.addWidget(self._left)
        self.records = FigureRecords(desk, self)
        self.records.opened.connect(desk.go_to_ledger)
        row.addWidget(self.records, 1)
        desk.scope.changed.connect(self._reload)
        desk.saved.connect(lambda _ledger: self._reload())
        bind_keys(self, self.offered())

    def _make_left(self) -> QWidget:
        area, inside, column = side_column(self)
        self._back = button("返回", inside, "link")
        self._back.setIcon(icons.icon("arrow_left", 16, "act"))
        self._back.clicked.connect(self._go_back)
        column.addWidget(self._back)
        column.addSpacing(4)
        head = QHBoxLayout()
        self._title, self._number_label = label("", inside, "ttl", wrap=True), label("", inside)
        self._number_label.setProperty("tone", "mute")
        head.addWidget(self._title, 1)
        head.addWidget(self._number_label, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addLayout(self._make_value(inside))
        self._reason, self._issued = (label("", inside, "chk", wrap=True) for _ in range(2))
        column.addWidget(self._reason)
        column.addWidget(self._issued)
        self._bars = YearBars(inside)
        column.addWidget(self._bars)
        column.addSpacing(8)
        self._how_title = label("怎样算出来的", inside, "h2")
        self._how = label("", inside, wrap=True)
        column.addWidget(self._how_title)
        column.addWidget(self._how)
        self._steps = QGridLayout()
        self._steps.setVerticalSpacing(6)
        column.addLayout(self._steps)
        column.addSpacing(8)
        self._whole_title = label("数据是否齐全", inside, "h2")
        column.addWidget(self._whole_title)
        self._reports = QVBoxLayout()
        self._reports.setSpacing(4)
        column.addLayout(self._reports)
        column.addStretch(1)
        column.addLayout(self._make_deeds(inside))
        area.setWidget(inside)
        return area

    def _make_deeds(self, parent: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, 12, 0, 0)
        self.evidence = button("\u2009生成佐证材料", parent)
        self.evidence.setIcon(icons.icon("book"))
        self.evidence.setToolTip("把口径、数值、每条记录和照片装订成一份 PDF")
        self.evidence.clicked.connect(lambda _checked=False: ask_for_figure(self, self.desk, self._key))
        self._compare = button("\u2009对比其他时期", parent)
        self._compare.setIcon(icons.icon("data_trending"))
        self._compare.setToolTip("换一个时期来比，或不比")
        self._compare.clicked.connect(lambda _checked=False: self._compare_menu().exec(_under(self._compare)))
        row.addWidget(self.evidence)
        row.addWidget(self._compare)
        row.addStretch(1)
        return row

    def _compare_menu(self) -> QMenu:
        """What the figure is compared with, on every page alike."""
        menu, scope = Menu(self), self.desk.scope
        for key, words in COMPARISONS.items():
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(scope.compare == key)
            action.triggered.connect(lambda _checked=False, key=key: scope.set_compare(key))
        return menu

    def _make_value(self, parent: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        self._value, self._unit = label("", parent, "detail"), label("", parent, "sec")
        row.addWidget(self._value)
        row.addWidget(self._unit, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        told = QGridLayout()
        told.setHorizontalSpacing(8)
        told.setVerticalSpacing(2)
        self._printed, self._change = label("", parent, "h2"), label("", parent)
        self._against = label("", parent, "cap")
        told.addWidget(label("文中写作", parent, "cap"), 0, 0, Qt.AlignmentFlag.AlignRight)
        told.addWidget(self._printed, 0, 1, Qt.AlignmentFlag.AlignRight)
        told.addWidget(self._against, 1, 0, Qt.AlignmentFlag.AlignRight)
        told.addWidget(self._change, 1, 1, Qt.AlignmentFlag.AlignRight)
        row.addLayout(told)
        return row

    def heading(self) -> tuple[str, str]:
        indicator = self.desk.catalogue.indicators.get(self._key)
        area = self.desk.catalogue.by_area[indicator.area].title if indicator else ""
        return "指标溯源", area

    def where(self) -> Place:
        return Place("figure", self._key, issue=self._issue)

    def regions(self) -> list[QWidget]:
        return [self._left, *self.records.regions()]

    def arrive(self, place: Place) -> None:
        if place.of not in self.desk.catalogue.indicators:
            return
        self._key, self._arriving = place.of, True
        self._issue = place.issue
        indicator = self.desk.catalogue.indicators[self._key]
        area = self.desk.catalogue.by_area[indicator.area]
        self.setProperty(
            "tab", {"registers": "registers", "plan": "plan"}.get(area.kind, area_page(area.key))
        )
        came_from = title_of(self.before.page, self.desk.catalogue) if self.before is not None else ""
        self._came = bool(came_from)
        self._back.setText(f"返回 {came_from or area.short}")
        self._reload()
        self.heading_changed.emit()

    def _go_back(self) -> None:
        if self._came:
            self.desk.back_asked.emit()
        else:
            self.desk.go(str(self.property("tab")))

    def _reload(self) -> None:
        if not self._key:
            return
        township, key, scope, issue = self.desk.township, self._key, self.desk.scope, self._issue
        period, villages, compared = scope.period, scope.villages, scope.compared_period()

        def work(_progress: object) -> FigureFacts:
            return read_facts(township, key, period, villages, compared, issue)

        self.desk.background.run(
            lambda _progress: read_first(township, key, period, villages),
            self._show_first,
            key=f"figure's first rows{id(self)}",
        )
        self.desk.background.run(work, self._show, key=f"figure{id(self)}")

    def _show_first(self, first: First | None) -> None:
        """The value and the latest records, while the rest is still being read."""
        if first is not None and (self._facts is None or self._facts.indicator is not first.indicator):
            self._show_value(first)
            self.records.show_first(first)

    def _show_value(self, told: First | FigureFacts) -> None:
        indicator, figure = told.indicator, told.figure
        self._title.setText(indicator.title)
        self._number_label.setText(f"指标 {indicator.n}")
        self._number_label.setVisible(indicator.n is not None)
        self._value.setText(told.number)
        self._unit.setText(told.unit)
        self._printed.setText(figure.display)

    def _show(self, facts: FigureFacts) -> None:
        self.desk.background.cancel(f"figure's first rows{id(self)}")
        self._facts = facts
        figure = facts.figure
        self._show_value(facts)
        self._change.setText(facts.change)
        self._against.setText(facts.against if facts.change else "")
        self._reason.setText(figure.reason)
        self._reason.setVisible(bool(figure.reason))
        self._issued.setText(facts.issued)
        self._issued.setVisible(bool(facts.issued))
        self._bars.show_values(facts.years)
        self._bars.setVisible(len(facts.years) > 1)
        self._how.setText(figure.how)
        self._show_steps(facts)
        self._show_reports(facts)
        self.records.show_facts(facts)
        if self._arriving:
            self._arriving = False
            self.records.take_keyboard()

    def offered(self) -> list[Bound]:
        return [bound("new", self.records.register, when=lambda: bool(self._facts and self._facts.sheets))]

    def _show_steps(self, facts: FigureFacts) -> None:
        _clear(self._steps)
        last = len(facts.steps) - 1
        for row, step in enumerate(facts.steps):
            bold = "h2" if row == last else ""
            count = f"− {-step.count}" if step.count < 0 else f"{step.count}"
            self._steps.addWidget(label(step.title, self, bold, wrap=True), row * 2, 0)
            self._steps.addWidget(label(count, self, bold), row * 2, 1, Qt.AlignmentFlag.AlignRight)
            if row == last - 1:
                line = QFrame(self)
                line.setObjectName("hline")
                self._steps.addWidget(line, row * 2 + 1, 0, 1, 2)

    def _show_reports(self, facts: FigureFacts) -> None:
        _clear(self._reports)
        self._whole_title.setVisible(bool(facts.reports))
        for whole, text in facts.reports:
            row = QWidget(self)
            inside = QHBoxLayout(row)
            inside.setContentsMargins(0, 0, 0, 0)
            sign = label("", row)
            name, tone = ("checkmark_circle", "okfill") if whole else ("clock", "warn")
            sign.setPixmap(icons.pixmap(name, 16, tone, whole))
            inside.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
            inside.addWidget(label(text, row, wrap=True), 1)
            self._reports.addWidget(row)


def _clear(layout: QGridLayout | QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def _under(widget: QWidget) -> QPoint:
    return widget.mapToGlobal(widget.rect().bottomLeft())
