"""Keep files as evidence: shrink photos, store them in the township's file, give them back."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from zhengui.services.township.township import Township
from zhengui.storage.records import attachments
from zhengui.storage.records.attachments import Attachment

__all__ = ["Attachment", "about", "add", "add_file", "content"]


def add(township: Township, name: str, data: bytes) -> int:
    """Store a file and return its id; a record takes it by that id when it is saved.

    Raises StorageProblem where the file is empty, too large, or a photo that can't be opened.
    """
    prepared = attachments.prepare(name, data)
    with township.database.writing() as conn:
        return attachments.add(conn, township.tables, prepared, township.operator)


def add_file(township: Township, path: Path) -> int:
    """Store a file from disk; see `add`."""
    prepared = attachments.prepare_file(path)
    with township.database.writing() as conn:
        return attachments.add(conn, township.tables, prepared, township.operator)


def about(township: Township, ids: Iterable[int]) -> list[Attachment]:
    """Names, sizes and thumbnails, in the order of `ids`; those that are gone are left out."""
    with township.database.reading() as conn:
        return attachments.about(conn, township.tables, ids)


def content(township: Township, attachment: int) -> bytes:
    """The stored bytes of an attachment."""
    with township.database.reading() as conn:
        return attachments.content(conn, township.tables, attachment)
