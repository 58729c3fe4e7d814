"""Ctrl+Shift+P: everything that can be done and every place there is, found by typing, also by pinyin."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from zhengui.gui.desk import tabs as rail_tabs
from zhengui.gui.desk.actions import Bound
from zhengui.gui.desk.desk import Desk
from zhengui.gui.desk.place import Place
from zhengui.gui.fields.fitting import fitting
from zhengui.gui.frame.visited import Visited
from zhengui.gui.kit import icons
from zhengui.gui.kit.labels import label
from zhengui.gui.kit.plain import plain
from zhengui.gui.kit.popover import Popover

ASKED = "想做什么、去哪里？可用拼音首字母"
WIDTH, ROW, MOST_ROWS, MOST = 520, 30, 12, 60


@dataclass(frozen=True, slots=True)
class CommandChoice:
    """A line: what is done or where one gets to, what stands beside it, the deed, and other words it is sought by."""

    title: str
    note: str
    icon: str
    deed: Callable[[], object]
    words: str = ""


class CommandPanel(Popover):
    """A field and the list under it; the arrows go through the list while one types."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, (8, 8, 8, 6))
        self._choices: list[CommandChoice] = []
        self._shown: list[CommandChoice] = []
        self._none = ""
        self.field = QLineEdit(self)
        self.field.setAccessibleName("查找功能和去处")
        self.field.setFixedWidth(WIDTH)
        self.list = QListWidget(self)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFixedWidth(WIDTH)
        self.list.setAccessibleName("功能和去处")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._told = label("", self, "cap")
        for part in (self.field, self.list, self._told):
            self.column.addWidget(part)
        self.field.textEdited.connect(lambda _text: self._fill())
        self.field.installEventFilter(self)
        self.list.itemClicked.connect(lambda item: self._take(self.list.row(item)))

    def open(self, choices: Sequence[CommandChoice], asked: str = ASKED, none: str = "") -> None:
        """Offer these, the first of them first; `asked` stands in the empty field, `none` where there is nothing."""
        self._choices, self._none = list(choices), none
        self.field.setPlaceholderText(asked)
        self.field.clear()
        self._fill()
        self.adjustSize()
        host = self.host()
        self._place((host.width() - self.width()) // 2, 52)
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def _fill(self) -> None:
        by_title: dict[str, list[CommandChoice]] = {}
        for choice in self._choices:
            by_title.setdefault(choice.title, []).append(choice)
        asked = self.field.text()
        found = [choice for title in fitting(by_title, asked) for choice in by_title[title]]
        besides = [choice for choice in self._choices if choice.words and choice not in found]
        found += [choice for choice in besides if fitting(choice.words.split(), asked)]
        self._shown = found[:MOST]
        self.list.clear()
        for choice in self._shown:
            item = QListWidgetItem(
                icons.icon(choice.icon), f"{choice.title}　{choice.note}".rstrip("　"), self.list
            )
            item.setSizeHint(QSize(0, ROW))
            item.setToolTip(plain(item.text()))
        self.list.setFixedHeight(max(1, min(MOST_ROWS, len(self._shown))) * ROW)
        self.list.setCurrentRow(0)
        nothing = f"没有“{asked}”，换个说法试试" if asked else self._none
        self._told.setText("↑↓ 选择，回车确定，Esc 关闭" if self._shown else nothing)
        self.adjustSize()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 10, Qt.Key.Key_PageUp: -10}
            step = steps.get(Qt.Key(event.key()))
            if step is not None:
                last = len(self._shown) - 1
                self.list.setCurrentRow(max(0, min(last, self.list.currentRow() + step)))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take(self.list.currentRow())
                return True
        return super().eventFilter(watched, event)

    def _take(self, row: int) -> None:
        if 0 <= row < len(self._shown):
            chosen = self._shown[row]
            self.hide()
            chosen.deed()


def choices(desk: Desk, offered: Sequence[Bound], visited: Visited) -> list[CommandChoice]:
    """What can be done now, then favourites, what was open last, tabs, ledgers and figures."""
    done = [
        CommandChoice(each.action.title, _keys(each), each.action.icon or "checkmark", each.deed)
        for each in offered
        if each.when() and each.action.id != "commands"
    ]
    places = [(place, "收藏", "star") for place in visited.favourites]
    places += [(place, "最近打开", "history") for place in visited.recent if place not in visited.favourites]
    kept = [
        CommandChoice(visited.title(place), note, icon, _going(desk, place))
        for place, note, icon in places
        if visited.is_there(place)
    ]
    return [*kept, *done, *_everywhere(desk)]


def _keys(each: Bound) -> str:
    return f"{each.action.key.replace('Return', '回车')}" if each.action.key else each.action.where


def _going(desk: Desk, place: Place) -> Callable[[], object]:
    return lambda: desk.asked_for.emit(place)


def _everywhere(desk: Desk) -> list[CommandChoice]:
    catalogue = desk.catalogue
    tabs = [*(tab for group in rail_tabs.groups(catalogue) for tab in group.tabs), *rail_tabs.PINNED]
    found = [
        CommandChoice(tab.full or tab.title, "页面", tab.icon, _going(desk, Place(tab.page))) for tab in tabs
    ]
    by_page = {tab.page: tab for tab in tabs}
    for each in rail_tabs.INNER:
        tab, going = by_page[each.page], _going(desk, Place(each.page, each.of, state=each.state))
        found.append(CommandChoice(each.title, tab.title, tab.icon, going, each.words))
    for ledger in catalogue.live_ledgers.values():
        area = catalogue.by_area[ledger.area]
        going = _going(desk, desk.ledger_place(ledger.key))
        found.append(CommandChoice(f"{ledger.title}台账", area.short, area.icon, going))
    for key, figure in catalogue.live_indicators.items():
        found.append(CommandChoice(figure.title, "指标", "data_trending", _going(desk, Place("figure", key))))
    return found
