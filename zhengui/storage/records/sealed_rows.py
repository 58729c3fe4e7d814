"""What the log seals: for each kind of row, how its rows are read in one form that never changes.

A kind is a table, or a table and the ledger its rows belong to (`review:hazard`), so that a row is named by a number
or a short text. Empty columns are left out, so that a column added later changes no seal.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from zhengui.storage.records import sealed_tables
from zhengui.storage.records.sealed_text import texts_of
from zhengui.storage.schema.straight import run

if TYPE_CHECKING:
    import sqlalchemy as sa

    from zhengui.storage.schema.tables import Tables


Key = int | str
#: Rows as (key, values without names); names are those of `_columns`.
Rows = Iterator[tuple[Key, str]]

HISTORY, SETTING, ISSUE, ACCOUNT = "history", "setting", "issue", "account"
REVIEW, MARK, ENTERED = "review", "mark", "entered"
SEAL = 8
#: The seal of a row that isn't there any more.
GONE = b"\0" * SEAL
#: A month or a year stands in the last six digits of a key, the village before it.
_PLACES = 1_000_000
#: Settings that figures, names or rights depend on; others, such as the width of a column, may come and go.
WATCHED = (
    *("parameter.", "review.", "catalogue.own.", "township.", "office.", "returned.", "bin."),
    *("ranking.", "report.", "sign_off.", "holidays.", "working.", "lock."),
)
_CHUNK = 5_000


def is_watched(setting: str) -> bool:
    """Whether a setting is sealed."""
    return setting.startswith(WATCHED)


def names() -> list[str]:
    """What is sealed, besides what every log began with: the program's tables and the beginnings of settings."""
    return [*(each.table for each in sealed_tables.OWN), *(f"{SETTING}:{start}" for start in WATCHED)]


def record_kind(ledger: str) -> str:
    """The kind of a ledger's records."""
    return f"l_{ledger}"


def place_key(village: int | None, time: int) -> int:
    """The key of what is kept by village and month or year."""
    return (village or 0) * _PLACES + time


def seal(key: bytes, kind: str, row: Key, text: str) -> bytes:
    """The seal of a row: a keyed hash of what it is and holds."""
    told = f"{kind}\n{row}\n{text}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(told, key=key, digest_size=SEAL).digest()


def kinds(tables: Tables) -> list[str]:
    """Every kind whose rows are all sealed, in the order in which they are looked at."""
    reviewed = [f"{REVIEW}:{key}" for key in tables.catalogue.ledgers]
    marked = [f"{MARK}:{key}" for key in tables.catalogue.ledgers]
    own = [record_kind(key) for key in tables.catalogue.ledgers]
    entered = [f"{ENTERED}:{key}" for key in tables.catalogue.indicators]
    program = sealed_tables.kinds(list(tables.catalogue.ledgers))
    return [*own, HISTORY, *reviewed, *marked, *entered, ISSUE, SETTING, ACCOUNT, *program]


def rows(conn: sa.Connection, tables: Tables, kind: str, keys: Sequence[Key] | None = None) -> Rows:
    """The rows of a kind with these keys, or all, as texts; those that don't exist are left out."""
    if sealed_tables.kind_of(kind).table in sealed_tables.BY_TABLE:
        yield from sealed_tables.rows(
            conn, tables, kind, None if keys is None else [int(key) for key in keys]
        )
        return
    if keys is None:
        yield from _read(conn, tables, kind, "", ())
        return
    column = _key_column(kind)
    if len(keys) == 1:
        yield from _read(conn, tables, kind, f"{column} = ?", (keys[0],))
        return
    if isinstance(keys, range):
        yield from _read(conn, tables, kind, f"{column} BETWEEN ? AND ?", (keys[0], keys[-1]))
        return
    for start in range(0, len(keys), _CHUNK):
        part = list(keys[start : start + _CHUNK])
        yield from _read(
            conn, tables, kind, f"{column} IN (SELECT value FROM json_each(?))", (json.dumps(part),)
        )


def newer(conn: sa.Connection, tables: Tables, kind: str, than: int) -> Rows:
    """The rows of a kind with higher keys."""
    return _read(conn, tables, kind, f"{_key_column(kind)} > ?", (than,))


def _key_column(kind: str) -> str:
    table = sealed_tables.kind_of(kind).table
    if table in (MARK, ENTERED):
        return f"village * {_PLACES} + {'month' if table == MARK else 'year'}"
    return {REVIEW: "record", SETTING: "key"}.get(table, "id")


def _read(conn: sa.Connection, tables: Tables, kind: str, test: str, asked: tuple[object, ...]) -> Rows:
    table, of = sealed_tables.kind_of(kind)
    if table == ISSUE:
        yield from _issues(conn, tables, test, asked)
        return
    source, names = _shape(tables, kind)
    tests = [test] if test else []
    given = list(asked)
    if of:
        tests.append({ENTERED: "indicator = ?"}.get(table, "ledger = ?"))
        given.append(of)
    where = f" WHERE {' AND '.join(tests)}" if tests else ""
    columns = ", ".join(f'"{name}"' for name in names)
    query = f"SELECT {_key_column(kind)}, {columns} FROM {source}{where}"
    found = run(conn, query, given)
    while part := found.fetchmany(_CHUNK):
        if table == SETTING:
            part = [row for row in part if is_watched(row[0])]
        keys = [row[0] for row in part]
        yield from zip(keys, texts_of(names, [row[1:] for row in part]), strict=True)


def _shape(tables: Tables, kind: str) -> tuple[str, list[str]]:
    """The table of a kind and the columns that are sealed, in the order of their names."""
    remembered = tables.sealed.get(kind)
    if remembered is None:
        from zhengui.storage.schema.tables import INITIALS

        name = sealed_tables.kind_of(kind).table
        source = {MARK: tables.report_mark.name, ENTERED: tables.entered_value.name}.get(name, name)
        found = tables.named(source).columns
        # Settings are sealed by their value: the moment of a change that changes nothing is of no account.
        left_out = {"id", INITIALS, *(("changed_at", "changed_by", "key") if name == SETTING else ())}
        remembered = (source, sorted(column.name for column in found if column.name not in left_out))
        tables.sealed[kind] = remembered
    return remembered


def _issues(conn: sa.Connection, tables: Tables, test: str, asked: tuple[Any, ...]) -> Rows:
    """Issues with all that was frozen with them; the pages are sealed by their digest."""
    t = tables.documents
    source, names = t.issue.name, sorted(column.name for column in t.issue.columns if column.name != "id")
    columns = ", ".join(f'"{name}"' for name in names)
    where = f" WHERE {test}" if test else ""
    for id_, *values in conn.exec_driver_sql(f"SELECT id, {columns} FROM {source}{where}", asked).fetchall():
        parts: list[tuple[str, list[str]]] = []
        for table in (t.issue_block, t.issue_figure, t.issue_claim, t.issue_records):
            own = sorted(column.name for column in table.columns)
            wanted = ", ".join(f'"{name}"' for name in own)
            found = conn.exec_driver_sql(
                f"SELECT {wanted} FROM {table.name} WHERE issue = ? ORDER BY position", (id_,)
            ).fetchall()
            parts.append((table.name, list(texts_of(own, found))))
        (issue,) = texts_of(names, [values])
        yield id_, issue + json.dumps(parts, separators=(",", ":"))
