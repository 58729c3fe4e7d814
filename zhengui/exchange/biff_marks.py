"""What the fast reader keeps silent about in an .xls or .et sheet: errors, percent formats, hidden rows and columns.

The records of the BIFF8 stream ([MS-XLS]) are walked through inside their OLE file ([MS-CFB]); only those of a few
kinds are looked at. What can't be walked through finds nothing.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from pathlib import Path

from zhengui.exchange.cell_codes import bare_code, column_letters
from zhengui.exchange.cell_marks import SheetMarks
from zhengui.values.cells import Fault

_FREE = 0xFFFFFFFA
ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip
PERCENT = {9, 10}
#: A text between the parts of a formula.
_TEXT = b"\x17"
_SMALL = 4096
_LARGEST = 200_000_000
_BOF, _BOUNDSHEET, _FORMAT, _XF, _WINDOW1 = 0x0809, 0x0085, 0x041E, 0x00E0, 0x003D
_FORMULA, _ROW, _COLINFO, _BOOLERR, _NUMBER, _RK, _MULRK, _EOF = (
    0x0006, 0x0208, 0x007D, 0x0205, 0x0203, 0x027E, 0x00BD, 0x000A,
)  # fmt: skip


def marks_of(path: Path) -> tuple[dict[str, SheetMarks], int]:
    """The marks of every sheet by its name, and which sheet was in front when the file was saved, from 0."""
    try:
        stream = _workbook_stream(path.read_bytes())
        return _read(stream) if stream else ({}, 0)
    except (OSError, struct.error, IndexError, ValueError, OverflowError, UnicodeDecodeError):
        return {}, 0


def _read(stream: bytes) -> tuple[dict[str, SheetMarks], int]:
    sheets: list[tuple[int, str]] = []
    codes: dict[int, bool] = {}
    percent: list[bool] = []
    active = 0
    for kind, at, size in _records(stream, 0):
        data = stream[at : at + size]
        if kind == _WINDOW1 and size >= 12:
            active = struct.unpack_from("<H", data, 10)[0]
        elif kind == _BOUNDSHEET and size >= 8:
            sheets.append((struct.unpack_from("<I", data)[0], _short_text(data[6:])))
        elif kind == _FORMAT and size >= 5:
            codes[struct.unpack_from("<H", data)[0]] = "%" in bare_code(_long_text(data[2:]))
        elif kind == _XF and size >= 4:
            percent.append(codes.get(number := struct.unpack_from("<H", data, 2)[0], number in PERCENT))
        elif kind == _EOF:
            break
    return {name: _sheet(stream, place, percent) for place, name in sheets}, active


def _sheet(stream: bytes, place: int, percent: list[bool]) -> SheetMarks:
    found = SheetMarks()
    unworked: list[tuple[int, int]] = []
    depth, worked = 0, False
    for kind, at, size in _records(stream, place):
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                break
        elif depth == 1 and size >= 6:
            data = stream[at : at + size]
            _look_at(found, kind, data, percent)
            if kind == _FORMULA and size >= 22:
                empty = _is_empty(data)
                worked = worked or not empty
                if empty and _TEXT not in data[22:]:
                    row, column = struct.unpack_from("<HH", data)
                    unworked.append((row, column))
    if not worked:
        for row, column in unworked:
            found.cells.setdefault(row + 1, {})[column + 1] = Fault(
                "", f"{column_letters(column + 1)}{row + 1}"
            )
    return found


def _is_empty(formula: bytes) -> bool:
    """Whether a formula's kept result is an empty text: its own, or that of a program that works nothing out.

    Where no formula of the sheet has a result, and this one has no text in it, the file was never calculated.
    """
    return formula[12:14] == b"\xff\xff" and formula[6] == 3


def _look_at(found: SheetMarks, kind: int, data: bytes, percent: list[bool]) -> None:
    if kind == _ROW and len(data) >= 16:
        if data[12] & 0x20:
            found.hidden_rows.add(struct.unpack_from("<H", data)[0] + 1)
    elif kind == _COLINFO and len(data) >= 10:
        first, last = struct.unpack_from("<HH", data)
        if data[8] & 1:
            found.hidden_columns.update(range(first + 1, min(last, 255) + 2))
    elif kind in (_BOOLERR, _FORMULA, _NUMBER, _RK, _MULRK):
        row, column, style = struct.unpack_from("<HHH", data)
        if kind == _BOOLERR and len(data) >= 8 and data[7]:
            _blame(found, row, column, data[6])
        elif kind == _FORMULA and len(data) >= 14 and data[12:14] == b"\xff\xff":
            if data[6] == 2:
                _blame(found, row, column, data[8])
        elif kind == _MULRK:
            for n in range((len(data) - 6) // 6):
                _note_percent(found, row, column + n, struct.unpack_from("<H", data, 4 + 6 * n)[0], percent)
        elif kind != _BOOLERR:
            _note_percent(found, row, column, style, percent)


def _blame(found: SheetMarks, row: int, column: int, code: int) -> None:
    place = f"{column_letters(column + 1)}{row + 1}"
    found.cells.setdefault(row + 1, {})[column + 1] = Fault(ERRORS.get(code, "#VALUE!"), place)


def _note_percent(found: SheetMarks, row: int, column: int, style: int, percent: list[bool]) -> None:
    if style < len(percent) and percent[style]:
        found.cells.setdefault(row + 1, {})[column + 1] = "%"


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Kind, place of the data and its size, of each record from a place on."""
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, at + 4, size
        at += 4 + size


def _short_text(data: bytes) -> str:
    count, wide = data[0], data[1] & 1
    return data[2 : 2 + count * 2].decode("utf-16-le") if wide else data[2 : 2 + count].decode("latin-1")


def _long_text(data: bytes) -> str:
    count, wide = struct.unpack_from("<H", data)[0], data[2] & 1
    return (
        data[3 : 3 + count * 2].decode("utf-16-le", "replace")
        if wide
        else data[3 : 3 + count].decode("latin-1")
    )


def _workbook_stream(content: bytes) -> bytes:
    """The stream called Workbook of an OLE file; empty where there is none."""
    if not 512 <= len(content) <= _LARGEST:
        return b""
    file = _Ole(content)
    root = file.entries[0]
    for name, first, total in file.entries:
        if name in ("Workbook", "Book"):
            return file.chain(first)[:total] if total >= _SMALL else file.small(root[1], first)[:total]
    return b""


class _Ole:
    """An OLE file: streams kept as chains of sectors, small ones inside a stream of their own."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._size = 1 << struct.unpack_from("<H", content, 30)[0]
        directory = struct.unpack_from("<I", content, 48)[0]
        self._first_small, _count, more, more_count = struct.unpack_from("<IIII", content, 60)
        tables = list(struct.unpack_from("<109I", content, 76))
        for _step in range(min(more_count, 1000)):
            links = self._links(self._sector(more))
            tables += links[:-1]
            more = links[-1]
        self._fat = [
            link for number in tables if number < _FREE for link in self._links(self._sector(number))
        ]
        self.entries = [self._entry(part) for part in _pieces(self.chain(directory), 128)]

    def _links(self, data: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(data) // 4}I", data)

    def _sector(self, number: int) -> bytes:
        return self._content[(number + 1) * self._size : (number + 2) * self._size]

    @staticmethod
    def _entry(part: bytes) -> tuple[str, int, int]:
        """The name of a stream, its first sector and its size."""
        length = struct.unpack_from("<H", part, 64)[0]
        return (
            part[: max(0, length - 2)].decode("utf-16-le", "replace"),
            *struct.unpack_from("<II", part, 116),
        )

    def chain(self, number: int) -> bytes:
        """The sectors from a number on."""
        return b"".join(map(self._sector, _followed(self._fat, number)))

    def small(self, root: int, number: int) -> bytes:
        """A small stream inside that of the root."""
        whole, links = self.chain(root), self._links(self.chain(self._first_small))
        pieces = _pieces(whole, 64)
        return b"".join(pieces[place] for place in _followed(links, number))


def _followed(links: Sequence[int], number: int) -> list[int]:
    """The places of a chain; one that runs in a ring ends."""
    places: list[int] = []
    while number < _FREE and len(places) <= len(links):
        places.append(number)
        number = links[number]
    return places


def _pieces(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data) - size + 1, size)]
