"""Reviewing row by row: which records wait, which were sent back and why, and sending them back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from zhengui.services.entry import review_records
from zhengui.services.township.reading import Reading, Writing, reads, writes
from zhengui.services.township.rights import Right
from zhengui.storage.browse import pages as browse
from zhengui.storage.browse.pages import Selection
from zhengui.storage.records import reviews, settings
from zhengui.values.same_person import same_person
from zhengui.values.value import Value

#: What a table can be narrowed to besides the states of the closed loop.
WAITING, RETURNED = "待审核", "已退回"
#: Settings by ledger and record: the version that was sent back, by whom and why.
KEY = "returned."


@dataclass(frozen=True, slots=True)
class Return:
    """A record that was sent back to who wrote it."""

    who: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reviewing:
    """The records of a ledger that wait for a second person; some of them were sent back."""

    waiting: frozenset[int]
    returned: Mapping[int, Return]

    def ids(self, state: str) -> tuple[int, ...]:
        """The records in one of the two states; what was sent back waits for its writer, not for review."""
        if state == RETURNED:
            return tuple(self.returned)
        return tuple(self.waiting - self.returned.keys())


@dataclass(frozen=True, slots=True)
class ReviewedRows:
    """What was reviewed or sent back together, and how many were left out as the operator's own."""

    ledger: str
    ids: tuple[int, ...]
    own: int
    before: Mapping[str, Value]


@reads
def reviewing(reading: Reading, ledger: str) -> Reviewing | None:
    """Which records of a ledger wait; None where it needs no second person."""
    if ledger not in reviews.rules(reading.conn, reading.tables):
        return None
    waiting = reviews.waiting(reading.conn, reading.tables, ledger)
    notes = settings.read_all(reading.conn, reading.tables, _key(ledger))
    returned = {}
    for each in waiting:
        note = notes.get(_key(ledger, each.id))
        # A record that was changed since it was sent back waits for review again.
        if note is not None and note["version"] == each.version:
            returned[each.id] = Return(note["who"], note["reason"])
    return Reviewing(frozenset(each.id for each in waiting), returned)


@reads
def resolved(reading: Reading, selection: Selection, found: Reviewing | None = None) -> Selection:
    """The selection with one of the two states of review turned into the records that are in it."""
    if selection.state not in (WAITING, RETURNED):
        return selection
    found = found or reviewing(reading, selection.ledger)
    ids = found.ids(selection.state) if found is not None else ()
    if selection.ids is not None:
        ids = tuple(set(ids) & set(selection.ids))
    return replace(selection, state="", ids=ids)


@reads
def counts(reading: Reading, selection: Selection, found: Reviewing) -> dict[str, int]:
    """How many records of the selection, whatever its state, wait or were sent back."""
    return {
        state: len(
            browse.ids_of(
                reading.conn, reading.tables, resolved(reading, replace(selection, state=state), found)
            )
        )
        for state in (WAITING, RETURNED)
    }


@writes(Right.REVIEW)
def approve(writing: Writing, ledger: str, ids: Sequence[int]) -> ReviewedRows:
    """Mark records as reviewed; those that the operator wrote are left out, as a second person must look."""
    open_ids = _open(writing, ledger, ids)
    done = review_records.review(writing, ledger, open_ids)
    return ReviewedRows(ledger, tuple(done), len(open_ids) - len(done), {})


@writes(Right.REVIEW)
def take_back_approval(writing: Writing, judged: ReviewedRows) -> None:
    """Let the records wait again."""
    review_records.withdraw(writing, judged.ledger, judged.ids)


@writes(Right.REVIEW)
def send_back(writing: Writing, ledger: str, ids: Sequence[int], reason: str) -> ReviewedRows:
    """Send records back to those who wrote them, with a reason; one's own are left out."""
    chosen, before = set(ids), {}
    waiting = [each for each in reviews.waiting(writing.conn, writing.tables, ledger) if each.id in chosen]
    others = [each for each in waiting if not same_person(each.who, writing.operator)]
    for each in others:
        key = _key(ledger, each.id)
        before[key] = settings.read(writing.conn, writing.tables, key)
        note = {"version": each.version, "who": writing.operator, "reason": reason}
        settings.write(writing.conn, writing.tables, key, note, writing.operator)
    return ReviewedRows(ledger, tuple(each.id for each in others), len(waiting) - len(others), before)


@writes(Right.REVIEW)
def take_back_return(writing: Writing, judged: ReviewedRows) -> None:
    """Let the records wait as they did before they were sent back."""
    for key, note in judged.before.items():
        if note is None:
            settings.remove(writing.conn, writing.tables, key)
        else:
            settings.write(writing.conn, writing.tables, key, note, writing.operator)


def _open(reading: Reading, ledger: str, ids: Sequence[int]) -> list[int]:
    """Those of the records that wait."""
    found = reviewing(reading, ledger)
    return [each for each in ids if found is not None and each in found.waiting]


def _key(ledger: str, record: int | None = None) -> str:
    return f"{KEY}{ledger}." if record is None else f"{KEY}{ledger}.{record}"
