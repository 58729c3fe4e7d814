"""How an office prints its yearly document: chosen once, kept in its file, the standard as the default."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, fields, replace
from datetime import date

from zhengui.figures.period import Period
from zhengui.reports.document import Document, Head, Imprint
from zhengui.reports.page_settings import MEETING, STANDARD, PageSettings
from zhengui.services.township.reading import Reading, Writing, reads, writes
from zhengui.services.township.rights import Right

KEY = "report.page"
#: The usual marks of secrecy and urgency; any other words may be typed as well.
SECRECY = ("", "秘密★1年", "机密★3年")
URGENCY = ("", "特急", "加急")
WATERMARKS = ("", "征求意见稿", "讨论稿", "送审稿")
REMARKS = ("", "此件公开发布", "此件依申请公开", "此件不予公开", "此件发至村（居）")
_BETWEEN = re.compile(r"[、，,；;\n]+")
_TOGETHER = "文件"
"""What stands beside the names of offices that issue together."""


@dataclass(frozen=True, slots=True)
class ReportSettings:
    """What the office chose; everything untouched is the standard page.

    `addressee`, `mark` and `printer` empty take the catalogue's and the office's own words. `issuers` are the offices
    that issue the document, with 、 between them and the leading one first; empty it is the office alone.
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
    issuers: str = ""
    copy_number: str = ""
    remark: str = ""

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
def paper_date(reading: Reading, period: Period, signed: date | None = None) -> date:
    """The day that the paper bears: the one that was chosen, else the span's last, but no day that is yet to come."""
    return signed or min(reading.today, period.end)


@reads
def settings_of(reading: Reading) -> ReportSettings:
    """The township's own choices; what an older or newer program kept differently falls back to the standard."""
    return _read(reading.setting(KEY))


@writes(Right.MANAGE)
def keep_settings(writing: Writing, settings: ReportSettings) -> None:
    """Keep the choices for the next time."""
    writing.keep_setting(KEY, json.dumps(asdict(settings), ensure_ascii=False))


def _read(text: str) -> ReportSettings:
    try:
        kept: object = json.loads(text) if text else {}
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


def offered_issuers(office: str, committee: str = "") -> tuple[str, ...]:
    """Who may issue a township's document: its government, its Party committee, or both together.

    `committee` is the committee's name as the office wrote it; without one it is made from the office's.
    """
    for ending, made in (("人民政府", "委员会"), ("办事处", "工作委员会")):
        if not committee and office.endswith(ending) and len(office) > len(ending):
            committee = f"中共{office.removesuffix(ending)}{made}"
    return ("", committee, f"{committee}、{office}") if committee else ("",)


def dressed(document: Document, settings: ReportSettings) -> Document:
    """The document with what the choices add around its text: offices, head, addressee, seal, remark and imprint."""
    offices = [name.strip() for name in _BETWEEN.split(settings.issuers) if name.strip()] or [document.office]
    head = imprint = None
    if settings.red_head:
        head = Head(
            _mark(settings, offices),
            settings.number,
            settings.signer,
            settings.secrecy,
            settings.urgency,
            settings.copy_number,
            tuple(offices) if len(offices) > 1 else (),
        )
    if settings.imprint:
        imprint = Imprint(settings.copies_to, settings.printer or offices[0], document.date)
    return replace(
        document,
        head=head,
        imprint=imprint,
        office=offices[0],
        joint=tuple(offices[1:]),
        sealed=settings.sealed,
        remark=settings.remark,
        addressee=settings.addressee or document.addressee,
    )


def _mark(settings: ReportSettings, offices: list[str]) -> str:
    """The office's mark; beside several names stands 文件, or a word as short as that."""
    if len(offices) == 1:
        return settings.mark or f"{offices[0]}文件"
    return settings.mark if settings.mark and len(settings.mark) <= 2 * len(_TOGETHER) else _TOGETHER
