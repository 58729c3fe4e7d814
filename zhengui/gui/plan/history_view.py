"""进展记录: every report of an item, corrected and taken back ones too, with what can be done about each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QWidget

from zhengui.gui.desk.desk import Desk
from zhengui.gui.kit.allowing import allow
from zhengui.gui.kit.trouble import show_trouble
from zhengui.gui.plan.report_dialog import ReportDialog
from zhengui.gui.plan.rows import PlanRow
from zhengui.gui.plan.sub import PlanSub
from zhengui.gui.plan.word_table import WordCell
from zhengui.services.plan import report_progress
from zhengui.services.plan.list_plan import LEDGER
from zhengui.services.plan.tell_plan import number
from zhengui.storage.problem import StorageProblem
from zhengui.storage.writing.plan_progress import Report


class HistoryView(PlanSub):
    """The newest entry first."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "进展记录", parent)
        self._row: PlanRow | None = None
        self._found: Sequence[Report] = ()
        self.remove = self.deed("撤销这条", self._remove)
        self.correct = self.deed("更正…", self._correct, primary=True)
        self.table.lay_out(
            ("日期", "谁报的", "村（居）", "累计完成", "进展情况", "登记", "状态"),
            (96, 84, 96, 96, 320, 180, 84),
            (4,),
            (3,),
        )
        self.table.moved.connect(lambda _row: self._show_deeds())
        self.table.opened.connect(lambda _row: self._correct())

    def show_item(self, row: PlanRow) -> None:
        """Read the reports of an item."""
        self._row = row
        self.title.setText(row.told.brief)
        township, item = self.desk.township, row.item.id
        self.desk.background.run(
            lambda _progress: report_progress.reports_of(township, item),
            self._show,
            key=f"reports{id(self)}",
        )

    def _show(self, found: Sequence[Report]) -> None:
        self._found = found
        live = sum(1 for each in found if each.removed_at is None)
        gone = len(found) - live
        self.told.setText(f"有效 {live} 条" + (f"，更正或撤销 {gone} 条" if gone else ""))
        replaced = {each.replaces for each in found if each.replaces is not None}
        villages = self.desk.scope.all_villages
        self.table.fill([_words(each, villages, each.id in replaced) for each in found])
        self._show_deeds()

    @property
    def current(self) -> Report | None:
        """The current report."""
        row = self.table.currentRow()
        return self._found[row] if 0 <= row < len(self._found) else None

    def _show_deeds(self) -> None:
        current = self.current
        live = current is not None and current.removed_at is None
        why = "请先选一次进展" if current is None else "这一次进展已经删去"
        allow(self.correct, live, why)
        allow(self.remove, live, why)

    def _correct(self) -> None:
        current, row = self.current, self._row
        if current is None or row is None or current.removed_at is not None:
            return
        township = self.desk.township
        asked = ReportDialog(
            self, row.item, township.today(), self.desk.scope.all_villages, current.who, current
        )
        if asked.exec() != QDialog.DialogCode.Accepted:
            return
        day = asked.read_day()
        assert day is not None
        told = (asked.told.toPlainText(), asked.read_value(), asked.read_village(), asked.who.text().strip())
        try:
            report_progress.add_report(township, row.item.id, day, *told, replaces=current.id)
        except StorageProblem as error:
            show_trouble(self, error)
            return
        self.desk.say("已更正，原来的一条留在记录里")
        self._changed()

    def _remove(self) -> None:
        current = self.current
        if current is None:
            return
        report_progress.remove_report(self.desk.township, current.id)
        self.desk.say("已撤销一条进展", lambda: self._bring_back(current.id))
        self._changed()

    def _bring_back(self, report: int) -> None:
        report_progress.bring_back_report(self.desk.township, report)
        self._changed()

    def _changed(self) -> None:
        self.desk.saved.emit(LEDGER)
        if self._row is not None:
            self.show_item(self._row)


def _words(each: Report, villages: dict[int, str], replaced: bool) -> list[WordCell]:
    state = "有效" if each.removed_at is None else "已更正" if replaced else "已撤销"
    tone = "ink1" if each.removed_at is None else "ink3"
    value = "" if each.value is None else number(each.value)
    village = "" if each.village is None else villages.get(each.village, "")
    entered = f"{each.at:%Y-%m-%d %H:%M} {each.entered_by}"
    return [
        WordCell(each.day.isoformat(), tone),
        WordCell(each.who, tone),
        WordCell(village, tone),
        WordCell(value, tone, right=True),
        WordCell(each.words, tone, tip=each.words),
        WordCell(entered, "ink3"),
        WordCell(state, "ok" if each.removed_at is None else "ink3"),
    ]
