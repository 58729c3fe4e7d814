"""年终盘点: last year's targets with what was reached, why not where they were missed, and what goes on."""

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
from zhengui.services.plan import carry_over
from zhengui.services.plan.carry_over import Review, Settled
from zhengui.services.plan.list_plan import LEDGER
from zhengui.storage.problem import StorageProblem


class ReviewView(PlanSub):
    """`chosen` tells the item to be shown in the plan."""

    chosen = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "年终盘点", parent)
        self._year = 0
        self._found: Sequence[Review] = ()
        self.only = self.deed("只看没完成的", self._fill)
        self.only.setCheckable(True)
        self.look = self.deed("查看事项", self._look)
        self.settle = self.deed("写原因、结转…", self._settle, primary=True)
        self.table.lay_out(
            ("部分", "事项", "要求与实际", "结果", "未完成原因", "去向"), (110, 260, 200, 84, 200, 96), (1, 4)
        )
        self.table.moved.connect(lambda _row: self._show_deeds())
        self.table.opened.connect(lambda _row: self._settle())

    def show_year(self, year: int) -> None:
        """Read what became of a year's plan."""
        self._year = year
        self.title.setText(f"{year}年计划完成情况")
        township = self.desk.township
        self.desk.background.run(
            lambda _progress: carry_over.review(township, year), self._show, key=f"review{id(self)}"
        )

    @property
    def _shown(self) -> list[Review]:
        return [each for each in self._found if not (self.only.isChecked() and each.reached)]

    @property
    def current(self) -> Review | None:
        """The current item."""
        row = self.table.currentRow()
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def _show(self, found: Sequence[Review]) -> None:
        self._found = found
        self._fill()

    def _fill(self) -> None:
        found = self._found
        missed = [each for each in found if not each.reached]
        open_ = sum(1 for each in missed if not each.settled)
        words = f"共 {len(found)} 项，完成 {len(found) - len(missed)} 项，未完成 {len(missed)} 项"
        self.told.setText(
            words + (f"，{open_} 项还没写原因" if open_ else "，都已写明原因" if missed else "")
        )
        self.table.fill([_row(each) for each in self._shown])
        self._show_deeds()

    def _show_deeds(self) -> None:
        current = self.current
        allow(self.look, current is not None, CHOOSE)
        allow(
            self.settle,
            current is not None and not current.reached and not _carried(current),
            CHOOSE if current is None else "已经完成的、已经转入下年的，不用写原因",
        )

    def _look(self) -> None:
        if self.current is not None:
            self.chosen.emit(self.current.item.id)

    def _settle(self) -> None:
        current = self.current
        if current is None or current.reached or _carried(current):
            return
        reason = current.outcome.reason if current.outcome is not None else ""
        asked = MissedDialog(self, current.item.wording, current.words, self._year, reason, not reason)
        if asked.exec() != QDialog.DialogCode.Accepted:
            return
        try:
            done = carry_over.settle(
                self.desk.township, current, asked.reason.toPlainText(), asked.carry.isChecked()
            )
        except (Mistakes, StorageProblem) as error:
            show_trouble(self, error)
            return
        words = f"已结转到 {self._year + 1} 年计划" if done.carried is not None else "已记下未完成原因"
        self.desk.say(words, lambda: self._undo(done))
        self.desk.saved.emit(LEDGER)
        self.show_year(self._year)

    def _undo(self, done: Settled) -> None:
        carry_over.take_back(self.desk.township, done)
        self.desk.saved.emit(LEDGER)
        self.show_year(self._year)


def _carried(each: Review) -> bool:
    return each.outcome is not None and each.outcome.carried is not None


def _row(each: Review) -> list[WordCell]:
    reason = each.outcome.reason if each.outcome is not None else ""
    if not reason and not each.reached:
        reason = "请写明原因"
    return [
        WordCell(short_part(each.item.part), "ink2", tip=each.item.part),
        WordCell(each.item.wording, tip=each.item.wording),
        WordCell(each.words),
        WordCell("● 完成" if each.reached else "■ 未完成", "ok" if each.reached else "over"),
        WordCell(reason, "ink1" if each.settled else "warn", tip=reason),
        WordCell("结转下年" if _carried(each) else "", "act"),
    ]
