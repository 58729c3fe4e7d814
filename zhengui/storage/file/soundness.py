"""Which files this user's program has read whole and found sound, and has not seen changed since.

Whoever prints must not rest on broken pages. To read a long file from end to end again for each page that is printed
takes longer than all the rest, and every page that is read is proved by its signature anyway. So the whole check need
not be repeated while the file lies there as it was: same size, same moment of its last change, same first page, no
journal. At every start of the window the file is read whole all the same.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from pathlib import Path

from zhengui.paths import user_folder
from zhengui.storage.file import journal, mark
from zhengui.storage.file.disk import write_whole

_NAME = "sound.json"
#: Files that were not looked at for longest are forgotten beyond so many.
_MOST = 200


def state_of(path: Path) -> str:
    """What tells one state of a file from another; empty while a journal belongs to it, or where it can't be told."""
    try:
        if not journal.is_empty(path):
            return ""
        status = path.stat()
    except OSError:
        return ""
    return f"{status.st_size}-{status.st_mtime_ns}-{status.st_ino}-{mark.base_of(path)}"


def is_known(path: Path) -> bool:
    """Whether the file was found sound as it lies there now."""
    state = state_of(path)
    return bool(state) and _all().get(_name(path)) == state


def keep(path: Path, state: str) -> None:
    """Remember that the file was found sound in a state; a folder that takes nothing goes without."""
    known = _all()
    if not state or known.get(_name(path)) == state:
        return
    known.pop(_name(path), None)
    known[_name(path)] = state
    with suppress(OSError):
        write_whole(user_folder() / _NAME, json.dumps(dict(list(known.items())[-_MOST:])).encode("ascii"))


def _all() -> dict[str, str]:
    with suppress(OSError, ValueError):
        read = json.loads((user_folder() / _NAME).read_text("ascii"))
        if isinstance(read, dict):
            return read
    return {}


def _name(path: Path) -> str:
    return hashlib.sha256(str(path.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:32]
