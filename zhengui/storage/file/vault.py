"""The key of the encrypted file: 32 random bytes kept in a small file beside it."""

from __future__ import annotations

import ctypes
import os
import secrets
import sys
from pathlib import Path

from zhengui.storage.problem import StorageProblem

KEY_BYTES = 32
_PROTECTED = "dpapi:"


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
    path = key_path(database)
    try:
        text = path.read_text("ascii").strip()
    except FileNotFoundError:
        raise StorageProblem(
            f"没有找到钥匙文件“{path.name}”。它应与“{database.name}”放在同一文件夹，请从备份中找回后再打开。"
        ) from None
    except (OSError, UnicodeDecodeError):
        raise StorageProblem(f"钥匙文件“{path.name}”读不出来。请检查它的权限，或从备份中找回。") from None
    key = _decode(text)
    if key is None and _is_protected(text):
        raise StorageProblem(
            f"钥匙文件“{path.name}”在这台电脑、这个账户里打不开：它是在另一台电脑或另一个 Windows 账户里生成的，"
            f"只在那里能用，数据没有损坏。请回到原来的电脑和账户打开；或打开备份，备份旁边的钥匙在哪里都能用，"
            f"备份在“{database.stem}-备份”文件夹里，或在您另存备份的地方。"
        )
    if key is None or len(key) != KEY_BYTES:
        raise StorageProblem(f"钥匙文件“{path.name}”的内容不对。请从备份中找回原来的钥匙文件。")
    return key


def copy_key(database: Path, copy: Path) -> None:
    """Put the key of `database` beside its `copy`, so that the copy opens on any computer.

    A copy is made for the day on which this computer or this account is gone, so its key is not bound to them.
    """
    target = key_path(copy)
    text = read_key(database).hex()
    if target.exists() and target.read_bytes() == text.encode("ascii"):
        return
    target.write_text(text, "ascii")
    _restrict(target)


def adopt_key(copy: Path, database: Path) -> None:
    """Give `database`, restored from `copy`, the copy's key, protected as this computer protects keys."""
    key = read_key(copy)
    key_path(database).unlink(missing_ok=True)
    _write(key_path(database), key)


def pragma(key: bytes) -> str:
    """The SQLCipher statement that unlocks a connection with a raw key, without deriving it again."""
    return f"PRAGMA key = \"x'{key.hex()}'\""


def _write(path: Path, key: bytes) -> None:
    """Write the key so that only the owner can read it, and be sure that it reached the disk."""
    text = _PROTECTED + _protect(key).hex() if sys.platform == "win32" else key.hex()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _restrict(path: Path) -> None:
    path.chmod(0o600)


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
