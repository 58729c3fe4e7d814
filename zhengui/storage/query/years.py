"""The years that a ledger has records of."""

from __future__ import annotations

import sqlalchemy as sa

from zhengui.catalogue.model import FieldType
from zhengui.storage.schema.straight import run
from zhengui.storage.schema.tables import PREFIX, Tables

#: What a stored time is divided by to leave its year: dates are yyyymmdd, months yyyymm, years yyyy.
_DIVISORS = {FieldType.DATE: 10_000, FieldType.MONTH: 100, FieldType.YEAR: 1}


def first_year(conn: sa.Connection, tables: Tables, ledger: str) -> int | None:
    """The year of the earliest live record, or None where there is no record or the ledger has no time."""
    return _edge_year(conn, tables, ledger, first=True)


def last_year(conn: sa.Connection, tables: Tables, ledger: str) -> int | None:
    """The year of the latest live record, or None where there is no record or the ledger has no time."""
    return _edge_year(conn, tables, ledger, first=False)


def _edge_year(conn: sa.Connection, tables: Tables, ledger: str, first: bool) -> int | None:
    declared = tables.catalogue.ledgers[ledger]
    if not declared.period:
        return None
    field = declared[declared.period[0]]
    # Written by hand, for every ledger is asked whenever a file is opened.
    edge = f'{"min" if first else "max"}("{field.key}")'
    row = run(conn, f"SELECT {edge} FROM {PREFIX}{ledger} WHERE deleted_at IS NULL", ()).fetchone()
    found = row[0]
    return None if found is None else int(found) // _DIVISORS[field.type]
