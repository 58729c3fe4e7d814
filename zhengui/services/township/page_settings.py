"""How an office prints its yearly document: chosen once, kept in its file, the standard as the default."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from zhengui.reports.document import Document, Head, Imprint
from zhengui.reports.gb9704 import MEETING, STANDARD, PageSettings
from zhengui.services.township.reading import Reading, Writing, reads, writes

KEY = "report.page"
#: The usual marks of secrecy and urgency; any other words may be typed as well.
SECRECY = ("", "秘密★1年", "机密★3年")
URGENCY = ("", "特急", "加急")
WATERMARKS = ("", "征求意见稿", "讨论稿", "送审稿")


@dataclass(frozen=True, slots=True)
class ReportSettings:
    """What the office chose; everything untouched is the standard page.

    `addressee`, `mark` and `printer` empty take the catalogue's and the office's own words.
    """

    meeting: bool = False
    bold_third: bool = False
    cover: bool = False
    contents: bool = False
    watermark: str = ""
    sealed: bool = False
    addressee: str = ""
    attachments: bool = True
    charts: bool = True
    red_head: bool = False
    mark: str = ""
    number: str = ""
    signer: str = ""
    secrecy: str = ""
    urgency: str = ""
    imprint: bool = False
    copies_to: str = ""
    printer: str = ""
    system_faces: bool = True

    def page(self) -> PageSettings:
        """The page that these choices ask for."""
        return replace(
            MEETING if self.meeting else STANDARD,
            bold_third=self.bold_third,
            red_head=self.red_head,
            cover=self.cover,
            contents=self.contents,
            watermark=self.watermark,
            system_faces=self.system_faces,
        )


@reads
def settings_of(reading: Reading) -> ReportSettings:
    """The township's own choices; what an older or newer program kept differently falls back to the standard."""
    return _read(reading.setting(KEY))


@writes
def keep_settings(writing: Writing, settings: ReportSettings) -> None:
    """Keep the choices for the next time."""
    writing.keep_setting(KEY, json.dumps(asdict(settings), ensure_ascii=False))


def _read(text: str) -> ReportSettings:
    try:
        kept: Any = json.loads(text) if text else {}
    except ValueError:
        kept = {}
    if not isinstance(kept, dict):
        return ReportSettings()
    standard = asdict(ReportSettings())
    known = {field.name for field in fields(ReportSettings)}
    return ReportSettings(
        **{
            name: value
            for name, value in kept.items()
            if name in known and type(value) is type(standard[name])
        }
    )


def dressed(document: Document, settings: ReportSettings) -> Document:
    """The document with what the choices add around its text: head, addressee, seal and imprint."""
    head = imprint = None
    if settings.red_head:
        mark = settings.mark or f"{document.office}文件"
        head = Head(mark, settings.number, settings.signer, settings.secrecy, settings.urgency)
    if settings.imprint:
        imprint = Imprint(settings.copies_to, settings.printer or document.office, document.date)
    return replace(
        document,
        head=head,
        imprint=imprint,
        sealed=settings.sealed,
        addressee=settings.addressee or document.addressee,
    )
