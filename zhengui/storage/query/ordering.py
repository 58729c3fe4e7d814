"""Ids of selected records in order: by SQL where an index gives the order or texts are compared, else sorted here."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any

import sqlalchemy as sa

from zhengui.catalogue.model import NUMBER_TYPES, TIME_TYPES, Field, FieldType
from zhengui.storage.query.selection import Clause, Selection, order_of_rows
from zhengui.storage.query.source import Source

#: Room for ids beside the number that is sorted by.
_ID_BITS = 36
_IDS = (1 << _ID_BITS) - 1
#: Days, months, years and places of choices are below this; together with an id they fit into SQL's numbers.
_SMALL = 1 << 26
#: Stands for an empty value: beyond anything that a column can hold.
_BEYOND = 1 << 62
_AT_ONCE = 10_000

Column = sa.ColumnElement[Any]


def ordered_ids(conn: sa.Connection, source: Source, selection: Selection, tests: list[Clause]) -> array[int]:
    """The ids of the records that meet `tests`, in the order of the selection."""
    field, down = source.ledger.by_key.get(selection.sort), selection.descending
    if field is not None:
        column = source.column(field.key) if field.type is not FieldType.ATTACHMENT else source.id
        if field.type in TIME_TYPES or field.type is FieldType.YES_NO:
            return _by_small_number(conn, source, tests, column, down)
        if field.type is FieldType.CHOICE and field.choices:
            return _by_small_number(conn, source, tests, _place(column, field), down)
        if field.type in NUMBER_TYPES:
            return _by_number(conn, source, tests, column, down)
        if field.is_reference and field.register in source.tables:
            return _by_number(conn, source, tests, column, down, _ranks(conn, source, field.register))
    elif _is_narrowed(selection) and not selection.bin and source.ledger.period:
        # The index in order of time would lead to every record one by one, to ask the rest of it.
        return _by_small_number(conn, source, tests, source.column(source.ledger.period[0]), True)
    query = sa.select(source.id).select_from(source.from_clause).where(*tests)
    return array("q", chain.from_iterable(_driven(conn, query.order_by(*order_of_rows(source, selection)))))


def _is_narrowed(selection: Selection) -> bool:
    """Whether more is asked than the main index knows."""
    return bool(selection.state or selection.search or selection.filters or selection.ids is not None)


def _by_small_number(
    conn: sa.Connection, source: Source, tests: list[Clause], column: Column, down: bool
) -> array[int]:
    """Sorted by a small number in each record, empty ones last, equal ones by id; twice as fast as in SQL.

    One number out of both comes from SQL, for a plain number costs less than a row of two.
    """
    filled = sa.func.coalesce(column, sa.literal_column(str(-1 if down else _SMALL)))
    both = filled.op("<<")(sa.literal_column(str(_ID_BITS))).op("|")(source.id)
    query = sa.select(both).select_from(source.from_clause).where(*tests)
    return _unpacked(list(chain.from_iterable(_driven(conn, query))), down)


def _by_number(
    conn: sa.Connection,
    source: Source,
    tests: list[Clause],
    column: Column,
    down: bool,
    ranks: Mapping[int, int] | None = None,
) -> array[int]:
    """The same for numbers of any size, or for what has a rank of its own."""
    empty = -_BEYOND if down else _BEYOND
    number = sa.func.coalesce(column, sa.literal_column(str(empty)))
    rows = _driven(conn, sa.select(source.id, number).select_from(source.from_clause).where(*tests))
    if ranks is None:
        return _unpacked([value << _ID_BITS | id_ for id_, value in rows], down)
    rank = ranks.get
    return _unpacked([rank(value, empty) << _ID_BITS | id_ for id_, value in rows], down)


def _unpacked(packed: list[int], down: bool) -> array[int]:
    """The ids out of numbers that have them in their lowest bits, in the order of the numbers."""
    packed.sort(reverse=down)
    return array("q", [each & _IDS for each in packed])


def _place(column: Column, field: Field) -> Column:
    """A choice's place in the catalogue; those it no longer lists come after the others."""
    places = {choice: place for place, choice in enumerate(field.choices)}
    return sa.case((column.is_not(None), sa.case(places, value=column, else_=len(places))), else_=None)


def _ranks(conn: sa.Connection, source: Source, register: str) -> dict[int, int]:
    """Where each record of a register stands in the order of the register, binned ones included."""
    other = Source(source.tables, register)
    order = other.order()  # asked first, for labels may join further registers
    query = sa.select(other.id).select_from(other.from_clause).order_by(*order, other.id)
    return {row[0]: rank for rank, row in enumerate(_driven(conn, query))}


def _driven(conn: sa.Connection, query: sa.Select[*tuple[Any, ...]]) -> Iterable[tuple[Any, ...]]:
    """Rows straight from the driver: a row object for each of a million would take longer than finding them."""
    compiled = query.compile(dialect=conn.dialect, compile_kwargs={"render_postcompile": True})
    values = compiled.construct_params()
    ordered = tuple(values[name] for name in compiled.positiontup or ())
    raw = conn.connection.driver_connection
    assert raw is not None
    rows = raw.execute(str(compiled), ordered)
    # Fetched by the thousands, for only a fetch tells a broken page in words.
    while part := rows.fetchmany(_AT_ONCE):
        yield from part
