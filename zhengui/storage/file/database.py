"""The township's file: make it, open it safely, read and write in whole transactions."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from zhengui.catalogue.model import Catalogue
from zhengui.storage.file import backup, disk, journal, mark, place, restore, troubles, vault
from zhengui.storage.file.connection import connect, make_engine
from zhengui.storage.file.copies import SUFFIX
from zhengui.storage.file.disk import beside
from zhengui.storage.file.lock import Holder, Lock
from zhengui.storage.problem import Damaged, FileGone, NewerFile, StorageProblem
from zhengui.storage.schema import migrate

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
        self.damage: Damaged | None = None
        self.checked = False
        self.closed = False
        self._key = key
        self._lock = lock
        self._writer = threading.RLock()
        self._busy = False
        self._marker = mark.Marker(path)
        self._identity = disk.identity(path)
        self._saves = self._read_saves()
        self._base = mark.base_of(path)
        self._written_at = 0.0
        self._saved_at = datetime.now()

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
            raise StorageProblem(f"“{path.parent}”不能写入。请换一个文件夹。") from None
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
            sides = [beside(path, ending) for ending in (journal.WAL, journal.SHM, mark.ENDING)]
            for leftover in (path, *sides, vault.key_path(path)):
                # What cannot be unlinked must not hide why the file was not made.
                with suppress(OSError):
                    leftover.unlink(missing_ok=True)
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
            raise _missing(path)
        lock = Lock.take(path)
        database = None
        try:
            if not isinstance(lock, Holder):
                restore.finish(path)
            if not path.is_file():
                raise _missing(path)
            key = vault.read_key(path)
            remarks = [] if isinstance(lock, Holder) else _look_at_journal(path, key)
            outdated = migrate.needs_upgrade(_revision(path, key))
            database = cls._connected(path, key, catalogue, lock)
            database.remarks += remarks
            if not isinstance(lock, Holder):
                disk.restrict(path)
                database._look_at_mark()
            if outdated:
                database._upgrade()
            database._reconcile()
        except BaseException:
            if database is not None:
                database.close()
            elif isinstance(lock, Lock):
                lock.release()
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

    def _upgrade(self) -> None:
        """Run the migrations in one transaction, with a proved copy of the file kept from before."""
        self.expect_writer()
        kept = backup.keep_before(self.path, "升级")
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
        _drop_spare(self.path, keep=bool(self.remarks))

    def heard(self) -> None:
        """What was remarked on opening has been told; what the file holds now counts as the last save."""
        self.remarks = []
        if not isinstance(self._lock, Holder):
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
    def reading(self) -> Iterator[sa.Connection]:
        """A connection that sees one unchanging state of the file; nothing can be written through it."""
        try:
            with self.engine.connect() as conn, conn.begin():
                yield conn
        except Damaged as found:
            self.damage = found
            raise

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A connection whose changes are all kept on leaving, or none where an exception leaves."""
        self.expect_writer()
        self._wait_for_turn()
        try:
            if self._busy:
                raise RuntimeError("writing() inside writing() would wait for itself")
            self._busy = True
            try:
                with self.engine.connect() as plain:
                    conn = plain.execution_options(writing=True)
                    with conn.begin():
                        yield conn
                        conn.exec_driver_sql(f"PRAGMA user_version = {self._saves + 1}")
                self._saves += 1
                self._written_at, self._saved_at = time.monotonic(), datetime.now()
                self._marker.write(self._saves, self._base, True, self._saved_at)
            except Damaged as found:
                self.damage = found
                raise
            finally:
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
        finally:
            self._writer.release()

    def check(self) -> Damaged | None:
        """Read every page of the file and judge it; returns the damage, which is remembered, or None."""
        if self._faulty():
            # A merge that runs at the same time writes pages while they are read; only without one it is damage.
            with self._writer:
                self.damage = troubles.damaged(self.path) if self._faulty() else None
        self.checked = True
        return self.damage

    def _faulty(self) -> bool:
        raw = self.engine.raw_connection()
        try:
            cursor = raw.cursor()
            if cursor.execute("PRAGMA cipher_integrity_check").fetchall():
                return True
            return bool(cursor.execute("PRAGMA quick_check(5)").fetchall() != [("ok",)])
        except Damaged:
            return True
        finally:
            raw.close()

    def expect_sound(self) -> None:
        """Raise Damaged where the file is; what is printed or issued must not rest on broken pages."""
        if not self.checked:
            self.check()
        if self.damage is not None:
            raise self.damage

    def close(self) -> None:
        """Let go of the file; everything written is already in it."""
        if self.rested is not None:
            with suppress(StorageProblem):
                self.merge()
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


def _missing(path: Path) -> FileGone:
    return FileGone(f"没有找到数据文件“{path.name}”。请检查文件夹，或从备份恢复。")


def _look_at_journal(path: Path, key: bytes) -> list[str]:
    """Set a journal aside that another file left here; keep a spare of our own until it is known to be whole."""
    if journal.is_empty(path):
        return []
    known = mark.read(path)
    if not journal.belongs(path, key, known):
        aside = journal.set_aside(path, "不属于它")
        mark.remove(path)
        name = aside.name if aside else ""
        return [
            f"“{path.name}”旁边有一份不属于它的 -wal 文件，可能是恢复备份时留下的。没有用它，已改名为“{name}”。"
            "现在打开的是数据文件本身的内容，请核对最近的登记。"
        ]
    shutil.copyfile(journal.journal_path(path), _spare(path))
    disk.restrict(_spare(path))
    if known is not None:
        with closing(mark.Marker(path)) as marker:
            # Opening merges the journal, and that may be interrupted.
            marker.write(known.saves, known.base, resting=False, at=known.at)
    return []


def _spare(path: Path) -> Path:
    return beside(path, "-wal.spare")


def _drop_spare(path: Path, keep: bool) -> None:
    """The journal as it was before opening: of no use where nothing is missing, else kept for who can read it."""
    spare = _spare(path)
    if not spare.exists():
        return
    if keep:
        moment = datetime.now().strftime("%Y%m%d-%H%M%S")
        os.replace(spare, path.with_name(f"{path.name}-打开前-{moment}-wal"))
    else:
        spare.unlink()


def _revision(path: Path, key: bytes) -> str:
    """The revision of the file, read without touching it; Damaged where it isn't one of ours or isn't whole."""
    try:
        with closing(connect(path, key)) as connection:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except Damaged:
        raise Damaged(
            f"“{path.name}”打不开：它不是政规的数据文件，或有损坏，或与旁边的钥匙文件不配套。请检查文件，或从备份恢复。"
        ) from None
    except FileGone:
        raise
    except StorageProblem as trouble:
        raise _why_shut(trouble) from None
    except Exception as error:
        raise Damaged(f"“{path.name}”里没有版本记录，可能没有建好。请从备份恢复。") from error
    if row is None:
        raise Damaged(f"“{path.name}”里没有版本记录，可能没有建好。请从备份恢复。")
    return str(row[0])


def _why_shut(trouble: StorageProblem) -> StorageProblem:
    """The journal beside the file is written even while reading, so its folder has to allow it."""
    if any(sign in trouble.message for sign in ("不能写入", "打不开", "读写出了问题")):
        return StorageProblem(
            "数据文件或它所在的文件夹不能写入，打不开。请检查权限，或把数据文件连同钥匙文件复制到能写入的文件夹再打开。"
        )
    return trouble
