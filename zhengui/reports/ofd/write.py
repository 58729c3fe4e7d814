"""Write a document as OFD: lay it out, write each page, and put all parts into one archive, the same bytes each time."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import md5
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from zhengui.reports.document import Document
from zhengui.reports.gb9704.faces import faces
from zhengui.reports.gb9704.grid import MM, PAGE_HEIGHT, PAGE_WIDTH
from zhengui.reports.gb9704.items import LaidPage, OutlineMark
from zhengui.reports.gb9704.render import lay_out
from zhengui.reports.ofd.page import PageWriter
from zhengui.reports.ofd.resources import Resources
from zhengui.reports.page_settings import STANDARD, PageSettings
from zhengui.work import Progress

_EARLIEST = (1980, 1, 1, 0, 0, 0)
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_BOX = f"0 0 {PAGE_WIDTH / MM:g} {PAGE_HEIGHT / MM:g}"
_PROGRAM = "政规"


def ofd_bytes(
    document: Document,
    settings: PageSettings = STANDARD,
    progress: Progress | None = None,
) -> bytes:
    """The document as the bytes of an .ofd; what `progress` raises stops it."""
    found = faces(settings.system_faces)
    pages = lay_out(document, settings, found)
    resources = Resources()
    numbers = [resources.number() for _ in pages]
    places = {
        id(mark): _dest(number, mark)
        for number, page in zip(numbers, pages, strict=True)
        for mark in page.marks
    }
    jumps = {
        id(jump.of): f'<ofd:Actions><ofd:Action Event="CLICK"><ofd:Goto>{places[id(jump.mark)]}</ofd:Goto>'
        "</ofd:Action></ofd:Actions>"
        for page in pages
        for jump in page.jumps
    }
    writer = PageWriter(found, resources, jumps)
    parts: dict[str, bytes] = {}
    for index, page in enumerate(pages):
        if progress is not None:
            progress(index, len(pages))
        parts[f"Doc_0/Pages/Page_{index}/Content.xml"] = _page(writer, page, resources.number())
    annotated = _watermarks(writer, pages, numbers, resources, document, parts)
    parts["Doc_0/PublicRes.xml"] = _resource_list(resources.fonts_xml())
    parts["Doc_0/DocumentRes.xml"] = _resource_list(resources.photos_xml())
    parts |= {f"Doc_0/Res/{name}": data for name, data in resources.files().items()}
    outline = _outline(pages, places)
    parts["Doc_0/Document.xml"] = _document(numbers, resources.last, outline, annotated)
    sign = md5(b"".join(parts.values()), usedforsecurity=False).hexdigest()
    return _archive({"OFD.xml": _opening(document, sign), **parts})


def _tagged(name: str, inner: str, attributes: str = "") -> bytes:
    return f"{_XML}<ofd:{name} {_NAMESPACE}{attributes}>{inner}</ofd:{name}>".encode()


def _opening(document: Document, sign: str) -> bytes:
    """What a reader opens first: what the document is, and where it lies."""
    told = [("DocID", sign), ("Title", document.title_text), ("Author", document.office)]
    if document.head and document.head.number:
        told.append(("Subject", document.head.number))
    if document.day is not None:
        told += [("CreationDate", f"{document.day:%Y-%m-%d}"), ("ModDate", f"{document.day:%Y-%m-%d}")]
    told.append(("Creator", _PROGRAM))
    info = "".join(f"<ofd:{name}>{escape(words)}</ofd:{name}>" for name, words in told if words)
    body = f"<ofd:DocInfo>{info}</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
    return _tagged("OFD", f"<ofd:DocBody>{body}</ofd:DocBody>", ' Version="1.0" DocType="OFD"')


def _document(numbers: Sequence[int], last: int, outline: str, annotated: bool) -> bytes:
    """The list of pages, what they share, the outline."""
    common = (
        f"<ofd:CommonData><ofd:MaxUnitID>{last}</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>{_BOX}"
        "</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes>"
        "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes></ofd:CommonData>"
    )
    pages = "".join(
        f'<ofd:Page ID="{number}" BaseLoc="Pages/Page_{index}/Content.xml"/>'
        for index, number in enumerate(numbers)
    )
    shown = "<ofd:VPreferences><ofd:PageMode>UseOutlines</ofd:PageMode><ofd:TitleDisplay>DocTitle</ofd:TitleDisplay></ofd:VPreferences>"
    notes = "<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>" if annotated else ""
    return _tagged("Document", f"{common}<ofd:Pages>{pages}</ofd:Pages>{outline}{shown}{notes}")


def _page(writer: PageWriter, page: LaidPage, layer: int) -> bytes:
    area = f"<ofd:Area><ofd:PhysicalBox>{_BOX}</ofd:PhysicalBox></ofd:Area>"
    body = writer.content(page)
    content = f'<ofd:Content><ofd:Layer ID="{layer}" Type="Body">{body}</ofd:Layer></ofd:Content>'
    return _tagged("Page", area + content)


def _resource_list(inner: str) -> bytes:
    return _tagged("Res", inner, ' BaseLoc="Res"')


def _dest(page: int, mark: OutlineMark) -> str:
    return f'<ofd:Dest Type="XYZ" PageID="{page}" Left="0" Top="{mark.y / MM:.2f}" Zoom="0"/>'


def _outline(pages: Sequence[LaidPage], places: dict[int, str]) -> str:
    """The headings and attachments, each under the one before it that is higher; only the top level is open."""
    found: list[str] = []
    level = -1
    for mark in (mark for page in pages for mark in page.marks):
        deep = min(mark.level, level + 1)
        found.append("</ofd:OutlineElem>" * (level - deep + 1))
        level = deep
        found.append(
            f'<ofd:OutlineElem Title={quoteattr(mark.text)} Expanded="{"false" if deep else "true"}">'
            f'<ofd:Actions><ofd:Action Event="CLICK"><ofd:Goto>{places[id(mark)]}</ofd:Goto></ofd:Action></ofd:Actions>'
        )
    found.append("</ofd:OutlineElem>" * (level + 1))
    return f"<ofd:Outlines>{''.join(found)}</ofd:Outlines>" if level >= 0 else ""


def _watermarks(
    writer: PageWriter,
    pages: Sequence[LaidPage],
    numbers: Sequence[int],
    resources: Resources,
    document: Document,
    parts: dict[str, bytes],
) -> bool:
    """Lay the watermark over its pages as an annotation, which is no part of their text."""
    marked = [(index, page.watermark) for index, page in enumerate(pages) if page.watermark]
    day = f"{document.day:%Y-%m-%d}" if document.day else "2000-01-01"
    listed = []
    for index, words in marked:
        number = resources.number()
        shape = writer.watermark(words)
        parts[f"Doc_0/Annots/Page_{index}/Annotation.xml"] = _tagged(
            "PageAnnot",
            f'<ofd:Annot ID="{number}" Type="Watermark" Creator="{_PROGRAM}" LastModDate="{day}" Print="true" ReadOnly="true">'
            f'<ofd:Appearance Boundary="{_BOX}">{shape}</ofd:Appearance></ofd:Annot>',
        )
        where = f"Page_{index}/Annotation.xml"
        listed.append(f'<ofd:Page PageID="{numbers[index]}"><ofd:FileLoc>{where}</ofd:FileLoc></ofd:Page>')
    if listed:
        parts["Doc_0/Annots/Annotations.xml"] = _tagged("Annotations", "".join(listed))
    return bool(listed)


def _archive(parts: dict[str, bytes]) -> bytes:
    """The parts in one archive, without the time at which it was written."""
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, data in parts.items():
            entry = ZipInfo(name, _EARLIEST)
            entry.compress_type = ZIP_STORED if name.endswith(("jpg", "png")) else ZIP_DEFLATED
            archive.writestr(entry, data)
    return buffer.getvalue()
