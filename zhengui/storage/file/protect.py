"""Put a file behind passwords, give it another data key, or take the passwords away: its backups go along.

The file gets its new key as a restore does: a copy is encrypted anew beside it and proved, the vault that knows both
keys lies ready, a note is left, then both take their places. Until the note stands, nothing has changed; from then on
whatever interrupts this is finished by the next opening.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from zhengui.storage.file import (
    backup,
    disk,
    mark,
    remembered,
    restore,
    seals,
    slot_change,
    slots,
    vault,
)
from zhengui.storage.file.connection import connect
from zhengui.storage.file.copies import SUFFIX, CopyWords, verify, write_copy
from zhengui.storage.file.disk import beside
from zhengui.storage.file.lock import Holder, Lock
from zhengui.storage.file.slots import Vault
from zhengui.storage.problem import StorageProblem, Unfinished
from zhengui.work import Progress

if TYPE_CHECKING:
    from zhengui.storage.schema.bare import BareConnection

_PART = ".part"
_UNDONE = CopyWords("没有换钥匙，数据文件还是原来的样子", "请清理磁盘，检查文件夹的权限，再试一次。")


def protect(path: Path, user: str, name: str, password: str, recovery: str) -> None:
    """Put the closed file at `path` behind a password and a recovery key, under a new data key."""

    def made(key: bytes, new: bytes) -> Vault:
        vault_ = slots.new_vault(key, new)
        vault_ = slots.with_slot(vault_, new, user, password, name=name)
        return slots.with_slot(vault_, new, slots.RECOVERER, recovery, slots.RECOVERY)

    # Once the note stands, the next opening finishes it; who asked for it has to see the recovery key in any case.
    with suppress(Unfinished):
        _encrypt_anew(path, made, user)


def change_key(path: Path, without: str = "") -> None:
    """Give the closed file another data key; the slot of the user `without` goes."""
    before, current = vault.read_vault(path), vault.current_key(path)
    user = vault.opened_by(path)

    def made(_key: bytes, new: bytes) -> Vault:
        return slots.rekeyed(slots.without(before, without), current, new)

    _encrypt_anew(path, made, user)


def unprotect(path: Path) -> None:
    """Let the closed file and its backups open without a password, with a plain key beside each."""
    lock = _lock(path)
    try:
        restore.complete(path)
        key = vault.read_key(path)
        vault.adopt_key(key, path)
        vault.vault_path(path).unlink(missing_ok=True)
        disk.flush_folder(path.parent)
    except OSError:
        with suppress(OSError):
            vault.key_path(path).unlink(missing_ok=True)
        raise StorageProblem(
            f"“{path.parent}”不能写入，密码没有取消，仍用原来的密码打开。请检查文件夹的权限和空间，再试一次。"
        ) from None
    finally:
        if lock is not None:
            lock.release()


def set_slot(
    connection: BareConnection,
    path: Path,
    user: str,
    password: str,
    name: str = "",
    recovery: bool = False,
) -> None:
    """Give a person a password, or another one, or the office another recovery key, with the caller's transaction."""
    key, present = vault.current_key(path), vault.read_vault(path)
    kind = slots.RECOVERY if recovery else slots.PASSWORD
    who = slots.RECOVERER if recovery else user
    # Another password holds for the computers that remember the person as well.
    present = remembered.without_person(present, who)
    slot_change.prepare(connection, path, slots.with_slot(present, key, who, password, kind, name))


def remove_slot(connection: BareConnection, path: Path, user: str) -> None:
    """Let a person's password, and what computers remember of him, open nothing any more, with the caller's transaction."""
    slot_change.prepare(connection, path, remembered.without_person(vault.read_vault(path), user))


def copies_of(path: Path, elsewhere: Path | None = None) -> list[Path]:
    """The backups in the backup folder and in a second place, and what restores set aside."""
    found = [each.path for each in backup.backups(path)]
    found += sorted(path.parent.glob(f"{path.stem}-恢复前-*{SUFFIX}"))
    if elsewhere is not None and elsewhere.is_dir():
        found += sorted(elsewhere.glob(f"{path.stem}-*{SUFFIX}"))
    return found


def take_along(path: Path, elsewhere: Path | None = None, progress: Progress | None = None) -> list[Path]:
    """Let the backups open as the file itself does now; returns those that could not be read or written.

    Each is encrypted anew and proved before it takes the place of the one that was there; its plain key goes.
    """
    left = []
    copies = copies_of(path, elsewhere)
    for done, each in enumerate(copies):
        if progress is not None:
            progress(done, len(copies))
        try:
            _take_one_along(path, each)
        except (StorageProblem, OSError, slots.SlotRefused):
            left.append(each)
    return left


def plain_keys(path: Path, elsewhere: Path | None = None) -> list[Path]:
    """The plain keys that still lie beside the file or a copy of it."""
    places = [path, *copies_of(path, elsewhere)]
    beside_it = list(path.parent.glob(f"{path.name}.key*"))
    keys = {vault.key_path(each) for each in places} | set(beside_it)
    return sorted(each for each in keys if each.exists())


def remove_plain_keys(path: Path) -> None:
    """Once a file opens by its vault, the plain key that a crash left beside it is of no use to anybody honest."""
    if vault.has_vault(path):
        for each in _old_keys(path):
            with suppress(OSError):
                each.unlink(missing_ok=True)


def _old_keys(path: Path) -> Iterator[Path]:
    yield vault.key_path(path)
    yield from path.parent.glob(f"{path.name}.key-恢复前-*")


def _encrypt_anew(path: Path, vault_of: Callable[[bytes, bytes], Vault], user: str) -> None:
    """The file under a new data key; `vault_of` makes the vault from the key so far and the new one."""
    lock = _lock(path)
    try:
        restore.complete(path)
        key, new = vault.read_key(path), secrets.token_bytes(slots.KEY_BYTES)
        ready = beside(path, restore.READY)
        write_copy(path, ready, _UNDONE)
        _rekey(ready, key, new)
        verify(ready, new)
        disk.flush(ready)
        made = vault_of(key, new)
        disk.write_whole(vault.ready_path(path), slots.as_text(made).encode("ascii"))
        vault.remember(made, new, user)
        disk.write_whole(beside(path, restore.NOTE), b"restore\n")
        restore.complete(path)
        if not vault.has_vault(path) or vault.read_key(path) != new:
            raise StorageProblem("数据文件没有换成新的钥匙，仍能照原来的方法打开。请再试一次。")
        remove_plain_keys(path)
    except OSError:
        raise StorageProblem(
            f"“{path.parent}”不能写入，没有改动。请检查文件夹的权限和空间，再试一次。"
        ) from None
    finally:
        if lock is not None:
            lock.release()


def _lock(path: Path) -> Lock | None:
    lock = Lock.take(path)
    if isinstance(lock, Holder):
        raise lock.in_use(path)
    return lock


def _rekey(copy: Path, key: bytes, new: bytes) -> None:
    with closing(connect(copy, key)) as connection:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute(vault.pragma(new, secrets.token_bytes(16), "rekey"))
        seals.rewrap(connection, key, new)


def _take_one_along(path: Path, copy: Path) -> None:
    access, key = vault.access_of(path), vault.read_key(path)
    before = vault.read_key(copy)
    part = beside(copy, _PART)
    if before != key:
        try:
            disk.expect_room(copy.parent, copy.stat().st_size)
            shutil.copyfile(copy, part)
            disk.restrict(part)
            _rekey(part, before, key)
            verify(part, key)
            disk.flush(part)
            # The vault knows the key so far as well, so the copy opens on either side of the rename.
            disk.write_whole(access.beside(copy), access.content)
            _clear(beside(copy, "-wal"), beside(copy, "-shm"), mark.mark_path(copy))
            disk.rename(part, copy)
        finally:
            with suppress(OSError):
                _clear(part, beside(part, "-journal"))
    else:
        disk.write_whole(access.beside(copy), access.content)
    for old in _others(copy, access):
        old.unlink(missing_ok=True)
    disk.flush_folder(copy.parent)


def _others(copy: Path, access: vault.Access) -> Sequence[Path]:
    return (beside(copy, access.other),)


def _clear(*paths: Path) -> None:
    for each in paths:
        each.unlink(missing_ok=True)
