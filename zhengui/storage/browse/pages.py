"""A ledger as a table on screen: which records, in which order, and what they come to."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeVar

import sqlalchemy as sa

from zhengui.catalogue.closed_loop import LOOP_STATES, OVERDUE
from zhengui.catalogue.model import Field, FieldType
from zhengui.figures.period import Period
from zhengui.storage.query import ordering
from zhengui.storage.query.references import labels
from zhengui.storage.query.selection import (
    Filter,
    Selection,
    in_period,
    in_state,
    overdue,
    tests_of,
)
from zhengui.storage.query.source import LedgerSource, registers_on, village_path
from zhengui.storage.records import record as records
from zhengui.storage.records.record import Record
from zhengui.storage.schema import columns, straight
from zhengui.storage.schema.kept import kept
from zhengui.storage.schema.tables import PREFIX, Tables
from zhengui.values.parted import KindPart, part_of
from zhengui.values.value import Value

T = TypeVar("T")

__all__ = [
    "ColumnValue",
    "Filter",
    "RecordPage",
    "Selection",
    "Totals",
    "counts",
    "distinct_values",
    "first_ids",
    "ids_of",
    "page",
    "state_counts",
    "totals",
    "undated",
]


@dataclass(frozen=True, slots=True)
class RecordPage:
    """Records to show, with the labels of everything they refer to, by register and id."""

    records: list[Record]
    labels: Mapping[str, Mapping[int, str]]


@dataclass(frozen=True, slots=True)
class Totals:
    """How many records there are, and the sums of the columns that can be added up, as values of their fields.

    A column with numbers of several kinds has a Part for each of them.
    """

    count: int
    sums: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class ColumnValue:
    """A value that occurs in a column, as people read it, and how often; None where the column is empty."""

    value: Any
    label: str
    count: int


def ids_of(conn: sa.Connection, tables: Tables, selection: Selection) -> array[int]:
    """The ids of all selected records in order; eight bytes each, so that a million is no burden."""
    source = LedgerSource(tables, selection.ledger)
    return ordering.ordered_ids(conn, source, selection, tests_of(conn, source, selection))


def first_ids(
    conn: sa.Connection, tables: Tables, selection: Selection, count: int = 60
) -> array[int] | None:
    """What `ids_of` begins with, where a search or a sort tells it sooner than all of it; else None.

    Where a search finds little it may take longer; break it off when `ids_of` is done.
    """
    return ordering.first_ids(conn, LedgerSource(tables, selection.ledger), selection, count)


def page(conn: sa.Connection, tables: Tables, ledger: str, wanted: Iterable[int]) -> RecordPage:
    """The records of these ids, in their order, ready to be shown."""
    found = records.fetch(conn, tables, ledger, wanted)
    needed: dict[str, set[int]] = {}
    for reference in tables.catalogue.ledgers[ledger].fields:
        if reference.register and reference.register in tables:
            values = (record.values[reference.key] for record in found)
            named_here = needed.setdefault(reference.register, set())
            if reference.many:
                named_here.update(id_ for value in values for id_ in reference.ids_of(value))
            else:
                named_here.update(value for value in values if value is not None)
    named = {
        register: labels(conn, tables, register, wanted) for register, wanted in needed.items() if wanted
    }
    return RecordPage(found, named)


def _kept_until_changed(
    conn: sa.Connection, tables: Tables, what: str, selection: Selection, find: Callable[[], T]
) -> T:
    """What holds of a selection in whatever order, so that sorting a long ledger anew asks for the order alone."""
    if selection.ids is not None:
        return find()
    registers = [key for key, ledger in tables.catalogue.ledgers.items() if ledger.register]
    request = (what, replace(selection, sort="", descending=False))
    return kept(conn, tables, request, _versions_of(selection.ledger, *registers), find)


def _versions_of(*ledgers: str) -> Callable[[Mapping[str, int]], Hashable]:
    return lambda now: tuple(now.get(key, 0) for key in ledgers)


def totals(conn: sa.Connection, tables: Tables, selection: Selection) -> Totals:
    """The count of the selected records and the sums of their numbers."""
    return _kept_until_changed(conn, tables, "totals", selection, lambda: _totals(conn, tables, selection))


def _totals(conn: sa.Connection, tables: Tables, selection: Selection) -> Totals:
    source = LedgerSource(tables, selection.ledger)
    tests = tests_of(conn, source, selection)
    added = [f for f in source.ledger.live_fields if f.is_number and f.total]
    sums: list[Any] = [sa.func.sum(source.table.c[f.key]) for f in added]
    query = sa.select(sa.func.count(), *sums).select_from(source.from_clause).where(*tests)
    count, *values = conn.execute(query).one()
    found: dict[str, Any] = {f.key: columns.decode(f, v) for f, v in zip(added, values, strict=True)}
    for field in (each for each in source.ledger.live_fields if each.total_by):
        found[field.key] = _parts(conn, source, field, tests)
    return Totals(count, found)


def _parts(
    conn: sa.Connection, source: LedgerSource, field: Field, tests: list[sa.ColumnElement[bool]]
) -> tuple[KindPart, ...]:
    """The sums of a column kind by kind."""
    kinds: list[Any] = [source.table.c[name] for name in field.total_by]
    column = source.table.c[field.key]
    query = sa.select(*kinds, sa.func.sum(column)).select_from(source.from_clause)
    query = query.where(*tests, column.is_not(None)).group_by(*kinds).order_by(*kinds)
    return tuple(part_of(row[:-1], columns.decode(field, row[-1])) for row in conn.execute(query))


def undated(conn: sa.Connection, tables: Tables, selection: Selection) -> int:
    """How many records the period leaves out only because they have no date."""
    return _kept_until_changed(conn, tables, "undated", selection, lambda: _undated(conn, tables, selection))


def _undated(conn: sa.Connection, tables: Tables, selection: Selection) -> int:
    source = LedgerSource(tables, selection.ledger)
    if selection.period is None or not source.ledger.period:
        return 0
    tests = tests_of(conn, source, replace(selection, period=None))
    empty = source.column(source.ledger.period[0]).is_(None)
    query = sa.select(sa.func.count()).select_from(source.from_clause).where(*tests, empty)
    return conn.execute(query).scalar() or 0


def state_counts(conn: sa.Connection, tables: Tables, selection: Selection) -> dict[str, int]:
    """How many selected records are in each state of the closed loop, and how many of them are overdue.

    The state of the selection itself isn't asked. A ledger without a closed loop gives an empty answer.
    """
    if not tables.catalogue.ledgers[selection.ledger].closed_loop:
        return {}
    asked = replace(selection, state="")
    return _kept_until_changed(conn, tables, "states", asked, lambda: _state_counts(conn, tables, asked))


def _state_counts(conn: sa.Connection, tables: Tables, selection: Selection) -> dict[str, int]:
    source = LedgerSource(tables, selection.ledger)
    tests = tests_of(conn, source, selection)
    # One pass with a count each; to group by the state would sort all records first.
    asked = {name: in_state(source, name) for name in LOOP_STATES}
    asked[OVERDUE] = overdue(source, selection.today)
    numbers: list[Any] = [sa.func.count().filter(test) for test in asked.values()]
    query = sa.select(*numbers).select_from(source.from_clause).where(*tests)
    return dict(zip(asked, conn.execute(query).one(), strict=True))


def counts(
    conn: sa.Connection,
    tables: Tables,
    ledgers: Iterable[str],
    period: Period | None = None,
    villages: tuple[int, ...] = (),
) -> dict[str, int]:
    """How many live records each ledger has in the period and the villages."""
    found = {}
    for ledger in ledgers:
        request = ("counts", ledger, period, villages)
        declared = tables.catalogue.ledgers[ledger]
        # A household that moves takes the records that name it to another village.
        leading = registers_on(tables, declared, village_path(declared)) if villages else ()
        count = partial(_count, conn, tables, ledger, period, villages)
        found[ledger] = kept(conn, tables, request, _versions_of(ledger, *sorted(leading)), count)
    return found


def distinct_values(
    conn: sa.Connection, tables: Tables, selection: Selection, key: str, limit: int = 500
) -> list[ColumnValue]:
    """The values that occur in a column of the selection, most frequent first.

    The column's own filter isn't asked, so that further values can be picked. Several choices count one by one.
    """
    source = LedgerSource(tables, selection.ledger)
    declared = source.ledger[key]
    others = tuple(each for each in selection.filters if each.field != key)
    tests = tests_of(conn, source, replace(selection, filters=others))
    column = source.column(key)
    amount = sa.func.count()
    query = sa.select(column, amount).select_from(source.from_clause).where(*tests).group_by(column)
    rows = conn.execute(query.order_by(amount.desc(), column).limit(limit)).all()
    if declared.type is FieldType.CHOICES:
        return _single_choices(rows)
    if declared.names_several:
        single = _single_choices(rows)
        known = labels(conn, tables, declared.register, [int(each.value) for each in single if each.value])
        return [
            ColumnValue(value := each.value and int(each.value), known.get(value, ""), each.count)
            for each in single
        ]
    named = {}
    if declared.is_reference and declared.register in tables:
        named = labels(conn, tables, declared.register, [row[0] for row in rows if row[0] is not None])
    return [
        ColumnValue(
            value := columns.decode(declared, row[0]),
            named.get(row[0], "" if value is None else str(value)),
            row[1],
        )
        for row in rows
    ]


def _single_choices(rows: Iterable[Any]) -> list[ColumnValue]:
    """Combinations of choices as single ones."""
    found: dict[str | None, int] = {}
    for stored, count in rows:
        for part in stored.strip("|").split("|") if stored else (None,):
            found[part] = found.get(part, 0) + count
    ranked = sorted(found.items(), key=lambda pair: -pair[1])
    return [ColumnValue(part, part or "", count) for part, count in ranked]


def _count(
    conn: sa.Connection, tables: Tables, ledger: str, period: Period | None, villages: tuple[int, ...]
) -> int:
    if period is None and not villages:
        return int(
            straight.first_of(conn, f'SELECT count(*) FROM "{PREFIX}{ledger}" WHERE deleted_at IS NULL')
        )
    source = LedgerSource(tables, ledger, alias=False)
    village = source.village() if villages else None
    tests = [source.live, *in_period(source, period, covered=True)]
    if village is not None:
        tests.append(village.in_(villages))
    return (
        conn.execute(sa.select(sa.func.count()).select_from(source.from_clause).where(*tests)).scalar() or 0
    )
