"""The catalogue as frozen values: everything the program knows about an office before the first record.

Nothing here reads a file or checks a rule; `load` makes these values from TOML and `check` judges them.
Titles are what people read and may change; keys are permanent and name tables, columns and figures.
The values of ledgers and of figures are kept in files of their own and are offered here as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Protocol, TypeVar

from zhengui.catalogue.figures import (
    OPS,
    Claim,
    Condition,
    Cover,
    Display,
    Indicator,
    Match,
    Measure,
    Parameter,
    Timing,
)
from zhengui.catalogue.ledgers import (
    LONG_TYPES,
    NUMBER_TYPES,
    PEOPLE_TYPES,
    REFERENCE_TYPES,
    SHORT_TYPES,
    TIME_TYPES,
    Field,
    FieldType,
    Ledger,
    LoopNeeds,
    Rule,
    RuleKind,
)
from zhengui.catalogue.life import ALWAYS, Life
from zhengui.catalogue.rankings import Ranking, RankItem
from zhengui.catalogue.standing import StillThere
from zhengui.catalogue.warnings import WARNING_KINDS, WarningRule

__all__ = [
    "LONG_TYPES",
    "NUMBER_TYPES",
    "OPS",
    "PEOPLE_TYPES",
    "REFERENCE_TYPES",
    "SHORT_TYPES",
    "TIME_TYPES",
    "WARNING_KINDS",
    "Area",
    "Catalogue",
    "Claim",
    "Condition",
    "Cover",
    "Display",
    "Field",
    "FieldType",
    "Flaw",
    "Indicator",
    "Ledger",
    "LoopNeeds",
    "Match",
    "Measure",
    "Outline",
    "Parameter",
    "RankItem",
    "Ranking",
    "Rule",
    "RuleKind",
    "Section",
    "Timing",
    "WarningRule",
    "WordingParagraph",
]


@dataclass(frozen=True, slots=True)
class WordingParagraph:
    """A paragraph of the document's wording; `title` is the level-three heading that runs into the text.

    Placeholders: {figure} is the figure as printed with its unit, {figure.villages} the villages its records
    belong to joined by 、, {claim.key} the sentence that the data allow, {year}, {next_year} and {township};
    {summary_sections} and {plan_sections} how many sections the two parts print.
    """

    key: str
    text: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the document and what stands under it; `items` takes the plan items of that part."""

    key: str
    title: str
    paragraphs: tuple[WordingParagraph, ...] = ()
    items: str = ""
    life: Life = ALWAYS


@dataclass(frozen=True)
class Area:
    """A work area: a tab, its ledgers, figures, claims, parameters and its section of the summary.

    `plan_part` is the part of the next year's plan to which its work belongs, the last one where it names none.
    """

    key: str
    title: str
    short: str
    icon: str
    department: str
    order: int
    ledgers: tuple[Ledger, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    claims: tuple[Claim, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    warnings: tuple[WarningRule, ...] = ()
    rankings: tuple[Ranking, ...] = ()
    section: Section | None = None
    life: Life = ALWAYS
    kind: str = "area"
    plan_part: str = ""

    def __hash__(self) -> int:
        return hash(self.key)


@dataclass(frozen=True, slots=True)
class Outline:
    """The frame of the yearly document; the eight summary sections come from the areas in their order.

    `title` is in pieces divided by |, each of which is kept on one line.
    """

    title: str
    addressee: str
    opening: tuple[str, ...]
    summary_title: str
    summary_lead: str
    plan_title: str
    plan_lead: str
    plan: tuple[Section, ...]
    closing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Flaw:
    """A mistake in a catalogue file: which file, which entry, what is wrong and what to do, in Chinese."""

    file: str
    entry: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}：{self.entry}：{self.message}" if self.entry else f"{self.file}：{self.message}"


@dataclass(frozen=True)
class Catalogue:
    """All areas with everything in them; `flaws` lists what could not be read.

    `every` is the whole catalogue behind one that shows some years: its areas hold what lives then, while any key
    is still found. `titles` are what people also call the columns of a title in their own workbooks.
    """

    areas: tuple[Area, ...]
    outline: Outline | None
    flaws: tuple[Flaw, ...] = ()
    kinds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    every: Catalogue | None = None
    titles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def ledgers(self) -> Mapping[str, Ledger]:
        """Every ledger and register by key."""
        own = {ledger.key: ledger for area in self.areas for ledger in area.ledgers}
        return own if self.every is None else {**self.every.ledgers, **own}

    @cached_property
    def indicators(self) -> Mapping[str, Indicator]:
        """Every indicator by key, in the order of the document."""
        found = [indicator for area in self.areas for indicator in area.indicators]
        found.sort(key=lambda i: (i.n is None, i.n or 0))
        return (
            {indicator.key: indicator for indicator in found} if self.every is None else self.every.indicators
        )

    @cached_property
    def claims(self) -> Mapping[str, Claim]:
        """Every claim by key."""
        own = {claim.key: claim for area in self.areas for claim in area.claims}
        return own if self.every is None else self.every.claims

    @cached_property
    def parameters(self) -> Mapping[str, Parameter]:
        """Every parameter by key."""
        own = {parameter.key: parameter for area in self.areas for parameter in area.parameters}
        return own if self.every is None else self.every.parameters

    @cached_property
    def warnings(self) -> Mapping[str, WarningRule]:
        """Every rule of warning by key; of a year's catalogue, those that live then."""
        return {rule.key: rule for area in self.areas for rule in area.warnings}

    @cached_property
    def rankings(self) -> Mapping[str, Ranking]:
        """Every ranking by key; of a year's catalogue, those that live then."""
        return {ranking.key: ranking for area in self.areas for ranking in area.rankings}

    @cached_property
    def live_ledgers(self) -> Mapping[str, Ledger]:
        """The ledgers of its areas by key; of a year's catalogue, those that live then. Lists are made of these."""
        return {ledger.key: ledger for area in self.areas for ledger in area.ledgers}

    @cached_property
    def live_indicators(self) -> Mapping[str, Indicator]:
        """The indicators of its areas by key, in the order of the document; of a year's catalogue, the living ones."""
        return {key: each for key, each in self.indicators.items() if key in self.living}

    @cached_property
    def live_claims(self) -> Mapping[str, Claim]:
        """The claims of its areas by key; of a year's catalogue, those that live then."""
        return {claim.key: claim for area in self.areas for claim in area.claims}

    @cached_property
    def by_area(self) -> Mapping[str, Area]:
        """Areas by key."""
        own = {area.key: area for area in self.areas}
        return own if self.every is None else {**self.every.by_area, **own}

    def work_areas(self) -> Iterator[Area]:
        """The areas that get a tab of their own, in order, without registers and plan."""
        return (area for area in self.areas if area.kind == "area" and area.life.retired is None)

    def in_years(self, first: int, last: int | None = None) -> Catalogue:
        """The catalogue as a year, or the years from `first` to `last`, know it."""
        whole, span = self.every or self, (first, last or first)
        if span not in whole._by_years:
            whole._by_years[span] = _of_years(whole, *span)
        return whole._by_years[span]

    def not_retired(self, year: int) -> frozenset[str]:
        """The keys of the indicators and claims that are not retired in a year, those that came later among them:
        where there are records of before, they are counted.
        """
        return self.from_year_on(year).living

    def from_year_on(self, year: int) -> Catalogue:
        """The catalogue without what is retired in a year or before, with what came later; itself where nothing is."""
        return self.in_years(year, _EVER)

    @cached_property
    def _by_years(self) -> dict[tuple[int, int], Catalogue]:
        return {}

    @cached_property
    def living(self) -> frozenset[str]:
        """The keys of the indicators and claims of its areas; of a year's catalogue, those that live then."""
        return frozenset(
            key
            for area in self.areas
            for key in (*(i.key for i in area.indicators), *(c.key for c in area.claims))
        )

    def village_path(self, ledger: Ledger) -> str:
        """The path from a record to its village: `village`, `household.village`, or empty."""
        return ledger.village


#: The last year there is.
_EVER = 9999


class _Lives(Protocol):
    @property
    def life(self) -> Life: ...


_Item = TypeVar("_Item", bound=_Lives)


def _of_years(catalogue: Catalogue, first: int, last: int) -> Catalogue:
    """The catalogue as those years know it; what is looked up by key is found whether it lives then or not.

    The same object where everything lives in those years.
    """
    areas = tuple(_area(area, first, last) for area in catalogue.areas if area.life.touches(first, last))
    areas = _with_their_ledgers(areas, catalogue.ledgers)
    same = len(areas) == len(catalogue.areas) and all(
        now is before for now, before in zip(areas, catalogue.areas, strict=True)
    )
    return catalogue if same else replace(catalogue, areas=areas, every=catalogue)


def _area(area: Area, first: int, last: int) -> Area:
    def alive(items: Iterable[_Item]) -> tuple[_Item, ...]:
        return tuple(item for item in items if item.life.touches(first, last))

    ledgers = tuple(_ledger(ledger, first, last) for ledger in alive(area.ledgers))
    indicators, claims = alive(area.indicators), alive(area.claims)
    warnings, rankings = alive(area.warnings), alive(area.rankings)
    section = area.section if area.section and area.section.life.touches(first, last) else None
    kept = {
        "ledgers": ledgers,
        "indicators": indicators,
        "claims": claims,
        "warnings": warnings,
        "rankings": rankings,
        "section": section,
    }
    if area.life == ALWAYS and all(getattr(area, name) == found for name, found in kept.items()):
        return area
    return replace(area, life=ALWAYS, **kept)  # type: ignore[arg-type]


def _with_their_ledgers(areas: tuple[Area, ...], ever: Mapping[str, Ledger]) -> tuple[Area, ...]:
    """The areas without what rests on a ledger, a field, a choice or a figure that does not live in those years."""
    standing = StillThere({ledger.key: ledger for area in areas for ledger in area.ledgers}, ever)
    figures = {
        each.key: each
        for area in areas
        for each in area.indicators
        if standing.holds(each.measure, each.over)
    }

    def claimed(claim: Claim) -> bool:
        covers = (cover.measure for cover in claim.covers)
        also = claim.measure is None or standing.asked(claim.measure.ledger, claim.also)
        matched = (each for each in claim.also_matches if not each.absent)
        return (
            standing.holds(claim.measure, *covers, *matched)
            and also
            and all(key in figures for key in claim.indicators)
        )

    def ranked(ranking: Ranking) -> Ranking:
        items = tuple(
            each
            for each in ranking.items
            if each.indicator in figures and (not each.over or each.over in figures)
        )
        return ranking if items == ranking.items else replace(ranking, items=items)

    found = []
    for area in areas:
        indicators = tuple(each for each in area.indicators if each.key in figures)
        claims = tuple(filter(claimed, area.claims))
        warnings = tuple(each for each in area.warnings if standing.holds(each.measure, each.other))
        rankings = tuple(each for each in map(ranked, area.rankings) if each.items)
        kept = (area.indicators, area.claims, area.warnings, area.rankings)
        same = (indicators, claims, warnings, rankings) == kept
        found.append(
            area
            if same
            else replace(area, indicators=indicators, claims=claims, warnings=warnings, rankings=rankings)
        )
    return tuple(found)


def _ledger(ledger: Ledger, first: int, last: int) -> Ledger:
    fields = tuple(_field(field, first, last) for field in ledger.fields if field.life.touches(first, last))
    if ledger.life == ALWAYS and fields == ledger.fields:
        return ledger
    names = {field.key for field in fields}
    rules = tuple(rule for rule in ledger.rules if names.issuperset(rule.fields))
    return replace(ledger, life=ALWAYS, fields=fields, rules=rules)


def _field(field: Field, first: int, last: int) -> Field:
    if field.life == ALWAYS and not field.choice_lives:
        return field
    lives = dict(field.choice_lives)
    choices = tuple(each for each in field.choices if lives.get(each, ALWAYS).touches(first, last))
    default = "" if field.default in lives and field.default not in choices else field.default
    return replace(field, life=ALWAYS, choices=choices, choice_lives=(), default=default)
