"""What was read once, kept until what it rests on changes: the one way to do so."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import TypeVar

import sqlalchemy as sa

from zhengui.storage.schema.tables import Tables
from zhengui.storage.schema.versions import ledger_versions

T = TypeVar("T")


def kept(
    conn: sa.Connection,
    tables: Tables,
    request: Hashable,
    stamp: Callable[[Mapping[str, int]], Hashable],
    read: Callable[[], T],
) -> T:
    """The result of `read`, made once for a request as long as `stamp`, of the ledgers' versions, stays the same.

    Nothing is kept from an unfinished transaction, whose changes may yet be taken back.
    """
    if conn.get_execution_options().get("writing", False):
        return read()
    now = stamp(ledger_versions(conn))
    found: T | None = tables.results.find(request, now)
    if found is None:
        found = read()
        tables.results.keep(request, now, found)
    return found
