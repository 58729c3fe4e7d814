"""Which records refer to a record of a register."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from zhengui.storage.query.references import among
from zhengui.storage.schema.tables import Tables


@dataclass(frozen=True, slots=True)
class Reference:
    """A live record of a ledger whose field refers to a record of a register."""

    ledger: str
    field: str
    record: int
    target: int


def find(conn: sa.Connection, tables: Tables, register: str, ids: Iterable[int]) -> list[Reference]:
    """Everything live that refers to any of these records, ledger by ledger in the catalogue's order."""
    chosen = list(ids)
    found = []
    for key, ledger in tables.catalogue.ledgers.items():
        table = tables.ledger(key)
        for field in ledger.fields:
            if field.register != register:
                continue
            column = table.c[field.key]
            query = sa.select(table.c.id, column).where(
                table.c.deleted_at.is_(None), column.in_(among(chosen))
            )
            found += [Reference(key, field.key, row[0], row[1]) for row in conn.execute(query)]
    return found
