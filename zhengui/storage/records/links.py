"""Which attachments belong to which field of which record."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

import sqlalchemy as sa

from zhengui.storage.schema.tables import Tables


def replace(conn: sa.Connection, ledger: str, record: int, field: str, attachments: Iterable[int]) -> None:
    """Let the field of the record have exactly these attachments, in this order."""
    conn.exec_driver_sql(
        "DELETE FROM attachment_link WHERE ledger = ? AND record = ? AND field = ?", (ledger, record, field)
    )
    rows = [(ledger, record, field, id_, place) for place, id_ in enumerate(dict.fromkeys(attachments))]
    if rows:
        conn.exec_driver_sql(
            "INSERT INTO attachment_link (ledger, record, field, attachment, position) VALUES (?, ?, ?, ?, ?)",
            rows,
        )


def of_records(
    conn: sa.Connection, tables: Tables, ledger: str, records: Iterable[int]
) -> Iterator[tuple[int, str, list[int]]]:
    """For each record and field that has any: the attachment ids in their order."""
    query = (
        f"SELECT record, field, attachment FROM {tables.attachment_link.name} WHERE ledger = ? "
        "AND record IN (SELECT value FROM json_each(?)) ORDER BY record, field, position"
    )
    found: dict[tuple[int, str], list[int]] = {}
    for record, field, attachment in conn.exec_driver_sql(query, (ledger, json.dumps(list(records)))):
        found.setdefault((record, field), []).append(attachment)
    for (record, field), attachments in found.items():
        yield record, field, attachments
