"""Writing a file so that at every moment the old content is there, or the new: never a half of it."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

#: Rights of a file that nobody but its owner may read.
OWNER_ONLY = 0o600
#: Ends the name of a file that isn't complete yet.
PART = ".part"
_EVERYBODY = 0o666
#: Pauses between the attempts to rename a file that something holds, in seconds.
WAITS = (0.02, 0.05, 0.1, 0.2, 0.4, 0.6)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A name beside `path` to write to; what stands there takes the place of `path` at the end, or goes if anything fails.

    Raises OSError, with the name of `path`, where that is no file, its folder isn't there or can't be written, the disk
    is full or the old file is open elsewhere.
    """
    if path.exists() and not path.is_file():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not path.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path.parent))
    part = path.with_name(path.name + PART)
    try:
        yield part
        flush(part)
        rename(part, path)
        flush_folder(path.parent)
    except OSError as error:
        if error.filename is not None or error.errno is None:
            error.filename, error.filename2 = str(path), None
            raise
        raise type(error)(error.errno, error.strerror, str(path)) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def write_whole(path: Path, data: bytes, private: bool = False) -> None:
    """Put `data` in the place of `path`; a folder that isn't there is made. A `private` file only its owner can read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as part:
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(part, flags, OWNER_ONLY if private else _EVERYBODY), "wb") as file:
            file.write(data)


def rename(source: Path, target: Path) -> None:
    """Give a file the name of another, whose place it takes; what only looks into either for a moment is waited for.

    A virus scanner opens each file that was just written, and Windows renames none that is open.
    """
    for seconds in WAITS:
        try:
            os.replace(source, target)
            return
        except PermissionError:
            if not os.access(target.parent, os.W_OK):
                raise
            time.sleep(seconds)
    os.replace(source, target)


def flush(path: Path) -> None:
    """Wait until a file's content is on the disk."""
    with path.open("rb+") as written:
        os.fsync(written.fileno())


def flush_folder(folder: Path) -> None:
    """Wait until a folder's names are on the disk; Windows keeps them with the files, some disks refuse."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
