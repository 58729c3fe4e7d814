"""节假日: a year's public holidays as the State Council's notice words them, for backward schedules."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit

from zhengui.gui.desk.desk import Desk
from zhengui.gui.kit.dialogs import ask
from zhengui.gui.kit.labels import button, label
from zhengui.gui.kit.style import mark
from zhengui.gui.system.panel import Panel
from zhengui.services.township import work_calendar as service
from zhengui.services.township.rights import Right

#: Years shown, from the working year on.
YEARS = 3
HEIGHT = 96
_HINT = "例如：元旦：1月1日至3日放假，共3天。1月4日上班。春节：2月15日至23日放假……"


class HolidayPanel(Panel):
    """A box for each year; schedules and the plan's pace follow as soon as one is kept."""

    needs = Right.MANAGE

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.boxes: dict[int, QPlainTextEdit] = {}
        self.told: dict[int, QLabel] = {}
        about = "倒排工期和计划进度按工作日计算。把国务院办公厅每年的放假通知整段粘贴到这里。"
        self.card("节假日", about)
        for year in range(desk.scope.year, desk.scope.year + YEARS):
            self._add_year(year)

    def _add_year(self, year: int) -> None:
        column = self.card(f"{year}年")
        told = label("", self, "sec", wrap=True)
        column.addWidget(told)
        box = QPlainTextEdit(self)
        box.setAccessibleName(f"{year}年放假通知")
        box.setPlaceholderText(_HINT)
        box.setTabChangesFocus(True)
        box.setFixedHeight(HEIGHT)
        column.addWidget(box)
        row = QHBoxLayout()
        keep = button("保存", self)
        keep.clicked.connect(partial(self._keep, year))
        row.addWidget(keep)
        row.addStretch(1)
        column.addLayout(row)
        self.boxes[year], self.told[year] = box, told

    def refresh(self) -> None:
        for year, box in self.boxes.items():
            box.setPlainText(service.notice_of(self.desk.township, year))
            self._tell(year, service.in_words(self.desk.township, year))

    def can_leave(self) -> bool:
        changed = [year for year, box in self.boxes.items() if self._changed(year, box)]
        if not self.isVisible() or not changed:
            return True
        what = f"{changed[0]}年的放假通知改过还没保存，要离开吗？"
        if not ask(self, what, "离开后，刚才填的内容不保留。", "离开", "继续填写", False):
            return False
        self.refresh()
        return True

    def _changed(self, year: int, box: QPlainTextEdit) -> bool:
        return box.toPlainText().strip() != service.notice_of(self.desk.township, year)

    def keep(self, year: int) -> None:
        """Keep what was typed for a year, or say what can't be read."""
        try:
            service.keep_notice(self.desk.township, year, self.boxes[year].toPlainText())
        except ValueError as wrong:
            self._tell(year, str(wrong), True)
            return
        self._tell(year, service.in_words(self.desk.township, year))
        self.desk.say(f"已保存 {year} 年的节假日")
        self.desk.saved.emit("")

    def _keep(self, year: int, _checked: bool = False) -> None:
        self.keep(year)

    def _tell(self, year: int, words: str, wrong: bool = False) -> None:
        told = self.told[year]
        told.setText(words)
        told.setProperty("role", "err" if wrong else "sec")
        mark(told, look="")
