"""Fill the chips of a text with what they stand for, and enumerate names as officials do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from zhengui.catalogue.source import FIGURE, is_of
from zhengui.catalogue.wording import AND, Chip, chips
from zhengui.figures.display import PENDING

_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class SourcedRun:
    """A run of text; `source` is `figure:key`, `claim:key`, or empty for plain wording."""

    text: str
    source: str = ""


#: Answers a chip with (text, source), or None where nothing is known by that name.
Resolve = Callable[[Chip], tuple[str, str] | None]


def fill(text: str, resolve: Resolve) -> list[SourcedRun]:
    """The text in pieces, each with its source; neighbours of the same wording or claim are one piece.

    A claim's sentence may hold chips itself; its own words keep the source of the claim. What `resolve` does
    not know is left to be filled in and keeps the source it would have had.
    """
    pieces: list[SourcedRun] = []
    for piece in _fill(text, resolve, "", 0):
        if pieces and pieces[-1].source == piece.source and not is_of(FIGURE, piece.source):
            piece = SourcedRun(pieces.pop().text + piece.text, piece.source)
        pieces.append(piece)
    return pieces


def _fill(text: str, resolve: Resolve, source: str, depth: int) -> list[SourcedRun]:
    pieces: list[SourcedRun] = []
    at = 0
    for chip in chips(text):
        pieces.append(SourcedRun(text[at : chip.start], source))
        at = chip.end
        answer = resolve(chip) if depth < _DEEPEST else None
        if answer is None:
            pieces.append(SourcedRun(PENDING, chip.source))
        elif chip.is_claim:
            pieces += _fill(answer[0], resolve, answer[1], depth + 1)
        else:
            pieces.append(SourcedRun(answer[0], answer[1] or source))
    pieces.append(SourcedRun(text[at:], source))
    return [piece for piece in pieces if piece.text]


def name_some(names: Sequence[str], most: int, with_and: bool = False) -> str:
    """The first names and 等 where there are more of them; all of them where `most` is 0."""
    if most and len(names) > most:
        return enumerate_names(names[:most]) + "等"
    return enumerate_names(names, with_and)


def enumerate_names(names: Sequence[str], with_and: bool = False) -> str:
    """Names joined by 、, the last by 和 where asked for; titles in 《》 stand side by side."""
    if names and all(name.startswith("《") and name.endswith("》") for name in names):
        return "".join(names)
    if with_and and len(names) > 1:
        return "、".join(names[:-1]) + AND + names[-1]
    return "、".join(names)
