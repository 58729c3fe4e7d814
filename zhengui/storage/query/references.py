"""Records of registers as other records name them: by label, and found again by name or pinyin initials."""

from __future__ import annotations

import json
from collections.abc import Iterable

import sqlalchemy as sa

from zhengui.storage.query.source import Source, place_field
from zhengui.storage.schema.tables import INITIALS, Tables


def labels(
    conn: sa.Connection, tables: Tables, register: str, ids: Iterable[int] | None = None
) -> dict[int, str]:
    """The labels of the records `ids`, or of every live record; ids that don't exist are left out."""
    source = Source(tables, register)
    label = source.label()
    query = sa.select(source.id, label).select_from(source.from_clause)
    if ids is None:
        query = query.where(source.live)
        place = place_field(source.ledger)
        if place is not None:
            query = query.order_by(source.table.c[place.key].is_(None), source.table.c[place.key])
        query = query.order_by(source.id)
    else:
        query = query.where(source.id.in_(among(ids)))
    return {row[0]: row[1] for row in conn.execute(query)}


def find_reference(
    conn: sa.Connection, tables: Tables, register: str, text: str, limit: int = 20
) -> list[tuple[int, str]]:
    """Live records whose label is, begins with or contains `text`, or whose pinyin initials begin with it.

    The best come first: the whole label, then its beginning, then initials, then anywhere within it. An empty
    `text` lists the first records in the register's own order.
    """
    source = Source(tables, register)
    label = source.label()
    initials = source.table.c[INITIALS]
    text = text.strip()
    within = label.contains(text, autoescape=True)
    by_initials = initials.startswith(text.lower(), autoescape=True)
    rank = sa.case(
        (label == text, 0), (label.startswith(text, autoescape=True), 1), (by_initials, 2), else_=3
    )
    query = sa.select(source.id, label).select_from(source.from_clause).where(source.live)
    if text:
        query = query.where(sa.or_(within, by_initials)).order_by(rank)
    place = place_field(source.ledger)
    if place is not None:
        query = query.order_by(source.table.c[place.key].is_(None), source.table.c[place.key])
    if "active" in source.ledger.by_key:
        query = query.order_by(source.table.c.active.desc())
    query = query.order_by(initials, label, source.id).limit(limit)
    return [(row[0], row[1]) for row in conn.execute(query)]


def find_exact(conn: sa.Connection, tables: Tables, register: str, text: str) -> list[tuple[int, str]]:
    """Live records whose label is exactly `text`."""
    source = Source(tables, register)
    label = source.label()
    query = (
        sa.select(source.id, label)
        .select_from(source.from_clause)
        .where(source.live, label == text)
        .order_by(source.id)
    )
    return [(row[0], row[1]) for row in conn.execute(query)]


def among(ids: Iterable[int]) -> sa.Select[int]:
    """`ids` as a subquery, however many there are."""
    each = sa.func.json_each(json.dumps(list(ids))).table_valued(sa.column("value", sa.Integer))
    return sa.select(each.c.value)


def write_initials(conn: sa.Connection, tables: Tables, register: str, ids: Iterable[int]) -> None:
    """Store the pinyin initials of the labels of `ids`; called after every write to a register."""
    from zhengui.values.pinyin import initials

    changed = [(initials(label), id_) for id_, label in labels(conn, tables, register, ids).items()]
    if changed:
        conn.exec_driver_sql(f"UPDATE l_{register} SET {INITIALS} = ? WHERE id = ?", changed)
