"""SQLCipher's own connection and cursor, which ship without types, as far as the program uses them beside SQLAlchemy."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from zhengui.work import Cancelled

if TYPE_CHECKING:
    from pathlib import Path

    import sqlalchemy as sa

#: So many steps of SQLite's machine, a few milliseconds, are between two looks whether anybody still waits.
_STEPS = 200_000
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


@contextmanager
def breaking_off(conn: sa.Connection, cancelled: Callable[[], bool]) -> Iterator[None]:
    """For the time of a `with`, a statement under way breaks off once `cancelled` is true; then Cancelled is raised."""
    bare = bare_of(conn)
    bare.set_progress_handler(cancelled, _STEPS)
    try:
        yield
    except Exception:
        if cancelled():
            raise Cancelled from None
        raise
    finally:
        bare.set_progress_handler(None, 0)
