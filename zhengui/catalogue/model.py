"""The catalogue as frozen values: everything the program knows about an office before the first record.

Nothing here reads a file or checks a rule; `load` makes these values from TOML and `check` judges them.
Titles are what people read and may change; keys are permanent and name tables, columns and figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property


class FieldType(StrEnum):
    """The kinds of value a field can hold; each has one column type, one editor and one sample."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"
    DATE = "date"
    MONTH = "month"
    YEAR = "year"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    VILLAGE = "village"
    DEPARTMENT = "department"
    OFFICIAL = "official"
    HOUSEHOLD = "household"
    PERSON = "person"
    ENTERPRISE = "enterprise"
    INDICATOR = "indicator"
    ID_NUMBER = "id_number"
    PHONE = "phone"
    ATTACHMENT = "attachment"


#: Field types whose value is the id of a record in the register of the same name.
REFERENCE_TYPES = frozenset(
    {
        FieldType.VILLAGE,
        FieldType.DEPARTMENT,
        FieldType.OFFICIAL,
        FieldType.HOUSEHOLD,
        FieldType.PERSON,
        FieldType.ENTERPRISE,
    }
)
NUMBER_TYPES = frozenset({FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY})
TIME_TYPES = frozenset({FieldType.DATE, FieldType.MONTH, FieldType.YEAR})


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a ledger.

    `carry` is true where the value is kept when the next record is entered.
    `decimals` counts the places of a decimal number; the column stores the number times ten to that power.
    `minimum` and `maximum` bound numbers, in the field's own unit (yuan for money); `load` sets the minimum
    of every number to 0 unless the file says otherwise.
    `choices` in a file is a list, or the name of a list under [kinds] that several fields share.
    `personal` marks a value that is masked on screen and never logged.
    """

    key: str
    title: str
    type: FieldType
    required: bool = False
    unit: str = ""
    choices: tuple[str, ...] = ()
    default: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    decimals: int = 2
    max_length: int = 200
    carry: bool = False
    in_table: bool = True
    not_future: bool = False
    total: bool = True
    help: str = ""
    retired: int | None = None
    system: bool = False

    @property
    def is_reference(self) -> bool:
        """Whether the value is the id of a record in a register."""
        return self.type in REFERENCE_TYPES

    @property
    def is_number(self) -> bool:
        """Whether the value can be added up."""
        return self.type in NUMBER_TYPES

    @property
    def personal(self) -> bool:
        """Whether the value is masked on screen and kept out of logs."""
        return self.type in (FieldType.ID_NUMBER, FieldType.PHONE)


class RuleKind(StrEnum):
    """The closed list of rules between fields."""

    ORDER = "order"  # fields[0] is not after fields[1]
    STAGES = "stages"  # dates filled from the left without a gap, none before its predecessor
    PARTS = "parts"  # the sum of fields[1:] is not above fields[0]
    GAP = "gap"  # fields[1] is at least `amount` months after fields[0]
    AGE = "age"  # the person in fields[0] is at least `amount` years old on the date fields[1]
    REQUIRED_IF = "required_if"  # fields[1] is filled where fields[0] has one of `values`
    BOTH = "both"  # both filled or both empty
    UNIQUE = "unique"  # no other live record has the same `fields`; asked if the first is filled


@dataclass(frozen=True, slots=True)
class Rule:
    """A relation between fields of one record, obeyed by form, command line and import alike."""

    kind: RuleKind
    fields: tuple[str, ...]
    message: str = ""
    amount: int = 0
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ledger:
    """A table of typed records that an office keeps; registers are ledgers every area shares.

    `period` names the field(s) that place a record in time: one for an event, two (from, to) for a span,
    none for a register. `village` is the path to the record's village: a field of this ledger, or
    `field.village` through a register, or empty where records belong to no village.
    `label` names the fields that stand for a record wherever it is referred to.
    """

    key: str
    title: str
    area: str
    noun: str
    measure_word: str
    about: str
    fields: tuple[Field, ...]
    rules: tuple[Rule, ...] = ()
    period: tuple[str, ...] = ()
    village: str = ""
    label: tuple[str, ...] = ()
    register: bool = False
    closed_loop: bool = False
    retired: int | None = None

    @cached_property
    def by_key(self) -> Mapping[str, Field]:
        """Fields by key."""
        return {f.key: f for f in self.fields}

    @cached_property
    def live_fields(self) -> tuple[Field, ...]:
        """Fields that are still asked for."""
        return tuple(f for f in self.fields if f.retired is None)

    def __getitem__(self, key: str) -> Field:
        return self.by_key[key]

    def __hash__(self) -> int:
        return hash(self.key)


#: The closed list of tests in a condition.
OPS = frozenset(
    {
        "is",
        "in",
        "not_in",
        "contains_all",
        "filled",
        "empty",
        "under_age",
        "band_at_least",
        "above",
        "by_end",
    }
)


@dataclass(frozen=True, slots=True)
class Condition:
    """One test on a record: `path` is a field or `field.field` through a reference.

    `op` is one of `OPS`. Where `parameter` is given its value takes the place of `values`.
    Values are written as people see them: a choice by its label, yes and no as 是 and 否, numbers in digits.
    `by_end`: the date is filled and not after the period's end. `under_age`: the person born on that date has
    not reached that age at the period's end. `band_at_least`: the number a choice begins with is not below.
    """

    path: str
    op: str
    values: tuple[str, ...] = ()
    parameter: str = ""


@dataclass(frozen=True, slots=True)
class Timing:
    """Which records a period takes: `kind` is during, until, in_force, year, next_year or always.

    during: the date (or whole month) lies in the period. until: it is not after the period's end.
    in_force: begun by the period's end and not ended before or on it (fields = from, to).
    year, next_year: the number equals the year of the period's end, or the one after.
    """

    kind: str = "always"
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A record counts only if (or, `absent`, only if not) another ledger has a fitting record.

    `on` pairs a path of this ledger with a path of the other; all pairs must be equal.
    """

    ledger: str
    on: tuple[tuple[str, str], ...]
    timing: Timing = Timing()
    where: tuple[Condition, ...] = ()
    absent: bool = False


@dataclass(frozen=True, slots=True)
class Measure:
    """A number taken from one ledger.

    `kind` is count, sum, distinct, first, last or latest. `fields` are the summed field, the distinct paths,
    the date for first and last, or (value, date) for latest.
    """

    kind: str
    ledger: str
    fields: tuple[str, ...] = ()
    timing: Timing = Timing()
    where: tuple[Condition, ...] = ()
    matches: tuple[Match, ...] = ()


@dataclass(frozen=True, slots=True)
class Display:
    """How officials write the figure.

    `style`: exact, floor (1287 → 1200余), ceiling (1187 → 近1200), near_floor (近120余), percent, month, day.
    `scale` divides before display (10000 → 万), `scale_word` follows the number, `decimals` are kept, `trim`
    drops zeros at the end of the decimals (97.50% → 97.5%).
    """

    style: str = "exact"
    decimals: int = 0
    scale: int = 1
    scale_word: str = ""
    trim: bool = False


@dataclass(frozen=True, slots=True)
class Indicator:
    """A named figure: one measure, or a ratio of two, or a parameter, or a Python function by name.

    A ratio is `measure` ÷ `over` × `factor` (100 for a share in percent).
    A sum of money is stored in 分 and given in `unit`: 元, 万元 or 亿元.
    `n` is its number among the printed figures of the yearly document, or None.
    `how` is the plain sentence on how it is computed; `good` says which way is good: up, down or empty.
    `part`: for month and day figures, the part of the date that is the value.
    """

    key: str
    title: str
    area: str
    unit: str
    how: str
    measure: Measure | None = None
    over: Measure | None = None
    parameter: str = ""
    function: str = ""
    part: str = ""
    factor: int = 1
    display: Display = Display()
    n: int | None = None
    short: str = ""
    good: str = ""
    strip: bool = True


@dataclass(frozen=True, slots=True)
class Cover:
    """Something that must not be left out: each live record of `register` that meets `where` is reached by
    `path` from a record of `measure`; with an empty `register` one record of `measure` is enough.
    """

    measure: Measure
    register: str = ""
    path: str = ""
    where: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence without a number that only the data can justify.

    `kind`:
    none: no record fits `measure`. all: every record of `measure` also meets `also` and `also_matches`.
    covers: each of `covers` holds. highest: each of `indicators` is the highest of all recorded years.
    `reports` asks that every active village has reported every month of the period for that ledger.

    `holds`, `fails` and `unknown` end without a mark, for the wording puts one after {claim.key}. They may
    say {year}, {next_year}, {township}, any {figure} and {figure.villages}, and, of the claim itself:
    {claim.count}, how many records (or registered things) break it; {claim.total}, how many were judged;
    {claim.villages}, the villages of all judged, joined by 、; {claim.left}, those of the ones that break it.
    Only `holds` and `fails` may use the last four; judging gives no numbers where nothing is known.
    """

    key: str
    title: str
    area: str
    kind: str
    holds: str
    fails: str
    unknown: str
    measure: Measure | None = None
    also: tuple[Condition, ...] = ()
    also_matches: tuple[Match, ...] = ()
    covers: tuple[Cover, ...] = ()
    indicators: tuple[str, ...] = ()
    reports: bool = False


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number the office sets: an age limit, a threshold."""

    key: str
    title: str
    area: str
    value: Decimal
    unit: str = ""
    help: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the document's wording; `title` is the level-three heading that runs into the text.

    Placeholders: {figure} is the figure as printed with its unit, {figure.villages} the villages its records
    belong to joined by 、, {claim.key} the sentence that the data allow, {year}, {next_year} and {township}.
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
    """The frame of the yearly document; the eight summary sections come from the areas in their order."""

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
