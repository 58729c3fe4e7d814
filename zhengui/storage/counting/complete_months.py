"""Whether a measure was told of month by month, so that its sum over a year is the year's."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from zhengui.catalogue.model import FieldType, Measure
from zhengui.storage.counting.measured_rows import answerable
from zhengui.storage.query import predicates
from zhengui.storage.query.coverage import complete_reports, owed_reports
from zhengui.storage.query.predicates import Asked, Scope
from zhengui.storage.query.source import LedgerSource
from zhengui.storage.schema.tables import Tables


def is_complete(
    conn: sa.Connection, tables: Tables, measure: Measure, scope: Scope, parameters: Mapping[str, Decimal]
) -> bool:
    """Whether every whole month of the period has a record of the measure, or a report of all who owe one."""
    if not answerable(tables, measure, scope):
        return False
    missing = set(scope.period.months()) - _with_record(conn, tables, measure, scope, parameters)
    if not missing or not scope.period.months():
        return not missing
    owed = {month for _village, month in owed_reports(conn, tables, measure.ledger, scope)}
    silent = {month for _village, month in complete_reports(conn, tables, measure.ledger, scope)}
    return missing <= owed - silent


def _with_record(
    conn: sa.Connection, tables: Tables, measure: Measure, scope: Scope, parameters: Mapping[str, Decimal]
) -> set[int]:
    """The months (yyyymm) in which the measure has a record."""
    if measure.timing.kind != "during":
        return set()
    source = LedgerSource(tables, measure.ledger)
    key = measure.timing.fields[0]
    column: Any = source.column(key)
    month = column if source.field(key).type is FieldType.MONTH else column // 100
    parts = predicates.clauses(source, measure, Asked(tables, scope, parameters))
    query = sa.select(month).select_from(source.from_clause).where(*parts.base, *parts.fit).distinct()
    return {int(row[0]) for row in conn.execute(query)}
