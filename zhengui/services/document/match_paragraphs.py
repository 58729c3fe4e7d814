"""Find which paragraph of an edited file is which of the draft: equal ones, alike ones, and those that moved."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from zhengui.storage.writing.documents import Part

_NUMBER = re.compile(
    r"(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|（\d{1,2}）|\d{1,2}[.．、](?!\d))\s*"
)
ITEM = re.compile(r"\d{1,2}[.．、](?!\d)\s*")
#: Below this two paragraphs are not the same one reworded.
_ALIKE = 0.45


@dataclass(frozen=True, slots=True)
class PrintedParagraph:
    """A paragraph of the draft as it is printed: with its number, and without."""

    key: str
    heading: bool
    level: int
    number: str
    text: str
    part: Part | None


@dataclass(frozen=True, slots=True)
class ReadParagraph:
    """A paragraph of the file."""

    heading: bool
    level: int
    text: str

    @property
    def bare(self) -> str:
        """Its text without a number in front."""
        return (
            (_NUMBER if self.heading else ITEM).sub("", self.text, count=1) if self._numbered else self.text
        )

    @property
    def _numbered(self) -> bool:
        return bool((_NUMBER if self.heading else ITEM).match(self.text))


def matched(printed: Sequence[PrintedParagraph], read: Sequence[ReadParagraph]) -> dict[int, int]:
    """Which paragraph of the draft is which of the file: equal ones first, between them the most alike."""
    old = [(one.heading, squeezed(one.text)) for one in printed]
    new = [(one.heading, squeezed(one.bare)) for one in read]
    pairs: dict[int, int] = {}
    for op, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op == "equal":
            pairs |= dict(zip(range(a, b), range(c, d), strict=True))
        elif op == "replace":
            pairs |= _alike(old, new, range(a, b), range(c, d))
    return pairs


def _alike(
    old: Sequence[tuple[bool, str]], new: Sequence[tuple[bool, str]], left: range, right: range
) -> dict[int, int]:
    """Pairs of two stretches, in order, that are together most alike."""
    best: dict[tuple[int, int], tuple[float, tuple[tuple[int, int], ...]]] = {}
    for a in reversed(range(left.start, left.stop + 1)):
        for c in reversed(range(right.start, right.stop + 1)):
            if a == left.stop or c == right.stop:
                best[a, c] = (0.0, ())
                continue
            choices = [best[a + 1, c], best[a, c + 1]]
            alike = _ratio(old[a], new[c])
            if alike >= _ALIKE:
                score, chain = best[a + 1, c + 1]
                choices.append((score + alike, ((a, c), *chain)))
            best[a, c] = max(choices, key=lambda choice: choice[0])
    return dict(best[left.start, right.start][1])


def _ratio(one: tuple[bool, str], other: tuple[bool, str]) -> float:
    if one[0] != other[0]:
        return 0.0
    matcher = SequenceMatcher(None, one[1], other[1], autojunk=False)
    if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE:
        return 0.0
    return matcher.ratio()


def moved(
    printed: Sequence[PrintedParagraph], read: Sequence[ReadParagraph], pairs: Mapping[int, int]
) -> dict[int, int]:
    """Paragraphs that stand elsewhere in the file, word for word."""
    taken = set(pairs.values())
    free = {there: (one.heading, squeezed(one.bare)) for there, one in enumerate(read) if there not in taken}
    found: dict[int, int] = {}
    for here, one in enumerate(printed):
        if here in pairs:
            continue
        same = (one.heading, squeezed(one.text))
        there = next((place for place, other in free.items() if other == same), None)
        if there is not None:
            found[here] = there
            del free[there]
    return found


def squeezed(text: str) -> str:
    """A text without blanks, which editors change by themselves."""
    return re.sub(r"\s", "", text)
