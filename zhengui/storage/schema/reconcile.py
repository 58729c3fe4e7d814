"""Bring the file's tables up to the catalogue, by adding only."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.schema import CreateColumn, CreateIndex, CreateTable

from zhengui.catalogue.model import Catalogue
from zhengui.storage.problem import StorageProblem
from zhengui.storage.schema import columns
from zhengui.storage.schema.tables import Tables

#: Raised by hand where the program's own tables or the indexes change in an additive way.
LAYOUT = 14
_SHAPES = "storage.shapes"
_FINGERPRINT = "storage.fingerprint"


def reconcile(conn: sa.Connection, tables: Tables) -> list[str]:
    """Add the tables, columns and indexes that are missing; returns the names of what was added.

    A field that left the catalogue keeps its column. A field whose type changed is refused with StorageProblem,
    for its stored values would mean something else.
    """
    shapes = _shapes(tables.catalogue)
    fingerprint = _fingerprint(tables, shapes)
    have = set(conn.exec_driver_sql("SELECT name FROM sqlite_master").scalars())
    if "setting" in have:
        if _read(conn, _FINGERPRINT) == fingerprint:
            return []
        _refuse_changed(tables, json.loads(_read(conn, _SHAPES) or "{}"), shapes)
    added = _add(conn, tables, have)
    earlier = json.loads(_read(conn, _SHAPES) or "{}")
    _write(conn, _SHAPES, json.dumps(earlier | shapes, ensure_ascii=False))
    _write(conn, _FINGERPRINT, fingerprint)
    return added


def is_current(conn: sa.Connection, tables: Tables) -> bool:
    """Whether the file already has everything the catalogue asks for; reads only."""
    have_settings = conn.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'setting'").scalar()
    return bool(have_settings) and _read(conn, _FINGERPRINT) == _fingerprint(
        tables, _shapes(tables.catalogue)
    )


def held_before(conn: sa.Connection, tables: Tables) -> list[str]:
    """The fields, as ledger.field, that the file ever had a column for and the catalogue lacks."""
    stored = json.loads(_read(conn, _SHAPES) or "{}")
    return sorted(set(stored) - set(_shapes(tables.catalogue)))


def changed_types(conn: sa.Connection, catalogue: Catalogue) -> list[str]:
    """The fields, as ledger.field, whose type in `catalogue` is not the one their values are stored with."""
    stored, shapes = json.loads(_read(conn, _SHAPES) or "{}"), _shapes(catalogue)
    return [key for key, shape in shapes.items() if stored.get(key, shape) != shape]


def search_table(ledger: str) -> str:
    """The name of the full-text table of a ledger."""
    return f"s_{ledger}"


def _add(conn: sa.Connection, tables: Tables, have: set[str]) -> list[str]:
    """Create what isn't in `have`, table by table."""
    added = []
    for table in tables.metadata.tables.values():
        if table.name not in have:
            conn.execute(CreateTable(table))
            added.append(table.name)
        else:
            added += _add_columns(conn, table)
        for index in table.indexes:
            if index.name not in have:
                conn.execute(CreateIndex(index))
    for key in tables.catalogue.ledgers:
        if search_table(key) not in have:
            conn.exec_driver_sql(
                f"CREATE VIRTUAL TABLE {search_table(key)} USING fts5"
                "(words, initials, content='', contentless_delete=1, tokenize='ascii')"
            )
    return added


def _add_columns(conn: sa.Connection, table: sa.Table) -> list[str]:
    """Add the columns that `table` gained since the file was made."""
    present = {row[1] for row in conn.exec_driver_sql(f'PRAGMA table_info("{table.name}")')}
    added = []
    for column in table.columns:
        if column.name in present:
            continue
        ddl = CreateColumn(column).compile(dialect=conn.dialect)
        references = "".join(f" REFERENCES {key.column.table.name} (id)" for key in column.foreign_keys)
        conn.exec_driver_sql(f'ALTER TABLE "{table.name}" ADD COLUMN {ddl}{references}')
        added.append(f"{table.name}.{column.name}")
    return added


def _shapes(catalogue: Catalogue) -> dict[str, str]:
    return {
        f"{ledger.key}.{field.key}": columns.shape(field)
        for ledger in catalogue.ledgers.values()
        for field in ledger.fields
    }


def _fingerprint(tables: Tables, shapes: dict[str, str]) -> str:
    """A short text that changes whenever the tables would."""
    frames = [
        (ledger.key, ledger.period, ledger.village, ledger.register)
        for ledger in tables.catalogue.ledgers.values()
    ]
    return hashlib.sha256(repr((LAYOUT, frames, shapes)).encode()).hexdigest()


def _refuse_changed(tables: Tables, stored: dict[str, str], shapes: dict[str, str]) -> None:
    """Raise where a field is declared with another type than its values were stored with."""
    names = []
    for key, shape in shapes.items():
        if key in stored and stored[key] != shape:
            ledger, field = key.split(".")
            declared = tables.catalogue.ledgers[ledger]
            names.append(f"“{declared.title}”的“{declared[field].title}”")
    if names:
        raise StorageProblem(
            f"{'、'.join(names)}的类型与已存的数据不一致，文件没有改动。"
            "请把目录中的类型改回原样，或另加一个新字段。"
        )


def _read(conn: sa.Connection, key: str) -> str | None:
    return conn.exec_driver_sql("SELECT value FROM setting WHERE key = ?", (key,)).scalar()


def _write(conn: sa.Connection, key: str, value: str) -> None:
    conn.exec_driver_sql(
        "INSERT INTO setting (key, value, changed_at, changed_by) VALUES (?, ?, ?, '') "
        "ON CONFLICT (key) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at",
        (key, value, columns.moment_text(datetime.now())),
    )
