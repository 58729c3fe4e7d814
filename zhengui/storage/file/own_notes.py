"""What the program notes of data files in the user's own folder: small JSON files of one entry for each data file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from zhengui.paths import user_folder
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


def write(name: str, known: Mapping[str, object]) -> None:
    """Write all entries; raises OSError where the folder takes nothing."""
    write_whole(user_folder() / name, json.dumps(known).encode("ascii"))


def note(name: str, key: str, entry: object) -> None:
    """Note one entry as the latest, if it differs; a folder that takes nothing goes without."""
    known = read(name)
    if known.get(key) == entry:
        return
    known.pop(key, None)
    known[key] = entry
    with suppress(OSError):
        write(name, dict(list(known.items())[-_MOST:]))


def key_of(path: Path, *more: str) -> str:
    """What a data file is called here: neither its folder nor the office's name is told."""
    told = "\n".join([str(path.resolve()), *more])
    return hashlib.sha256(told.encode("utf-8", "surrogateescape")).hexdigest()[:32]
