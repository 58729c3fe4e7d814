"""The dialog that reports progress: by which day how much, of whom, and a few words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from zhengui.gui.kit.dialogs import Dialog
from zhengui.gui.plan.typed import read_amount, read_day
from zhengui.services.plan.tell_plan import number
from zhengui.services.plan.track_plan import Tracked
from zhengui.storage.writing.plan_progress import Report
from zhengui.values.parse import ValueMistake


class ReportDialog(Dialog):
    """How far an item is by a day."""

    def __init__(
        self,
        parent: QWidget,
        item: Tracked,
        today: date,
        villages: dict[int, str],
        who: str,
        old: Report | None = None,
        village: int | None = None,
    ) -> None:
        super().__init__(parent, item.wording.rstrip("。；;"), "", "更正" if old else "登记", "取消")
        self._today, self._year = today, min(item.due.year, today.year)
        self.day = self.add_line("日期", (old.day if old else today).isoformat())
        self.value: QLineEdit | None = None
        self.village: QComboBox | None = None
        of_village = village is not None or (old is not None and old.village is not None)
        by_hand = item.goal is not None and bool(item.goal.indicator) and of_village
        if item.goal is not None and (by_hand or not item.goal.indicator):
            unit = f"（{item.goal.unit}）" if item.goal.unit else ""
            value = number(old.value) if old is not None and old.value is not None else ""
            self.value = self.add_line(f"年初以来累计完成{unit}", value)
            if villages:
                # What all come to is counted from the records where the item has an indicator.
                whole: list[tuple[str, object]] = [] if by_hand else [("全部村（居）合计", None)]
                names = [*whole, *((name, each) for each, name in villages.items())]
                self.village = self.add_choice("填的是", names, village)
                if old is not None and old.village is not None:
                    self.village.setCurrentIndex(max(0, self.village.findData(old.village)))
        elif item.goal is not None:
            self.add_words("完成数由台账自动统计，这里只写情况。", "cap")
        self.who = self.add_line("谁报的", old.who if old else who)
        self.told = self.add_text(
            "进展情况", "如：主体完工，正在配套沟渠；遇到的困难也写上", old.words if old else ""
        )

    def read_day(self) -> date | None:
        """The day as typed, None where it can't be read."""
        return read_day(self.day.text(), self._today, self._year)

    def read_value(self) -> Decimal | None:
        """The amount as typed."""
        return None if self.value is None else read_amount(self.value.text())

    def read_village(self) -> int | None:
        """The village that the amount is of, None for the township."""
        return None if self.village is None else self.village.currentData()

    def mistake(self) -> str:
        try:
            day = self.read_day()
        except ValueMistake as mistake:
            return self.wrong(self.day, str(mistake))
        if day is None:
            return self.wrong(self.day, "请填写日期，例如 12-6")
        if day > self._today:
            return self.wrong(self.day, "日期不能晚于今天")
        amount = self.value or self.told
        try:
            value = self.read_value()
        except ValueMistake as mistake:
            return self.wrong(amount, str(mistake))
        if value is None and not self.told.toPlainText().strip():
            return self.wrong(amount, "请填写累计完成数，或者写一句进展情况")
        return ""
