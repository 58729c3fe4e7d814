"""The dialog that shares an item out among the villages, or what is left of it anew."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from zhengui.gui.kit.dialogs import Dialog
from zhengui.gui.kit.labels import label
from zhengui.gui.plan.typed import read_amount
from zhengui.services.plan.schedule_plan import MONTH, WEEK
from zhengui.services.plan.share_ways import BY, INDICATOR
from zhengui.values.parse import ValueMistake


class ShareDialog(Dialog):
    """How an item is shared out among the villages, or what is left of it shared out anew."""

    def __init__(
        self,
        parent: QWidget,
        held: bool,
        villages: dict[int, str],
        share: bool,
        indicators: Mapping[str, str] | None = None,
    ) -> None:
        indicators = indicators or {}
        title = "剩下的怎样重新分配？" if held else "怎样分解到各村（居）？"
        text = "从今天倒排到完成期限，扣除节假日。" + ("原来的分配会保留，可以撤销。" if held else "")
        super().__init__(parent, title, text, "重新分配" if held else "分解", "取消", 460)
        self._held, self._villages = held, villages
        ways: list[tuple[str, object]] = [("各村（居）补上自己欠的", "")] if held else []
        ways += [("各村（居）同一比率，按各自的人数", "population")] if share and not held else []
        if not share:
            ways += [(words, by) for by, words in BY.items() if not (held and by == "own")]
            ways += [(f"按{title}", f"{INDICATOR}{key}") for key, title in indicators.items()]
        self.by = self.add_choice("分法", ways)
        self.step: QComboBox | None = None
        if not held:
            self.step = self.add_choice("排到", [("每月", MONTH), ("每周", WEEK)])
        self.own: dict[int, QLineEdit] = {}
        self._own_box = QWidget(self)
        self.rows.addWidget(self._own_box)
        self._own_box.hide()
        self.by.currentIndexChanged.connect(lambda _place: self._show_own())
        self._fill_own()

    def _fill_own(self) -> None:
        grid = QGridLayout(self._own_box)
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setVerticalSpacing(4)
        for place, (village, name) in enumerate(self._villages.items()):
            line = QLineEdit(self._own_box)
            line.setAccessibleName(f"{name}的份额")
            self.own[village] = line
            row, column = divmod(place, 3)
            grid.addWidget(label(name, self._own_box, "fld"), row, column * 2)
            grid.addWidget(line, row, column * 2 + 1)

    def _show_own(self) -> None:
        self._own_box.setVisible(self.by.currentData() == "own")

    def weights(self) -> dict[int, Decimal]:
        """The numbers filled in by hand."""
        found = {}
        for village, line in self.own.items():
            value = read_amount(line.text())
            if value:
                found[village] = value
        return found

    def mistake(self) -> str:
        if self.by.currentData() != "own":
            return ""
        for line in self.own.values():
            try:
                read_amount(line.text())
            except ValueMistake as mistake:
                return self.wrong(line, str(mistake))
        first = next(iter(self.own.values()), None)
        given = first is None or any(self.weights().values())
        return "" if given or first is None else self.wrong(first, "请至少给一个村（居）填份额")


class SpreadDialog(Dialog):
    """Whose rest is to be spread anew over the days that are left; `ways` are (words, the targets' records)."""

    def __init__(self, parent: QWidget, ways: list[tuple[str, object]]) -> None:
        text = "没有完成的人数从明天起平均排到完成期限，扣除节假日。原来的进度要求会保留，可以撤销。"
        super().__init__(parent, "余下的接种任务怎样重新分配？", text, "重新分配", "取消", 460)
        self.which = self.add_choice("重排哪些", ways)

    def targets(self) -> list[int]:
        """The records of the targets that were chosen."""
        return list(self.which.currentData() or [])
