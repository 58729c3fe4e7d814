"""Give a copy of a shipped face another name, to try how faces of Windows are found: 仿宋, 楷体, 黑体.

usage: named_face.py source.ttf target.ttf 仿宋 FangSong
"""

from __future__ import annotations

import struct
import sys
from pathlib import Path

#: Family, whole name, and the name in a PDF.
_FAMILY, _WHOLE, _POSTSCRIPT = 1, 4, 6
_ENTRY = 16
#: How Windows numbers languages.
_ENGLISH, _CHINESE = 0x409, 0x804


def names(chinese: str, english: str) -> bytes:
    """A table of names: the Chinese ones under Windows' number of Chinese, before them the English ones if there are any."""
    texts = [(_ENGLISH, number, english) for number in (_FAMILY, _WHOLE, _POSTSCRIPT) if english]
    texts += [(_CHINESE, number, chinese) for number in (_FAMILY, _WHOLE)]
    records, data = b"", b""
    for language, number, text in texts:
        written = text.encode("utf-16-be")
        records += struct.pack(">6H", 3, 1, language, number, len(written), len(data))
        data += written
    return struct.pack(">3H", 0, len(texts), 6 + len(records)) + records + data


def renamed(face: bytes, chinese: str, english: str = "") -> bytes:
    """The face with another table of names behind its end."""
    made = bytearray(face + b"\0" * (-len(face) % 4))
    table = names(chinese, english)
    (count,) = struct.unpack(">H", face[4:6])
    for place in range(12, 12 + _ENTRY * count, _ENTRY):
        if made[place : place + 4] == b"name":
            struct.pack_into(">2L", made, place + 8, len(made), len(table))
            return bytes(made + table + b"\0" * (-len(table) % 4))
    raise ValueError("the face has no table of names")


if __name__ == "__main__":
    source, target, *given = sys.argv[1:]
    Path(target).write_bytes(renamed(Path(source).read_bytes(), *given))
