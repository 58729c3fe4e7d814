"""Records of registers as other records name them: by label, and found again by name or pinyin initials."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import islice

import sqlalchemy as sa

from zhengui.storage.query.source import LedgerSource, place_field
from zhengui.storage.schema import straight
from zhengui.storage.schema.sql_types import Column
from zhengui.storage.schema.tables import INITIALS, Tables
from zhengui.values.clean import plain, seen

#: What names are told apart without: blanks, wide ones too, and the dots of names that were carried over.
_PASSED_OVER = (" ", "\u3000", "·", "•", "・", "‧", "⋅", "･")

#: Of a longer text only the beginning is looked for; SQLite takes no pattern over 50,000 bytes.
LONGEST = 200
#: So many labels of a register are read letter by letter at most, a tenth of a second's work.
MOST_SPELLED = 20_000


def labels(
    conn: sa.Connection, tables: Tables, register: str, ids: Iterable[int] | None = None
) -> dict[int, str]:
    """The labels of the records `ids`, or of every live record; ids that don't exist are left out."""
    key = ("labels", register, ids is None)
    made = straight.made_once(conn, tables.made, key, lambda: _labels(tables, register, ids is None))
    given = {} if ids is None else {"ids": json.dumps(list(ids))}
    return {row[0]: row[1] for row in made.rows(conn, given)}


def _labels(tables: Tables, register: str, everything: bool) -> sa.Select[int, str]:
    """The statement of `labels`."""
    source = LedgerSource(tables, register)
    query = sa.select(source.id, source.label()).select_from(source.from_clause)
    if not everything:
        return query.where(source.id.in_(among(())))
    query = query.where(source.live)
    place = place_field(source.ledger)
    if place is not None:
        query = query.order_by(source.table.c[place.key].is_(None), source.table.c[place.key])
    return query.order_by(source.id)


def find_reference(
    conn: sa.Connection, tables: Tables, register: str, text: str, limit: int = 20
) -> list[tuple[int, str]]:
    """Live records whose label is, begins with or contains `text`, or is spelled by it in pinyin or its initials.

    The best come first: the whole label, then its beginning, then initials, then anywhere within it, then pinyin. An empty
    `text` lists the first records in the register's own order.
    """
    source = LedgerSource(tables, register)
    label = source.label()
    initials = source.table.c[INITIALS]
    text = seen(text).strip()[:LONGEST]
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
    found = [(row[0], row[1]) for row in conn.execute(query)]
    if len(found) < limit and text.isascii() and text.isalpha():
        known = {id for id, _label in found}
        spelled = find_spelled(conn, tables, register, text.lower(), limit)
        found += [one for one in spelled if one[0] not in known][: limit - len(found)]
    return found


def find_spelled(
    conn: sa.Connection, tables: Tables, register: str, letters: str, limit: int = 20
) -> list[tuple[int, str]]:
    """Live records whose label begins as `letters` spell it in pinyin, in full or mixed with initials.

    Of a register with more than `MOST_SPELLED` labels that begin with the first letter only so many are read.
    """
    from zhengui.values.pinyin import spells

    source = LedgerSource(tables, register)
    label = source.label()
    query = (
        sa.select(source.id, label)
        .select_from(source.from_clause)
        .where(source.live, source.table.c[INITIALS].startswith(letters[:1], autoescape=True))
        .order_by(*source.order(), source.id)
        .limit(MOST_SPELLED)
    )
    found = ((row[0], row[1]) for row in conn.execute(query) if spells(letters, row[1]))
    return list(islice(found, limit))


def find_bare(
    conn: sa.Connection, tables: Tables, register: str, text: str, limit: int = 20
) -> list[tuple[int, str]]:
    """Live records whose label, without blanks and dots, begins as `text` does without them."""
    source = LedgerSource(tables, register)
    label = source.label()
    bare: sa.ColumnElement[str] = label
    for mark in _PASSED_OVER:
        bare = sa.func.replace(bare, mark, "")
    query = (
        sa.select(source.id, label)
        .select_from(source.from_clause)
        .where(source.live, sa.func.lower(bare).startswith(plain(text), autoescape=True))
        .order_by(*source.order(), source.id)
        .limit(limit)
    )
    return [(row[0], row[1]) for row in conn.execute(query)]


def find_holding(
    conn: sa.Connection, tables: Tables, register: str, field: str, value: str
) -> list[tuple[int, str]]:
    """Live records whose field holds `value`, such as an ID number."""
    source = LedgerSource(tables, register)
    query = (
        sa.select(source.id, source.label())
        .select_from(source.from_clause)
        .where(source.live, source.table.c[field] == value)
        .order_by(source.id)
    )
    return [(row[0], row[1]) for row in conn.execute(query)]


def among(ids: Iterable[int]) -> sa.Select[int]:
    """`ids` as a subquery, however many there are."""
    each = sa.func.json_each(straight.late("ids", json.dumps(list(ids)))).table_valued(
        sa.column("value", sa.Integer)
    )
    return sa.select(each.c.value)


def each_of(several: Column) -> sa.TableValuedAlias:
    """The ids in a column that names several records (`|3|17|`), as a table of their own beside each record."""
    listed = "[" + sa.func.replace(sa.func.trim(several, "|"), "|", ",") + "]"
    return sa.func.json_each(listed).table_valued(
        sa.column("value", sa.Integer), sa.column("key", sa.Integer)
    )


def names_one_of(several: Column, ids: sa.Select[int]) -> sa.ColumnElement[bool]:
    """Whether a column that names several records names one of `ids`."""
    each = each_of(several)
    return (
        sa.select(sa.literal(1))
        .select_from(each)
        .where(each.c.value.in_(ids))
        .correlate_except(each)
        .exists()
    )


def write_initials(conn: sa.Connection, tables: Tables, register: str, ids: Iterable[int]) -> None:
    """Store the pinyin initials of the labels of `ids`; called after every write to a register."""
    from zhengui.values.pinyin import initials

    changed = [(initials(label), id_) for id_, label in labels(conn, tables, register, ids).items()]
    if changed:
        conn.exec_driver_sql(f"UPDATE l_{register} SET {INITIALS} = ? WHERE id = ?", changed)
