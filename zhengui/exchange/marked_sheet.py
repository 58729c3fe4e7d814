"""The XML of a sheet with sentences beside its rows and a colour in its wrong cells; all else byte for byte the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from zhengui.exchange.cell_codes import column_letters, column_number
from zhengui.exchange.layout import TAKEN
from zhengui.exchange.marked_styles import Styles
from zhengui.exchange.match import MISTAKE_TITLE

_ROW = re.compile(rb"<((?:\w+:)?)row\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?row>)", re.DOTALL)
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>.*?</(?:\w+:)?c>)", re.DOTALL)
_PLACE = re.compile(rb"\br=\"([A-Z]{1,3})\d+\"")
_STYLE = re.compile(rb"\bs=\"(\d+)\"")
_NUMBER = re.compile(rb"\br=\"(\d+)\"")
_DIMENSION = re.compile(rb"(<(?:\w+:)?dimension\b[^>]*\bref=\"[A-Z]+\d+:)([A-Z]+)(\d+\")")
_DATA = re.compile(rb"<((?:\w+:)?)sheetData\b[^>]*>")
_COLUMNS = re.compile(rb"<(?:\w+:)?cols\b[^>]*>(.*?)</(?:\w+:)?cols>", re.DOTALL)
_COLUMN = re.compile(rb"<(?:\w+:)?col\b[^>]*?/?>")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_WIDTH = 60


@dataclass(frozen=True, slots=True)
class SheetMarking:
    """What is to be said of a sheet; rows and columns are counted from 1.

    `heading` is the last row of the heading, `column` that of the sentences, `told` the sentences by row, `wrong`
    the wrong columns by row, `taken` the rows that went in, `texts` the columns where what is typed stays text.
    """

    heading: int
    column: int
    told: Mapping[int, str]
    wrong: Mapping[int, set[int]]
    taken: frozenset[int]
    texts: frozenset[int]


def mark_sheet(part: bytes, marking: SheetMarking, styles: Styles) -> bytes:
    """The part with its marks. Raises ValueError where it isn't built as expected."""
    found = _DATA.search(part)
    if found is None or part[found.end() - 2 : found.end()] == b"/>":
        raise ValueError("no rows")
    number = 0

    def again(row: re.Match[bytes]) -> bytes:
        nonlocal number
        given = _NUMBER.search(row[2])
        number = int(given[1]) if given else number + 1
        return _row(row, number, marking, styles)

    body = _ROW.sub(again, part[found.end() :])
    head = _DIMENSION.sub(lambda m: _wider(m, marking.column), part[: found.start()])
    return _with_column(head, found[1], marking.column) + found.group() + body


def _row(row: re.Match[bytes], number: int, marking: SheetMarking, styles: Styles) -> bytes:
    told = marking.told.get(number, "")
    if number == marking.heading:
        told = MISTAKE_TITLE
    elif number in marking.taken:
        told = TAKEN
    if not told:
        return row.group()
    prefix, about, inside = row[1], row[2], row[3] or b""
    cells: dict[int, bytes] = {}
    place, end = 0, 0
    for cell in _CELL.finditer(inside):
        given = _PLACE.search(cell[1])
        place = column_number(given[1].decode()) if given else place + 1
        cells[place] = cell.group()
        end = cell.end()
    for column in marking.wrong.get(number, ()):
        cells[column] = _coloured(cells.get(column), prefix, column, number, column in marking.texts, styles)
    style = styles.told if number in marking.told else _style_of(cells.get(marking.column - 1, b""))
    cells[marking.column] = _sentence(prefix, marking.column, number, told, style)
    about = re.sub(rb'\s+spans="[^"]*"', b"", about)
    if number in marking.taken:
        about = re.sub(rb'\s+hidden="[^"]*"', b"", about).rstrip() + b' hidden="1"'
    whole = b"".join(cells[column] for column in sorted(cells)) + inside[end:]
    return b"<%srow%s>%s</%srow>" % (prefix, about, whole, prefix)


def _style_of(cell: bytes) -> int:
    found = _STYLE.search(cell.partition(b">")[0])
    return int(found[1]) if found else 0


def _coloured(cell: bytes | None, prefix: bytes, column: int, row: int, text: bool, styles: Styles) -> bytes:
    if cell is None:
        name = f"{column_letters(column)}{row}".encode()
        return b'<%sc r="%s" s="%d"/>' % (prefix, name, styles.marked(0, text))
    style = styles.marked(_style_of(cell), text)
    head, mark, rest = cell.partition(b">")
    closed = b"/" if head.endswith(b"/") else b""
    head = head.removesuffix(b"/")
    if _STYLE.search(head):
        head = _STYLE.sub(b's="%d"' % style, head)
    else:
        head = head.rstrip() + b' s="%d"' % style
    return head + closed + mark + rest


def _sentence(prefix: bytes, column: int, row: int, text: str, style: int) -> bytes:
    name = f"{column_letters(column)}{row}".encode()
    inside = escape(_FORBIDDEN.sub("", text), quote=False).encode()
    p = prefix
    return b'<%sc r="%s" s="%d" t="inlineStr"><%sis><%st xml:space="preserve">%s</%st></%sis></%sc>' % (
        p, name, style, p, p, inside, p, p, p,
    )  # fmt: skip


def _wider(found: re.Match[bytes], column: int) -> bytes:
    last = max(column_number(found[2].decode()), column)
    return found[1] + column_letters(last).encode() + found[3]


def _with_column(head: bytes, prefix: bytes, column: int) -> bytes:
    """The start of the sheet with a width for the column of sentences, unless it has one already."""
    mine = b'<%scol min="%d" max="%d" width="%d" customWidth="1"/>' % (prefix, column, column, _WIDTH)
    found = _COLUMNS.search(head)
    if found is None:
        return head + b"<%scols>%s</%scols>" % (prefix, mine, prefix)
    kept: list[tuple[int, bytes]] = []
    for each in _COLUMN.findall(found[1]):
        first, last = re.search(rb'\bmin="(\d+)"', each), re.search(rb'\bmax="(\d+)"', each)
        if first is None or last is None or int(first[1]) <= column <= int(last[1]):
            return head
        kept.append((int(first[1]), each))
    kept.append((column, mine))
    inside = b"".join(each for _first, each in sorted(kept))
    return head[: found.start(1)] + inside + head[found.end(1) :]
