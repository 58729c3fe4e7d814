"""The villages with their marks: rank, movement, a bar for the total, a column for each figure."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from zhengui.gui.kit.painted import draw_focus, draw_text
from zhengui.gui.kit.style import colour
from zhengui.services.plan.tell_plan import number
from zhengui.services.watch.rank_month import Month
from zhengui.services.watch.ranking_sheet import mark_words, movement_words

RANK, MOVED, VILLAGE, TOTAL = range(4)
FIRST_ITEM = 4
_SHARE = Qt.ItemDataRole.UserRole
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
Index = QModelIndex | QPersistentModelIndex


class _BarPainter(QStyledItemDelegate):
    """A total with a grey bar behind it, as long as its share of the most there can be."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        share = index.data(_SHARE)
        rect: QRect = option.rect
        if share is None:
            super().paint(painter, option, index)
            return
        table = self.parent()
        current = isinstance(table, QTableWidget) and table.currentIndex() == index
        painter.fillRect(rect, colour("actbg" if current else "surf"))
        wide = rect.width() - 68
        painter.fillRect(
            rect.left() + 6, rect.top() + 8, round(wide * share), rect.height() - 16, colour("chart2")
        )
        draw_text(painter, rect.adjusted(0, 0, -8, 0), str(index.data()), bold=True, align=_RIGHT)
        if current and isinstance(table, QTableWidget) and table.hasFocus():
            draw_focus(painter, rect)


class RankingTable(QTableWidget):
    """`opened` carries the village and the place of the item of a cell that was pressed; -1 stands for single deeds,
    -2 for the village as a whole.
    """

    opened = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 0, parent)
        self.month: Month | None = None
        self.setAccessibleName("各村（居）的名次和得分")
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setItemDelegateForColumn(TOTAL, _BarPainter(self))
        self.cellActivated.connect(self._open)
        self.cellDoubleClicked.connect(self._open)

    def show_month(self, month: Month, village: str = "村（居）") -> None:
        """Show a month, the first village first; the cell that was current stays current.

        `village` is what the office calls its villages.
        """
        row, column = max(0, self.currentRow()), max(TOTAL, self.currentColumn())
        self.month = month
        titles = ["名次", "比上月", village, "总分"]
        titles += [f"{i.title}\n满分 {number(i.scale.weight)}" for i in month.items]
        titles.append("加减分")
        self.setColumnCount(len(titles))
        self.setHorizontalHeaderLabels(titles)
        self.setRowCount(len(month.marked))
        whole = sum(float(i.scale.weight) for i in month.items) + float(month.bonus)
        for line, each in enumerate(month.marked):
            total = "—" if each.total is None else number(each.total)
            told = [str(each.rank or "—"), movement_words(each.movement), month.names[each.village], total]
            told += [mark_words(v, m) for v, m in zip(each.values, each.marks, strict=True)]
            told.append(number(each.bonus) if month.deeds.get(each.village) else "—")
            for place, text in enumerate(told):
                item = QTableWidgetItem(text)
                if place != VILLAGE:
                    item.setTextAlignment(_RIGHT if place > VILLAGE else Qt.AlignmentFlag.AlignCenter)
                if place == TOTAL and each.total is not None:
                    item.setData(_SHARE, max(0.0, float(each.total)) / whole if whole else 0.0)
                if place >= FIRST_ITEM:
                    item.setToolTip("按回车或双击，看它背后的记录")
                self.setItem(line, place, item)
        heading = self.horizontalHeader()
        heading.setFixedHeight(44)
        for place in (RANK, MOVED, VILLAGE):
            heading.setSectionResizeMode(place, QHeaderView.ResizeMode.ResizeToContents)
        for place in range(TOTAL, len(titles)):
            heading.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        if self.rowCount():
            self.setCurrentCell(min(row, self.rowCount() - 1), min(column, len(titles) - 1))

    def _open(self, row: int, column: int) -> None:
        if self.month is None:
            return
        place = column - FIRST_ITEM if column >= FIRST_ITEM else -2
        if place == len(self.month.items):
            place = -1
        self.opened.emit(self.month.marked[row].village, place)
