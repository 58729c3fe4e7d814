"""The dialog that marks a month of a ledger as 零报告: it was looked into, and there was nothing."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import (
    QWidget,
)

from zhengui.catalogue.model import Ledger
from zhengui.gui.desk.desk import Desk
from zhengui.gui.kit.dialogs import Dialog
from zhengui.gui.kit.row_fields import TickedList

MONTHS_BACK = 24


class ZeroReport(Dialog):
    """Writes the marks itself when accepted; `told` says what was marked."""

    def __init__(self, parent: QWidget, desk: Desk, ledger: Ledger) -> None:
        text = "零报告表示已经核实、确实没有，会计入完整性；它与“没有填”不同。"
        super().__init__(parent, f"哪个月确实没有{ledger.noun}？", text, "标记零报告", "不标记")
        self._desk, self._ledger = desk, ledger
        self.told = ""
        months = [(f"{year}年{month}月", year * 100 + month) for year, month in self._months()]
        self.month = self.add_choice("月份", months)
        self.villages: TickedList[int] | None = None
        if ledger.village:
            scope = desk.scope
            chosen = scope.villages or tuple(scope.all_villages)
            self.villages = self.add_ticked("村（居）", scope.all_villages.items(), chosen, 220)

    def _months(self) -> list[tuple[int, int]]:
        """The months of the chosen period up to today, the latest first."""
        today, period = self._desk.township.today(), self._desk.scope.period
        last = min(today, period.end)
        found = []
        year, month = last.year, last.month
        for _step in range(MONTHS_BACK):
            if date(year, month, 1) < period.start.replace(day=1):
                break
            found.append((year, month))
            year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        return found or [(today.year, today.month)]

    def _chosen(self) -> list[int]:
        return [] if self.villages is None else self.villages.ticked()

    def mistake(self) -> str:
        return "请至少勾选一个村（居）" if self.villages is not None and not self._chosen() else ""

    def take(self) -> None:
        from zhengui.services.returns import report_month

        chosen = self._chosen()
        month = int(self.month.currentData())
        report_month.mark(self._desk.township, self._ledger.key, chosen, month, zero=True)
        where = self._desk.words(f"{len(chosen)} 个村（居）" if chosen else "全镇")
        self.told = f"已标记{self.month.currentText()}零报告：{where}"
        self.accept()
