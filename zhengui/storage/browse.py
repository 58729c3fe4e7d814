"""A ledger as a table on screen: which records, in which order, and what they come to."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain
from typing import Any

import sqlalchemy as sa

from zhengui.catalogue.closed_loop import ASSIGNED, CLOSED, DUE, LOOP_STATES, OVERDUE, RECTIFIED, VERIFIED
from zhengui.catalogue.model import Field, FieldType
from zhengui.figures.period import Period
from zhengui.storage import columns, records, search
from zhengui.storage.records import Record, ledger_versions
from zhengui.storage.references import among, labels
from zhengui.storage.source import Source, registers_on, village_path
from zhengui.storage.tables import Tables

Clause = sa.ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Filter:
    """A test on one column; what isn't given isn't asked.

    `contains`: the text, or the label of what is referred to, has this in it. `values`: Python values of the
    field, None among them for empty ones. `low` and `high`: Python values, both included.
    """

    field: str
    contains: str = ""
    values: tuple[Any, ...] | None = None
    low: Any = None
    high: Any = None


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


@dataclass(frozen=True, slots=True)
class Page:
    """Records to show, with the labels of everything they refer to, by register and id."""

    records: list[Record]
    labels: Mapping[str, Mapping[int, str]]


@dataclass(frozen=True, slots=True)
class Totals:
    """How many records there are, and the sums of the columns that can be added up, as values of their fields."""

    count: int
    sums: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that occurs in a column, as people read it, and how often; None where the column is empty."""

    value: Any
    label: str
    count: int


def ids_of(conn: sa.Connection, tables: Tables, selection: Selection) -> array[int]:
    """The ids of all selected records in order; eight bytes each, so that a million is no burden."""
    source = Source(tables, selection.ledger)
    tests = _tests(conn, source, selection)
    order = _order(source, selection)
    query = sa.select(source.id).select_from(source.from_clause).where(*tests).order_by(*order)
    # Straight from the driver: a row object for each of a million ids would take longer than finding them.
    compiled = query.compile(dialect=conn.dialect, compile_kwargs={"render_postcompile": True})
    values = compiled.construct_params()
    ordered = tuple(values[name] for name in compiled.positiontup or ())
    raw = conn.connection.driver_connection
    assert raw is not None
    return array("q", chain.from_iterable(raw.execute(str(compiled), ordered)))


def page(conn: sa.Connection, tables: Tables, ledger: str, wanted: Iterable[int]) -> Page:
    """The records of these ids, in their order, ready to be shown."""
    found = records.fetch(conn, tables, ledger, wanted)
    needed: dict[str, set[int]] = {}
    for reference in tables.catalogue.ledgers[ledger].fields:
        if reference.is_reference and str(reference.type) in tables:
            values = (record.values[reference.key] for record in found)
            needed.setdefault(str(reference.type), set()).update(v for v in values if v is not None)
    named = {
        register: labels(conn, tables, register, wanted) for register, wanted in needed.items() if wanted
    }
    return Page(found, named)


def totals(conn: sa.Connection, tables: Tables, selection: Selection) -> Totals:
    """The count of the selected records and the sums of their numbers."""
    source = Source(tables, selection.ledger)
    tests = _tests(conn, source, selection)
    added = [f for f in source.ledger.live_fields if f.is_number and f.total]
    sums: list[Any] = [sa.func.sum(source.table.c[f.key]) for f in added]
    query = sa.select(sa.func.count(), *sums).select_from(source.from_clause).where(*tests)
    count, *values = conn.execute(query).one()
    return Totals(count, {f.key: columns.decode(f, v) for f, v in zip(added, values, strict=True)})


def undated(conn: sa.Connection, tables: Tables, selection: Selection) -> int:
    """How many records the period leaves out only because they have no date."""
    source = Source(tables, selection.ledger)
    if selection.period is None or not source.ledger.period:
        return 0
    tests = _tests(conn, source, replace(selection, period=None))
    empty = source.column(source.ledger.period[0]).is_(None)
    query = sa.select(sa.func.count()).select_from(source.from_clause).where(*tests, empty)
    return conn.execute(query).scalar() or 0


def state_counts(conn: sa.Connection, tables: Tables, selection: Selection) -> dict[str, int]:
    """How many selected records are in each state of the closed loop, and how many of them are overdue.

    The state of the selection itself isn't asked. A ledger without a closed loop gives an empty answer.
    """
    source = Source(tables, selection.ledger)
    if not source.ledger.closed_loop:
        return {}
    tests = _tests(conn, source, replace(selection, state=""))
    state = _state(source)
    overdue: Any = sa.func.count().filter(_overdue(source, selection.today))
    query = sa.select(state, sa.func.count(), overdue).select_from(source.from_clause).where(*tests)
    counts = dict.fromkeys((*LOOP_STATES, OVERDUE), 0)
    for name, count, late in conn.execute(query.group_by(state)):
        counts[name] = count
        counts[OVERDUE] += late
    return counts


def counts(
    conn: sa.Connection,
    tables: Tables,
    ledgers: Iterable[str],
    period: Period | None = None,
    villages: tuple[int, ...] = (),
) -> dict[str, int]:
    """How many live records each ledger has in the period and the villages."""
    versions = ledger_versions(conn)
    keeping = not conn.get_execution_options().get("writing", False)
    found = {}
    for ledger in ledgers:
        request = ("counts", ledger, period, villages)
        declared = tables.catalogue.ledgers[ledger]
        # A household that moves takes the records that name it to another village.
        leading = registers_on(tables, declared, village_path(declared)) if villages else ()
        stamp = tuple(versions.get(key, 0) for key in (ledger, *sorted(leading)))
        count = tables.results.find(request, stamp) if keeping else None
        if count is None:
            count = _count(conn, Source(tables, ledger), period, villages)
            if keeping:
                tables.results.keep(request, stamp, count)
        found[ledger] = count
    return found


def distinct_values(
    conn: sa.Connection, tables: Tables, selection: Selection, key: str, limit: int = 500
) -> list[Choice]:
    """The values that occur in a column of the selection, most frequent first.

    The column's own filter isn't asked, so that further values can be picked. Several choices count one by one.
    """
    source = Source(tables, selection.ledger)
    declared = source.ledger[key]
    others = tuple(each for each in selection.filters if each.field != key)
    tests = _tests(conn, source, replace(selection, filters=others))
    column = source.column(key)
    amount = sa.func.count()
    query = sa.select(column, amount).select_from(source.from_clause).where(*tests).group_by(column)
    rows = conn.execute(query.order_by(amount.desc(), column).limit(limit)).all()
    if declared.type is FieldType.CHOICES:
        return _single_choices(rows)
    named = {}
    if declared.is_reference and str(declared.type) in tables:
        named = labels(conn, tables, str(declared.type), [row[0] for row in rows if row[0] is not None])
    return [
        Choice(
            value := columns.decode(declared, row[0]),
            named.get(row[0], "" if value is None else str(value)),
            row[1],
        )
        for row in rows
    ]


def _single_choices(rows: Iterable[Any]) -> list[Choice]:
    """Combinations of choices as single ones."""
    found: dict[str | None, int] = {}
    for stored, count in rows:
        for part in stored.strip("|").split("|") if stored else (None,):
            found[part] = found.get(part, 0) + count
    ranked = sorted(found.items(), key=lambda pair: -pair[1])
    return [Choice(part, part or "", count) for part, count in ranked]


def _count(conn: sa.Connection, source: Source, period: Period | None, villages: tuple[int, ...]) -> int:
    village = source.village() if villages else None
    tests = [source.live, *_in_period(source, period)]
    if village is not None:
        tests.append(village.in_(villages))
    return (
        conn.execute(sa.select(sa.func.count()).select_from(source.from_clause).where(*tests)).scalar() or 0
    )


def _tests(conn: sa.Connection, source: Source, selection: Selection) -> list[Clause]:
    """Everything that the selection asks of a record."""
    tests = [sa.not_(source.live) if selection.bin else source.live, *_in_period(source, selection.period)]
    if selection.villages and village_path(source.ledger):
        village = source.village()
        assert village is not None
        tests.append(village.in_(selection.villages))
    if selection.state and source.ledger.closed_loop:
        late = selection.state == OVERDUE
        tests.append(_overdue(source, selection.today) if late else _state(source) == selection.state)
    if selection.ids is not None:
        tests.append(source.id.in_(among(selection.ids)))
    for each in selection.filters:
        tests += _filter(source, each)
    if selection.search:
        tests += search.matching(conn, source, selection.search)
    return tests


def _in_period(source: Source, period: Period | None) -> list[Clause]:
    """Records that touch the period: a day in it, or a month, year or span that overlaps it."""
    if period is None or not source.ledger.period:
        return []
    first, *rest = source.ledger.period
    kind = source.field(first).type
    low, high = _reach(kind, period)
    column = source.column(first)
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


def _state(source: Source) -> sa.ColumnElement[str]:
    """The state of a closed loop, the same as `closed_loop.state_of` says."""
    steps = zip((CLOSED, VERIFIED, RECTIFIED, ASSIGNED), reversed(LOOP_STATES[1:]), strict=True)
    return sa.case(*((source.column(step).is_not(None), name) for step, name in steps), else_=LOOP_STATES[0])


def _overdue(source: Source, today: date) -> Clause:
    """The same as `closed_loop.is_overdue`."""
    return sa.and_(source.column(DUE) < columns.day_number(today), source.column(CLOSED).is_(None))


def _filter(source: Source, wanted: Filter) -> list[Clause]:
    """The tests of one column's filter."""
    declared = source.ledger[wanted.field]
    column = source.column(wanted.field)
    tests: list[Clause] = []
    if wanted.contains:
        text = source.label(wanted.field) if declared.is_reference else sa.cast(column, sa.Text)
        tests.append(text.contains(wanted.contains, autoescape=True))
    if wanted.values is not None:
        tests.append(_one_of(declared, column, wanted.values))
    if wanted.low is not None:
        tests.append(column >= columns.encode(declared, wanted.low))
    if wanted.high is not None:
        tests.append(column <= columns.encode(declared, wanted.high))
    return tests


def _one_of(declared: Field, column: sa.ColumnElement[Any], values: tuple[Any, ...]) -> Clause:
    """Whether the column holds one of the values; of several choices one is enough."""
    filled = [value for value in values if value is not None]
    tests: list[Clause] = [column.is_(None)] if len(filled) < len(values) else []
    if declared.type is FieldType.CHOICES:
        tests += [column.contains(f"|{value}|", autoescape=True) for value in filled]
    elif filled:
        tests.append(column.in_([columns.encode(declared, value) for value in filled]))
    return sa.or_(sa.false(), *tests)


def _order(source: Source, selection: Selection) -> list[Any]:
    """What to sort by; empty values come last either way, and equal ones in the order of entry."""
    sorted_by = source.ledger.by_key.get(selection.sort)
    if sorted_by is None or sorted_by.type is FieldType.ATTACHMENT:
        return _usual_order(source, selection)
    down = selection.descending
    keys = _sort_keys(source, sorted_by)
    directed = [key.desc() if down else key.asc() for key in keys]
    return [source.column(sorted_by.key).is_(None), *directed, source.id.desc() if down else source.id]


def _usual_order(source: Source, selection: Selection) -> list[Any]:
    """The bin by the moment of deletion, registers as the office orders them, records from the latest on."""
    if selection.bin:
        return [source.table.c.deleted_at.desc(), source.id.desc()]
    if source.ledger.period:
        return [source.column(source.ledger.period[0]).desc(), source.id.desc()]
    if "sort_order" in source.table.c:
        return [source.table.c.sort_order.is_(None), source.table.c.sort_order, source.id]
    return [source.id] if source.ledger.register else [source.id.desc()]


def _sort_keys(source: Source, declared: Field) -> list[sa.ColumnElement[Any]]:
    """References sort as their labels do, choices as the catalogue lists them, the rest by value."""
    column = source.column(declared.key)
    if declared.is_reference and str(declared.type) in source.tables:
        return source.order_of(declared.key)
    if declared.type is FieldType.CHOICE and declared.choices:
        places = {choice: place for place, choice in enumerate(declared.choices)}
        return [sa.case(places, value=column, else_=len(places)), column]
    return [column]
