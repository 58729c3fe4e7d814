"""Text with chips in it: {figure}, {figure|余}, {figure.villages}, {figure.top3}, {figure.change}, {claim.key}."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from zhengui.catalogue.model import Catalogue
from zhengui.figures.display import PENDING
from zhengui.figures.display_choices import is_display

#: Names that stand for no figure: they come from the period, the township, the scope and the outline.
PLAIN = {
    "year": "年份",
    "next_year": "下一年份",
    "township": "乡镇名称",
    "place": "范围名称",
    "period": "时段",
    "summary_sections": "总结的方面数",
    "plan_sections": "计划的方面数",
}
VILLAGES, TOP, CHANGE, LAST, NAMES = "villages", "top", "change", "last", "names"
CLAIM = "claim"
#: The last two of an enumeration are joined with 和 where the chip asks for it.
AND = "和"
#: The top villages are followed by their values where the chip asks for it.
VALUES = "值"

_CHIP = re.compile(r"\{([a-z][a-z0-9_]*)(?:\.([a-z][a-z0-9_]*))?(?:\|([^{}|]*))?\}")
_TOP = re.compile(r"top([1-9])$")
_NAMES = re.compile(r"names([1-9]?)$")
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; `source` is `figure:key`, `claim:key`, or empty for plain wording."""

    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """A placeholder in a text: `key` and `part` as in {key.part|shown}; it stands from `start` to `end`."""

    key: str
    part: str = ""
    shown: str = ""
    start: int = 0
    end: int = 0

    @property
    def is_claim(self) -> bool:
        """Whether it stands for a claim's sentence; `part` is then the claim's key."""
        return self.key == CLAIM

    @property
    def is_plain(self) -> bool:
        """Whether it stands for no figure and no claim."""
        return self.key in PLAIN

    @property
    def source(self) -> str:
        """What a printed run of it leads back to: `figure:key`, `claim:key`, or nothing."""
        if self.is_claim:
            return f"claim:{self.part}"
        return "" if self.is_plain else f"figure:{self.key}"

    @property
    def top(self) -> int:
        """How many villages {key.top3} asks for, or 0."""
        found = _TOP.match(self.part)
        return int(found.group(1)) if found else 0

    @property
    def names(self) -> int | None:
        """How many names {key.names3} asks for, 0 for all of them; None where it asks for none."""
        found = _NAMES.match(self.part)
        return int(found.group(1) or 0) if found else None

    @property
    def text(self) -> str:
        """The chip as it is written."""
        part = f".{self.part}" if self.part else ""
        return "{" + self.key + part + (f"|{self.shown}" if self.shown else "") + "}"


#: Answers a chip with (text, source), or None where nothing is known by that name.
Resolve = Callable[[Chip], tuple[str, str] | None]


def chips(text: str) -> list[Chip]:
    """The chips of a text in reading order."""
    return [
        Chip(found.group(1), found.group(2) or "", found.group(3) or "", found.start(), found.end())
        for found in _CHIP.finditer(text)
    ]


def chips_of(texts: Iterable[str]) -> list[Chip]:
    """The chips of several texts, one after the other."""
    return [chip for text in texts for chip in chips(text)]


def between_chips(text: str) -> list[tuple[int, str]]:
    """What was written by hand: the stretches between the chips, each with where it begins."""
    found, at = [], 0
    for chip in chips(text):
        if chip.start > at:
            found.append((at, text[at : chip.start]))
        at = chip.end
    return [*found, (at, text[at:])] if at < len(text) else found


def fill(text: str, resolve: Resolve) -> list[Piece]:
    """The text in pieces, each with its source; neighbours of the same wording or claim are one piece.

    A claim's sentence may hold chips itself; its own words keep the source of the claim. What `resolve` does
    not know is left to be filled in and keeps the source it would have had.
    """
    pieces: list[Piece] = []
    for piece in _fill(text, resolve, "", 0):
        if pieces and pieces[-1].source == piece.source and not piece.source.startswith("figure:"):
            piece = Piece(pieces.pop().text + piece.text, piece.source)
        pieces.append(piece)
    return pieces


def _fill(text: str, resolve: Resolve, source: str, depth: int) -> list[Piece]:
    pieces: list[Piece] = []
    at = 0
    for chip in chips(text):
        pieces.append(Piece(text[at : chip.start], source))
        at = chip.end
        answer = resolve(chip) if depth < _DEEPEST else None
        if answer is None:
            pieces.append(Piece(PENDING, chip.source))
        elif chip.is_claim:
            pieces += _fill(answer[0], resolve, answer[1], depth + 1)
        else:
            pieces.append(Piece(answer[0], answer[1] or source))
    pieces.append(Piece(text[at:], source))
    return [piece for piece in pieces if piece.text]


def unknown_chips(text: str, catalogue: Catalogue) -> list[Chip]:
    """The chips that name nothing in the catalogue, or ask for a part or a display that there isn't."""
    return [chip for chip in chips(text) if not _known(chip, catalogue)]


def _known(chip: Chip, catalogue: Catalogue) -> bool:
    if chip.is_plain:
        return not chip.part and not chip.shown
    if chip.is_claim:
        return chip.part in catalogue.claims and not chip.shown
    if chip.key not in catalogue.indicators:
        return False
    if not chip.part or chip.part == LAST:
        return is_display(chip.shown)
    if chip.part == CHANGE:
        return not chip.shown
    if chip.part == VILLAGES or chip.names is not None:
        return chip.shown in ("", AND)
    return bool(chip.top) and chip.shown in ("", AND, VALUES)


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
