"""What a printed word, a finding or a signed piece leads back to: a figure, a claim, a part of the text, a ledger.

Documents, issues and files keep it as `kind:key`; this is the one place that writes and reads that.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

FIGURE, CLAIM, PART, TEXT, TREND = "figure", "claim", "part", "text", "trend"
OUTLINE, REPORT, REVIEW, PLAN, SIGN = "outline", "report", "review", "plan", "sign"
_MARK = ":"


@dataclass(frozen=True, slots=True)
class Source:
    """A kind and a key: a figure's or claim's, a part's id, a ledger's, an area's; `issue` is that it was frozen in."""

    kind: str
    key: str = ""
    issue: int = 0

    def __str__(self) -> str:
        """As it is kept; the issue is known where it is kept."""
        return f"{self.kind}{_MARK}{self.key}" if self.key else self.kind


def source_of(written: str, issue: int = 0) -> Source:
    """What was kept as a text; of an empty one the kind is empty, too."""
    kind, _, key = written.partition(_MARK)
    return Source(kind, key, issue)


def of_figure(key: str) -> str:
    """A figure, as it is kept."""
    return f"{FIGURE}{_MARK}{key}"


def of_claim(key: str) -> str:
    """A claim, as it is kept."""
    return f"{CLAIM}{_MARK}{key}"


def of_part(part: int) -> str:
    """A part of a document's text, as it is kept."""
    return f"{PART}{_MARK}{part}"


def of_text(key: str) -> str:
    """The wording of a paragraph without its figures, as it is kept."""
    return f"{TEXT}{_MARK}{key}"


def is_of(kind: str, written: str) -> bool:
    """Whether what was kept is of a kind."""
    return written.startswith(kind + _MARK)


def keys_of(kind: str, written: Iterable[str]) -> set[str]:
    """The keys of a kind among many that were kept."""
    begin = kind + _MARK
    return {each.removeprefix(begin) for each in written if each.startswith(begin)}
