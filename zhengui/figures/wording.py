"""The wording of the document: text with {figure} and {claim.key} in it, in pieces with sources."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from zhengui.figures.display import PENDING

#: Answers a placeholder with (text, source), or None where nothing is known by that name.
Resolve = Callable[[str], tuple[str, str] | None]

#: Names that stand for no figure: they come from the period and the township.
PLAIN_NAMES = frozenset({"year", "next_year", "township"})

_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?)\}")
_CLAIM = "claim."
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; `source` is `figure:key`, `claim:key`, or empty for plain wording."""

    text: str
    source: str = ""


def placeholders(text: str) -> list[str]:
    """The names in braces, in reading order, each once."""
    return list(dict.fromkeys(_PLACEHOLDER.findall(text)))


def expand(text: str, resolve: Resolve) -> list[Piece]:
    """The text in pieces, each with its source.

    `{key}` and `{key.villages}` keep the source of their figure, also inside the sentence of
    `{claim.key}`, whose own words keep the source of the claim. A claim's sentence may hold placeholders
    itself. What `resolve` does not know is left to be filled in and keeps the source it would have had.
    """
    pieces: list[Piece] = []
    for piece in _expand(text, resolve, "", 0):
        if pieces and pieces[-1].source == piece.source and not piece.source.startswith("figure:"):
            piece = Piece(pieces.pop().text + piece.text, piece.source)
        pieces.append(piece)
    return pieces


def _expand(text: str, resolve: Resolve, source: str, depth: int) -> list[Piece]:
    pieces = []
    for index, part in enumerate(_PLACEHOLDER.split(text)):
        if index % 2 == 0:
            pieces.append(Piece(part, source))
            continue
        answer = resolve(part) if depth < _DEEPEST else None
        if answer is None:
            pieces.append(Piece(PENDING, _source_of(part)))
        elif part.startswith(_CLAIM):
            pieces += _expand(answer[0], resolve, answer[1], depth + 1)
        else:
            pieces.append(Piece(answer[0], answer[1] or source))
    return [piece for piece in pieces if piece.text]


def _source_of(name: str) -> str:
    if name.startswith(_CLAIM):
        return f"claim:{name.removeprefix(_CLAIM)}"
    return "" if name in PLAIN_NAMES else f"figure:{name.partition('.')[0]}"
