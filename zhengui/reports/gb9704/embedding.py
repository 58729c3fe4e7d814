"""A face inside one PDF: its characters as two-byte codes, its subset, and a map back to Unicode."""

from __future__ import annotations

import re

from zhengui.reports.gb9704.faces import Face
from zhengui.reports.gb9704.glyph_table import with_characters
from zhengui.reports.gb9704.pdf_file import PdfFile
from zhengui.work import give_way

_SYMBOLIC = 4
_BLOCK = 100


_BLANK, _NEVER_DRAWN = 0x20, "\u00a0"


class Codes(dict[str, str]):
    """The hexadecimal code of each character, given out as characters are met.

    The code 32 is the space's in every old encoding, and there are readers that take it for one here, too: they find
    blanks in the text where nobody wrote any. So no character that is drawn has it.
    """

    def __missing__(self, char: str) -> str:
        if len(self) + 1 == _BLANK:
            self[_NEVER_DRAWN] = f"{_BLANK:04X}"
        code = self[char] = f"{len(self) + 1:04X}"
        return code


class Embedded:
    """A face of one document; its objects are made when everything is drawn.

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

    def add_to(self, file: PdfFile) -> int:
        """Add the font, its descendant, descriptor, file and maps; the answer is the font's number."""
        give_way()
        drawn = self.drawn()
        base = f"/{_tag(int(self.name[1:]))}+{_name(self.face)}"
        descendant = file.add(
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont {base} /CIDSystemInfo << /Registry (Adobe) "
            f"/Ordering (Identity) /Supplement 0 >> /DW 1000 /W [ {self._widths(drawn)} ] "
            f"/FontDescriptor {self._descriptor(file, base, drawn)} 0 R /CIDToGIDMap {self._glyph_map(file, drawn)} >>"
        )
        unicode = file.stream(to_unicode(list(self.codes)).encode("ascii"))
        return file.add(
            f"<< /Type /Font /Subtype /Type0 /BaseFont {base} /Encoding /Identity-H "
            f"/DescendantFonts [ {descendant} 0 R ] /ToUnicode {unicode} 0 R >>"
        )

    def drawn(self) -> list[int]:
        """The code point that is drawn for each code, from code 1 on."""
        return [ord(self.stand_ins.get(char, char)) for char in self.codes]

    @property
    def face_name(self) -> str:
        """The face's name in letters that any file can hold."""
        return _name(self.face)

    def font_file(self) -> bytes:
        """The characters that are drawn as a face of their own, with a table that leads from each to its glyph."""
        drawn = self.drawn()
        glyphs = dict(zip(map(ord, self.codes), glyph_numbers(self.face, drawn), strict=True))
        return with_characters(self.face.ttf.makeSubset(drawn), glyphs)

    def _widths(self, drawn: list[int]) -> str:
        widths = []
        for cid, code in enumerate(drawn, 1):
            width = self.face.ttf.charWidths.get(code, self.face.ttf.defaultWidth)
            if width != 1000:
                widths.append(f"{cid} [ {width:.2f} ]")
        return " ".join(widths)

    def _descriptor(self, file: PdfFile, base: str, drawn: list[int]) -> int:
        ttf = self.face.ttf
        data = ttf.makeSubset(drawn)
        box = " ".join(f"{edge:.0f}" for edge in ttf.bbox)
        return file.add(
            f"<< /Type /FontDescriptor /FontName {base} /Flags {_SYMBOLIC} /FontBBox [ {box} ] "
            f"/ItalicAngle {ttf.italicAngle:g} /Ascent {ttf.ascent:.0f} /Descent {ttf.descent:.0f} "
            f"/CapHeight {ttf.capHeight:.0f} /StemV {ttf.stemV:.0f} "
            f"/FontFile2 {file.stream(data, f'/Length1 {len(data)}')} 0 R >>"
        )

    def _glyph_map(self, file: PdfFile, drawn: list[int]) -> str:
        """The glyph of each code in the subset; two characters may share a glyph, then a table is needed."""
        numbers = glyph_numbers(self.face, drawn)
        if numbers == list(range(1, len(drawn) + 1)):
            return "/Identity"
        table = b"\0\0" + b"".join(number.to_bytes(2, "big") for number in numbers)
        return f"{file.stream(table)} 0 R"


def glyph_numbers(face: Face, drawn: list[int]) -> list[int]:
    """The number that each code point's glyph has in the subset of a face."""
    seen = {0: 0}
    return [seen.setdefault(face.glyphs.get(code, 0), len(seen)) for code in drawn]


def _name(face: Face) -> str:
    """The face's name as a PDF writes it."""
    return re.sub(r"[^!-~]|[()<>\[\]{}/%#]", "", face.ttf.name.decode("ascii", "ignore")) or "Face"


def _tag(number: int) -> str:
    """The six letters that mark a subset."""
    letters = ""
    for _ in range(6):
        number, rest = divmod(number, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


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
