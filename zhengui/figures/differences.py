"""What differs between two versions of a text: paragraph by paragraph, sentence by sentence, character by character."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "changed", "added", "removed"]
Op = Literal["same", "added", "removed"]

_SENTENCE = re.compile(r"[^。；！？\n]+[。；！？\n]*")
_NUMBERS = re.compile(r"\d[\d,.]*")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text that is in both versions, only in the new one, or only in the old one."""

    op: Op
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One paragraph or sentence in two versions; `moved` is true where it stands elsewhere now."""

    key: str
    kind: Kind
    before: str
    after: str
    spans: tuple[Span, ...]
    moved: bool = False


def spans(before: str, after: str) -> tuple[Span, ...]:
    """Both texts as one, with what was taken out and what was put in."""
    found: list[Span] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for op, a, b, c, d in matcher.get_opcodes():
        if op == "equal":
            found.append(Span("same", before[a:b]))
            continue
        if b > a:
            found.append(Span("removed", before[a:b]))
        if d > c:
            found.append(Span("added", after[c:d]))
    return tuple(found)


def compare_paragraphs(
    before: Sequence[tuple[str, str]], after: Sequence[tuple[str, str]]
) -> list[Difference]:
    """Paragraphs, each a (key, text), matched by key in the order of the new version.

    A paragraph that is gone stands where it stood. One counts as moved if others overtook it.
    """
    old, new = dict(before), dict(after)
    kept_before = [key for key, _ in before if key in new]
    kept_after = [key for key, _ in after if key in old]
    steady: set[str] = set()
    for block in SequenceMatcher(None, kept_before, kept_after, autojunk=False).get_matching_blocks():
        steady |= set(kept_before[block.a : block.a + block.size])
    found = [_paragraph(key, old.get(key), text, key in old and key not in steady) for key, text in after]
    places = {difference.key: place for place, difference in enumerate(found)}
    follows = ""
    for key, text in before:
        if key not in new:
            place = places.get(follows, -1) + 1
            found.insert(place, _paragraph(key, text, None, False))
            places = {difference.key: at for at, difference in enumerate(found)}
        follows = key
    return found


def _paragraph(key: str, before: str | None, after: str | None, moved: bool) -> Difference:
    if before is None:
        return Difference(key, "added", "", after or "", (Span("added", after or ""),))
    if after is None:
        return Difference(key, "removed", before, "", (Span("removed", before),))
    if before == after:
        return Difference(key, "same", before, after, (Span("same", after),), moved)
    return Difference(key, "changed", before, after, spans(before, after), moved)


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph with their marks."""
    return [found.group() for found in _SENTENCE.finditer(text)]


def compare_sentences(before: str, after: str) -> list[Difference]:
    """Sentences matched by their words; one in which only numbers differ counts as the same sentence, changed."""
    old, new = sentences(before), sentences(after)
    matcher = SequenceMatcher(None, [_bare(s) for s in old], [_bare(s) for s in new], autojunk=False)
    found: list[Difference] = []
    for op, a, b, c, d in matcher.get_opcodes():
        common = (b - a) if op == "equal" else _alike(old[a:b], new[c:d])
        found += [_paragraph("", old[a + i], new[c + i], False) for i in range(common)]
        found += [_paragraph("", text, None, False) for text in old[a + common : b]]
        found += [_paragraph("", None, text, False) for text in new[c + common : d]]
    return found


def _bare(sentence: str) -> str:
    """A sentence without its numbers, which change every year."""
    return _NUMBERS.sub("0", sentence)


def _alike(old: Sequence[str], new: Sequence[str]) -> int:
    """How many leading pairs of two replaced stretches are the same sentence reworded."""
    count = 0
    for before, after in zip(old, new, strict=False):
        if SequenceMatcher(None, before, after, autojunk=False).ratio() < 0.5:
            break
        count += 1
    return count


def same_wording(before: str, after: str, years: Sequence[int]) -> bool:
    """Whether two paragraphs are the same but for the years they name."""
    for year in years:
        before, after = before.replace(str(year), "年份"), after.replace(str(year), "年份")
    return before == after
