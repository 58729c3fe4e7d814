"""The register of forms that are asked for: by whom, on what ground, when they are due, what they ask."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from zhengui.storage.problem import StorageProblem
from zhengui.storage.schema import columns
from zhengui.storage.schema.tables import Tables


@dataclass(frozen=True, slots=True)
class AskedColumn:
    """A column that a form asks; `held` is the field that holds it (`ledger.field`), `figure:KEY`, or empty."""

    title: str
    held: str = ""


@dataclass(frozen=True, slots=True)
class AskedForm:
    """A form that is asked for.

    `admitted` is yes, no, or empty where nobody has looked it up. `rhythm` is month, quarter, half, year or once.
    `due_day` is the day of the month after the span's end (of `due_month` for year and once; `begun` names the year
    of once). `form` is the county form that fills it, 0 without one.
    """

    title: str
    asked_by: str
    rhythm: str
    ground: str = ""
    admitted: str = ""
    due_month: int = 0
    due_day: int = 0
    department: str = ""
    begun: int | None = None
    ended: int | None = None
    form: int = 0
    remark: str = ""
    columns: tuple[AskedColumn, ...] = ()
    id: int = 0


_PLAIN = (
    "title",
    "asked_by",
    "rhythm",
    "ground",
    "admitted",
    "due_month",
    "due_day",
    "department",
    "begun",
    "ended",
    "form",
    "remark",
)


def save(conn: sa.Connection, tables: Tables, asked: AskedForm, who: str) -> int:
    """Keep a form that is asked for, a new one or one changed, and return its number."""
    table = tables.forms.asked
    values = {name: getattr(asked, name) for name in _PLAIN}
    values |= {"at": columns.moment_text(datetime.now()), "who": who}
    number = asked.id
    if number:
        done = conn.execute(sa.update(table).where(table.c.id == number).values(**values))
        if not done.rowcount:
            raise StorageProblem("这张报表已经不在登记表里了。请重新打开这一页。")
    else:
        made = conn.execute(sa.insert(table).values(**values))
        number = int(made.inserted_primary_key[0])  # type: ignore[index]
    _set_columns(conn, tables, number, asked.columns)
    return number


def _set_columns(conn: sa.Connection, tables: Tables, number: int, given: Iterable[AskedColumn]) -> None:
    table = tables.forms.column
    conn.execute(sa.delete(table).where(table.c.asked == number))
    rows = [
        {"asked": number, "position": place, "title": each.title, "held": each.held}
        for place, each in enumerate(given, 1)
    ]
    if rows:
        conn.execute(sa.insert(table), rows)


def all_asked(conn: sa.Connection, tables: Tables) -> list[AskedForm]:
    """The forms asked for that were not removed, in the order of their entry."""
    table, column = tables.forms.asked, tables.forms.column
    found: dict[int, list[AskedColumn]] = {}
    for row in conn.execute(sa.select(column).order_by(column.c.asked, column.c.position)):
        found.setdefault(row.asked, []).append(AskedColumn(row.title, row.held))
    rows = conn.execute(sa.select(table).where(table.c.removed_at.is_(None)).order_by(table.c.id))
    return [AskedForm(**_plain(row), columns=tuple(found.get(row.id, ())), id=row.id) for row in rows]


def _plain(row: sa.Row[*tuple[object, ...]]) -> dict[str, Any]:
    return {name: getattr(row, name) if name != "form" else row.form or 0 for name in _PLAIN}


def remove(conn: sa.Connection, tables: Tables, number: int, who: str) -> None:
    """Take a form from the register."""
    table = tables.forms.asked
    stamp = columns.moment_text(datetime.now())
    conn.execute(sa.update(table).where(table.c.id == number).values(removed_at=stamp, removed_by=who))


def bring_back(conn: sa.Connection, tables: Tables, number: int) -> None:
    """Put a form back into the register."""
    table = tables.forms.asked
    conn.execute(sa.update(table).where(table.c.id == number).values(removed_at=None, removed_by=None))
