"""Keep one record: check it, save it, copy it, edit several, move to the bin, and tell its history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from zhengui.catalogue.model import Ledger, RuleKind
from zhengui.problem import Problem
from zhengui.services.entry.referring import refuse_if_referred_to
from zhengui.services.township import personal
from zhengui.services.township.reading import Reading, Writing, gives_way, reads, writes
from zhengui.services.township.rights import Right
from zhengui.storage.records import history as stored_history
from zhengui.storage.records import record as records
from zhengui.values.check import Mistake, check_record
from zhengui.values.completing import completion
from zhengui.values.value import Value

Values = Mapping[str, Any]


class Mistakes(Problem):
    """A record that can't be saved as it is; `found` names each field and what to do."""

    def __init__(self, found: Sequence[Mistake]) -> None:
        super().__init__("；".join(f"{m.title}：{m.message}" for m in found))
        self.found = tuple(found)


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved record: its id, and its version for the next save."""

    id: int
    version: int


@dataclass(frozen=True, slots=True)
class Removed:
    """Records that went to the bin, so that one call brings them back."""

    ledger: str
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Edited:
    """Records that were edited together, with what the fields held before."""

    ledger: str
    count: int
    before: tuple[tuple[int, Values], ...]


@dataclass(frozen=True, slots=True)
class ToldChange:
    """One entry of a record's history; `changes` are (field title, before, after) as shown."""

    at: datetime
    who: str
    action: str
    changes: tuple[tuple[str, str, str], ...]


@reads
def check(reading: Reading, ledger_key: str, values: Values, record_id: int | None = None) -> list[Mistake]:
    """All mistakes and remarks of the values, in the order of the fields."""
    ledger = reading.catalogue.ledgers[ledger_key]
    facts = reading.facts(record_id)
    return check_record(ledger, values, facts, reading.today)


@writes(Right.ENTER)
def save(
    writing: Writing,
    ledger_key: str,
    values: Values,
    record_id: int | None = None,
    version: int | None = None,
) -> Saved:
    """Insert or update one record in one transaction.

    Raises `Mistakes` when a rule is broken, RecordChanged when somebody saved the record after `version`.
    """
    ledger = writing.catalogue.ledgers[ledger_key]

    def judge(whole: Values) -> None:
        found = check_record(ledger, whole, writing.facts(record_id), writing.today)
        errors = [m for m in found if m.severity == "error"]
        if errors:
            raise Mistakes(errors)

    where = (writing.conn, writing.tables, ledger_key)
    if record_id is None:
        values = {**values, **completion(ledger, values)}
        judge(values)
        _close_older(writing, ledger, values, record_id)
        return Saved(records.insert(*where, values, writing.operator), 1)
    number = records.update(*where, record_id, values, writing.operator, version, judge=judge)
    _close_older(writing, ledger, values, record_id)
    return Saved(record_id, number)


def _close_older(writing: Writing, ledger: Ledger, values: Values, record_id: int | None) -> None:
    """End what gives way to this record, on the day before it begins."""
    where = (writing.conn, writing.tables, ledger.key)
    for rule in ledger.rules:
        if rule.kind is not RuleKind.ALONE or any(values.get(key) is None for key in rule.fields[:2]):
            continue
        begun = values[rule.fields[1]]
        for other in records.overlapping(*where, rule.fields, values, record_id):
            if gives_way(other, begun):
                ended = {rule.fields[2]: begun - timedelta(days=1)}
                records.update(*where, other[0], ended, writing.operator)


@reads
def load(reading: Reading, ledger_key: str, record_id: int) -> tuple[dict[str, Value], int]:
    """A record's values by field key and its version; RecordMissing if there is none."""
    found = records.fetch_one(reading.conn, reading.tables, ledger_key, record_id)
    return personal.covered(reading, reading.catalogue.ledgers[ledger_key], found.values), found.version


@writes(Right.ENTER)
def edit_many(writing: Writing, ledger_key: str, ids: Sequence[int], changes: Values) -> Edited:
    """Give several records the same values in some fields, all or none.

    Raises `Mistakes` for the first record that would break a rule, saying which one.
    """
    ledger = writing.catalogue.ledgers[ledger_key]
    before = []
    for found in records.fetch(writing.conn, writing.tables, ledger_key, ids):
        whole = {**found.values, **changes}
        wrong = check_record(ledger, whole, writing.facts(found.id), writing.today)
        errors = [m for m in wrong if m.severity == "error"]
        if errors:
            name = writing.label(ledger, found.id)
            raise Mistakes([replace(m, message=f"“{name}”：{m.message}") for m in errors])
        before.append((found.id, {key: found.values.get(key) for key in changes}))
    count = records.update_many(writing.conn, writing.tables, ledger_key, ids, changes, writing.operator)
    return Edited(ledger_key, count, tuple(before))


@writes(Right.ENTER)
def take_back(writing: Writing, edited: Edited) -> None:
    """Give the records of `edit_many` back what they had; the history keeps both steps."""
    for record_id, values in edited.before:
        records.update(writing.conn, writing.tables, edited.ledger, record_id, values, writing.operator)


@reads
def copy_values(reading: Reading, ledger_key: str, record_id: int) -> dict[str, Value]:
    """The values of a record for a new one beside it: those of the fields that are declared to be copied."""
    values, _version = load(reading, ledger_key, record_id)
    fields = reading.catalogue.ledgers[ledger_key].live_fields
    return {field.key: values.get(field.key) for field in fields if field.copy and not field.system}


def carried_values(ledger: Ledger, values: Values) -> dict[str, Value]:
    """What the next record starts with after this one: the fields marked to be carried over."""
    return {f.key: values[f.key] for f in ledger.live_fields if f.carry and values.get(f.key) is not None}


@writes(Right.ENTER)
def delete(writing: Writing, ledger_key: str, ids: Iterable[int]) -> Removed:
    """Move records to the recycle bin; the answer has those that were not in it yet.

    Raises `StillReferredTo` for a register's record that others refer to.
    """
    chosen = tuple(dict.fromkeys(ids))
    refuse_if_referred_to(writing, writing.catalogue.ledgers[ledger_key], chosen)
    moved = records.delete(writing.conn, writing.tables, ledger_key, chosen, writing.operator)
    return Removed(ledger_key, tuple(moved))


@writes(Right.ENTER)
def restore(writing: Writing, removed: Removed) -> Removed:
    """Bring records back from the recycle bin; the answer has those that were in it.

    Raises `Mistakes` if one would now stand twice or break another rule.
    """
    ledger = writing.catalogue.ledgers[removed.ledger]
    for found in records.fetch(writing.conn, writing.tables, removed.ledger, removed.ids):
        wrong = check_record(ledger, found.values, writing.facts(found.id), writing.today)
        errors = [m for m in wrong if m.severity == "error"]
        if errors:
            raise Mistakes(errors)
    back = records.restore(writing.conn, writing.tables, removed.ledger, removed.ids, writing.operator)
    return Removed(removed.ledger, tuple(back))


@reads
def history(reading: Reading, ledger_key: str, record_id: int) -> list[ToldChange]:
    """Everything that happened to a record, the newest first, in words."""
    ledger = reading.catalogue.ledgers[ledger_key]
    entries = stored_history.of_record(reading.conn, reading.tables, ledger, record_id)
    return [ToldChange(e.at, e.who, e.action, tuple(reading.told(ledger, e.changes))) for e in entries]
