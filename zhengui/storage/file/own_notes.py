"""What the program notes of data files in the user's own folder: small JSON files of one entry for each data file."""

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


def read(name: str) -> dict[str, Any]:
    """The entries of such a file; none where it isn't there or can't be read."""
    with suppress(OSError, ValueError):
        found = json.loads((user_folder() / name).read_text("ascii"))
        if isinstance(found, dict):
            return found
    return {}


@contextmanager
def changing(name: str) -> Iterator[dict[str, Any]]:
    """All entries, to be changed while no other program of this user does; written where they differ afterwards.

    Two programs that each wrote what they had read would lose what the other noted. Raises OSError where the folder
    takes nothing.
    """
    with lock.alone(user_folder() / name):
        known = read(name)
        yield (changed := dict(known))
        if changed != known:
            kept = dict(list(changed.items())[-_MOST:])
            write_whole(user_folder() / name, json.dumps(kept).encode("ascii"))


def note(name: str, key: str, entry: object) -> None:
    """Note one entry as the latest, if it differs; a folder that takes nothing goes without."""
    if read(name).get(key) == entry:
        return
    with suppress(OSError), changing(name) as known:
        known.pop(key, None)
        known[key] = entry


def key_of(path: Path, *more: str) -> str:
    """What a data file is called here: neither its folder nor the office's name is told."""
    told = "\n".join([str(path.resolve()), *more])
    return hashlib.sha256(told.encode("utf-8", "surrogateescape")).hexdigest()[:32]
