"""The document as values: blocks of runs, before any page, face or printer is chosen.

Composing fills it, `gb9704` lays it out, the Word writer writes it, the checker never sees it.
A run that prints a figure or a claim names it in `source`, so a printed number leads back to its records.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """The four heading levels of an official document, in their numbering."""

    FIRST = "一、"
    SECOND = "（一）"
    THIRD = "1."
    FOURTH = "（1）"


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text; `source` is `figure:key`, `claim:key`, or empty for wording."""

    text: str
    source: str = ""
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `number` is already written (一、 or （三）), `text` has no mark at its end."""

    level: Level
    number: str
    runs: tuple[Run, ...]
    key: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A body paragraph; `lead` is an optional level-three heading that runs into the text (1.狠抓……。)."""

    runs: tuple[Run, ...]
    key: str = ""
    lead: tuple[Run, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell; `align` is left, right or centre."""

    text: str
    align: str = "left"
    source: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of an attachment; `widths` are relative; `landscape` turns it on the page."""

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    totals: tuple[Cell, ...] = ()
    caption: str = ""
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo or a chart as encoded image bytes with its caption."""

    data: bytes
    caption: str


@dataclass(frozen=True, slots=True)
class Pictures:
    """Photos set two a row."""

    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """One line or one set of bars of a chart; None is unknown and is left out, never drawn as zero."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart drawn as vectors: `kind` is trend (a line over years) or compare (bars, a village each).

    `span` is the least and the greatest value its scale must hold besides its own, so that charts that are
    read side by side have one scale.
    """

    kind: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    caption: str = ""
    source: str = ""
    span: tuple[float, float] | None = None


Block = Heading | Paragraph | Table | Pictures | Chart


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attachment of the document, on a new page."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Imprint:
    """The imprint 版记: whom copies go to (may be empty), the printing office, and the date of printing.

    `sent_to` are the addressees where they are too many for the first page.
    """

    copies_to: str
    printer: str
    printed_on: str
    sent_to: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """The red head 红头: the issuing office's mark (××镇人民政府文件), document number, signers, marks.

    `joint` are the names of offices that issue together: they are stacked, 文件 at their right. `signer` may name
    several, with 、 between them.
    """

    mark: str
    number: str = ""
    signer: str = ""
    secrecy: str = ""
    urgency: str = ""
    copy_number: str = ""
    joint: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """An official document: `title` by sense in pieces (each piece is never broken), `date` as printed.

    `joint` are the offices that sign after `office`; `remark` is the note 附注 under the date, without brackets.
    """

    title: tuple[str, ...]
    blocks: tuple[Block, ...]
    office: str
    date: str
    addressee: str = ""
    attachments: tuple[Attachment, ...] = ()
    sealed: bool = False
    imprint: Imprint | None = None
    head: Head | None = None
    joint: tuple[str, ...] = ()
    remark: str = ""

    @property
    def day(self) -> datetime.date | None:
        """The date as a day; None where it is not written in digits."""
        found = re.fullmatch(r"\s*(\d{4})年(\d{1,2})月(\d{1,2})日\s*", self.date)
        try:
            return datetime.date(*map(int, found.groups())) if found else None
        except ValueError:
            return None

    @property
    def title_text(self) -> str:
        """The title on one line."""
        return "".join(self.title)

    def runs(self) -> Iterator[Run]:
        """Every run of the body in reading order."""
        for block in self.blocks:
            if isinstance(block, Heading):
                yield from block.runs
            elif isinstance(block, Paragraph):
                yield from block.lead
                yield from block.runs

    def text(self) -> str:
        """The body's plain text, a line a block."""
        lines = [self.title_text]
        for block in self.blocks:
            if isinstance(block, Heading):
                lines.append(block.number + "".join(run.text for run in block.runs))
            elif isinstance(block, Paragraph):
                lines.append("".join(run.text for run in (*block.lead, *block.runs)))
        return "\n".join(lines)
