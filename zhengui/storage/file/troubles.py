"""What SQLite and the disk say, told apart and put into words: damage, a pulled disk, a full disk, a lock."""

from __future__ import annotations

import shutil
from pathlib import Path

from zhengui.storage.file import place
from zhengui.storage.problem import Damaged, DiskFull, FileBusy, FileGone, StorageProblem

#: A disk with less room than this counts as full when writing goes wrong.
_HARDLY_ANY = 1024 * 1024


def trouble_of(error: Exception, path: Path) -> StorageProblem | None:
    """What the office can do about an error of SQLite, or None where it is the program's own mistake."""
    name = str(getattr(error, "sqlite_errorname", "") or "")
    text = str(error)
    kind = _kind(name, text)
    if not kind:
        return None
    if kind == "busy":
        return FileBusy("数据文件正被另一个程序占用。请稍等片刻再试。")
    if kind == "shut" and (too_long := place.too_long(path)):
        return too_long
    if not path.exists():
        return gone(path)
    if kind == "io":
        kind = _behind_io(path)
    return _told(kind, path)


def gone(path: Path) -> FileGone:
    """The file isn't where it was opened."""
    return FileGone(
        f"数据文件“{path.name}”不在原来的位置了，刚才的内容没有保存。可能是 U 盘或硬盘被拔出，或文件被移动、改名。"
        f"请插回，或把它放回“{path.parent}”，再保存一次。"
    )


def damaged(path: Path) -> Damaged:
    """What is read from the file isn't what was written."""
    return Damaged(f"数据文件“{path.name}”有损坏，有的内容读不出来。请先不要再登记，从备份恢复。")


def _kind(name: str, text: str) -> str:
    if (
        name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB"))
        or "malformed" in text
        or "not a database" in text
    ):
        return "damaged"
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL")) or "is locked" in text:
        return "busy"
    if name.startswith("SQLITE_FULL") or "disk is full" in text:
        return "full"
    if name.startswith("SQLITE_READONLY") or "readonly database" in text:
        return "readonly"
    if name.startswith("SQLITE_CANTOPEN") or "unable to open database file" in text:
        return "shut"
    return "io" if name.startswith("SQLITE_IOERR") or "disk I/O error" in text else ""


def _behind_io(path: Path) -> str:
    """What an error of reading or writing really is."""
    try:
        with path.open("rb") as file:
            while file.read(1 << 20):
                pass
        if shutil.disk_usage(path.parent).free < _HARDLY_ANY:
            return "full"
    except OSError:
        return "disk"
    return "io"


def _told(kind: str, path: Path) -> StorageProblem:
    if kind == "damaged":
        return damaged(path)
    if kind == "full":
        return DiskFull("磁盘空间不够，刚才的修改没有保存。请清理磁盘后再试。")
    if kind == "readonly":
        return StorageProblem("数据文件不能写入，刚才的修改没有保存。请检查文件和文件夹的权限。")
    if kind == "shut":
        return StorageProblem("数据文件打不开。请检查文件夹是否还在、有没有权限。")
    if kind == "disk":
        return Damaged(f"“{path.name}”所在的磁盘读不出来。请检查磁盘或 U 盘有没有插好，必要时从备份恢复。")
    return StorageProblem("磁盘读写出了问题，刚才的修改没有保存。请检查磁盘，必要时从备份恢复。")
