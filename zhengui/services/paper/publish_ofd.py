"""Save the yearly document as OFD, for offices that exchange it in government networks."""

from __future__ import annotations

from pathlib import Path

from zhengui.services.paper.publish_report import Published
from zhengui.whole_file import write_whole


def ofd_of(published: Published) -> bytes:
    """The laid out document as the bytes of an .ofd: the pages of the PDF."""
    from zhengui.reports.ofd import ofd_bytes

    return ofd_bytes(published.composed.document, published.settings.page())


def save_ofd(published: Published, path: Path) -> None:
    """Write the document as .ofd; an older file is replaced only when the new one is whole."""
    write_whole(path, ofd_of(published))
