"""Look over what was written by hand: numbers without a source, claims without ground, gaps that were forgotten."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from zhengui.catalogue.source import of_part
from zhengui.catalogue.wording import between_chips, chip_fault, chips, unknown_chips
from zhengui.figures.consistency import JudgedNumber, as_written, is_plan_heading, judge_text
from zhengui.figures.display_choices import shown
from zhengui.figures.finding import Finding
from zhengui.figures.period_words import in_span
from zhengui.services.issue.ledger_book import book_of
from zhengui.services.paper.composed import Composed
from zhengui.services.township.reading import Reading, reads
from zhengui.storage.writing.document_versions import sources_of
from zhengui.storage.writing.documents import ITEMS, Part

#: What people put where something is still to be filled in.
_FORGOTTEN = re.compile(
    r"[XxＸｘ×]{2,}|〔待补〕|[（(【]待[补填定核][^）)】]*[）)】]|_{2,}|＿{2,}|[?？]{2,}|某某|○○|\*{2,}"
)
_SHORTEST_CLAIM = 6


@reads
def text_findings(
    reading: Reading, document: int, parts: Sequence[Part], composed: Composed
) -> Iterator[Finding]:
    """The findings of the parts' wording."""
    given = sources_of(reading.conn, reading.tables, [document])
    book = book_of(reading, composed.period, composed.villages)
    planned = False
    for part in parts:
        if part.kind == "heading" and part.level == 1:
            planned = bool(is_plan_heading(f"一、{part.title}"))
        for text in _texts(part):
            yield from _forgotten(part, text)
            yield from _unknown_chips(reading, part, text)
            yield from _typed_claims(reading, part, text, composed)
            for judged in judge_text(text, book, planned):
                if (part.id, judged.typed.text) not in given:
                    yield from _typed_number(part, judged)
    yield from _different_displays(reading, parts, composed)


def place_of(part: Part) -> str:
    """How a part is called in a finding."""
    first = re.split(r"[，。；：]", re.sub(r"\{[^}]*\}", "…", part.text), maxsplit=1)[0]
    name = part.title.rstrip("。") or first[:12]
    return f"“{name}”"


def _texts(part: Part) -> list[str]:
    return [part.title] if part.kind == ITEMS else [part.title, part.text, *part.variants.values()]


def _forgotten(part: Part, text: str) -> Iterator[Finding]:
    for _at, stretch in between_chips(text):
        for found in _FORGOTTEN.finditer(stretch):
            around = stretch[max(0, found.start() - 8) : found.end() + 8]
            told = f"{place_of(part)}里还有“{found.group()}”"
            yield Finding("forgotten", "stop", told, f"…{around}…，请补上或删去。", of_part(part.id))


def _unknown_chips(reading: Reading, part: Part, text: str) -> Iterator[Finding]:
    for chip in unknown_chips(text, reading.catalogue):
        told = f"{place_of(part)}里的 {chip.text} 没有对应的指标或写法"
        why = chip_fault(chip, reading.catalogue)
        yield Finding(
            "unknown_chip", "stop", told, f"{chip.text} {why}。请从列表中重新选择。", of_part(part.id)
        )


def _typed_claims(reading: Reading, part: Part, text: str, composed: Composed) -> Iterator[Finding]:
    """A claim's sentence that was typed instead of chosen, so that nothing watches over it."""
    from zhengui.services.counting.judge_claims import judge_all

    written = "".join(stretch for _at, stretch in between_chips(text))
    typed = [
        key
        for key, claim in reading.catalogue.claims.items()
        if any(core in written for core in _cores(in_span(claim.holds, composed.period)))
    ]
    if not typed:
        return
    verdicts = judge_all(reading, composed.period, composed.villages, typed)
    for key in typed:
        title, verdict = reading.catalogue.claims[key].title, verdicts[key]
        if verdict.state == "holds":
            reason = "现在成立，但台账改动后不会跟着变。请改用断言。"
            yield Finding("typed_claim", "check", f"“{title}”是手写的", reason, of_part(part.id))
        else:
            reason = f"{verdict.reason}请改用断言，或改写这句话。"
            yield Finding("typed_claim", "stop", f"手写的“{title}”没有依据", reason, of_part(part.id))


def _cores(holds: str) -> list[str]:
    """The stretches of a claim's sentence that are long enough to be recognised."""
    pieces = [stretch for _at, stretch in between_chips(holds)]
    whole = max(pieces, key=len, default="")
    return [whole] if len(whole) >= _SHORTEST_CLAIM else []


def _typed_number(part: Part, judged: JudgedNumber) -> Iterator[Finding]:
    """A number typed by hand: it contradicts the ledgers, agrees with them, or has no source."""
    jump = of_part(part.id)
    typed, indicator = judged.typed, judged.indicator
    written = as_written(typed)
    if indicator is None:
        told = f"{place_of(part)}里的“{written}”是手写的，没有出处"
        yield Finding("typed_number", "check", told, "请改用指标，或注明出处。", jump)
        return
    name = f"{judged.scope}“{indicator.title}”"
    if judged.verdict == "contradicts":
        told = f"{name}手写为“{written}”，台账算得{judged.told}"
        yield Finding("contradiction", "stop", told, "请改用指标，或核对台账。", jump)
    elif not judged.scope:
        reason = f"与台账一致（{judged.told}），但台账改动后不会跟着变。请改用指标。"
        yield Finding("typed_number", "check", f"{name}是手写的数", reason, jump)


def _different_displays(reading: Reading, parts: Sequence[Part], composed: Composed) -> Iterator[Finding]:
    """The same figure written in two ways in one document."""
    found: dict[str, dict[str, Part]] = {}
    for part in parts:
        for text in _texts(part):
            for chip in chips(text):
                figure = composed.figures.get(chip.key)
                if figure is not None and not chip.part and figure.value is not None:
                    printed = shown(reading.catalogue.indicators[chip.key], figure.value, chip.shown)
                    found.setdefault(chip.key, {}).setdefault(printed, part)
    for key, ways in found.items():
        if len(ways) > 1:
            title = reading.catalogue.indicators[key].title
            told = "，".join(f"{place_of(part)}写作{printed}" for printed, part in ways.items())
            last = list(ways.values())[-1]
            yield Finding(
                "different_display", "check", f"“{title}”前后写法不同", f"{told}。请统一。", of_part(last.id)
            )
