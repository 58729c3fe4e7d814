"""The right side of the drill-down: the records that count and that do not, by village, by month."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from zhengui.gui.figure.facts import FigureFacts, First, RecordsSheet
from zhengui.gui.figure.split_table import SplitTable
from zhengui.gui.kit import icons
from zhengui.gui.kit.empty_state import EmptyAction, EmptyState
from zhengui.gui.kit.labels import button
from zhengui.gui.kit.plain import plain
from zhengui.gui.kit.sheet_tabs import SheetTabs, TabSheet
from zhengui.gui.kit.trouble import sentence
from zhengui.gui.kit.waiting import run_waiting
from zhengui.gui.ledger.empty import can_report_zero
from zhengui.gui.ledger.record_list import RecordList
from zhengui.gui.ledger.source import Loaded

if TYPE_CHECKING:
    from zhengui.catalogue.model import Ledger
    from zhengui.gui.desk.desk import Desk
    from zhengui.services.counting.split_figure import Share

VILLAGE, MONTH = "village", "month"
_SPLITS = {VILLAGE: ("村（居）", "个村（居）"), MONTH: ("月份", "个月")}
#: What the tabs need of the line, and the least and most that the search takes of it.
ROOM_FOR_TABS, SEARCH = 250, (90, 176)


class FigureRecords(QFrame):
    """`opened` tells the ledger and the id of the record to open."""

    opened = Signal(str, int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self._desk = desk
        self._facts: FigureFacts | None = None
        self._only: tuple[str, str] | None = None
        self.tabs = SheetTabs(self, "记录")
        self.list, self.split = RecordList(desk, self), SplitTable(self)
        self.whole = button("", self, "ghost")
        self.whole.setIcon(icons.icon("dismiss"))
        self.whole.clicked.connect(lambda _checked=False: self._show_only(None))
        self.enter = button("", self, "ghost")
        self.enter.setIcon(icons.icon("add"))
        self.enter.clicked.connect(lambda _checked=False: self.register())
        self._export = button("导出", self, "ghost")
        self._export.setIcon(icons.icon("arrow_export"))
        self._export.clicked.connect(lambda _checked=False: self._hand_out())
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.split)
        self.empty = EmptyState(self)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(self._stack, 1)
        self._add_tools()
        self.tabs.chosen.connect(self._choose_whole)
        self.list.opened.connect(self.opened)
        self.list.loaded.connect(self._tell_count)
        self.split.chosen.connect(self._open_share)

    def _add_tools(self) -> None:
        self._end = QWidget(self.tabs)
        row = QHBoxLayout(self._end)
        row.setContentsMargins(0, 0, 0, 0)
        for each in (self.whole, self.list.search, self.enter, self._export):
            row.addWidget(each)
        self.whole.hide()
        self._end.adjustSize()
        self.tabs.end = self._end

    def show_first(self, first: First) -> None:
        """Show the latest records of a figure that was not in front; all of them follow with its facts."""
        self._facts, self._only = None, None
        sheet = first.sheet
        self.tabs.show_sheets([TabSheet(sheet.key, sheet.title, first.figure.records)])
        self.tabs.end = self._end
        self._end.show()
        self._tell_only(None)
        self.list.show_first(self._desk.catalogue.ledgers[sheet.ledger], sheet.ids)
        self._stack.setCurrentWidget(self.list)
        self._stack.show()

    def show_facts(self, facts: FigureFacts) -> None:
        """Show the records of a figure, on the tab that was in front."""
        if self._facts is not None and self._facts.indicator.key != facts.indicator.key:
            self._only = None
        self._facts = facts
        sheets = [TabSheet(sheet.key, sheet.title, len(sheet.ids)) for sheet in facts.sheets]
        if facts.split.by_village:
            sheets.append(TabSheet(VILLAGE, "按村（居）", len(facts.split.by_village)))
        if facts.split.by_month:
            sheets.append(TabSheet(MONTH, "按月", len(facts.split.by_month)))
        self.tabs.show_sheets(sheets)
        keys = [sheet.key for sheet in sheets]
        self._stack.setVisible(bool(keys))
        if keys:
            self.choose(self.tabs.current if self.tabs.current in keys else keys[0])

    def regions(self) -> list[QWidget]:
        """The tabs, and the table in front."""
        current = self._stack.currentWidget()
        if current is self.empty:
            return [self.tabs, self.empty]
        return [self.tabs, self.split.table if current is self.split else self.list.table]

    def take_keyboard(self) -> None:
        """Put the keyboard on the records, or on the first thing to do where there are none."""
        current = self._stack.currentWidget()
        target = self.empty.cards[0] if current is self.empty and self.empty.cards else self.list.table
        if current is not self.split:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self, key: str) -> None:
        """Show a tab."""
        self._end.setVisible(key not in _SPLITS)
        self.tabs.end = None if key in _SPLITS else self._end
        self.tabs.choose(key)
        facts, sheet = self._facts, self._sheet()
        if facts is None:
            return
        if key in _SPLITS:
            shares = self._shares(key)
            heading, noun = _SPLITS[key]
            self.split.show_shares(shares, heading, facts.indicator.unit, noun, self._agrees(shares))
            self._stack.setCurrentWidget(self.split)
        elif sheet is not None:
            share = self._share() if sheet.key.startswith("value") else None
            self._tell_only(share)
            ids = sheet.ids if share is None else share.ids
            ledger = self._desk.catalogue.ledgers[sheet.ledger]
            self._offer_entry(ledger)
            self.list.show_records(ledger, ids)
            if not ids:
                self._tell_lack(ledger)
            self._stack.setCurrentWidget(self.list if ids else self.empty)

    def _offer_entry(self, ledger: Ledger) -> None:
        self.enter.setToolTip(plain(f"在“{ledger.title}”台账里登记新的一{ledger.measure_word}（Ctrl+N）"))
        self._fit_tools()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_tools()

    def _fit_tools(self) -> None:
        """Where the window is narrow the search gives way first, then the words of the button beside it."""
        sheet = self._sheet()
        words = f"登记{self._desk.catalogue.ledgers[sheet.ledger].noun}" if sheet is not None else "登记"
        room = self.width() - ROOM_FOR_TABS
        self.enter.setText(words)
        self.enter.setAccessibleName(words)
        parts = [each for each in (self.whole, self.enter, self._export) if not each.isHidden()]
        taken = sum(each.sizeHint().width() + 6 for each in parts)
        if room - taken < SEARCH[0]:
            taken -= self.enter.sizeHint().width()
            self.enter.setText("")
            taken += self.enter.sizeHint().width()
        self.list.search.setFixedWidth(min(SEARCH[1], max(SEARCH[0], room - taken)))
        self._end.adjustSize()
        self.tabs.choose(self.tabs.current)

    def register(self) -> None:
        """Begin a record of the ledger that the records in front come from."""
        sheet = self._sheet()
        if sheet is not None:
            villages = self._desk.scope.villages
            field = self._desk.catalogue.ledgers[sheet.ledger].village
            known = {field: villages[0]} if field and len(villages) == 1 else {}
            self._desk.begin(sheet.ledger, known)

    def _tell_lack(self, ledger: Ledger) -> None:
        """What can be done where no record counts: this is where a figure that is still unknown leads."""
        desk = self._desk
        noun, one = ledger.noun, f"登记一{ledger.measure_word}{ledger.noun}"
        actions = [EmptyAction(one, "登记以后，这个数随着就变", "add", self.register, "Ctrl+N")]
        if can_report_zero(ledger):
            told = f"确实没有{noun}的月份，在那里标记零报告"
            going = partial(desk.go, "reporting", ledger.key)
            actions.append(EmptyAction(desk.words("看各村（居）报送情况"), told, "checkmark_circle", going))
        going = partial(desk.go_to_ledger, ledger.key)
        actions.append(EmptyAction(f"打开“{ledger.title}”台账", "从 Excel 导入、粘贴都在那里", "open", going))
        where = desk.scope.status_words().removeprefix("只统计 ")
        self.empty.show_actions(
            "没有计入这个数的记录", f"{where}，{ledger.about}" if where else ledger.about, actions
        )

    def _choose_whole(self, key: str) -> None:
        self._only = None
        self.choose(key)

    def _open_share(self, share: Share) -> None:
        self._show_only((self.tabs.current, share.title))

    def _show_only(self, only: tuple[str, str] | None) -> None:
        """Show the records that count of one village or month, or all of them."""
        sheets = self._facts.sheets if self._facts is not None else ()
        self._only = only
        if sheets:
            self.choose(sheets[0].key)
            self.list.table.setFocus()

    def _shares(self, by: str) -> tuple[Share, ...]:
        if self._facts is None:
            return ()
        return self._facts.split.by_village if by == VILLAGE else self._facts.split.by_month

    def _share(self) -> Share | None:
        if self._only is None:
            return None
        by, title = self._only
        return next((share for share in self._shares(by) if share.title == title), None)

    def _tell_only(self, share: Share | None) -> None:
        """The button that says what the list is narrowed to, and widens it."""
        self.whole.setVisible(share is not None)
        if share is not None:
            self.whole.setText(f"只看{share.title}")
            self.whole.setToolTip("点一下，看全部记录")
        self._fit_tools()

    def _sheet(self) -> RecordsSheet | None:
        sheets = self._facts.sheets if self._facts is not None else ()
        return next((sheet for sheet in sheets if sheet.key == self.tabs.current), None)

    def _agrees(self, shares: tuple[Share, ...]) -> bool:
        """Whether the shares are seen to make up the figure: its count, or its sum."""
        facts = self._facts
        if facts is None or facts.figure.value is None or facts.indicator.over is not None:
            return False
        kind = facts.indicator.measure.kind if facts.indicator.measure is not None else ""
        if kind == "count":
            return sum(share.records for share in shares) == facts.figure.value
        amounts = [Decimal(share.amount) for share in shares if share.amount is not None]
        return kind in ("sum", "balance") and sum(amounts, Decimal(0)) == facts.figure.value

    def _tell_count(self, found: Loaded) -> None:
        sheet, facts = self._sheet(), self._facts
        if sheet is None or facts is None:
            return
        words = f"{len(found.ids)} 条"
        measure = facts.indicator.measure
        counted = measure is not None and measure.kind == "count" and facts.indicator.over is None
        whole = not self.list.search.text().strip() and sheet.key.startswith("value")
        if whole and counted and facts.figure.value == len(found.ids):
            words += "，与指标数值一致"
        self.list.totals.tell(words, found.sums)

    def _hand_out(self) -> None:
        from zhengui.services.entry.export_workbook import export_workbook

        sheet, selection, facts = self._sheet(), self.list.selection(), self._facts
        if sheet is None or selection is None or facts is None:
            return
        name = f"{facts.indicator.title}（{self._desk.scope.period.title}）.xlsx"
        path, _kind = QFileDialog.getSaveFileName(self, "导出记录", name, "Excel 表格 (*.xlsx)")
        if not path:
            return
        target, township = Path(path), self._desk.township
        run_waiting(
            self,
            self._desk.background,
            "正在导出记录",
            lambda _progress: export_workbook(township, sheet.ledger, target, selection),
            lambda count: self._desk.offer_file(f"已导出 {count} 条：{target.name}", target),
            lambda error: self._desk.say(sentence(error)),
        )
