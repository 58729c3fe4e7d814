"""The mark of the last save: a line in a small file beside the data file, which a cut journal cannot satisfy.

Every save raises a number in the file's first page (`user_version`). The mark tells how far it had come. Where file
and journal together reach less, saves are gone, and that is said. The mark is written without waiting for the disk:
a killed program leaves it right, a power cut leaves it right or older, and neither cries wolf.
"""

from __future__ import annotations

import os
import zlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from zhengui.storage.file.disk import OWNER_ONLY, beside

ENDING = ".mark"
_NAME = "zhengui1"
#: The line is padded to this length, so that writing it again leaves nothing of an older one.
_LENGTH = 256
_PAGE, _TAIL = 4096, 80


@dataclass(frozen=True, slots=True)
class SaveMark:
    """`saves`: the number of the last save, made `at`. `base`: what tells the state of the file's first page.

    `resting`: the journal is not just being merged into the file, so `base` is to be found in it.
    """

    saves: int
    base: str
    resting: bool
    at: datetime


def mark_path(path: Path) -> Path:
    """Where the mark of a file lies."""
    return beside(path, ENDING)


def base_of(path: Path) -> str:
    """The last bytes of the file's first page, a random vector and a signature, new whenever it is written."""
    try:
        with path.open("rb") as file:
            file.seek(_PAGE - _TAIL)
            return file.read(_TAIL).hex()
    except OSError:
        return ""


def read(path: Path) -> SaveMark | None:
    """The mark of a file; None where there is none, or where it isn't whole."""
    try:
        line = mark_path(path).read_text("ascii").strip()
        told, _space, checked = line.rpartition(" ")
        name, saves, base, resting, at = told.split(" ")
        if name != _NAME or int(checked) != zlib.crc32(told.encode("ascii")):
            return None
        return SaveMark(int(saves), base, resting == "1", datetime.fromisoformat(at))
    except (OSError, ValueError):
        return None


def remove(path: Path) -> None:
    """Forget the mark of a file whose content is about to be another."""
    mark_path(path).unlink(missing_ok=True)


class Marker:
    """Writes the mark of an open file again and again."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def write(self, saves: int, base: str, resting: bool = True, at: datetime | None = None) -> None:
        """Write it. Where the journal is about to be merged (not `resting`), wait until the disk has it.

        `at` is the moment of the last save, now where it was just made. A place that takes no mark goes without.
        """
        moment = (at or datetime.now()).isoformat(timespec="seconds")
        told = f"{_NAME} {saves} {base} {int(resting)} {moment}"
        line = f"{told} {zlib.crc32(told.encode('ascii'))}".ljust(_LENGTH - 1) + "\n"
        try:
            if self._descriptor is None:
                flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
                self._descriptor = os.open(mark_path(self._path), flags, OWNER_ONLY)
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            os.write(self._descriptor, line.encode("ascii"))
            if not resting:
                os.fsync(self._descriptor)
        except OSError:
            self.close()

    def close(self) -> None:
        """Let go of the mark's file."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
