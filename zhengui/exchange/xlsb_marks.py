"""What the fast reader keeps silent about in an .xlsb sheet: percent formats, errors, hidden rows and columns.

The records of the parts ([MS-XLSB]) are walked through; only those of a few kinds are looked at. What can't be walked
through finds nothing.
"""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path

from zhengui.exchange.archive import BROKEN
from zhengui.exchange.biff_marks import ERRORS, PERCENT
from zhengui.exchange.cell_codes import bare_code, column_letters
from zhengui.exchange.cell_marks import SheetMarks
from zhengui.values.cells import Fault

_BOOK, _LINKS, _STYLES = "xl/workbook.bin", "xl/_rels/workbook.bin.rels", "xl/styles.bin"
_ROW, _RK, _ERROR, _REAL, _FORMULA_NUMBER, _FORMULA_ERROR = 0, 2, 3, 5, 9, 11
_FORMAT, _XF, _COLUMNS, _SHEET, _VIEW, _MERGED = 44, 47, 60, 156, 158, 176
_BEGIN_CELL_XFS, _END_CELL_XFS = 617, 618
_NUMBERS = frozenset({_RK, _REAL, _FORMULA_NUMBER})
_FAULTS = frozenset({_ERROR, _FORMULA_ERROR})
_ROW_HIDDEN, _COLUMN_HIDDEN = 0x10, 0x01
_WIDEST = 2000
#: No record is longer, and no part that is looked through.
_LONGEST, _LARGEST = 1 << 20, 400_000_000


def marks_of(path: Path) -> tuple[dict[str, SheetMarks], int]:
    """The marks of every sheet by its name, and which sheet was in front when the file was saved, from 0.

    None for files of other formats.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            if _BOOK not in archive.namelist():
                return {}, 0
            return _read(archive)
    except (*BROKEN, struct.error, IndexError, UnicodeDecodeError):
        return {}, 0


def _read(archive: zipfile.ZipFile) -> tuple[dict[str, SheetMarks], int]:
    links = archive.read(_LINKS).decode("utf-8", "replace")
    percent = _percent_styles(archive) if _STYLES in archive.namelist() else []
    found: dict[str, SheetMarks] = {}
    active = 0
    for kind, data in _records(archive, _BOOK):
        if kind == _VIEW and len(data) >= 28:
            active = struct.unpack_from("<I", data, 24)[0]
        elif kind == _SHEET:
            link, after = _text(data, 8)
            name, _end = _text(data, after)
            part = _target(links, link)
            if part:
                found[name] = _sheet(archive, part, percent)
    return found, active


def _sheet(archive: zipfile.ZipFile, part: str, percent: list[bool]) -> SheetMarks:
    found, row = SheetMarks(), 0
    for kind, data in _records(archive, part):
        if kind == _ROW:
            row = struct.unpack_from("<I", data)[0] + 1
            if len(data) > 11 and data[11] & _ROW_HIDDEN:
                found.hidden_rows.add(row)
        elif kind in _NUMBERS:
            column, style = struct.unpack_from("<II", data)
            style &= 0xFFFFFF
            if style < len(percent) and percent[style]:
                found.cells.setdefault(row, {})[column + 1] = "%"
        elif kind in _FAULTS:
            column = struct.unpack_from("<I", data)[0]
            fault = Fault(ERRORS.get(data[8], "#VALUE!"), f"{column_letters(column + 1)}{row}")
            found.cells.setdefault(row, {})[column + 1] = fault
        elif kind == _COLUMNS and data[16] & _COLUMN_HIDDEN:
            first, last = struct.unpack_from("<II", data)
            found.hidden_columns.update(range(first + 1, min(last + 1, _WIDEST) + 1))
        elif kind == _MERGED:
            top, bottom, left, right = struct.unpack_from("<IIII", data)
            found.merged.append((top + 1, bottom + 1, left + 1, right + 1))
    return found


def _percent_styles(archive: zipfile.ZipFile) -> list[bool]:
    """Whether each of the cell styles shows a number in percent."""
    codes: dict[int, bool] = {}
    styles: list[bool] = []
    of_cells = False
    for kind, data in _records(archive, _STYLES):
        if kind == _FORMAT:
            codes[struct.unpack_from("<H", data)[0]] = "%" in bare_code(_text(data, 2)[0])
        elif kind in (_BEGIN_CELL_XFS, _END_CELL_XFS):
            of_cells = kind == _BEGIN_CELL_XFS
        elif kind == _XF and of_cells:
            number = struct.unpack_from("<H", data, 2)[0]
            styles.append(codes.get(number, number in PERCENT))
    return styles


def _records(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[int, bytes]]:
    """The records of a part with their kinds; it ends where one is longer than any can be."""
    if archive.getinfo(part).file_size > _LARGEST:
        return
    with archive.open(part) as stream:
        while head := stream.read(1):
            kind = head[0] & 0x7F
            if head[0] & 0x80:
                kind |= (stream.read(1)[0] & 0x7F) << 7
            size = 0
            for place in range(4):
                byte = stream.read(1)[0]
                size |= (byte & 0x7F) << 7 * place
                if not byte & 0x80:
                    break
            if size > _LONGEST:
                return
            yield kind, stream.read(size)


def _text(data: bytes, at: int) -> tuple[str, int]:
    """A text with its length before it, and where it ends; a length of all ones is none."""
    count = struct.unpack_from("<I", data, at)[0]
    if count == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + 2 * count
    return data[at + 4 : end].decode("utf-16-le"), end


def _target(links: str, link: str) -> str:
    for relation in re.findall(r"<(?:\w+:)?Relationship\b([^>]*)>", links):
        target = re.search(r'\bTarget="([^"]*)"', relation)
        if target and f'Id="{link}"' in relation:
            return target[1].lstrip("/") if target[1].startswith("/") else f"xl/{target[1]}"
    return ""
