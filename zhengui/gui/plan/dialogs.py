"""The small dialogs of the plan: why an item was missed, which sheet is wanted."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import (
    QWidget,
)

from zhengui.gui.kit.dialogs import Dialog


class MissedDialog(Dialog):
    """Why an item was missed, and whether it goes on next year."""

    def __init__(
        self, parent: QWidget, wording: str, words: str, year: int, reason: str, carry: bool
    ) -> None:
        super().__init__(parent, "这一项为什么没有完成？", f"{wording}\n{words}", "记下", "取消")
        self.reason = self.add_text(
            "未完成原因", "写清楚卡在哪里，如：征地手续办理慢，汛期停工两个月", reason
        )
        self.carry = self.add_tick(f"结转到 {year + 1} 年计划，继续办理", carry)

    def mistake(self) -> str:
        told = bool(self.reason.toPlainText().strip())
        return self.wrong(self.reason, "" if told else "请写明原因，年终总结和下一年计划都要用")


class SheetDialog(Dialog):
    """Which progress sheet, and as what."""

    def __init__(self, parent: QWidget, year: int, today: date) -> None:
        super().__init__(parent, "要哪一张进度表？", "", "存为文件…", "取消")
        quarter = (today.month + 2) // 3 if today.year == year else 4
        choices: list[tuple[str, object]] = [
            (f"{year}年{'一二三四'[n - 1]}季度进度表", n) for n in range(1, quarter + 1)
        ]
        self.sheet = self.add_choice("进度表", [*choices, (f"{year}年计划完成情况表（年终）", 0)])
        self.sheet.setCurrentIndex(quarter - 1)
        self.kind = self.add_choice("存为", [("PDF，可直接打印", "pdf"), ("Excel 表格", "xlsx")])
