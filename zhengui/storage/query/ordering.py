"""Ids of selected records in order: by SQL where an index gives the order or texts are compared, else sorted here.

SQLite hands over all ids, or all values, as one text: a step of Python for each of a million rows would take longer
than finding them, and while SQLite works the window has the interpreter to itself.
"""

from __future__ import annotations

import json
import re
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from zhengui.catalogue.model import NUMBER_TYPES, TIME_TYPES, Field, FieldType
from zhengui.storage.query.search import words
from zhengui.storage.query.selection import Clause, Selection, order_of_rows, tests_by_time, tests_of
from zhengui.storage.query.source import LedgerSource
from zhengui.storage.schema import straight
from zhengui.storage.schema.tables import PREFIX
from zhengui.values.value import Value

#: So many characters are read as numbers at a time, a millisecond or two.
_PART = 200_000
#: Where values come again so often, records are put together by value instead of being sorted.
_REPEATED = 8

Column = sa.ColumnElement[Any]


@dataclass(frozen=True, slots=True)
class _Key:
    """What records are sorted by: a column, and for a reference the rank of what it names."""

    column: Column
    ranks: Mapping[int, int] | None = None
    text: bool = False


def ordered_ids(
    conn: sa.Connection, source: LedgerSource, selection: Selection, tests: list[Clause]
) -> array[int]:
    """The ids of the records that meet `tests`, in the order of the selection."""
    key, down = _sort_key(conn, source, selection.sort), selection.descending
    if key is not None and key.text:
        return _by_text(conn, source, tests, key.column, down)
    if key is not None:
        return _by_number(conn, source, selection, tests, key.column, down, key.ranks)
    if not selection.sort and _is_narrowed(selection) and not selection.bin and source.ledger.period:
        # The index in order of time would lead to every record one by one, to ask the rest of it.
        return _by_number(conn, source, selection, tests, source.column(source.ledger.period[0]), True)
    query = sa.select(source.id).select_from(source.from_clause).where(*tests)
    return _listed(conn, query.order_by(*order_of_rows(source, selection)))


def first_ids(
    conn: sa.Connection, source: LedgerSource, selection: Selection, count: int
) -> array[int] | None:
    """The first ids in the order of the selection, found without putting all of it in order.

    None where that is no sooner than the whole. Of a search that finds little in the usual order this takes far
    longer than the whole search, so whoever asks breaks it off when that is done.
    """
    query = sa.select(source.id).select_from(source.from_clause).limit(count)
    if selection.sort:
        key, down = _sort_key(conn, source, selection.sort), selection.descending
        if key is None or key.ranks is not None or _in_index(source, key.column):
            return None
        order = [key.column.desc(), source.id.desc()] if down else [key.column, source.id]
        tests = tests_of(conn, source, selection)
        return _listed(conn, query.where(*tests).order_by(key.column.is_(None), *order))
    told_by_time = source.ledger.period and not selection.bin
    if not (words(selection.search) and told_by_time and selection.ids is None):
        return None
    tests = tests_by_time(conn, source, selection)
    return _listed(conn, query.where(*tests).order_by(*order_of_rows(source, selection)), source)


def _sort_key(conn: sa.Connection, source: LedgerSource, wanted: str) -> _Key | None:
    """What a sort by a field compares; None where the usual order holds."""
    field = source.ledger.by_key.get(wanted)
    if field is None:
        return None
    column = source.column(field.key) if field.type is not FieldType.ATTACHMENT else source.id
    if field.type in TIME_TYPES or field.type in NUMBER_TYPES or field.type is FieldType.YES_NO:
        return _Key(column)
    if field.type is FieldType.CHOICE and field.choices:
        return _Key(_place(column, field))
    if field.register in source.tables and (field.is_reference or field.names_several):
        if field.names_several:
            column = sa.cast(sa.func.substr(column, 2), sa.Integer)  # digits up to the next bar
        return _Key(column, _ranks(conn, source, field.register))
    return _Key(column, text=True) if field.type is not FieldType.ATTACHMENT else None


def _is_narrowed(selection: Selection) -> bool:
    """Whether more is asked than the main index knows."""
    return bool(selection.state or selection.search or selection.filters or selection.ids is not None)


def _by_number(
    conn: sa.Connection,
    source: LedgerSource,
    selection: Selection,
    tests: list[Clause],
    column: Column,
    down: bool,
    ranks: Mapping[int, int] | None = None,
) -> array[int]:
    """Sorted by a number in each record, or by its rank; empty ones last, equal ones by id."""
    both = (sa.func.json_group_array(column), sa.func.json_group_array(source.id))
    query = sa.select(*both).select_from(source.from_clause).where(*tests)
    within = _in_index(source, column) and not (
        _is_narrowed(selection) or selection.bin or selection.villages or selection.period
    )
    told = _told(conn, query, source if within else None)
    values = [value for part in _numbers(told[0]) for value in part]
    ids = [id_ for part in _numbers(told[1]) for id_ in part]
    if ranks is not None:
        values = list(map(ranks.get, values))
    if len(set(values)) * _REPEATED > len(values):
        return _sorted(values, ids, down)
    return _put_together(values, ids, down)


def _by_text(
    conn: sa.Connection, source: LedgerSource, tests: list[Clause], column: Column, down: bool
) -> array[int]:
    """Sorted by a text. SQL puts empty ones first, going up; to ask it for the contrary would take a third longer."""
    order = [column.desc(), source.id.desc()] if down else [column, source.id]
    query = sa.select(source.id, column.is_(None).label("empty")).select_from(source.from_clause)
    rows = query.where(*tests).order_by(*order).subquery()
    told = _told(conn, sa.select(sa.func.json_group_array(rows.c.id), sa.func.sum(rows.c.empty)))
    found = _array(_numbers(told[0]))
    empty = 0 if down else int(told[1] or 0)
    return found[empty:] + found[:empty] if empty else found


def _in_index(source: LedgerSource, column: Column) -> bool:
    """Whether the index of live records by period and village tells the column, so that none has to be read."""
    declared = source.ledger
    first = declared.period[:1]
    known = [*declared.period, declared.village] if first else []
    return any(key in source.table.c and column is source.table.c[key] for key in known if key)


def _sorted(values: Sequence[int | None], ids: Sequence[int], down: bool) -> array[int]:
    """Ids by their numbers, equal ones by id, empty ones last.

    Numbers that a machine word holds are compared several times sooner than those with the ids in their lowest bits.
    """
    held = {id_: value for id_, value in zip(ids, values, strict=True) if value is not None}
    empty = sorted(set(ids) - held.keys(), reverse=down) if len(held) < len(ids) else []
    # A sort that keeps equal ones as they were, also where it is turned round.
    in_order = sorted(sorted(held, reverse=down), key=held.__getitem__, reverse=down)
    return array("q", [*in_order, *empty])


def _put_together(values: Sequence[int | None], ids: Sequence[int], down: bool) -> array[int]:
    """The same where few values come again and again: the ids of each stay together, and only values are sorted."""
    groups: dict[int | None, list[int]] = {}
    for value, id_ in zip(values, ids, strict=True):
        try:
            groups[value].append(id_)
        except KeyError:
            groups[value] = [id_]
    empty = groups.pop(None, [])
    filled = [value for value in groups if value is not None]
    in_order = [groups[value] for value in sorted(filled, reverse=down)]
    found = array("q")
    for group in (*in_order, empty):
        group.sort(reverse=down)
        found.extend(group)
    return found


def _place(column: Column, field: Field) -> Column:
    """A choice's place in the catalogue; those it no longer lists come after the others."""
    places = {choice: place for place, choice in enumerate(field.choices)}
    return sa.case((column.is_not(None), sa.case(places, value=column, else_=len(places))), else_=None)


def _ranks(conn: sa.Connection, source: LedgerSource, register: str) -> dict[int, int]:
    """Where each record of a register stands in the order of the register, binned ones included."""
    other = LedgerSource(source.tables, register)
    order = other.order()  # asked first, for labels may join further registers
    in_order = _listed(conn, sa.select(other.id).select_from(other.from_clause).order_by(*order, other.id))
    return {id_: rank for rank, id_ in enumerate(in_order)}


def _listed(
    conn: sa.Connection, query: sa.Select[*tuple[Value, ...]], by_time: LedgerSource | None = None
) -> array[int]:
    """The ids that a query finds, in its order."""
    ids = query.subquery()
    return _array(_numbers(_told(conn, sa.select(sa.func.json_group_array(ids.c.id)), by_time)[0]))


def _told(
    conn: sa.Connection, query: sa.Select[*tuple[Value, ...]], by_time: LedgerSource | None = None
) -> Sequence[str]:
    """The one row of a query, straight from the driver; `by_time` is read through its index in the order of time."""
    made = straight.made(conn, query)
    statement = made.text
    if by_time is not None:
        name = f"{PREFIX}{by_time.ledger.key}"
        statement = re.sub(
            rf"FROM {name}( AS \w+)?", rf"\g<0> INDEXED BY ix_{name}_period", statement, count=1
        )
    row: Sequence[str] = straight.run(conn, statement, made.values).fetchone()
    return row


def _numbers(text: str) -> Iterator[list[Any]]:
    """The numbers of a JSON list, some at a time, so that the window isn't kept waiting for all of them."""
    place, end = 1, len(text) - 1
    while place < end:
        cut = text.find(",", place + _PART)
        cut = end if cut < 0 else cut
        yield json.loads(f"[{text[place:cut]}]")
        place = cut + 1


def _array(parts: Iterator[list[int]]) -> array[int]:
    found = array("q")
    for part in parts:
        found.extend(part)
    return found
