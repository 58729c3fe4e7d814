"""建议: what could stand in the year being drafted, from the data, taken over one by one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from zhengui.gui.desk.desk import Desk
from zhengui.gui.kit.allowing import CHOOSE, allow
from zhengui.gui.kit.trouble import show_trouble
from zhengui.gui.plan.dialogs import MissedDialog
from zhengui.gui.plan.rows import short_part
from zhengui.gui.plan.sub import PlanSub
from zhengui.gui.plan.word_table import WordCell
from zhengui.services.entry.record import Mistakes
from zhengui.services.plan import propose_plan
from zhengui.services.plan.list_plan import LEDGER
from zhengui.services.plan.propose_plan import Proposal
from zhengui.storage.problem import StorageProblem


class ProposalsView(PlanSub):
    """`accepted` tells the item to be opened (0 for none)."""

    accepted = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "计划建议", parent)
        self._year = 0
        self._found: Sequence[Proposal] = ()
        self.aside = self.deed("暂不采纳", self._put_aside)
        self.change = self.deed("采纳并修改", lambda: self._accept(True))
        self.take = self.deed("采纳", lambda: self._accept(False), primary=True)
        self.table.lay_out(("来由", "部分", "建议事项", "依据", "办理"), (92, 130, 320, 250, 84), (2, 3))
        self.table.moved.connect(lambda _row: self._show_deeds())
        self.table.opened.connect(lambda _row: self._accept(False))

    def show_year(self, year: int) -> None:
        """Read the proposals for a year."""
        self._year = year
        self.title.setText(f"{year}年计划建议")
        township = self.desk.township
        self.desk.background.run(
            lambda _progress: propose_plan.propose(township, year), self._show, key=f"proposals{id(self)}"
        )

    @property
    def current(self) -> Proposal | None:
        """The current proposal."""
        row = self.table.currentRow()
        return self._found[row] if 0 <= row < len(self._found) else None

    def _show(self, found: Sequence[Proposal]) -> None:
        self._found = found
        left = sum(1 for each in found if each.item is None and not each.aside)
        self.told.setText(f"根据台账和上年计划提出 {len(found)} 条，还有 {left} 条没有决定")
        self.table.fill([_row(each) for each in found])
        self._show_deeds()

    def _show_deeds(self) -> None:
        current = self.current
        open_ = current is not None and current.item is None and not current.aside
        allow(self.take, open_, CHOOSE if current is None else "这一条已经决定了")
        allow(
            self.change,
            current is not None and not current.aside,
            CHOOSE if current is None else "这一条暂不采纳；要用，请先点“重新考虑”",
        )
        self.change.setText("打开事项" if current is not None and current.item else "采纳并修改")
        allow(
            self.aside,
            current is not None and current.item is None,
            CHOOSE if current is None else "这一条已经采纳，请在计划里修改",
        )
        self.aside.setText("重新考虑" if current is not None and current.aside else "暂不采纳")

    def _accept(self, then_open: bool) -> None:
        current = self.current
        if current is None or current.aside:
            return
        if current.item is not None:
            self.accepted.emit(current.item)
            return
        reason = ""
        if current.carries is not None:
            asked = MissedDialog(self, current.wording, current.why, self._year - 1, "", True)
            allow(asked.carry, False, "采纳这一条，就是把它转入下年")
            if asked.exec() != QDialog.DialogCode.Accepted:
                return
            reason = asked.reason.toPlainText()
        try:
            item = propose_plan.accept(self.desk.township, current, self._year, reason=reason)
        except (Mistakes, StorageProblem) as error:
            show_trouble(self, error)
            return
        self.desk.say("已采纳一条建议", lambda: self._undo(current.key, item))
        self.desk.saved.emit(LEDGER)
        self.show_year(self._year)
        self.accepted.emit(item if then_open else 0)

    def _undo(self, key: str, item: int) -> None:
        propose_plan.withdraw(self.desk.township, self._year, key, item)
        self.desk.saved.emit(LEDGER)
        self.show_year(self._year)

    def _put_aside(self) -> None:
        current = self.current
        if current is None or current.item is not None:
            return
        act = propose_plan.propose_again if current.aside else propose_plan.set_aside
        act(self.desk.township, current, self._year)
        self.show_year(self._year)


def _row(each: Proposal) -> list[WordCell]:
    state = "已采纳" if each.item is not None else "暂不采纳" if each.aside else "待定"
    tone = "ok" if each.item is not None else "ink3" if each.aside else "act"
    body = "ink3" if each.aside else "ink1"
    return [
        WordCell(each.kind, "ink2"),
        WordCell(short_part(each.part), "ink2", tip=each.part),
        WordCell(each.wording, body, tip=each.wording),
        WordCell(each.why, "ink2", tip=each.why),
        WordCell(state, tone),
    ]
