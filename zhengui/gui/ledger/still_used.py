"""The dialog for a register's record that others refer to: it is ended, or merged into another, never just deleted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from zhengui.gui.desk.desk import Desk
from zhengui.gui.kit.dialogs import Dialog
from zhengui.services.entry import find_reference, referring
from zhengui.services.entry.referring import StillReferredTo
from zhengui.values.moment import read_date

END, MERGE = "end", "merge"
#: So many records are offered to merge into; a name typed in front narrows them.
MOST = 2000


class StillUsed(Dialog):
    """Does what was chosen when accepted; `told` says what was done and `undo` takes it back."""

    def __init__(self, parent: QWidget, desk: Desk, problem: StillReferredTo) -> None:
        lines = "\n".join(f"{each.title}：{each.count} 条" for each in problem.found)
        noun = desk.catalogue.ledgers[problem.ledger].noun
        super().__init__(
            parent, f"“{problem.label}”还有记录用到，不能删除", f"用到它的记录：\n{lines}", "确定", "不改了"
        )
        self._desk, self._problem = desk, problem
        self._record = problem.record
        self.told = ""
        self.undo: Callable[[], None] = lambda: None
        township = desk.township
        others = [
            (f"{each.label}{f'（{each.note}）' if each.note else ''}", each.id)
            for each in find_reference.find(township, problem.ledger, "", MOST)
            if each.id != self._record
        ]
        ways = [("停用：填写最后一天，以前的数不变", END)] if problem.can_end else []
        ways += [(f"重复登记：并入另一条{noun}，用到它的记录一起改过去", MERGE)] if others else []
        self.way = self.add_choice("怎么办", ways)
        self.day = self.add_line("停用时，最后一天", township.today().isoformat(), "例如 2021-12-31", 20)
        self.other = self.add_choice("并入时，并入哪一条", others)
        self.way.currentIndexChanged.connect(self._show_way)
        self._show_way()

    def _show_way(self) -> None:
        self.day.setEnabled(self.way.currentData() == END)
        self.other.setEnabled(self.way.currentData() == MERGE)

    def _last_day(self) -> date | None:
        township = self._desk.township
        return read_date(self.day.text(), township.today(), 0)

    def mistake(self) -> str:
        if self.way.currentData() == END and self._last_day() is None:
            return self.wrong(self.day, "请填写最后一天，例如 2021-12-31")
        return "" if self.way.currentData() else "没有别的记录可以并入，请先登记正确的那一条"

    def take(self) -> None:
        township, ledger = self._desk.township, self._problem.ledger
        if self.way.currentData() == MERGE:
            merged = referring.merge(township, ledger, self._record, int(self.other.currentData()))
            self.told = (
                f"“{self._problem.label}”已并入“{self.other.currentText()}”，改了 {merged.count} 条记录"
            )
            self.undo = lambda: referring.take_back_merge(township, merged)
        else:
            day = self._last_day()
            assert day is not None
            ended = referring.end(township, ledger, self._record, day)
            self.told = f"“{self._problem.label}”已停用，最后一天 {day.isoformat()}"
            self.undo = lambda: referring.take_back_end(township, ended)
        self.accept()
