"""Measures of many villages at once: one grouped SELECT for each ledger instead of one for each village."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

import sqlalchemy as sa

from zhengui.catalogue.model import Measure, Timing
from zhengui.figures.period import Period
from zhengui.storage.counting.measured_rows import answerable
from zhengui.storage.counting.measures import (
    COUNTED,
    UNREPORTED,
    Key,
    Result,
    aggregates,
    counted_result,
    evaluate,
    in_pairs,
    stamp_of,
)
from zhengui.storage.query import predicates
from zhengui.storage.query.coverage import silent_villages, speaking_villages
from zhengui.storage.query.predicates import Asked, Scope
from zhengui.storage.query.source import LedgerSource
from zhengui.storage.schema.sql_types import Column
from zhengui.storage.schema.tables import Tables
from zhengui.storage.schema.versions import ledger_versions


def evaluate_by_village(
    conn: sa.Connection,
    tables: Tables,
    measures: Mapping[Key, Measure],
    period: Period,
    villages: Sequence[int],
    parameters: Mapping[str, Decimal],
) -> dict[int, dict[Key, Result]]:
    """For each village the results that `evaluate` would give for it alone."""
    _prepare(conn, tables, set(measures.values()), period, villages, parameters)
    return {
        village: evaluate(conn, tables, measures, Scope(period, (village,)), parameters)
        for village in villages
    }


def _prepare(
    conn: sa.Connection,
    tables: Tables,
    measures: Iterable[Measure],
    period: Period,
    villages: Sequence[int],
    parameters: Mapping[str, Decimal],
) -> None:
    """Keep the results of the measures that can be grouped, so that `evaluate` finds them."""
    if conn.get_execution_options().get("writing", False):
        return
    versions = ledger_versions(conn)
    settings = tuple(sorted(parameters.items()))
    asked = Asked(tables, Scope(period), parameters)
    groups: dict[tuple[str, Timing], list[Measure]] = {}
    for measure in measures:
        # Of a ledger that holds records back, a zero report says nothing while one waits; `evaluate` knows.
        grouped = measure.kind in COUNTED and measure.ledger not in tables.held
        if grouped and answerable(tables, measure, Scope(period, tuple(villages))):
            groups.setdefault((measure.ledger, measure.timing), []).append(measure)
    for (ledger, timing), group in groups.items():
        found = _grouped(conn, asked, ledger, timing, group)
        silent = [village for village in villages if village not in found]
        zero = silent_villages(conn, tables, ledger, period, silent) if silent else set()
        if silent:
            zero |= speaking_villages(conn, tables, ledger, period, timing)
        for place, measure in enumerate(group):
            stamp = stamp_of(tables, measure, versions)
            for village in villages:
                row = found.get(village)
                result = UNREPORTED
                if row is not None:
                    result = row[place]
                elif village in zero:
                    result = counted_result(LedgerSource(tables, ledger), measure, (0, 0))
                tables.results.keep((measure, Scope(period, (village,)), settings), stamp, result)


def _grouped(
    conn: sa.Connection, asked: Asked, ledger: str, timing: Timing, group: Sequence[Measure]
) -> dict[int, list[Result]]:
    """The results of one ledger and timing, in the order of `group`, of each village that has a record."""
    source = LedgerSource(asked.tables, ledger)
    village = source.village()
    assert village is not None
    selected: list[Column] = [village]
    for measure in group:
        selected += aggregates(source, measure, asked)
    tests = predicates.base(source, timing, asked.scope)
    query = sa.select(*selected).select_from(source.from_clause).where(*tests).group_by(village)
    return {
        row[0]: [
            counted_result(source, measure, pair)
            for measure, pair in zip(group, in_pairs(group, row[1:]), strict=True)
        ]
        for row in conn.execute(query)
    }
