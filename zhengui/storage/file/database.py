"""The township's file: make it, open it safely, read and write in whole transactions."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from zhengui.catalogue.model import Catalogue
from zhengui.debug_log import Timed
from zhengui.storage.file import (
    backup,
    disk,
    journal,
    mark,
    opening,
    place,
    restore,
    slot_change,
    soundness,
    troubles,
    vault,
)
from zhengui.storage.file.chained import Chained
from zhengui.storage.file.connection import connect, make_engine
from zhengui.storage.file.copies import SUFFIX
from zhengui.storage.file.disk import beside
from zhengui.storage.file.lock import Holder, Lock
from zhengui.storage.problem import NewerFile, StorageProblem
from zhengui.storage.schema import migrate, one_state
from zhengui.storage.schema.bare import breaking_off
from zhengui.storage.schema.straight import run

if TYPE_CHECKING:
    import sqlalchemy as sa

    from zhengui.storage.schema.tables import Tables

__all__ = ["SUFFIX", "Database", "NewerFile", "StorageProblem", "connect"]

#: A journal of so many bytes is merged at once, without waiting for a rest.
LONG_JOURNAL = 8 * 1024 * 1024


class Database:
    """An open file with its tables. Use `reading()` and `writing()`; both may be used from any thread.

    `held_by` is who has the file open for writing, where that is somebody else; then it can only be read.
    `remarks` are sentences about what was found on opening and has to be told; `heard()` says that they were.
    """

    #: How the window waits for its turn to write without standing still: called with an attempt to be repeated,
    #: it returns False where the caller may simply wait.
    patience: ClassVar[Callable[[Callable[[], bool]], bool] | None] = None

    def __init__(self, path: Path, key: bytes, tables: Tables, lock: Lock | Holder | None = None) -> None:
        self.path = path
        self.engine: sa.Engine = make_engine(path, key)
        self.tables = tables
        self.remarks: list[str] = []
        self.closed = False
        self._key = key
        self._lock = lock
        self._writer = threading.RLock()
        self.soundness = soundness.Soundness(path, self.engine, self._writer)
        self._busy = False
        self._marker = mark.Marker(path)
        self._identity = disk.identity(path)
        self._saves = self._read_saves()
        self._base = mark.base_of(path)
        self._written_at = 0.0
        self._saved_at = datetime.now()
        self.log = Chained(path, key, tables)

    @property
    def held_by(self) -> Holder | None:
        """Who else has the file open for writing."""
        return self._lock if isinstance(self._lock, Holder) else None

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
            raise place.not_made(path) from None
        database = None
        lock = None
        try:
            lock = Lock.take(path)
            disk.make_empty(path)
            database = cls._connected(path, key, catalogue, lock)
            database._set_up()
            database.merge()
            disk.flush_folder(path.parent)
        except BaseException:
            # Windows lets nobody unlink a file that is still open.
            if database is not None:
                database.close()
            elif isinstance(lock, Lock):
                lock.release()
            # Nothing half-made stays behind; this key has never protected any data.
            for ending in ("", journal.WAL, journal.SHM, mark.ENDING, ".key"):
                # What cannot be unlinked must not hide why the file was not made.
                with suppress(OSError):
                    beside(path, ending).unlink(missing_ok=True)
            raise
        return database

    @classmethod
    def open(cls, path: Path, catalogue: Catalogue) -> Database:
        """Open the file at `path`, after bringing an older one up to date (with a proved backup before).

        Where another program has it open for writing, it can only be read here. Raises NewerFile where a newer
        program wrote it, Damaged or another StorageProblem where it can't be opened, InUse where it would have to
        be brought up to date and is held; the file is unchanged in all these cases.
        """
        place.refuse_network(path)
        if not path.parent.is_dir():
            raise opening.missing(path)
        lock = Lock.take(path)
        database, outdated = None, False
        try:
            if not isinstance(lock, Holder):
                restore.complete(path)
            if not path.is_file():
                raise opening.missing(path)
            key = vault.read_key(path)
            remarks = [] if isinstance(lock, Holder) else opening.look_at_journal(path, key)
            outdated = migrate.needs_upgrade(opening.revision(path, key))
            database = cls._connected(path, key, catalogue, lock)
            database.remarks += remarks
            if not isinstance(lock, Holder):
                disk.restrict(path)
                database._look_at_mark()
            if outdated:
                database._upgrade()
            database._reconcile()
        except BaseException as trouble:
            if database is not None:
                database.close()
            elif isinstance(lock, Lock):
                lock.release()
            opening.say_if_full(path, trouble, outdated)
            raise
        return database

    @classmethod
    def _connected(cls, path: Path, key: bytes, catalogue: Catalogue, lock: Lock | Holder | None) -> Database:
        from zhengui.storage.schema.tables import Tables

        return cls(path, key, Tables(catalogue), lock)

    def _set_up(self) -> None:
        """Fill a new file with empty tables."""
        from zhengui.storage.schema.reconcile import reconcile

        with self.writing() as conn:
            reconcile(conn, self.tables)
            migrate.stamp(conn)
            self.log.set_up(conn)

    def _upgrade(self) -> None:
        """Run the migrations in one transaction, with a proved copy of the file kept from before."""
        self.expect_writer()
        kept = backup.keep_before(self.path, "升级")
        try:
            with self.writing() as conn:
                migrate.upgrade(conn)
                self.log.renew = True
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
            begun = self.log.load(conn)
        if not current:
            with self.writing(by_hand=True) as conn:
                reconcile(conn, self.tables)
                self.log.seal_more(conn)
        with self.reading() as conn:
            reviews.load(conn, self.tables)
        if isinstance(self._lock, Holder):
            return
        if not begun or self.log.renew:
            with self.writing() as conn:
                self.log.set_up(conn)
        with self.reading() as conn:
            self.remarks += self.log.compare(conn, told=bool(self.remarks))

    def _read_saves(self) -> int:
        raw = self.engine.raw_connection()
        try:
            return int(raw.cursor().execute("PRAGMA user_version").fetchone()[0])
        finally:
            raw.close()

    def _look_at_mark(self) -> None:
        """See whether the file reaches as far as the mark of its last save."""
        known = mark.read(self.path)
        self._saved_at = known.at if known is not None else self._saved_at
        if known is not None and self._saves < known.saves:
            self.remarks.append(
                f"数据文件“{self.path.name}”比上次保存的旧：少了最近 {known.saves - self._saves} 次保存"
                f"（最后一次在 {known.at:%Y-%m-%d %H:%M}）。可能是文件被旧的替换，或旁边的 -wal 文件被删除、损坏。"
                "如果不是您换的，请先不要登记，看看备份里有没有更新的。"
            )
        opening.drop_spare(self.path, keep=bool(self.remarks))

    def heard(self) -> None:
        """What was remarked on opening has been told; what the file holds now counts as the last save."""
        self.remarks = []
        if not isinstance(self._lock, Holder):
            if self.log.behind:
                with self.writing() as conn:
                    self.log.note_behind(conn)
            self.log.keep_outside()
            self._marker.write(self._saves, self._base, True, self._saved_at)

    def sign(self, name: str) -> None:
        """Leave the name of the one who works here for those who find the file in use."""
        if isinstance(self._lock, Lock):
            self._lock.sign(name)

    def expect_writer(self) -> None:
        """Raise InUse where somebody else has the file open for writing, FileGone where it isn't there any more."""
        if isinstance(self._lock, Holder):
            raise self._lock.in_use(self.path)
        if self._identity is not None and disk.identity(self.path) != self._identity:
            raise troubles.gone(self.path)

    @contextmanager
    def reading(self, cancelled: Callable[[], bool] | None = None) -> Iterator[sa.Connection]:
        """A connection that sees one unchanging state of the file; nothing can be written through it.

        Where `cancelled` comes to be true, what it is reading breaks off within milliseconds, and Cancelled is raised.
        """
        with self.soundness.noticing(), Timed("file", "reading"), self.engine.connect() as conn, conn.begin():
            if cancelled is None:
                yield conn
            else:
                with breaking_off(conn, cancelled):
                    yield conn
            one_state.forget(conn)

    @contextmanager
    def writing(self, who: str = "", user: str = "", by_hand: bool = False) -> Iterator[sa.Connection]:
        """A connection whose changes are all kept on leaving, or none where an exception leaves.

        The log takes down `who` did it, and the `user` of his password where there are any. `by_hand`: the tables
        themselves are changed, so nothing watches their rows.
        """
        self.expect_writer()
        self._wait_for_turn()
        try:
            if self._busy:
                raise RuntimeError("writing() inside writing() would wait for itself")
            self._busy = True
            try:
                with self.soundness.noticing(), Timed("file", "writing"), self.engine.connect() as plain:
                    if not by_hand:
                        self.log.watch(plain)
                    conn = plain.execution_options(writing=True)
                    with conn.begin(), self.log.taken_down(conn, who, user):
                        yield conn
                        run(conn, f"PRAGMA user_version = {self._saves + 1}")
                self._saves += 1
                self.log.kept()
                slot_change.kept(self.path)
                self._written_at, self._saved_at = time.monotonic(), datetime.now()
                self._marker.write(self._saves, self._base, True, self._saved_at)
            finally:
                slot_change.undone(self.path)
                self._busy = False
        finally:
            self._writer.release()
        with suppress(OSError):
            if journal.journal_path(self.path).stat().st_size > LONG_JOURNAL:
                self.merge()

    def _wait_for_turn(self) -> None:
        """One writes after another; where that may take time, the window is not held up by it."""

        def attempt() -> bool:
            return self._writer.acquire(blocking=False)

        patience = Database.patience
        if not attempt() and not (patience is not None and patience(attempt)):
            self._writer.acquire()

    @property
    def rested(self) -> float | None:
        """Seconds since the last save, or None where the file already holds everything by itself."""
        if not self._written_at or journal.is_empty(self.path):
            return None
        return time.monotonic() - self._written_at

    @property
    def saves(self) -> int:
        """The number of the last save; it only grows."""
        return self._saves

    def merge(self) -> None:
        """Bring what the journal holds into the file, so that the file copied alone is the whole township."""
        if isinstance(self._lock, Holder) or not self._writer.acquire(blocking=False):
            return
        try:
            if self._busy or disk.identity(self.path) != self._identity:
                return
            # From here until the next mark the first page may change; an interrupted merge is no other's journal.
            self._marker.write(self._saves, self._base, False, self._saved_at)
            raw = self.engine.raw_connection()
            try:
                cursor = raw.cursor()
                cursor.execute("PRAGMA busy_timeout = 0")
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                cursor.execute("PRAGMA busy_timeout = 5000")
            finally:
                raw.close()
            self._base = mark.base_of(self.path)
            self._marker.write(self._saves, self._base, True, self._saved_at)
            self.log.keep_outside()
        finally:
            self._writer.release()

    def close(self) -> None:
        """Let go of the file; everything written is already in it."""
        if self.rested is not None:
            with suppress(StorageProblem):
                self.merge()
        if not self.closed and not isinstance(self._lock, Holder):
            self.log.keep_outside()
        self.closed = True
        self.engine.dispose()
        self._marker.close()
        if isinstance(self._lock, Lock):
            self._lock.release()
        self._lock = None

    def optimise(self) -> None:
        """Let SQLite look again at how the values are spread; worth it after a large import."""
        with self.writing() as conn:
            conn.exec_driver_sql("PRAGMA analysis_limit = 2000")
            conn.exec_driver_sql("ANALYZE")

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
