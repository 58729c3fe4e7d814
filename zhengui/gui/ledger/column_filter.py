"""The panel under a column's funnel: ticks for choices, words for text, from and to for numbers and days."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QWidget

from zhengui.catalogue.model import Field, FieldType
from zhengui.gui.kit.labels import button, label
from zhengui.gui.kit.popover import Popover
from zhengui.gui.kit.style import mark
from zhengui.values.lookup import Lookup
from zhengui.values.parse import ValueMistake, parse
from zhengui.values.value import Value

WIDTH, ROW, MOST = 236, 28, 9
#: Registers short enough to be ticked; the others are searched by name.
SPANNED = (
    FieldType.INTEGER,
    FieldType.DECIMAL,
    FieldType.MONEY,
    FieldType.DATE,
    FieldType.MONTH,
    FieldType.YEAR,
)


@dataclass(frozen=True, slots=True)
class WantedValues:
    """What a column must hold: one of some values, a piece of text, a span, or nothing at all."""

    values: tuple[Value, ...] = ()
    contains: str = ""
    low: Value = None
    high: Value = None
    empty: bool = False
    words: str = ""

    @property
    def asks(self) -> bool:
        """Whether it leaves out anything."""
        return (
            bool(self.values or self.contains or self.empty) or self.low is not None or self.high is not None
        )


class ColumnFilter(Popover):
    """`wanted` carries a `WantedValues`; one that asks nothing clears the column's filter."""

    wanted = Signal(object)
    sorted = Signal(bool)  # descending

    def __init__(
        self,
        window: QWidget,
        field: Field,
        now: WantedValues | None,
        lookup: Lookup,
        today: Callable[[], date],
        choices: Sequence[tuple[Value, str]] = (),
        year: int | None = None,
    ) -> None:
        super().__init__(window)
        self._year = year
        self._field, self._lookup, self._today = field, lookup, today
        self._list: QListWidget | None = None
        self._fields: list[QLineEdit] = []
        now = now or WantedValues()
        self._add_sorting()
        if choices:
            self._add_ticks(choices, now)
        elif field.type in SPANNED:
            self._add_span(now)
        else:
            self._add_text(now)
        self._empty = QCheckBox("只看没填的", self)
        self._empty.setChecked(now.empty)
        self.column.addWidget(self._empty)
        self._mistake = label("", self, "err", wrap=True)
        self._mistake.setFixedWidth(WIDTH)
        self._mistake.hide()
        self.column.addWidget(self._mistake)
        self._add_buttons()

    def _add_sorting(self) -> None:
        row = QHBoxLayout()
        kind = self._field.type
        up, down = (
            ("从早到晚", "从晚到早")
            if kind in (FieldType.DATE, FieldType.MONTH)
            else ("从小到大", "从大到小")
        )
        for text, descending in ((up, False), (down, True)):
            made = button(text, self, "ghost", "s")
            made.clicked.connect(lambda _checked=False, descending=descending: self._sort(descending))
            row.addWidget(made)
        row.addStretch(1)
        self.column.addLayout(row)

    def _add_ticks(self, choices: Sequence[tuple[Value, str]], now: WantedValues) -> None:
        self._list = QListWidget(self)
        self._list.setAccessibleName(self._field.title)
        self._list.setUniformItemSizes(True)
        self._list.setFixedSize(WIDTH, min(MOST, len(choices)) * ROW + 4)
        for value, text in choices:
            item = QListWidgetItem(text, self._list)
            item.setData(Qt.ItemDataRole.UserRole, value)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            ticked = value in now.values
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        self._list.itemActivated.connect(lambda _item: self._take())
        self.column.addWidget(self._list)

    def _add_span(self, now: WantedValues) -> None:
        row = QHBoxLayout()
        for text, value in (("从", now.low), ("到", now.high)):
            field = self._line(f"{self._field.title}{text}", _typed(self._field, value))
            field.setFixedWidth((WIDTH - 60) // 2 + 12)
            row.addWidget(label(text, self, "fld"))
            row.addWidget(field)
        self.column.addLayout(row)

    def _add_text(self, now: WantedValues) -> None:
        field = self._line(f"{self._field.title}包含", now.contains)
        field.setPlaceholderText("包含的文字")
        field.setFixedWidth(WIDTH)
        self.column.addWidget(field)

    def _line(self, name: str, text: str) -> QLineEdit:
        made = QLineEdit(text, self)
        made.setAccessibleName(name)
        made.returnPressed.connect(self._take)
        self._fields.append(made)
        return made

    def _add_buttons(self) -> None:
        row = QHBoxLayout()
        clear, use = button("清除筛选", self), button("筛选", self, "primary")
        clear.clicked.connect(self._clear)
        use.clicked.connect(self._take)
        row.addWidget(clear)
        row.addStretch(1)
        row.addWidget(use)
        self.column.addLayout(row)

    def focus_first(self) -> None:
        target: QWidget = self._list or (self._fields[0] if self._fields else self._empty)
        target.setFocus(Qt.FocusReason.PopupFocusReason)
        if self._list is not None:
            self._list.setCurrentRow(0)

    def _sort(self, descending: bool) -> None:
        self.hide()
        self.sorted.emit(descending)

    def _clear(self) -> None:
        self.hide()
        self.wanted.emit(WantedValues())

    def _take(self) -> None:
        try:
            found = self._read()
        except ValueMistake as mistake:
            self._mistake.setText(mistake.message)
            self._mistake.show()
            self.adjustSize()
            return
        self.hide()
        self.wanted.emit(found)

    def _read(self) -> WantedValues:
        title = self._field.title
        if self._empty.isChecked():
            return WantedValues(empty=True, words=f"{title}没填")
        if self._list is not None:
            items = [self._list.item(n) for n in range(self._list.count())]
            ticked = [i for i in items if i.checkState() is Qt.CheckState.Checked]
            values = tuple(i.data(Qt.ItemDataRole.UserRole) for i in ticked)
            return WantedValues(
                values=values, words=f"{title}为{'、'.join(i.text().partition('　')[0] for i in ticked)}"
            )
        if self._field.type in SPANNED:
            low, high = (self._parsed(field) for field in self._fields)
            lead, end = (field.text().strip() for field in self._fields)
            return WantedValues(
                low=low,
                high=high,
                words=f"{title}{'从 ' + lead if lead else ''}{' 到 ' + end if end else ''}",
            )
        text = self._fields[0].text().strip()
        return WantedValues(contains=text, words=f"{title}包含“{text}”")

    def _parsed(self, field: QLineEdit) -> Value:
        mark(field, look="")
        try:
            return parse(self._field, field.text(), self._lookup, self._today(), self._year)
        except ValueMistake:
            mark(field, look="error")
            raise


def _typed(field: Field, value: Value) -> str:
    from zhengui.values.show import show

    return "" if value is None else show(field, value)
