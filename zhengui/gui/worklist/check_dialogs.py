"""Dialogs of spot checks and contact duties: what to draw, what was found, who takes over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QCheckBox, QWidget

from zhengui.catalogue.model import Field, FieldType
from zhengui.gui.fields.field_editor import FieldEditor
from zhengui.gui.fields.registry import editor_for
from zhengui.gui.form.field_context import TownshipContext
from zhengui.gui.kit.allowing import allow
from zhengui.gui.kit.dialogs import Dialog
from zhengui.problem import Problem
from zhengui.services.loops import duties, spot_check
from zhengui.services.loops.spot_check import AGAIN_WITHIN, CheckedItem
from zhengui.services.township.township import Township
from zhengui.storage.writing.spot_draws import KeptDraw
from zhengui.values.parse import ValueMistake

_DAY = Field("day", "抽查日期", FieldType.DATE)
_CHECKER = Field("checker", "抽查人", FieldType.OFFICIAL)
_WORDS = Field("words", "不合格的情况", FieldType.LONG_TEXT, max_length=500)
_PHOTOS = Field("photos", "照片", FieldType.ATTACHMENT)
_DUE = Field("due", f"重新整改的期限（不填是 {AGAIN_WITHIN} 天）", FieldType.DATE)
_GIVER = Field("giver", "交出的干部", FieldType.OFFICIAL)
_TAKER = Field("taker", "接手的干部", FieldType.OFFICIAL)
_FROM = Field("day", "从哪天起", FieldType.DATE)


def _ask(dialog: Dialog, township: Township, asked: Sequence[Field]) -> dict[str, FieldEditor]:
    """Add rows with the form's own editors."""
    office = TownshipContext(township)
    editors = {}
    for field in asked:
        editors[field.key] = editor_for(field, office)
        dialog.add_under(field.title, editors[field.key])
    return editors


def _wrong(editors: Mapping[str, FieldEditor]) -> str:
    """What can't be read of what was typed; empty where all can."""
    for editor in editors.values():
        editor.normalise()
        try:
            editor.value()
        except ValueMistake as wrong:
            return wrong.message
    return ""


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
        self.again = QCheckBox("上一次抽过的也可以再抽", self)
        self.rows.addWidget(self.again)
        self.made: KeptDraw | None = None

    def mistake(self) -> str:
        seed = self.seed.text().strip()
        return "" if not seed or seed.isdecimal() else "种子数请只写数字，或者不填"

    def take(self) -> None:
        seed = self.seed.text().strip()
        try:
            self.made = spot_check.draw_items(
                self._township,
                self.ledger.currentData(),
                self.size_line.text(),
                int(seed) if seed else None,
                self._villages,
                self.again.isChecked(),
            )
        except Problem as refused:
            self.complain(refused.message)
            return
        self.accept()


class ResultDialog(Dialog):
    """What was found of a drawn item; a failed one goes back into its loop."""

    def __init__(self, parent: QWidget, township: Township, draw: int, item: CheckedItem) -> None:
        super().__init__(parent, "抽查结果怎样？", item.item.title, "登记", "取消", 460)
        self._township, self._draw, self._record = township, draw, item.item.id
        self.result_box = self.add_choice("结果", [("合格", True), ("不合格，退回整改", False)])
        self.editors = _ask(self, township, (_DAY, _CHECKER, _WORDS, _PHOTOS, _DUE))
        self.editors["day"].set_value(township.today())
        self.fraud = QCheckBox("弄虚作假，通报时点名", self)
        self.rows.addWidget(self.fraud)
        self.result_box.currentIndexChanged.connect(lambda _at: self._fit_result())
        self._fit_result()

    def _fit_result(self) -> None:
        """What only a failed item needs can't be filled in for one that passed."""
        failed = not self.result_box.currentData()
        for each in (self.editors["words"], self.editors["due"]):
            each.setEnabled(failed)
        allow(self.fraud, failed, "合格的不点名")

    def mistake(self) -> str:
        return _wrong(self.editors)

    def take(self) -> None:
        passed = bool(self.result_box.currentData())
        values = {key: self.editors[key].value() for key in self.editors}
        try:
            spot_check.note_result(
                self._township,
                self._draw,
                self._record,
                passed,
                values["day"],  # type: ignore[arg-type]
                values["checker"],  # type: ignore[arg-type]
                "" if passed else str(values["words"] or ""),
                values["photos"] or (),  # type: ignore[arg-type]
                None if passed else values["due"],  # type: ignore[arg-type]
                not passed and self.fraud.isChecked(),
            )
        except Problem as refused:
            self.complain(refused.message)
            return
        self.accept()


class HandOverDialog(Dialog):
    """Who hands all duties over to whom, from which day on."""

    def __init__(self, parent: QWidget, township: Township, giver: int | None = None) -> None:
        told = "交出的干部正在包保的农户全部由接手的人包保。原来的包保关系到前一天为止，留作历史。"
        super().__init__(parent, "把包保交给谁？", told, "交接", "取消", 440)
        self._township = township
        self.editors = _ask(self, township, (_GIVER, _TAKER, _FROM))
        if giver is not None:
            self.editors["giver"].set_value(giver)
        self.editors["day"].set_value(township.today())
        self.handed = 0

    def mistake(self) -> str:
        wrong = _wrong(self.editors)
        if wrong:
            return wrong
        missing = next((key for key in ("giver", "taker", "day") if self.editors[key].value() is None), "")
        return f"请填写{self.editors[missing].field.title}" if missing else ""

    def take(self) -> None:
        giver, taker, day = (self.editors[key].value() for key in ("giver", "taker", "day"))
        try:
            self.handed = duties.hand_over(self._township, giver, taker, day)  # type: ignore[arg-type]
        except Problem as refused:
            self.complain(refused.message)
            return
        except Exception as refused:
            from zhengui.services.entry.record import Mistakes

            if not isinstance(refused, Mistakes):
                raise
            self.complain(refused.found[0].message)
            return
        self.accept()
