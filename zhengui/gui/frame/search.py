"""Ctrl+K: search over pages, figures and the records of all ledgers, with the hits in a panel under the field."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from zhengui.gui.desk.desk import Desk
from zhengui.gui.desk.place import Place
from zhengui.gui.kit.background import JobProgress
from zhengui.gui.kit.labels import label
from zhengui.gui.kit.popover import Popover
from zhengui.gui.kit.style import colour, font

WIDTH, ROW, MOST_ROWS = 420, 30, 13
#: So many hits of each kind are shown; the table's own search is for more.
TITLES, PER_LEDGER, LEDGERS = 6, 3, 10


@dataclass(frozen=True, slots=True)
class SearchLine:
    """A line of the panel; one without a place is a heading."""

    text: str
    note: str = ""
    place: Place | None = None


class SearchPanel(Popover):
    """The hits; the keyboard stays in the field."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, (6, 6, 6, 6))
        self.list = QListWidget(self)
        self.list.setFixedWidth(WIDTH)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName("搜索结果")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.told = label("", self, "cap")
        self.told.setContentsMargins(8, 0, 8, 2)
        self.column.addWidget(self.list)
        self.column.addWidget(self.told)

    def focus_first(self) -> None:
        """Typing goes on in the field."""

    def show_hits(self, hits: list[SearchLine], told: str) -> None:
        """Show these lines, the first place chosen."""
        self.list.clear()
        for hit in hits:
            words = f"{hit.text}　{hit.note}" if hit.note else hit.text
            item = QListWidgetItem(words if hit.place is None else f"　{words}", self.list)
            item.setData(Qt.ItemDataRole.UserRole, hit.place)
            item.setSizeHint(QSize(0, ROW))
            if hit.place is None:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
                item.setFont(font("caption"))
                item.setForeground(colour("ink3"))
        self.list.setVisible(bool(hits))
        self.list.setFixedHeight(min(MOST_ROWS, max(1, len(hits))) * ROW)
        self.told.setText(told)
        self.move_choice(1, start=-1)

    def move_choice(self, by: int, start: int | None = None) -> None:
        """Choose the next line that is a place."""
        row = self.list.currentRow() if start is None else start
        for _step in range(self.list.count()):
            row = (row + by) % max(1, self.list.count())
            if self.list.item(row).data(Qt.ItemDataRole.UserRole) is not None:
                self.list.setCurrentRow(row)
                return


class Search(QObject):
    """Connects the field, the panel and the services."""

    def __init__(self, window: QWidget, field: QLineEdit, desk: Desk) -> None:
        super().__init__(window)
        self._field, self._desk = field, desk
        self._panel = SearchPanel(window)
        self._panel.list.itemClicked.connect(self._open)
        self._rest = desk.background.later(160, self._ask)
        field.textEdited.connect(lambda _text: self._rest.start())
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is not self._field
            or not isinstance(event, QKeyEvent)
            or event.type() != QEvent.Type.KeyPress
        ):
            return False
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._panel.isVisible():
            self._panel.move_choice(1 if event.key() == Qt.Key.Key_Down else -1)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._panel.isVisible() and self._panel.list.currentItem() is not None:
                self._open(self._panel.list.currentItem())
            else:
                self._ask()
            return True
        if event.key() == Qt.Key.Key_Escape:
            self._panel.hide()
            self._field.clear()
            return True
        return False

    def _ask(self) -> None:
        text = self._field.text().strip()
        if not text:
            self._panel.hide()
            return
        desk = self._desk
        titles = _titles(desk, text)
        year = desk.scope.year
        desk.background.run(
            lambda progress: titles + _records(desk, text, year, progress),
            lambda hits: self._show(hits, text),
            key="search",
        )

    def _show(self, hits: list[SearchLine], text: str) -> None:
        if text != self._field.text().strip():
            return
        told = "↑↓ 选择，回车打开，Esc 关闭" if hits else f"没有找到“{text}”，换个说法或用拼音首字母试试"
        self._panel.show_hits(hits, told)
        self._panel.open_under(self._field, align_right=True)

    def _open(self, item: QListWidgetItem) -> None:
        place = item.data(Qt.ItemDataRole.UserRole)
        if place is not None:
            self._panel.hide()
            self._field.clear()
            self._desk.asked_for.emit(place)


def _titles(desk: Desk, text: str) -> list[SearchLine]:
    """Ledgers and figures whose title has the text; known at once."""
    found = []
    for ledger in desk.catalogue.live_ledgers.values():
        if text in ledger.title:
            found.append(
                SearchLine(
                    ledger.title, desk.catalogue.by_area[ledger.area].short, desk.ledger_place(ledger.key)
                )
            )
    figures = [
        SearchLine(i.title, f"指标 {i.n}" if i.n else "指标", Place("figure", i.key))
        for i in desk.catalogue.live_indicators.values()
        if text in i.title
    ]
    hits = found[:TITLES] + figures[:TITLES]
    return [SearchLine("台账和指标"), *hits] if hits else []


def _records(desk: Desk, text: str, year: int, progress: JobProgress) -> list[SearchLine]:
    """Records of all ledgers that have the text; for a worker."""
    from zhengui.services.entry.find_records import find_records

    hits: list[SearchLine] = []
    found = find_records(desk.township, text, PER_LEDGER, lambda: progress.cancelled, year)
    for group in found[:LEDGERS]:
        ledger = desk.catalogue.ledgers[group.ledger]
        hits.append(SearchLine(f"{ledger.title}　{group.count} 条"))
        hits += [
            SearchLine(shown, "", desk.ledger_place(ledger.key, record)) for record, shown in group.first
        ]
    return hits
