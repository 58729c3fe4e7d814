"""Set two versions, two issues or two years side by side: paragraph by paragraph, sentence by sentence, figure by figure."""

from __future__ import annotations

from collections.abc import Sequence

from zhengui.figures.differences import Difference, compare_paragraphs
from zhengui.services.edit_document import open_document, versions
from zhengui.services.township import Township
from zhengui.storage.documents import HEADING, Part


def compare_versions(
    township: Township, document: int, before: int, after: int | None = None
) -> list[Difference]:
    """Two kept versions by number, or one and the document as it is now.

    The key of a difference is the part's key. KeyError where there is no version of that number.
    """
    kept = {version.number: version.parts for version in versions(township, document)}
    now: Sequence[Part] = open_document(township, document).parts if after is None else kept[after]
    return compare_paragraphs(_lines(kept[before]), _lines(now))


def _lines(parts: Sequence[Part]) -> list[tuple[str, str]]:
    return [(part.key, _line(part)) for part in parts]


def _line(part: Part) -> str:
    """A part as one readable line."""
    off = "" if part.on else "（不印）"
    if part.kind == HEADING:
        return f"{off}{part.title}"
    title = f"{part.title.rstrip('。')}。" if part.title else ""
    variants = "".join(f"／{text}" for _state, text in sorted(part.variants.items()))
    return f"{off}{title}{part.text}{variants}"
