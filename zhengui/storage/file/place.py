"""Where a data file may lie: on a disk of this computer, never on a network, whose locks cannot be relied on.

A stick is allowed, for the portable copy lives on one; whoever opens a file there can ask and say what that means.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path, PurePosixPath

from zhengui.storage.problem import PathTooLong, StorageProblem

_REMOVABLE, _REMOTE = 2, 4  # DRIVE_REMOVABLE, DRIVE_REMOTE of GetDriveTypeW
_NETWORK_SYSTEMS = frozenset(
    "cifs smb3 smbfs nfs nfs4 ncpfs afs ceph glusterfs fuse.sshfs fuse.davfs fuse.gvfsd-fuse davfs".split()
)
#: SQLite's own limit on Linux in bytes, and that of a Windows which was not told otherwise in characters.
_LONGEST, _LONGEST_OF_WINDOWS = 512, 259
_JOURNAL = "-journal"
_MOUNTS = Path("/proc/self/mounts")
_DEVICES = Path("/sys/dev/block")


def refuse_network(path: Path) -> None:
    """Raise StorageProblem where `path` lies on another computer."""
    if is_on_network(path):
        raise StorageProblem(
            f"“{path.name}”在网络文件夹或网络盘里，不能直接打开：网络一断，数据就可能损坏，两个人同时写也会互相覆盖。"
            "请把数据文件连同旁边的 .key 钥匙文件复制到这台电脑的硬盘上再打开；备份可以另存到网络文件夹。"
        )


def is_on_network(path: Path) -> bool:
    """Whether the file, or the folder it will be made in, lies on another computer."""
    return _on_network_drive(str(path.absolute())) if sys.platform == "win32" else _on_network_mount(path)


def too_long(path: Path) -> PathTooLong | None:
    """Why a file that could not be opened was out of reach, where its path was the reason; None where it was not.

    Asked only after the trouble: a Windows that was told to opens longer ones.
    """
    name = str(path.absolute())
    if sys.platform == "win32":
        fits = len(name + _JOURNAL) <= _LONGEST_OF_WINDOWS
    else:
        fits = len(os.fsencode(name + _JOURNAL)) <= _LONGEST
    if fits:
        return None
    return PathTooLong(
        f"数据文件“{path.name}”连同它的文件夹名称一共 {len(name)} 个字，太长，打不开。"
        "请放到近一些的文件夹里，或把文件夹名称改短。"
    )


def not_made(path: Path) -> StorageProblem:
    """Why there can be no file at `path`."""
    return too_long(path) or StorageProblem(f"“{path.parent}”不能写入。请换一个文件夹。")


def is_on_stick(path: Path) -> bool:
    """Whether the file lies on something that is meant to be pulled out, such as a USB stick; False where nobody knows."""
    if sys.platform == "win32":
        return _drive_type(_plain(str(path.absolute()))[:3]) == _REMOVABLE
    return _on_removable_device(path)


def _on_removable_device(path: Path) -> bool:
    """What the kernel says of the disk; a partition is asked of the disk it is part of."""
    try:
        number = path.stat().st_dev
        device = (_DEVICES / f"{os.major(number)}:{os.minor(number)}").resolve()
        disk = device.parent if (device / "partition").exists() else device
        return (disk / "removable").read_text(encoding="ascii").strip() == "1"
    except OSError:
        return False


def _plain(name: str) -> str:
    """A Windows path without the marks of long names before it."""
    return name.replace("/", "\\").removeprefix("\\\\?\\").removeprefix("\\\\.\\")


def _on_network_drive(name: str) -> bool:
    """A UNC path, or a drive letter that stands for one."""
    plain = name.replace("/", "\\")
    if plain.startswith(("\\\\?\\UNC\\", "\\\\.\\UNC\\")):
        return True
    plain = _plain(plain)
    if plain.startswith("\\\\"):
        return True
    return _drive_type(plain[:3]) == _REMOTE


def _drive_type(root: str) -> int:
    if sys.platform == "win32":
        import ctypes

        return int(ctypes.WinDLL("kernel32").GetDriveTypeW(root))
    return 0


def _on_network_mount(path: Path) -> bool:
    try:
        text = _MOUNTS.read_text(encoding="utf-8", errors="replace")
        place = PurePosixPath(path.resolve())
    except OSError:
        return False
    kinds = {}
    for line in text.splitlines():
        words = line.split()
        if len(words) >= 3:
            kinds[PurePosixPath(words[1].replace("\\040", " "))] = words[2]
    nearest = next((folder for folder in (place, *place.parents) if folder in kinds), None)
    return nearest is not None and kinds[nearest] in _NETWORK_SYSTEMS
