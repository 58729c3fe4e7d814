"""Wording of what is retired: a sentence that speaks of nothing else is not printed, and the rest stands as written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from zhengui.catalogue.wording import Chip, chips

#: Says why a figure or a claim is none of the time's; empty where it is one.
Gone = Callable[[Chip], str]

_OPENING, _CLOSING = "“（《〔(", "”）》〕)"
_ENDS, _HALF = "。！？\n", "；"
#: Where points are numbered, none is left out from between the others.
_NUMBERED = re.compile(
    r"\s*(?:第?[一二三四五六七八九十]+[是、要]|[（(][一二三四五六七八九十\d]+[）)]|\d+[.．、])"
)


@dataclass(frozen=True, slots=True)
class JudgedWording:
    """A sentence, or what stands between two ；, as it is written and as it is printed; `gone` is why it is not."""

    written: str
    printed: str
    gone: tuple[str, ...] = ()


def stretches(text: str, gone: Gone) -> list[JudgedWording]:
    """The text in order, its stretches of words joined being the text itself."""
    sentences = [[_judged(each, gone) for each in sentence] for sentence in _sentences(text)]
    numbered = [each for sentence in sentences for each in sentence if _NUMBERED.match(each.written)]
    if any(not each.gone for each in numbered):
        sentences = [
            [_kept(each) if _NUMBERED.match(each.written) else each for each in sentence]
            for sentence in sentences
        ]
    return [each for sentence in sentences for each in _ended(sentence)]


def printed(text: str, gone: Gone) -> str:
    """The text as it is printed."""
    return "".join(each.printed for each in stretches(text, gone))


def _kept(stretch: JudgedWording) -> JudgedWording:
    return JudgedWording(stretch.written, stretch.written)


def _judged(written: str, gone: Gone) -> JudgedWording:
    asked = [chip for chip in chips(written) if not chip.is_plain]
    why = tuple(dict.fromkeys(gone(chip) for chip in asked))
    left_out = bool(why) and all(why)
    return JudgedWording(written, "", why) if left_out else JudgedWording(written, written)


def _ended(sentence: list[JudgedWording]) -> list[JudgedWording]:
    """The sentence, whose last printed stretch ends as all of it did."""
    shown = [place for place, each in enumerate(sentence) if not each.gone]
    if shown and shown[-1] < len(sentence) - 1:
        last = sentence[shown[-1]]
        mark = sentence[-1].written.rstrip()[-1:]
        end = mark if mark and mark in _ENDS else ""
        sentence = [*sentence]
        sentence[shown[-1]] = replace(last, printed=last.written.rstrip(_HALF) + end)
    return sentence


def _sentences(text: str) -> Iterator[list[str]]:
    """The sentences with their marks, each cut after its ；; no mark between quotes or brackets ends one."""
    inside = {at for chip in chips(text) for at in range(chip.start, chip.end)}
    sentence: list[str] = []
    begun, depth = 0, 0
    for at, mark in enumerate(text):
        if at in inside:
            continue
        depth = max(0, depth + (mark in _OPENING) - (mark in _CLOSING))
        if depth or mark not in _ENDS + _HALF or text[at + 1 : at + 2] in tuple(_ENDS):
            continue
        sentence.append(text[begun : at + 1])
        begun = at + 1
        if mark in _ENDS:
            yield sentence
            sentence = []
    if begun < len(text):
        sentence.append(text[begun:])
    if sentence:
        yield sentence
