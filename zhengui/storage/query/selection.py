"""Some records of a ledger in an order, as SQL: what a table asks, from period to column filter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa

from zhengui.catalogue.closed_loop import ASSIGNED, CLOSED, DUE, LOOP_STATES, OVERDUE, RECTIFIED, VERIFIED
from zhengui.catalogue.model import Field, FieldType
from zhengui.figures.period import Period
from zhengui.storage.query import search
from zhengui.storage.query.references import LONGEST, among, names_one_of
from zhengui.storage.query.source import LedgerSource, unindexed, village_path
from zhengui.storage.schema import columns
from zhengui.storage.schema.sql_types import Column
from zhengui.values.clean import seen
from zhengui.values.value import Value

Clause = sa.ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Filter:
    """A test on one column; what isn't given isn't asked.

    `contains`: the text, or the label of what is referred to, has this in it. `values`: Python values of the
    field, None among them for empty ones. `low` and `high`: Python values, both included.
    """

    field: str
    contains: str = ""
    values: tuple[Value, ...] | None = None
    low: Value = None
    high: Value = None


@dataclass(frozen=True, slots=True)
class Selection:
    """Some records of a ledger in an order.

    No `period` and no `villages` mean all. `state` is one of LOOP_STATES or OVERDUE, judged on `today`. `sort` is
    a field; without one the latest records come first. `bin` takes the recycle bin instead of the ledger. `ids`
    takes only these records, for the ones behind a figure.
    """

    ledger: str
    period: Period | None = None
    villages: tuple[int, ...] = ()
    state: str = ""
    search: str = ""
    filters: tuple[Filter, ...] = ()
    sort: str = ""
    descending: bool = False
    bin: bool = False
    ids: Sequence[int] | None = None
    today: date = field(default_factory=date.today)


def tests_of(conn: sa.Connection, source: LedgerSource, selection: Selection) -> list[Clause]:
    """Everything that the selection asks of a record."""
    return _asked(conn, source, selection, by_itself=False)


def tests_by_time(conn: sa.Connection, source: LedgerSource, selection: Selection) -> list[Clause]:
    """The same, where records are gone through in the order of time until enough of them are found."""
    return _asked(conn, source, selection, by_itself=True)


def _asked(conn: sa.Connection, source: LedgerSource, selection: Selection, by_itself: bool) -> list[Clause]:
    tests = [sa.not_(source.live) if selection.bin else source.live]
    tests += in_period(source, selection.period, covered=by_itself)
    if selection.villages and village_path(source.ledger):
        village = source.village()
        assert village is not None
        tests.append(village.in_(selection.villages))
    if selection.state and source.ledger.closed_loop:
        late = selection.state == OVERDUE
        tests.append(overdue(source, selection.today) if late else in_state(source, selection.state))
    if selection.ids is not None:
        tests.append(source.id.in_(among(selection.ids)))
    for each in selection.filters:
        tests += _filter(source, each)
    if selection.search:
        tests += search.matching(conn, source, selection.search, by_itself)
    return tests


def in_period(source: LedgerSource, period: Period | None, covered: bool = False) -> list[Clause]:
    """Records that touch the period: a day in it, or a month, year or span that overlaps it.

    An item of a closed loop touches the years after it was listed, too, as long as it is open.

    `covered`: the main index knows all that is asked.
    """
    if period is None or not source.ledger.period:
        return []
    first, *rest = source.ledger.period
    kind = source.field(first).type
    low, high = _reach(kind, period)
    column = source.column(first)
    if period.is_long and not covered:
        column = unindexed(column)
    if not rest and source.ledger.closed_loop and period.is_whole_years:
        # What an earlier year left open is this year's work, too.
        return [column <= high, sa.or_(column >= low, source.column(CLOSED).is_(None))]
    if not rest:
        return [column.between(low, high)]
    ended = source.column(rest[0])
    return [column <= high, sa.or_(ended.is_(None), ended >= low)]


def _reach(kind: FieldType, period: Period) -> tuple[int, int]:
    """The first and last stored value that the period touches."""
    if kind is FieldType.YEAR:
        return period.start.year, period.end.year
    if kind is FieldType.MONTH:
        return columns.day_number(period.start) // 100, columns.day_number(period.end) // 100
    return columns.day_number(period.start), columns.day_number(period.end)


def in_state(source: LedgerSource, state: str) -> Clause:
    """Whether a closed loop is in a state, the same as `closed_loop.state_of` says: the furthest step decides."""
    steps = (ASSIGNED, RECTIFIED, VERIFIED, CLOSED)
    place = LOOP_STATES.index(state)
    done = [source.column(steps[place - 1]).is_not(None)] if place else []
    return sa.and_(*done, *(source.column(step).is_(None) for step in steps[place:]))


def overdue(source: LedgerSource, today: date) -> Clause:
    """The same as `closed_loop.is_overdue`."""
    done = (source.column(RECTIFIED), source.column(CLOSED))
    return sa.and_(source.column(DUE) < columns.day_number(today), *(step.is_(None) for step in done))


def _filter(source: LedgerSource, wanted: Filter) -> list[Clause]:
    """The tests of one column's filter."""
    declared = source.ledger[wanted.field]
    column = source.column(wanted.field)
    tests: list[Clause] = []
    if wanted.contains and declared.names_several:
        other = LedgerSource(source.tables, declared.register)
        named = other.label().contains(seen(wanted.contains)[:LONGEST], autoescape=True)
        tests.append(names_one_of(column, sa.select(other.id).select_from(other.from_clause).where(named)))
    elif wanted.contains:
        text = source.label(wanted.field) if declared.is_reference else sa.cast(column, sa.Text)
        tests.append(text.contains(seen(wanted.contains)[:LONGEST], autoescape=True))
    if wanted.values is not None:
        tests.append(_one_of(declared, column, wanted.values))
    if wanted.low is not None:
        tests.append(column >= columns.encode(declared, wanted.low))
    if wanted.high is not None:
        tests.append(column <= columns.encode(declared, wanted.high))
    return tests


def _one_of(declared: Field, column: Column, values: tuple[Value, ...]) -> Clause:
    """Whether the column holds one of the values; of several choices one is enough."""
    filled = [value for value in values if value is not None]
    tests: list[Clause] = [column.is_(None)] if len(filled) < len(values) else []
    if declared.type is FieldType.CHOICES or declared.names_several:
        tests += [column.contains(f"|{value}|", autoescape=True) for value in filled]
    elif filled:
        tests.append(column.in_([columns.encode(declared, value) for value in filled]))
    return sa.or_(sa.false(), *tests)


def order_of_rows(source: LedgerSource, selection: Selection) -> list[Any]:
    """What to sort by; empty values come last either way, and equal ones in the order of entry."""
    sorted_by = source.ledger.by_key.get(selection.sort)
    if sorted_by is None or sorted_by.type is FieldType.ATTACHMENT:
        return _usual_order(source, selection)
    column = source.column(sorted_by.key)
    if selection.descending:
        return [column.is_(None), column.desc(), source.id.desc()]
    return [column.is_(None), column, source.id]


def _usual_order(source: LedgerSource, selection: Selection) -> list[object]:
    """The bin by the moment of deletion, registers as the office orders them, records from the latest on."""
    if selection.bin:
        return [source.table.c.deleted_at.desc(), source.id.desc()]
    if source.ledger.period:
        return [source.column(source.ledger.period[0]).desc(), source.id.desc()]
    if "sort_order" in source.table.c:
        return [source.table.c.sort_order.is_(None), source.table.c.sort_order, source.id]
    return [source.id] if source.ledger.register else [source.id.desc()]
