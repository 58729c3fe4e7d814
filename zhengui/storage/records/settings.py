"""The office's settings: small values under a key, kept in the file."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from zhengui.storage.records import log
from zhengui.storage.records.sealed_rows import SETTING, is_watched
from zhengui.storage.schema import columns
from zhengui.storage.schema.one_state import once
from zhengui.storage.schema.tables import Tables
from zhengui.values.clean import seen_within
from zhengui.values.value import Value


def read(conn: sa.Connection, tables: Tables, key: str, default: Value = None) -> Any:
    """The value of a setting, or `default` where it was never set."""
    table = tables.setting
    query = sa.select(table.c.value).where(table.c.key == key)
    stored = once(conn, ("setting", key), lambda: conn.execute(query).scalar())
    return default if stored is None else json.loads(stored)


def read_all(conn: sa.Connection, tables: Tables, prefix: str) -> dict[str, Any]:
    """The settings whose key begins with `prefix`, by their whole keys."""
    table = tables.setting
    query = sa.select(table.c.key, table.c.value).where(table.c.key.startswith(prefix, autoescape=True))
    return {row[0]: json.loads(row[1]) for row in conn.execute(query.order_by(table.c.key))}


def write(conn: sa.Connection, tables: Tables, key: str, value: object, who: str = "") -> None:
    """Set a value that JSON can hold."""
    conn.exec_driver_sql(
        f"INSERT OR REPLACE INTO {tables.setting.name} (key, value, changed_at, changed_by) VALUES (?, ?, ?, ?)",
        (key, json.dumps(seen_within(value), ensure_ascii=False), columns.moment_text(datetime.now()), who),
    )
    _touch(conn, key)


def changed(conn: sa.Connection, tables: Tables, key: str) -> tuple[datetime | None, str]:
    """When a setting was last set and by whom; no moment where it never was."""
    table = tables.setting
    row = conn.execute(sa.select(table).where(table.c.key == key)).first()
    return (columns.moment_of(row.changed_at), row.changed_by) if row else (None, "")


def remove(conn: sa.Connection, tables: Tables, key: str) -> None:
    """Forget a setting, so that its default holds again."""
    conn.execute(sa.delete(tables.setting).where(tables.setting.c.key == key))
    _touch(conn, key)


def _touch(conn: sa.Connection, key: str) -> None:
    if is_watched(key):
        log.touch(conn, SETTING, (key,))
