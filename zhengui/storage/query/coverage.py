"""Whether the ledgers say enough: what was reported, and what nobody has covered."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from zhengui.catalogue.model import Cover, FieldType, Ledger, Timing
from zhengui.figures.period import Period
from zhengui.figures.period_words import covering_months
from zhengui.storage.query import predicates
from zhengui.storage.query.lives import life_columns, month_end, was_there
from zhengui.storage.query.predicates import Asked, Scope
from zhengui.storage.query.references import labels
from zhengui.storage.query.source import LedgerSource, place_field, village_path
from zhengui.storage.schema.kept import kept
from zhengui.storage.schema.one_state import once
from zhengui.storage.schema.sql_types import Column, Query
from zhengui.storage.schema.straight import run
from zhengui.storage.schema.tables import Tables

#: Stands for the township where a ledger isn't kept by village.
TOWNSHIP = 0
#: Settings: the month (yyyymm) from which reports are owed, of the office, of an area, of a ledger.
START, START_OF_AREA, START_OF_LEDGER = "report.start", "report.start.area.", "report.start.ledger."


def usual_timing(ledger: Ledger) -> Timing:
    """The timing that a ledger's own period fields suggest."""
    return Timing("during", ledger.period) if ledger.period else Timing()


def reported(
    conn: sa.Connection, tables: Tables, ledger: str, scope: Scope, timing: Timing | None = None
) -> bool:
    """Whether a ledger says anything for the scope: by a live record (its own timing without one), or by silence."""
    if ledger not in tables:
        return False
    source = LedgerSource(tables, ledger)
    if scope.villages and not village_path(source.ledger):
        return False
    asked = timing or usual_timing(source.ledger)
    tests = predicates.base(source, asked, scope)
    query = sa.select(sa.literal(1)).select_from(source.from_clause).where(*tests).limit(1)
    return conn.execute(query).first() is not None or nothing_happened(conn, tables, ledger, scope, asked)


def nothing_happened(conn: sa.Connection, tables: Tables, ledger: str, scope: Scope, timing: Timing) -> bool:
    """Whether, where no record counts, the ledger itself or every report that is owed says so.

    Not while a record waits for its review that would say otherwise.
    """
    said = speaks(conn, tables, ledger, scope, timing) or silent(conn, tables, ledger, scope)
    return said and not waits(conn, tables, ledger, scope, timing)


def speaks(conn: sa.Connection, tables: Tables, ledger: str, scope: Scope, timing: Timing) -> bool:
    """Whether records say "none": everything has ended, or items are listed and none of them has got that far."""
    source = LedgerSource(tables, ledger, alias=False)
    tests = predicates.speaking(source, timing, scope)
    if any(test is predicates.NEVER for test in tests):
        return False
    query = sa.select(sa.literal(1)).select_from(source.from_clause).where(*tests).limit(1)
    return conn.execute(query).first() is not None


def speaking_villages(
    conn: sa.Connection, tables: Tables, ledger: str, period: Period, timing: Timing
) -> set[int]:
    """The villages of which `speaks` is true, each by itself."""
    source = LedgerSource(tables, ledger)
    village = source.village()
    assert village is not None
    tests = predicates.speaking(source, timing, Scope(period))
    if any(test is predicates.NEVER for test in tests):
        return set()
    query = sa.select(village).select_from(source.from_clause).where(*tests, village.is_not(None))
    return {row[0] for row in conn.execute(query.distinct())}


def silent(conn: sa.Connection, tables: Tables, ledger: str, scope: Scope) -> bool:
    """Whether everybody who owes the ledger has said of every month that the period touches that there was nothing.

    A month with a record elsewhere in it has been told of too; one that is only marked as reported has not.
    """
    owing, quiet = _quiet(conn, tables, ledger, scope)
    return bool(owing) and owing <= quiet


def silent_villages(
    conn: sa.Connection, tables: Tables, ledger: str, period: Period, villages: Sequence[int]
) -> set[int]:
    """The villages of which `silent` is true, each by itself."""
    owing, quiet = _quiet(conn, tables, ledger, Scope(period, tuple(villages)))
    return {village for village, _month in owing} - {village for village, _month in owing - quiet}


def any_report(conn: sa.Connection, tables: Tables, ledger: str, period: Period) -> bool:
    """Whether anybody at all has reported a month of the ledger."""
    return ledger in _marks(conn, tables, period)


def _quiet(
    conn: sa.Connection, tables: Tables, ledger: str, scope: Scope
) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """What is owed, and what was told of, as (village, month)."""
    if ledger not in tables:
        return set(), set()
    whole = Scope(covering_months(scope.period), scope.villages)
    zero = _marked(conn, tables, ledger, whole, zero=True)
    if not zero:
        return {(TOWNSHIP, 0)}, set()
    declared = tables.catalogue.ledgers[ledger]
    return set(owed_reports(conn, tables, ledger, whole)), zero | _with_record(conn, tables, declared, whole)


def waits(conn: sa.Connection, tables: Tables, ledger: str, scope: Scope, timing: Timing) -> int:
    """How many records of the scope don't count only because nobody has reviewed them."""
    if ledger not in tables.held:
        return 0
    source = LedgerSource(tables, ledger)
    tests = predicates.held_back(source, timing, scope)
    query = sa.select(sa.func.count()).select_from(source.from_clause).where(*tests)
    return int(conn.scalar(query) or 0)


def owed_reports(conn: sa.Connection, tables: Tables, ledger: str, scope: Scope) -> list[tuple[int, int]]:
    """The reports that are owed, as (village, month yyyymm), villages in the office's order.

    Asked are the whole months of the period from the ledger's first month on and, for each, the villages of the
    scope that were there on its last day; a ledger that isn't kept by village is the township's own, whose village is 0.
    """
    if ledger not in tables:
        return []
    start = first_month(conn, tables, ledger)
    months = [month for month in scope.period.months() if month >= start]
    if not village_path(tables.catalogue.ledgers[ledger]):
        return [(TOWNSHIP, month) for month in months]
    return [
        (row["id"], month)
        for row in _villages(conn, tables, scope)
        for month in months
        if was_there(row, month_end(month))
    ]


def first_month(conn: sa.Connection, tables: Tables, ledger: str) -> int:
    """The month (yyyymm) from which reports of a ledger are owed: its own, its area's or the office's; else 0."""
    area = tables.catalogue.ledgers[ledger].area
    keys = (START_OF_LEDGER + ledger, START_OF_AREA + area, START)
    table = tables.setting
    query = sa.select(table.c.key, table.c.value).where(table.c.key.in_(keys))
    found = {row[0]: row[1] for row in conn.execute(query)}
    values = (json.loads(found[key]) for key in keys if key in found)
    return next((int(value) for value in values if value), 0)


def complete_reports(conn: sa.Connection, tables: Tables, ledger: str, scope: Scope) -> list[tuple[int, int]]:
    """The reports that are owed and missing, as (village, month yyyymm), villages in the office's order.

    A village has reported a month that is marked so, or in which it has a record.
    """
    owing = owed_reports(conn, tables, ledger, scope)
    if not owing:
        return []
    declared = tables.catalogue.ledgers[ledger]
    done = _marked(conn, tables, ledger, scope) | _with_record(conn, tables, declared, scope)
    return [place for place in owing if place not in done]


def missing_cover(
    conn: sa.Connection, tables: Tables, cover: Cover, scope: Scope, parameters: Mapping[str, Decimal]
) -> list[tuple[int, str]]:
    """The live records of the register that no fitting record reaches, as (id, label), in the office's order.

    The register's records are those of the scope; what reaches them may be anybody's. A cover without a register
    asks for one fitting record in the whole township, and nothing of single villages; where there is none the
    list has one entry with the id 0 and the measured ledger's title.
    """
    if not cover.register and scope.villages:
        return []
    asked = Asked(tables, Scope(scope.period), parameters)
    reached = _reached(cover, asked)
    if not cover.register:
        found = conn.execute(reached.limit(1)).first()
        return [] if found else [(TOWNSHIP, tables.catalogue.ledgers[cover.measure.ledger].title)]
    source = LedgerSource(tables, cover.register)
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


def _reached(cover: Cover, asked: Asked) -> Query:
    """What the fitting records reach; of records that go together every choice counts that any of them has."""
    reaching = LedgerSource(asked.tables, cover.measure.ledger)
    path = cover.path or ("id" if not cover.register else village_path(reaching.ledger))
    column = reaching.column(path)
    together = [reaching.column(each) for each in cover.together]
    single = [each for each in cover.measure.where if not together or each.op != "contains_all"]
    parts = predicates.clauses(reaching, replace(cover.measure, where=tuple(single)), asked)
    shared = [
        sa.func.max(
            sa.cast(predicates.condition(reaching, replace(each, values=(value,)), asked), sa.Integer)
        )
        == 1
        for each in cover.measure.where
        if each not in single
        for value in each.values
    ]
    found = (
        sa.select(column)
        .select_from(reaching.from_clause)
        .where(*parts.base, *parts.fit, column.is_not(None))
    )
    return found.group_by(column, *together).having(*shared) if shared else found


def _villages(conn: sa.Connection, tables: Tables, scope: Scope) -> list[Mapping[str, Any]]:
    """The live villages of the scope in the office's order, with what says when they were there."""
    if "village" not in tables:
        return []
    table, ledger = tables.ledger("village"), tables.catalogue.ledgers["village"]
    query = sa.select(table.c.id, *life_columns(table, ledger)).where(table.c.deleted_at.is_(None))
    if scope.villages:
        query = query.where(table.c.id.in_(scope.villages))
    return [dict(row._mapping) for row in conn.execute(query.order_by(*_office_order(table, ledger)))]


def _marked(
    conn: sa.Connection, tables: Tables, ledger: str, scope: Scope, zero: bool = False
) -> set[tuple[int, int]]:
    """The villages and months that are marked as reported, or, `zero`, as months without anything."""
    marks = _marks(conn, tables, scope.period).get(ledger, ())
    return {(village, month) for village, month, empty in marks if empty or not zero}


def _marks(conn: sa.Connection, tables: Tables, period: Period) -> dict[str, list[tuple[int, int, bool]]]:
    """The villages and months of the period that are marked as reported, and whether as empty, by ledger.

    Asked of every figure without a value; so all ledgers are read at once, and anew only when one has changed: a mark
    counts its ledger's version on.
    """
    low, high = predicates.bounds(FieldType.MONTH, period)

    def read() -> dict[str, list[tuple[int, int, bool]]]:
        query = (
            f"SELECT ledger, village, month, zero FROM {tables.report_mark.name} WHERE month BETWEEN ? AND ?"
        )
        found: dict[str, list[tuple[int, int, bool]]] = {}
        # Ten thousand rows and more: SQLAlchemy's own rows would take longer than the reading.
        for ledger, village, month, zero in run(conn, query, (low, high)).fetchall():
            found.setdefault(ledger, []).append((village, month, bool(zero)))
        return found

    request = ("report marks", low, high)
    return once(conn, request, lambda: kept(conn, tables, request, lambda now: frozenset(now.items()), read))


def _with_record(conn: sa.Connection, tables: Tables, ledger: Ledger, scope: Scope) -> set[tuple[int, int]]:
    """The villages and months that have a record."""
    if not ledger.period:
        return set()
    source = LedgerSource(tables, ledger.key)
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


def _office_order(table: sa.FromClause, ledger: Ledger) -> list[Column]:
    """A register's own order, then the order of entry."""
    place = place_field(ledger)
    first = [] if place is None else [table.c[place.key].is_(None), table.c[place.key]]
    return [*first, table.c.id]
