"""The red head 红头: marks at the left, the offices' names, the number, the signers, the red rule.

A head that would leave no room for text on the first page (GB/T 9704-2012, 7.2.4 and 7.3.3) is drawn together in
steps, `Tight`: more signers a row, the mark further up, smaller names in a stack, less room under it.
"""

from __future__ import annotations

import re
from enum import IntEnum

from zhengui.reports.document import Head
from zhengui.reports.gb9704.faces import Faces, clean
from zhengui.reports.gb9704.grid import ASCENT, LEFT, MM, RIGHT, TOP, WIDTH, Grid
from zhengui.reports.gb9704.items import RED, FaceRole, Item, Piece, RuledLine, Text
from zhengui.reports.gb9704.lines import CharacterWidths

MARK_TOP = 35 * MM
MARK_SIZE = 48.0
STACKED_SIZE, STACKED_PITCH = 36.0, 48.0
CLOSE_STACK = 0.7
"""How large the names of a stack are, and how far apart, where the head is drawn together."""
SIGNERS_A_ROW, MOST_A_ROW = 2, 3
ROWS_UNDER_MARK = 2


class Tight(IntEnum):
    """How far a head is drawn together; each step does what the ones before it do besides its own."""

    STANDARD = 0
    SIGNERS = 1
    RAISED = 2
    STACKED = 3
    UNDER_MARK = 4


_BETWEEN = re.compile(r"[、，,；;\s]+")


def signers_of(head: Head) -> list[str]:
    """The signers in their order."""
    return [name for name in _BETWEEN.split(clean(head.signer)) if name]


def head_rows(head: Head, grid: Grid, tight: Tight = Tight.STANDARD) -> int:
    """The row on which the title stands under a red head: two rows under its rule."""
    return _last_row(head, grid, tight) + 3


def signers_a_row(head: Head, grid: Grid, tight: Tight = Tight.STANDARD) -> int:
    """Two signers a row (three where the head is drawn together), fewer where they would stand on the number."""
    names = signers_of(head)
    cells = sum(0.5 if char.isascii() else 1.0 for char in clean(head.number))
    widest = max(map(len, names), default=0)
    for each in range(MOST_A_ROW if tight >= Tight.SIGNERS else SIGNERS_A_ROW, 1, -1):
        on_a_row = min(each, len(names))
        # The last row stands beside the number, and every row under the label of the first.
        beside = max(1, on_a_row) * (widest + 1) - 1
        alone = len(names) <= each
        if max(1 + cells + 1 + 4 * alone, 4) + beside + 1 <= grid.cells:
            return each
    return 1


def _scale(tight: Tight) -> float:
    return CLOSE_STACK if tight >= Tight.STACKED else 1.0


def _mark_height(head: Head, tight: Tight) -> float:
    return max(MARK_SIZE, len(head.joint) * STACKED_PITCH * _scale(tight))


def mark_top(head: Head, grid: Grid, tight: Tight = Tight.STANDARD) -> float:
    """Where the mark begins; a high stack begins above the standard's 35 mm, as far as the marks allow."""
    spare = max(0.0, _mark_height(head, tight) - 2 * STACKED_PITCH)
    marked = max((row + 1 for row, _, _ in _marked(head)), default=0)
    return max(0.0 if tight >= Tight.RAISED else MARK_TOP - spare, marked * grid.pitch)


def _first_row(head: Head, grid: Grid, tight: Tight) -> int:
    """The row of the first signer: two rows under the office's mark."""
    free = 1 if tight >= Tight.UNDER_MARK else ROWS_UNDER_MARK
    return int((mark_top(head, grid, tight) + _mark_height(head, tight)) / grid.pitch + 0.999) + free


def _last_row(head: Head, grid: Grid, tight: Tight) -> int:
    """The row of the number and of the last signers, over the rule."""
    rows = -(-len(signers_of(head)) // signers_a_row(head, grid, tight))
    return _first_row(head, grid, tight) + max(rows, 1) - 1


def head_items(head: Head, grid: Grid, faces: Faces, tight: Tight = Tight.STANDARD) -> list[Item]:
    """Everything of the head, at its place on the page."""
    items: list[Item] = [
        _body(LEFT, grid.baseline(row), words, grid, role) for row, words, role in _marked(head)
    ]
    items += _names(head, grid, tight)
    measure = faces.measure(grid.size, grid.cell)
    number, last = clean(head.number), _last_row(head, grid, tight)
    y = grid.baseline(last)
    if signers_of(head):
        items.append(_body(LEFT + grid.cell, y, number, grid))
        items += _signers(head, grid, measure, tight)
    elif number:
        items.append(_body(LEFT + (WIDTH - measure.width(number)) / 2, y, number, grid))
    rule = grid.row_top(last) + grid.size + 4 * MM
    return [*items, RuledLine(LEFT, rule, RIGHT, rule, 0.6 * MM, RED)]


def _marked(head: Head) -> list[tuple[int, str, FaceRole]]:
    """The copy's number on row 1, secrecy on row 2, urgency under what is there."""
    rows: list[tuple[int, str, FaceRole]] = []
    if head.copy_number:
        rows.append((0, clean(head.copy_number), FaceRole.FANG))
    if head.secrecy:
        rows.append((1, clean(head.secrecy), FaceRole.HEI))
    if head.urgency:
        rows.append((rows[-1][0] + 1 if rows else 0, clean(head.urgency), FaceRole.HEI))
    return rows


def _names(head: Head, grid: Grid, tight: Tight) -> list[Item]:
    """One office's mark in the middle; several stacked, as wide as the widest, with 文件 beside their middle."""
    top = TOP + mark_top(head, grid, tight)
    if not head.joint:
        mark = clean(head.mark)
        size = min(MARK_SIZE, WIDTH / max(len(mark), 1))
        return [_red(LEFT + (WIDTH - size * len(mark)) / 2, top + ASCENT * size, mark, size)]
    names = [clean(name) for name in head.joint]
    beside = clean(head.mark)
    widest = max(map(len, names))
    size = min(STACKED_SIZE * _scale(tight), WIDTH / (widest + 0.5 + len(beside) * MARK_SIZE / STACKED_SIZE))
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
    return Text(x, y, (Piece(words, FaceRole.TITLE),), size, size, gap, colour=RED)


def _signers(head: Head, grid: Grid, measure: CharacterWidths, tight: Tight) -> list[Item]:
    """签发人： and the names, a few a row, each row's first under the first row's; the last end a cell from the right."""
    names, label = signers_of(head), "签发人："
    each = signers_a_row(head, grid, tight)
    rows = [names[start : start + each] for start in range(0, len(names), each)]
    columns = [
        max(measure.width(row[place]) for row in rows if place < len(row))
        for place in range(min(each, len(names)))
    ]
    right = RIGHT - grid.cell
    starts = [right - columns[-1]]
    for column in reversed(columns[:-1]):
        starts.insert(0, starts[0] - grid.cell - column)
    first = _first_row(head, grid, tight)
    items: list[Item] = [
        _body(starts[0] - measure.width(label), grid.baseline(first), label, grid),
    ]
    for row, pair in enumerate(rows):
        y = grid.baseline(first + row)
        items += [_body(x, y, name, grid, FaceRole.KAI) for x, name in zip(starts, pair, strict=False)]
    return items


def _body(x: float, y: float, words: str, grid: Grid, role: FaceRole = FaceRole.FANG) -> Text:
    return Text(x, y, (Piece(words, role),), grid.size, grid.cell)
