"""Files that are surely on the disk: written whole, readable by their owner alone, with room for them."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path

from zhengui import whole_file
from zhengui.storage.problem import DiskFull
from zhengui.whole_file import OWNER_ONLY, flush, flush_folder, rename

__all__ = [
    "AIR",
    "OWNER_ONLY",
    "beside",
    "expect_room",
    "flush",
    "flush_folder",
    "identity",
    "make_empty",
    "rename",
    "restrict",
    "write_whole",
]

#: Room that is left free whatever is written, in bytes.
AIR = 16 * 1024 * 1024


def beside(path: Path, ending: str) -> Path:
    """A file of the same name with something behind it."""
    return path.with_name(path.name + ending)


def write_whole(path: Path, data: bytes) -> None:
    """Put `data` in the place of `path`, for its owner alone."""
    whole_file.write_whole(path, data, private=True)


def make_empty(path: Path) -> None:
    """Make an empty file that only its owner can read; SQLite's journals take over its rights."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY))


def restrict(path: Path) -> None:
    """Let only the owner read a file, where the system and the disk know such rights."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        if path.stat().st_mode & 0o077:
            path.chmod(OWNER_ONLY)


def expect_room(folder: Path, size: int) -> None:
    """Raise DiskFull where so many bytes don't fit beside what has to stay free."""
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        return
    if free < size + AIR:
        raise DiskFull(
            f"“{folder}”所在的磁盘只剩 {free / 1e6:.0f} MB，需要约 {(size + AIR) / 1e6:.0f} MB。"
            "请清理磁盘，或换一个地方，再试一次。现在的数据没有动过。"
        )


def identity(path: Path) -> tuple[int, int] | None:
    """What tells a file from another of the same name; None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
