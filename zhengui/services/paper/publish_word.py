"""Save the yearly document for Word and WPS, to be edited there."""

from __future__ import annotations

from pathlib import Path

from zhengui.services.paper.publish_report import Published
from zhengui.whole_file import write_whole


def word_of(published: Published) -> bytes:
    """The laid out document as the bytes of a .docx."""
    # The library is only loaded where a Word file is made.
    from zhengui.reports.word import word_bytes

    return word_bytes(published.composed.document, published.settings.page())


def save_word(published: Published, path: Path) -> None:
    """Write the document as .docx; an older file is replaced only when the new one is whole."""
    write_whole(path, word_of(published))
