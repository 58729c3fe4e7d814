"""Which files this user's program has read whole and found sound, and has not seen changed since.

Whoever prints must not rest on broken pages. To read a long file from end to end again for each page that is printed
takes longer than all the rest, and every page that is read is proved by its signature anyway. So the whole check need
not be repeated while the file lies there as it was: same size, same moment of its last change, same first page, no
journal. At every start of the window the file is read whole all the same.
"""

from __future__ import annotations

from pathlib import Path

from zhengui.storage.file import journal, mark, own_notes

_KIND, _STATE = "sound", "state"


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
    return bool(state) and own_notes.read(_KIND, own_notes.key_of(path)) == {_STATE: state}


def keep(path: Path, state: str) -> None:
    """Remember that the file was found sound in a state; a folder that takes nothing goes without."""
    if state:
        own_notes.note(_KIND, own_notes.key_of(path), {_STATE: state})
