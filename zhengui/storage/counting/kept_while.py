"""What was read from ledgers and settings, kept until any of them changes: for pages that ask the same again and again."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import TypeVar

import sqlalchemy as sa

from zhengui.storage.schema.kept import kept
from zhengui.storage.schema.tables import Tables

T = TypeVar("T")


def kept_while_unchanged(conn: sa.Connection, tables: Tables, request: Hashable, read: Callable[[], T]) -> T:
    """The result of `read`, made once for a request as long as no ledger and no setting changes.

    Only for what rests on records, reports and settings; nothing is kept from an unfinished transaction.
    """

    def stamp(now: Mapping[str, int]) -> Hashable:
        settings = conn.exec_driver_sql("SELECT key, value FROM setting ORDER BY key")
        return tuple(sorted(now.items())), tuple(map(tuple, settings))

    return kept(conn, tables, ("kept", request), stamp, read)
