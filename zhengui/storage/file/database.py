"""The township's file: make it, open it safely, read and write in whole transactions."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhengui.catalogue.model import Catalogue
from zhengui.storage.file import place, vault
from zhengui.storage.problem import NewerFile, StorageProblem
from zhengui.storage.schema import migrate

if TYPE_CHECKING:
    import sqlalchemy as sa

    from zhengui.storage.schema.tables import Tables

__all__ = ["SUFFIX", "Database", "NewerFile", "StorageProblem"]

SUFFIX = ".zgdb"
#: Tests may set this to OFF: what they write needn't survive a power cut.
SYNCHRONOUS = "ZHENGUI_SYNCHRONOUS"
_WAIT_SECONDS = 15
#: The most that a connection keeps of the file, decrypted; enough for a ledger of a million records.
_CACHE_KIBIBYTES = 256_000
_LOCKED = "数据文件正被另一个程序占用。请稍等片刻再试。"
_NO_ACCESS = "数据文件或它所在的文件夹不能写入，打不开。请检查权限，或把数据文件连同钥匙文件复制到能写入的文件夹再打开。"
#: What SQLite says, and what the office can do about it.
_TROUBLES = (
    ("database is locked", _LOCKED),
    ("disk is full", "磁盘空间不够，刚才的修改没有保存。请清理磁盘后再试。"),
    ("readonly database", "数据文件不能写入，刚才的修改没有保存。请检查文件和文件夹的权限。"),
    ("unable to open database file", "数据文件打不开。请检查文件夹是否还在、有没有权限。"),
    ("disk I/O error", "磁盘读写出了问题，刚才的修改没有保存。请检查磁盘，必要时从备份恢复。"),
    ("malformed", "数据文件有损坏。请关闭程序，从备份恢复。"),
)


class Database:
    """An open file with its tables. Use `reading()` and `writing()`; both may be used from any thread."""

    def __init__(self, path: Path, engine: sa.Engine, tables: Tables) -> None:
        self.path = path
        self.engine = engine
        self.tables = tables
        self._writer = threading.RLock()
        self._busy = False

    @classmethod
    def create(cls, path: Path, catalogue: Catalogue) -> Database:
        """Make a new file at `path` with a key of its own; a file that exists is never overwritten."""
        place.refuse_network(path)
        if path.exists():
            raise StorageProblem(f"“{path.name}”已经存在。请换一个文件名，或打开原来的文件。")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            key = vault.create_key(path)
        except OSError:
            raise StorageProblem(f"“{path.parent}”不能写入。请换一个文件夹。") from None
        database = None
        try:
            database = cls._connected(path, key, catalogue)
            database._set_up()
        except BaseException:
            # Windows lets nobody unlink a file that is still open.
            if database is not None:
                database.close()
            # Nothing half-made stays behind; this key has never protected any data.
            for leftover in (path, _beside(path, "-wal"), _beside(path, "-shm"), vault.key_path(path)):
                # What cannot be unlinked must not hide why the file was not made.
                with suppress(OSError):
                    leftover.unlink(missing_ok=True)
            raise
        return database

    @classmethod
    def open(cls, path: Path, catalogue: Catalogue) -> Database:
        """Open the file at `path`, after bringing an older one up to date (with a verified backup before).

        Raises NewerFile where a newer program wrote it, StorageProblem where it can't be opened; the file is
        unchanged in both cases.
        """
        place.refuse_network(path)
        if not path.is_file():
            raise StorageProblem(f"没有找到数据文件“{path.name}”。请检查文件夹，或从备份恢复。")
        key = vault.read_key(path)
        outdated = migrate.needs_upgrade(_revision(path, key))
        database = cls._connected(path, key, catalogue)
        try:
            if outdated:
                database._upgrade()
            database._reconcile()
        except BaseException:
            database.close()
            raise
        return database

    @classmethod
    def _connected(cls, path: Path, key: bytes, catalogue: Catalogue) -> Database:
        from zhengui.storage.schema.tables import Tables

        return cls(path, _engine(path, key), Tables(catalogue))

    def _set_up(self) -> None:
        """Fill a new file with empty tables."""
        from zhengui.storage.schema.reconcile import reconcile

        with self.writing() as conn:
            reconcile(conn, self.tables)
            migrate.stamp(conn)

    def _upgrade(self) -> None:
        """Run the migrations in one transaction, with a verified copy of the file kept from before."""
        from zhengui.storage.file import backup

        kept = backup.before_upgrade(self)
        try:
            with self.writing() as conn:
                migrate.upgrade(conn)
        except Exception as error:
            raise StorageProblem(
                f"数据文件没有升级成功，仍是原来的样子，升级前的备份在“{kept}”。请把此情况告诉维护人员。"
            ) from error

    def _reconcile(self) -> None:
        """Add what the catalogue gained since the file was last opened."""
        from zhengui.storage.records import reviews
        from zhengui.storage.schema.reconcile import is_current, reconcile

        with self.reading() as conn:
            current = is_current(conn, self.tables)
        if not current:
            with self.writing() as conn:
                reconcile(conn, self.tables)
        with self.reading() as conn:
            reviews.load(conn, self.tables)

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A connection that sees one unchanging state of the file; nothing can be written through it."""
        with self.engine.connect() as conn, conn.begin():
            yield conn

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A connection whose changes are all kept on leaving, or none where an exception leaves."""
        with self._writer:
            if self._busy:
                raise RuntimeError("writing() inside writing() would wait for itself")
            self._busy = True
            try:
                with self.engine.connect() as plain:
                    conn = plain.execution_options(writing=True)
                    with conn.begin():
                        yield conn
            finally:
                self._busy = False

    def close(self) -> None:
        """Let go of the file; everything written is already in it."""
        self.engine.dispose()

    def optimise(self) -> None:
        """Let SQLite look again at how the values are spread; worth it after a large import."""
        with self.writing() as conn:
            conn.exec_driver_sql("PRAGMA analysis_limit = 2000")
            conn.exec_driver_sql("ANALYZE")

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


def connect(path: Path, key: bytes) -> Any:
    """A bare unlocked connection in autocommit mode; its errors name no key."""
    import sqlcipher3.dbapi2 as sqlcipher

    connection = sqlcipher.connect(
        str(path), isolation_level=None, check_same_thread=False, timeout=_WAIT_SECONDS
    )
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(vault.pragma(key))
    return connection


def _engine(path: Path, key: bytes) -> sa.Engine:
    """The SQLAlchemy engine over SQLCipher; transactions are begun by us, so that writers never deadlock."""
    import sqlalchemy as sa
    import sqlcipher3.dbapi2 as sqlcipher

    synchronous = os.environ.get(SYNCHRONOUS, "FULL")
    synchronous = synchronous if synchronous in ("OFF", "NORMAL", "FULL") else "FULL"

    def creator() -> Any:
        connection = connect(path, key)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA synchronous = {synchronous}")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA cache_size = {-_CACHE_KIBIBYTES}")
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
        conn.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    @sa.event.listens_for(engine, "handle_error", retval=True)
    def say(context: sa.ExceptionContext) -> StorageProblem | None:
        message = _in_words(str(context.original_exception))
        return StorageProblem(message) if message else None

    return engine


def _in_words(error: str) -> str:
    """What the office can do about an error of SQLite, or nothing where it is the program's own mistake."""
    for sign, message in _TROUBLES:
        if sign in error:
            return message
    return ""


def _why_shut(error: str) -> str:
    """What keeps a file of ours from being opened, or nothing where it may not be one of ours."""
    if "locked" in error:
        return _LOCKED
    # The journal beside the file is written even while reading, so its folder has to allow it.
    shut = ("readonly database", "unable to open database file", "disk I/O error")
    return _NO_ACCESS if any(sign in error for sign in shut) else ""


def _revision(path: Path, key: bytes) -> str:
    """The revision of the file, read without touching it; StorageProblem where it isn't one of ours."""
    import sqlcipher3.dbapi2 as sqlcipher

    connection = connect(path, key)
    try:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlcipher.DatabaseError as error:
        reason = _why_shut(str(error))
        if reason:
            raise StorageProblem(reason) from None
        raise StorageProblem(
            f"“{path.name}”打不开：它不是政规的数据文件，或与旁边的钥匙文件不配套。请检查文件，或从备份恢复。"
        ) from None
    finally:
        connection.close()
    if row is None:
        raise StorageProblem(f"“{path.name}”里没有版本记录，可能没有建好。请从备份恢复。")
    return str(row[0])


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)
