"""Which parts of a document need a look: by the check before issuing, or until it has run by what the chips say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from zhengui.catalogue.source import of_part
from zhengui.catalogue.wording import chips
from zhengui.figures.finding import Finding
from zhengui.gui.document.readings import ChipReading
from zhengui.storage.writing.documents import Part

_OPEN = ("unknown", "claim_unknown", "fails")
#: These are worth a thought, but nothing is wrong with the part.
_MILD = ("jump", "unchanged", "left_out")


def by_findings(parts: Sequence[Part], found: Iterable[Finding]) -> set[int]:
    """The parts that the findings are about."""
    jumps = {finding.jump for finding in found if finding.kind not in _MILD}
    return {
        part.id
        for part in parts
        if of_part(part.id) in jumps or any(chip.source in jumps for chip in chips(part.text))
    }


def by_readings(parts: Sequence[Part], known: Mapping[str, ChipReading]) -> set[int]:
    """The parts with an unknown figure, a claim that isn't made, or last year's wording unread."""
    return {
        part.id
        for part in parts
        if part.rethink or any(c.text in known and known[c.text].tone in _OPEN for c in chips(part.text))
    }
