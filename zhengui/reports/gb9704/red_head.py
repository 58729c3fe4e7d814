"""The red head 红头: marks at the left, the offices' names, the number, the signers, the red rule."""

from __future__ import annotations

import re

from zhengui.reports.document import Head
from zhengui.reports.gb9704.faces import Faces, clean
from zhengui.reports.gb9704.grid import ASCENT, LEFT, MM, RIGHT, TOP, WIDTH, Grid
from zhengui.reports.gb9704.items import RED, Item, Piece, Role, Rule, Text
from zhengui.reports.gb9704.lines import Measure

MARK_TOP = 35 * MM
MARK_SIZE = 48.0
STACKED_SIZE, STACKED_PITCH = 36.0, 48.0
SIGNERS_A_ROW = 2
_BETWEEN = re.compile(r"[、，,；;\s]+")


def signers_of(head: Head) -> list[str]:
    """The signers in their order."""
    return [name for name in _BETWEEN.split(clean(head.signer)) if name]


def head_rows(head: Head, grid: Grid) -> int:
    """The row on which the title stands under a red head: two rows under its rule."""
    return _last_row(head, grid) + 3


def _a_row(head: Head, grid: Grid) -> int:
    """Two signers a row, but one where two would stand on the document's number."""
    names = signers_of(head)
    cells = sum(0.5 if char.isascii() else 1.0 for char in clean(head.number))
    last = names[-(len(names) % SIGNERS_A_ROW or SIGNERS_A_ROW) :]
    beside = 2 * max(map(len, names), default=0) + 1 if len(names) > 1 else sum(map(len, last))
    label = 4 if len(names) <= SIGNERS_A_ROW else 0
    return SIGNERS_A_ROW if 1 + cells + 1 + label + beside + 1 <= grid.cells else 1


def _mark_height(head: Head) -> float:
    return max(MARK_SIZE, len(head.joint) * STACKED_PITCH)


def _mark_top(head: Head, grid: Grid) -> float:
    """Where the mark begins; a high stack begins above the standard's 35 mm, as far as the marks allow."""
    spare = max(0.0, _mark_height(head) - 2 * STACKED_PITCH)
    marked = max((row + 1 for row, _, _ in _marked(head)), default=0)
    return max(MARK_TOP - spare, marked * grid.pitch)


def _first_row(head: Head, grid: Grid) -> int:
    """The row of the first signer: two rows under the office's mark."""
    return int((_mark_top(head, grid) + _mark_height(head)) / grid.pitch + 0.999) + 2


def _last_row(head: Head, grid: Grid) -> int:
    """The row of the number and of the last signers, over the rule."""
    rows = -(-len(signers_of(head)) // _a_row(head, grid))
    return _first_row(head, grid) + max(rows, 1) - 1


def head_items(head: Head, grid: Grid, faces: Faces) -> list[Item]:
    """Everything of the head, at its place on the page."""
    items: list[Item] = [
        _body(LEFT, grid.baseline(row), words, grid, role) for row, words, role in _marked(head)
    ]
    items += _names(head, grid)
    measure = faces.measure(grid.size, grid.cell)
    number, last = clean(head.number), _last_row(head, grid)
    y = grid.baseline(last)
    if signers_of(head):
        items.append(_body(LEFT + grid.cell, y, number, grid))
        items += _signers(head, grid, measure)
    elif number:
        items.append(_body(LEFT + (WIDTH - measure.width(number)) / 2, y, number, grid))
    rule = grid.row_top(last) + grid.size + 4 * MM
    return [*items, Rule(LEFT, rule, RIGHT, rule, 0.6 * MM, RED)]


def _marked(head: Head) -> list[tuple[int, str, Role]]:
    """The copy's number on row 1, secrecy on row 2, urgency under what is there."""
    rows: list[tuple[int, str, Role]] = []
    if head.copy_number:
        rows.append((0, clean(head.copy_number), Role.FANG))
    if head.secrecy:
        rows.append((1, clean(head.secrecy), Role.HEI))
    if head.urgency:
        rows.append((rows[-1][0] + 1 if rows else 0, clean(head.urgency), Role.HEI))
    return rows


def _names(head: Head, grid: Grid) -> list[Item]:
    """One office's mark in the middle; several stacked, as wide as the widest, with 文件 beside their middle."""
    top = TOP + _mark_top(head, grid)
    if not head.joint:
        mark = clean(head.mark)
        size = min(MARK_SIZE, WIDTH / max(len(mark), 1))
        return [_red(LEFT + (WIDTH - size * len(mark)) / 2, top + ASCENT * size, mark, size)]
    names = [clean(name) for name in head.joint]
    beside = clean(head.mark)
    widest = max(map(len, names))
    size = min(STACKED_SIZE, WIDTH / (widest + 0.5 + len(beside) * MARK_SIZE / STACKED_SIZE))
    large = size * MARK_SIZE / STACKED_SIZE
    left = LEFT + (WIDTH - widest * size - 0.5 * size - large * len(beside)) / 2
    pitch = STACKED_PITCH * size / STACKED_SIZE
    items: list[Item] = []
    for row, name in enumerate(names):
        gap = (widest - len(name)) * size / max(1, len(name) - 1)
        items.append(_red(left, top + row * pitch + ASCENT * size, name, size, gap))
    middle = top + ((len(names) - 1) * pitch + size) / 2
    if beside:
        x = left + (widest + 0.5) * size
        items.append(_red(x, middle - large / 2 + ASCENT * large, beside, large))
    return items


def _red(x: float, y: float, words: str, size: float, gap: float = 0.0) -> Text:
    return Text(x, y, (Piece(words, Role.TITLE),), size, size, gap, colour=RED)


def _signers(head: Head, grid: Grid, measure: Measure) -> list[Item]:
    """签发人： and the names, two a row, each row's first under the first row's; the last end a cell from the right."""
    names, label = signers_of(head), "签发人："
    each = _a_row(head, grid)
    rows = [names[start : start + each] for start in range(0, len(names), each)]
    columns = [
        max(measure.width(row[place]) for row in rows if place < len(row))
        for place in range(min(each, len(names)))
    ]
    right = RIGHT - grid.cell
    starts = [right - columns[-1]]
    if len(columns) > 1:
        starts.insert(0, starts[0] - grid.cell - columns[0])
    first = _first_row(head, grid)
    items: list[Item] = [
        _body(starts[0] - measure.width(label), grid.baseline(first), label, grid),
    ]
    for row, pair in enumerate(rows):
        y = grid.baseline(first + row)
        items += [_body(x, y, name, grid, Role.KAI) for x, name in zip(starts, pair, strict=False)]
    return items


def _body(x: float, y: float, words: str, grid: Grid, role: Role = Role.FANG) -> Text:
    return Text(x, y, (Piece(words, role),), grid.size, grid.cell)
