"""Two buttons side by side: the year being carried out, and the one being drafted."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from zhengui.gui.kit.segment import Segment

EXECUTED, DRAFTED = 0, 1


class YearChoice(Segment):
    """`chosen` tells whether the draft was asked for: 1 where it was."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(("", ""), parent, "执行或起草")

    def show_year(self, year: int, draft: bool) -> None:
        """Name the years, and mark the one in view."""
        self.say(EXECUTED, f"{year}年 执行")
        self.say(DRAFTED, f"{year + 1}年 起草")
        self.mark(int(draft))
