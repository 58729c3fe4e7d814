"""ReportLab's face, whose long tables are read as wholes: number by number they took a tenth of a second a document."""

from __future__ import annotations

import struct
import sys
from array import array

from reportlab.pdfbase.ttfonts import TTFontFace

_SEGMENTS, _GROUPS = 4, 12
"""The kinds of the table of characters that nearly every face has: up to U+FFFF, and all of them."""
_OLD_MACINTOSH, _UNICODE, _MACINTOSH, _WINDOWS = (1, 1), 0, (1, 0), 3
_VARIATIONS = 5
"""What Unicode's own platform calls the table of variants, which leads to no glyph by itself."""
_BLANK, _FIXED_BLANK = 0x20, 0xA0


class OddTable(Exception):
    """A table that is not of the usual kind."""


class QuickFace(TTFontFace):
    """What TTFontFace knows of a font file, the same to the last number, found many times as fast."""

    def extractInfo(self, charInfo: int = 1) -> None:  # noqa: N802, N803
        """Read the tables; those of an unusual kind are left to ReportLab."""
        super().extractInfo(0)
        if not charInfo:
            return
        try:
            glyphs = self._characters()
            scaled = self._metrics()
            places = self._places()
        except (OddTable, struct.error):
            super().extractInfo(1)
            return
        self.charToGlyph = glyphs
        self.defaultWidth = scaled[0]
        count = len(scaled)
        self.charWidths = {code: scaled[glyph] for code, glyph in glyphs.items() if glyph < count}
        self.glyphPos = places
        for have, lack in ((_BLANK, _FIXED_BLANK), (_FIXED_BLANK, _BLANK)):
            if have in glyphs:
                glyphs[lack], self.charWidths[lack] = glyphs[have], self.charWidths[have]
                break

    def bounds_of(self, glyph: int) -> tuple[int, int, int, int] | None:
        """The box of a glyph's ink in the face's own units: left, lower, right, upper; nothing of an empty one."""
        start, end = self.glyphPos[glyph], self.glyphPos[glyph + 1]
        if start == end:
            return None
        at = self.get_table_pos("glyf")[0] + start
        left, low, right, high = struct.unpack_from(">4h", self._ttf_data, at + 2)
        return left, low, right, high

    def _numbers(self, kind: str, at: int, count: int) -> array[int]:
        """So many numbers from a place of the file: `H` of two bytes, `I` of four."""
        found = array(kind)
        size = found.itemsize * count
        data = self._ttf_data[at : at + size]
        if len(data) != size or found.itemsize != (2 if kind == "H" else 4):
            raise OddTable
        found.frombytes(data)
        if sys.byteorder == "little":
            found.byteswap()
        return found

    def _characters(self) -> dict[int, int]:
        """The glyph of each character, out of the table that ReportLab would choose."""
        begin = self.get_table_pos("cmap")[0]
        version, count = struct.unpack_from(">2H", self._ttf_data, begin)
        if version or not count:
            raise OddTable
        chosen, of_macintosh = None, True
        for number in range(count):
            platform, encoding, offset = struct.unpack_from(">2HL", self._ttf_data, begin + 4 + 8 * number)
            plain = platform == _WINDOWS or (platform, encoding) == _OLD_MACINTOSH
            if plain or (platform == _UNICODE and encoding != _VARIATIONS):
                chosen, of_macintosh = begin + offset, False
            elif (platform, encoding) == _MACINTOSH and of_macintosh:
                chosen = begin + offset
        if chosen is None:
            raise OddTable
        kind = struct.unpack_from(">H", self._ttf_data, chosen)[0]
        if kind == _GROUPS:
            return self._groups(chosen)
        if kind == _SEGMENTS:
            return self._segments(chosen)
        raise OddTable

    def _groups(self, at: int) -> dict[int, int]:
        count = struct.unpack_from(">L", self._ttf_data, at + 12)[0]
        numbers = self._numbers("I", at + 16, 3 * count)
        found: dict[int, int] = {}
        for first, last, glyph in zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True):
            if first == last:
                found[first] = glyph
            else:
                found.update(zip(range(first, last + 1), range(glyph, glyph + last + 1 - first), strict=True))
        return found

    def _segments(self, at: int) -> dict[int, int]:
        length, _language, twice = struct.unpack_from(">3H", self._ttf_data, at + 2)
        count = twice // 2
        ends = self._numbers("H", at + 14, count)
        starts, steps, ranges = (
            self._numbers("H", at + 16 + (part * 2) * count, count) for part in (1, 2, 3)
        )
        ranges_at = at + 16 + 6 * count
        found: dict[int, int] = {}
        for number, (first, last, step, offset) in enumerate(zip(starts, ends, steps, ranges, strict=True)):
            if last < first:
                continue
            if not offset and first == last:
                found[first] = (first + step) & 0xFFFF
                continue
            codes = range(first, last + 1)
            if not offset:
                found.update((code, (code + step) & 0xFFFF) for code in codes)
                continue
            listed = ranges_at + 2 * number + offset
            if listed + 2 * len(codes) > at + length:
                raise OddTable
            glyphs = self._numbers("H", listed, len(codes))
            found.update(
                (code, glyph and (glyph + step) & 0xFFFF) for code, glyph in zip(codes, glyphs, strict=True)
            )
        return found

    def _metrics(self) -> list[float]:
        """The advance of each glyph in 1/1000 of the size; all after the last that is listed are as wide as that one."""
        listed = struct.unpack_from(">H", self._ttf_data, self.get_table_pos("hhea")[0] + 34)[0]
        at, rest = self.get_table_pos("hmtx")[0], self.numGlyphs - listed
        if not listed or rest < 0:
            raise OddTable
        pairs = self._numbers("H", at, 2 * listed)
        scaled: list[float] = list(map(self._pdfScale, pairs[::2]))
        widest = scaled[-1]
        bearings = self._numbers("H", at + 4 * listed, rest)
        self.hmetrics = [*zip(pairs[::2], pairs[1::2], strict=True), *((widest, one) for one in bearings)]
        return scaled + [widest] * rest

    def _places(self) -> list[int]:
        """Where each glyph's outline begins in its table, and where the last one ends."""
        if "loca" not in self.table:
            raise OddTable
        at, count = self.get_table_pos("loca")[0], self.numGlyphs + 1
        kind, outlines = struct.unpack_from(">2H", self._ttf_data, self.get_table_pos("head")[0] + 50)
        if outlines or kind > 1:
            raise OddTable
        if kind:
            return self._numbers("I", at, count).tolist()
        return [place << 1 for place in self._numbers("H", at, count)]
