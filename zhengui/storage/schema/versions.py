"""How often each ledger was changed: what is computed from it is used again only as long as that stays the same."""

from __future__ import annotations

import sqlalchemy as sa

from zhengui.storage.schema.one_state import once
from zhengui.storage.schema.straight import run


def bump(conn: sa.Connection, ledger: str) -> None:
    """Count a change of the ledger, so that nothing computed from it before is used again."""
    run(
        conn,
        "INSERT INTO ledger_version (ledger, version) VALUES (?, 1) "
        "ON CONFLICT (ledger) DO UPDATE SET version = ledger_version.version + 1",
        (ledger,),
    )


def ledger_versions(conn: sa.Connection) -> dict[str, int]:
    """How often each ledger was changed; ledgers never written to are absent."""
    query = "SELECT ledger, version FROM ledger_version"
    return once(conn, query, lambda: {row[0]: row[1] for row in conn.exec_driver_sql(query)})
