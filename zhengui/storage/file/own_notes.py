"""What the program notes of data files in the user's own folder: for each kind of note a folder, for each data file a file.

So programs at work on different data files never write what another one noted, however busy the computer is.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from zhengui.paths import user_folder
from zhengui.storage.file import lock
from zhengui.storage.file.disk import write_whole

#: Files that were noted longest ago are forgotten beyond so many.
_MOST = 200
_ENDING = ".json"


def read(kind: str, key: str) -> dict[str, Any]:
    """What is noted of a file; empty where nothing is, or it can't be read."""
    path = _place(kind, key)
    if path.exists():
        return _held(path)
    # Earlier versions kept all files of a kind in one.
    earlier = _held(user_folder() / f"{kind}{_ENDING}").get(key)
    return earlier if isinstance(earlier, dict) else {}


@contextmanager
def changing(kind: str, key: str) -> Iterator[dict[str, Any]]:
    """What is noted of a file, to be changed while no other program of this user does; written where it differs afterwards.

    Raises OSError where the folder takes nothing.
    """
    folder = user_folder() / kind
    folder.mkdir(exist_ok=True)
    with lock.alone(folder):
        known = read(kind, key)
        yield (changed := dict(known))
        if changed != known:
            write_whole(_place(kind, key), json.dumps(changed).encode("ascii"))
            _forget_oldest(folder)


def note(kind: str, key: str, entry: dict[str, Any]) -> None:
    """Note this of a file and nothing else, if it differs; a folder that takes nothing goes without."""
    if read(kind, key) == entry:
        return
    with suppress(OSError), changing(kind, key) as known:
        known.clear()
        known.update(entry)


def key_of(path: Path, *more: str) -> str:
    """What a data file is called here: neither its folder nor the office's name is told."""
    told = "\n".join([str(path.resolve()), *more])
    return hashlib.sha256(told.encode("utf-8", "surrogateescape")).hexdigest()[:32]


def _place(kind: str, key: str) -> Path:
    """Where the note lies. A key may come out of a file that anybody wrote, so it is no part of a path."""
    name = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return user_folder() / kind / f"{name}{_ENDING}"


def _held(path: Path) -> dict[str, Any]:
    with suppress(OSError, ValueError, RecursionError):
        found = json.loads(path.read_text("ascii"))
        if isinstance(found, dict):
            return found
    return {}


def _forget_oldest(folder: Path) -> None:
    notes = list(folder.glob(f"*{_ENDING}"))
    if len(notes) <= _MOST:
        return
    aged = []
    for each in notes:
        # Another program may just have forgotten it.
        with suppress(OSError):
            aged.append((each.stat().st_mtime_ns, each))
    for _moment, each in sorted(aged)[:-_MOST]:
        with suppress(OSError):
            each.unlink()
