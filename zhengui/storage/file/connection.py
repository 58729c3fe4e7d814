"""Unlocked connections to the file; whatever SQLite says through them is told in words, below all of SQL."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhengui.storage.file import troubles, vault
from zhengui.storage.problem import StorageProblem
from zhengui.storage.schema.straight import run
from zhengui.values.clean import seen

if TYPE_CHECKING:
    import sqlalchemy as sa

    from zhengui.storage.schema.bare import BareConnection

#: How much is waited for on each save; only tests lower it, whose files needn't survive a power cut.
SYNCHRONOUS = "FULL"
#: How long a connection waits for another program, in seconds; the program itself keeps to one writer.
WAIT_SECONDS = 5.0
#: The most that a connection keeps of the file, decrypted. A large ledger is read by one connection,
#: the few others hold little.
CACHE_KIBIBYTES = 64_000


def connect(path: Path, key: bytes, untouched: bool = False) -> BareConnection:
    """A bare unlocked connection in autocommit mode; its errors name no key and are StorageProblems.

    `untouched` reads the file as it lies there, without its journal and without leaving anything beside it; only
    for a file that nobody writes to.
    """
    import sqlcipher3.dbapi2 as sqlcipher

    try:
        connection = sqlcipher.connect(
            f"{path.absolute().as_uri()}?immutable=1" if untouched else str(path),
            uri=untouched,
            isolation_level=None,
            check_same_thread=False,
            timeout=WAIT_SECONDS,
            factory=_connection_class(),
        )
    except sqlcipher.Error as error:
        raise troubles.trouble_of(error, path) or error from None
    connection.path = path
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(vault.pragma(key))
    return connection


def make_engine(path: Path, key: bytes) -> sa.Engine:
    """The SQLAlchemy engine over SQLCipher; transactions are begun by us, so that writers never deadlock."""
    import sqlalchemy as sa
    import sqlcipher3.dbapi2 as sqlcipher

    def creator() -> BareConnection:
        connection = connect(path, key)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA synchronous = {SYNCHRONOUS}")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA cache_size = {-CACHE_KIBIBYTES}")
        # The journal is merged by `Database.merge`, which marks what it does.
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        return connection

    engine = sa.create_engine(
        "sqlite://",
        creator=creator,
        module=sqlcipher,
        poolclass=sa.QueuePool,
        pool_size=4,
        # The connection that was used last knows most pages, and each page it lacks has to be decrypted.
        pool_use_lifo=True,
        max_overflow=12,
        # What people typed must not find its way into a log through an error's text.
        hide_parameters=True,
    )

    @sa.event.listens_for(engine, "begin")
    def begin(conn: sa.Connection) -> None:
        writing = conn.get_execution_options().get("writing", False)
        run(conn, "BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


@cache
def _connection_class() -> type:
    """Connection and cursor whose errors are StorageProblems; made on first use, for SQLCipher loads late."""
    import sqlcipher3.dbapi2 as sqlcipher

    def telling(owner: type, names: str, path: Callable[[Any], Path]) -> dict[str, object]:
        return {name: _telling(getattr(owner, name), path, sqlcipher.Error) for name in names.split()}

    cursors = telling(
        sqlcipher.Cursor,
        "execute executemany fetchone fetchmany fetchall",
        lambda cursor: cursor.connection.path,
    )
    cursor_class = type("Cursor", (sqlcipher.Cursor,), cursors)
    connections = telling(sqlcipher.Connection, "commit rollback", lambda connection: connection.path)
    connections["path"] = Path()
    connections["cursor"] = lambda self, *_factory: sqlcipher.Connection.cursor(self, cursor_class)
    return type("Connection", (sqlcipher.Connection,), connections)


def _without_halves(given: Any) -> Any:
    """The values of a statement with the texts among them as they can be kept."""
    if isinstance(given, Mapping):
        return {name: seen(value) if isinstance(value, str) else value for name, value in given.items()}
    return [seen(value) if isinstance(value, str) else value for value in given]


def _telling(
    real: Callable[..., object], path: Callable[[Any], Path], known: type[Exception]
) -> Callable[..., object]:
    """A method of SQLCipher's that tells its errors in words."""

    def call(self: object, *args: object) -> object:
        try:
            try:
                return real(self, *args)
            except UnicodeEncodeError:
                # Half a character, which SQLite holds as little as any file. Nothing was done yet, for the values of
                # one statement are taken before it begins; several statements in a row may be half done.
                if real.__name__ != "execute" or len(args) != 2:
                    raise
                return real(self, args[0], _without_halves(args[1]))
        except OverflowError as error:
            raise StorageProblem("写的数太大了，这里放不下。请核对一下位数。") from error
        except known as error:
            raise troubles.trouble_of(error, path(self)) or error from error

    return call
