"""The months of a ranking that were issued, as they were then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from zhengui.storage.schema import columns
from zhengui.storage.schema.tables import Tables


@dataclass(frozen=True, slots=True)
class StoredMonth:
    """An issued month (yyyymm): its content as text, when and by whom."""

    ranking: str
    month: int
    content: str
    at: datetime
    who: str


def issued(conn: sa.Connection, tables: Tables, ranking: str) -> dict[int, StoredMonth]:
    """The issued months of a ranking by month."""
    table = tables.watch.ranking
    query = sa.select(table).where(table.c.ranking == ranking).order_by(table.c.month)
    return {
        row.month: StoredMonth(row.ranking, row.month, row.content, columns.moment_of(row.at), row.who)
        for row in conn.execute(query)
    }


def keep(
    conn: sa.Connection, tables: Tables, ranking: str, month: int, content: str, who: str, at: datetime
) -> None:
    """Keep a month; one that was issued stays as it is, and the database refuses another."""
    values = {
        "ranking": ranking,
        "month": month,
        "content": content,
        "at": columns.moment_text(at),
        "who": who,
    }
    conn.execute(sa.insert(tables.watch.ranking).values(**values))
