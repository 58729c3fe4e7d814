"""The rows of the plan's table: two lines of words, a bar with its mark, a light with its words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QToolTip

from zhengui.figures.plan_pace import Light
from zhengui.gui.kit.painted import RIGHT, draw_text, width_of
from zhengui.gui.kit.plain import plain
from zhengui.gui.kit.row_drawing import TableRows
from zhengui.gui.kit.style import font, is_large
from zhengui.gui.plan.lights import TONES, draw_bar, draw_light
from zhengui.services.plan.tell_plan import ToldItem
from zhengui.services.plan.track_plan import Tracked
from zhengui.values.value import Value

Index = QModelIndex | QPersistentModelIndex
ROW, ROW_LARGE, MARGIN = 48, 56, 8
_URGENT = [Light.BEHIND, Light.NEAR, Light.ON_TIME, Light.DONE]


#: The whole text of a cell as it was typed; what the mouse is told is made safe of markup.
WHOLE = Qt.ItemDataRole.UserRole + 41


class PlanColumn(IntEnum):
    """The columns from left to right."""

    WORDING = 0
    DEPARTMENT = 1
    LEADER = 2
    DUE = 3
    GOAL = 4
    PROGRESS = 5
    STATE = 6


TITLES = ("事项", "责任部门", "牵头领导", "期限", "指标与目标", "进度", "状态")
#: What fits into the columns after the first, which takes the rest; words decide, so that large text fits too.
_FITTING = {
    PlanColumn.DEPARTMENT: "农业农村中心",
    PlanColumn.LEADER: "上官荣永",
    PlanColumn.DUE: "2021-12-31",
    PlanColumn.GOAL: "高标准农田 ≥ 8000 亩",
    PlanColumn.PROGRESS: "已报进展 10 次 100",
    PlanColumn.STATE: "●  落后 167 天",
}


def column_widths() -> dict[PlanColumn, int]:
    """The widths of the columns after the first."""
    return {column: width_of(words) + 2 * MARGIN + 2 for column, words in _FITTING.items()}


#: The parts whose titles are too long for a tab; their whole titles stand in the document.
_SHORT = {"常态化疫情防控": "疫情防控", "巩固拓展脱贫攻坚成果同乡村振兴有效衔接": "脱贫攻坚衔接"}
_LONGEST = 8


def short_part(part: str) -> str:
    """A part's title for a tab or a narrow column."""
    short = _SHORT.get(part, part)
    return short if len(short) <= _LONGEST else short[: _LONGEST - 1] + "…"


@dataclass(frozen=True, slots=True)
class PlanRow:
    """An item as it is shown."""

    item: Tracked
    told: ToldItem

    @property
    def words(self) -> str:
        """Everything that can be searched for."""
        item = self.item
        return f"{item.wording} {item.department} {item.leader} {self.told.goal} {self.told.state}"


class PlanRows(QAbstractTableModel):
    """The items in view, in the order of the document or of a column."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[PlanRow] = []
        self._sort: tuple[int, bool] | None = None

    def show_rows(self, rows: Sequence[PlanRow]) -> None:
        """Show these items."""
        self.beginResetModel()
        self.rows = self._sorted(rows)
        self.endResetModel()

    def row_of(self, item: int) -> int:
        """Where an item stands, -1 where it isn't in view."""
        return next((place for place, row in enumerate(self.rows) if row.item.id == item), -1)

    def _sorted(self, rows: Sequence[PlanRow]) -> list[PlanRow]:
        if self._sort is None:
            return list(rows)
        column, down = self._sort
        return sorted(rows, key=_KEYS[PlanColumn(column)], reverse=down)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._sort = None if column < 0 else (column, order is Qt.SortOrder.DescendingOrder)
        self.show_rows(self.rows)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return len(TITLES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Value:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return TITLES[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return row
        above, below = lines(row, PlanColumn(index.column()))
        if role == Qt.ItemDataRole.DisplayRole:
            return above
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{TITLES[index.column()]}：{above}" + (f"，{below}" if below else "")
        if role in (Qt.ItemDataRole.ToolTipRole, WHOLE):
            whole = row.item.wording if index.column() == PlanColumn.WORDING else f"{above}\n{below}".strip()
            return plain(whole) if role == Qt.ItemDataRole.ToolTipRole else whole
        return None


_KEYS: dict[PlanColumn, Callable[[PlanRow], Any]] = {
    PlanColumn.WORDING: lambda row: row.item.number,
    PlanColumn.DEPARTMENT: lambda row: row.item.department,
    PlanColumn.LEADER: lambda row: row.item.leader,
    PlanColumn.DUE: lambda row: row.item.due,
    PlanColumn.GOAL: lambda row: (row.item.goal is None, row.told.goal),
    PlanColumn.PROGRESS: lambda row: (row.told.percent is None, row.told.percent or 0.0),
    PlanColumn.STATE: lambda row: (_URGENT.index(row.item.light), -row.item.days),
}


def lines(row: PlanRow, column: PlanColumn) -> tuple[str, str]:
    """The one or two lines of a cell."""
    item, told = row.item, row.told
    return {
        PlanColumn.WORDING: (told.brief, told.below),
        PlanColumn.DEPARTMENT: (item.department, ""),
        PlanColumn.LEADER: (item.leader, ""),
        PlanColumn.DUE: (item.due.isoformat(), ""),
        PlanColumn.GOAL: (told.goal, told.now),
        PlanColumn.PROGRESS: (told.progress, ""),
        PlanColumn.STATE: (told.state, ""),
    }[column]


class RowPainter(TableRows):
    """Draws the cells as the look asks."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, ROW_LARGE if is_large() else ROW)

    def draw_cell(self, painter: QPainter, rect: QRect, index: Index) -> None:
        row: PlanRow = index.data(Qt.ItemDataRole.UserRole)
        area = rect.adjusted(MARGIN, 0, -MARGIN, -1)
        column = PlanColumn(index.column())
        if column is PlanColumn.PROGRESS and row.told.percent is not None:
            self._draw_progress(painter, area, row)
        elif column is PlanColumn.STATE:
            middle = area.center().y() + 1
            draw_light(painter, area.left(), middle, row.item.light)
            draw_text(painter, area.adjusted(18, 0, 0, 0), row.told.state, TONES[row.item.light])
        else:
            self._draw_words(painter, area, row, column)

    def _draw_words(self, painter: QPainter, area: QRect, row: PlanRow, column: PlanColumn) -> None:
        above, below = lines(row, column)
        unmeasured = row.item.goal is None and column in (PlanColumn.GOAL, PlanColumn.PROGRESS)
        tone = "ink2" if unmeasured else "ink1"
        if unmeasured and column is PlanColumn.PROGRESS and row.item.light is Light.NEAR:
            tone = "warn"
        if not below:
            draw_text(painter, area, above, tone)
            return
        half = area.height() // 2
        draw_text(painter, QRect(area.left(), area.top() + 3, area.width(), half), above, tone)
        second = QRect(area.left(), area.top() + half - 1, area.width(), half - 1)
        draw_text(painter, second, below, "ink3", "caption")

    def _draw_progress(self, painter: QPainter, area: QRect, row: PlanRow) -> None:
        assert row.told.percent is not None
        words = max(56, width_of(row.told.progress) + 2)
        bar = QRect(area.left(), area.top(), max(24, area.width() - words - 6), area.height())
        draw_bar(painter, bar, row.told.percent, row.told.expected, row.item.light)
        draw_text(
            painter,
            QRect(area.right() - words, area.top(), words, area.height()),
            row.told.progress,
            align=RIGHT,
        )

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return False
        above, below = lines(index.data(Qt.ItemDataRole.UserRole), PlanColumn(index.column()))
        room = option.rect.width() - 2 * MARGIN
        fits = QFontMetrics(font()).horizontalAdvance(above) <= room and width_of(below, "caption") <= room
        whole = str(index.data(WHOLE))
        QToolTip.showText(event.globalPos(), "" if fits else plain(whole), view)
        return True
