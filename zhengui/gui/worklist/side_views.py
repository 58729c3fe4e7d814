"""抽查 and 包保 of the worklist: draws with what was found, and households with their contacts and visits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from zhengui.gui.kit.labels import button, label
from zhengui.gui.kit.plain import plain
from zhengui.gui.kit.style import colour
from zhengui.gui.worklist.listing import Rows
from zhengui.services.loops.duties import NO_DUTIES, Charge, Load, PastDuty
from zhengui.services.loops.spot_check import CheckedItem, DrawDue, Rate
from zhengui.services.loops.village_duties import InVillage, VillageDuty
from zhengui.storage.writing.spot_draws import KeptDraw

_HOLDS = Qt.ItemDataRole.UserRole
#: Visits due, households without a contact, who has how much, what was handed over, who is in which village, and whether it is kept.
ShownDuties = tuple[
    Sequence[Charge],
    Sequence[Charge],
    Sequence[Load],
    Mapping[int, Sequence[PastDuty]],
    Sequence[VillageDuty],
    bool,
]
#: A draw with what was found of each item, the rates, and what its ledger is called.
ShownDraw = tuple[KeptDraw, Sequence[CheckedItem], Sequence[Rate], str]


class _SideView(QFrame):
    """A line of buttons over rows that open out; Enter opens what a row stands for."""

    opened = Signal(object)
    HEADER: tuple[str, ...] = ()
    WIDTHS: tuple[int, ...] = ()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("white")
        self._bar = QHBoxLayout()
        self._bar.setContentsMargins(16, 6, 12, 6)
        self._bar.setSpacing(8)
        self.told = label("", self, "sec")
        self._bar.addWidget(self.told)
        self._bar.addStretch(1)
        self.rows = QStandardItemModel(self)
        self.tree = QTreeView(self)
        self.tree.setAccessibleName(name)
        self.tree.setModel(self.rows)
        self.tree.setFrameShape(QTreeView.Shape.NoFrame)
        self.tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.tree.setUniformRowHeights(True)
        self.tree.activated.connect(lambda _index: self.opened.emit(self.chosen()))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._bar)
        column.addWidget(self.tree, 1)
        self.setFocusProxy(self.tree)

    def add_button(self, words: str, kind: str = "") -> QPushButton:
        """A button at the end of the line."""
        made = button(words, self, kind)
        self._bar.addWidget(made)
        return made

    def chosen(self) -> object:
        """What the current row stands for."""
        index = self.tree.currentIndex()
        return index.siblingAtColumn(0).data(_HOLDS) if index.isValid() else None

    def _begin(self) -> None:
        self.rows.clear()
        self.rows.setHorizontalHeaderLabels(list(self.HEADER))

    def _end(self) -> None:
        head = self.tree.header()
        head.setStretchLastSection(False)
        for column, width in enumerate(self.WIDTHS):
            wide = not width
            mode = QHeaderView.ResizeMode.Stretch if wide else QHeaderView.ResizeMode.Interactive
            head.setSectionResizeMode(column, mode)
            if not wide:
                self.tree.setColumnWidth(column, width)
        if self.rows.rowCount():
            self.tree.setCurrentIndex(self.rows.index(0, 0))

    def _add(self, above: Rows, holds: object, *texts: str, tone: str = "") -> QStandardItem:
        row = [QStandardItem(text) for text in texts]
        for made in row:
            made.setToolTip(plain(made.text()))
        row[0].setData(holds, _HOLDS)
        if tone:
            row[-1].setForeground(colour(tone))
        above.appendRow(row)
        return row[0]


class DrawsView(_SideView):
    """Each draw opens out into its items; over them stand what is still to be drawn and the pass rates."""

    HEADER = ("抽查、事项", "村（居）", "责任人", "抽查人", "结果")
    WIDTHS = (0, 110, 90, 90, 260)

    def __init__(self, parent: QWidget) -> None:
        super().__init__("抽查", parent)
        self.draw = self.add_button("抽取…", "primary")
        self.note = self.add_button("登记结果…")
        self.circular = self.add_button("出抽查通报…")

    def show_draws(
        self,
        draws: Sequence[ShownDraw],
        due: Sequence[DrawDue],
    ) -> None:
        """Show the draws, the latest opened out."""
        kept = self.chosen()
        self._begin()
        root = self.rows
        for draw, found, rates, title in draws:
            done = [each for each in draw.items if each.passed is not None]
            passed = sum(bool(each.passed) for each in done)
            told = f"已查 {len(done)}/{len(draw.items)}" + (
                f"，合格率 {100 * passed / len(done):.1f}%" if done else ""
            )
            head = f"{draw.day}　{title}　抽取 {len(draw.items)} 项　种子数 {draw.seed}"
            above = self._add(root, draw, head, "", "", draw.who, told)
            for each in found:
                result = each.found.passed
                words = "未查" if result is None else "合格" if result else f"不合格：{each.found.words}"
                tone = "" if result is None else "ok" if result else "over"
                holds = (draw, each)
                item = each.item
                self._add(
                    above, holds, item.title, item.village, item.responsible, each.checker, words, tone=tone
                )
            self._add_rates(above, rates)
        self._end()
        if draws:
            self.tree.expand(self.rows.index(0, 0))
        self._keep(kept)
        waiting = [
            f"{one.title}还有 {one.open} 项没有结果" if one.draw else f"{one.title}本月还没有抽查"
            for one in due
        ]
        self.told.setText("；".join(waiting) if waiting else "本月该做的抽查都做了")

    def _add_rates(self, above: Rows, rates: Sequence[Rate]) -> None:
        told = [
            f"{rate.village} {rate.rate:.0f}%" for rate in rates if rate.rate is not None and rate.rate < 100
        ]
        full = sum(rate.rate == 100 for rate in rates)
        words = "、".join(told[:12])
        if any(rate.checked for rate in rates):
            lead = "其余 " if told else ""
            rest = f"{lead}{full} 个村（居）100%" if full else ""
            self._add(above, None, "各村（居）合格率", "", "", "", "，".join(e for e in (words, rest) if e))

    def _keep(self, kept: object) -> None:
        if not isinstance(kept, tuple):
            return
        draw, item = kept
        for row in range(self.rows.rowCount()):
            above = self.rows.item(row)
            if above.data(_HOLDS).id != draw.id:
                continue
            for below in range(above.rowCount()):
                holds = above.child(below).data(_HOLDS)
                if isinstance(holds, tuple) and holds[1].item.id == item.item.id:
                    self.tree.setCurrentIndex(above.child(below).index())


class DutiesView(_SideView):
    """Four branches: visits due, households without a contact, officials with their load, villages by role."""

    HEADER = ("农户、干部", "村（居）", "类别、身份", "包保干部", "走访")
    WIDTHS = (0, 110, 150, 190, 260)

    def __init__(self, parent: QWidget) -> None:
        super().__init__("包保联系", parent)
        self._past: Mapping[int, Sequence[PastDuty]] = {}
        self.hand_over = self.add_button("交接…")
        self.card = self.add_button("联系卡…")
        self.visits = self.add_button("走访清单…")

    def show_duties(
        self,
        due: Sequence[Charge],
        free: Sequence[Charge],
        loads: Sequence[Load],
        past: Mapping[int, Sequence[PastDuty]],
        villages: Sequence[VillageDuty] = (),
        kept: bool = True,
    ) -> None:
        """Show who is to be visited, who has nobody, who has how much, who is in which village.

        A household opens out into its hand-overs, a village into its officials.
        """
        self._past = past
        self._begin()
        root = self.rows
        late = sum(charge.pace.late for charge in due)
        first = self._add(
            root, None, f"一周内该走访 {len(due)} 户", "", "", "", f"已逾期 {late} 户" if late else ""
        )
        for charge in due:
            self._add_charge(first, charge)
        second = self._add(root, None, f"没有包保干部 {len(free)} 户", "", "", "", "")
        for charge in free:
            self._add_charge(second, charge)
        third = self._add(root, None, f"包保干部 {len(loads)} 人", "", "", "", "")
        for load in loads:
            told = f"{load.households} 户 {load.people} 人"
            visits = (
                f"逾期 {load.late} 户，一周内 {load.soon} 户" if load.late or load.soon else "都按时走访了"
            )
            tone = "over" if load.late else ""
            self._add(third, load, load.name, "", "、".join(load.roles), told, visits, tone=tone)
        fourth = self._add(root, None, f"各村（居） {len(villages)} 个", "", "", "", "")
        for village in villages:
            self._add_village(fourth, village)
        self._end()
        self.tree.expand(self.rows.index(0 if due else 2, 0))
        told = f"该走访 {len(due)} 户，没有包保干部 {len(free)} 户，包保干部 {len(loads)} 人"
        self.told.setText(told if kept else NO_DUTIES)

    def _add_village(self, above: Rows, found: VillageDuty) -> None:
        told = f"{found.households} 户" + (f"，{found.free} 户没有包保干部" if found.free else "")
        visits = f"逾期 {found.late} 户" if found.late else "都按时走访了" if found.households else ""
        tone = "over" if found.late else ""
        row = self._add(above, None, found.name, "", told, f"{len(found.officials)} 人", visits, tone=tone)
        for one in found.officials:
            what = f"包保 {one.households} 户" if one.households else "联系全村"
            self._add(row, one, one.name, found.name, one.role or "没有写身份", what, "")

    def _add_charge(self, above: Rows, charge: Charge) -> None:
        last = f"上次 {charge.visited}" if charge.visited else "没有走访过"
        left = charge.pace.left
        told = f"{last}，" + (f"逾期 {-left} 天" if left < 0 else f"余 {left} 天")
        names = "、".join(contact.name for contact in charge.contacts) or "没有"
        tone = "over" if left < 0 else ""
        row = self._add(above, charge, charge.label, charge.village, charge.class_, names, told, tone=tone)
        for one in self._past.get(charge.household, ()):
            until = f"{one.until}" if one.until else "今"
            self._add(row, charge, f"{one.since} 至{until}", "", one.role, one.name, "")

    def official(self) -> int | None:
        """The official that the current row stands for: himself, or the first contact of a household."""
        chosen: object = self.chosen()
        if isinstance(chosen, Load | InVillage):
            return chosen.official
        if isinstance(chosen, Charge) and chosen.contacts:
            return chosen.contacts[0].official
        return None
