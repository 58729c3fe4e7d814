"""What was read from ledgers and settings, kept until any of them changes: for pages that ask the same again and again."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

import sqlalchemy as sa

from zhengui.storage.schema.tables import Tables
from zhengui.storage.schema.versions import ledger_versions

T = TypeVar("T")


def kept_while_unchanged(conn: sa.Connection, tables: Tables, request: Hashable, read: Callable[[], T]) -> T:
    """The result of `read`, made once for a request as long as no ledger and no setting changes.

    Only for what rests on records, reports and settings; nothing is kept from an unfinished transaction.
    """
    if conn.get_execution_options().get("writing", False):
        return read()
    settings = conn.exec_driver_sql("SELECT key, value FROM setting ORDER BY key")
    stamp = (tuple(sorted(ledger_versions(conn).items())), tuple(map(tuple, settings)))
    found = tables.results.find(("kept", request), stamp)
    if found is None:
        found = read()
        tables.results.keep(("kept", request), stamp, found)
    result: T = found
    return result
