"""Fill the chips of a document's wording: its figures, their villages and changes, and the claims' sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from zhengui.catalogue.wording import AND, CHANGE, LAST, NAMES, VILLAGES, Chip, chip_fault, chips
from zhengui.figures.change_words import change_in_words
from zhengui.figures.chips import enumerate_names, fill, name_some
from zhengui.figures.claims import ClaimVerdict
from zhengui.figures.display import PENDING
from zhengui.figures.display_choices import shown
from zhengui.figures.figure import Figure
from zhengui.figures.numerals import chinese
from zhengui.figures.period import Period
from zhengui.figures.period_words import in_span
from zhengui.reports.document import Run
from zhengui.services.counting.compute_figures import (
    Villages,
    compute,
    named_records,
    named_villages,
)
from zhengui.services.counting.judge_claims import judge_all
from zhengui.services.counting.tell_shape import TELLERS, Asker, tell
from zhengui.services.township.reading import Reading
from zhengui.storage.query.references import labels
from zhengui.work import give_way


class FilledWords:
    """Turns wording into runs for one period and scope; computes only what the given texts ask for.

    `sections` says how many sections the summary and the plan print, by the name of the chip.
    """

    def __init__(
        self,
        reading: Reading,
        period: Period,
        villages: Villages = (),
        texts: Iterable[str] = (),
        every_claim: bool = False,
        sections: Mapping[str, int] | None = None,
    ) -> None:
        self._reading = reading
        self._indicators = reading.catalogue.indicators
        self.period = period
        self.villages = villages
        written = list(texts)
        asked = [chip for text in written for chip in chips(text)]
        wanted = None if every_claim else {chip.part for chip in asked if chip.is_claim}
        self.verdicts: Mapping[str, ClaimVerdict] = {
            key: replace(verdict, sentence=in_span(verdict.sentence, period))
            for key, verdict in judge_all(reading, period, villages, wanted).items()
        }
        asked += [chip for verdict in self.verdicts.values() for chip in chips(verdict.sentence)]
        self.figures: Mapping[str, Figure] = compute(reading, period, villages)
        self.before: Mapping[str, Figure] = self._before(asked)
        self._named = named_villages(reading, self._keys(asked, VILLAGES), period, villages)
        listed = {chip.key for chip in asked if chip.shape == NAMES and chip.key in self._indicators}
        self._listed = named_records(reading, listed, period, villages)
        asker = Asker(reading, period, villages)
        self._told_shapes = {
            chip.text: tell(asker, self._indicators[chip.key], chip)
            for chip in asked
            if chip.shape in TELLERS and self._is_sound(chip)
        }
        counts = {key: "两" if count == 2 else chinese(count) for key, count in (sections or {}).items()}
        self.plain = plain_names(reading, period, villages) | counts

    def runs(self, text: str) -> tuple[Run, ...]:
        """The text with every chip filled in, each figure a run of its own."""
        return tuple(Run(piece.text, piece.source) for piece in fill(text, self._resolve))

    def line(self, text: str) -> str:
        """The text filled in, as plain text."""
        return "".join(run.text for run in self.runs(text))

    def chip(self, chip: Chip) -> str:
        """What a single chip prints."""
        return self.line(chip.text)

    def _keys(self, asked: Iterable[Chip], *parts: str) -> set[str]:
        return {chip.key for chip in asked if chip.part in parts and chip.key in self._indicators}

    def _before(self, asked: Iterable[Chip]) -> Mapping[str, Figure]:
        keys = self._keys(asked, CHANGE, LAST)
        return compute(self._reading, self.period.previous(), self.villages, keys) if keys else {}

    def _is_sound(self, chip: Chip) -> bool:
        return chip.key in self._indicators and not chip_fault(chip, self._reading.catalogue)

    def _resolve(self, chip: Chip) -> tuple[str, str] | None:
        give_way()
        if chip.is_plain:
            return self.plain.get(chip.key, PENDING), ""
        if chip.is_claim:
            verdict = self.verdicts.get(chip.part)
            return (verdict.sentence or PENDING, chip.source) if verdict else None
        figure = self.figures.get(chip.key)
        if figure is None:
            return None
        return self._told(chip, figure), chip.source

    def _told(self, chip: Chip, figure: Figure) -> str:
        indicator = self._indicators[chip.key]
        if chip.part == VILLAGES:
            names = [name for name in self._named.get(chip.key, "").split("、") if name]
            return enumerate_names(names, chip.shown == AND)
        if chip.shape == NAMES:
            return name_some(self._listed.get(chip.key, ()), chip.most, chip.shown == AND) or PENDING
        if chip.shape in TELLERS:
            return self._told_shapes.get(chip.text) or PENDING
        if chip.part == CHANGE:
            before = self.before[chip.key].value
            return change_in_words(figure.value, before, indicator, self.period.is_year)
        if chip.part == LAST:
            return shown(indicator, self.before[chip.key].value, chip.shown)
        return shown(indicator, figure.value, chip.shown)


def plain_names(reading: Reading, period: Period, villages: Villages = ()) -> dict[str, str]:
    """What stands for the chips that are no figures, such as the year and the name; nothing is counted for it."""
    name = reading.profile().name
    place = name
    if villages:
        found = labels(reading.conn, reading.tables, "village", villages)
        place = enumerate_names([found[village] for village in villages if village in found])
    return {
        "year": str(period.year),
        "next_year": str(period.next_year),
        "township": name,
        "place": place,
        "period": period.title,
    }
