"""Give a cut-out face a table of its characters, for files that name characters and not glyphs."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from io import BytesIO

from reportlab.pdfbase.ttfonts import TTFontMaker

_MOST_SEGMENTS = 8000
"""The old kind of table counts its bytes in sixteen bits."""


def with_characters(font: bytes, glyphs: Mapping[int, int]) -> bytes:
    """A TrueType face whose table of characters leads from each code point to its glyph."""
    file = BytesIO(font)
    count = struct.unpack(">4xH6x", file.read(12))[0]
    entries = [struct.unpack(">4s4xLL", file.read(16)) for _ in range(count)]
    maker = TTFontMaker()
    for tag, at, size in entries:
        data = font[at : at + size]
        maker.add(tag.decode("ascii"), _characters(glyphs) if tag == b"cmap" else data)
    return bytes(maker.makeStream())


def _characters(glyphs: Mapping[int, int]) -> bytes:
    """The table: a new kind that holds all characters, and the old one for readers that know no other."""
    runs = _runs(glyphs)
    new = struct.pack(">HHLLL", 12, 0, 16 + 12 * len(runs), 0, len(runs))
    new += b"".join(struct.pack(">LLL", first, first + length - 1, glyph) for first, length, glyph in runs)
    basic = _runs({code: glyph for code, glyph in glyphs.items() if code < 0xFFFF})
    if len(basic) > _MOST_SEGMENTS:
        return struct.pack(">HHHHL", 0, 1, 3, 10, 12) + new
    old = _old(basic)
    head = (
        struct.pack(">HH", 0, 2) + struct.pack(">HHL", 3, 1, 20) + struct.pack(">HHL", 3, 10, 20 + len(old))
    )
    return head + old + new


def _runs(glyphs: Mapping[int, int]) -> list[tuple[int, int, int]]:
    """(first code point, how many, first glyph) of code points and glyphs that go on by one."""
    runs: list[tuple[int, int, int]] = []
    for code, glyph in sorted(glyphs.items()):
        if runs and code == runs[-1][0] + runs[-1][1] and glyph == runs[-1][2] + runs[-1][1]:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1, runs[-1][2])
        else:
            runs.append((code, 1, glyph))
    return runs


def _old(runs: list[tuple[int, int, int]]) -> bytes:
    """The kind of table that knows sixteen bits (format 4)."""
    segments = [*runs, (0xFFFF, 1, 0)]
    count = len(segments)
    power = 1 << (count.bit_length() - 1)
    ends = b"".join(struct.pack(">H", first + length - 1) for first, length, _ in segments)
    starts = b"".join(struct.pack(">H", first) for first, _, _ in segments)
    steps = b"".join(struct.pack(">H", (glyph - first) & 0xFFFF) for first, _, glyph in segments)
    body = ends + b"\0\0" + starts + steps + bytes(2 * count)
    sizes = (2 * count, 2 * power, power.bit_length() - 1, 2 * (count - power))
    return struct.pack(">HHH4H", 4, 14 + len(body), 0, *sizes) + body
