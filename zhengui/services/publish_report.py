"""Lay out the yearly document and save it as PDF."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from zhengui.reports.gb9704 import MissingCharacter, PageSettings, Spot, check_characters, render
from zhengui.services.compose_report import Composed, Remark, summarise_year
from zhengui.services.township import Township

Progress = Callable[[int, int], bool]


@dataclass(frozen=True, slots=True)
class Published:
    """A laid out document: its bytes, where each figure stands on the page, what to look at again."""

    title: str
    pdf: bytes
    pages: int
    spots: tuple[Spot, ...]
    remarks: tuple[Remark, ...]
    composed: Composed


def lay_out(
    township: Township, year: int, settings: PageSettings | None = None, progress: Progress | None = None
) -> Published:
    """Compose and lay out the document of a year, in memory: what the preview shows is what is saved."""
    composed = summarise_year(township, year)
    buffer = BytesIO()
    rendered = render(composed.document, buffer, settings or PageSettings(), progress)
    remarks = composed.remarks(township.catalogue)
    remarks += [_missing(missing) for missing in check_characters(composed.document)]
    return Published(
        composed.document.title_text,
        buffer.getvalue(),
        rendered.pages,
        rendered.spots,
        tuple(remarks),
        composed,
    )


def publish(township: Township, year: int, path: Path, settings: PageSettings | None = None) -> Published:
    """Save the document of a year as PDF; an older file is replaced only when the new one is whole."""
    published = lay_out(township, year, settings)
    save(published, path)
    return published


def save(published: Published, path: Path) -> None:
    """Write the PDF beside its place first, so that a full disk leaves the old file as it was."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(published.pdf)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _missing(missing: MissingCharacter) -> Remark:
    where = f"在{missing.place}：…{missing.around}…。请换一个写法"
    return Remark("", f"“{missing.character}”字库里没有，印出来会缺字", where)
