"""The questions before a warning is put off or closed."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from zhengui.figures.warning_states import WarningStanding, fault
from zhengui.gui.kit.dialogs import Dialog
from zhengui.values.moment import read_date


class WarningDialog(Dialog):
    """Why warnings are put off or closed, and until when."""

    def __init__(self, parent: QWidget, what: WarningStanding, told: str, count: int, today: date) -> None:
        self._what, self._today = what, today
        put_off = what is WarningStanding.PUT_OFF
        many = f"这 {count} 条预警" if count > 1 else "这条预警"
        question = f"{many}延后到哪一天？" if put_off else f"{many}了结了吗？"
        super().__init__(parent, question, told, "延后" if put_off else "了结", "先不办")
        later = today + timedelta(days=7)
        self.until = self.add_line("到哪一天再提醒", later.isoformat()) if put_off else None
        hint = "如：户主外出，下周返回后入户" if put_off else "如：已入户核实，医保报销后自付 3200 元"
        self.reason = self.add_text("理由", hint)
        if not put_off:
            self.add_words("情况没有变化，就不会再提醒；有了新的记录，会重新提醒。", "cap")

    def read_until(self) -> date | None:
        """The day as typed, None where there is none or it can't be read."""
        return None if self.until is None else read_date(self.until.text(), self._today, self._today.year)

    def mistake(self) -> str:
        if self.until is not None and self.read_until() is None:
            return self.wrong(self.until, "请填写日期，例如 2022-01-10")
        return self.wrong(
            self.reason, fault(self._what, self.reason.toPlainText(), self.read_until(), self._today)
        )
