"""以前年度: values of years before there were ledgers, typed or pasted as a sheet of indicators and years."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
)

from zhengui.catalogue.model import Indicator
from zhengui.gui.desk.desk import Desk
from zhengui.gui.kit import style
from zhengui.gui.kit.allowing import UNCHANGED, allow
from zhengui.gui.kit.dialogs import ask
from zhengui.gui.kit.labels import button, label
from zhengui.gui.kit.plain import plain
from zhengui.gui.system.panel import Panel
from zhengui.services.counting import entered_values as service
from zhengui.services.township.overview import villages
from zhengui.values.moment import read_date

#: So many years before the working year are offered.
YEARS = 5
HEIGHT = 214
_NAMES = 300

Place = tuple[str, int]


class EarlierSheet(QTableWidget):
    """Indicators down, years across; takes what Excel and WPS put on the clipboard."""

    def __init__(self, panel: EarlierPanel) -> None:
        super().__init__(panel)
        self._panel = panel
        self.setAccessibleName("指标 × 年度")
        self.setFixedHeight(HEIGHT)
        self.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self._panel.paste()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            for item in self.selectedItems():
                item.setText("")
        else:
            super().keyPressEvent(event)


class EarlierPanel(Panel):
    """Everything typed is kept with one button, with the document it stands in; it can be taken back at once."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        column = self.card(
            "以前年度的数",
            "没有台账的年份，把当年文件里的数录入在这里，供比较、增长的写法和“历史新高”用；显示的地方都写明“（录入）”。"
            "逐月的台账齐了，就用台账的数。可以从 Excel、WPS 复制一张表贴进来：第一行年份，第一列指标名称。",
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        self.village = QComboBox(self)
        self.source, self.dated, self.search = QLineEdit(self), QLineEdit(self), QLineEdit(self)
        self.source.setPlaceholderText("例如：2020年工作总结")
        self.dated.setPlaceholderText("例如：2021年1月20日")
        self.search.setPlaceholderText("指标名称里的字")
        rows = (
            ("哪里的数", self.village),
            ("出自哪份文件", self.source),
            ("文件日期（可以不填）", self.dated),
            ("查找指标", self.search),
        )
        for place, (title, field) in enumerate(rows):
            field.setAccessibleName(title)
            grid.addWidget(label(title, self, "fld"), place // 2 * 2, place % 2)
            grid.addWidget(field, place // 2 * 2 + 1, place % 2)
        column.addLayout(grid)
        self.sheet = EarlierSheet(self)
        column.addWidget(self.sheet)
        self.told = label("", self, "sec", wrap=True)
        column.addWidget(self.told)
        row = QHBoxLayout()
        self.save, self.pasting = button("保存", self, "primary"), button("粘贴一张表", self)
        self.save.clicked.connect(lambda _checked=False: self.keep())
        self.pasting.clicked.connect(lambda _checked=False: self.paste())
        row.addWidget(self.save)
        row.addWidget(self.pasting)
        row.addStretch(1)
        column.addLayout(row)
        self._kept: dict[Place, str] = {}
        self._sources: dict[Place, str] = {}
        self._chosen: int | None = None
        self._years: list[int] = []
        self._indicators: list[Indicator] = []
        self._make_table()
        self.sheet.itemChanged.connect(lambda _item: self._show_state())
        self.search.textChanged.connect(lambda _text: self._filter())
        self.village.activated.connect(lambda _index: self._choose_village())
        for field in (self.source, self.dated):
            field.textEdited.connect(lambda _text: self._show_state())

    def _make_table(self) -> None:
        """The years before the one that is looked at, and the figures that any of them, or it, knows."""
        year = self.desk.scope.year
        self._years = list(range(year - YEARS, year))
        known = self.desk.catalogue.in_years(self._years[0], year).live_indicators
        self._indicators = [each for each in known.values() if service.can_be_entered(each)]
        self.sheet.setRowCount(len(self._indicators))
        self.sheet.setColumnCount(len(self._years))
        self.sheet.setHorizontalHeaderLabels([f"{year}年" for year in self._years])
        names = [f"{each.title}（{each.unit}）" for each in self._indicators]
        self.sheet.setVerticalHeaderLabels(names)
        side = self.sheet.verticalHeader()
        side.setFixedWidth(_NAMES)
        side.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for row, name in enumerate(names):
            head = self.sheet.verticalHeaderItem(row)
            if head is not None:
                head.setToolTip(plain(name))
        self.sheet.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)

    # What stands in it

    def refresh(self) -> None:
        if self._years[-1] + 1 != self.desk.scope.year and not self.typed():
            with QSignalBlocker(self.sheet):
                self._make_table()
        whole = self.desk.words("全镇")
        with QSignalBlocker(self.village):
            self.village.clear()
            self.village.addItem(whole, None)
            for each in villages(self.desk.township):
                self.village.addItem(each.name, each.id)
            self.village.setCurrentIndex(max(0, self.village.findData(self._chosen)))
        self._read()

    def _read(self) -> None:
        found = [each for each in service.entered_values(self.desk.township) if each.village == self._chosen]
        self._kept = {(each.indicator, each.year): f"{each.value:f}" for each in found}
        self._sources = {
            (each.indicator, each.year): "，".join(
                (
                    f"出自{each.document}",
                    *((each.dated.isoformat(),) if each.dated else ()),
                    f"{each.who}录入",
                )
            )
            for each in found
        }
        with QSignalBlocker(self.sheet):
            for row, column, place in self._places():
                item = QTableWidgetItem(self._kept.get(place, ""))
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                item.setToolTip(plain(self._sources.get(place, "")))
                self.sheet.setItem(row, column, item)
        self._filter()
        self._show_state()

    def _places(self) -> Iterator[tuple[int, int, Place]]:
        for row, indicator in enumerate(self._indicators):
            for column, year in enumerate(self._years):
                yield row, column, (indicator.key, year)

    def _filter(self) -> None:
        wanted = self.search.text().strip()
        ledgers = self.desk.township.catalogue.ledgers
        for row, indicator in enumerate(self._indicators):
            measure = indicator.measure
            of_villages = self._chosen is None or (
                measure is not None and bool(ledgers[measure.ledger].village)
            )
            self.sheet.setRowHidden(row, not of_villages or wanted not in indicator.title)

    def typed(self) -> dict[Place, str]:
        """The cells that say something else than what is kept."""
        found = {}
        for row, column, place in self._places():
            item = self.sheet.item(row, column)
            text = item.text().strip() if item is not None else ""
            if text != self._kept.get(place, ""):
                found[place] = text
        return found

    def _show_state(self) -> None:
        count = len(self.typed())
        allow(self.save, bool(count), UNCHANGED)
        entered = f"已录入 {len(self._kept)} 个数" if self._kept else "还没有录入"
        self._tell(f"改了 {count} 个数，还没保存" if count else entered)

    def _tell(self, words: str, wrong: bool = False) -> None:
        self.told.setProperty("role", "err" if wrong else "sec")
        style.mark(self.told, look="")
        self.told.setText(words)

    # Deeds

    def paste(self) -> None:
        """Put what the clipboard holds into the cells: a sheet with years and names, or a block from this cell on."""
        text = QGuiApplication.clipboard().text().strip("\r\n")
        rows = [line.split("\t") for line in text.splitlines()]
        if not text.strip():
            self._tell("剪贴板里没有文字。请先在 Excel 或 WPS 里复制一张表。", True)
            return
        if len(rows) > 1 and len(rows[0]) > 1 and not rows[0][0].strip().isdigit():
            self._take_sheet(rows)
        else:
            self._take_block(rows)

    def _take_sheet(self, rows: list[list[str]]) -> None:
        try:
            cells = service.cells_of(self.desk.township, rows)
        except service.NotEntered as wrong:
            self._tell(str(wrong), True)
            return
        beyond = sorted({year for _key, year in cells if year not in self._years})
        if beyond:
            self._tell(
                f"这里录入 {self._years[0]} 到 {self._years[-1]} 年的数，表里有 {beyond[0]} 年，没有贴进来。",
                True,
            )
            return
        self._fill(cells)

    def _take_block(self, rows: list[list[str]]) -> None:
        shown = [row for row in range(self.sheet.rowCount()) if not self.sheet.isRowHidden(row)]
        here, first = self.sheet.currentRow(), max(0, self.sheet.currentColumn())
        start = shown.index(here) if here in shown else 0
        cells = {}
        for row, line in zip(shown[start:], rows, strict=False):
            for column, text in enumerate(line, first):
                if column < len(self._years):
                    cells[self._indicators[row].key, self._years[column]] = text.strip()
        self._fill(cells)

    def _fill(self, cells: dict[Place, str]) -> None:
        with QSignalBlocker(self.sheet):
            for row, column, place in self._places():
                item = self.sheet.item(row, column)
                if place in cells and item is not None:
                    item.setText(cells[place])
        self._show_state()

    def keep(self) -> None:
        """Keep every changed cell, or say what is wrong with the first."""
        cells = self.typed()
        try:
            dated = self._dated()
            kept = service.enter_cells(
                self.desk.township, cells, self.source.text().strip(), dated, self._chosen
            )
        except ValueError as wrong:
            self._tell(str(wrong), True)
            return
        self._read()
        self.desk.say(f"已保存 {len(cells)} 个以前年度的数", partial(self._take_back, kept))
        self.desk.saved.emit("")

    def _take_back(self, kept: service.Kept) -> None:
        service.take_back(self.desk.township, kept)
        with suppress(RuntimeError):  # the window may be closed by then
            self._read()
        self.desk.saved.emit("")

    def _dated(self) -> date | None:
        text = self.dated.text().strip()
        found = read_date(text, self.desk.township.today(), self.desk.scope.year) if text else None
        if text and found is None:
            raise service.NotEntered(f"文件日期“{text}”不是日期，请写成 2021年1月20日。")
        return found

    def _choose_village(self) -> None:
        if not self.can_leave():
            with QSignalBlocker(self.village):
                self.village.setCurrentIndex(max(0, self.village.findData(self._chosen)))
            return
        chosen = self.village.currentData()
        self._chosen = int(chosen) if chosen is not None else None
        self._read()

    def can_leave(self) -> bool:
        count = len(self.typed())
        if not self.isVisible() or not count:
            return True
        what = f"有 {count} 个以前年度的数还没保存，要离开吗？"
        if not ask(self, what, "离开后，刚才填的内容不保留。", "离开", "继续填写", False):
            return False
        self._read()
        return True
