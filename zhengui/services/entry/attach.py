"""Keep files as evidence: shrink photos, store them in the township's file, give them back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from zhengui.exchange.photo_reading import decoded
from zhengui.services.township.reading import Reading, Writing, reads, writes
from zhengui.services.township.rights import Right
from zhengui.storage.records import attachments
from zhengui.storage.records.attachments import KeptAttachment

__all__ = ["KeptAttachment", "about", "add", "add_file", "content", "sweep"]

#: A form may stay open for so long before the record that names its photos is saved.
_KEPT_UNNAMED = timedelta(days=2)


@writes(Right.ENTER)
def add(writing: Writing, name: str, data: bytes) -> int:
    """Store a file and return its id; a record takes it by that id when it is saved.

    Raises StorageProblem where the file is empty, too large, or a photo that can't be opened.
    """
    prepared = attachments.prepare(name, data, decoded)
    return attachments.add(writing.conn, writing.tables, prepared, writing.operator)


@writes(Right.ENTER)
def add_file(writing: Writing, path: Path) -> int:
    """Store a file from disk; see `add`."""
    prepared = attachments.prepare_file(path, decoded)
    return attachments.add(writing.conn, writing.tables, prepared, writing.operator)


@reads
def to_look_through(reading: Reading, now: datetime | None = None) -> int:
    """How many files were added over a day ago and belong to no record, so that `sweep` has something to look at."""
    return len(attachments.unlinked(reading.conn, reading.tables, (now or datetime.now()) - _KEPT_UNNAMED))


@writes(Right.OWN)
def sweep(writing: Writing, now: datetime | None = None) -> int:
    """Take out what was added over a day ago and is named by no record, history line or draft; how many went."""
    return attachments.sweep(writing.conn, writing.tables, (now or datetime.now()) - _KEPT_UNNAMED)


@reads
def about(reading: Reading, ids: Iterable[int]) -> list[KeptAttachment]:
    """Names, sizes and thumbnails, in the order of `ids`; those that are gone are left out."""
    return attachments.about(reading.conn, reading.tables, ids)


@reads
def content(reading: Reading, attachment: int) -> bytes:
    """The stored bytes of an attachment."""
    return attachments.content(reading.conn, reading.tables, attachment)
