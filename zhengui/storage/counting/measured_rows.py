"""Exactly the records behind a measure: one predicate for the value and for its list."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from zhengui.catalogue.model import Condition, Match, Measure
from zhengui.storage.query import predicates
from zhengui.storage.query.predicates import Asked, Scope
from zhengui.storage.query.references import among
from zhengui.storage.query.source import LedgerSource, place_field, village_path
from zhengui.storage.schema.sql_types import Query
from zhengui.storage.schema.straight import first_column
from zhengui.storage.schema.tables import Tables

#: Kinds of measures whose records are those at an edge.
EDGES = frozenset({"first", "last", "minimum", "maximum"})


def row_ids(
    conn: sa.Connection, tables: Tables, measure: Measure, scope: Scope, parameters: Mapping[str, Decimal]
) -> list[int]:
    """The ids of exactly the records that make the figure, in order."""
    if not answerable(tables, measure, scope):
        return []
    asked = Asked(tables, scope, parameters)
    return sorted(first_column(conn, rows_of(asked, measure)))


def latest_ids(
    conn: sa.Connection,
    tables: Tables,
    measure: Measure,
    scope: Scope,
    parameters: Mapping[str, Decimal],
    count: int,
) -> list[int]:
    """The first of these ids in the order of a list, the latest on top, found without looking at all of them.

    None of a ledger without a time of its own, or of a measure whose records are not all that its predicate takes.
    """
    period = tables.catalogue.ledgers[measure.ledger].period if measure.ledger in tables else ()
    if (
        not period
        or measure.kind not in ("count", "sum", "distinct")
        or not answerable(tables, measure, scope)
    ):
        return []
    source, query = _picked(Asked(tables, scope, parameters), measure)
    order = (source.column(period[0]).desc(), source.id.desc())
    return first_column(conn, query.order_by(*order).limit(count))


def takes_record(
    conn: sa.Connection,
    tables: Tables,
    measure: Measure,
    scope: Scope,
    parameters: Mapping[str, Decimal],
    record: int,
) -> bool:
    """Whether a record is among those of `row_ids`, without reading the others."""
    if not answerable(tables, measure, scope):
        return False
    rows = rows_of(Asked(tables, scope, parameters), measure).subquery()
    return bool(conn.scalar(sa.select(sa.exists().where(rows.c[0] == record))))


def failing_ids(
    conn: sa.Connection,
    tables: Tables,
    measure: Measure,
    also: tuple[Condition, ...],
    also_matches: tuple[Match, ...],
    scope: Scope,
    parameters: Mapping[str, Decimal],
) -> list[int]:
    """The ids of the measure's records that don't also meet `also` and `also_matches`, in order."""
    if not answerable(tables, measure, scope):
        return []
    asked = Asked(tables, scope, parameters)
    source = LedgerSource(tables, measure.ledger)
    also_fits = [
        *(predicates.condition(source, each, asked) for each in also),
        *(predicates.match(source, each, asked) for each in also_matches),
    ]
    # A test on an empty value is neither true nor false; the record doesn't meet it.
    fails = sa.not_(sa.func.coalesce(sa.and_(sa.true(), *also_fits), sa.false()))
    query = (
        sa.select(source.id)
        .select_from(source.from_clause)
        .where(source.id.in_(rows_of(asked, measure)), fails)
        .order_by(source.id)
    )
    return first_column(conn, query)


def distinct_of_ids(conn: sa.Connection, tables: Tables, measure: Measure, ids: list[int]) -> int:
    """How many different values of the measure's fields these records of it have."""
    source = LedgerSource(tables, measure.ledger)
    columns_ = [source.column(path) for path in measure.fields]
    query = sa.select(*columns_).select_from(source.from_clause).where(source.id.in_(among(ids))).distinct()
    return int(conn.scalar(sa.select(sa.func.count()).select_from(query.subquery())) or 0)


def villages_of(
    conn: sa.Connection, tables: Tables, measure: Measure, scope: Scope, parameters: Mapping[str, Decimal]
) -> list[int]:
    """The villages that the measure's records belong to, each once, in the office's own order."""
    return villages_of_ids(conn, tables, measure.ledger, row_ids(conn, tables, measure, scope, parameters))


def names_of(
    conn: sa.Connection, tables: Tables, measure: Measure, scope: Scope, parameters: Mapping[str, Decimal]
) -> list[str]:
    """What the measure's records are called, each name once, in the order in which they were entered."""
    return names_of_ids(conn, tables, measure.ledger, row_ids(conn, tables, measure, scope, parameters))


def names_of_ids(conn: sa.Connection, tables: Tables, ledger: str, ids: list[int]) -> list[str]:
    """What these records of a ledger are called, each name once, in the order in which they were entered."""
    declared = tables.catalogue.ledgers.get(ledger)
    if declared is None or not declared.named_by:
        return []
    table = tables.ledger(ledger)
    name = table.c[declared.named_by]
    query = sa.select(name).where(table.c.id.in_(among(ids)), name.is_not(None)).order_by(table.c.id)
    return list(dict.fromkeys(map(str, first_column(conn, query))))


def villages_of_ids(conn: sa.Connection, tables: Tables, ledger: str, ids: list[int]) -> list[int]:
    """The villages that these records of a ledger belong to, each once, in the office's own order."""
    if ledger not in tables or not village_path(tables.catalogue.ledgers[ledger]) or "village" not in tables:
        return []
    source = LedgerSource(tables, ledger)
    village = source.village()
    assert village is not None
    theirs = (
        sa.select(village)
        .select_from(source.from_clause)
        .where(source.id.in_(among(ids)), village.is_not(None))
    )
    register = tables.ledger("village")
    query = sa.select(register.c.id).where(register.c.id.in_(theirs))
    place = place_field(tables.catalogue.ledgers["village"])
    if place is not None:
        query = query.order_by(register.c[place.key].is_(None), register.c[place.key])
    return first_column(conn, query.order_by(register.c.id))


def answerable(tables: Tables, measure: Measure, scope: Scope) -> bool:
    """Whether the catalogue has the ledgers, and the ledger is kept by village where villages are asked for."""
    known = measure.ledger in tables and all(each.ledger in tables for each in measure.matches)
    return known and (not scope.villages or bool(village_path(tables.catalogue.ledgers[measure.ledger])))


def rows_of(asked: Asked, measure: Measure) -> Query:
    """The ids of the measure's records: of an average those with a value, of first, last, minimum and maximum those at
    the edge, of latest the one record.
    """
    source, query = _picked(asked, measure)
    if measure.kind == "latest":
        day = source.column(measure.fields[-1])
        return query.order_by(day.desc(), source.id.desc()).limit(1)
    if measure.kind == "average":
        return query.where(source.column(measure.fields[0]).is_not(None))
    if measure.kind in EDGES:
        other, every = _picked(asked, measure)
        edge = edge_of(other, measure)
        return query.where(
            source.column(measure.fields[0]) == every.with_only_columns(edge).scalar_subquery()
        )
    return query


def _picked(asked: Asked, measure: Measure) -> tuple[LedgerSource, Query]:
    """The ids of the records that the measure's predicate takes."""
    source = LedgerSource(asked.tables, measure.ledger)
    parts = predicates.clauses(source, measure, asked)
    return source, sa.select(source.id).select_from(source.from_clause).where(*parts.base, *parts.fit)


def added_up(source: LedgerSource, measure: Measure) -> Any:
    """What each record adds to a sum; to a balance, what came in less what went out."""
    columns = [source.column(path) for path in measure.fields]
    return columns[0] - columns[1] if measure.kind == "balance" else columns[0]


def edge_of(source: LedgerSource, measure: Measure) -> Any:
    """The first or last of the measure's days, the smallest or greatest of its numbers."""
    column = source.column(measure.fields[-1])
    return sa.func.min(column) if measure.kind in ("first", "minimum") else sa.func.max(column)
