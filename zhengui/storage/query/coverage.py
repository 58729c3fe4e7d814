"""Whether the ledgers say enough: what was reported, and what nobody has covered."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from zhengui.catalogue.model import Cover, FieldType, Ledger, Timing
from zhengui.storage.query import predicates
from zhengui.storage.query.predicates import Asked, Scope
from zhengui.storage.query.references import labels
from zhengui.storage.query.source import Source, active_condition, place_field, village_path
from zhengui.storage.schema.tables import Tables

#: Stands for the township where a ledger isn't kept by village.
TOWNSHIP = 0


def usual_timing(ledger: Ledger) -> Timing:
    """The timing that a ledger's own period fields suggest."""
    return Timing("during", ledger.period) if ledger.period else Timing()


def reported(
    conn: sa.Connection, tables: Tables, ledger: str, scope: Scope, timing: Timing | None = None
) -> bool:
    """Whether a ledger has a live record by `timing` (its own without one) or a zero report for the scope."""
    if ledger not in tables:
        return False
    source = Source(tables, ledger)
    if scope.villages and not village_path(source.ledger):
        return False
    asked = timing or usual_timing(source.ledger)
    tests = predicates.base(source, asked, scope)
    query = sa.select(sa.literal(1)).select_from(source.from_clause).where(*tests).limit(1)
    return conn.execute(query).first() is not None or nothing_happened(conn, tables, ledger, scope, asked)


def nothing_happened(conn: sa.Connection, tables: Tables, ledger: str, scope: Scope, timing: Timing) -> bool:
    """Whether, where no record counts, somebody reported zero and no record waits that would say otherwise."""
    return zero_reported(conn, tables, ledger, scope) and not waits(conn, tables, ledger, scope, timing)


def waits(conn: sa.Connection, tables: Tables, ledger: str, scope: Scope, timing: Timing) -> int:
    """How many records of the scope don't count only because nobody has reviewed them."""
    if ledger not in tables.held:
        return 0
    source = Source(tables, ledger)
    tests = predicates.held_back(source, timing, scope)
    query = sa.select(sa.func.count()).select_from(source.from_clause).where(*tests)
    return int(conn.scalar(query) or 0)


def zero_reported(conn: sa.Connection, tables: Tables, ledger: str, scope: Scope) -> bool:
    """Whether anybody in the scope said that a whole month of the period had nothing to report."""
    mark = tables.report_mark
    low, high = predicates.bounds(FieldType.MONTH, scope.period)
    query = sa.select(sa.literal(1)).where(
        mark.c.ledger == ledger, mark.c.zero, mark.c.month.between(low, high)
    )
    if scope.villages:
        query = query.where(mark.c.village.in_(scope.villages))
    return conn.execute(query.limit(1)).first() is not None


def complete_reports(conn: sa.Connection, tables: Tables, ledger: str, scope: Scope) -> list[tuple[int, int]]:
    """The reports that are missing, as (village, month yyyymm), villages in the office's order.

    A village has reported a month that is marked so, or in which it has a record. Asked are the active villages
    of the scope and the whole months of the period; a ledger that isn't kept by village is the township's own,
    whose village is 0.
    """
    if ledger not in tables:
        return []
    declared = tables.catalogue.ledgers[ledger]
    by_village = bool(village_path(declared))
    villages = _active_villages(conn, tables, scope) if by_village else [TOWNSHIP]
    done = _marked(conn, tables, ledger, scope) | _with_record(conn, tables, declared, scope)
    return [
        (village, month)
        for village in villages
        for month in scope.period.months()
        if (village, month) not in done
    ]


def missing_cover(
    conn: sa.Connection, tables: Tables, cover: Cover, scope: Scope, parameters: Mapping[str, Decimal]
) -> list[tuple[int, str]]:
    """The live records of the register that no fitting record reaches, as (id, label), in the office's order.

    A cover without a register asks for one fitting record in the whole township; where there is none the list
    has one entry with the id 0 and the measured ledger's title.
    """
    asked = Asked(tables, scope if cover.register else Scope(scope.period), parameters)
    reaching = Source(tables, cover.measure.ledger)
    parts = predicates.clauses(reaching, cover.measure, asked)
    path = cover.path or ("id" if not cover.register else village_path(reaching.ledger))
    column = reaching.column(path)
    reached = (
        sa.select(column)
        .select_from(reaching.from_clause)
        .where(*parts.base, *parts.fit, column.is_not(None))
    )
    if not cover.register:
        found = conn.execute(reached.limit(1)).first()
        return [] if found else [(TOWNSHIP, reaching.ledger.title)]
    source = Source(tables, cover.register)
    village = source.village() if scope.villages else None
    tests = [
        source.live,
        source.id.not_in(reached),
        *(predicates.condition(source, each, asked) for each in cover.where),
        *(() if village is None else (village.in_(scope.villages),)),
    ]
    query = sa.select(source.id).select_from(source.from_clause).where(*tests)
    ids = [row[0] for row in conn.execute(query.order_by(*_office_order(source.table, source.ledger)))]
    named = labels(conn, tables, cover.register, ids)
    return [(id_, named[id_]) for id_ in ids]


def _active_villages(conn: sa.Connection, tables: Tables, scope: Scope) -> list[int]:
    """The villages that the office still works with, within the scope, in order."""
    if "village" not in tables:
        return []
    table, ledger = tables.ledger("village"), tables.catalogue.ledgers["village"]
    query = sa.select(table.c.id).where(active_condition(table, ledger))
    if scope.villages:
        query = query.where(table.c.id.in_(scope.villages))
    return [row[0] for row in conn.execute(query.order_by(*_office_order(table, ledger)))]


def _marked(conn: sa.Connection, tables: Tables, ledger: str, scope: Scope) -> set[tuple[int, int]]:
    mark = tables.report_mark
    low, high = predicates.bounds(FieldType.MONTH, scope.period)
    query = sa.select(mark.c.village, mark.c.month).where(
        mark.c.ledger == ledger, mark.c.month.between(low, high)
    )
    return {(row[0], row[1]) for row in conn.execute(query)}


def _with_record(conn: sa.Connection, tables: Tables, ledger: Ledger, scope: Scope) -> set[tuple[int, int]]:
    """The villages and months that have a record."""
    if not ledger.period:
        return set()
    source = Source(tables, ledger.key)
    kind = source.field(ledger.period[0]).type
    column: Any = source.column(ledger.period[0])
    if kind is FieldType.YEAR:
        return set()
    month = column if kind is FieldType.MONTH else column // 100
    village = source.village()
    place = sa.literal(TOWNSHIP) if village is None else village
    low, high = predicates.bounds(kind, scope.period)
    query = (
        sa.select(place, month).select_from(source.from_clause).where(source.live, column.between(low, high))
    )
    return {(row[0], row[1]) for row in conn.execute(query.distinct())}


def _office_order(table: sa.FromClause, ledger: Ledger) -> list[sa.ColumnElement[Any]]:
    """A register's own order, then the order of entry."""
    place = place_field(ledger)
    first = [] if place is None else [table.c[place.key].is_(None), table.c[place.key]]
    return [*first, table.c.id]
