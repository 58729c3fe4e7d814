"""What the chips of a document say at present: the printed words, the tone they are drawn in, and what is printed of its plan items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zhengui.catalogue.source import CLAIM, TREND, source_of
from zhengui.catalogue.wording import PLAIN, Chip, chips
from zhengui.figures.display import PENDING
from zhengui.figures.trend import change
from zhengui.services.township import reading as states
from zhengui.storage.writing.documents import ITEMS, Part, StoredDocument

if TYPE_CHECKING:
    from zhengui.catalogue.model import Catalogue
    from zhengui.services.counting.fill_wording import FilledWords
    from zhengui.services.document.printed_parts import LeftOut

#: Ground, ink and sign of a chip by its tone.
TONES = {
    "figure": ("actbg", "act", ""),
    "unknown": ("warnbg", "warn", ""),
    "holds": ("okbg", "ok", "shield"),
    "nothing": ("okbg", "ok", "shield"),
    "fails": ("overbg", "over", "arrow_swap"),
    "claim_unknown": ("warnbg", "warn", "arrow_swap"),
    "retired": ("surf2", "ink3", ""),
    "plain": ("", "ink1", ""),
}
_NOTES = {
    "holds": "现印“成立”的写法",
    "fails": "现印“不成立”的写法",
    "nothing": "现印“没有这类事项”的写法",
    "unknown": "现印“尚不能定”的写法",
    "up": "现印“上升”的写法",
    "level": "现印“持平”的写法",
    "down": "现印“下降”的写法",
}


@dataclass(frozen=True, slots=True)
class ChipReading:
    """What a chip prints and how it is drawn; `tip` is what hovering tells."""

    printed: str
    tone: str
    tip: str = ""


@dataclass(frozen=True, slots=True)
class ChipReadings:
    """By chip text; `items` are the sentences of the plan items by part, `notes` what is said of a part's wording.

    `silent` are parts that speak of nothing but the retired and so are not printed.
    """

    chips: Mapping[str, ChipReading] = field(default_factory=dict)
    items: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    notes: Mapping[int, str] = field(default_factory=dict)
    title: str = ""
    addressee: str = ""
    signature: str = ""
    silent: frozenset[int] = frozenset()

    def of(self, code: str, catalogue: Catalogue) -> ChipReading:
        """The reading of a chip, or its name while nothing has been read."""
        found = self.chips.get(code)
        if found is not None:
            return found
        # Never the braces: what is not read yet, right after opening, shows what it stands for.
        return ChipReading(name_of(code, catalogue), "plain" if _is_plain(code) else "unknown")


def _is_plain(code: str) -> bool:
    return any(chip.is_plain for chip in chips(code))


def name_of(code: str, catalogue: Catalogue) -> str:
    """What a chip stands for, in words."""
    chip = next(iter(chips(code)), Chip(code))
    if chip.is_plain:
        return PLAIN[chip.key]
    if chip.is_claim:
        claim = catalogue.claims.get(chip.part)
        return claim.title if claim else code
    indicator = catalogue.indicators.get(chip.key)
    return indicator.title if indicator else code


@states.reads
def read(at: states.Reading, stored: StoredDocument, parts: Sequence[Part]) -> ChipReadings:
    """Compute everything that the text shows; for a worker."""
    from zhengui.services.counting.chips_of import told_of_before
    from zhengui.services.counting.fill_wording import FilledWords
    from zhengui.services.document.compose_document import compose_parts
    from zhengui.services.document.printed_parts import count_sections, gone_from, printed_parts

    composed = compose_parts(at, stored, parts)
    texts = [stored.title, *(text for part in parts for text in _texts(part))]
    printed, gone = printed_parts(at, stored.period, parts), gone_from(at, stored.period)
    counts = count_sections(printed.parts)
    words = FilledWords(at, stored.period, stored.villages, texts, sections=counts)
    codes = {chip.text: chip for text in texts for chip in chips(text)}
    figures = {chip.key: words.figures[chip.key] for chip in codes.values() if chip.key in words.figures}
    before = told_of_before(at, stored.period, stored.villages, figures.values())
    read_chips = {
        code: retired_reading(chip, why, at.catalogue)
        if (why := gone(chip))
        else reading_of(words, chip, at.catalogue, before)
        for code, chip in codes.items()
    }
    made = composed.document
    return ChipReadings(
        read_chips,
        {part.id: composed.items.get(part.key, ()) for part in parts if part.kind == ITEMS},
        {part.id: note for part in parts if (note := _noted(part, words, at.catalogue, printed.left_out))},
        made.title_text,
        f"{made.addressee}：" if made.addressee else "",
        f"{made.office}\n{made.date}",
        silent=printed.silent,
    )


def retired_reading(chip: Chip, why: str, catalogue: Catalogue) -> ChipReading:
    """A chip of the retired: its name, for nothing is printed of a sentence that speaks of nothing else."""
    tip = f"{why}。\n这一句没有说别的数，就不印；说了别的，请把说它的几个字删去。"
    return ChipReading(name_of(chip.text, catalogue), "retired", tip)


@states.reads
def read_names(at: states.Reading, stored: StoredDocument) -> ChipReadings:
    """The chips that are no figures, at once; what is counted follows by `read`."""
    from zhengui.services.counting.fill_wording import plain_names

    names = plain_names(at, stored.period, stored.villages)
    return ChipReadings({f"{{{key}}}": ChipReading(name, "plain") for key, name in names.items()})


@states.reads
def read_chip(at: states.Reading, stored: StoredDocument, code: str) -> ChipReading:
    """A single chip that has just been put in; for a worker."""
    from zhengui.services.counting.chips_of import told_of_before
    from zhengui.services.counting.fill_wording import FilledWords
    from zhengui.services.document.printed_parts import gone_from

    words, chip = FilledWords(at, stored.period, stored.villages, [code]), chips(code)[0]
    if why := gone_from(at, stored.period)(chip):
        return retired_reading(chip, why, at.catalogue)
    figures = [words.figures[chip.key]] if chip.key in words.figures else []
    before = told_of_before(at, stored.period, stored.villages, figures)
    return reading_of(words, chip, at.catalogue, before)


def reading_of(
    words: FilledWords, chip: Chip, catalogue: Catalogue, before: Mapping[str, str]
) -> ChipReading:
    """What a chip prints, by figures and verdicts that were read; `before` tells of figures a year ago, by key."""
    printed = words.chip(chip)
    if chip.is_plain:
        return ChipReading(printed, "plain")
    if chip.is_claim:
        verdict = words.verdicts.get(chip.part)
        if verdict is None:
            return ChipReading(PENDING, "unknown")
        tone = "claim_unknown" if verdict.state == "unknown" else verdict.state
        return ChipReading(printed, tone, f"{name_of(chip.text, catalogue)}\n{verdict.reason}")
    figure = words.figures.get(chip.key)
    if figure is None:
        return ChipReading(PENDING, "unknown")
    told = f"{name_of(chip.text, catalogue)}：{figure.marked}\n{figure.how}\n{words.period.title}，{figure.records} 条记录"
    if chip.key in before:
        told += f"\n{before[chip.key]}"
    if figure.value is None:
        told += f"\n{figure.reason}"
    return ChipReading(printed, "unknown" if PENDING in printed else "figure", told)


def _texts(part: Part) -> list[str]:
    if part.kind == ITEMS:
        return [part.title]
    switch = source_of(part.switch)
    asked = {CLAIM: f"{{claim.{switch.key}}}", TREND: f"{{{switch.key}.change}}"}.get(switch.kind, "")
    return [part.title, part.text, *part.variants.values(), asked]


def _noted(part: Part, words: FilledWords, catalogue: Catalogue, left_out: Sequence[LeftOut]) -> str:
    """Which of its wordings a part prints, and how much of it is not printed since it is retired."""
    left = [each for each in left_out if each.part.id == part.id]
    if any(each.whole for each in left):
        return "停用，不印"
    return " · ".join(
        note for note in (_note(part, words, catalogue), f"{len(left)} 句停用，不印" if left else "") if note
    )


def _note(part: Part, words: FilledWords, catalogue: Catalogue) -> str:
    """Which of its wordings a part prints."""
    switch = source_of(part.switch)
    state = ""
    kind, key = switch.kind, switch.key
    if kind == CLAIM and key in words.verdicts:
        state = words.verdicts[key].state
    elif kind == TREND and key in words.before and key in words.figures:
        now, before = words.figures[key].value, words.before[key].value
        state = change(now, before, catalogue.indicators[key]).direction
    if not part.switch:
        return ""
    written = state in ("holds", "up", "nothing") or state in part.variants
    return _NOTES[state] if state and written else "现在没有可印的写法"
