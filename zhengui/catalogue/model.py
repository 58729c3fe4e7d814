"""The catalogue as frozen values: everything the program knows about an office before the first record.

Nothing here reads a file or checks a rule; `load` makes these values from TOML and `check` judges them.
Titles are what people read and may change; keys are permanent and name tables, columns and figures.
The values of ledgers and of figures are kept in files of their own and are offered here as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

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
    NUMBER_TYPES,
    REFERENCE_TYPES,
    TIME_TYPES,
    Field,
    FieldType,
    Ledger,
    Rule,
    RuleKind,
)

__all__ = [
    "NUMBER_TYPES",
    "OPS",
    "REFERENCE_TYPES",
    "TIME_TYPES",
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
    "Match",
    "Measure",
    "Outline",
    "Paragraph",
    "Parameter",
    "Rule",
    "RuleKind",
    "Section",
    "Timing",
]


@dataclass(frozen=True, slots=True)
class Paragraph:
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
    paragraphs: tuple[Paragraph, ...] = ()
    items: str = ""


@dataclass(frozen=True)
class Area:
    """A work area: a tab, its ledgers, figures, claims, parameters and its section of the summary."""

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
    section: Section | None = None
    since: int | None = None
    retired: int | None = None
    kind: str = "area"

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
    """All areas with everything in them; `flaws` lists what could not be read."""

    areas: tuple[Area, ...]
    outline: Outline | None
    flaws: tuple[Flaw, ...] = ()
    kinds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def ledgers(self) -> Mapping[str, Ledger]:
        """Every ledger and register by key."""
        return {ledger.key: ledger for area in self.areas for ledger in area.ledgers}

    @cached_property
    def indicators(self) -> Mapping[str, Indicator]:
        """Every indicator by key, in the order of the document."""
        found = [indicator for area in self.areas for indicator in area.indicators]
        found.sort(key=lambda i: (i.n is None, i.n or 0))
        return {indicator.key: indicator for indicator in found}

    @cached_property
    def claims(self) -> Mapping[str, Claim]:
        """Every claim by key."""
        return {claim.key: claim for area in self.areas for claim in area.claims}

    @cached_property
    def parameters(self) -> Mapping[str, Parameter]:
        """Every parameter by key."""
        return {parameter.key: parameter for area in self.areas for parameter in area.parameters}

    @cached_property
    def by_area(self) -> Mapping[str, Area]:
        """Areas by key."""
        return {area.key: area for area in self.areas}

    def work_areas(self) -> Iterator[Area]:
        """The areas that get a tab of their own, in order, without registers and plan."""
        return (area for area in self.areas if area.kind == "area" and area.retired is None)

    def village_path(self, ledger: Ledger) -> str:
        """The path from a record to its village: `village`, `household.village`, or empty."""
        return ledger.village
