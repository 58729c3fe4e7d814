"""The file around the document: only the parts that are needed, and the same bytes for the same document."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document as Package
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from zhengui.reports.document import Document
from zhengui.reports.word.charts import CONTENT_TYPE, RELATION
from zhengui.reports.word.layout import Layout
from zhengui.reports.word.markup import parsed
from zhengui.reports.word.styles import fonts_xml, settings_xml, styles_xml

#: Parts of the library's template that this document has no use for.
_IDLE = ("stylesWithEffects", "customXml", "numbering", "webSettings", "thumbnail")
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_UNDATED = datetime(2000, 1, 1)


def new_package(document: Document, layout: Layout) -> Package:
    """An empty file with the styles of the page and the document's particulars."""
    package = docx.Document()
    for rels in (package.part.rels, package.part.package.rels):
        for key in [key for key, each in rels.items() if each.reltype.rsplit("/", 1)[-1] in _IDLE]:
            del rels[key]
    _replace(package.styles.element, styles_xml(layout))
    _replace(package.settings.element, settings_xml())
    package.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)._blob = fonts_xml().encode()
    when = _date(document.date)
    properties = package.core_properties
    properties.title = document.title_text
    properties.author = properties.last_modified_by = document.office
    properties.subject = document.head.number if document.head else ""
    properties.comments, properties.keywords, properties.language = "", "", "zh-CN"
    properties.created = properties.modified = when
    properties.revision = 1
    return package


def add_chart(package: Package, number: int, xml: str) -> str:
    """Add a chart part; the answer is the name by which the text refers to it."""
    name = PackURI(f"/word/charts/chart{number}.xml")
    part = Part(name, CONTENT_TYPE, xml.encode(), package.part.package)
    return str(package.part.relate_to(part, RELATION))


def bytes_of(package: Package) -> bytes:
    """The finished file, without the time at which it was written."""
    buffer, fixed = BytesIO(), BytesIO()
    package.save(buffer)
    with ZipFile(buffer) as written, ZipFile(fixed, "w", ZIP_DEFLATED) as told:
        for each in written.infolist():
            entry = ZipInfo(each.filename, _EARLIEST)
            entry.compress_type = ZIP_DEFLATED
            told.writestr(entry, written.read(each.filename))
    return fixed.getvalue()


def _replace(element: Any, xml: str) -> None:
    """Give an element other children."""
    for child in list(element):
        element.remove(child)
    for child in list(parsed(xml)[0]):
        element.append(child)


def _date(text: str) -> datetime:
    """The document's date as a moment; a date not written in digits counts as none."""
    found = re.fullmatch(r"(\d{4})年(\d{1,2})月(\d{1,2})日", text)
    if found is None:
        return _UNDATED
    year, month, day = map(int, found.groups())
    try:
        return datetime(year, month, day)
    except ValueError:
        return _UNDATED
