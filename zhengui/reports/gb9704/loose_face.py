"""A face out of a PDF as a font file of its own, which a system that draws text by characters can use.

A subset in a PDF is told its glyphs by number. Here each glyph gets a character of the private use area, and the
font a name that no other font has.
"""

from __future__ import annotations

import struct

FIRST = 0xE000
"""The character of glyph code 0."""
MOST = 6400
"""So many characters has the private use area."""


def loose_face(data: bytes, glyphs: list[int], family: str) -> bytes:
    """The font file with `glyphs` as the characters from FIRST on, under the name `family`."""
    tables = _tables(data)
    tables[b"cmap"] = _cmap(glyphs)
    tables[b"name"] = _name(family)
    return _font(data[:4], tables)


def character(code: int) -> str:
    """The character that draws the glyph of a code."""
    return chr(FIRST + code)


def count_glyphs(data: bytes) -> int:
    """How many glyphs a font file has."""
    (count,) = struct.unpack(">H", _tables(data)[b"maxp"][4:6])
    return int(count)


def _tables(data: bytes) -> dict[bytes, bytes]:
    (count,) = struct.unpack(">H", data[4:6])
    found = {}
    for number in range(count):
        tag, _, start, length = struct.unpack(">4sLLL", data[12 + 16 * number : 28 + 16 * number])
        found[tag] = data[start : start + length]
    return found


def _cmap(glyphs: list[int]) -> bytes:
    """One segment whose glyphs are listed (format 4), and the one that ends every such table."""
    last = FIRST + len(glyphs) - 1
    segments = struct.pack(">HHH", last, 0xFFFF, 0) + struct.pack(">HH", FIRST, 0xFFFF)
    segments += struct.pack(">HH", 0, 1) + struct.pack(">HH", 4, 0)
    body = segments + struct.pack(f">{len(glyphs)}H", *glyphs)
    head = struct.pack(">HHHHHHH", 4, 14 + len(body), 0, 4, 4, 1, 0)
    return struct.pack(">HHHHL", 0, 1, 3, 1, 12) + head + body


def _name(family: str) -> bytes:
    words = {1: family, 2: "Regular", 3: family, 4: family, 6: family}
    records, texts = b"", b""
    for kind, text in words.items():
        coded = text.encode("utf-16-be")
        records += struct.pack(">6H", 3, 1, 0x409, kind, len(coded), len(texts))
        texts += coded
    return struct.pack(">HHH", 0, len(words), 6 + len(records)) + records + texts


def _font(version: bytes, tables: dict[bytes, bytes]) -> bytes:
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    out = version + struct.pack(">HHHH", count, power * 16, power.bit_length() - 1, count * 16 - power * 16)
    at = 12 + 16 * count
    rows, bodies = b"", b""
    for tag, body in sorted(tables.items()):
        padded = body + bytes(-len(body) % 4)
        total = sum(struct.unpack(f">{len(padded) // 4}L", padded)) & 0xFFFFFFFF
        rows += struct.pack(">4sLLL", tag, total, at + len(bodies), len(body))
        bodies += padded
    return out + rows + bodies
