"""Take a step with items of a closed loop, and tell the steps that were taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from zhengui.catalogue.model import Ledger
from zhengui.services.township import people
from zhengui.services.township.reading import Reading, Writing, reads, writes
from zhengui.services.township.rights import Right
from zhengui.storage.problem import RecordMissing, StorageProblem
from zhengui.storage.records import record as records
from zhengui.storage.records.record import Record
from zhengui.storage.writing import loop_steps
from zhengui.storage.writing.loop_steps import KeptStep
from zhengui.values.check import check_record
from zhengui.values.loop_steps import (
    TITLES,
    Deed,
    Standing,
    Stay,
    Step,
    StepRefused,
    deeds_at,
    in_effect,
    replay,
    standing_of,
    stays,
    times_sent_back,
)
from zhengui.values.same_person import same_person
from zhengui.values.value import Value

__all__ = [
    "Deed",
    "LoopCourse",
    "StepRefused",
    "Taken",
    "ToldStep",
    "WantedStep",
    "course",
    "deeds",
    "take",
    "undo",
]

#: Steps that whoever is responsible for an item can't take with it.
_BY_ANOTHER = (Deed.PASS, Deed.CLOSE)


@dataclass(frozen=True, slots=True)
class WantedStep:
    """A step as somebody asks for it: see `loop_steps.Step`; `evidence` are attachments to add to the record."""

    deed: Deed
    day: date
    words: str = ""
    person: int | None = None
    department: int | None = None
    due: date | None = None
    fraud: bool = False
    evidence: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of it: the items that moved, and by item why the others stayed."""

    done: tuple[int, ...]
    refused: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class ToldStep:
    """A step in words: when, what, the state after it, with whom, by when, why; who wrote it down at what moment."""

    day: date
    deed: Deed
    title: str
    state: str
    person: str
    department: str
    due: date | None
    words: str
    fraud: bool
    evidence: tuple[int, ...]
    undone: bool
    at: datetime
    who: str


@dataclass(frozen=True, slots=True)
class LoopCourse:
    """The way of an item so far: where it stands, its steps, its stays, how often it was sent back."""

    standing: Standing
    steps: tuple[ToldStep, ...]
    stays: tuple[Stay, ...]
    sent_back: int


@writes(Right.ENTER)
def take(writing: Writing, ledger_key: str, ids: Sequence[int], wanted: WantedStep) -> Taken:
    """Take one step with several items; an item that can't take it stays as it is and is told of.

    Every item's step is written down with where the item stands after it; the ledger's fields are brought to the same.
    """
    ledger = _looped(writing, ledger_key)
    kept = loop_steps.of_records(writing.conn, writing.tables, ledger_key, ids)
    done, refused = [], {}
    found = records.fetch(writing.conn, writing.tables, ledger_key, ids)
    for record in found:
        try:
            if record.deleted_at is not None:
                raise RecordMissing
            _take_one(writing, ledger, record, kept.get(record.id, []), wanted)
            done.append(record.id)
        except (StepRefused, StorageProblem) as reason:
            refused[record.id] = str(reason)
    for id in set(ids) - {record.id for record in found}:
        refused[id] = str(RecordMissing())
    return Taken(tuple(done), refused)


@writes(Right.ENTER)
def take_one(writing: Writing, ledger_key: str, id: int, wanted: WantedStep) -> None:
    """Take a step with one item; raises `StepRefused` where it can't be taken."""
    taken = take(writing, ledger_key, [id], wanted)
    if taken.refused:
        raise StepRefused(taken.refused[id])


@writes(Right.ENTER)
def undo(writing: Writing, ledger_key: str, ids: Sequence[int]) -> Taken:
    """Take back the last step of several items; both stay written down."""
    return take(writing, ledger_key, ids, WantedStep(Deed.UNDO, writing.today))


def _take_one(
    writing: Writing, ledger: Ledger, record: Record, kept: list[KeptStep], wanted: WantedStep
) -> None:
    now = _standing(ledger, record)
    steps = [each.step for each in kept]
    known = replay(steps, Standing(), writing.today)[-1]
    where = (writing.conn, writing.tables, ledger.key, record.id)
    if not steps or known != now:
        # The ledger was written without a step: what it says from now on is where the item stands.
        entered = Step(Deed.ENTER, now.latest or writing.today, entered=now)
        loop_steps.add(*where, entered, now, writing.operator)
        steps.append(entered)
    files = _with_evidence(ledger, record, wanted)
    step = Step(
        wanted.deed,
        wanted.day,
        wanted.words.strip(),
        wanted.person,
        wanted.department,
        wanted.due,
        tuple(lacking(ledger, {**record.values, **files})),
        wanted.fraud,
    )
    _refuse_own(writing, now, step)
    _refuse_reported(writing, record, kept, step)
    after = replay([*steps, step], Standing(), writing.today)[-1]
    changes: dict[str, Any] = {**after.values, **files}
    _refuse_mistakes(writing, ledger, record, changes)
    records.update(*where, changes, writing.operator)
    loop_steps.add(*where, step, after, writing.operator, wanted.evidence)


def _refuse_own(writing: Writing, now: Standing, step: Step) -> None:
    """Nobody judges what he or she was responsible for."""
    if step.deed not in _BY_ANOTHER or now.responsible is None or not writing.operator:
        return
    official = writing.catalogue.ledgers.get("official")
    if official is None:
        return
    found = records.fetch(writing.conn, writing.tables, "official", [now.responsible])
    name = str(found[0].values.get("name") or "") if found else ""
    if same_person(name, writing.operator):
        raise StepRefused(f"{name}是这一项的责任人，不能{TITLES[step.deed]}。请换一个人办理。")


def _refuse_reported(writing: Writing, record: Record, kept: Sequence[KeptStep], step: Step) -> None:
    """Where people log in, nobody passes what he reported as done himself, if somebody else may."""
    if step.deed is not Deed.PASS or not people.others_may(writing, Right.ENTER):
        return
    left: list[KeptStep] = []
    for each in kept:
        if each.step.deed is Deed.UNDO:
            left.pop()
        else:
            left.append(each)
    reported = next((each.who for each in reversed(left) if each.step.deed is Deed.REPORT), None)
    if same_person(reported or record.changed_by or record.created_by or "", writing.operator):
        raise StepRefused("这一项是您自己申请验收的，不能自己验收。请另一位同事登录后验收。")


def _refuse_mistakes(writing: Writing, ledger: Ledger, record: Record, changes: Mapping[str, Value]) -> None:
    """Refuse what the ledger's own rules refuse, as far as the step has to do with it."""
    whole = {**record.values, **changes}
    for mistake in check_record(ledger, whole, writing.facts(record.id), writing.today):
        if mistake.severity == "error" and mistake.field in changes:
            raise StepRefused(f"{mistake.title}：{mistake.message}")


def _with_evidence(ledger: Ledger, record: Record, wanted: WantedStep) -> dict[str, Value]:
    """The attachment field with the files that the step brings."""
    key = ledger.loop.evidence
    if not wanted.evidence:
        return {}
    if not key:
        raise StepRefused(f"{ledger.title}没有放佐证材料的地方，请不要添加附件。")
    return {key: tuple(dict.fromkeys((*(record.values.get(key) or ()), *wanted.evidence)))}


def lacking(ledger: Ledger, values: Mapping[str, Any]) -> list[str]:
    """What evidence and fields an item still lacks before it can be verified, as titles."""
    found = []
    loop = ledger.loop
    if loop.evidence:
        have = len(values.get(loop.evidence) or ())
        if have < loop.least:
            title = ledger[loop.evidence].title
            short = f"“{title}”" if loop.least == 1 else f"“{title}”（至少 {loop.least} 张，现有 {have} 张）"
            found.append(short)
    found += [f"“{ledger[key].title}”" for key in loop.needs if not values.get(key)]
    return found


@reads
def deeds(reading: Reading, ledger_key: str, ids: Sequence[int]) -> dict[Deed, int]:
    """What can be done with these items, with how many of them; the way onward first."""
    ledger = _looped(reading, ledger_key)
    count: dict[Deed, int] = {}
    for record in records.fetch(reading.conn, reading.tables, ledger_key, ids):
        if record.deleted_at is None:
            for deed in deeds_at(_standing(ledger, record).state):
                count[deed] = count.get(deed, 0) + 1
    kept = loop_steps.of_records(reading.conn, reading.tables, ledger_key, ids)
    undoable = sum(1 for steps in kept.values() if _can_undo(steps))
    return {**count, Deed.UNDO: undoable} if undoable else count


def _can_undo(kept: Sequence[KeptStep]) -> bool:
    left = in_effect([each.step for each in kept])
    return bool(left) and left[-1].deed is not Deed.ENTER


@reads
def course(reading: Reading, ledger_key: str, id: int) -> LoopCourse:
    """The way of one item; RecordMissing where there is none."""
    ledger = _looped(reading, ledger_key)
    record = records.fetch_one(reading.conn, reading.tables, ledger_key, id)
    now = _standing(ledger, record)
    kept = loop_steps.of_records(reading.conn, reading.tables, ledger_key, [id]).get(id, [])
    steps = [each.step for each in kept]
    if not steps or replay(steps, Standing(), reading.today)[-1] != now:
        steps.append(Step(Deed.ENTER, now.latest or reading.today, entered=now))
    standing = tuple(stays(steps, Standing(), reading.today))
    return LoopCourse(now, tuple(_told(reading, kept)), standing, times_sent_back(steps))


def _told(reading: Reading, kept: Sequence[KeptStep]) -> list[ToldStep]:
    lookup = reading.lookup()

    def name(register: str, id: int | None) -> str:
        return (lookup.label(register, id) or "") if id is not None else ""

    found: list[ToldStep] = []
    for each in kept:
        step = each.step
        if step.deed is Deed.UNDO:
            last = max(n for n, told in enumerate(found) if not told.undone and told.deed is not Deed.UNDO)
            found[last] = replace(found[last], undone=True)
        found.append(
            ToldStep(
                step.day,
                step.deed,
                TITLES[step.deed],
                each.after.state,
                name("official", step.person),
                name("department", step.department),
                step.due,
                step.words,
                step.fraud,
                each.evidence,
                False,
                each.at,
                each.who,
            )
        )
    return found


def _looped(reading: Reading, ledger_key: str) -> Ledger:
    ledger = reading.catalogue.ledgers[ledger_key]
    if not ledger.closed_loop:
        raise StepRefused(f"{ledger.title}不是要销号的台账。")
    return ledger


def _standing(ledger: Ledger, record: Record) -> Standing:
    listed = record.values.get(ledger.period[0]) if ledger.period else None
    return standing_of(record.values, listed if isinstance(listed, date) else None)
