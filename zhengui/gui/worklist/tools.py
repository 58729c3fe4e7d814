"""The bar over the worklist: which ledger, department, leader, only what is overdue; which view; what to print."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QPushButton, QWidget

from zhengui.gui.desk.tabs import inner_titles
from zhengui.gui.kit import icons
from zhengui.gui.kit.allowing import allow
from zhengui.gui.kit.labels import button
from zhengui.gui.kit.plain import plain
from zhengui.gui.kit.segment import Segment
from zhengui.gui.kit.style import size
from zhengui.services.loops.list_items import LoopItem

VIEWS = tuple(inner_titles("worklist"))


class WorkTools(QFrame):
    """Tells what was asked by signals; `wanted` says whether an item is to be shown."""

    changed = Signal()
    view_chosen = Signal(int)
    step_asked = Signal()
    more_asked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self.setFixedHeight(size("tool_bar"))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(8)
        self.ledger = self._choice("台账", "全部台账", row)
        self.department = self._choice("责任部门", "全部部门", row)
        self.person = self._choice("牵头领导、责任人", "全部人员", row)
        self.late = button("只看逾期", self)
        self.late.setCheckable(True)
        self.late.setIcon(icons.icon("clock"))
        self.late.toggled.connect(lambda _on: self.changed.emit())
        row.addWidget(self.late)
        row.addStretch(1)
        self.views = Segment(VIEWS, self, "怎样看")
        self.views.chosen.connect(self.view_chosen)
        row.addWidget(self.views)
        self.step = button("办理", self, "primary")
        self.step.setToolTip("办理选中事项的下一步（Ctrl+J、Ctrl+→），退回用 Ctrl+←")
        self.step.clicked.connect(lambda: self.step_asked.emit())
        row.addWidget(self.step)
        self.more: QPushButton = button("", self, "icon")
        self.more.setIcon(icons.icon("more_horizontal"))
        self.more.setAccessibleName("更多")
        self.more.setToolTip("更多")
        self.more.clicked.connect(lambda: self.more_asked.emit(self.more))
        row.addWidget(self.more)

    def _choice(self, name: str, every: str, row: QHBoxLayout) -> QComboBox:
        made = QComboBox(self)
        made.setAccessibleName(name)
        made.setToolTip(plain(name))
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        made.setMaximumWidth(150)
        made.addItem(every, "")
        made.currentIndexChanged.connect(lambda _at: self.changed.emit())
        row.addWidget(made)
        return made

    def show_ledgers(self, ledgers: Sequence[tuple[str, str]]) -> None:
        """Offer ledgers as (key, title), or several as (their keys with commas, title); what was chosen stays."""
        _fill(self.ledger, ledgers)

    def show_items(self, items: Sequence[LoopItem]) -> None:
        """Offer the departments and people that the items have, and count what is overdue."""
        departments = sorted({item.department for item in items if item.department})
        people = sorted({name for item in items for name in (item.leader, item.responsible) if name})
        _fill(self.department, [(each, each) for each in departments])
        _fill(self.person, [(each, each) for each in people])
        late = sum(item.overdue for item in items)
        self.late.setText(f"只看逾期 {late}" if late else "只看逾期")

    def allow_items(self, allowed: bool) -> None:
        """Whether what narrows and moves items can be used: spot checks and duties have tools of their own."""
        for each in (self.ledger, self.department, self.person, self.late, self.step):
            allow(each, allowed, "抽查和包保联系有自己的按钮，在下面")

    def choose_ledger(self, key: str) -> None:
        """Show the items of one ledger, of several (their keys with commas), or of all."""
        wanted = set(key.split(","))
        places = range(self.ledger.count())
        same = (at for at in places if set(str(self.ledger.itemData(at)).split(",")) == wanted)
        self.ledger.setCurrentIndex(next(same, 0))

    def ledgers(self) -> list[str]:
        """The keys of the ledgers that are chosen; none where all are."""
        return [key for key in str(self.ledger.currentData() or "").split(",") if key]

    def wanted(self, item: LoopItem) -> bool:
        """Whether an item is to be shown."""
        ledgers, department = self.ledgers(), self.department.currentData()
        person = self.person.currentData()
        return (
            (not ledgers or item.ledger in ledgers)
            and (not department or item.department == department)
            and (not person or person in (item.leader, item.responsible))
            and (not self.late.isChecked() or item.overdue)
        )


def _fill(box: QComboBox, choices: Sequence[tuple[str, str]]) -> None:
    """Offer choices as (value, words) after the first, which stands for all."""
    chosen = box.currentData()
    box.blockSignals(True)
    while box.count() > 1:
        box.removeItem(1)
    for value, words in choices:
        box.addItem(words, value)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    box.blockSignals(False)
