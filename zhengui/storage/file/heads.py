"""The last line of each file's log, remembered outside the file for each user of the computer.

An older file put back, or a log written anew by somebody who has the key, still agrees with itself. It does not agree
with what this user saw last. A file is known by its own name and its place, so a copy elsewhere is another file.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from pathlib import Path

from zhengui.paths import user_folder
from zhengui.storage.file.disk import write_whole
from zhengui.storage.records.log import Head

_NAME = "heads.json"
_EXPECTED, _BEFORE = "expected_", "before_"
#: Files that were not opened for longest are forgotten beyond so many.
_MOST = 200


def read(path: Path, file: str) -> list[Head]:
    """What this user saw last, what a restore that may have been interrupted was about to put there, and the one before."""
    told = _all().get(_name(path, file), {})
    found = []
    for start in ("", _EXPECTED, _BEFORE):
        line, chain = f"{start}line", f"{start}chain"
        with suppress(KeyError, ValueError, TypeError):
            found.append(Head(int(told[line]), bytes.fromhex(told[chain])))
    return found


def keep(path: Path, file: str, head: Head, expected: bool = False) -> None:
    """Remember the last line, or besides it the one that a restore is about to put there.

    A folder that takes nothing goes without.
    """
    known = _all()
    name = _name(path, file)
    told = {"line": str(head.line), "chain": head.chain.hex()}
    if expected:
        held = known.get(name, {})
        # A file that was restored and not opened since is what an earlier restore put there.
        earlier = {
            f"{_BEFORE}{key}": held[f"{_EXPECTED}{key}"] for key in told if f"{_EXPECTED}{key}" in held
        }
        told = held | earlier | {f"{_EXPECTED}{key}": value for key, value in told.items()}
    if known.get(name) == told:
        return
    known.pop(name, None)
    known[name] = told
    with suppress(OSError):
        write_whole(user_folder() / _NAME, json.dumps(dict(list(known.items())[-_MOST:])).encode("ascii"))


def _all() -> dict[str, dict[str, str]]:
    with suppress(OSError, ValueError):
        read = json.loads((user_folder() / _NAME).read_text("ascii"))
        if isinstance(read, dict):
            return read
    return {}


def _name(path: Path, file: str) -> str:
    """Neither the folder nor the office's name is told."""
    return hashlib.sha256(f"{path.resolve()}\n{file}".encode("utf-8", "surrogateescape")).hexdigest()[:32]
