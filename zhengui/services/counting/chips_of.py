"""What the editor asks of a chip: its facts, the ways to write it, and which chip somebody means who types a few letters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from zhengui.catalogue.model import Catalogue, FieldType, Indicator
from zhengui.catalogue.wording import (
    AMONG,
    AND,
    BOTTOM,
    ITEMS,
    SHAPES,
    TOP,
    VALUES,
    VILLAGES,
    Chip,
    chip_fault,
    chips,
    shape_title,
    shapes_of,
)
from zhengui.figures.display import PENDING, UNKNOWN
from zhengui.figures.display_choices import DisplayChoice, choices, shown
from zhengui.figures.figure import Figure
from zhengui.figures.period import Period
from zhengui.figures.trend import change
from zhengui.services.counting.compute_figures import Villages, compute
from zhengui.services.counting.fill_wording import FilledWords
from zhengui.services.township.reading import Reading, reads
from zhengui.values.pinyin import initials


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to insert: the chip's text, what it stands for, and what it would print."""

    insert: str
    title: str
    preview: str
    n: int | None = None


@dataclass(frozen=True, slots=True)
class ChipFacts:
    """What hovering over a chip tells."""

    title: str
    printed: str
    how: str
    period: str
    records: int
    before: str
    change: str
    reason: str
    choices: tuple[DisplayChoice, ...]
    others: tuple[DisplayChoice, ...] = ()


@reads
def suggest(
    reading: Reading, typed: str, period: Period, villages: Villages = (), limit: int = 12
) -> list[Suggestion]:
    """The figures and claims whose title has `typed` in it, or whose pinyin initials do; the best first."""
    wanted = typed.strip().lower()
    ranked = sorted(_candidates(reading.living(period), wanted))
    keys = {text.strip("{}") for _, _, _, text in ranked[:limit]}
    figures = compute(reading, period, villages, keys & set(reading.catalogue.indicators))
    return [_suggestion(reading.catalogue, text, figures, title) for _, _, title, text in ranked[:limit]]


@reads
def facts(reading: Reading, chip_text: str, period: Period, villages: Villages = ()) -> ChipFacts | None:
    """The facts of a chip such as {hazards_removed|余}; None where it names nothing.

    The code of each of `others` is a whole chip.
    """
    found = chips(chip_text)
    if not found:
        return None
    chip = found[0]
    others = {} if chip.is_claim or chip.is_plain else _others(reading.catalogue, chip.key, bool(chip.part))
    words = FilledWords(reading, period, villages, [chip.text, *others])
    printed = words.chip(chip)
    if chip.is_claim:
        claim, verdict = reading.catalogue.claims.get(chip.part), words.verdicts.get(chip.part)
        if claim is None or verdict is None:
            return None
        return ChipFacts(claim.title, printed, verdict.reason, period.title, verdict.count, "", "", "", ())
    indicator = reading.catalogue.indicators.get(chip.key)
    if indicator is None:
        return None
    figure = words.figures[chip.key]
    before = compute(reading, period.previous(), villages, [chip.key])[chip.key]
    return ChipFacts(
        indicator.title,
        printed,
        figure.how,
        period.title,
        figure.records,
        _before_words(indicator, before),
        change(figure.value, before.value, indicator).text,
        figure.reason,
        () if chip.part else tuple(choices(indicator, figure.value)),
        tuple(
            DisplayChoice(code, title, told)
            for code, title in others.items()
            if (told := words.chip(chips(code)[0])) != PENDING
        ),
    )


@reads
def told_of_before(
    reading: Reading, period: Period, villages: Villages, figures: Iterable[Figure]
) -> dict[str, str]:
    """By key, what figures came to a year before and how far they have gone since, in words."""
    now = {figure.key: figure for figure in figures if figure.key in reading.catalogue.indicators}
    before = compute(reading, period.previous(), villages, now)
    name = "上年" if period.is_year else "上年同期"
    told = {}
    for key, figure in now.items():
        indicator, value = reading.catalogue.indicators[key], before[key].value
        moved = change(figure.value, value, indicator).text
        words = f"{name}未知" if value is None else f"{name} {_before_words(indicator, before[key])}"
        told[key] = f"{words}，{moved}" if moved else words
    return told


def _before_words(indicator: Indicator, before: Figure) -> str:
    """What a figure came to before; one that was entered by hand says so."""
    if before.value is None:
        return UNKNOWN
    return shown(indicator, before.value) + before.mark


def _others(catalogue: Catalogue, key: str, own: bool) -> dict[str, str]:
    """What else can be told of a figure, as titles by chip; `own` offers its own value too."""
    indicator = catalogue.indicators.get(key)
    if indicator is None:
        return {}
    found = {}
    for chip in shapes_of(indicator, catalogue):
        if chip.part not in ("", ITEMS):
            found[chip.text] = shape_title(chip)
        elif own and not chip.part:
            found[chip.text] = SHAPES[""].title
        if chip.part == VILLAGES:
            found[replace(chip, shown=AND).text] = f"{shape_title(chip)}，末两个用“和”"
        if chip.shape in (TOP, BOTTOM):
            found[replace(chip, shown=VALUES).text] = f"{shape_title(chip)}并带数值"
    ledger = catalogue.ledgers.get(indicator.measure.ledger) if indicator.measure is not None else None
    for field in ledger.live_fields if ledger is not None else ():
        chip = Chip(key, AMONG, field.key)
        if field.type is FieldType.CHOICE and not chip_fault(chip, catalogue):
            found[chip.text] = f"其中各“{field.title}”"
    return found


def _candidates(catalogue: Catalogue, wanted: str) -> list[tuple[int, int, str, str]]:
    """(rank, place, title, chip) of everything that fits."""
    found = []
    for place, (key, indicator) in enumerate(catalogue.live_indicators.items()):
        rank = _rank(wanted, (indicator.title, indicator.short, key, str(indicator.n or "")))
        if rank is not None:
            found.append((rank, place, indicator.title, f"{{{key}}}"))
    for place, (key, claim) in enumerate(catalogue.live_claims.items(), start=len(catalogue.indicators)):
        rank = _rank(wanted, (claim.title, key))
        if rank is not None:
            found.append((rank, place, claim.title, f"{{claim.{key}}}"))
    return found


def _rank(wanted: str, names: tuple[str, ...]) -> int | None:
    """How well one of the names fits; None where none does."""
    ranks = []
    for name in (name for name in names if name):
        if name == wanted:
            ranks.append(0)
        elif name.startswith(wanted):
            ranks.append(1)
        elif wanted in name:
            ranks.append(2)
        elif (letters := initials(name)).startswith(wanted):
            ranks.append(1)
        elif len(wanted) > 1 and wanted in letters:
            ranks.append(3)
    return min(ranks, default=None)


def _suggestion(catalogue: Catalogue, text: str, figures: dict[str, Figure], title: str) -> Suggestion:
    figure = figures.get(text.strip("{}"))
    if figure is None:
        return Suggestion(text, title, "断言")
    return Suggestion(text, title, figure.marked, catalogue.indicators[figure.key].n)
