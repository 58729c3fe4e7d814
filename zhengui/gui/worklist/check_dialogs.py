"""Dialogs of spot checks and contact duties: what to draw, what was found, who takes over."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from zhengui.catalogue.model import Field, FieldType
from zhengui.gui.fields.field_rows import FieldRows
from zhengui.gui.form.field_context import TownshipContext
from zhengui.gui.kit.allowing import allow
from zhengui.gui.kit.dialogs import Dialog
from zhengui.services.loops import duties, spot_check
from zhengui.services.loops.spot_check import AGAIN_WITHIN, CheckedItem
from zhengui.services.township.township import Township
from zhengui.storage.writing.spot_draws import KeptDraw

_DAY = Field("day", "抽查日期", FieldType.DATE)
_CHECKER = Field("checker", "抽查人", FieldType.OFFICIAL)
_WORDS = Field("words", "不合格的情况", FieldType.LONG_TEXT, max_length=500)
_PHOTOS = Field("photos", "照片", FieldType.ATTACHMENT)
_DUE = Field("due", f"重新整改的期限（不填是 {AGAIN_WITHIN} 天）", FieldType.DATE)
_GIVER = Field("giver", "交出的干部", FieldType.OFFICIAL)
_TAKER = Field("taker", "接手的干部", FieldType.OFFICIAL)
_FROM = Field("day", "从哪天起", FieldType.DATE)


class DrawDialog(Dialog):
    """How many of which ledger; the seed may be left to chance."""

    def __init__(
        self,
        parent: QWidget,
        township: Township,
        ledgers: Sequence[tuple[str, str]],
        villages: tuple[int, ...] = (),
    ) -> None:
        told = "从已销号的事项里按村（居）分层随机抽取。种子数记在抽查里，任何人都可以据此重抽核对。"
        super().__init__(parent, "这次抽查多少？", told, "抽取", "取消", 440)
        self._township, self._villages = township, villages
        self.ledger = self.add_choice("台账", [(title, key) for key, title in ledgers])
        self.size_line = self.add_line("数量", "5%", "件数，如 10；或比例，如 5%", 8)
        self.seed = self.add_line("种子数", "", "不填就随机取一个", 9)
        self.again = self.add_tick("上一次抽过的也可以再抽")
        self.made: KeptDraw | None = None

    def mistake(self) -> str:
        seed = self.seed.text().strip()
        right = not seed or seed.isdecimal()
        return self.wrong(self.seed, "" if right else "种子数请只写数字，或者不填")

    def take(self) -> None:
        seed = self.seed.text().strip()
        self.made = spot_check.draw_items(
            self._township,
            self.ledger.currentData(),
            self.size_line.text(),
            int(seed) if seed else None,
            self._villages,
            self.again.isChecked(),
        )
        self.accept()


class ResultDialog(Dialog):
    """What was found of a drawn item; a failed one goes back into its loop."""

    def __init__(self, parent: QWidget, township: Township, draw: int, item: CheckedItem) -> None:
        super().__init__(parent, "抽查结果怎样？", item.item.title, "登记", "取消", 460)
        self._township, self._draw, self._record = township, draw, item.item.id
        self.result_box = self.add_choice("结果", [("合格", True), ("不合格，退回整改", False)])
        self.editors = FieldRows(self, TownshipContext(township), (_DAY, _CHECKER, _WORDS, _PHOTOS, _DUE))
        self.editors.set("day", township.today())
        self.fraud = self.add_tick("弄虚作假，通报时点名")
        self.result_box.currentIndexChanged.connect(lambda _at: self._fit_result())
        self._fit_result()

    def _fit_result(self) -> None:
        """What only a failed item needs can't be filled in for one that passed."""
        failed = not self.result_box.currentData()
        for each in (self.editors["words"], self.editors["due"]):
            each.setEnabled(failed)
        allow(self.fraud, failed, "合格的不点名")

    def mistake(self) -> str:
        return self.editors.mistake(self)

    def take(self) -> None:
        passed = bool(self.result_box.currentData())
        filled = self.editors
        spot_check.note_result(
            self._township,
            self._draw,
            self._record,
            passed,
            filled.day("day"),
            filled.number("checker"),
            "" if passed else filled.words("words"),
            filled.numbers("photos"),
            None if passed else filled.day("due"),
            not passed and self.fraud.isChecked(),
        )
        self.accept()


class HandOverDialog(Dialog):
    """Who hands all duties over to whom, from which day on."""

    def __init__(self, parent: QWidget, township: Township, giver: int | None = None) -> None:
        told = "交出的干部正在包保的农户全部由接手的人包保。原来的包保关系到前一天为止，留作历史。"
        super().__init__(parent, "把包保交给谁？", told, "交接", "取消", 440)
        self._township = township
        self.editors = FieldRows(self, TownshipContext(township), (_GIVER, _TAKER, _FROM))
        if giver is not None:
            self.editors.set("giver", giver)
        self.editors.set("day", township.today())
        self.handed = 0

    def mistake(self) -> str:
        return self.editors.mistake(self, ("giver", "taker", "day"))

    def take(self) -> None:
        giver, taker = self.editors.number("giver"), self.editors.number("taker")
        day = self.editors.day("day")
        assert giver is not None
        assert taker is not None
        assert day is not None
        self.handed = duties.hand_over(self._township, giver, taker, day)
        self.accept()
