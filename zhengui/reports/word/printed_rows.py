"""How closely a paragraph's lines stand on the printed page, where the last pages have rows more or fewer."""

from __future__ import annotations

from collections.abc import Sequence

from zhengui.reports.gb9704.items import Element, LaidPage, Text


class PrintedRows:
    """The printed paragraphs in their order; each is asked for once, as the text goes on."""

    def __init__(self, pages: Sequence[LaidPage], rows: int) -> None:
        self._told: list[tuple[str, int]] = []
        texts: dict[int, list[str]] = {}
        most: dict[int, int] = {}
        found: list[Element] = []
        for page in pages if any(page.rows for page in pages) else ():
            for item in page.items:
                if not isinstance(item, Text) or item.of is None or item.of.kind[0] not in "PH":
                    continue
                key = id(item.of)
                if key not in texts:
                    found.append(item.of)
                texts.setdefault(key, []).append("".join(piece.text for piece in item.pieces))
                # On the page with most rows its lines must not take more than theirs.
                most[key] = max(most.get(key, 0), page.rows or rows)
        self._told = [("".join(texts[id(one)]), most[id(one)]) for one in found]
        self._usual, self._next = rows, 0

    def of(self, text: str) -> int:
        """The rows of the pages on which the next paragraph of these words stands; the grid's where there is none."""
        for place in range(self._next, len(self._told)):
            if self._told[place][0] == text:
                self._next = place + 1
                return self._told[place][1]
        return self._usual

    def after(self) -> int:
        """The rows of the page on which the text ends."""
        return self._told[self._next][1] if self._next < len(self._told) else self._usual
