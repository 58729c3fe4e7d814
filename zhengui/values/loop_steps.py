"""The closed loop as a machine over values: which step follows which, what it needs, and what all steps come to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum

from zhengui.catalogue.closed_loop import CLOSED, LOOP_STATES, OVERDUE, RECTIFIED, is_overdue, state_of
from zhengui.problem import Problem

__all__ = [
    "CLOSED",
    "LOOP_STATES",
    "OVERDUE",
    "RECTIFIED",
    "TITLES",
    "Deed",
    "Standing",
    "Stay",
    "Step",
    "StepRefused",
    "apply",
    "deeds_at",
    "in_effect",
    "replay",
    "standing_of",
    "stays",
    "times_sent_back",
]

TO_ASSIGN, RECTIFYING, TO_VERIFY, TO_CLOSE, DONE = LOOP_STATES


class Deed(StrEnum):
    """What can be done with an item."""

    ENTER = "enter"  # the ledger holds dates that no step brought: entered in the form, imported, or corrected there
    ASSIGN = "assign"
    REPORT = "report"
    PASS = "pass"
    CLOSE = "close"
    RETURN = "return"
    EXTEND = "extend"
    FAIL = "fail"  # a spot check found that a closed item is not in order
    UNDO = "undo"  # the last step was a slip


#: What each step is called.
TITLES: Mapping[Deed, str] = {
    Deed.ENTER: "登记",
    Deed.ASSIGN: "交办",
    Deed.REPORT: "申请验收",
    Deed.PASS: "验收通过",
    Deed.CLOSE: "销号",
    Deed.RETURN: "退回",
    Deed.EXTEND: "延期",
    Deed.FAIL: "抽查退回",
    Deed.UNDO: "撤回上一步",
}


class StepRefused(Problem):
    """A step that can't be taken; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an item stands; each attribute but `listed_on` is the loop's field of the same key."""

    listed_on: date | None = None
    assigned_on: date | None = None
    department: int | None = None
    responsible: int | None = None
    due_on: date | None = None
    measure_taken: str | None = None
    rectified_on: date | None = None
    verified_on: date | None = None
    verifier: int | None = None
    closed_on: date | None = None

    @property
    def values(self) -> dict[str, object]:
        """The loop's fields of the ledger."""
        return {each.name: getattr(self, each.name) for each in fields(self) if each.name != "listed_on"}

    @property
    def state(self) -> str:
        """One of LOOP_STATES."""
        return state_of(self.values)

    @property
    def latest(self) -> date | None:
        """The day of the furthest step."""
        days = (self.listed_on, self.assigned_on, self.rectified_on, self.verified_on, self.closed_on)
        return max((day for day in days if day is not None), default=None)

    def is_overdue(self, today: date) -> bool:
        """Whether what is due by the due date is not done."""
        return is_overdue(self.values, today)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what was done on which day, with what it needs.

    `words` are the measure taken, or the reason; `person` is whom it was given to, or who verified it; `lacking`
    names what evidence and fields are still missing, as their titles; `fraud` marks what was found to be made up.
    `entered` is where the item stands where the ledger itself was written (Deed.ENTER).
    """

    deed: Deed
    day: date
    words: str = ""
    person: int | None = None
    department: int | None = None
    due: date | None = None
    lacking: tuple[str, ...] = ()
    fraud: bool = False
    entered: Standing | None = None


@dataclass(frozen=True, slots=True)
class Stay:
    """How long an item stayed in a state: from a day to the day it left, or to today (`until` None)."""

    state: str
    since: date
    until: date | None

    def days(self, today: date) -> int:
        """The days of the stay."""
        return ((self.until or today) - self.since).days


_DEEDS: Mapping[str, tuple[Deed, ...]] = {
    TO_ASSIGN: (Deed.ASSIGN,),
    RECTIFYING: (Deed.REPORT, Deed.RETURN, Deed.EXTEND),
    TO_VERIFY: (Deed.PASS, Deed.RETURN),
    TO_CLOSE: (Deed.CLOSE, Deed.RETURN),
    DONE: (Deed.FAIL,),
}


def deeds_at(state: str) -> tuple[Deed, ...]:
    """What can be done with an item in a state, the way onward first."""
    return _DEEDS[state]


def standing_of(values: Mapping[str, object], listed: date | None) -> Standing:
    """Where a record stands by the fields of its ledger."""
    known = {each.name for each in fields(Standing)} - {"listed_on"}
    return Standing(listed, **{key: values.get(key) or None for key in known})  # type: ignore[arg-type]


def apply(now: Standing, step: Step, today: date) -> Standing:
    """Where an item stands after a step; `StepRefused` where it can't be taken. `UNDO` is left to `replay`."""
    if step.deed is Deed.ENTER:
        return step.entered or now
    if step.deed not in _DEEDS[now.state]:
        raise StepRefused(f"“{now.state}”的事项不能{TITLES[step.deed]}。请先办完前面的步骤。")
    _judge_day(now, step, today)
    return _MOVES[step.deed](now, step)


def _judge_day(now: Standing, step: Step, today: date) -> None:
    if step.day > today:
        raise StepRefused(f"{TITLES[step.deed]}日期 {step.day} 还没有到，请核对。")
    if now.latest is not None and step.day < now.latest:
        raise StepRefused(f"{TITLES[step.deed]}日期 {step.day} 早于上一步的 {now.latest}，请核对。")


def _assign(now: Standing, step: Step) -> Standing:
    person, department = step.person or now.responsible, step.department or now.department
    due = step.due or now.due_on
    if person is None and department is None:
        raise StepRefused("请写明交给谁办：责任部门或责任人至少填一个。")
    if due is None:
        raise StepRefused("请写明整改期限。")
    if due < step.day:
        raise StepRefused(f"整改期限 {due} 早于交办日期 {step.day}，请核对。")
    return replace(now, assigned_on=step.day, responsible=person, department=department, due_on=due)


def _report(now: Standing, step: Step) -> Standing:
    measure = step.words.strip() or now.measure_taken
    if not measure:
        raise StepRefused("请写明怎样整改的，再申请验收。")
    _need_evidence(step)
    return replace(now, rectified_on=step.day, measure_taken=measure)


def _pass(now: Standing, step: Step) -> Standing:
    if step.person is None:
        raise StepRefused("请写明验收人。")
    if step.person == now.responsible:
        raise StepRefused("验收人是这一项的责任人，不能验收自己办的事。请换一个人验收。")
    _need_evidence(step)
    return replace(now, verified_on=step.day, verifier=step.person)


def _need_evidence(step: Step) -> None:
    if step.lacking:
        raise StepRefused(f"还缺{'、'.join(step.lacking)}，补齐后才能验收。")


def _close(now: Standing, step: Step) -> Standing:
    if now.verifier is None:
        raise StepRefused("没有登记验收人，不能销号。请退回后重新验收。")
    return replace(now, closed_on=step.day)


def _send_back(now: Standing, step: Step) -> Standing:
    """From rectifying to be assigned anew; from verification to be rectified once more."""
    _need_reason(step, "退回")
    due = step.due or now.due_on
    if step.due is not None and step.due < step.day:
        raise StepRefused(f"新的期限 {step.due} 早于退回日期 {step.day}，请核对。")
    if now.state == RECTIFYING:
        return replace(now, assigned_on=None, responsible=None, due_on=due)
    return replace(now, rectified_on=None, verified_on=None, verifier=None, due_on=due)


def _fail(now: Standing, step: Step) -> Standing:
    _need_reason(step, "抽查退回")
    due = step.due or now.due_on
    if due is None or due < step.day:
        raise StepRefused("请写明重新整改的期限，不能早于退回日期。")
    return replace(now, rectified_on=None, verified_on=None, verifier=None, closed_on=None, due_on=due)


def _extend(now: Standing, step: Step) -> Standing:
    _need_reason(step, "延期")
    if step.due is None or (now.due_on is not None and step.due <= now.due_on):
        raise StepRefused("新的期限应晚于原来的期限，请核对。")
    if step.due < step.day:
        raise StepRefused(f"新的期限 {step.due} 早于办理日期 {step.day}，请核对。")
    return replace(now, due_on=step.due)


def _need_reason(step: Step, what: str) -> None:
    if not step.words.strip():
        raise StepRefused(f"请写明{what}的原因。")


_MOVES = {
    Deed.ASSIGN: _assign,
    Deed.REPORT: _report,
    Deed.PASS: _pass,
    Deed.CLOSE: _close,
    Deed.RETURN: _send_back,
    Deed.EXTEND: _extend,
    Deed.FAIL: _fail,
}


def replay(steps: Iterable[Step], start: Standing, today: date) -> list[Standing]:
    """Where the item stood after each step that was not undone, the start first; the last is where it stands now.

    An undone step leaves nothing behind; what the ledger itself was given can't be undone.
    """
    stack: list[tuple[Deed, Standing]] = [(Deed.ENTER, start)]
    for step in steps:
        if step.deed is Deed.UNDO:
            if stack[-1][0] is Deed.ENTER:
                raise StepRefused("没有可以撤回的步骤。登记在台账里的内容，请打开记录修改。")
            stack.pop()
        else:
            stack.append((step.deed, apply(stack[-1][1], step, today)))
    return [standing for _deed, standing in stack]


def in_effect(steps: Iterable[Step]) -> list[Step]:
    """The steps that were not undone."""
    kept: list[Step] = []
    for step in steps:
        if step.deed is Deed.UNDO:
            kept.pop()
        else:
            kept.append(step)
    return kept


def times_sent_back(steps: Iterable[Step]) -> int:
    """How often an item was sent back, by a check or by whom it was given to."""
    return sum(1 for step in in_effect(steps) if step.deed in (Deed.RETURN, Deed.FAIL))


def stays(steps: Iterable[Step], start: Standing, today: date) -> list[Stay]:
    """The states an item went through, each with its days, in order; an extension ends no stay."""
    kept = in_effect(steps)
    standings = replay(kept, start, today)
    found = _of_dates(start)
    for step, standing in zip(kept, standings[1:], strict=True):
        if step.deed is Deed.ENTER:
            found = _of_dates(standing)
        elif not found or found[-1].state != standing.state:
            if found:
                found[-1] = replace(found[-1], until=step.day)
            found.append(Stay(standing.state, step.day, None))
    return found


def _of_dates(standing: Standing) -> list[Stay]:
    """The stays that the dates of a record tell of."""
    days = (
        standing.listed_on,
        standing.assigned_on,
        standing.rectified_on,
        standing.verified_on,
        standing.closed_on,
    )
    known = [(state, day) for state, day in zip(LOOP_STATES, days, strict=True) if day is not None]
    ends = [*(day for _state, day in known[1:]), None]
    return [Stay(state, day, ends[place]) for place, (state, day) in enumerate(known)]
