"""The file around the document: only the parts that are needed, and the same bytes for the same document."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document as Package
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from zhengui.reports.document import Chart, Document
from zhengui.reports.gb9704.items import FaceRole
from zhengui.reports.word import chart_data
from zhengui.reports.word.charts import CONTENT_TYPE, RELATION, chart_xml
from zhengui.reports.word.layout import Layout
from zhengui.reports.word.markup import FACES, LATIN, parsed
from zhengui.reports.word.styles import fonts_xml, settings_xml, styles_xml

#: Parts of the library's template that this document has no use for.
_IDLE = ("stylesWithEffects", "customXml", "numbering", "webSettings", "thumbnail")
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_UNDATED = date(2000, 1, 1)

_PROGRAM = (
    "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>"
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>政规</Application></Properties>"
)


def new_package(document: Document, layout: Layout) -> Package:
    """An empty file with the styles of the page and the document's particulars."""
    package = docx.Document()
    for rels in (package.part.rels, package.part.package.rels):
        for key in [key for key, each in rels.items() if each.reltype.rsplit("/", 1)[-1] in _IDLE]:
            del rels[key]
    _replace(package.styles.element, styles_xml(layout))
    _replace(package.settings.element, settings_xml())
    package.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)._blob = fonts_xml().encode()
    package.part.part_related_by(RELATIONSHIP_TYPE.THEME)._blob = _theme(package)
    about = package.part.package.part_related_by(RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)
    about._blob = _PROGRAM.encode()
    when = document.day or _UNDATED
    properties = package.core_properties
    properties.title = document.title_text
    properties.author = properties.last_modified_by = document.office
    properties.subject = document.head.number if document.head else ""
    properties.comments, properties.keywords, properties.language = "", "", "zh-CN"
    properties.created = properties.modified = datetime.combine(when, time())
    properties.revision = 1
    return package


def add_chart(package: Package, number: int, chart: Chart) -> str:
    """Add a chart with the workbook behind it; the answer is the name by which the text refers to it."""
    whole = package.part.package
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), CONTENT_TYPE, chart_xml(chart).encode(), whole)
    table = PackURI(f"/word/embeddings/chart{number}.xlsx")
    part.relate_to(
        Part(table, chart_data.CONTENT_TYPE, chart_data.workbook_of(chart), whole), chart_data.RELATION
    )
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


def _theme(package: Package) -> bytes:
    """The colours of the template with the faces of the page, so that no other face slips in with a new style."""
    theme = package.part.part_related_by(RELATIONSHIP_TYPE.THEME).blob.decode()
    theme = re.sub(r'(<a:latin typeface=)"[^"]*"', rf'\1"{LATIN}"', theme)
    theme = re.sub(r'(<a:ea typeface=)"[^"]*"', rf'\1"{FACES[FaceRole.FANG]}"', theme)
    return re.sub(r'(<a:font script="Hans" typeface=)"[^"]*"', rf'\1"{FACES[FaceRole.FANG]}"', theme).encode()
