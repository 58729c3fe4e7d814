"""Which records refer to a record of a register."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from zhengui.catalogue.model import Field
from zhengui.storage.query.references import among, each_of
from zhengui.storage.schema import columns
from zhengui.storage.schema.tables import Tables


@dataclass(frozen=True, slots=True)
class Reference:
    """A live record of a ledger whose field refers to a record of a register.

    `held` is the whole value of a field that names several, `target` among it; empty for a field that names one.
    """

    ledger: str
    field: str
    record: int
    target: int
    held: tuple[int, ...] = ()


def find(
    conn: sa.Connection, tables: Tables, register: str, ids: Iterable[int], binned: bool = False
) -> list[Reference]:
    """Everything live that refers to any of these records, ledger by ledger in the catalogue's order.

    With `binned`, what lies in the recycle bin as well.
    """
    chosen = list(ids)
    found = []
    for key, ledger in tables.catalogue.ledgers.items():
        table = tables.ledger(key)
        for field in ledger.fields:
            if field.register != register:
                continue
            column = table.c[field.key]
            if field.many:
                found += _among_several(conn, table, key, field, chosen)
                continue
            query = sa.select(table.c.id, column).where(
                sa.true() if binned else table.c.deleted_at.is_(None), column.in_(among(chosen))
            )
            found += [Reference(key, field.key, row[0], row[1]) for row in conn.execute(query)]
    return found


def _among_several(
    conn: sa.Connection, table: sa.TableClause, ledger: str, field: Field, chosen: list[int]
) -> list[Reference]:
    """The live records whose field names one of these among others."""
    column = table.c[field.key]
    each = each_of(column)
    query = (
        sa.select(table.c.id, each.c.value, column)
        .select_from(table)
        .join(each, sa.true())
        .where(table.c.deleted_at.is_(None), each.c.value.in_(among(chosen)))
        .order_by(table.c.id)
    )
    rows = conn.execute(query).all()
    return [Reference(ledger, field.key, row[0], row[1], columns.decode(field, row[2])) for row in rows]
