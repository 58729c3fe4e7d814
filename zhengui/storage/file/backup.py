"""Copies of the file that are known to be whole: made while it is in use, and checked before they count."""

from __future__ import annotations

import os
import re
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from zhengui.storage.file import vault
from zhengui.storage.file.database import SUFFIX, Database, connect
from zhengui.storage.problem import StorageProblem

KEPT = 30
_DAY = re.compile(r"-(\d{4}-\d{2}-\d{2})$")


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that lies in the backup folder; `day` is None for one made before an upgrade."""

    path: Path
    day: date | None
    made_at: datetime
    size: int


def back_up(database: Database, target: Path) -> Path:
    """Write a verified copy of the open file to `target`, with its key beside it; replaces an older copy.

    Raises StorageProblem where the place can't be written to or the copy isn't whole; an older copy then stays.
    """
    import sqlcipher3.dbapi2 as sqlcipher

    part = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        _copy(database, part)
        verify(part, vault.read_key(database.path))
        _flush(part)
        if target != database.path:
            vault.copy_key(database.path, target)
        os.replace(part, target)
    except (OSError, sqlcipher.Error):
        raise StorageProblem(
            f"备份没有写成：“{target.parent}”不能写入，或空间不够。请换一个文件夹。"
        ) from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return target


def verify(path: Path, key: bytes | None = None) -> None:
    """Open a copy and check every page of it; StorageProblem where anything in it is damaged."""
    import sqlcipher3.dbapi2 as sqlcipher

    connection = connect(path, key or vault.read_key(path))
    try:
        damaged = connection.execute("PRAGMA cipher_integrity_check").fetchall()
        sound = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        stamped = connection.execute("SELECT count(*) FROM alembic_version").fetchone()[0] == 1
    except sqlcipher.DatabaseError:
        damaged, sound, stamped = [("",)], False, False
    finally:
        connection.close()
    if damaged or not sound or not stamped:
        raise StorageProblem(f"“{path.name}”不完整，不能作为备份。请检查磁盘空间，再备份一次。")


def folder(database: Database) -> Path:
    """Where the automatic backups of `database` lie."""
    return database.path.with_name(f"{database.path.stem}-备份")


def daily_backup(database: Database, today: date, keep: int = KEPT) -> Path | None:
    """Make today's backup unless it is there already; keep the newest `keep` days. Returns the new copy."""
    target = folder(database) / f"{database.path.stem}-{today.isoformat()}{SUFFIX}"
    if target.exists():
        return None
    back_up(database, target)
    days = [kept for kept in backups(database) if kept.day is not None]
    for old in days[keep:]:
        # An old backup that another program holds stays until another day; today's is made all the same.
        with suppress(OSError):
            old.path.unlink(missing_ok=True)
            vault.key_path(old.path).unlink(missing_ok=True)
    return target


def before_upgrade(database: Database) -> Path:
    """A verified copy from before an upgrade; it isn't cleared away with the daily ones."""
    moment = datetime.now().strftime("%Y%m%d-%H%M%S")
    return back_up(database, folder(database) / f"{database.path.stem}-升级前-{moment}{SUFFIX}")


def backups(database: Database) -> list[Backup]:
    """The backups in the backup folder, newest first."""
    found = []
    for path in folder(database).glob(f"*{SUFFIX}"):
        named = _DAY.search(path.stem)
        status = path.stat()
        made = datetime.fromtimestamp(status.st_mtime)
        day = date.fromisoformat(named.group(1)) if named else None
        found.append(Backup(path, day, made, status.st_size))
    return sorted(found, key=lambda b: (b.day or b.made_at.date(), b.made_at), reverse=True)


def restore_backup(backup: Path, target: Path) -> Path | None:
    """Put a verified `backup` in the place of the closed file `target`.

    The present file is kept aside with the moment in its name, and that path is returned.
    """
    verify(backup)
    aside = None
    if target.exists():
        moment = datetime.now().strftime("%Y%m%d-%H%M%S")
        aside = target.with_name(f"{target.stem}-恢复前-{moment}{SUFFIX}")
        for ending in ("", "-wal", "-shm"):
            source = target.with_name(target.name + ending)
            if source.exists():
                os.replace(source, aside.with_name(aside.name + ending))
        vault.copy_key(target, aside)
    part = target.with_name(target.name + ".part")
    shutil.copyfile(backup, part)
    _flush(part)
    vault.adopt_key(backup, target)
    os.replace(part, target)
    return aside


def _copy(database: Database, part: Path) -> None:
    """One consistent state of the file, encrypted with the same key, without keeping writers out."""
    with database.engine.connect() as conn:
        raw = conn.connection.driver_connection
        assert raw is not None
        raw.execute("VACUUM INTO ?", (str(part),))


def _flush(path: Path) -> None:
    """Wait until the file is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
