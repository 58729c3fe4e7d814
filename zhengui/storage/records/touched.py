"""Which ledgers a transaction has written to so far, and whether any of it belongs to other villages."""

from __future__ import annotations

import json
from collections.abc import Sequence

import sqlalchemy as sa

from zhengui.storage.records import log
from zhengui.storage.records.sealed_rows import MARK, REVIEW
from zhengui.storage.records.sealed_tables import kind_of
from zhengui.storage.schema.tables import Tables

_PLACES = 1_000_000


def ledgers(conn: sa.Connection) -> set[str]:
    """The ledgers whose records, reviews or reports were written."""
    found = log.running(conn)
    if found is None:
        return set()
    return {_ledger(kind) for kind in found.touched} - {""}


def outside(conn: sa.Connection, tables: Tables, ledger: str, villages: Sequence[int]) -> bool:
    """Whether a written record of the ledger lies, or lay before, in none of the villages, or a report is another's.

    A ledger that isn't kept by village belongs to no village, thus to everybody.
    """
    found = log.running(conn)
    if found is None:
        return False
    allowed = json.dumps(list(villages))
    marks = found.touched.get(f"{MARK}:{ledger}", ())
    if any(int(key) // _PLACES not in (0, *villages) for key in marks):
        return True
    field = tables.catalogue.ledgers[ledger].village
    if not field or field not in tables.ledger(ledger).c:
        return False
    keys = [*found.touched.get(f"l_{ledger}", ()), *found.touched.get(f"{REVIEW}:{ledger}", ())]
    if not keys:
        return False
    ids = json.dumps(keys)
    now = conn.exec_driver_sql(
        f'SELECT 1 FROM l_{ledger} WHERE id IN (SELECT value FROM json_each(?)) AND "{field}" IS NOT NULL '
        f'AND "{field}" NOT IN (SELECT value FROM json_each(?)) LIMIT 1',
        (ids, allowed),
    ).first()
    if now is not None:
        return True
    # What a record was moved away from stands in the history that was just written.
    before = conn.exec_driver_sql(
        "SELECT 1 FROM history WHERE ledger = ? AND record IN (SELECT value FROM json_each(?)) "
        "AND id > ? AND json_extract(changes, ?) IS NOT NULL "
        "AND json_extract(changes, ?) NOT IN (SELECT value FROM json_each(?)) LIMIT 1",
        (ledger, ids, found.history, f"$.{field}[0]", f"$.{field}[0]", allowed),
    ).first()
    return before is not None


def _ledger(kind: str) -> str:
    if kind.startswith("l_"):
        return kind[2:]
    table, of = kind_of(kind)
    return of if table in (MARK, REVIEW) else ""
