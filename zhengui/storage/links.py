"""Which attachments belong to which field of which record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import sqlalchemy as sa

from zhengui.storage.references import among
from zhengui.storage.tables import Tables


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
    link = tables.attachment_link
    query = (
        sa.select(link.c.record, link.c.field, link.c.attachment)
        .where(link.c.ledger == ledger, link.c.record.in_(among(records)))
        .order_by(link.c.record, link.c.field, link.c.position)
    )
    found: dict[tuple[int, str], list[int]] = {}
    for record, field, attachment in conn.execute(query):
        found.setdefault((record, field), []).append(attachment)
    for (record, field), attachments in found.items():
        yield record, field, attachments
