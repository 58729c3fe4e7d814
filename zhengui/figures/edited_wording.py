"""Carry the edits of a printed text back into its wording: a figure stays bound where its printed text still stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from zhengui.catalogue.wording import Chip, chips

#: A number is changed as a whole: from 1234 to 12345 no part of it stays.
_TOKEN = re.compile(r"[0-9０-９]+(?:[.,．，][0-9０-９]+)*|[A-Za-z]+|.", re.DOTALL)


#: The fields of a paragraph that print one text: its title, which runs in, and its text.
TITLE, TEXT = "title", "text"


@dataclass(frozen=True, slots=True)
class WordingSegment:
    """A stretch of wording of a field and what it prints; `chip` is the chip that it is, if it is one.

    One that prints nothing (a chip without a value, a mark where a title may be divided) stays where it stands, and
    one that prints something else than is written (a ； before a sentence that is not printed) keeps what is written.
    """

    written: str
    printed: str
    field: str = TEXT
    chip: Chip | None = None


@dataclass(frozen=True, slots=True)
class Carried:
    """Wording after an edit by field, the chips that still stand in it, and those whose printed text was changed."""

    texts: Mapping[str, str]
    kept: tuple[Chip, ...]
    lost: tuple[Chip, ...]


def segments(text: str, shown: Callable[[Chip], str], name: str = TEXT) -> list[WordingSegment]:
    """A field's wording cut at its chips; `shown` says what each of them prints."""
    found, at = [], 0
    for chip in chips(text):
        if chip.start > at:
            found.append(WordingSegment(text[at : chip.start], text[at : chip.start], name))
        found.append(WordingSegment(chip.text, shown(chip), name, chip))
        at = chip.end
    if at < len(text):
        found.append(WordingSegment(text[at:], text[at:], name))
    return found


def carry_over(before: Sequence[WordingSegment], after: str) -> Carried:
    """The wording that prints `after`, with as many chips of the wording `before` as still print what they did."""
    places = _places("".join(segment.printed for segment in before), after)
    out: dict[str, list[str]] = {segment.field: [] for segment in before}
    kept: list[Chip] = []
    lost: list[Chip] = []
    done = at = 0
    for segment in before:
        own = places[at : at + len(segment.printed)]
        at += len(segment.printed)
        found = out[segment.field]
        start = own[0] if own else None
        if not own:
            found.append(segment.written)
            kept += [segment.chip] if segment.chip is not None else []
        elif (
            segment.written != segment.printed
            and start is not None
            and own == list(range(start, start + len(own)))
        ):
            found += [after[done:start], segment.written]
            done = start + len(own)
            kept += [segment.chip] if segment.chip is not None else []
        else:
            lost += [segment.chip] if segment.chip is not None else []
            for place in own:
                if place is not None:
                    found.append(after[done : place + 1])
                    done = place + 1
    out.setdefault(before[-1].field if before else TEXT, []).append(after[done:])
    return Carried({name: "".join(found) for name, found in out.items()}, tuple(kept), tuple(lost))


def _places(before: str, after: str) -> list[int | None]:
    """Where each character of the one text stands in the other; None where it is gone."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    starts = [0]
    for token in new:
        starts.append(starts[-1] + len(token))
    found: list[int | None] = []
    for op, a, b, c, _ in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for index in range(a, b):
            for step in range(len(old[index])):
                found.append(starts[c + index - a] + step if op == "equal" else None)
    return found
