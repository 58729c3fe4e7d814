"""A figure by village or by month: how many records, what they add up to, and a bar to compare them by."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from zhengui.gui.figure.words import plain_number
from zhengui.gui.kit.painted import LEFT, RIGHT, draw_text
from zhengui.gui.kit.plain import plain
from zhengui.gui.kit.row_drawing import TableRows
from zhengui.gui.kit.style import colour, size
from zhengui.services.counting.split_figure import Share

Index = QModelIndex | QPersistentModelIndex
ACROSS, BAR = 8, 14
_PART = Qt.ItemDataRole.UserRole


class _Painter(TableRows):
    """The name as a link, numbers at the right, the bar in the last column."""

    def has_keys(self, index: Index) -> bool:
        return self._rows_of.hasFocus() and self.is_lit(index) and index.column() == 0

    def draw_cell(self, painter: QPainter, rect: QRect, index: Index) -> None:
        inside = rect.adjusted(ACROSS, 0, -ACROSS, -1)
        part = index.data(_PART)
        if part is not None:
            width = round(part * inside.width())
            top = inside.center().y() - BAR // 2
            painter.fillRect(inside.left(), top, max(width, 1 if part else 0), BAR, colour("act"))
        else:
            text = str(index.data() or "")
            opens = index.column() == 0 and index.sibling(index.row(), 1).data() != "0"
            tone = "ink3" if text == "0" else "act" if opens else "ink1"
            draw_text(painter, inside, text, tone, align=RIGHT if index.column() else LEFT)


class _Told(QWidget):
    """The line under the table, like the totals of a ledger."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedHeight(size("totals"))

    def tell(self, words: str) -> None:
        """Say what all lines come to."""
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("surf2"))
        painter.fillRect(0, 0, self.width(), 1, colour("line2"))
        draw_text(painter, self.rect().adjusted(ACROSS, 0, -ACROSS, 0), self.accessibleName(), bold=True)
        painter.end()


class SplitTable(QWidget):
    """`chosen` tells the share whose records one wants to see."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shares: Sequence[Share] = ()
        self.table = QTableWidget(self)
        table = self.table
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setItemDelegate(_Painter(table))
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setFrameShape(QTableWidget.Shape.NoFrame)
        table.verticalHeader().hide()
        table.verticalHeader().setMinimumSectionSize(size("row"))
        table.verticalHeader().setDefaultSectionSize(size("row"))
        table.horizontalHeader().setHighlightSections(False)
        table.cellClicked.connect(self._clicked)
        table.cellDoubleClicked.connect(lambda row, _column: self._open(row))
        self.told = _Told(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(table, 1)
        column.addWidget(self.told)

    def show_shares(self, shares: Sequence[Share], heading: str, unit: str, noun: str, agrees: bool) -> None:
        """Show a line for each; `noun` is what they are called when counted, such as 个村（居）."""
        self._shares = shares
        first = shares[0] if shares else None
        headings = [heading, "计入的记录"]
        if first is not None and first.whole is not None:
            headings.append("作为总数的记录")
        if first is not None and first.amount is not None:
            headings.append(f"数值（{unit}）")
        table = self.table
        table.setAccessibleName(f"按{heading}")
        table.setRowCount(0)
        table.setColumnCount(len(headings) + 1)
        table.setHorizontalHeaderLabels([*headings, ""])
        table.setRowCount(len(shares))
        most = max((_weight(share) for share in shares), default=Decimal(0))
        for row, share in enumerate(shares):
            self._show_line(row, share, most)
        self._set_widths(len(headings))
        self.told.tell(self._sums(noun, unit) + ("，与指标数值一致" if agrees else ""))

    def _show_line(self, row: int, share: Share, most: Decimal) -> None:
        words = [share.title, f"{share.records}"]
        if share.whole is not None:
            words.append(f"{share.whole}")
        if share.amount is not None:
            words.append(plain_number(share.amount))
        for column, text in enumerate(words):
            item = QTableWidgetItem(text)
            item.setToolTip(plain(f"看{share.title}的 {share.records} 条记录" if share.records else ""))
            self.table.setItem(row, column, item)
        bar = QTableWidgetItem()
        bar.setData(_PART, float(max(_weight(share), Decimal(0)) / most) if most > 0 else 0.0)
        self.table.setItem(row, len(words), bar)

    def _set_widths(self, count: int) -> None:
        heading = self.table.horizontalHeader()
        heading.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for column in range(count):
            self.table.setColumnWidth(column, 180 if column == 0 else 120)
            item = self.table.horizontalHeaderItem(column)
            if item is not None:
                item.setTextAlignment(RIGHT if column else LEFT)
        heading.setSectionResizeMode(count, QHeaderView.ResizeMode.Stretch)

    def _sums(self, noun: str, unit: str) -> str:
        told = f"{len(self._shares)} {noun}，合计 {sum(share.records for share in self._shares)} 条"
        wholes = [share.whole for share in self._shares if share.whole is not None]
        if wholes:
            told += f"，作为总数的 {sum(wholes)} 条"
        amounts = [Decimal(share.amount) for share in self._shares if share.amount is not None]
        return f"{told}、{plain_number(sum(amounts, Decimal(0)))} {unit}" if amounts else told

    def _clicked(self, row: int, column: int) -> None:
        if column == 0:
            self._open(row)

    def _open(self, row: int) -> None:
        if 0 <= row < len(self._shares) and self._shares[row].records:
            self.chosen.emit(self._shares[row])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.table.currentRow())
        else:
            super().keyPressEvent(event)


def _weight(share: Share) -> Decimal:
    return Decimal(share.records if share.amount is None else share.amount)
