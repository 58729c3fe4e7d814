"""The last line of each file's log, remembered outside the file for each user of the computer.

An older file put back, or a log written anew by somebody who has the key, still agrees with itself. It does not agree
with what this user saw last. A file is known by its own name and its place, so a copy elsewhere is another file.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from zhengui.storage.file import own_notes
from zhengui.storage.records.log import LogHead

_KIND = "heads"
_EXPECTED, _BEFORE = "expected_", "before_"


def read(path: Path, file: str) -> list[LogHead]:
    """What this user saw last, what a restore that may have been interrupted was about to put there, and the one before."""
    told = own_notes.read(_KIND, own_notes.key_of(path, file))
    found = []
    for start in ("", _EXPECTED, _BEFORE):
        line, chain = f"{start}line", f"{start}chain"
        with suppress(KeyError, ValueError, TypeError):
            found.append(LogHead(int(told[line]), bytes.fromhex(told[chain])))
    return found


def keep(path: Path, file: str, head: LogHead, expected: bool = False) -> None:
    """Remember the last line, or besides it the one that a restore is about to put there.

    A folder that takes nothing goes without.
    """
    name = own_notes.key_of(path, file)
    told = {"line": str(head.line), "chain": head.chain.hex()}
    if not expected:
        own_notes.note(_KIND, name, told)
        return
    with suppress(OSError), own_notes.changing(_KIND, name) as held:
        # A file that was restored and not opened since is what an earlier restore put there.
        earlier = {
            f"{_BEFORE}{key}": held[f"{_EXPECTED}{key}"] for key in told if f"{_EXPECTED}{key}" in held
        }
        held |= earlier | {f"{_EXPECTED}{key}": value for key, value in told.items()}
