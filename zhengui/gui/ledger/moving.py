"""Where Ctrl and an arrow lead in a table: to the end of a block of filled cells, as in a workbook."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt

#: Down and right for each arrow.
ARROWS = {
    Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1),
}  # fmt: skip
#: So many cells are looked at, which stays under the time of a frame; a longer block is passed to the table's end.
MOST = 2500


def block_end(at: int, by: int, count: int, filled: Callable[[int], bool]) -> int:
    """The place that the arrow leads to from `at`, among `count` places, going by 1 or -1."""
    last = count - 1 if by > 0 else 0
    if at == last:
        return at
    inside = filled(at) and filled(at + by)
    place = at + by
    for _step in range(MOST):
        if place == last:
            return last
        if inside and not filled(place + by):
            return place
        if not inside and filled(place):
            return place
        place += by
    return last
