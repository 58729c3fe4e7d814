"""The plan being carried out: tools, the table of items with their lights, and the counts under it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from zhengui.figures.plan_pace import Light
from zhengui.gui.kit import icons
from zhengui.gui.kit.empty_state import EmptyState
from zhengui.gui.kit.labels import button, label
from zhengui.gui.kit.segment import Segment
from zhengui.gui.kit.style import is_large, size
from zhengui.gui.plan.rows import ROW, ROW_LARGE, PlanColumn, PlanRow, PlanRows, RowPainter, column_widths
from zhengui.services.plan.tell_plan import summary

EVERY = "全部"
STATES = (EVERY, Light.BEHIND.value, Light.NEAR.value, Light.DONE.value, Light.ON_TIME.value)
#: Where less is left for the item's words, the table goes without the leader, and then without the department.
LEAST_WORDING = 180
#: Narrower tools go without the printer, which is in ⋯ too.
WITHOUT_PRINTER = 850


class PlanTable(QTableView):
    """The table; Enter opens the item."""

    opened = Signal()

    def __init__(self, rows: PlanRows, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModel(rows)
        self.setItemDelegate(RowPainter(self))
        self.setAccessibleName("计划事项表格")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_LARGE if is_large() else ROW)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(PlanColumn.WORDING, QHeaderView.ResizeMode.Stretch)
        for column in column_widths():
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
        head.setSortIndicatorShown(True)
        head.setSortIndicatorClearable(True)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        head.sortIndicatorChanged.connect(rows.sort)
        self.activated.connect(lambda _index: self.opened.emit())

    def resizeEvent(self, event: QResizeEvent) -> None:
        widths = column_widths()
        for column, width in widths.items():
            self.setColumnWidth(column, width)
        room = self.width() - sum(widths.values())
        self.setColumnHidden(PlanColumn.LEADER, room < LEAST_WORDING)
        room += widths[PlanColumn.LEADER]
        self.setColumnHidden(PlanColumn.DEPARTMENT, room < LEAST_WORDING)
        super().resizeEvent(event)


class PlanBoard(QFrame):
    """`chosen` tells the item that is current, `entered` asks for a new one."""

    chosen = Signal(object)
    opened = Signal()
    entered = Signal()
    printed = Signal()
    cleared = Signal()

    def __init__(self, years: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("white")
        self._rows: Sequence[PlanRow] = ()
        self._part, self._state, self._item = EVERY, EVERY, 0
        self.model = PlanRows(self)
        self.table = PlanTable(self.model, self)
        self.empty = EmptyState(self)
        self._summary = label("", self, "h2")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_tools(years))
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        column.addWidget(self._stack, 1)
        foot = QFrame(self)
        foot.setObjectName("foot")
        foot.setFixedHeight(size("totals"))
        row = QHBoxLayout(foot)
        row.setContentsMargins(12, 0, 12, 0)
        row.addWidget(self._summary)
        row.addStretch(1)
        column.addWidget(foot)
        self.table.selectionModel().currentRowChanged.connect(self._current_changed)
        self.table.opened.connect(self.opened)
        self.table.clicked.connect(lambda _index: self.opened.emit())

    def _make_tools(self, years: QWidget) -> QWidget:
        self.tools = QFrame(self)
        self.tools.setObjectName("white")
        self.tools.setFixedHeight(size("tool_bar"))
        row = QHBoxLayout(self.tools)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        self.enter = button("新增事项", self.tools, "primary")
        self.enter.setIcon(icons.icon("add", 16, "onfill"))
        self.enter.setAccessibleName("新增事项")
        self.enter.setToolTip("新增事项（Ctrl+N）")
        self.enter.clicked.connect(self.entered)
        self.search = QLineEdit(self.tools)
        self.search.setPlaceholderText("搜索事项")
        self.search.setAccessibleName("搜索事项")
        self.search.setToolTip("搜索事项、部门、领导（Ctrl+F）")
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setMinimumWidth(64)
        self.search.setMaximumWidth(190)
        self.search.textChanged.connect(lambda _text: self._fill())
        self.states: dict[str, QPushButton] = {}
        self.printer = button("", self.tools, "icon")
        self.printer.setIcon(icons.icon("print"))
        self.printer.setAccessibleName("进度表")
        self.printer.setToolTip("进度表：打印或导出（Ctrl+P）")
        self.printer.clicked.connect(self.printed)
        self.more = button("", self.tools, "icon")
        self.more.setIcon(icons.icon("more_horizontal"))
        self.more.setAccessibleName("更多")
        self.more.setToolTip("更多")
        row.addWidget(self.enter)
        row.addWidget(self.search, 8)
        row.addWidget(self._make_states(), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        row.addWidget(years, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.printer)
        row.addWidget(self.more)
        return self.tools

    def _make_states(self) -> Segment:
        made = Segment(STATES, self.tools, "状态")
        made.chosen.connect(lambda at: self.choose_state(STATES[at]))
        self.states = dict(zip(STATES, made.buttons, strict=True))
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        narrow = self.width() < WITHOUT_PRINTER
        self.printer.setVisible(not narrow)
        self.enter.setText("新增" if narrow else "新增事项")
        super().resizeEvent(event)

    @property
    def current(self) -> PlanRow | None:
        """The current item."""
        row = self.table.currentIndex().row()
        return self.model.rows[row] if 0 <= row < len(self.model.rows) else None

    def show_rows(self, rows: Sequence[PlanRow]) -> None:
        """Show a year's items; the current one stays current."""
        self._rows = rows
        self._fill()

    def choose_part(self, part: str) -> None:
        """Show only a part of the plan."""
        self._part = part
        self._fill()

    def choose_state(self, state: str) -> None:
        """Show only items with a light."""
        self._state = state
        self.states[state].setChecked(True)
        self._fill()

    def choose_item(self, item: int) -> None:
        """Make an item current, in whatever part and state it is."""
        self._item = item
        if self.model.row_of(item) < 0:
            self._part, self._state = EVERY, EVERY
            self.states[EVERY].setChecked(True)
            self.search.clear()
        self._fill()

    def clear(self) -> None:
        """Show all items again."""
        self._part, self._state = EVERY, EVERY
        self.states[EVERY].setChecked(True)
        self.search.clear()
        self._fill()
        self.cleared.emit()

    def step(self, by: int) -> None:
        """Go to the item before or after."""
        row = self.table.currentIndex().row() + by
        if 0 <= row < len(self.model.rows):
            self.table.setCurrentIndex(self.model.index(row, 0))

    def _fill(self) -> None:
        words = self.search.text().strip()
        part = [row for row in self._rows if self._part in (EVERY, row.item.part)]
        for state, made in self.states.items():
            count = len(part) if state == EVERY else sum(1 for row in part if row.item.light == state)
            made.setText(f"{state} {count}")
            made.setAccessibleName(f"{state} {count} 项")
        found = [
            row
            for row in part
            if self._state in (EVERY, row.item.light) and (not words or words in row.words)
        ]
        wanted = self._item
        self.model.show_rows(found)
        place = max(0, self.model.row_of(wanted))
        if found:
            self.table.setCurrentIndex(self.model.index(place, 0))
        told = summary([row.item for row in found])
        self._summary.setText(f"{len(found)} 项　{told}" if found else "")
        self._stack.setCurrentIndex(0 if found else 1)
        if not found:
            self._tell_empty(bool(self._rows))
            self.chosen.emit(None)

    def _tell_empty(self, narrowed: bool) -> None:
        if narrowed:
            self.empty.show_filtered(
                "没有这样的事项",
                "这个部分、状态和搜索里没有事项。",
                "清除筛选",
                self.clear,
            )
        else:
            text = "这一年的计划还没有登记。可以新增事项，也可以在“起草”里从数据中提建议。"
            self.empty.show_plain("这一年还没有计划事项", text)

    def _current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid() and current.row() < len(self.model.rows):
            row = self.model.rows[current.row()]
            self._item = row.item.id
            self.chosen.emit(row)
