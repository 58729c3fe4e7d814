"""One writer per file: whoever opens it first writes, and leaves his name for those who come later."""

from __future__ import annotations

import getpass
import json
import os
import platform
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from zhengui.storage.file.disk import OWNER_ONLY, beside, identity
from zhengui.storage.problem import InUse

ENDING = ".lock"
#: The byte that Windows locks lies behind the text, which others have to be able to read.
_LOCKED_BYTE = 4096
_LONGEST = 2000
_ATTEMPTS = 20


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has the file open for writing: a person's name, his computer, his process, since when (local time)."""

    name: str = ""
    computer: str = ""
    process: int = 0
    since: str = ""

    @property
    def here(self) -> bool:
        """Whether it is open on this computer."""
        return self.computer == platform.node()

    def in_use(self, path: Path) -> InUse:
        """What is told to the one who comes later."""
        where = "这台电脑" if self.here else f"电脑“{self.computer or '未知'}”"
        who = f"“{self.name}”" if self.name else "别人"
        since = f"（{self.since} 起）" if self.since else ""
        words = f"数据文件“{path.name}”正由{who}在{where}的政规里打开{since}，这里只能查看。要登记，请先关闭那一边。"
        return InUse(words, self.here, self.process)


def lock_path(path: Path) -> Path:
    """Where the lock of a file lies."""
    return beside(path, ENDING)


class Lock:
    """Held from opening to closing; the system lets go of it when the program ends in whatever way."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self._path = path
        self._descriptor: int | None = descriptor

    @classmethod
    def take(cls, path: Path) -> Lock | Holder | None:
        """The lock, or who has it; None where the place takes no lock, as a folder that can't be written to."""
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
        for _attempt in range(_ATTEMPTS):
            try:
                descriptor = os.open(lock_path(path), flags, OWNER_ONLY)
            except OSError:
                return None
            if not _try_lock(descriptor):
                os.close(descriptor)
                return holder(path)
            status = os.fstat(descriptor)
            if sys.platform == "win32" or identity(lock_path(path)) == (status.st_dev, status.st_ino):
                made = cls(path, descriptor)
                made.sign("")
                return made
            # The one before took the file away between our opening and locking it.
            os.close(descriptor)
        return holder(path)

    def sign(self, name: str) -> None:
        """Leave the name of the one who works here."""
        if self._descriptor is None:
            return
        if not name:
            with suppress(OSError, KeyError, ImportError):
                name = getpass.getuser()
        told = Holder(name, platform.node(), os.getpid(), datetime.now().strftime("%m-%d %H:%M"))
        text = json.dumps(asdict(told), ensure_ascii=False).encode()
        with suppress(OSError):
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            os.write(self._descriptor, text)
            os.ftruncate(self._descriptor, len(text))

    def release(self) -> None:
        """Let the next one write, and leave nothing behind."""
        if self._descriptor is None:
            return
        if sys.platform != "win32":
            # Only while it is locked: whoever opened it already sees that it is no longer the one in the folder.
            with suppress(OSError):
                lock_path(self._path).unlink(missing_ok=True)
        os.close(self._descriptor)
        self._descriptor = None
        if sys.platform == "win32":
            # There a file that somebody holds can't be unlinked, so this takes no lock from anybody.
            with suppress(OSError):
                lock_path(self._path).unlink(missing_ok=True)


def holder(path: Path) -> Holder:
    """Who has the lock, as far as he told."""
    try:
        with lock_path(path).open("rb") as file:
            read = json.loads(file.read(_LONGEST).decode())
        return Holder(
            str(read["name"]), str(read["computer"]), int(read["process"]), str(read.get("since", ""))
        )
    except (OSError, ValueError, KeyError, TypeError):
        return Holder()


@contextmanager
def alone(path: Path, seconds: float = 0.5) -> Iterator[None]:
    """Keep other programs from changing a small file while it is read and written anew.

    Where the place takes no lock, or somebody has it for so long, it goes on without.
    """
    descriptor: int | None = None
    with suppress(OSError):
        descriptor = os.open(lock_path(path), os.O_RDWR | os.O_CREAT, OWNER_ONLY)
    try:
        until = time.monotonic() + seconds
        while descriptor is not None and not _try_lock(descriptor) and time.monotonic() < until:
            time.sleep(0.005)
        yield
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _try_lock(descriptor: int) -> bool:
    """Take the system's lock on an open file without waiting for it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
