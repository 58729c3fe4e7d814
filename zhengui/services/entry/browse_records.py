"""Browse a ledger: which records, in which order, what they come to, a page of them at a time."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from zhengui.catalogue.closed_loop import OVERDUE
from zhengui.figures.period import Period
from zhengui.services.township import personal
from zhengui.services.township.reading import Reading, reads
from zhengui.services.township.township import Township
from zhengui.storage.browse import pages as browse
from zhengui.storage.browse.pages import ColumnValue, Filter, RecordPage, Selection
from zhengui.storage.file.indexing import catch_up_all
from zhengui.storage.records.record import Record

__all__ = [
    "Browsed",
    "ColumnValue",
    "Filter",
    "Record",
    "RecordPage",
    "Selection",
    "binned",
    "counts",
    "distinct_values",
    "first_ids",
    "index_for_search",
    "overdue",
    "page",
    "select",
]


@dataclass(frozen=True, slots=True)
class Browsed:
    """What a selection comes to: ids in order, sums by field as stored values, counts by state.

    `everything` counts the live records of the ledger, whatever is selected; `undated` those that the
    period leaves out only because they have no date.
    """

    ids: array[int]
    sums: Mapping[str, Any]
    states: Mapping[str, int]
    everything: int
    undated: int


@reads
def select(reading: Reading, selection: Selection) -> Browsed:
    """Everything a table needs before its first page, in one reading."""
    tables = reading.tables
    ids = browse.ids_of(reading.conn, tables, selection)
    sums = browse.totals(reading.conn, tables, selection).sums if ids else {}
    states = {} if selection.bin else browse.state_counts(reading.conn, tables, selection)
    narrow = selection.bin or selection.ids is not None
    everything = 0 if narrow else browse.counts(reading.conn, tables, [selection.ledger])[selection.ledger]
    undated = 0 if narrow else browse.undated(reading.conn, tables, selection)
    return Browsed(ids, sums, states, everything, undated)


@reads
def first_ids(reading: Reading, selection: Selection) -> array[int] | None:
    """What the ids of `select` begin with, where that is told sooner than all of them; else None."""
    return browse.first_ids(reading.conn, reading.tables, selection)


@reads
def page(reading: Reading, ledger_key: str, ids: Sequence[int]) -> RecordPage:
    """Records with the labels of what they refer to, in the order of `ids`."""
    found = browse.page(reading.conn, reading.tables, ledger_key, ids)
    if personal.may_see(reading):
        return found
    ledger = reading.catalogue.ledgers[ledger_key]
    masked = [replace(each, values=personal.covered(reading, ledger, each.values)) for each in found.records]
    return replace(found, records=masked)


@reads
def distinct_values(reading: Reading, selection: Selection, key: str) -> list[ColumnValue]:
    """The values that occur in a column of the selection, most frequent first."""
    if reading.catalogue.ledgers[selection.ledger][key].personal and not personal.may_see(reading):
        return []
    return browse.distinct_values(reading.conn, reading.tables, selection, key)


@reads
def counts(
    reading: Reading,
    ledgers: Iterable[str],
    period: Period | None = None,
    villages: tuple[int, ...] = (),
) -> dict[str, int]:
    """How many live records each ledger has in the period and the villages."""
    return browse.counts(reading.conn, reading.tables, ledgers, period, villages)


@reads
def overdue(
    reading: Reading, ledgers: Iterable[str], period: Period, villages: tuple[int, ...] = ()
) -> dict[str, int]:
    """How many items of each closed-loop ledger among `ledgers` are overdue today."""
    found = {}
    for key in ledgers:
        if reading.catalogue.ledgers[key].closed_loop:
            chosen = Selection(key, period, villages, today=reading.today)
            found[key] = browse.state_counts(reading.conn, reading.tables, chosen)[OVERDUE]
    return found


@reads
def binned(reading: Reading) -> dict[str, int]:
    """How many records of each ledger lie in the recycle bin; ledgers without any are left out."""
    found = {
        key: browse.totals(reading.conn, reading.tables, Selection(key, bin=True)).count
        for key in reading.catalogue.ledgers
    }
    return {key: count for key, count in found.items() if count}


def index_for_search(township: Township, stopped: Callable[[], bool]) -> None:
    """Bring the search index up to date, so that searching needs no scan."""
    catch_up_all(township.database, stop=stopped)
