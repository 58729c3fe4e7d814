"""What is remembered of every change: values before and after, the way to the bin and back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from zhengui.catalogue.model import FieldType, Ledger
from zhengui.storage.records import log
from zhengui.storage.schema import columns
from zhengui.storage.schema.straight import run
from zhengui.storage.schema.versions import bump
from zhengui.values.value import Value


def differences(
    ledger: Ledger, before: Mapping[str, Value], values: Mapping[str, Any]
) -> dict[str, list[Any]]:
    """Stored values before and after, by field, where they differ."""
    changes = {}
    for key, value in values.items():
        declared = ledger[key]
        if declared.type is FieldType.ATTACHMENT:
            after: object = list(value) if value else None
        else:
            after = columns.encode(declared, value)
        if after != before[key]:
            changes[key] = [before[key], after]
    return changes


def move(
    conn: sa.Connection, ledger: str, records: Sequence[int], who: str, at: datetime, action: str
) -> list[int]:
    """Put records into the bin or take them out, with a line of history for each."""
    state = "IS NULL" if action == "delete" else "IS NOT NULL"
    moved = conn.exec_driver_sql(
        f"SELECT id, version FROM l_{ledger} WHERE deleted_at {state} "
        "AND id IN (SELECT value FROM json_each(?)) ORDER BY id",
        (json.dumps(list(records)),),
    ).fetchall()
    if not moved:
        return []
    stamp = columns.moment_text(at)
    mark = (stamp, who) if action == "delete" else (None, None)
    conn.exec_driver_sql(
        f"UPDATE l_{ledger} SET deleted_at = ?, deleted_by = ?, version = version + 1 WHERE id = ?",
        [(*mark, row[0]) for row in moved],
    )
    remember(conn, [(ledger, row[0], row[1] + 1, action, stamp, who, "{}", None) for row in moved])
    bump(conn, ledger)
    return [row[0] for row in moved]


def remember(conn: sa.Connection, lines: list[tuple[Any, ...]]) -> None:
    """Write lines of history."""
    statement = (
        "INSERT INTO history (ledger, record, version, action, at, who, changes, batch) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
    )
    if len(lines) == 1:
        run(conn, statement, lines[0])
    else:
        conn.exec_driver_sql(statement, lines)
    for ledger, record, *_rest in lines:
        log.touch_records(conn, ledger, (record,), history=True)


def as_json(changes: Mapping[str, list[Value]]) -> str:
    """Changes as the history keeps them."""
    return json.dumps(changes, ensure_ascii=False, separators=(",", ":"))
