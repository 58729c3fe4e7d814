"""The preview follows the caret: where one writes, there the page is shown, once the caret has come to rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from zhengui.catalogue.wording import chips
from zhengui.gui.document import marks

if TYPE_CHECKING:
    from zhengui.gui.document.reading_area import ReadingArea
    from zhengui.gui.kit.background import Background
    from zhengui.gui.report.preview import Preview
    from zhengui.reports.document import Document, Run
    from zhengui.reports.gb9704 import Spot

#: Milliseconds for which the caret rests.
REST = 150


class Following(QObject):
    """Knows where the figures of each part are printed; between them it takes the nearest one before the caret."""

    def __init__(self, area: ReadingArea, preview: Preview, background: Background) -> None:
        super().__init__(area)
        self._area, self._preview = area, preview
        self._places: Mapping[str, Sequence[Spot]] = {}
        self._rest = background.later(REST, self.follow)
        area.cursorPositionChanged.connect(self._moved)

    def take(self, document: Document, spots: Sequence[Spot]) -> None:
        """Take the pages that are shown."""
        self._places = places_of(document, spots)

    def _moved(self) -> None:
        # A text that is built anew moves the caret, too; only a person's move is followed.
        if self._area.hasFocus():
            self._rest.start()

    def follow(self) -> None:
        """Bring into view what is printed where the caret stands."""
        spot = self.spot()
        if spot is not None:
            self._preview.bring(spot)

    def spot(self) -> Spot | None:
        """The place of the caret on the pages, as near as it is known."""
        manuscript, part = self._area.manuscript, self._area.part()
        stored = manuscript.part(part)
        if stored is None:
            return None
        own = self._places.get(stored.key, ())
        if own:
            return own[min(max(0, self._chips_before() - 1), len(own) - 1)]
        keys = [each.key for each in manuscript.parts]
        at = keys.index(stored.key)
        after = next((self._places[key][0] for key in keys[at:] if self._places.get(key)), None)
        return after or next((self._places[key][-1] for key in keys[at::-1] if self._places.get(key)), None)

    def _chips_before(self) -> int:
        """How many figures and claims stand before the caret in its paragraph."""
        cursor = self._area.textCursor()
        codes = [
            c
            for at, kind, c, _t in marks.pieces(cursor.block())
            if kind == marks.CHIP and at < cursor.position()
        ]
        return sum(bool(chip.source) for code in codes for chip in chips(code))


def places_of(document: Document, spots: Sequence[Spot]) -> dict[str, list[Spot]]:
    """By a part's key: where its figures are printed, in the order of its words.

    Spots come in the order of print; a figure that is broken over two lines has one for each.
    """
    found: dict[str, list[Spot]] = {}
    at = 0
    for block in document.blocks:
        runs: tuple[Run, ...] = (*getattr(block, "lead", ()), *getattr(block, "runs", ()))
        for run in runs:
            if not run.source:
                continue
            start = next((n for n in range(at, len(spots)) if spots[n].source == run.source), None)
            if start is None:
                continue
            found.setdefault(getattr(block, "key", ""), []).append(spots[start])
            at = start + 1
            while at < len(spots) and spots[at].source == run.source and _under(spots[at], spots[at - 1]):
                at += 1
    return found


def _under(lower: Spot, upper: Spot) -> bool:
    """Whether a spot lies on a later line than another."""
    return (lower.page, lower.y) > (upper.page, upper.y)
