"""What a PDF says about itself: title, office, date, and that it is meant to be kept (PDF/A-2b)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape

from zhengui.reports.gb9704.pdf_file import PdfFile, text

PROGRAM = "政规"


@dataclass(frozen=True, slots=True)
class Properties:
    """What the PDF says about itself; `day` is the document's own date, so that the same content gives the same file."""

    title: str
    author: str
    subject: str = ""
    day: date | None = None


def info_of(file: PdfFile, about: Properties) -> int:
    """The document's properties in the old way."""
    found = {"Title": about.title, "Author": about.author, "Subject": about.subject}
    told = " ".join(f"/{name} {text(words)}" for name, words in found.items() if words)
    if about.day is not None:
        when = f"(D:{about.day:%Y%m%d}000000+08'00')"
        told += f" /CreationDate {when} /ModDate {when}"
    return file.add(f"<< {told} /Creator {text(PROGRAM)} /Producer {text(PROGRAM)} >>")


def metadata_of(file: PdfFile, about: Properties) -> int:
    """The same in the new way (XMP), with the standard that the file keeps.

    The file keeps the rules of being read aloud (PDF/UA-1), too. It does not claim so, for the claim is no word of XMP
    that PDF/A-2 knows by itself: it must be described by an extension schema, which not every judge of archives lets
    pass (pikepdf's refuses any, by ISO 19005-2, 6.6.2.3.1), and to be kept comes first.
    """
    own = [f"<pdf:Producer>{PROGRAM}</pdf:Producer>", f"<xmp:CreatorTool>{PROGRAM}</xmp:CreatorTool>"]
    if about.day is not None:
        when = f"{about.day:%Y-%m-%d}T00:00:00+08:00"
        own += [f"<xmp:{name}>{when}</xmp:{name}>" for name in ("CreateDate", "ModifyDate", "MetadataDate")]
    own.append("<dc:format>application/pdf</dc:format>")
    own.append("<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>")
    own.append(f"<dc:title>{_worded(about.title)}</dc:title>")
    if about.author:
        own.append(
            f"<dc:creator><rdf:Seq><rdf:li>{escape(about.author, quote=False)}</rdf:li></rdf:Seq></dc:creator>"
        )
    if about.subject:
        own.append(f"<dc:description>{_worded(about.subject)}</dc:description>")
    own.append("<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>")
    packet = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" {_SPACES}>'
        f'{"".join(own)}</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end="w"?>'
    )
    return file.stream(packet.encode(), "/Type /Metadata /Subtype /XML", packed=False)


def _worded(words: str) -> str:
    return f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(words, quote=False)}</rdf:li></rdf:Alt>'


_SPACES = " ".join(
    f'xmlns:{key}="{address}"'
    for key, address in {
        "dc": "http://purl.org/dc/elements/1.1/",
        "xmp": "http://ns.adobe.com/xap/1.0/",
        "pdf": "http://ns.adobe.com/pdf/1.3/",
        "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    }.items()
)
