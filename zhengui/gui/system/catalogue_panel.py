"""目录: what the office has of its own, what does not hold and what to do, and what the file holds besides."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from zhengui.gui.desk.desk import Desk
from zhengui.gui.kit.dialogs import label
from zhengui.gui.system.panel import Panel
from zhengui.services.township import own_catalogue


class CataloguePanel(Panel):
    """Three cards; each says in a line of its own what it found, or that there is nothing."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
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
        township = self.desk.township

        def work(_progress: Any) -> tuple[list[str], list[str], list[str]]:
            with township.reading() as reading:
                missing = [f"{each}" for each in own_catalogue.missing_entries(reading)]
                return (
                    list(map(str, township.catalogue.flaws)),
                    missing,
                    list(own_catalogue.own_entries(reading)),
                )

        self.desk.background.run(work, self._show, key=f"catalogue{id(self)}")

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
