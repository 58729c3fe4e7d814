"""The list under the text: what to look at before issuing, and what the rules say about the pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from zhengui.gui.document.finding_rows import FINDING, FindingRows
from zhengui.gui.kit import icons, style
from zhengui.gui.kit.labels import button, label
from zhengui.gui.kit.plain import plain
from zhengui.gui.kit.segment import Segment

if TYPE_CHECKING:
    from zhengui.figures.finding import Finding
    from zhengui.reports.inspect import Verdict

REMARKS, LAYOUT = 0, 1
_PAGE = re.compile(r"第(\d+)页")


class Checks(QFrame):
    """Two lists, one at a time; each line leads to what it is about."""

    chosen = Signal(str)
    page_chosen = Signal(int)
    layout_asked = Signal()
    #: Asks for what the words at the right of a finding say.
    acted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("white")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        self.list = QListWidget(self)
        self.list.setAccessibleName("定稿前检查")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.itemClicked.connect(self._choose)
        self.list.itemActivated.connect(self._choose)
        rows = FindingRows(self.list)
        rows.acted.connect(self.acted)
        self.list.setItemDelegate(rows)
        column.addWidget(self.list, 1)
        self._findings: Sequence[Finding] | None = None
        self._verdicts: Sequence[Verdict] | None = None

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(12, 5, 16, 5)
        segment = Segment(("定稿前检查", "版面检查"), self)
        segment.chosen.connect(self._turn)
        self._tabs = segment.group
        head.addWidget(segment)
        head.addSpacing(8)
        self._told, self._more = label("", self), label("", self)
        head.addWidget(self._told)
        head.addSpacing(6)
        head.addWidget(self._more)
        head.addStretch(1)
        self._again = button("重新检查", self, "link")
        self._again.clicked.connect(self.layout_asked)
        head.addWidget(self._again)
        return head

    def forget_layout(self) -> None:
        """The pages are other ones: what the rules said of the old ones no longer holds."""
        self._verdicts = None
        if self._tabs.checkedId() == LAYOUT:
            self.layout_asked.emit()
            self._fill()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Take what was found in a document."""
        self._findings = findings
        if self._tabs.checkedId() == REMARKS:
            self._fill()

    def go_on(self) -> None:
        """Lead to the next finding."""
        if self._tabs.checkedId() == REMARKS and self.list.count():
            self.list.setCurrentRow((self.list.currentRow() + 1) % self.list.count())
            self._choose(self.list.item(self.list.currentRow()))

    def show_verdicts(self, verdicts: Sequence[Verdict]) -> None:
        """Take what the rules say, broken ones first, and show them."""
        self._verdicts = sorted(verdicts, key=lambda verdict: verdict.ok)
        self._tabs.button(LAYOUT).setChecked(True)
        self._fill()

    def _turn(self, number: int) -> None:
        if number == LAYOUT and self._verdicts is None:
            self.layout_asked.emit()
        self._fill()

    def _fill(self) -> None:
        self.list.clear()
        self._more.hide()
        if self._tabs.checkedId() == REMARKS:
            self._fill_findings()
        else:
            self._fill_verdicts()

    def _fill_findings(self) -> None:
        self._again.hide()
        if self._findings is None:
            self._tell("正在检查…", "mute")
            return
        stops = sum(finding.severity == "stop" for finding in self._findings)
        rest = len(self._findings) - stops
        if stops:
            self._tell(f"{stops} 项须处理", "over")
        elif rest:
            self._tell(f"{rest} 项请核对", "warn")
        else:
            self._tell("没有需要核对的内容", "ok")
        self._more.setText(f"{rest} 项请核对")
        self._more.setVisible(bool(stops and rest))
        style.mark(self._more, tone="warn")
        for finding in self._findings:
            item = QListWidgetItem(f"{finding.title}　{finding.reason}")
            item.setToolTip(plain(f"{finding.title}\n{finding.reason}"))
            item.setData(Qt.ItemDataRole.UserRole, finding.jump)
            item.setData(FINDING, finding)
            self.list.addItem(item)

    def _fill_verdicts(self) -> None:
        self._again.show()
        if self._verdicts is None:
            self._tell("正在检查…", "mute")
            return
        broken = sum(not verdict.ok for verdict in self._verdicts)
        whole = len(self._verdicts)
        words = f"{whole} 条规则，{broken} 条不符合" if broken else f"{whole} 条规则全部符合"
        self._tell(words, "over" if broken else "ok")
        for verdict in self._verdicts:
            told = f"{verdict.name}　测得{verdict.measured}，要求{verdict.allowed}"
            where = "；".join(verdict.places) or verdict.measured
            if verdict.ok:
                self._add("checkmark_circle", "ok", told, told, where)
            else:
                self._add("error_circle", "over", f"不符合：{told}", told, where)

    def _tell(self, words: str, tone: str) -> None:
        self._told.setText(words)
        style.mark(self._told, tone=tone)

    def _add(self, icon: str, tone: str, words: str, tip: str, about: str) -> None:
        item = QListWidgetItem(icons.icon(icon, 16, tone), words)
        item.setToolTip(plain(tip))
        item.setSizeHint(QSize(0, style.size("control")))
        item.setData(Qt.ItemDataRole.UserRole, about)
        self.list.addItem(item)

    def _choose(self, item: QListWidgetItem) -> None:
        about = str(item.data(Qt.ItemDataRole.UserRole) or "")
        if self._tabs.checkedId() == REMARKS:
            if about:
                self.chosen.emit(about)
            return
        page = _PAGE.search(about)
        if page is not None:
            self.page_chosen.emit(int(page[1]) - 1)
