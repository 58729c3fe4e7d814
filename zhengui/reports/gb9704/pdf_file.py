"""The objects of a PDF put together to a file: plain ones, streams, and small ones packed many to a stream."""

from __future__ import annotations

import zlib
from hashlib import md5

_PACK = 200
"""So many small objects share a stream; more of them make a smaller file, but one that is slower to open."""

ROW = 7
"""Bytes of a row of the table of objects: its kind, its place, and which one it is there."""


def text(words: str) -> str:
    """A text string as a reader understands it in any language."""
    return f"<FEFF{words.encode('utf-16-be').hex().upper()}>"


class PdfFile:
    """Gives each object a number and writes them all, the same bytes for the same objects."""

    def __init__(self) -> None:
        self._bodies: dict[int, bytes] = {}
        self._packed: list[tuple[int, str]] = []
        self._count = 0

    def reserve(self) -> int:
        """A number for an object that others refer to before it is there."""
        self._count += 1
        return self._count

    def put(self, number: int, body: str) -> None:
        """Give an object its body."""
        self._bodies[number] = body.encode("latin-1")

    def add(self, body: str) -> int:
        """Number an object."""
        number = self.reserve()
        self.put(number, body)
        return number

    def pack(self, number: int, body: str) -> None:
        """Give a small object its body; it is written with others in one stream."""
        self._packed.append((number, body))

    def stream(self, content: bytes, entries: str = "", number: int = 0, packed: bool = True) -> int:
        """Number a stream; it is compressed unless `packed` is off."""
        number = number or self.reserve()
        if packed:
            content = zlib.compress(content)
            entries += " /Filter /FlateDecode"
        head = f"<< {entries} /Length {len(content)} >>\nstream\n".encode("latin-1")
        # Behind a last byte that is itself a line's end, only this one shows where the stream has ended.
        self._bodies[number] = head + content + b"\r\nendstream"
        return number

    def finished(self, root: int, info: int) -> bytes:
        """The whole file; `root` is the catalogue, `info` what the document says of itself."""
        places = self._write_packed()
        out = bytearray(b"%PDF-1.7\n%\x93\x8c\x8b\x9e\n")
        rows = [(0, 0, 65535)] * (self._count + 2)
        for number, (stream, index) in places.items():
            rows[number] = (2, stream, index)
        for number, body in sorted(self._bodies.items()):
            rows[number] = (1, len(out), 0)
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        own, start = self._count + 1, len(out)
        rows[own] = (1, start, 0)
        table = b"".join(
            kind.to_bytes(1, "big") + first.to_bytes(4, "big") + second.to_bytes(2, "big")
            for kind, first, second in rows
        )
        sign = md5(bytes(out), usedforsecurity=False).hexdigest()
        out += xref_stream(
            own, table, f"/Root {root} 0 R /Info {info} 0 R /ID [ <{sign}> <{sign}> ]", len(rows)
        )
        return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)

    def _write_packed(self) -> dict[int, tuple[int, int]]:
        """Write the small objects; each one's stream and its place in it."""
        places: dict[int, tuple[int, int]] = {}
        for start in range(0, len(self._packed), _PACK):
            part = self._packed[start : start + _PACK]
            heads, at = [], 0
            for number, body in part:
                heads.append(f"{number} {at}")
                at += len(body) + 1
            head = " ".join(heads) + "\n"
            content = head + "\n".join(body for _, body in part)
            stream = self.stream(
                content.encode("latin-1"), f"/Type /ObjStm /N {len(part)} /First {len(head)}"
            )
            places |= {number: (stream, index) for index, (number, _) in enumerate(part)}
        return places


def xref_stream(number: int, table: bytes, entries: str, size: int) -> bytes:
    """The table of where objects are, in rows of seven bytes, as the object that ends a file."""
    packed = zlib.compress(table)
    head = (
        f"{number} 0 obj\n<< /Type /XRef /Size {size} /W [ 1 4 2 ] {entries} "
        f"/Filter /FlateDecode /Length {len(packed)} >>\nstream\n"
    )
    return head.encode("latin-1") + packed + b"\r\nendstream\nendobj\n"
