"""A copy of the file with a key of its own beside it, proved by opening it with that key before it counts."""

from __future__ import annotations

import secrets
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from zhengui.storage.file import disk, mark, seals, vault
from zhengui.storage.file.connection import connect
from zhengui.storage.file.disk import beside
from zhengui.storage.file.journal import SHM, WAL
from zhengui.storage.file.signed import is_plain
from zhengui.storage.problem import Damaged, DiskFull, FileGone, Locked, StorageProblem

if TYPE_CHECKING:
    from zhengui.storage.schema.bare import BareConnection

SUFFIX = ".zgdb"
_PART = ".part"


@dataclass(frozen=True, slots=True)
class FileContent:
    """What a file holds, to be compared with another: the number of its last save, and of changes of records."""

    saves: int
    changes: int


@dataclass(frozen=True, slots=True)
class CopyWords:
    """What is told where a copy can't be written: what was not done, and what to do."""

    undone: str = "备份没有写成"
    advice: str = "请清理磁盘，或换一个文件夹。"

    def full(self, target: Path) -> DiskFull:
        """The disk ran full meanwhile."""
        return DiskFull(f"{self.undone}：“{target.parent}”空间不够。{self.advice}")

    def not_written(self, target: Path) -> StorageProblem:
        """The place takes nothing."""
        return StorageProblem(f"{self.undone}：“{target.parent}”不能写入，或空间不够。{self.advice}")


def write_copy(source: Path, target: Path, words: CopyWords = CopyWords()) -> Path:
    """Write a proved copy of the file `source` to `target`, with its key beside it; returns `target`.

    `source` may be in use. An older copy at `target` is replaced only when the new one is proved and on the disk.
    Raises Damaged where `source` can't be read whole, DiskFull or StorageProblem where `target` can't be written.
    """
    _refuse_nothing_and_itself(source, target)
    key, access = vault.read_key(source), vault.access_of(source)
    part, key_part = beside(target, _PART), beside(access.beside(target), _PART)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        disk.expect_room(target.parent, source.stat().st_size)
        _refuse_others_key(target, key)
        _clear(part, key_part)
        _copy_pages(source, key, part, words)
        _give_salt(part, key, words)
        disk.restrict(part)
        disk.flush(part)
        disk.write_whole(key_part, access.content)
        verify(part, key if access.ending == ".vault" else vault.read_key_file(key_part))
        # From here on the copy is whole; its two names come to be one after the other, the key first.
        disk.rename(key_part, access.beside(target))
        _clear(beside(target, WAL), beside(target, SHM), mark.mark_path(target))
        disk.rename(part, target)
        _clear(beside(target, access.other))
        disk.flush_folder(target.parent)
    except OSError:
        raise words.not_written(target) from None
    finally:
        with suppress(OSError):
            _clear(part, key_part)
    return target


def verify(path: Path, key: bytes | None = None) -> None:
    """Check every page of a file with the key beside it; raises Damaged where anything in it isn't whole.

    The check reads the file as it lies there and leaves nothing beside it.
    """
    found = faults(path, key or vault.read_key(path))
    if found:
        raise Damaged(f"“{path.name}”不完整，不能作为备份。请检查磁盘空间，再备份一次。")


def faults(path: Path, key: bytes) -> list[str]:
    """What is wrong with a file, in SQLite's and SQLCipher's words; empty for a sound one."""
    found: list[str] = []
    try:
        if path.stat().st_size < 512:
            return ["too short"]
        if is_plain(path):
            return ["not encrypted"]
        with closing(connect(path, key, untouched=True)) as connection:
            found += [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check").fetchall()]
            found += [
                str(row[0])
                for row in connection.execute("PRAGMA integrity_check(20)").fetchall()
                if row[0] != "ok"
            ]
            stamped = connection.execute("SELECT count(*) FROM alembic_version").fetchone()[0]
            if stamped != 1:
                found.append("no revision")
    except Exception as error:  # noqa: BLE001 - whatever reading a file meets, it isn't a sound one
        found.append(type(error).__name__)
    return found


def look_into(path: Path) -> FileContent | None:
    """What a file holds by itself, without its journal, by the key beside it; None where it can't be opened."""
    try:
        with closing(connect(path, vault.read_key(path), untouched=True)) as connection:
            return content_of(connection)
    except Exception:  # noqa: BLE001 - a file that can't be read is simply not told of
        return None


def look_into_copy(path: Path, file: str) -> FileContent | None:
    """The same of a copy of the file that is called `file` in its log; None for a copy of another one."""
    try:
        with closing(connect(path, vault.read_key(path), untouched=True)) as connection:
            return content_of(connection) if seals.noted(connection, seals.FILE) == file else None
    except Exception:  # noqa: BLE001 - nor is one that opens for nobody here
        return None


def content_of(connection: BareConnection) -> FileContent:
    """The same through an open connection."""
    saves = connection.execute("PRAGMA user_version").fetchone()[0]
    return FileContent(int(saves), int(connection.execute("SELECT count(*) FROM history").fetchone()[0]))


def _copy_pages(source: Path, key: bytes, part: Path, words: CopyWords) -> None:
    """One consistent state of the file, without keeping writers out."""
    try:
        with closing(connect(source, key)) as connection:
            connection.execute("VACUUM INTO ?", (str(part),))
    except Damaged:
        raise Damaged(
            f"数据文件“{source.name}”有损坏，没有做备份，原来的备份都还在。请先不要再登记，从备份恢复。"
        ) from None
    except DiskFull:
        raise words.full(part) from None
    except StorageProblem as trouble:
        # SQLite names the error, not the file; the file that is read is in use and known to be there.
        raise trouble if not source.exists() else words.not_written(part) from None


def _give_salt(part: Path, key: bytes, words: CopyWords) -> None:
    """Sign the copy's pages with a salt of its own, so that no journal of another file can be taken for its own."""
    try:
        with closing(connect(part, key)) as connection:
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute(vault.pragma(key, secrets.token_bytes(16), "rekey"))
    except DiskFull:
        raise words.full(part) from None
    except StorageProblem:
        raise words.not_written(part) from None


def _refuse_nothing_and_itself(source: Path, target: Path) -> None:
    """A file that is gone needs other words than its key, and one in use must not be exchanged under its program."""
    if not source.is_file():
        raise FileGone(
            f"没有找到“{source.name}”，没有备份。可能是 U 盘或硬盘被拔出，或文件被移动、改名。请插回或放回原处，再试一次。"
        )
    with suppress(OSError):
        if source.samefile(target):
            raise StorageProblem("这就是正在使用的数据文件本身，没有备份。请换一个文件名或文件夹。")


def _refuse_others_key(target: Path, key: bytes) -> None:
    """A copy must not take the place of another township's: between two names a crash would leave neither whole."""
    if not target.exists() or not vault.has_access(target):
        return
    try:
        same = vault.read_key(target) == key
    except Locked:
        same = False
    if not same:
        raise StorageProblem(f"“{target.name}”是另一个数据文件的备份，没有覆盖。请换一个文件名。")


def _clear(*paths: Path) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
