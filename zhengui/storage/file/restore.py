"""Put a backup in the place of the file: everything is made ready beside it, then one rename does it.

A note of the intention is left before the rename, so that the next opening finishes what a crash interrupted. Until
the note stands, the old township opens; from then on, the new one. A file gets another key in the same way (`protect`);
then the vault that knows it comes along.
"""

from __future__ import annotations

import glob
import os
import shutil
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from zhengui.storage.file import disk, heads, mark, seals, slot_change, vault
from zhengui.storage.file.connection import connect
from zhengui.storage.file.copies import SUFFIX, CopyWords, verify, write_copy
from zhengui.storage.file.disk import beside
from zhengui.storage.file.journal import SHM, WAL
from zhengui.storage.file.lock import Holder, Lock
from zhengui.storage.problem import Damaged, Locked, StorageProblem, Unfinished
from zhengui.storage.records.log import LogHead

#: The backup made ready beside the file, and the note that it is to take the file's place.
READY, NOTE = ".restored", ".restoring"
_UNDONE = CopyWords("没有恢复，现在的数据没有动过", "请清理磁盘，检查文件夹的权限，再试一次。")


def restore_backup(backup: Path, target: Path) -> Path | None:
    """Put a proved `backup` in the place of `target`, which must be closed.

    The present file is kept aside with the moment in its name, its journal and key with it; that path is returned.
    Raises Damaged where the backup isn't whole, InUse where the file is open, DiskFull where there is no room;
    the file that is there is then unchanged.
    """
    if backup.resolve() == target.resolve():
        raise StorageProblem("这就是正在使用的数据文件本身，不是备份。请另选一份备份。")
    lock = Lock.take(target)
    if isinstance(lock, Holder):
        raise lock.in_use(target)
    try:
        finish(target)
        try:
            verify(backup)
        except (vault.KeyTrouble, Locked):
            raise
        except Damaged:
            raise Damaged(
                f"备份“{backup.name}”不完整，没有恢复，现在的数据没有动过。请换一份备份。"
            ) from None
        _make_ready(backup, target)
        aside = _keep_aside(target)
        _expect_older(beside(target, READY), target)
        disk.write_whole(beside(target, NOTE), b"restore\n")
        complete(target)
    except OSError:
        raise StorageProblem(
            f"“{target.parent}”不能写入，没有恢复，现在的数据没有动过。请检查文件夹的权限和空间。"
        ) from None
    finally:
        if lock is not None:
            lock.release()
    return aside


def complete(target: Path) -> None:
    """The same as `finish`, where a disk that takes nothing now only puts off what is noted already: Unfinished."""
    try:
        finish(target)
    except OSError:
        raise Unfinished(
            f"“{target.name}”的恢复（或换钥匙）已经准备好，还差最后一步：“{target.parent}”现在不能写入。"
            "什么也没有丢。请检查文件夹的权限、磁盘或 U 盘有没有插好，或等占用它的程序关闭，再打开一次，就会接着做完。"
        ) from None


def finish(target: Path) -> bool:
    """Finish the restore whose note lies beside `target`, or clear away one that wasn't ready; whether it was one.

    Only the holder of the file's lock may call this.
    """
    ready, note = beside(target, READY), beside(target, NOTE)
    if not note.exists():
        halves = (f"{glob.escape(target.name + READY)}*", f"{glob.escape(target.stem)}-恢复前-*.part")
        # A disk that takes nothing keeps them; what that means for opening is told by who opens.
        with suppress(OSError):
            _clear(beside(note, ".part"), *(half for each in halves for half in target.parent.glob(each)))
        return False
    if ready.exists():
        if vault.ready_path(target).exists():
            # It opens the old file as well, so it may come first.
            vault.next_path(target).unlink(missing_ok=True)
            disk.rename(vault.ready_path(target), vault.vault_path(target))
            vault.hold_instead(target, None)
        # A journal of the old file must not be there when the new one is.
        _clear(beside(target, WAL), beside(target, SHM), mark.mark_path(target))
        disk.flush_folder(target.parent)
        disk.rename(ready, target)
        disk.flush_folder(target.parent)
    _clear(vault.key_path(ready), vault.vault_path(ready), note)
    disk.flush_folder(target.parent)
    return True


def _make_ready(backup: Path, target: Path) -> None:
    """A proved copy of the backup beside the file, encrypted with the key that lies there."""
    ready = beside(target, READY)
    write_copy(backup, ready, _UNDONE)
    key = vault.read_key(backup)
    _use_access(backup, key, target)
    present = vault.read_key(target)
    with closing(connect(ready, key)) as connection:
        connection.execute("PRAGMA journal_mode = OFF")
        if present != key:
            connection.execute(vault.pragma(present, name="rekey"))
            seals.rewrap(connection, key, present)
        # The vault that lies beside the file is the right one for what is put back.
        if vault.has_vault(target) or seals.noted(connection, slot_change.NOTE):
            slot_change.note(connection, slot_change.present(target))
    verify(ready, present)
    disk.flush(ready)


def _use_access(backup: Path, key: bytes, target: Path) -> None:
    """Where the key or vault of the file can't be read, that of the backup takes its place."""
    try:
        vault.read_key(target)
    except Locked:
        raise
    except StorageProblem:
        # Without a key the file that is there opens for nobody; the key that is set aside was never of use.
        for there in (vault.key_path(target), vault.vault_path(target)):
            if there.exists():
                kept = beside(there, f"-恢复前-{_moment()}")
                shutil.copyfile(there, kept)
                disk.restrict(kept)
        if vault.has_vault(backup):
            vault.write_vault(target, vault.read_vault(backup))
            _clear(vault.key_path(target))
        else:
            _clear(vault.vault_path(target))
            vault.adopt_key(key, target)


def _expect_older(ready: Path, target: Path) -> None:
    """What is put back here is meant to be older: its last line may be what this user finds next."""
    key = vault.read_key(target)
    with closing(connect(ready, key, untouched=True)) as connection:
        sealing = seals.read(connection, key)
        if sealing is not None:
            row = connection.execute("SELECT id, chain FROM log ORDER BY id DESC LIMIT 1").fetchone()
            heads.keep(target, sealing.file, LogHead(row[0], bytes(row[1])) if row else LogHead(), True)


def _keep_aside(target: Path) -> Path | None:
    """The present file, its journal and its key under another name, and still where they were."""
    if not target.exists():
        return None
    aside = target.with_name(f"{target.stem}-恢复前-{_moment()}{SUFFIX}")
    for ending in ("", WAL):
        source, kept = beside(target, ending), beside(aside, ending)
        if source.exists() and (not ending or source.stat().st_size):
            _link(source, kept, whole=bool(ending))
    with suppress(StorageProblem):
        access = vault.access_of(target)
        disk.write_whole(access.beside(aside), access.content)
    disk.flush_folder(target.parent)
    return aside


def _link(source: Path, kept: Path, whole: bool) -> None:
    """A second name for a file, or a copy where the disk has no such thing or the file is still written to."""
    if not whole:
        with suppress(OSError):
            os.link(source, kept)
            return
    disk.expect_room(kept.parent, source.stat().st_size)
    shutil.copyfile(source, kept)
    disk.restrict(kept)
    disk.flush(kept)


def _moment() -> str:
    return datetime.now().strftime("%Y%m%d-%H%M%S")


def _clear(*paths: Path) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
