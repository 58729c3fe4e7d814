"""The journal (-wal) of a file that was not closed: whether it belongs to the file it lies beside.

SQLite plays any sound journal into any file. A backup put over the file by hand would be mixed with what the
journal of the replaced file holds, page by page, and still open. Two things tell them apart: each copy has a salt
of its own, with which SQLCipher signs every page (`signed_for`), and the mark knows the first page of the file that
the journal was begun on (`mark.Mark.base`).
"""

from __future__ import annotations

import hmac
import struct
from datetime import datetime
from pathlib import Path

from zhengui.storage.file.disk import beside, flush_folder, rename
from zhengui.storage.file.mark import SaveMark, base_of
from zhengui.storage.file.signed import HMAC, PAGE, SALT, signature

WAL, SHM = "-wal", "-shm"
#: Layout of the journal: a header, then before each page its number and five further words.
_HEADER, _FRAME = 32, 24
_MAGIC = (0x377F0682, 0x377F0683)


def journal_path(path: Path) -> Path:
    """Where the journal of a file lies."""
    return beside(path, WAL)


def is_empty(path: Path) -> bool:
    """Whether the file holds everything by itself."""
    try:
        return journal_path(path).stat().st_size <= _HEADER
    except OSError:
        return True


def belongs(path: Path, key: bytes, mark: SaveMark | None) -> bool:
    """Whether the journal beside the file was written for this very file; an unreadable one is left to SQLite."""
    if mark is not None and mark.resting and mark.base != base_of(path):
        return False
    return signed_for(path, key)


def signed_for(path: Path, key: bytes) -> bool:
    """Whether the first page in the journal carries the signature of this file's salt and key."""
    try:
        with journal_path(path).open("rb") as file:
            head = file.read(_HEADER + _FRAME + PAGE)
        with path.open("rb") as file:
            salt = file.read(SALT)
    except OSError:
        return True
    if len(head) < _HEADER + _FRAME + PAGE or struct.unpack(">I", head[:4])[0] not in _MAGIC:
        return True
    number = struct.unpack(">I", head[_HEADER : _HEADER + 4])[0]
    page = head[_HEADER + _FRAME :]
    if hmac.compare_digest(signature(key, salt, page, number), page[PAGE - HMAC :]):
        return True
    # A page that was damaged is signed for nothing; only what was whole and signed otherwise is foreign.
    return not _frame_is_whole(head)


def set_aside(path: Path, why: str) -> Path | None:
    """Move journal and index of a file out of the way; returns where the journal is now."""
    moment = datetime.now().strftime("%Y%m%d-%H%M%S")
    aside = path.with_name(f"{path.name}-{why}-{moment}{WAL}")
    beside(path, SHM).unlink(missing_ok=True)
    if not journal_path(path).exists():
        return None
    rename(journal_path(path), aside)
    flush_folder(path.parent)
    return aside


def _frame_is_whole(head: bytes) -> bool:
    """Whether the checksums of header and first frame are right (sqlite.org/fileformat2.html, section 4.2)."""
    order = ">" if struct.unpack(">I", head[:4])[0] & 1 else "<"
    first = _sums(head[:24], order, (0, 0))
    if first != struct.unpack(">II", head[24:32]):
        return False
    frame = head[_HEADER : _HEADER + _FRAME]
    if frame[8:16] != head[16:24]:
        return False
    sums = _sums(head[_HEADER + _FRAME :], order, _sums(frame[:8], order, first))
    return sums == struct.unpack(">II", frame[16:24])


def _sums(data: bytes, order: str, sums: tuple[int, int]) -> tuple[int, int]:
    one, two = sums
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for place in range(0, len(words), 2):
        one = (one + words[place] + two) & 0xFFFFFFFF
        two = (two + words[place + 1] + one) & 0xFFFFFFFF
    return one, two
