"""Small statements sent straight to SQLite, within the same transaction.

SQLAlchemy makes a context and a result for each statement, which takes longer than to insert one row or to find it by
its number. Saving one record is a handful of such statements; whatever reads or writes more goes the usual way.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlalchemy as sa


def run(conn: sa.Connection, statement: str, given: Sequence[Any] = ()) -> Any:
    """SQLite's own cursor after one statement; its rows are plain tuples."""
    bare: Any = conn.connection.dbapi_connection
    return bare.execute(statement, given)


def first_of(conn: sa.Connection, statement: str, given: Sequence[Any] = ()) -> Any:
    """The first value of the first row; None where there is none."""
    row = run(conn, statement, given).fetchone()
    return row[0] if row is not None else None
