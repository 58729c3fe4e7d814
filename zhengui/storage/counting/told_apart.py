"""The records behind a measure told apart by a field: what each value comes to, the values themselves, the edge days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from zhengui.catalogue.model import Measure
from zhengui.storage.counting.measured_rows import answerable
from zhengui.storage.counting.measures import aggregates, in_pairs
from zhengui.storage.query import predicates
from zhengui.storage.query.predicates import Asked, Scope
from zhengui.storage.query.references import each_of
from zhengui.storage.query.source import LedgerSource
from zhengui.storage.schema import columns
from zhengui.storage.schema.sql_types import Column, Query
from zhengui.storage.schema.tables import Tables
from zhengui.values.value import Value


def amounts_by(
    conn: sa.Connection,
    tables: Tables,
    measure: Measure,
    scope: Scope,
    parameters: Mapping[str, Decimal],
    path: str,
) -> list[tuple[Value, Any]]:
    """(value of the field, stored amount) of a counted measure, the greatest first, then as entered.

    Records without a value are left out, and values that come to nothing. A record that names several counts with
    each of them.
    """
    if not answerable(tables, measure, scope):
        return []
    asked = Asked(tables, scope, parameters)
    source = LedgerSource(tables, measure.ledger)
    group, named = _values_of(source, path)
    parts = predicates.clauses(source, measure, asked)
    sums = aggregates(source, measure, asked)
    query = (
        sa.select(group, sa.func.min(source.id), *sums)
        .select_from(source.from_clause if named is None else source.from_clause.join(named, sa.true()))
        .where(*parts.base, group.is_not(None))
        .group_by(group)
    )
    found = []
    for value, first, *row in conn.execute(query):
        [(amount, records)] = in_pairs([measure], row)
        if records and amount:
            found.append((_value(source, path, value), amount, first))
    found.sort(key=lambda each: (-each[1], each[2]))
    return [(value, amount) for value, amount, _first in found]


def field_values(
    conn: sa.Connection,
    tables: Tables,
    measure: Measure,
    scope: Scope,
    parameters: Mapping[str, Decimal],
    path: str,
) -> list[Value]:
    """The different values of a field among the measure's records, in the order in which they were entered.

    Of a field that names several records: each of them once.
    """
    if not answerable(tables, measure, scope):
        return []
    source, query = _its_rows(tables, measure, scope, parameters)
    value, named = _values_of(source, path)
    chosen = query.with_only_columns(value).where(value.is_not(None)).group_by(value)
    place = sa.func.min(source.id)
    if named is None:
        rows = conn.execute(chosen.order_by(place))
    else:
        joined = chosen.select_from(source.from_clause.join(named, sa.true()))
        rows = conn.execute(joined.order_by(place, sa.func.min(named.c.key)))
    return [_value(source, path, row[0]) for row in rows]


def edge_days(
    conn: sa.Connection,
    tables: Tables,
    measure: Measure,
    scope: Scope,
    parameters: Mapping[str, Decimal],
    field: str,
) -> tuple[date, date] | None:
    """The first and the last day of a date field among the measure's records; None where none has one."""
    if not answerable(tables, measure, scope):
        return None
    source, query = _its_rows(tables, measure, scope, parameters)
    day = source.column(field)
    first, last = conn.execute(query.with_only_columns(sa.func.min(day), sa.func.max(day))).one()
    if first is None:
        return None
    declared = source.field(field)
    return columns.decode(declared, first), columns.decode(declared, last)


def _values_of(source: LedgerSource, path: str) -> tuple[Column, sa.TableValuedAlias | None]:
    """The column of a field's values; where it names several records, the table of them to be joined."""
    column = source.column(path)
    if not source.field(path).names_several:
        return column, None
    each = each_of(column)
    return each.c.value, each


def _value(source: LedgerSource, path: str, stored: Value) -> Value:
    field = source.field(path)
    return stored if field.names_several else columns.decode(field, stored)


def _its_rows(
    tables: Tables, measure: Measure, scope: Scope, parameters: Mapping[str, Decimal]
) -> tuple[LedgerSource, Query]:
    source = LedgerSource(tables, measure.ledger)
    parts = predicates.clauses(source, measure, Asked(tables, scope, parameters))
    return source, sa.select(source.id).select_from(source.from_clause).where(*parts.base, *parts.fit)
