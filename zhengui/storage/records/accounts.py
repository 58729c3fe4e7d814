"""Who may work in the file: their names, their roles, and what a clerk enters."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from zhengui.storage.records import log
from zhengui.storage.records.sealed_rows import ACCOUNT
from zhengui.storage.schema import columns
from zhengui.storage.schema.tables import Tables


@dataclass(frozen=True, slots=True)
class Account:
    """A person; `user` is that of the slot in the vault. Empty `areas` or `villages` stand for all of them."""

    id: int
    user: str
    name: str
    role: str
    areas: frozenset[str] = frozenset()
    villages: frozenset[int] = frozenset()
    removed: bool = False


def accounts(conn: sa.Connection, tables: Tables, removed: bool = False) -> list[Account]:
    """The people in the order in which they were added; those who left only where `removed` asks for them."""
    table = tables.account
    query = sa.select(table).order_by(table.c.id)
    if not removed:
        query = query.where(table.c.removed_at.is_(None))
    return [
        Account(
            row.id,
            row.user,
            row.name,
            row.role,
            frozenset(json.loads(row.areas)),
            frozenset(json.loads(row.villages)),
            row.removed_at is not None,
        )
        for row in conn.execute(query)
    ]


def add(conn: sa.Connection, tables: Tables, account: Account, who: str) -> int:
    """Add a person and return his number; the one in `account` is not looked at."""
    values = {
        **_held(account),
        "user": account.user,
        "added_at": columns.moment_text(datetime.now()),
        "added_by": who,
    }
    done = conn.execute(sa.insert(tables.account).values(**values))
    number = int(done.inserted_primary_key[0])  # type: ignore[index]
    log.touch(conn, ACCOUNT, (number,))
    return number


def change(conn: sa.Connection, tables: Tables, account: Account) -> None:
    """Keep another role, other areas or villages."""
    table = tables.account
    conn.execute(sa.update(table).where(table.c.id == account.id).values(**_held(account)))
    log.touch(conn, ACCOUNT, (account.id,))


def remove(conn: sa.Connection, tables: Tables, number: int, who: str) -> None:
    """A person left; what he did stays under his name."""
    table = tables.account
    gone = {"removed_at": columns.moment_text(datetime.now()), "removed_by": who}
    conn.execute(sa.update(table).where(table.c.id == number).values(**gone))
    log.touch(conn, ACCOUNT, (number,))


def _held(account: Account) -> dict[str, str]:
    return {
        "name": account.name,
        "role": account.role,
        "areas": _list(account.areas),
        "villages": _list(account.villages),
    }


def _list(values: Iterable[str] | Iterable[int]) -> str:
    return json.dumps(sorted(values))
