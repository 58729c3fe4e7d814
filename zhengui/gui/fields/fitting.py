"""Which titles a typed text may mean: part of the title, its pinyin initials, or its pinyin."""

from __future__ import annotations

from collections.abc import Iterable

from zhengui.values.lookup import plain
from zhengui.values.pinyin import initials, spells

_WORST = 9


def fitting(titles: Iterable[str], query: str) -> list[str]:
    """The titles that fit `query`, the best first and otherwise in their order; all for an empty query."""
    wanted = plain(query)
    if not wanted:
        return list(titles)
    ranked = sorted(((_rank(title, wanted), place, title) for place, title in enumerate(titles)))
    return [title for rank, _place, title in ranked if rank < _WORST]


def _rank(title: str, wanted: str) -> int:
    own = plain(title)
    if own == wanted:
        return 0
    if own.startswith(wanted):
        return 1
    if wanted in own:
        return 3
    if not wanted.isascii():
        return _WORST
    letters = initials(title)
    if letters.startswith(wanted):
        return 2
    if spells(wanted, title):
        return 4
    return 5 if len(wanted) > 1 and wanted in letters else _WORST
