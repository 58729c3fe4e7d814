"""Steps that change records and can be taken back and done again: cells, whole records, to the bin and from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zhengui.problem import Problem
from zhengui.services.entry.record import Edited, Removed, Values, delete, restore
from zhengui.services.township.reading import Reading, Writing, reads, writes
from zhengui.services.township.rights import Right
from zhengui.storage.query import references
from zhengui.storage.records import record as records
from zhengui.values.check import Mistake, check_record
from zhengui.values.value import Value


@dataclass(frozen=True, slots=True)
class RecordStep:
    """What happened to one record: the fields that changed, before and after; None where it was not there."""

    id: int
    before: Values | None
    after: Values | None


@dataclass(frozen=True, slots=True)
class EntryStep:
    """What one action did to records of a ledger."""

    ledger: str
    records: tuple[RecordStep, ...]


@dataclass(frozen=True, slots=True)
class WrittenCells:
    """What came of writing cells: the step, and by record what kept it from being written."""

    step: EntryStep
    wrong: Mapping[int, tuple[Mistake, ...]]


class StepOvertaken(Problem):
    """A step that can't be taken back or done again, as its records were changed since."""


@writes(Right.ENTER)
def set_cells(writing: Writing, ledger_key: str, wanted: Mapping[int, Values]) -> WrittenCells:
    """Give each record its own new values; a record that would break a rule stays as it is and is told of.

    Records that are gone by then are left out.
    """
    wrong: dict[int, tuple[Mistake, ...]] = {}
    done = []
    for each in _judged(writing, ledger_key, wanted):
        if each.wrong:
            wrong[each.id] = each.wrong
            continue
        changes = {key: after for key, (_before, after) in each.changes.items()}
        records.update(writing.conn, writing.tables, ledger_key, each.id, changes, writing.operator)
        before = {key: old for key, (old, _after) in each.changes.items()}
        done.append(RecordStep(each.id, before, changes))
    return WrittenCells(EntryStep(ledger_key, tuple(done)), wrong)


@dataclass(frozen=True, slots=True)
class ValuesLook:
    """What new values would do to one record: before and after by field, and the rules that they would break."""

    id: int
    changes: Mapping[str, tuple[Value, Value]]
    wrong: tuple[Mistake, ...]


@dataclass(frozen=True, slots=True)
class CellsLook:
    """What new values would do, by record; records that would stay as they are are left out.

    `before` and `labels` are of all records: what they hold now, and how they are called.
    """

    records: Mapping[int, ValuesLook]
    before: Mapping[int, Values]
    labels: Mapping[int, str]


@reads
def look_at_cells(reading: Reading, ledger_key: str, wanted: Mapping[int, Values]) -> CellsLook:
    """What `set_cells` would do."""
    found = {look.id: look for look in _judged(reading, ledger_key, wanted)}
    where = (reading.conn, reading.tables, ledger_key)
    before = {each.id: each.values for each in records.fetch(*where, wanted)}
    return CellsLook(found, before, references.labels(*where, list(wanted)))


def _judged(reading: Reading, ledger_key: str, wanted: Mapping[int, Values]) -> Iterator[ValuesLook]:
    ledger = reading.catalogue.ledgers[ledger_key]
    for found in records.fetch(reading.conn, reading.tables, ledger_key, wanted):
        changes = {
            key: (found.values.get(key), value)
            for key, value in wanted[found.id].items()
            if not same(found.values.get(key), value)
        }
        if not changes or found.deleted_at is not None:
            continue
        whole = {**found.values, **{key: after for key, (_before, after) in changes.items()}}
        told = check_record(ledger, whole, reading.facts(found.id), reading.today)
        yield ValuesLook(found.id, changes, tuple(mistake for mistake in told if mistake.severity == "error"))


@writes(Right.ENTER)
def take_back(writing: Writing, step: EntryStep) -> None:
    """Undo a step, unless its records were changed since; the history keeps both.

    Raises `StepOvertaken`; and Mistakes or StillReferredTo where a record can't come back, or go, any more.
    """
    _turn(writing, step.ledger, [(each.id, each.after, each.before) for each in step.records])


@writes(Right.ENTER)
def do_again(writing: Writing, step: EntryStep) -> None:
    """Do once more what was taken back."""
    _turn(writing, step.ledger, [(each.id, each.before, each.after) for each in step.records])


Turn = tuple[int, Values | None, Values | None]


def _turn(writing: Writing, ledger: str, turns: Sequence[Turn]) -> None:
    """Bring each record from the state it is in to the other."""
    where = (writing.conn, writing.tables, ledger)
    now = {found.id: found for found in records.fetch(*where, [id for id, _now, _then in turns])}
    for id, expected, _then in turns:
        found = now.get(id)
        there = found is not None and found.deleted_at is None
        kept = found.values if found is not None else {}
        if there != (expected is not None) or any(
            not same(kept.get(key), value) for key, value in (expected or {}).items()
        ):
            raise StepOvertaken("这一步涉及的记录后来又改过，不能再撤销或重做。要改回去，请打开记录修改。")
    for id, _now, then in turns:
        if then:
            records.update(*where, id, then, writing.operator)
    removed = [id for id, before, then in turns if then is None and before is not None]
    brought = [id for id, before, then in turns if then is not None and before is None]
    if removed:
        delete(writing, ledger, removed)
    if brought:
        restore(writing, Removed(ledger, tuple(brought)))


def same(one: Any, other: Any) -> bool:
    """Whether two values are one; a list of choices and a tuple of them are."""
    if isinstance(one, list | tuple) or isinstance(other, list | tuple):
        return list(one or ()) == list(other or ())
    return bool(one == other)


def of_edited(edited: Edited, changes: Values) -> EntryStep:
    """The step that `record.edit_many` did."""
    return EntryStep(edited.ledger, tuple(RecordStep(id, before, changes) for id, before in edited.before))


def of_removed(removed: Removed) -> EntryStep:
    """The step that moved records to the bin."""
    return EntryStep(removed.ledger, tuple(RecordStep(id, {}, None) for id in removed.ids))


def of_brought_back(removed: Removed) -> EntryStep:
    """The step that brought records back from the bin."""
    return EntryStep(removed.ledger, tuple(RecordStep(id, None, {}) for id in removed.ids))


def of_saved(ledger: str, id: int, before: Values | None, after: Values) -> EntryStep:
    """The step of the form: a record begun (`before` is None) or changed."""
    if before is None:
        return EntryStep(ledger, (RecordStep(id, None, {}),))
    changed = {key: value for key, value in after.items() if not same(before.get(key), value)}
    return EntryStep(ledger, (RecordStep(id, {key: before.get(key) for key in changed}, changed),))
