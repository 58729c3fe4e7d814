"""The pages of the import: sheets and heading, columns and values, what will happen, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from zhengui.gui.kit.dialogs import label
from zhengui.gui.kit.plain import plain
from zhengui.gui.kit.style import colour, font, size
from zhengui.services.entry.incoming import LEAVE, BadValue, Deed, Preview, shown_examples
from zhengui.services.entry.preview_words import Line, rows_in_words
from zhengui.services.entry.read_sources import Picked, SheetLook, best_sheet

#: So many rows of a sheet are shown, so many groups of values and rows listed.
_ROWS, MOST_VALUES, MOST_LINES = 14, 60, 1000
_NOTHING = "不导入此列"
_CHOOSE = "请选择或填写…"
LEAVE_WORDS = "不导入这些行"


class Choice(QComboBox):
    """A list that the wheel turns only while it is ringed, so that scrolling past changes nothing."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


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
        made.setFixedWidth(76)
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


class ColumnsPage(QWidget):
    """Which column is which field, what stands in fields without one, and what is read for texts that can't be."""

    changed = Signal()

    def __init__(self, parent: QWidget, choices: Callable[[str], Sequence[str]]) -> None:
        super().__init__(parent)
        self._choices = choices
        self._fields: dict[str, Choice] = {}
        self._fixed: dict[str, Choice] = {}
        self._values: dict[tuple[str, str], tuple[Choice | None, QWidget]] = {}
        self._grids = [QGridLayout(), QGridLayout(), QGridLayout()]
        self._heads = [label(text, self, "h2") for text in ("列的对应", "表里没有的必填项", "需要您决定的值")]
        self._hints = [label("", self, "cap") for _head in self._heads]
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        for head, hint, grid in zip(self._heads, self._hints, self._grids, strict=True):
            line = QHBoxLayout()
            line.addWidget(head)
            line.addWidget(hint)
            line.addStretch(1)
            whole.addLayout(line)
            grid.setHorizontalSpacing(12)
            grid.setVerticalSpacing(3)
            whole.addLayout(grid)
        whole.addStretch(1)

    def begin(self, preview: Preview) -> None:
        """Show the columns anew."""
        for grid in self._grids:
            while (item := grid.takeAt(0)) is not None:
                widget = item.widget()
                if widget is not None:
                    widget.hide()
                    widget.deleteLater()
        self._fields, self._fixed, self._values = {}, {}, {}
        self._add_columns(preview)
        self.show_preview(preview)

    def _add_columns(self, preview: Preview) -> None:
        grid = self._grids[0]
        for place, words in enumerate(("文件中的列", "前几行的内容", "导入到", "依据")):
            grid.addWidget(label(words, self, "cap"), 0, place)
        fields = [f for f in preview.ledger.live_fields if f.type != "attachment"]
        for row, match in enumerate(preview.columns, 1):
            box = Choice(self)
            box.setAccessibleName(f"“{match.title}”导入到")
            box.setMinimumWidth(190)
            box.addItem(_NOTHING, "")
            for field in fields:
                box.addItem(field.title + (" *" if field.required else ""), field.key)
            box.setCurrentIndex(max(0, box.findData(match.field)))
            box.activated.connect(lambda _index: self.changed.emit())
            self._fields[match.title] = box
            grid.addWidget(_cut(match.title, 20, self), row, 0)
            grid.addWidget(_cut(shown_examples(match), 30, self), row, 1)
            grid.addWidget(box, row, 2)
            grid.addWidget(label(str(match.ground), self, "sec"), row, 3)
        grid.setColumnStretch(1, 1)

    def show_preview(self, preview: Preview) -> None:
        """Show what has to be decided now; what was decided stays in sight."""
        taken = sum(bool(box.currentData()) for box in self._fields.values())
        self._hints[0].setText(
            f"{len(self._fields)} 列，已配好 {taken} 列，{len(self._fields) - taken} 列不导入"
        )
        for field in preview.lacking:
            if field.key not in self._fixed:
                self._add_fixed(field.key, field.title)
        for bad in preview.bad_values:
            key = (bad.field.key, bad.text)
            if key not in self._values and len(self._values) < MOST_VALUES:
                self._add_value(bad)
        bad_now = {(bad.field.key, bad.text) for bad in preview.bad_values}
        open_count = 0
        for key, (box, state) in self._values.items():
            waits = key in bad_now
            open_count += waits
            words = "已配好" if not waits else "不能导入" if box is None else "待处理"
            state.setProperty("role", "sec" if not waits else "chk" if box is not None else "err")
            state.style().polish(state)
            state.setText(words)  # type: ignore[attr-defined]
        more = len(preview.bad_values) - open_count
        told = (
            f"同样的值只问一次；还有 {open_count} 种待处理"
            if open_count
            else "都配好了"
            if self._values
            else ""
        )
        self._hints[2].setText(told + (f"，另有 {more} 种没有列出" if more > 0 else ""))
        for place, rows in ((1, self._fixed), (2, self._values)):
            self._heads[place].setVisible(bool(rows))
            self._hints[place].setVisible(bool(rows))

    def _add_fixed(self, key: str, title: str) -> None:
        row = self._grids[1].rowCount()
        box = self._editable(f"所有行的{title}", self._choices(key))
        self._fixed[key] = box
        self._grids[1].addWidget(label(f"{title} *", self), row, 0)
        self._grids[1].addWidget(label("所有行都填", self, "sec"), row, 1)
        self._grids[1].addWidget(box, row, 2)
        self._grids[1].setColumnStretch(3, 1)

    def _add_value(self, bad: BadValue) -> None:
        grid = self._grids[2]
        row = grid.rowCount()
        grid.addWidget(_cut(f"{bad.field.title}：{bad.shown}", 26, self), row, 0)
        grid.addWidget(label(f"第 {rows_in_words(bad.rows)} 行", self, "sec"), row, 1)
        state = label("待处理", self, "chk")
        box: Choice | None = None
        if bad.lost:
            told = label(bad.message, self, "cap", wrap=True)
            told.setMinimumWidth(260)
            grid.addWidget(told, row, 2)
        else:
            box = self._editable(f"“{bad.shown}”改为", [LEAVE_WORDS, *self._choices(bad.field.key)])
            box.setToolTip(plain(bad.message))
            if bad.suggestion:
                line(box).setPlaceholderText(f"是“{bad.suggestion}”吗？")
            grid.addWidget(box, row, 2)
        grid.addWidget(state, row, 3)
        grid.setColumnStretch(1, 1)
        self._values[bad.field.key, bad.text] = (box, state)

    def _editable(self, name: str, words: Sequence[str]) -> Choice:
        box = Choice(self)
        box.setEditable(True)
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        box.setMinimumWidth(190)
        box.setAccessibleName(name)
        box.addItems(list(words))
        box.setCurrentIndex(-1)
        box.setCurrentText("")
        line(box).setPlaceholderText(_CHOOSE)
        line(box).setAccessibleName(name)
        line(box).editingFinished.connect(self.changed.emit)
        box.activated.connect(lambda _index: self.changed.emit())
        return box

    def columns(self) -> dict[str, str]:
        """The chosen field of each column, "" for one that stays out."""
        return {title: str(box.currentData() or "") for title, box in self._fields.items()}

    def fixed(self) -> dict[str, str]:
        """The texts for fields without a column."""
        return {key: text for key, box in self._fixed.items() if (text := box.currentText().strip())}

    def values(self, remembered: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
        """What is read for texts, those remembered before included."""
        found = {key: dict(texts) for key, texts in remembered.items()}
        for (key, text), (box, _state) in self._values.items():
            told = box.currentText().strip() if box is not None else ""
            if told:
                found.setdefault(key, {})[text] = LEAVE if told == LEAVE_WORDS else told
            elif text in found.get(key, {}):
                del found[key][text]
        return found


def line(box: QComboBox) -> QLineEdit:
    """What is typed in, in a list that takes other texts as well."""
    found = box.lineEdit()
    assert found is not None
    return found


def _cut(text: str, most: int, parent: QWidget) -> QWidget:
    """A text in a line of a grid, whole in its tip."""
    made = label(text if len(text) <= most else text[: most - 1] + "…", parent)
    if len(text) > most:
        made.setToolTip(plain(text))
    return made


class RowsPage(QWidget):
    """Row by row what will happen: new, changed from what to what, left as it is, or refused and why."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._lines: Sequence[Line] = ()
        self.update_known = QCheckBox("已经登记过的按表里的改（空白的格不改）", self)
        self.update_known.setChecked(True)
        self.again = QCheckBox("每一格都相同的也照样新增", self)
        self.only = Choice(self)
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

    def show_lines(self, preview: Preview, lines: Sequence[Line]) -> None:
        """Show the rows of a preview."""
        self._lines = lines
        before = self.only.currentData()
        self.only.clear()
        self.only.addItem(f"全部 {len(lines)} 行", "")
        for deed in Deed:
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
                if line.deed is Deed.REFUSED and column in (1, 3):
                    item.setForeground(colour("over"))
                self.table.setItem(row, column, item)
