"""The page of the import that matches columns with fields, and has bad values decided once for all their rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from zhengui.catalogue.model import FieldType
from zhengui.gui.kit.labels import label
from zhengui.gui.kit.plain import plain
from zhengui.services.entry.incoming import LEAVE, BadValue, ImportPreview, shown_examples
from zhengui.services.entry.preview_words import rows_in_words

#: So many groups of values are listed.
MOST_VALUES = 60
NOTHING = "不导入此列"
_CHOOSE = "请选择或填写…"
LEAVE_WORDS = "不导入这些行"


class ColumnChoice(QComboBox):
    """A list that the wheel turns only while it is ringed, so that scrolling past changes nothing."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class ColumnsPage(QWidget):
    """Which column is which field, what stands in fields without one, and what is read for texts that can't be."""

    changed = Signal()

    def __init__(self, parent: QWidget, choices: Callable[[str], Sequence[str]]) -> None:
        super().__init__(parent)
        self._choices = choices
        self._fields: dict[str, ColumnChoice] = {}
        self._fixed: dict[str, ColumnChoice] = {}
        self._values: dict[tuple[str, str], tuple[ColumnChoice | None, QWidget]] = {}
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

    def begin(self, preview: ImportPreview) -> None:
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

    def _add_columns(self, preview: ImportPreview) -> None:
        grid = self._grids[0]
        for place, words in enumerate(("文件中的列", "前几行的内容", "导入到", "依据")):
            grid.addWidget(label(words, self, "cap"), 0, place)
        fields = [f for f in preview.ledger.live_fields if f.type is not FieldType.ATTACHMENT]
        for row, match in enumerate(preview.columns, 1):
            box = ColumnChoice(self)
            box.setAccessibleName(f"“{match.title}”导入到")
            box.setMinimumWidth(190)
            box.addItem(NOTHING, "")
            for field in fields:
                box.addItem(field.title + (" *" if field.required else ""), field.key)
            box.setCurrentIndex(max(0, box.findData(match.field)))
            box.activated.connect(lambda _index: self.changed.emit())
            self._fields[match.title] = box
            grid.addWidget(cut(match.title, 20, self), row, 0)
            grid.addWidget(cut(shown_examples(match), 30, self), row, 1)
            grid.addWidget(box, row, 2)
            grid.addWidget(label(str(match.ground), self, "sec"), row, 3)
        grid.setColumnMinimumWidth(1, 300)
        grid.setColumnStretch(4, 1)

    def show_preview(self, preview: ImportPreview) -> None:
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
        grid.addWidget(cut(f"{bad.field.title}：{bad.shown}", 26, self), row, 0)
        grid.addWidget(label(f"第 {rows_in_words(bad.rows)} 行", self, "sec"), row, 1)
        state = label("待处理", self, "chk")
        box: ColumnChoice | None = None
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
        grid.setColumnStretch(4, 1)
        self._values[bad.field.key, bad.text] = (box, state)

    def _editable(self, name: str, words: Sequence[str]) -> ColumnChoice:
        return choice_of_texts(self, name, words, self.changed.emit)

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


def choice_of_texts(
    parent: QWidget, name: str, words: Sequence[str], changed: Callable[[], None]
) -> ColumnChoice:
    """A list of texts that takes others as well, empty at first; `changed` is called once one is chosen or typed."""
    box = ColumnChoice(parent)
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.setMinimumWidth(190)
    box.setAccessibleName(name)
    box.addItems(list(words))
    box.setCurrentIndex(-1)
    box.setCurrentText("")
    line(box).setPlaceholderText(_CHOOSE)
    line(box).setAccessibleName(name)
    line(box).editingFinished.connect(changed)
    box.activated.connect(lambda _index: changed())
    return box


def line(box: QComboBox) -> QLineEdit:
    """What is typed in, in a list that takes other texts as well."""
    found = box.lineEdit()
    assert found is not None
    return found


def cut(text: str, most: int, parent: QWidget) -> QWidget:
    """A text in a line of a grid, whole in its tip."""
    made = label(text if len(text) <= most else text[: most - 1] + "…", parent)
    if len(text) > most:
        made.setToolTip(plain(text))
    return made
