"""Pages of the import: where the sheets have their headings, and what will happen row by row."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from zhengui.gui.kit.labels import label
from zhengui.gui.kit.plain import plain
from zhengui.gui.kit.style import colour, font, size
from zhengui.gui.ledger.import_columns import ColumnChoice
from zhengui.services.entry.incoming import ImportPreview, RowDeed
from zhengui.services.entry.preview_words import PreviewLine
from zhengui.services.entry.read_sources import Picked, SheetLook, best_sheet

#: So many rows of a sheet are shown, and of an import listed.
_ROWS, MOST_LINES = 14, 1000
#: So many remarks stand under the rows.
_TOLD = 3


def _table(parent: QWidget, name: str) -> QTableWidget:
    made = QTableWidget(parent)
    made.setAccessibleName(name)
    made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    made.setTabKeyNavigation(False)
    made.setWordWrap(False)
    made.verticalHeader().setDefaultSectionSize(size("row"))
    made.horizontalHeader().setHighlightSections(False)
    return made


class HeadingPage(QWidget):
    """Which sheets are read, and in which rows the chosen one has its heading."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._looks: Sequence[SheetLook] = ()
        self._headings: dict[str, tuple[int, int]] = {}
        self.sheets = QListWidget(self)
        self.sheets.setAccessibleName("工作表")
        self.sheets.setFixedWidth(230)
        self.sheets.currentRowChanged.connect(lambda _row: self._show())
        self.first, self.last = self._spin("表头从第几行"), self._spin("表头到第几行")
        self.rows = _table(self, "表格的前几行")
        self.fill = QCheckBox("合并单元格的文字填到它占的每一行（数和日期不填）", self)
        self.hidden = QCheckBox("隐藏的行也导入", self)
        for box in (self.fill, self.hidden):
            box.setChecked(True)
        line = QHBoxLayout()
        for part in (
            label("表头从第", self),
            self.first,
            label("行到第", self),
            self.last,
            label("行", self),
        ):
            line.addWidget(part)
        line.addStretch(1)
        right = QVBoxLayout()
        right.addLayout(line)
        right.addWidget(self.rows, 1)
        right.addWidget(self.fill)
        right.addWidget(self.hidden)
        left = QVBoxLayout()
        left.addWidget(label("打勾的工作表会导入", self, "sec"))
        left.addWidget(self.sheets, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(left)
        whole.addLayout(right, 1)

    def _spin(self, name: str) -> QSpinBox:
        made = QSpinBox(self)
        made.setRange(1, 9999)
        made.setFixedWidth(64)
        made.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        made.setAccessibleName(name)
        made.valueChanged.connect(lambda _row: self._move())
        return made

    def show_looks(self, looks: Sequence[SheetLook]) -> None:
        """List the sheets, the one that fits best ticked and shown."""
        self._looks = looks
        self._headings = {look.name: (look.heading.first, look.heading.last) for look in looks}
        best = best_sheet(looks)
        self.sheets.clear()
        for look in looks:
            hidden = "（隐藏）" if look.hidden else ""
            item = QListWidgetItem(f"{look.name}{hidden}　{look.height} 行")
            item.setToolTip(plain(look.name))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if look is best else Qt.CheckState.Unchecked)
            self.sheets.addItem(item)
        self.sheets.setCurrentRow(list(looks).index(best))
        self.fill.setVisible(any(_merged_below(look) for look in looks))
        self.hidden.setVisible(any(look.hidden_rows for look in looks))

    @property
    def plain_sailing(self) -> bool:
        """Whether there is nothing to decide here: one sheet that fits, nothing merged or hidden in its rows."""
        shown = [look for look in self._looks if not look.hidden]
        return len(shown) == 1 and shown[0].fit > 1 and self.fill.isHidden() and self.hidden.isHidden()

    def picked(self) -> list[Picked]:
        """The ticked sheets with the rows of their headings."""
        chosen: list[Picked] = []
        for row, look in enumerate(self._looks):
            item = self.sheets.item(row)
            if item is not None and item.checkState() is Qt.CheckState.Checked:
                chosen.append((look.name, self._headings[look.name]))
        return chosen

    def _current(self) -> SheetLook | None:
        row = self.sheets.currentRow()
        return self._looks[row] if 0 <= row < len(self._looks) else None

    def _show(self) -> None:
        look = self._current()
        if look is None:
            return
        first, last = self._headings[look.name]
        for spin, value in ((self.first, first), (self.last, last)):
            spin.blockSignals(True)
            spin.setValue(value)
            spin.blockSignals(False)
        shown = look.rows[:_ROWS]
        width = max((len(cells) for _number, cells in shown), default=0)
        self.rows.setColumnCount(width)
        self.rows.setRowCount(len(shown))
        self.rows.setHorizontalHeaderLabels(["" for _column in range(width)])
        self.rows.setVerticalHeaderLabels([str(number) for number, _cells in shown])
        for row, (_number, cells) in enumerate(shown):
            for place, cell in enumerate(cells):
                self.rows.setItem(row, place, QTableWidgetItem(_short(cell)))
        self._mark()

    def _move(self) -> None:
        look = self._current()
        if look is not None:
            first = self.first.value()
            last = min(max(first, self.last.value()), first + 4)
            if last != self.last.value():
                self.last.setValue(last)
            self._headings[look.name] = (first, last)
            self._mark()

    def _mark(self) -> None:
        """Light the heading."""
        look = self._current()
        if look is None:
            return
        first, last = self._headings[look.name]
        for row, (number, cells) in enumerate(look.rows[:_ROWS]):
            inside = first <= number <= last
            for place in range(len(cells)):
                item = self.rows.item(row, place)
                if item is not None:
                    item.setFont(font("body", inside))
                    item.setBackground(colour("actbg") if inside else QColor(Qt.GlobalColor.transparent))


def _merged_below(look: SheetLook) -> bool:
    return any(top > look.heading.last and bottom > top for top, bottom, _l, _r in look.merged)


def _short(cell: object) -> str:
    text = " ".join(str(cell).removesuffix(" 00:00:00").split())
    return text.removesuffix(".0") if isinstance(cell, float) else text[:60]


class RowsPage(QWidget):
    """Row by row what will happen: new, changed from what to what, left as it is, or refused and why."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._lines: Sequence[PreviewLine] = ()
        self.update_known = QCheckBox("已经登记过的按表里的改（空白的格不改）", self)
        self.update_known.setChecked(True)
        self.again = QCheckBox("每一格都相同的也照样新增", self)
        self.only = ColumnChoice(self)
        self.only.setAccessibleName("只看")
        self.only.setMinimumWidth(150)
        self.only.activated.connect(lambda _index: self._fill())
        for box in (self.update_known, self.again):
            box.clicked.connect(lambda _on: self.changed.emit())
        self.table = _table(self, "将会怎样")
        self.table.setColumnCount(4)
        self.table.setHorizontalHeaderLabels(["行", "将会", "哪一条", "改动或原因"])
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setStretchLastSection(True)
        for column, width in enumerate((110, 90, 250)):
            self.table.setColumnWidth(column, width)
        line = QHBoxLayout()
        for part in (label("只看", self, "sec"), self.only):
            line.addWidget(part)
        line.addStretch(1)
        line.addWidget(self.update_known)
        line.addWidget(self.again)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(line)
        whole.addWidget(self.table, 1)
        self.told = label("", self, "sec", wrap=True)
        whole.addWidget(self.told)

    def show_lines(self, preview: ImportPreview, lines: Sequence[PreviewLine]) -> None:
        """Show the rows of a preview, and under them what of the sheet is taken in another way than it stands."""
        told = preview.remarks
        more = f"（另有 {len(told) - _TOLD} 处，完成后列出）" if len(told) > _TOLD else ""
        self.told.setText("\n".join(told[:_TOLD]) + more)
        self.told.setToolTip(plain("\n".join(told)))
        self.told.setVisible(bool(told))
        self._lines = lines
        before = self.only.currentData()
        self.only.clear()
        self.only.addItem(f"全部 {len(lines)} 行", "")
        for deed in RowDeed:
            if preview.count(deed):
                self.only.addItem(f"{deed} {preview.count(deed)} 行", str(deed))
        self.only.setCurrentIndex(max(0, self.only.findData(before)))
        self._fill()

    def _fill(self) -> None:
        wanted = self.only.currentData()
        shown = [line for line in self._lines if not wanted or line.deed == wanted][:MOST_LINES]
        self.table.setRowCount(len(shown))
        for row, line in enumerate(shown):
            for column, text in enumerate((line.place, str(line.deed), line.label, line.told)):
                item = QTableWidgetItem(text)
                item.setToolTip(plain(text))
                if line.deed is RowDeed.REFUSED and column in (1, 3):
                    item.setForeground(colour("over"))
                self.table.setItem(row, column, item)
