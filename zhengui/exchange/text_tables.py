"""Tables in text files (.csv, .txt, .tsv), in whatever encoding and with whatever mark between the cells."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

#: What may stand between the cells, the likeliest first.
_MARKS = "\t,;|，；"
_LINES = 50
_LONGEST_CELL = 1_000_000


def decoded(content: bytes) -> str | None:
    """The text of a file in UTF-8, UTF-16 or GB18030; None where it is none of them."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    if content.count(0) > len(content) // 8:
        even, odd = content[::2].count(0), content[1::2].count(0)
        content = content[: len(content) // 2 * 2]
        return _read(content, "utf-16-le" if odd >= even else "utf-16-be")
    if 0 in content:
        return None
    return _read(content, "utf-8-sig") or _read(content, "gb18030")


def _read(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def mark_of(text: str) -> str:
    """What stands between the cells: the mark that as many lines as can be have equally often."""
    lines = [line for line in text.split("\n", 4 * _LINES)[:_LINES] if line.strip()]
    best, most = ",", 0.0
    for mark in _MARKS:
        counts = [line.count(mark) for line in lines]
        usual, times = (
            Counter(count for count in counts if count).most_common(1)[0] if any(counts) else (0, 0)
        )
        score = times * (1 + min(usual, 20) / 100)
        if score > most:
            best, most = mark, score
    return best


def rows_of(text: str) -> list[list[str]]:
    """The rows with as many cells each as the widest has; raises csv.Error where a cell never ends."""
    csv.field_size_limit(_LONGEST_CELL)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    first = text.split("\n", 1)[0]
    if first.lower().startswith("sep=") and len(first) == 5:
        rows = cells_of(text[6:], first[4])
    else:
        rows = cells_of(text, mark_of(text))
    width = max(map(len, rows), default=0)
    return [[_bare(cell) for cell in row] + [""] * (width - len(row)) for row in rows]


def cells_of(text: str, mark: str) -> list[list[str]]:
    """The rows of a text; a quote that stands alone is a character like others and hides no rows behind it."""
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=mark, strict=True))
    except csv.Error as error:
        if "field larger" in str(error):
            raise
        return _with_stray_quotes(text, mark)
    marks = max(map(len, rows), default=0) - 1
    if marks and any("\n" in cell and _swallows(cell, mark, marks) for row in rows for cell in row):
        return _with_stray_quotes(text, mark)
    return rows


def _swallows(cell: str, mark: str, marks: int) -> bool:
    """Whether a cell in quotes has a whole row of the table in it: two quotes that stand alone enclose what they may."""
    return any(line.count(mark) >= marks for line in cell.split("\n")[1:-1])


def _with_stray_quotes(text: str, mark: str) -> list[list[str]]:
    """The rows where quotes don't come in pairs: a cell is quoted only if its quotes end where it ends."""
    quoted = re.compile(f'"((?:[^"]|"")*+)"(?={re.escape(mark)}|\n|\\Z)')
    plain = re.compile(f"[^{re.escape(mark)}\n]*")
    usual = Counter(line.count(mark) for line in text.split("\n") if line.strip()).most_common(1)[0][0]
    rows: list[list[str]] = [[]]
    place = 0
    while True:
        found = quoted.match(text, place)
        if found is not None and usual and _swallows(found[1], mark, usual):
            found = None
        if found is None:
            found = plain.match(text, place)
            assert found is not None  # it matches nothing at all, too
            rows[-1].append(found[0].removeprefix('"'))
        else:
            rows[-1].append(found[1].replace('""', '"'))
        place = found.end()
        if place >= len(text):
            return [row if any(row) else [] for row in rows]
        if text[place] == "\n":
            rows.append([])
        place += 1


def _bare(cell: str) -> str:
    """A cell without what keeps Excel from reading it as a number or formula: ="342…", a mark before the digits or =."""
    if cell.startswith('="') and cell.endswith('"') and len(cell) > 2:
        return cell[2:-1]
    if len(cell) > 1 and cell[0] == "'" and cell[1] in "=+-@\t\r":
        return cell[1:]  # what the program itself writes before what Excel would take for a formula
    if len(cell) > 1 and cell[0] in "'\t" and cell[1:].strip().isalnum():
        return cell[1:].strip()
    return cell
