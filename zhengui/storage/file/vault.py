"""The key of the encrypted file: 32 random bytes kept in a small file beside it."""

from __future__ import annotations

import ctypes
import os
import secrets
import sys
from pathlib import Path

from zhengui.storage.file.disk import OWNER_ONLY, flush_folder, write_whole
from zhengui.storage.problem import Damaged, StorageProblem

KEY_BYTES = 32
_PROTECTED = "dpapi:"


class KeyTrouble(Damaged):
    """The key is missing or unreadable; a copy of it lies beside each backup."""


class BoundElsewhere(KeyTrouble):
    """Windows sealed the key for another account or computer."""


def key_path(database: Path) -> Path:
    """Where the key of `database` lies: the same name with `.key` behind it."""
    return database.with_name(database.name + ".key")


def create_key(database: Path) -> bytes:
    """Make a new key and store it beside `database`; a key that is already there is never overwritten."""
    path = key_path(database)
    if path.exists():
        raise StorageProblem(f"“{path.name}”已经存在。为免丢失原来的数据，请换一个文件名。")
    key = secrets.token_bytes(KEY_BYTES)
    _write(path, key)
    return key


def read_key(database: Path) -> bytes:
    """Return the key of `database`; raises StorageProblem where it is missing or unreadable."""
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
    return (_PROTECTED + _protect(key).hex() if sys.platform == "win32" else key.hex()).encode("ascii")


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
    return _unprotect(data) if sys.platform == "win32" else None


class _Blob(ctypes.Structure):
    """The DATA_BLOB of the Windows data protection functions."""

    _fields_ = (("size", ctypes.c_uint32), ("data", ctypes.POINTER(ctypes.c_char)))


def _crypt(function: str, data: bytes) -> bytes | None:
    """Run one of the Windows data protection functions for the current user; None where it refuses."""
    buffer = ctypes.create_string_buffer(data, len(data))
    source = _Blob(len(data), ctypes.cast(buffer, ctypes.POINTER(ctypes.c_char)))
    result = _Blob()
    crypt32 = ctypes.CDLL("crypt32")
    if not getattr(crypt32, function)(ctypes.byref(source), None, None, None, None, 0, ctypes.byref(result)):
        return None
    try:
        return ctypes.string_at(result.data, result.size)
    finally:
        ctypes.CDLL("kernel32").LocalFree(result.data)


def _protect(key: bytes) -> bytes:
    data = _crypt("CryptProtectData", key)
    if data is None:
        raise StorageProblem("电脑没有接受钥匙的保存请求。请重新登录电脑后再试。")
    return data


def _unprotect(data: bytes) -> bytes | None:
    return _crypt("CryptUnprotectData", data)
