"""What a chip says on a click: value, how it is computed, last year, records; and the ways to write it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from zhengui.catalogue.wording import Chip, chips
from zhengui.gui.kit import icons
from zhengui.gui.kit.labels import button, label
from zhengui.gui.kit.plain import plain
from zhengui.gui.kit.popover import Popover

if TYPE_CHECKING:
    from zhengui.services.counting.chips_of import ChipFacts

WIDTH, ROW, ROWS = 300, 28, 9


class ChipCard(Popover):
    """`chosen` carries the chip that takes the place of this one."""

    chosen = Signal(str)
    source_asked = Signal(str)
    removed = Signal()

    def __init__(self, window: QWidget, code: str, facts: ChipFacts, editable: bool) -> None:
        super().__init__(window)
        self._chip: Chip = chips(code)[0]
        top = QHBoxLayout()
        name = label(facts.title, self, "h2", wrap=True)
        name.setMinimumWidth(WIDTH - 110)
        top.addWidget(name, 1)
        top.addWidget(label(facts.printed if len(facts.printed) < 14 else "", self, "h2"))
        self.column.addLayout(top)
        if len(facts.printed) >= 14:
            self.column.addWidget(self._told(facts.printed))
        self.column.addWidget(self._told(facts.how, "cap"))
        if facts.reason:
            self.column.addWidget(self._told(facts.reason, "chk"))
        self._facts(facts)
        self.column.addWidget(self._rule())
        self.column.addLayout(self._deeds(editable, bool(facts.choices)))
        self.choices = QListWidget(self)
        self.choices.setAccessibleName("这个数的写法")
        self.choices.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.choices.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.choices.itemClicked.connect(self._choose)
        self.choices.itemActivated.connect(self._choose)
        self._fill(facts)
        self.column.addWidget(self.choices)
        self.choices.hide()

    def _told(self, text: str, role: str = "sec") -> QLabel:
        made = label(text, self, role, wrap=True)
        made.setMinimumWidth(WIDTH)
        made.setMaximumWidth(WIDTH)
        return made

    def _rule(self) -> QFrame:
        made = QFrame(self)
        made.setObjectName("hline")
        return made

    def _facts(self, facts: ChipFacts) -> None:
        row = QHBoxLayout()
        before = f"上年 {facts.before}" if facts.before else facts.period
        row.addWidget(label(f"{before}，{facts.change}" if facts.change else before, self, "cap"))
        row.addStretch(1)
        row.addWidget(label(f"{facts.records} 条记录", self, "cap"))
        self.column.addLayout(row)

    def _deeds(self, editable: bool, writable: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        records = button("看记录", self, "link")
        records.setIcon(icons.icon("grid", 16, "act"))
        records.clicked.connect(self._go)
        row.addWidget(records)
        if editable:
            if writable or self._chip.part:
                rewrite = button("改写法", self, "link")
                rewrite.setIcon(icons.icon("edit", 16, "act"))
                rewrite.clicked.connect(self.show_choices)
                row.addWidget(rewrite)
            remove = button("删去", self, "link")
            remove.setIcon(icons.icon("delete", 16, "act"))
            remove.clicked.connect(self._remove)
            row.addWidget(remove)
        row.addStretch(1)
        return row

    def _fill(self, facts: ChipFacts) -> None:
        """The displays with their results, then what else can be told of the figure."""
        if self._chip.is_claim:
            return
        for choice in facts.choices:
            shown = f"|{choice.code}" if choice.code else ""
            self._add(choice.title, choice.preview, f"{{{self._chip.key}{shown}}}")
        for choice in facts.others:
            self._add(choice.title, choice.preview or "（空）", choice.code)

    def _add(self, title: str, preview: str, code: str) -> None:
        item = QListWidgetItem(f"{title}　{preview}")
        item.setToolTip(plain(preview))
        item.setSizeHint(QSize(0, ROW))
        item.setData(Qt.ItemDataRole.UserRole, code)
        if code == self._chip.text:
            item.setIcon(icons.icon("checkmark", 16, "act"))
        self.choices.addItem(item)

    def show_choices(self) -> None:
        """Unfold the list of ways to write the figure."""
        self.choices.setFixedHeight(min(ROWS, self.choices.count()) * ROW + 4)
        self.choices.show()
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.activate()
        self.adjustSize()
        host = self.host()
        self.move(self.x(), max(0, min(self.y(), host.height() - self.height())))
        self.choices.setCurrentRow(0)
        self.choices.setFocus()

    def _choose(self, item: QListWidgetItem) -> None:
        self.hide()
        self.chosen.emit(str(item.data(Qt.ItemDataRole.UserRole)))

    def _go(self) -> None:
        self.hide()
        self.source_asked.emit(self._chip.source)

    def _remove(self) -> None:
        self.hide()
        self.removed.emit()
