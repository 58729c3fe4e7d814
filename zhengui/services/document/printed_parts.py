"""What of a document's parts is printed: neither what is switched off nor what speaks of nothing but the retired."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from zhengui.catalogue.path import dotted
from zhengui.catalogue.source import CLAIM, TREND, source_of
from zhengui.catalogue.wording import AMONG, FIELD_VALUES, PLAIN, Chip, chips
from zhengui.figures.period import Period
from zhengui.figures.retired_wording import Gone, printed, stretches
from zhengui.services.counting.compute_figures import why_not_then
from zhengui.services.counting.judge_claims import why_not_judged
from zhengui.services.township.reading import Reading, reads
from zhengui.storage.writing.documents import HEADING, ITEMS, PARAGRAPH, Part

_OF_ONE_FIELD = (AMONG, FIELD_VALUES)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What is not printed of a part: the words as they are written, or all of it, and why."""

    part: Part
    words: str
    why: tuple[str, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class PrintedParts:
    """The parts as they are printed, and what of those that are switched on is left out: of a heading under which
    nothing is left the heading alone. `silent` are the ids of all parts of which nothing is printed for that.
    """

    parts: tuple[Part, ...]
    left_out: tuple[LeftOut, ...] = ()
    silent: frozenset[int] = frozenset()


@reads
def printed_parts(reading: Reading, period: Period, parts: Iterable[Part]) -> PrintedParts:
    """The parts of a document of the period as they are printed."""
    shown = shown_parts(parts)
    if reading.catalogue.from_year_on(period.start.year) is reading.catalogue:
        return PrintedParts(tuple(shown))
    gone = gone_from(reading, period)
    left = [each for part in shown for each in _left_out(part, gone)]
    silent = {each.part.id for each in left if each.whole}
    for heading, under in _emptied(shown, silent):
        whys = [why for each in left if each.part.id in under for why in each.why]
        left = [each for each in left if each.part.id not in under]
        left.append(LeftOut(heading, "", tuple(dict.fromkeys(whys)), True))
        silent |= {heading.id, *under}
    kept = (_worded(part, gone) for part in shown if part.id not in silent)
    return PrintedParts(tuple(kept), tuple(left), frozenset(silent))


def shown_parts(parts: Iterable[Part]) -> list[Part]:
    """The parts that are switched on: a heading that is off takes with it what stands under it."""
    found: list[Part] = []
    off_from = 0
    for part in parts:
        if off_from and part.kind == HEADING and part.level <= off_from:
            off_from = 0
        if off_from:
            continue
        if not part.on:
            off_from = part.level if part.kind == HEADING else 0
            continue
        found.append(part)
    return found


def count_sections(printed: Iterable[Part]) -> dict[str, int]:
    """How many sections the summary and the plan print, by the name of the chip that says it."""
    found: dict[str, int] = {}
    name = ""
    for part in printed:
        if part.kind == HEADING and part.level == 1:
            name = f"{part.key}_sections"
        elif part.kind == HEADING and part.level == 2:
            found[name] = found.get(name, 0) + 1
    return {name: count for name, count in found.items() if name in PLAIN}


@reads
def gone_from(reading: Reading, period: Period) -> Gone:
    """What tells of a chip why it says nothing of the period: its figure, claim or field is retired."""
    catalogue, year = reading.catalogue, period.start.year
    then = catalogue.from_year_on(year)

    def of_figure(chip: Chip) -> str:
        indicator = catalogue.indicators.get(chip.key)
        if indicator is None:
            return ""
        if chip.key not in then.living:
            return why_not_then(reading, indicator, period)
        ledger = then.live_ledgers.get(indicator.measure.ledger) if indicator.measure else None
        if chip.shape in _OF_ONE_FIELD and ledger and dotted(chip.shown).first not in ledger.by_key:
            return f"“{indicator.title}”分列所用的字段在{period.title}已经停用"
        return ""

    def gone(chip: Chip) -> str:
        if chip.is_plain:
            return ""
        if not chip.is_claim:
            return of_figure(chip)
        claim = catalogue.claims.get(chip.part)
        if claim is None:
            return ""
        if claim.key not in then.living:
            return why_not_judged(claim, period)
        said = (of_figure(each) for each in chips(claim.holds) if not each.is_claim and not each.is_plain)
        return next((why for why in said if why), "")

    return gone


def _left_out(part: Part, gone: Gone) -> Iterator[LeftOut]:
    if part.kind != PARAGRAPH:
        return
    texts = [text for text in (part.text, *part.variants.values()) if text]
    switch = _switch_of(part)
    asked = [chip for text in texts for chip in chips(text) if not chip.is_plain]
    if switch is not None and (why := gone(switch)) and all(map(gone, asked)):
        yield LeftOut(part, part.text, tuple(dict.fromkeys((why, *map(gone, asked)))), True)
        return
    for text in texts:
        cut = stretches(text, gone)
        without = [each for each in cut if each.gone]
        whole = bool(without) and not "".join(each.printed for each in cut).strip() and not part.variants
        if whole:
            yield LeftOut(part, text, tuple(dict.fromkeys(w for each in without for w in each.gone)), True)
        else:
            yield from (LeftOut(part, each.written, each.gone, False) for each in without)


def _switch_of(part: Part) -> Chip | None:
    """What decides between the wordings of a part, as a chip."""
    switch = source_of(part.switch)
    if switch.kind == CLAIM:
        return Chip(CLAIM, switch.key)
    return Chip(switch.key) if switch.kind == TREND else None


def _worded(part: Part, gone: Gone) -> Part:
    if part.kind != PARAGRAPH:
        return part
    text = printed(part.text, gone)
    variants = {state: printed(words, gone) for state, words in part.variants.items()}
    return (
        part
        if (text, variants) == (part.text, part.variants)
        else replace(part, text=text, variants=variants)
    )


def _emptied(shown: Sequence[Part], silent: Collection[int]) -> Iterator[tuple[Part, set[int]]]:
    """The outermost headings under which nothing is left, where there was something, and the ids of what stood there."""
    covered: set[int] = set()
    for at, part in enumerate(shown):
        if part.kind != HEADING or part.id in covered:
            continue
        level = part.level
        ends = (each.kind == HEADING and each.level <= level for each in shown[at + 1 :])
        under = shown[at + 1 : at + 1 + next((place for place, end in enumerate(ends) if end), len(shown))]
        words = [each for each in under if each.kind != HEADING]
        if words and all(each.kind != ITEMS and each.id in silent for each in words):
            covered |= {each.id for each in under}
            yield part, {each.id for each in under}
