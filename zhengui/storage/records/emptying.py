"""Take records out of the recycle bin for good: with all that tells what they held, and nothing else.

What stays is who did what when (history without its values, the log), and whatever an issued document counts: its
evidence has to stand as long as the document does.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from zhengui.storage.records import log, references_to
from zhengui.storage.records.sealed_rows import HISTORY, REVIEW, SETTING, is_watched
from zhengui.storage.schema import columns
from zhengui.storage.schema.reconcile import search_table
from zhengui.storage.schema.tables import Tables
from zhengui.storage.schema.versions import bump

#: The beginning of settings that tell something of one record, as `returned.hazard.12`.
_OF_RECORDS = "returned."


def due(conn: sa.Connection, tables: Tables, ledger: str, before: datetime) -> tuple[list[int], int]:
    """The records that went to the bin before a moment, and how many of those have to stay.

    Those stay that an issued document counts, and those of a register that any record refers to.
    """
    table = tables.ledger(ledger)
    query = sa.select(table.c.id).where(table.c.deleted_at < columns.moment_text(before))
    found = list(conn.execute(query.order_by(table.c.id)).scalars())
    if not found:
        return [], 0
    kept = _issued(conn, tables, ledger)
    if tables.catalogue.ledgers[ledger].register:
        kept |= {each.target for each in references_to.find(conn, tables, ledger, found, True)}
    going = [each for each in found if each not in kept]
    return going, len(found) - len(going)


def _issued(conn: sa.Connection, tables: Tables, ledger: str) -> set[int]:
    table = tables.documents.issue_records
    texts = conn.execute(sa.select(table.c.ids).where(table.c.ledger == ledger)).scalars()
    return {int(number) for text in texts for number in json.loads(text)}


def take_out(conn: sa.Connection, tables: Tables, ledger: str, ids: Sequence[int]) -> None:
    """Take these records out, and whatever else holds words of theirs."""
    chosen = json.dumps(list(ids))
    among = "IN (SELECT value FROM json_each(?))"
    # What is taken out is also overwritten in the file's free pages.
    conn.exec_driver_sql("PRAGMA secure_delete = ON")
    history = [
        row[0]
        for row in conn.exec_driver_sql(
            f"SELECT id FROM history WHERE ledger = ? AND record {among}", (ledger, chosen)
        )
    ]
    conn.exec_driver_sql(
        f"UPDATE history SET changes = '{{}}' WHERE ledger = ? AND record {among}", (ledger, chosen)
    )
    log.touch(conn, HISTORY, history)
    reviewed = conn.exec_driver_sql(
        f"DELETE FROM review WHERE ledger = ? AND record {among} RETURNING record", (ledger, chosen)
    ).fetchall()
    log.touch(conn, f"{REVIEW}:{ledger}", [row[0] for row in reviewed])
    for table in ("attachment_link", "loop_step", "draft"):
        conn.exec_driver_sql(f"DELETE FROM {table} WHERE ledger = ? AND record {among}", (ledger, chosen))
    _forget_settings(conn, ledger, ids)
    search = search_table(ledger)
    conn.exec_driver_sql(f"INSERT INTO {search} ({search}, rank) VALUES ('secure-delete', 1)")
    conn.exec_driver_sql(f"DELETE FROM {search} WHERE rowid {among}", (chosen,))
    conn.exec_driver_sql(f"DELETE FROM l_{ledger} WHERE id {among}", (chosen,))
    log.touch_records(conn, ledger, ids)
    bump(conn, ledger)


def _forget_settings(conn: sa.Connection, ledger: str, ids: Sequence[int]) -> None:
    for id in ids:
        key = f"{_OF_RECORDS}{ledger}.{id}"
        if conn.exec_driver_sql("DELETE FROM setting WHERE key = ?", (key,)).rowcount and is_watched(key):
            log.touch(conn, SETTING, (key,))
