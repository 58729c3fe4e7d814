"""A face inside one PDF: its characters as two-byte codes, its subset, and a map back to Unicode."""

from __future__ import annotations

from typing import Any

from reportlab.pdfbase import pdfdoc

from zhengui.reports.gb9704.faces import Face

_SYMBOLIC = 4
_BLOCK = 100


class Codes(dict[str, str]):
    """The hexadecimal code of each character, given out as characters are met."""

    def __missing__(self, char: str) -> str:
        code = self[char] = f"{len(self) + 1:04X}"
        return code


class Embedded:
    """A face of one document; ReportLab asks it for its objects when the document is saved.

    ReportLab's own way needs a font for every 256 characters and maps those beyond the BMP wrongly back to
    text. One composite font has neither fault, and a line of text is one string in the page.
    """

    def __init__(self, name: str, face: Face) -> None:
        self.name = name
        self.face = face
        self.codes = Codes()
        self.stand_ins: dict[str, str] = {}

    def stand_in(self, char: str, shown: str) -> str:
        """The code of a character that is drawn as another one but copied out as itself."""
        self.stand_ins[char] = shown
        return self.codes[char]

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - the name ReportLab calls
        """Add the font, its descendant, descriptor, file and maps to the document."""
        drawn = [ord(self.stand_ins.get(char, char)) for char in self.codes]
        number = int(self.name[1:])
        base = f"{_tag(number)}+{self.face.ttf.name.decode('ascii', 'ignore')}"
        descendant = pdfdoc.PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/CIDFontType2",
                "BaseFont": pdfdoc.PDFName(base),
                "CIDSystemInfo": pdfdoc.PDFDictionary(
                    {
                        "Registry": pdfdoc.PDFString("Adobe"),
                        "Ordering": pdfdoc.PDFString("Identity"),
                        "Supplement": 0,
                    }
                ),
                "DW": 1000,
                "W": self._widths(drawn),
                "FontDescriptor": self._descriptor(doc, base, drawn),
                "CIDToGIDMap": self._glyph_map(doc, drawn),
            }
        )
        font = pdfdoc.PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/Type0",
                "BaseFont": pdfdoc.PDFName(base),
                "Encoding": "/Identity-H",
                "DescendantFonts": pdfdoc.PDFArray([doc.Reference(descendant, f"{self.name}:descendant")]),
                "ToUnicode": doc.Reference(
                    _stream(doc, to_unicode(list(self.codes))), f"{self.name}:unicode"
                ),
            }
        )
        doc.idToObject["BasicFonts"].dict[self.name] = doc.Reference(font, f"{self.name}:font")

    def _widths(self, drawn: list[int]) -> Any:
        widths: list[Any] = []
        for cid, code in enumerate(drawn, 1):
            width = self.face.ttf.charWidths.get(code, self.face.ttf.defaultWidth)
            if width != 1000:
                widths += [cid, pdfdoc.PDFArray([round(width, 2)])]
        return pdfdoc.PDFArray(widths)

    def _descriptor(self, doc: Any, base: str, drawn: list[int]) -> Any:
        ttf = self.face.ttf
        file = _stream(doc, ttf.makeSubset(drawn))
        file.dictionary["Length1"] = len(file.content)
        return doc.Reference(
            pdfdoc.PDFDictionary(
                {
                    "Type": "/FontDescriptor",
                    "FontName": pdfdoc.PDFName(base),
                    "Flags": _SYMBOLIC,
                    "FontBBox": pdfdoc.PDFArray(list(ttf.bbox)),
                    "ItalicAngle": ttf.italicAngle,
                    "Ascent": ttf.ascent,
                    "Descent": ttf.descent,
                    "CapHeight": ttf.capHeight,
                    "StemV": ttf.stemV,
                    "FontFile2": doc.Reference(file, f"{self.name}:file"),
                }
            ),
            f"{self.name}:descriptor",
        )

    def _glyph_map(self, doc: Any, drawn: list[int]) -> Any:
        """The glyph of each code in the subset; two characters may share a glyph, then a table is needed."""
        seen = {0: 0}
        numbers = []
        for code in drawn:
            glyph = self.face.glyphs.get(code, 0)
            numbers.append(seen.setdefault(glyph, len(seen)))
        if numbers == list(range(1, len(drawn) + 1)):
            return "/Identity"
        table = b"\0\0" + b"".join(number.to_bytes(2, "big") for number in numbers)
        return doc.Reference(_stream(doc, table), f"{self.name}:glyphs")


def _tag(number: int) -> str:
    """The six letters that mark a subset."""
    letters = ""
    for _ in range(6):
        number, rest = divmod(number, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _stream(doc: Any, content: bytes | str) -> Any:
    stream = pdfdoc.PDFStream()
    stream.content = content
    if doc.compression:
        stream.filters = [pdfdoc.PDFZCompress]
    return stream


def to_unicode(chars: list[str]) -> str:
    """The map from codes to text, code 1 first; characters beyond the BMP are written as surrogate pairs."""
    rows = [f"<{code:04X}> <{char.encode('utf-16-be').hex().upper()}>" for code, char in enumerate(chars, 1)]
    blocks = []
    for start in range(0, len(rows), _BLOCK):
        part = rows[start : start + _BLOCK]
        blocks.append(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar")
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<0000> <FFFF>",
            "endcodespacerange",
            *blocks,
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )
