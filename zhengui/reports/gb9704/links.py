"""Lay links to another file over the figures of a finished PDF, as an update after its last byte.

Issues of earlier versions of the program end in a plain table of their objects, later ones in a packed one.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping

from zhengui.reports.gb9704.drawing import Spot
from zhengui.reports.gb9704.grid import PAGE_HEIGHT
from zhengui.reports.gb9704.pdf_file import ROW, xref_stream

_REFERENCE = re.compile(rb"(\d+) 0 R")


def linked(pdf: bytes, spots: Iterable[Spot], links: Mapping[str, tuple[str, int]]) -> bytes:
    """The pages of `pdf` with a link over every spot whose source is in `links`.

    A link leads to a page (from 1) of a file in the same folder, by its name. What was there stays byte for byte
    the beginning of what comes out. `pdf` must be one that `render` wrote.
    """
    wanted: dict[int, list[Spot]] = {}
    for spot in spots:
        if spot.source in links:
            wanted.setdefault(spot.page, []).append(spot)
    if not wanted:
        return pdf
    file = _File(pdf)
    pages = file.pages()
    for index, on_page in sorted(wanted.items()):
        made = [file.add(_link(spot, *links[spot.source])) for spot in on_page]
        file.replace(pages[index], _with_links(file.object(pages[index]), made))
    return file.updated()


def _link(spot: Spot, file: str, page: int) -> bytes:
    """A link without a frame; the page is counted from 0 in the file it leads to."""
    top = PAGE_HEIGHT - spot.y
    box = f"{spot.x:.2f} {top - spot.height:.2f} {spot.x + spot.width:.2f} {top:.2f}"
    name, told = _text(file), _text(f"佐证材料第{page}页")
    target = f"<< /Type /Filespec /F {name} /UF {name} >> /D [ {page - 1} /XYZ 0 {PAGE_HEIGHT:.2f} null ]"
    action = f"<< /S /GoToR /F {target} /NewWindow true >>"
    frame = "/F 4 /Border [ 0 0 0 ] /H /I"
    return f"<< /Type /Annot /Subtype /Link /Rect [ {box} ] {frame} /Contents {told} /A {action} >>".encode()


def _text(words: str) -> str:
    return f"<FEFF{words.encode('utf-16-be').hex().upper()}>"


def _with_links(page: bytes, made: Iterable[int]) -> bytes:
    """The page's dictionary with more annotations."""
    added = b" ".join(b"%d 0 R" % number for number in made)
    head, found, rest = page.partition(b"/Annots [")
    if found:
        return head + found + b" " + added + rest
    return page.replace(b"<<", b"<< /Annots [ " + added + b" ]", 1)


class _File:
    """A PDF as this program writes it, its pages' objects outside any packed stream, and what is changed in it."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._start = int(data[data.rindex(b"startxref") :].split()[1])
        self._packed = not data.startswith(b"xref", self._start)
        self._offsets, self._trailer = (_packed_table if self._packed else _plain_table)(data[self._start :])
        self._size = len(self._offsets)
        self._changed: dict[int, bytes] = {}

    def object(self, number: int) -> bytes:
        """What stands between `obj` and `endobj`."""
        begin = self._data.index(b"obj", self._offsets[number]) + len(b"obj")
        return self._data[begin : self._data.index(b"endobj", begin)].strip()

    def pages(self) -> list[int]:
        """The objects of the pages, in order."""
        tree = self.object(self._refers(self.object(self._refers(self._trailer, b"/Root")), b"/Pages"))
        kids = tree[tree.index(b"/Kids") :].partition(b"]")[0]
        return [int(number) for number in _REFERENCE.findall(kids)]

    def add(self, body: bytes) -> int:
        """Give a new object its number."""
        number = self._size
        self._size += 1
        self._changed[number] = body
        return number

    def replace(self, number: int, body: bytes) -> None:
        """Let another body stand for an object."""
        self._changed[number] = body

    def updated(self) -> bytes:
        """The file with the changed objects and a table of them behind its end."""
        out = bytearray(self._data)
        if not out.endswith(b"\n"):
            out += b"\n"
        rows: list[tuple[int, int]] = []
        for number, body in sorted(self._changed.items()):
            rows.append((number, len(out)))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        start = len(out)
        kept = b" ".join(
            b"%s %d 0 R" % (key, self._refers(self._trailer, key)) for key in (b"/Root", b"/Info")
        )
        if self._packed:
            out += self._packed_rows([*rows, (self._size, start)], kept)
        else:
            out += b"xref\n"
            for number, offset in rows:
                out += b"%d 1\n%010d 00000 n \n" % (number, offset)
            out += b"trailer\n<< %s /Size %d /Prev %d >>\n" % (kept, self._size, self._start)
        return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)

    def _packed_rows(self, rows: list[tuple[int, int]], kept: bytes) -> bytes:
        table = b"".join(b"\1" + offset.to_bytes(4, "big") + b"\0\0" for _, offset in rows)
        index = " ".join(f"{number} 1" for number, _ in rows)
        found = re.search(rb"/ID \[[^\]]*\]", self._trailer)
        sign = found[0].decode() if found else ""
        entries = f"{kept.decode()} {sign} /Index [ {index} ] /Prev {self._start}"
        return xref_stream(self._size, table, entries, self._size + 1)

    @staticmethod
    def _refers(body: bytes, key: bytes) -> int:
        found = re.search(re.escape(key) + rb" (\d+) 0 R", body)
        if found is None:
            raise ValueError(f"{key!r} leads nowhere")
        return int(found[1])


def _plain_table(data: bytes) -> tuple[list[int], bytes]:
    """Where each object begins, and the entries behind the table."""
    table, _, trailer = data.partition(b"trailer")
    return [int(line[:10]) for line in table.split(b"\n")[2:] if line.strip()], trailer


def _packed_table(data: bytes) -> tuple[list[int], bytes]:
    """The same of a table in a stream; objects that lie in other streams have no place of their own."""
    entries, _, rest = data.partition(b"stream\n")
    table = zlib.decompressobj().decompress(rest)
    rows = (table[at : at + ROW] for at in range(0, len(table), ROW))
    return [int.from_bytes(row[1:5], "big") if row[0] == 1 else 0 for row in rows], entries
