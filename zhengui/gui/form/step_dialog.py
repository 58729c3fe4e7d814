"""Ask for what a step of the closed loop needs, take it, and say what of several items could not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QCheckBox, QMenu, QWidget

from zhengui.catalogue.model import Field, FieldType, Ledger
from zhengui.gui.fields.context import EditorContext
from zhengui.gui.fields.field_rows import FieldRows
from zhengui.gui.kit.dialogs import Dialog, ask, tell
from zhengui.services.loops import take_step
from zhengui.services.loops.take_step import Deed, Taken, WantedStep
from zhengui.services.township.township import Township
from zhengui.values.loop_steps import TITLES

_DAY = Field("day", "办理日期", FieldType.DATE)
_DEPARTMENT = Field("department", "责任部门", FieldType.DEPARTMENT)
_RESPONSIBLE = Field("person", "责任人", FieldType.OFFICIAL)
_VERIFIER = Field("person", "验收人", FieldType.OFFICIAL)
_DUE = Field("due", "整改期限", FieldType.DATE)
_NEW_DUE = Field("due", "新的期限", FieldType.DATE)
_MEASURE = Field("words", "整改措施", FieldType.LONG_TEXT, max_length=2000)
_REASON = Field("words", "原因", FieldType.LONG_TEXT, max_length=500)
#: What each step asks for after its day; `evidence` stands for the ledger's own field.
_ASKED: dict[Deed, tuple[Field, ...]] = {
    Deed.ASSIGN: (_DEPARTMENT, _RESPONSIBLE, _DUE),
    Deed.REPORT: (_MEASURE,),
    Deed.PASS: (_VERIFIER,),
    Deed.CLOSE: (),
    Deed.RETURN: (_REASON, _NEW_DUE),
    Deed.EXTEND: (_NEW_DUE, _REASON),
    Deed.FAIL: (_REASON, _NEW_DUE),
}
_WITH_EVIDENCE = (Deed.REPORT, Deed.PASS)
_SENT_BACK = (Deed.RETURN, Deed.FAIL)
#: So many reasons are told when several items could not take a step.
_TOLD = 8


class StepDialog(Dialog):
    """One step with one item or several; `taken` says what came of it."""

    def __init__(
        self,
        parent: QWidget | None,
        context: EditorContext,
        township: Township,
        ledger: Ledger,
        ids: Sequence[int],
        deed: Deed,
    ) -> None:
        what = (
            f"这 {len(ids)} {ledger.measure_word}{ledger.noun}"
            if len(ids) > 1
            else f"这{ledger.measure_word}{ledger.noun}"
        )
        super().__init__(parent, f"{what}要{TITLES[deed]}吗？", "", TITLES[deed], "取消", 440)
        self._township, self._ledger, self._ids, self._step = township, ledger, tuple(ids), deed
        self.taken: Taken | None = None
        asked = [_DAY, *_ASKED[deed]]
        if deed in _WITH_EVIDENCE and ledger.loop.evidence and len(ids) == 1:
            asked.append(ledger[ledger.loop.evidence])
        self.editors = FieldRows(self, context, asked)
        self.editors.set("day", township.today())
        self.fraud: QCheckBox | None = None
        if deed in _SENT_BACK:
            self.fraud = self.add_tick("弄虚作假，通报时点名")
        if deed is Deed.PASS and ledger.loop.evidence:
            self.add_words("验收人不能是责任人本人；没有佐证材料的不能验收。", "cap")

    def _wanted(self) -> WantedStep:
        filled = self.editors
        return WantedStep(
            self._step,
            filled.day("day") or self._township.today(),
            filled.words("words"),
            filled.number("person"),
            filled.number("department"),
            filled.day("due"),
            self.fraud is not None and self.fraud.isChecked(),
            filled.numbers(self._ledger.loop.evidence),
        )

    def mistake(self) -> str:
        return self.editors.mistake(self)

    def take(self) -> None:
        taken = take_step.take(self._township, self._ledger.key, self._ids, self._wanted())
        if not taken.done:
            self.complain(next(iter(taken.refused.values()), "没有可以办理的事项。"))
            return
        self.taken = taken
        self.accept()


def ask_step(
    parent: QWidget,
    context: EditorContext,
    township: Township,
    ledger: Ledger,
    ids: Sequence[int],
    deed: Deed,
) -> Taken | None:
    """Ask and take a step; None where it was left. What could not be done is told."""
    if deed is Deed.UNDO:
        if not ask(
            parent, "要撤回上一步吗？", "台账回到上一步以前的样子，经过里两步都留着。", "撤回", "不撤了"
        ):
            return None
        taken: Taken | None = take_step.undo(township, ledger.key, ids)
    else:
        dialog = StepDialog(parent, context, township, ledger, ids, deed)
        taken = dialog.taken if dialog.exec() else None
    if taken is not None and taken.refused:
        _tell_refused(parent, township, ledger, deed, taken)
    return taken


def _tell_refused(parent: QWidget, township: Township, ledger: Ledger, deed: Deed, taken: Taken) -> None:
    with township.reading() as reading:
        lines = [
            f"{reading.label(ledger, id)}：{reason}" for id, reason in list(taken.refused.items())[:_TOLD]
        ]
    if len(taken.refused) > _TOLD:
        lines.append(f"……另有 {len(taken.refused) - _TOLD} {ledger.measure_word}")
    done = f"已{TITLES[deed]} {len(taken.done)} {ledger.measure_word}，" if taken.done else ""
    tell(parent, f"{done}{len(taken.refused)} {ledger.measure_word}没有办成", "\n".join(lines))


def words_for(ledger: Ledger, deed: Deed, taken: Taken) -> str:
    """What was done, for the bottom of the window."""
    return f"已{TITLES[deed]}{ledger.noun} {len(taken.done)} {ledger.measure_word}"


def fill_step_menu(
    menu: QMenu, township: Township, ledger: Ledger, ids: Sequence[int], chosen: Callable[[Deed], None]
) -> None:
    """Add what can be done with these items, each with how many of them where not with all."""
    for deed, count in take_step.deeds(township, ledger.key, ids).items():
        some = f"（{count} {ledger.measure_word}）" if len(ids) > 1 else ""
        menu.addAction(f"{TITLES[deed]}{some}…", partial(chosen, deed))


def onward(township: Township, ledger: Ledger, ids: Sequence[int]) -> Deed | None:
    """The one step that brings all of these items on; None where they stand at different ones, or are closed."""
    found = take_step.deeds(township, ledger.key, ids)
    way = (Deed.ASSIGN, Deed.REPORT, Deed.PASS, Deed.CLOSE)
    fitting = [deed for deed in way if found.get(deed) == len(ids)]
    return fitting[0] if fitting else None
