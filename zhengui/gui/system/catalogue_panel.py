"""目录: which work areas are in use, what the office has of its own, what does not hold and what to do, and what the file holds besides."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout

from zhengui.gui.desk.desk import Desk
from zhengui.gui.kit.dialogs import ask, tell
from zhengui.gui.kit.labels import button, label
from zhengui.gui.system.panel import Panel
from zhengui.services.problem import StorageProblem
from zhengui.services.township import own_catalogue
from zhengui.services.township.rights import Right


class CataloguePanel(Panel):
    """Four cards; each says in a line of its own what it found, or that there is nothing."""

    needs = Right.MANAGE

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._areas = self.card(
            "工作领域",
            "不用的领域可以从某一年起停用：导航、报送、指标、文稿和统计表里都不再出现；以前的年份照旧，记录都在。",
        )
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(16)
        self._rows.setColumnStretch(1, 1)
        self._areas.addLayout(self._rows)
        self.switches: dict[str, QPushButton] = {}
        self._flaws = self.card(
            "写得不对的地方",
            "目录文件说明有哪些领域、台账、字段和指标。写得不对的那一条暂时不能用，其余照常；数据都在，改好就能看到。",
        )
        self._missing = self.card(
            "数据里有而目录里没有的",
            "以前登记过、现在的目录里找不到的台账和字段。记录一直保存着，补上目录就能看到。",
        )
        self._own = self.card(
            "单位自己的目录", "除了随程序来的，这里列出单位自己增加或停用的。升级程序不会改动它们。"
        )

    def refresh(self) -> None:
        self._show_areas()
        township = self.desk.township

        def work(_progress: object) -> tuple[list[str], list[str], list[str]]:
            with township.reading() as reading:
                missing = [f"{each}" for each in own_catalogue.missing_entries(reading)]
                return (
                    list(map(str, township.catalogue.flaws)),
                    missing,
                    list(own_catalogue.own_entries(reading)),
                )

        self.desk.background.run(work, self._show, key=f"catalogue{id(self)}")

    def _show_areas(self) -> None:
        while self._rows.count():
            taken = self._rows.takeAt(0)
            widget = taken.widget() if taken is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.switches.clear()
        for row, area in enumerate(own_catalogue.areas_in_use(self.desk.township)):
            used = area.retired is None
            told = "在用" if used else f"从 {area.retired} 年起停用"
            self._rows.addWidget(label(area.title, self), row, 0)
            self._rows.addWidget(label(told, self, "sec"), row, 1)
            verb = "停用…" if used else "恢复使用"
            made = button(verb, self, "ghost", "s")
            made.setAccessibleName(f"{verb} {area.title}")
            made.clicked.connect(partial(self._stop if used else self._again, area.key, area.title))
            self._rows.addWidget(made, row, 2)
            self.switches[area.key] = made

    def _stop(self, key: str, title: str, _checked: bool = False) -> None:
        year = self.desk.scope.year
        told = "导航、报送、指标和这一年起的文稿里都不再出现；以前的年份照旧，记录都在，随时可以恢复使用。"
        if ask(self, f"从 {year} 年起停用“{title}”吗？", told, f"从 {year} 年起停用", "照旧使用"):
            self._change(partial(own_catalogue.retire, self.desk.township, key, year), title)

    def _again(self, key: str, title: str, _checked: bool = False) -> None:
        self._change(partial(own_catalogue.use_again, self.desk.township, key), title)

    def _change(self, change: Callable[[], object], title: str) -> None:
        try:
            change()
        except StorageProblem as problem:
            tell(self, f"“{title}”没有改动", str(problem))
            return
        self.desk.opened.emit(self.desk.township.path)

    def _show(self, found: tuple[list[str], list[str], list[str]]) -> None:
        flaws, missing, own = found
        self._fill(self._flaws, flaws, "没有写得不对的地方。")
        self._fill(self._missing, missing, "没有。")
        self._fill(self._own, own, "还没有。要增加领域、台账或字段，请联系维护人员。")

    def _fill(self, column: QVBoxLayout, lines: list[str], none: str) -> None:
        while column.count() > 2:
            taken = column.takeAt(2)  # after the title and the sentence
            widget = taken.widget() if taken is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for line in lines or [none]:
            column.addWidget(label(line, self, "sec", wrap=True))
