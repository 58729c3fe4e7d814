"""SQLCipher's own connection and cursor, which ship without types, as far as the program uses them beside SQLAlchemy."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

if TYPE_CHECKING:
    from pathlib import Path

    import sqlalchemy as sa

#: A row as SQLite gives it.
BareRow: TypeAlias = tuple[Any, ...]


class BareCursor(Protocol):
    """SQLCipher's own cursor after a statement."""

    def fetchone(self) -> Any:
        """The next row; None where there is none."""

    def fetchmany(self, most: int = ..., /) -> Sequence[BareRow]:
        """The next rows, so many at most."""

    def fetchall(self) -> list[BareRow]:
        """All rows that are left."""

    def __iter__(self) -> Iterator[BareRow]: ...


class BareConnection(Protocol):
    """SQLCipher's own connection, which ships without types; `path` is the file that it opened."""

    path: Path

    def execute(self, statement: str, given: Sequence[object] = ..., /) -> BareCursor:
        """Run one statement."""

    def executescript(self, statements: str, /) -> BareCursor:
        """Run several statements."""

    def create_function(self, name: str, arguments: int, deed: Callable[..., object], /) -> None:
        """Let statements call a function of Python."""

    def set_progress_handler(self, handler: Callable[[], object] | None, steps: int, /) -> None:
        """Be asked after so many steps whether to go on."""

    def close(self) -> None:
        """Let go of the file."""


def bare_of(conn: sa.Connection) -> BareConnection:
    """The connection of SQLCipher's under one of SQLAlchemy's."""
    bare: Any = conn.connection.dbapi_connection
    return bare
