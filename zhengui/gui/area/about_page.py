"""全部情况: one village, household, person or enterprise: its record, its figures, and all that happened to it in time."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLayout,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from zhengui.gui.desk.desk import Desk
from zhengui.gui.desk.page import Page
from zhengui.gui.desk.place import Place
from zhengui.gui.kit import icons
from zhengui.gui.kit.dialogs import tell
from zhengui.gui.kit.labels import button, label
from zhengui.gui.kit.plain import plain
from zhengui.gui.kit.sheet_tabs import SheetTabs, TabSheet
from zhengui.gui.kit.side_column import side_column
from zhengui.gui.kit.trouble import sentence
from zhengui.gui.kit.waiting import run_waiting
from zhengui.services.whole import record_card
from zhengui.services.whole.record_card import Card

HAPPENED, FIGURES = "happened", "figures"
_COLUMNS = {HAPPENED: ("日期", "台账", "事项", "状态"), FIGURES: ("领域", "指标", "本期", "上年同期")}
_WIDTHS = {HAPPENED: (100, 130, 0, 80), FIGURES: (120, 0, 130, 130)}
_GOAL = Qt.ItemDataRole.UserRole


class AboutPage(Page):
    """Reached from a record of a register; a click on anything goes to its record, its ledger or its figure."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.card: Card | None = None
        self._of, self._record = "", 0
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._make_left())
        right = QVBoxLayout()
        right.setSpacing(0)
        self.tabs = SheetTabs(self, "全部情况")
        self.tabs.chosen.connect(self._choose)
        self.table = QTableWidget(self)
        self.table.setAccessibleName("全部情况")
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.itemActivated.connect(lambda item: self._open(item.row()))
        right.addWidget(self.tabs)
        right.addWidget(self.table, 1)
        row.addLayout(right, 1)
        desk.scope.changed.connect(self._reload)
        desk.saved.connect(lambda _ledger: self._reload())

    def _make_left(self) -> QWidget:
        area, inside, column = side_column(self)
        back = button("返回", inside, "link")
        back.setIcon(icons.icon("arrow_left", 16, "act"))
        back.clicked.connect(lambda _checked=False: self.desk.back_asked.emit())
        column.addWidget(back)
        self._title = label("", inside, "ttl", wrap=True)
        column.addWidget(self._title)
        deeds = QHBoxLayout()
        self.printing, self.opening = button("打印…", inside, "primary"), button("打开登记表", inside)
        self.printing.clicked.connect(lambda _checked=False: self.ask_and_print())
        self.opening.clicked.connect(lambda _checked=False: self.desk.go_to_ledger(self._of, self._record))
        deeds.addWidget(self.printing)
        deeds.addWidget(self.opening)
        deeds.addStretch(1)
        column.addLayout(deeds)
        self._facts = QVBoxLayout()
        self._facts.setSpacing(4)
        column.addLayout(self._facts)
        column.addStretch(1)
        area.setWidget(inside)
        return area

    # Coming and going

    def heading(self) -> tuple[str, str]:
        name = self.card.name if self.card is not None else ""
        return name or "全部情况", self.card.kind if self.card is not None else ""

    def where(self) -> Place | None:
        return Place("about", self._of, self._record)

    def regions(self) -> list[QWidget]:
        return [self.tabs, self.table]

    def arrive(self, place: Place) -> None:
        self._of, self._record = place.of, place.record
        self.setProperty("tab", self.desk.ledger_place(place.of).page)
        self.card = None
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._load()

    def _reload(self) -> None:
        if self.isVisible() and self._of:
            self._load()

    def _load(self) -> None:
        township, of, record, period = self.desk.township, self._of, self._record, self.desk.scope.period

        def work(_progress: object) -> Card:
            return record_card.card_of(township, of, record, period)

        self.desk.background.run(work, self._show, key=f"about{id(self)}")

    # What it shows

    def _show(self, card: Card) -> None:
        self.card = card
        self._title.setText(card.name)
        self.printing.setText(f"打印{card.kind}…")
        _empty(self._facts)
        for title, text in card.facts:
            self._add(f"{title}：{text}")
        if card.contacts:
            self._add(f"包保联系：{'、'.join(card.contacts)}", "sec")
        for title, months in card.missing:
            self._add(f"还没有报送：{title} {months}", "err")
        if card.counts:
            self._add("用到它的记录", "h2")
        for ledger, title, count in card.counts:
            link = button(f"{title} {count} 条", None, "link")
            link.setToolTip(plain(f"打开“{title}”台账"))
            link.clicked.connect(partial(self._open_ledger, ledger))
            self._facts.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        sheets = [TabSheet(HAPPENED, "事项", len(card.happenings))]
        if card.figures:
            sheets.append(TabSheet(FIGURES, "指标", len(card.figures)))
        self.tabs.show_sheets(sheets)
        self._choose(self.tabs.current if self.tabs.current in self.tabs.keys else HAPPENED)
        self.heading_changed.emit()

    def _add(self, text: str, role: str = "") -> None:
        words = label(text, None, role, wrap=True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._facts.addWidget(words)

    def _choose(self, key: str) -> None:
        self.tabs.choose(key)
        card = self.card
        if card is None:
            return
        rows: list[tuple[tuple[str, ...], tuple[str, int]]]
        if key == FIGURES:
            rows = [((f.area, f.title, f.now, f.before), (f.key, 0)) for f in card.figures]
        else:
            rows = [((h.when, h.title, h.words, h.state), (h.ledger, h.record)) for h in card.happenings]
        self._fill(key, rows)

    def _fill(self, key: str, rows: list[tuple[tuple[str, ...], tuple[str, int]]]) -> None:
        table = self.table
        table.clear()
        table.setRowCount(len(rows))
        table.setColumnCount(len(_COLUMNS[key]))
        table.setHorizontalHeaderLabels(list(_COLUMNS[key]))
        head = table.horizontalHeader()
        for column, width in enumerate(_WIDTHS[key]):
            stretched = QHeaderView.ResizeMode.Stretch if not width else QHeaderView.ResizeMode.Interactive
            head.setSectionResizeMode(column, stretched)
            if width:
                table.setColumnWidth(column, width)
        for row, (texts, goal) in enumerate(rows):
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setData(_GOAL, goal)
                item.setToolTip(plain(text))
                table.setItem(row, column, item)
        if rows:
            table.setCurrentCell(0, 0)

    # Deeds

    def _open(self, row: int) -> None:
        item = self.table.item(row, 0)
        if item is None:
            return
        of, record = item.data(_GOAL)
        if self.tabs.current == FIGURES:
            self.desk.go("figure", of)
        else:
            self.desk.go_to_ledger(of, record)

    def _open_ledger(self, ledger: str, _checked: bool = False) -> None:
        self.desk.go_to_ledger(ledger)

    def ask_and_print(self) -> None:
        """Ask where to keep the card, lay it out, and offer to open it."""
        card = self.card
        if card is None:
            return
        name = f"{card.name}{card.kind}.pdf".replace(" ", "")
        chosen, _kind = QFileDialog.getSaveFileName(self, f"打印{card.kind}", name, "PDF 文件 (*.pdf)")
        if chosen:
            self.save(Path(chosen if chosen.lower().endswith(".pdf") else f"{chosen}.pdf"))

    def save(self, path: Path) -> None:
        """Lay the card out to a file in the background."""
        card, township = self.card, self.desk.township
        if card is None:
            return

        def done(pages: int) -> None:
            self.desk.offer_file(f"已排好{card.kind}，{pages} 页：{path.name}", path)

        run_waiting(
            self,
            self.desk.background,
            "正在排版",
            lambda _progress: record_card.save_pdf(township, card, path),
            done,
            lambda error: tell(self, "没有排成", sentence(error)),
        )


def _empty(column: QLayout) -> None:
    while column.count():
        item = column.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
