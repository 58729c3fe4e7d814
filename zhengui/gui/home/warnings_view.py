"""预警, a view of 总览: why, since when, for whom, what to do; and from each in one step to where it is done."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from zhengui.figures.warning_states import WarningStanding
from zhengui.gui.desk.desk import Desk
from zhengui.gui.home.chip_row import ChipRow
from zhengui.gui.home.warning_dialogs import WarningDialog
from zhengui.gui.home.warning_side import WarningSide
from zhengui.gui.kit import icons
from zhengui.gui.kit.dialogs import tell
from zhengui.gui.kit.labels import label
from zhengui.gui.kit.painted import draw_label, draw_text, width_of
from zhengui.gui.kit.plain import plain
from zhengui.gui.kit.row_drawing import Index, ListLines
from zhengui.gui.kit.segment import Segment
from zhengui.gui.kit.trouble import sentence
from zhengui.services.watch.decide_warnings import decide, take_back
from zhengui.services.watch.find_warnings import Warned, find_warnings

DATA = Qt.ItemDataRole.UserRole
ITEM = 44
#: What the list can show: those that wait, those that somebody is at, those that were put off or closed.
SHOWN = (
    ("待处理", (WarningStanding.NEW,)),
    ("已受理", (WarningStanding.TAKEN,)),
    ("已延后、已了结", (WarningStanding.PUT_OFF, WarningStanding.CLOSED)),
)
_TONES = {
    WarningStanding.NEW: "warn",
    WarningStanding.TAKEN: "act",
    WarningStanding.PUT_OFF: "rev",
    WarningStanding.CLOSED: "ok",
}


class _WarningPainter(ListLines):
    lit_ground = "actbg"

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, ITEM)

    def draw_line(self, painter: QPainter, rect: QRect, index: Index) -> None:
        each: Warned = index.data(DATA)
        icons.paint(painter, "alert", rect.left() + 8, rect.center().y() - 8, 16, "ink2")
        tag = "再次出现" if each.again else str(each.standing)
        width = width_of(tag, "caption") + 12
        draw_label(painter, rect.right() - width - 4, rect.center().y() + 1, tag, _TONES[each.standing])
        room = rect.width() - 34 - width - 16
        title = f"{each.label}：{each.why}"
        draw_text(painter, QRect(rect.left() + 34, rect.top() + 3, room, 22), title)
        parts = (each.rule.title, each.village_name, each.contact, f"自 {each.since:%Y-%m-%d} 起")
        below = " · ".join(part for part in parts if part)
        draw_text(painter, QRect(rect.left() + 34, rect.top() + 23, room, 18), below, "ink3", "caption")


class WarningsView(QWidget):
    """`counted` tells how many wait for a decision."""

    counted = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.found: Sequence[Warned] = ()
        self._rule, self._wanted = "", ""
        self.side = WarningSide(desk, self)
        self.side.decided.connect(self.decide)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(12)
        card = QFrame(self)
        card.setObjectName("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(6)
        self.standing = Segment([title for title, _states in SHOWN], card, "看哪些预警")
        self.standing.chosen.connect(lambda _place: self._fill())
        head = QHBoxLayout()
        head.addWidget(self.standing)
        head.addStretch(1)
        column.addLayout(head)
        self.chips = ChipRow(card)
        self.chips.chosen.connect(self.choose_rule)
        column.addWidget(self.chips)
        self.list = QListWidget(card)
        self.list.setAccessibleName("预警")
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.list.setItemDelegate(_WarningPainter(self.list))
        self.list.itemSelectionChanged.connect(self._show_side)
        self.list.itemActivated.connect(lambda _item: self.side.focus_first())
        self._nothing = label("", card, "sec", wrap=True)
        column.addWidget(self._nothing)
        column.addWidget(self.list, 1)
        row.addWidget(card, 1)
        row.addWidget(self.side)

    def reload(self) -> None:
        """Read in a worker, for the villages that are lit up."""
        township, villages = self.desk.township, self.desk.scope.villages
        self.desk.background.run(
            lambda _progress: find_warnings(township, villages), self._show, key=f"warnings{id(self)}"
        )

    def want(self, key: str) -> None:
        """Choose a warning when it is there."""
        self._wanted, self._rule = key, ""
        self.standing.mark(0)
        self._fill()

    def _show(self, found: Sequence[Warned]) -> None:
        self.found = found
        self.counted.emit(sum(1 for each in found if each.standing is WarningStanding.NEW))
        self.standing.set_counts([len(self._standing(place)) for place in range(len(SHOWN))])
        self._fill()

    def _standing(self, place: int) -> list[Warned]:
        return [each for each in self.found if each.standing in SHOWN[place][1]]

    def choose_rule(self, rule: str) -> None:
        """Show the warnings of one rule, or all."""
        self._rule = rule
        self._fill()

    def shown(self) -> list[Warned]:
        """The warnings that are listed now."""
        return [each for each in self._standing(self.standing.at) if self._rule in ("", each.rule.key)]

    def _fill(self) -> None:
        standing = self._standing(self.standing.at)
        titles = {each.rule.key: each.rule.title for each in standing}
        if self._rule not in titles:
            self._rule = ""
        chips = [("", "全部", len(standing), "ink2")]
        chips += [
            (key, title, sum(1 for each in standing if each.rule.key == key), "ink2")
            for key, title in titles.items()
        ]
        self.chips.show_chips(chips if standing else [], self._rule)
        row, before = max(0, self.list.currentRow()), {each.key for each in self.chosen()}
        self.list.blockSignals(True)
        self.list.clear()
        place = -1
        for number, each in enumerate(self.shown()):
            item = QListWidgetItem(self.list)
            item.setData(DATA, each)
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole,
                f"{each.rule.title}，{each.label}，{each.why}，{each.standing}",
            )
            item.setToolTip(plain(f"{each.label}：{each.why}"))
            if each.key == self._wanted or (not self._wanted and each.key in before and place < 0):
                place = number
        self.list.blockSignals(False)
        if self.found:
            self._wanted = ""
        if self.list.count():
            self.list.setCurrentRow(place if place >= 0 else min(row, self.list.count() - 1))
        self._nothing.setText("" if standing else f"没有{SHOWN[self.standing.at][0]}的预警。")
        self._nothing.setVisible(not standing)
        self.list.setVisible(bool(standing))
        self._show_side()

    def chosen(self) -> list[Warned]:
        """The warnings that are chosen in the list, from top to bottom."""
        rows = sorted(self.list.row(item) for item in self.list.selectedItems())
        return [self.list.item(row).data(DATA) for row in rows]

    def _show_side(self) -> None:
        self.side.show_chosen(self.chosen())

    def decide(self, what: WarningStanding) -> None:
        """Ask for the reason where one is needed, keep the decision, and offer to take it back."""
        chosen = self.chosen()
        if not chosen:
            return
        reason, until = "", None
        if what is not WarningStanding.TAKEN:
            first = f"{chosen[0].label}：{chosen[0].why}"
            dialog = WarningDialog(self, what, first, len(chosen), self.desk.township.today())
            if not dialog.exec():
                return
            reason, until = dialog.reason.toPlainText(), dialog.read_until()
        township = self.desk.township

        def done(count: int) -> None:
            keys = [each.key for each in chosen]
            self.desk.say(f"{count} 条预警{what}", partial(self._take_back, keys))
            self.reload()

        def failed(error: Exception) -> None:
            tell(self, "没有记下", sentence(error))
            self.reload()

        self.desk.background.run(
            lambda _progress: decide(township, chosen, what, reason, until),
            done,
            failed,
        )

    def _take_back(self, keys: list[str]) -> None:
        township = self.desk.township
        self.desk.background.run(lambda _progress: take_back(township, keys), lambda _done: self.reload())
