"""The key of the encrypted file: 32 random bytes, in a plain `.key` file beside it or behind passwords in a `.vault`.

An office without passwords has the `.key`: whoever has the folder can read the file. With passwords there is a
`.vault` in its place (see `slots`), and what it gave out is remembered here until the program ends or is locked.
"""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from zhengui.storage.file import account_seal, slots
from zhengui.storage.file.disk import OWNER_ONLY, beside, flush_folder, write_whole
from zhengui.storage.file.signed import fits
from zhengui.storage.file.slots import Slot, SlotRefused, Vault
from zhengui.storage.problem import Damaged, Locked, StorageProblem

KEY_BYTES = 32
_PROTECTED = "dpapi:"


#: The data keys that passwords gave out in this run, by vault and epoch, and who gave the password of each vault.
_known: dict[tuple[str, int], bytes] = {}
_users: dict[str, str] = {}
#: The slot that was opened, where one was.
_opened_by: dict[str, Slot] = {}
#: The vaults that hold although they do not lie in their place yet, and the files where that is decided (`slot_change`).
_instead: dict[Path, Vault] = {}
_settled: set[Path] = set()


class KeyTrouble(Damaged):
    """The key is missing or unreadable; a copy of it lies beside each backup."""


class BoundElsewhere(KeyTrouble):
    """Windows sealed the key for another account or computer."""


def key_path(database: Path) -> Path:
    """Where the key of `database` lies: the same name with `.key` behind it."""
    return database.with_name(database.name + ".key")


def vault_path(database: Path) -> Path:
    """Where the vault of `database` lies, where it has one."""
    return beside(database, ".vault")


def has_vault(database: Path) -> bool:
    """Whether passwords protect `database`."""
    return vault_path(database).is_file()


def has_access(database: Path) -> bool:
    """Whether a key or a vault lies beside `database`."""
    return has_vault(database) or key_path(database).is_file()


def next_path(database: Path) -> Path:
    """Where a vault lies that is to take the place of the present one."""
    return beside(database, ".vault.next")


def ready_path(database: Path) -> Path:
    """Where a vault lies ready that comes with the file under another data key (`restore.finish`)."""
    return beside(database, ".restored.vault.new")


def read_next(database: Path) -> Vault | None:
    """A vault that was prepared for the place of the present one, under the same data key; None where none was."""
    try:
        made = slots.from_text(next_path(database).read_text("ascii"))
        there = read_vault(database)
    except (OSError, UnicodeDecodeError, slots.NoVault, KeyTrouble):
        return None
    return made if (made.id, made.epoch) == (there.id, there.epoch) else None


def hold_instead(database: Path, made: Vault | None) -> None:
    """Go by this vault, whichever lies beside `database`, until it is in its place."""
    if made is None:
        _instead.pop(database, None)
    else:
        _instead[database] = made


def settled(database: Path) -> None:
    """It is known which vault holds; whatever else lies there lets nobody in."""
    _settled.add(database)


def read_vault(database: Path) -> Vault:
    """The vault of `database`, which lies beside it; KeyTrouble where it can't be read."""
    if database in _instead and has_vault(database):
        return _instead[database]
    path = vault_path(database)
    try:
        return slots.from_text(path.read_text("ascii"))
    except FileNotFoundError:
        raise KeyTrouble(f"没有找到密码文件“{path.name}”。请从备份中找回后再打开。") from None
    except (OSError, UnicodeDecodeError, slots.NoVault):
        raise KeyTrouble(f"密码文件“{path.name}”读不出来，或不完整。请从备份中找回。") from None


def write_vault(database: Path, made: Vault) -> None:
    """Put a vault in the place of the one beside `database`, in one step."""
    write_whole(vault_path(database), slots.as_text(made).encode("ascii"))
    hold_instead(database, None)


def unlock(database: Path, name: str, password: str) -> str:
    """Open the file for a person until `lock`; returns the user of the slot. Refused where they don't fit."""
    return _unlock(database, lambda vault: slots.open_slot(vault, name, password))


def unlock_recovery(database: Path, recovery: str) -> None:
    """The same with the recovery key, as `values.recovery_key` reads it."""
    _unlock(database, lambda vault: slots.open_recovery(vault, recovery))


def _unlock(database: Path, opened: Callable[[Vault], tuple[Slot, bytes]]) -> str:
    """Open the file by the first vault that lets it; whether that one holds, the file tells (`still_holds`)."""
    vault = read_vault(database)
    following = None if database in _settled else read_next(database)
    try:
        slot, key = opened(vault)
    except SlotRefused:
        if following is None:
            raise
        slot, key = opened(following)
    remember(vault, key, slot.user)
    # What an interruption left ready takes its place when the file is opened.
    with suppress(OSError, UnicodeDecodeError, slots.NoVault, SlotRefused):
        ready = slots.from_text(ready_path(database).read_text("ascii"))
        remember(ready, opened(ready)[1], slot.user)
    _opened_by[vault.id] = slot
    return slot.user


def still_holds(database: Path) -> bool:
    """Whether the slot that opened the file is one of the vault that the file calls its own."""
    if not has_vault(database):
        return True
    vault = read_vault(database)
    slot = _opened_by.get(vault.id)
    return slot is None or slots.holds(vault, slot)


def remember(vault: Vault, key: bytes, user: str) -> None:
    """Keep what a password gave out, and the keys of earlier epochs with it."""
    _known[vault.id, vault.epoch] = key
    for epoch, earlier in slots.earlier_keys(vault, key).items():
        _known[vault.id, epoch] = earlier
    _users[vault.id] = user
    _opened_by.pop(vault.id, None)


def lock(database: Path) -> None:
    """Forget what was given out for a file: the next who opens it gives a password."""
    _settled.discard(database)
    if has_vault(database):
        id_ = read_vault(database).id
        _users.pop(id_, None)
        _opened_by.pop(id_, None)
        for known in [each for each in _known if each[0] == id_]:
            del _known[known]


def opened_by(database: Path) -> str:
    """The user whose password opened the file; empty for one without a vault."""
    return _users.get(read_vault(database).id, "") if has_vault(database) else ""


@dataclass(frozen=True, slots=True)
class Access:
    """What a copy needs beside it to be opened: the ending of a file, and what is in it."""

    ending: str
    content: bytes

    def beside(self, database: Path) -> Path:
        """Where it lies beside a copy."""
        return beside(database, self.ending)

    @property
    def other(self) -> str:
        """The ending of the other kind, which must not stay beside such a copy."""
        return ".key" if self.ending == ".vault" else ".vault"


def access_of(database: Path) -> Access:
    """What has to lie beside a copy of `database`: its vault as it is, or its key, which opens it everywhere."""
    if has_vault(database):
        return Access(".vault", slots.as_text(read_vault(database)).encode("ascii"))
    return Access(".key", read_key(database).hex().encode("ascii"))


def create_key(database: Path) -> bytes:
    """Make a new key and store it beside `database`; a key that is already there is never overwritten."""
    path = key_path(database)
    if path.exists():
        raise StorageProblem(f"“{path.name}”已经存在。为免丢失原来的数据，请换一个文件名。")
    key = secrets.token_bytes(KEY_BYTES)
    _write(path, key)
    return key


def read_key(database: Path) -> bytes:
    """Return the key of `database`; raises StorageProblem where it is missing or unreadable.

    Raises Locked where passwords protect it and none was given in this run of the program.
    """
    if has_vault(database):
        return _key_in_vault(database)
    try:
        return read_key_file(key_path(database))
    except FileNotFoundError:
        raise KeyTrouble(
            f"没有找到钥匙文件“{key_path(database).name}”。它应与“{database.name}”放在同一文件夹，请从备份中找回后再打开。"
        ) from None
    except BoundElsewhere:
        raise BoundElsewhere(
            f"钥匙文件“{key_path(database).name}”在这台电脑、这个账户里打不开：它是在另一台电脑或另一个 Windows 账户里生成的，"
            f"只在那里能用，数据没有损坏。请回到原来的电脑和账户打开；或打开备份，备份旁边的钥匙在哪里都能用，"
            f"备份在“{database.stem}-备份”文件夹里，或在您另存备份的地方。"
        ) from None


def current_key(database: Path) -> bytes:
    """The data key of the vault's present epoch, which the file itself may not lie under yet."""
    vault = read_vault(database)
    key = _known.get((vault.id, vault.epoch))
    if key is None:
        raise _locked(database)
    return key


def _locked(database: Path) -> Locked:
    return Locked(f"“{database.name}”设有密码。请输入姓名和密码，或恢复密钥。", database)


def _key_in_vault(database: Path) -> bytes:
    """The data key that a password gave out; of an epoch before, where a change of keys was interrupted."""
    vault = read_vault(database)
    key = _known.get((vault.id, vault.epoch))
    if key is None:
        raise _locked(database)
    if vault.earlier and database.exists() and not fits(database, key):
        before = (_known.get((vault.id, epoch)) for epoch, _wrapped in vault.earlier)
        return next((each for each in before if each is not None and fits(database, each)), key)
    return key


def read_key_file(path: Path) -> bytes:
    """The key in a key file; raises FileNotFoundError, or KeyTrouble where it can't be used."""
    try:
        text = path.read_text("ascii").strip()
    except FileNotFoundError:
        raise
    except (OSError, UnicodeDecodeError):
        raise KeyTrouble(f"钥匙文件“{path.name}”读不出来。请检查它的权限，或从备份中找回。") from None
    key = _decode(text)
    if key is None and _is_protected(text):
        raise BoundElsewhere(f"钥匙文件“{path.name}”在这台电脑、这个账户里打不开。")
    if key is None or len(key) != KEY_BYTES:
        raise KeyTrouble(f"钥匙文件“{path.name}”的内容不对。请从备份中找回原来的钥匙文件。")
    return key


def adopt_key(key: bytes, database: Path) -> None:
    """Give `database` this key, protected as this computer protects keys, in one step."""
    write_whole(key_path(database), _encode(key))


def pragma(key: bytes, salt: bytes = b"", name: str = "key") -> str:
    """The SQLCipher statement that unlocks a connection with a raw key, or encrypts a file anew (`rekey`)."""
    return f"PRAGMA {name} = \"x'{key.hex()}{salt.hex()}'\""


def _write(path: Path, key: bytes) -> None:
    """Write a new key so that only the owner can read it, and be sure that it reached the disk."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    with os.fdopen(descriptor, "wb") as file:
        file.write(_encode(key))
        file.flush()
        os.fsync(file.fileno())
    flush_folder(path.parent)


def _encode(key: bytes) -> bytes:
    return (_PROTECTED + account_seal.seal(key).hex() if sys.platform == "win32" else key.hex()).encode(
        "ascii"
    )


def _is_protected(text: str) -> bool:
    """Whether Windows sealed this key for one account, and the seal itself is whole."""
    try:
        return text.startswith(_PROTECTED) and len(bytes.fromhex(text.removeprefix(_PROTECTED))) > KEY_BYTES
    except ValueError:
        return False


def _decode(text: str) -> bytes | None:
    """The key in `text`, or None where the text isn't one."""
    protected = text.startswith(_PROTECTED)
    try:
        data = bytes.fromhex(text.removeprefix(_PROTECTED))
    except ValueError:
        return None
    if not protected:
        return data
    return account_seal.unseal(data) if sys.platform == "win32" else None
