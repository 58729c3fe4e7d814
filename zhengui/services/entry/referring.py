"""What other records refer to: who does, how to end it instead of deleting it, and how to merge a duplicate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from zhengui.catalogue.model import Ledger
from zhengui.problem import Problem
from zhengui.services.township.reading import Reading, Writing, reads, writes
from zhengui.services.township.rights import Right
from zhengui.storage.query.lives import ACTIVE, UNTIL
from zhengui.storage.records import entered, references_to, reporting
from zhengui.storage.records import record as records
from zhengui.storage.records.entered import Entered
from zhengui.storage.records.references_to import Reference
from zhengui.values.value import Value


@dataclass(frozen=True, slots=True)
class Referring:
    """How many records of a ledger refer to something, by one field."""

    ledger: str
    title: str
    count: int


class StillReferredTo(Problem):
    """Records that can't be deleted because others refer to them; the text says who does and what to do."""

    def __init__(
        self, ledger: Ledger, ids: tuple[int, ...], record: int, label: str, found: tuple[Referring, ...]
    ) -> None:
        self.ledger, self.ids, self.label, self.found = ledger.key, ids, label, found
        self.record = record
        self.can_end = UNTIL in ledger.by_key or ACTIVE in ledger.by_key
        told = "、".join(f"{each.title} {each.count} 条" for each in found[:4])
        rest = "等" if len(found) > 4 else ""
        ends = "填写最后一天（不再用了），" if self.can_end else ""
        super().__init__(
            f"“{label}”不能删除，还有记录用到它：{told}{rest}。请{ends}或者把它并入另一条{ledger.noun}。"
        )


@dataclass(frozen=True, slots=True)
class MergedDuplicate:
    """A duplicate that was merged into another record, with all that moved, so that one call takes it back."""

    ledger: str
    duplicate: int
    into: int
    moved: tuple[Reference, ...]
    marks: tuple[reporting.ReportMark, ...]
    replaced: tuple[reporting.ReportMark, ...]
    had: tuple[Entered, ...] = ()
    passed: tuple[Entered, ...] = ()

    @property
    def count(self) -> int:
        """How many records refer to the other one now."""
        return len({(each.ledger, each.record) for each in self.moved})


@dataclass(frozen=True, slots=True)
class Ended:
    """A record that was ended, with what its fields held before."""

    ledger: str
    record: int
    before: Mapping[str, Value]


@reads
def referring(reading: Reading, ledger: str, ids: Iterable[int]) -> list[Referring]:
    """Which live records refer to any of these records of a register, by ledger."""
    counts: dict[str, set[int]] = {}
    for each in references_to.find(reading.conn, reading.tables, ledger, ids):
        counts.setdefault(each.ledger, set()).add(each.record)
    ledgers = reading.catalogue.ledgers
    return [Referring(key, ledgers[key].title, len(found)) for key, found in counts.items()]


def refuse_if_referred_to(reading: Reading, ledger: Ledger, ids: Iterable[int]) -> None:
    """Raise `StillReferredTo` where something refers to one of the records that are to be deleted."""
    chosen = tuple(ids)
    if not ledger.register:
        return
    outside = [
        each
        for each in references_to.find(reading.conn, reading.tables, ledger.key, chosen)
        if each.ledger != ledger.key or each.record not in chosen
    ]
    if not outside:
        return
    first = outside[0].target
    theirs = tuple(referring(reading, ledger.key, [first]))
    raise StillReferredTo(ledger, chosen, first, reading.label(ledger, first), theirs)


@writes(Right.ENTER)
def end(writing: Writing, ledger: str, record: int, day: date) -> Ended:
    """Let a register's record end on a day, which is its last; what was before that day keeps it."""
    declared = writing.catalogue.ledgers[ledger]
    held = records.fetch_one(writing.conn, writing.tables, ledger, record).values
    wanted: dict[str, Value] = {}
    if UNTIL in declared.by_key:
        wanted[UNTIL] = day
    if ACTIVE in declared.by_key and day <= writing.today:
        wanted[ACTIVE] = False
    before = {key: held.get(key) for key in wanted}
    records.update(writing.conn, writing.tables, ledger, record, wanted, writing.operator)
    return Ended(ledger, record, before)


@writes(Right.ENTER)
def take_back_end(writing: Writing, ended: Ended) -> None:
    """Give an ended record back what it held."""
    records.update(writing.conn, writing.tables, ended.ledger, ended.record, ended.before, writing.operator)


@writes(Right.ENTER)
def merge(writing: Writing, ledger: str, duplicate: int, into: int) -> MergedDuplicate:
    """Let everything that refers to a duplicate refer to the other record, and move the duplicate to the bin.

    Of a village, its monthly reports and its entered values move too; what the other one has of a month or a year
    stays.
    """
    if duplicate == into:
        raise ValueError("a record can't be merged into itself")
    where = (writing.conn, writing.tables)
    moved = tuple(references_to.find(*where, ledger, [duplicate]))
    _point(writing, moved, into)
    marks: tuple[reporting.ReportMark, ...] = ()
    replaced: tuple[reporting.ReportMark, ...] = ()
    had: tuple[Entered, ...] = ()
    passed: tuple[Entered, ...] = ()
    if ledger == "village":
        marks, replaced = reporting.hand_over(*where, duplicate, into)
        had, passed = _hand_over_values(writing, duplicate, into)
    records.delete(*where, ledger, [duplicate], writing.operator)
    return MergedDuplicate(ledger, duplicate, into, moved, marks, replaced, had, passed)


def _hand_over_values(
    writing: Writing, duplicate: int, into: int
) -> tuple[tuple[Entered, ...], tuple[Entered, ...]]:
    """Values of earlier years that were entered for a village go to the other one where it has none of its own.

    Returns what the duplicate had, and what the other one got.
    """
    where = (writing.conn, writing.tables)
    every = entered.find(*where)
    taken = {(each.indicator, each.year) for each in every if each.village == into}
    had = tuple(each for each in every if each.village == duplicate)
    passed = tuple(replace(each, village=into) for each in had if (each.indicator, each.year) not in taken)
    for each in had:
        entered.remove(*where, each.indicator, each.year, duplicate)
    entered.put(*where, passed)
    return had, passed


@writes(Right.ENTER)
def take_back_merge(writing: Writing, merged: MergedDuplicate) -> None:
    """Bring the duplicate back with all that referred to it."""
    where = (writing.conn, writing.tables)
    records.restore(*where, merged.ledger, [merged.duplicate], writing.operator)
    _point(writing, merged.moved, merged.duplicate)
    for each in merged.marks:
        reporting.unmark(*where, each.ledger, merged.into, each.month)
        reporting.mark(*where, each.ledger, each.village, each.month, each.zero, each.who, each.at)
    for value in merged.passed:
        entered.remove(*where, value.indicator, value.year, merged.into)
    entered.put(*where, merged.had)
    for each in merged.replaced:
        reporting.mark(*where, each.ledger, each.village, each.month, each.zero, each.who, each.at)


def _point(writing: Writing, references: Iterable[Reference], target: int) -> None:
    """Let records refer to a target, each with a line in its history."""
    for each in references:
        where = (writing.conn, writing.tables, each.ledger, each.record)
        records.update(*where, {each.field: _pointing(each, target)}, writing.operator)


def _pointing(each: Reference, target: int) -> int | tuple[int, ...]:
    """The field's value with the target in the place of what it referred to; of several, no record twice."""
    if not each.held:
        return target
    return tuple(dict.fromkeys(target if id_ == each.target else id_ for id_ in each.held))
