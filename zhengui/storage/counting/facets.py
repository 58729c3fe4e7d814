"""Where and when the records behind a figure belong, and what each adds, for telling a figure apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from zhengui.catalogue.model import FieldType, Measure
from zhengui.storage.counting.measured_rows import added_up
from zhengui.storage.query.references import among
from zhengui.storage.query.source import LedgerSource, village_path
from zhengui.storage.schema.sql_types import Column
from zhengui.storage.schema.tables import Tables

_MONTHS = frozenset({FieldType.DATE, FieldType.MONTH})
_DAYS_IN_NUMBER = 100


@dataclass(frozen=True, slots=True)
class Facet:
    """A record: its village, its month as yyyymm, and the stored number that it adds to a sum."""

    id: int
    village: int | None
    month: int | None
    amount: int


def has_village(tables: Tables, measure: Measure) -> bool:
    """Whether the measure's records belong to villages."""
    return measure.ledger in tables and bool(village_path(tables.catalogue.ledgers[measure.ledger]))


def has_month(tables: Tables, measure: Measure) -> bool:
    """Whether the measure goes by dates or months."""
    if measure.ledger not in tables or not measure.timing.fields:
        return False
    return LedgerSource(tables, measure.ledger).field(measure.timing.fields[0]).type in _MONTHS


def facets(conn: sa.Connection, tables: Tables, measure: Measure, ids: Iterable[int]) -> list[Facet]:
    """The facets of these records of the measure's ledger, by id."""
    source = LedgerSource(tables, measure.ledger)
    nothing: Column = sa.null()
    village = source.village() if has_village(tables, measure) else None
    when = source.column(measure.timing.fields[0]) if has_month(tables, measure) else nothing
    added = added_up(source, measure) if measure.kind in ("sum", "balance") else nothing
    query = sa.select(source.id, nothing if village is None else village, when, added)
    query = query.select_from(source.from_clause).where(source.id.in_(among(ids))).order_by(source.id)
    by_day = has_month(tables, measure) and source.field(measure.timing.fields[0]).type is FieldType.DATE
    return [
        Facet(
            row[0],
            row[1],
            row[2] // _DAYS_IN_NUMBER if by_day and row[2] is not None else row[2],
            row[3] or 0,
        )
        for row in conn.execute(query)
    ]
