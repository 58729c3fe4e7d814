"""The business keys of a ledger, read at once, so that an import need not ask for each of its rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import sqlalchemy as sa

from zhengui.catalogue.model import Ledger
from zhengui.storage.schema import columns
from zhengui.storage.schema.tables import Tables
from zhengui.values.value import Value


def existing_keys(
    conn: sa.Connection, tables: Tables, ledger: str, fields: Sequence[str]
) -> dict[tuple[Value, ...], int]:
    """The stored values of `fields` of every live record, with the record's id."""
    table = tables.ledger(ledger)
    query = sa.select(table.c.id, *(table.c[key] for key in fields)).where(table.c.deleted_at.is_(None))
    return {tuple(row[1:]): row[0] for row in conn.execute(query)}


def plain_keys(
    ledger: Ledger, fields: Sequence[str], keys: Iterable[Sequence[Value]]
) -> Iterator[tuple[Value, ...]]:
    """As `plain_key`, for the values of many records in the order of `fields`, none of them empty."""
    encoders = [columns.encoder(ledger[key]) for key in fields]
    for key in keys:
        yield tuple([code(value) for code, value in zip(encoders, key, strict=True)])


def plain_key(ledger: Ledger, fields: Sequence[str], values: Mapping[str, Value]) -> tuple[Value, ...]:
    """The values of `fields` as their columns would hold them."""
    return tuple(columns.encode(ledger[key], values.get(key)) for key in fields)
